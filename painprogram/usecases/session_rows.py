"""Sessions and visits as rows are read into values: for everything that shows or changes them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Content, ModuleKind
from painprogram.domain.sessions import Leader, Session, Visit
from painprogram.i18n import _
from painprogram.storage.guards import expected
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    LinkRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases.programmes import contents_of

AT_ONCE = 500
"""Keys in one statement; engines limit its parameters."""


def base_schedule(db: Db, group_id: UUID) -> tuple[Session, ...]:
    linked = select(LinkRow.session_id).where(LinkRow.group_id == group_id)
    own = load(db, SessionRow.group_id == group_id)
    others = load(db, SessionRow.id.in_(linked), seen_from=group_id)
    return tuple(sorted((*own, *others), key=lambda s: (s.start, str(s.id))))


def one(db: Db, session_id: UUID, *, seen_from: UUID | None = None) -> Session:
    found = load(db, SessionRow.id == session_id, seen_from=seen_from)
    if not found:
        raise Refused(_("The session is no longer there."))
    return found[0]


_SHOWN = (
    select(
        SessionRow.id,
        SessionRow.group_id,
        SessionRow.centre_id,
        SessionRow.strand,
        SessionRow.module,
        SessionRow.number,
        SessionRow.start,
        SessionRow.minutes,
        SessionRow.cancelled,
        SessionRow.sequence,
        SessionRow.version,
        SessionRow.locked,
        RoomRow.id.label("room_id"),
        RoomRow.name.label("room_name"),
        GroupRow.name.label("group_name"),
        GroupRow.activity,
        GroupRow.maximum,
        GroupRow.programme_version_id,
    )
    .join(GroupRow, GroupRow.id == SessionRow.group_id)
    .outerjoin(RoomRow, RoomRow.id == SessionRow.room_id)
    .order_by(SessionRow.start, SessionRow.id)
)


def load(db: Db, *where: ColumnElement[bool], seen_from: UUID | None = None) -> tuple[Session, ...]:
    """Sessions as values, in order of time; *seen_from* a group that has them linked in.

    Read as columns: as objects of the ORM a week takes several times as long.
    """
    rows = db.execute(_SHOWN.where(*where)).all()
    if not rows:
        return ()
    keys = [row.id for row in rows]
    of = _totals(db, {row.group_id for row in rows})
    taken = expected(db, keys)
    leaders = _leaders(db, keys)
    contents = contents_of(db, {row.programme_version_id for row in rows})
    return tuple(
        _as_session(
            row,
            contents[row.programme_version_id],
            of[row.group_id, row.strand],
            len(taken.get(row.id, ())),
            leaders.get(row.id, ()),
            seen_from,
        )
        for row in rows
    )


def _leaders(db: Db, keys: Sequence[UUID]) -> dict[UUID, tuple[Leader, ...]]:
    found: dict[UUID, tuple[Leader, ...]] = {}
    for first in range(0, len(keys), AT_ONCE):
        rows = db.execute(
            select(LeaderRow.session_id, LeaderRow.staff_id, StaffRow.name, LeaderRow.profession)
            .join(StaffRow, StaffRow.id == LeaderRow.staff_id)
            .where(LeaderRow.session_id.in_(keys[first : first + AT_ONCE]))
            .order_by(LeaderRow.session_id, LeaderRow.position)
        )
        for session, staff, name, work in rows:
            found[session] = (*found.get(session, ()), Leader(staff, name, Profession(work)))
    return found


def load_visits(db: Db, *where: ColumnElement[bool]) -> tuple[Visit, ...]:
    """Visits without what tells of the patient: no reason, no own title."""
    rows = db.execute(
        select(
            VisitRow.id,
            VisitRow.enrolment_id,
            VisitRow.patient_id,
            VisitRow.centre_id,
            VisitRow.start,
            VisitRow.minutes,
            VisitRow.cancelled,
            VisitRow.strand,
            VisitRow.sequence,
            VisitRow.version,
            GroupRow.id.label("group_id"),
            GroupRow.name.label("group_name"),
            RoomRow.id.label("room_id"),
            RoomRow.name.label("room_name"),
            StaffRow.id.label("staff_id"),
            StaffRow.name.label("staff_name"),
            StaffRow.profession,
        )
        .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
        .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .outerjoin(RoomRow, RoomRow.id == VisitRow.room_id)
        .outerjoin(StaffRow, StaffRow.id == VisitRow.staff_id)
        .where(*where)
        .order_by(VisitRow.start, VisitRow.id)
    )
    return tuple(
        Visit(
            id=row.id,
            enrolment_id=row.enrolment_id,
            patient_id=row.patient_id,
            centre_id=row.centre_id,
            kind=ModuleKind.INDIVIDUAL,
            title=_("Individual visit"),
            start=row.start,
            minutes=row.minutes,
            group_id=row.group_id,
            group_name=row.group_name,
            strand=row.strand,
            room_id=row.room_id,
            room_name=row.room_name or "",
            leader=(
                Leader(row.staff_id, row.staff_name, Profession(row.profession))
                if row.staff_id
                else None
            ),
            cancelled=row.cancelled,
            sequence=row.sequence,
            version=row.version,
        )
        for row in rows
    )


def _totals(db: Db, groups: set[UUID]) -> dict[tuple[UUID, str], int]:
    """The m of "n of m": the highest number of each strand, cancelled ones counted in."""
    rows = db.execute(
        select(SessionRow.group_id, SessionRow.strand, func.max(SessionRow.number))
        .where(SessionRow.group_id.in_(groups))
        .group_by(SessionRow.group_id, SessionRow.strand)
    )
    return {(group, strand): highest for group, strand, highest in rows}


def _as_session(
    row: Any,
    content: Content,
    of: int,
    taken: int,
    leaders: tuple[Leader, ...],
    seen_from: UUID | None,
) -> Session:
    module = content.module(row.module)
    strand = content.strand(row.strand)
    linked = seen_from is not None and seen_from != row.group_id
    return Session(
        id=row.id,
        group_id=row.group_id,
        centre_id=row.centre_id,
        strand=row.strand,
        module=row.module,
        kind=ModuleKind.LINKED if linked or row.activity else module.kind,
        number=row.number,
        of=1 if linked else of,
        title=str(module.name),
        card_title=module.card_title,
        start=row.start,
        minutes=row.minutes,
        group_name=row.group_name,
        letter=strand.letter,
        preparation=module.preparation,
        wrap_up=module.wrap_up,
        room_id=row.room_id,
        room_name=row.room_name or "",
        leaders=leaders,
        cancelled=row.cancelled,
        linked=linked,
        taken=taken,
        seats=row.maximum,
        sequence=row.sequence,
        version=row.version,
        locked=frozenset(row.locked),
    )
