"""Groups: list them, open and close them, change their size."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Decision, Group, GroupStatus, check_owners, check_size
from painprogram.domain.laps import fullest
from painprogram.domain.names import folded
from painprogram.i18n import _
from painprogram.storage import places
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    PauseRow,
    ProgrammeVersionRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases.centres import named
from painprogram.usecases.programmes import content_of

_FEW = 200
"""So many are counted by themselves; of more, all are counted at once."""


def groups(database: Database, centre_id: UUID | None = None) -> tuple[Group, ...]:
    """The groups of one centre, or of all, the newest start first."""
    with database.read() as db:
        return load(db, centre_id)


def group(database: Database, group_id: UUID) -> Group:
    with database.read() as db:
        return one(db, group_id)


def rename(database: Database, group_id: UUID, name: str) -> Group:
    wanted = named(name, _("the group"))
    with database.change(_("Rename group to {name}").format(name=wanted)) as db:
        row = db.get_one(GroupRow, group_id)
        if row.name != wanted:
            check_name(db, row.centre_id, wanted)
            row.name = wanted
        return one(db, group_id)


def set_status(database: Database, group_id: UUID, status: GroupStatus) -> Group:
    """Open a group for enrolment, close it, or make it a draft again."""
    name = group(database, group_id).name
    wording = {
        GroupStatus.DRAFT: _("Make group {name} a draft"),
        GroupStatus.OPEN: _("Open group {name}"),
        GroupStatus.CLOSED: _("Close group {name}"),
        GroupStatus.CANCELLED: _("Cancel group {name}"),
    }[status]
    with database.change(wording.format(name=name)) as db:
        row = db.get_one(GroupRow, group_id)
        row.status = status
        db.flush()
        return one(db, group_id)


def set_size(database: Database, group_id: UUID, minimum: int, maximum: int) -> Group:
    """Change how few and how many a group takes; never below those who have a place."""
    check_size(minimum, maximum)
    name = group(database, group_id).name
    with database.change(_("Change the size of group {name}").format(name=name)) as db:
        row = db.get_one(GroupRow, group_id)
        row.minimum, row.maximum = minimum, maximum
        db.flush()
        return one(db, group_id)


def set_owner(
    database: Database, group_id: UUID, owner_id: UUID | None, deputy_id: UUID | None = None
) -> Group:
    """Who answers for the group, and who stands in for them."""
    check_owners(owner_id, deputy_id)
    name = group(database, group_id).name
    with database.change(_("Change owner of group {name}").format(name=name)) as db:
        row = db.get_one(GroupRow, group_id)
        row.owner_id = db.get_one(StaffRow, owner_id).id if owner_id else None
        row.deputy_id = db.get_one(StaffRow, deputy_id).id if deputy_id else None
        db.flush()
        db.expire(row)
        return one(db, group_id)


# For the other use cases


def load(
    db: Db,
    centre_id: UUID | None = None,
    group_id: UUID | None = None,
    *where: ColumnElement[bool],
) -> tuple[Group, ...]:
    query = select(GroupRow).options(
        joinedload(GroupRow.centre),
        joinedload(GroupRow.owner),
        joinedload(GroupRow.deputy),
        joinedload(GroupRow.programme_version).joinedload(ProgrammeVersionRow.programme),
    )
    if centre_id:
        query = query.where(GroupRow.centre_id == centre_id)
    if group_id:
        query = query.where(GroupRow.id == group_id)
    rows = db.scalars(query.where(*where)).all()
    few = [row.id for row in rows] if len(rows) <= _FEW else None
    enrolled = () if few is None else (EnrolmentRow.group_id.in_(few),)
    taken = _counted(db, EnrolmentRow.group_id, EnrolmentRow.last.is_(None), *enrolled)
    for key, held in places.held(db, (row.id for row in rows if row.rolling)).items():
        taken[key], _when = fullest(place.lap for place in held.each)
    spans = {
        row[0]: row[1:]
        for row in db.execute(
            select(
                SessionRow.group_id,
                func.count(),
                func.min(SessionRow.start),
                func.max(SessionRow.start),
            )
            .where(true() if few is None else SessionRow.group_id.in_(few))
            .group_by(SessionRow.group_id)
        )
    }
    pauses = {row.group_id: row for row in db.scalars(select(PauseRow).where(under_way()))}
    found = [
        _as_group(
            row, taken.get(row.id, 0), pauses.get(row.id), *spans.get(row.id, (0, None, None))
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda g: (-g.start.toordinal(), folded(g.name))))


def one(db: Db, group_id: UUID) -> Group:
    found = load(db, group_id=group_id)
    if not found:
        raise Refused(_("The group is no longer there."))
    return found[0]


def check_name(db: Db, centre_id: UUID, name: str) -> None:
    same = select(func.count()).where(GroupRow.centre_id == centre_id, GroupRow.name == name)
    if db.scalar(same):
        raise Refused(_("There is already a group called {name}.").format(name=name))


def professions(db: Db, staff: Iterable[UUID]) -> tuple[str, ...]:
    """What each of *staff* is trained as, in their order."""
    wanted = tuple(staff)
    rows = db.execute(select(StaffRow.id, StaffRow.profession).where(StaffRow.id.in_(wanted)))
    known = {row.id: row.profession for row in rows}
    return tuple(known[one] for one in wanted)


def under_way() -> ColumnElement[bool]:
    """Pauses that have begun and not ended: a group has one at most."""
    return PauseRow.last.is_(None)


def _counted(
    db: Db, column: ColumnElement[UUID] | Any, *where: ColumnElement[bool]
) -> dict[UUID, int]:
    rows = db.execute(select(column, func.count()).where(*where).group_by(column))
    return {key: many for key, many in rows}  # noqa: C416 -- a Row is no pair to the checker


def _as_group(
    row: GroupRow,
    taken: int,
    pause: PauseRow | None,
    many: int,
    first: datetime | None,
    last: datetime | None,
) -> Group:
    return Group(
        id=row.id,
        centre_id=row.centre_id,
        name=row.name,
        programme_id=row.programme_version_id,
        programme_name=str(content_of(row.programme_version).name),
        programme_version=row.programme_version.number,
        status=GroupStatus(row.status),
        start=row.start,
        minimum=row.minimum,
        maximum=row.maximum,
        taken=taken,
        sessions=many,
        first=first.date() if first else None,
        last=last.date() if last else None,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        deputy_id=row.deputy_id,
        deputy_name=row.deputy.name if row.deputy else "",
        centre_name=row.centre.name,
        letter=row.letter,
        activity=row.activity,
        paused=pause.first if pause else None,
        pause_reason=pause.reason if pause else "",
        rolling=row.rolling,
        decide_on=row.decide_on,
        decision=Decision(row.decision) if row.decision else None,
    )
