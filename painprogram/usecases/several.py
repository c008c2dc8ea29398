"""Several sessions and visits at once: moved, copied or cancelled in one step that undo takes back.

All that is said of one is said by its key; what is not said stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from painprogram.domain.errors import Refused
from painprogram.domain.sessions import check_time
from painprogram.i18n import _, ngettext
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.tables import LeaderRow, RoomRow, SessionRow, StaffRow, VisitRow
from painprogram.usecases import late_changes, rules
from painprogram.usecases.sessions import set_leaders

Rooms = Mapping[UUID, UUID | None]
Leaders = Mapping[UUID, Sequence[UUID]]
Versions = Mapping[UUID, int]


def move_several(
    database: Database,
    starts: Mapping[UUID, datetime],
    *,
    rooms: Rooms | None = None,
    leaders: Leaders | None = None,
    versions: Versions | None = None,
    reason: str = "",
    today: date | None = None,
) -> tuple[UUID, ...]:
    """Move each session and visit in *starts* to its start (wall-clock): all of them, or none.

    To other rooms or leaders in the same step where they are given; a visit has one leader.
    Refused where a rule blocks; with a *reason* what must be acknowledged is.
    """
    with (
        database.change(_moving(len(starts))) as db,
        rules.kept(db, starts, today, reason, database.actor.name),
        late_changes.noted(db, starts, today, database.actor.name),
    ):
        for row in _rows(db, starts, versions or {}):
            _check(row, starts[row.id])
            before = row.start, row.room_id, _led_by(row)
            row.start = starts[row.id]
            _furnish(db, row, row.id, rooms or {}, leaders or {})
            if (row.start, row.room_id, _led_by(row)) != before:
                row.sequence += 1
        db.flush()
    return tuple(starts)


def copy(
    database: Database,
    starts: Mapping[UUID, datetime],
    *,
    rooms: Rooms | None = None,
    leaders: Leaders | None = None,
    reason: str = "",
    today: date | None = None,
) -> tuple[UUID, ...]:
    """An extra session or visit like each in *starts*, at its start; the keys of the new ones.

    A session is the next of its strand: who comes to the group comes to it. A visit is one more
    of the same patient. What is copied may be cancelled, the copy is held.
    """
    keys: list[UUID] = []  # the rules look at what stands under these when all is done
    with (
        database.change(_copying(len(starts))) as db,
        rules.kept(db, keys, today, reason, database.actor.name),
    ):
        made: list[SessionRow | VisitRow] = []
        numbers: dict[tuple[UUID, str], int] = defaultdict(int)
        for row in sorted(_rows(db, starts, {}), key=lambda one: (starts[one.id], str(one.id))):
            _check(row, starts[row.id])
            if isinstance(row, SessionRow):
                strand = row.group_id, row.strand
                numbers[strand] = (numbers[strand] or _highest(db, *strand)) + 1
                new: SessionRow | VisitRow = _session_like(row, numbers[strand])
            else:
                new = _visit_like(row)
            new.start = starts[row.id]
            db.add(new)
            db.flush()
            _furnish(db, new, row.id, rooms or {}, leaders or {})
            made.append(new)
        db.flush()
        keys += (row.id for row in made)
    return tuple(keys)


def cancel_several(
    database: Database,
    keys: Iterable[UUID],
    *,
    versions: Versions | None = None,
    today: date | None = None,
) -> tuple[UUID, ...]:
    """Cancel the sessions among *keys*, and take the visits away."""
    wanted = tuple(dict.fromkeys(keys))
    with (
        database.change(_cancelling(len(wanted))) as db,
        late_changes.noted(db, wanted, today, database.actor.name),
    ):
        for row in _rows(db, wanted, versions or {}):
            if isinstance(row, VisitRow):
                db.delete(row)
            elif not row.cancelled:
                row.cancelled = True
                row.sequence += 1
        db.flush()
    return wanted


def _moving(many: int) -> str:
    return ngettext("Move {number} session", "Move {number} sessions", many).format(number=many)


def _copying(many: int) -> str:
    return ngettext("Copy {number} session", "Copy {number} sessions", many).format(number=many)


def _cancelling(many: int) -> str:
    words = ngettext("Cancel {number} session", "Cancel {number} sessions", many)
    return words.format(number=many)


def _rows(db: Db, keys: Iterable[UUID], versions: Versions) -> list[SessionRow | VisitRow]:
    """In the order asked for; refused where one is gone, or was changed since it was shown."""
    wanted = tuple(keys)
    sessions = db.scalars(
        select(SessionRow)
        .where(SessionRow.id.in_(wanted))
        .options(selectinload(SessionRow.leaders))
    )
    there: dict[UUID, SessionRow | VisitRow] = {row.id: row for row in sessions}
    rest = [key for key in wanted if key not in there]
    if rest:
        there |= {row.id: row for row in db.scalars(select(VisitRow).where(VisitRow.id.in_(rest)))}
    if len(there) < len(set(wanted)):
        raise Refused(_("The session is no longer there."))
    for key, version in versions.items():
        if key in there:
            expect(there[key], version)
    return [there[key] for key in wanted]


def _check(row: SessionRow | VisitRow, start: datetime) -> None:
    check_time(start, row.minutes)


def _led_by(row: SessionRow | VisitRow) -> tuple[UUID | None, ...]:
    if isinstance(row, VisitRow):
        return (row.staff_id,)
    return tuple(leader.staff_id for leader in row.leaders)


def _furnish(db: Db, row: SessionRow | VisitRow, key: UUID, rooms: Rooms, leaders: Leaders) -> None:
    """Give *row* the room and the leaders that are meant for *key*."""
    if key in rooms:
        room = rooms[key]
        row.room_id = db.get_one(RoomRow, room).id if room else None
    if key not in leaders:
        return
    if isinstance(row, SessionRow):
        set_leaders(db, row, leaders[key])
        db.flush()
        db.expire(row, ["leaders"])
    else:
        first = next(iter(leaders[key]), None)
        row.staff_id = db.get_one(StaffRow, first).id if first else None


def _highest(db: Db, group_id: UUID, strand: str) -> int:
    found: int | None = db.scalar(
        select(func.max(SessionRow.number)).where(
            SessionRow.group_id == group_id, SessionRow.strand == strand
        )
    )
    return found or 0


def _session_like(row: SessionRow, number: int) -> SessionRow:
    return SessionRow(
        centre_id=row.centre_id,
        group_id=row.group_id,
        strand=row.strand,
        module=row.module,
        number=number,
        minutes=row.minutes,
        room_id=row.room_id,
        leaders=[
            LeaderRow(
                staff_id=leader.staff_id, profession=leader.profession, position=leader.position
            )
            for leader in row.leaders
        ],
    )


def _visit_like(row: VisitRow) -> VisitRow:
    return VisitRow(
        patient_id=row.patient_id,
        enrolment_id=row.enrolment_id,
        centre_id=row.centre_id,
        strand=row.strand,
        title=row.title,
        minutes=row.minutes,
        room_id=row.room_id,
        staff_id=row.staff_id,
        reason=row.reason,
    )
