"""A group's sessions as an earlier publication told them: rows made, changed and put away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from painprogram.domain.publications import Frozen
from painprogram.storage.tables import (
    DeviationRow,
    GroupRow,
    LinkRow,
    RoomRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases import sessions


def restore(db: Db, group: GroupRow, wanted: Mapping[UUID, Frozen], ever: set[UUID]) -> None:
    """Make the draft of *group* what *wanted* says; *ever* are the sessions that anybody knows of.

    A session that came later is cancelled where anybody was told of it or goes there; else it is
    taken away.
    """
    rows = {
        row.id: row
        for row in db.scalars(
            select(SessionRow)
            .where(SessionRow.group_id == group.id)
            .options(selectinload(SessionRow.leaders))
        )
    }
    there = _still_there(db, wanted.values())
    for one in wanted.values():
        _as_it_was(db, rows.get(one.id), one, group, there)
    later = sorted(
        (row for key, row in rows.items() if key not in wanted), key=lambda row: row.start
    )
    _put_away(db, later, ever, wanted.values())
    db.flush()
    db.expire_all()


def _still_there(db: Db, wanted: Iterable[Frozen]) -> frozenset[UUID]:
    """Rooms and colleagues that what was told can be given again."""
    keys = {one.room_id for one in wanted} | {x.staff_id for one in wanted for x in one.leaders}
    found = [*db.scalars(select(RoomRow.id).where(RoomRow.id.in_(keys)))]
    return frozenset([*found, *db.scalars(select(StaffRow.id).where(StaffRow.id.in_(keys)))])


def _as_it_was(
    db: Db, row: SessionRow | None, one: Frozen, group: GroupRow, there: frozenset[UUID]
) -> None:
    room = one.room_id if one.room_id in there else None
    leads = [x for x in one.leaders if x.staff_id in there]
    if row is None:
        row = SessionRow(
            id=one.id,
            centre_id=group.centre_id,
            group_id=group.id,
            strand=one.strand,
            module=one.module,
            sequence=one.sequence,
            leaders=[],
        )
        db.add(row)
        differs = True
    else:
        told = one.start, one.minutes, room, one.cancelled, one.number
        draft = row.start, row.minutes, row.room_id, row.cancelled, row.number
        differs = told != draft or [x.staff_id for x in leads] != [x.staff_id for x in row.leaders]
    if differs:
        row.start, row.minutes, row.room_id = one.start, one.minutes, room
        row.cancelled, row.number, row.sequence = one.cancelled, one.number, (row.sequence or 0) + 1
        db.flush()
        sessions.set_leaders(db, row, [x.staff_id for x in leads])


def _put_away(
    db: Db, later: Sequence[SessionRow], ever: set[UUID], wanted: Iterable[Frozen]
) -> None:
    """Sessions that the version does not have; their numbers come after those that it has."""
    visited = _visited(db, [row.id for row in later])
    highest: dict[str, int] = defaultdict(int)
    for one in wanted:
        highest[one.strand] = max(highest[one.strand], one.number)
    for row in later:
        if row.id in ever or row.id in visited:
            highest[row.strand] += 1
            row.number = highest[row.strand]
            if not row.cancelled:
                row.cancelled = True
                row.sequence += 1
        else:
            for leader in row.leaders:
                db.delete(leader)
            db.delete(row)


def _visited(db: Db, keys: Sequence[UUID]) -> set[UUID]:
    """Those that an own schedule or another group refers to."""
    found: set[UUID] = set()
    for column in (DeviationRow.session_id, DeviationRow.to_session_id, LinkRow.session_id):
        found |= set(db.scalars(select(column).where(column.in_(keys))))
    return found
