"""Sessions on the schedule: show a week, move, resize, give another room or leader, cancel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload, selectinload

from painprogram import i18n
from painprogram.domain.closures import Closure
from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Leader, Session, Visit, check_time
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    LinkRow,
    PatientRow,
    ProgrammeVersionRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases.centres import closures_of
from painprogram.usecases.programmes import content_of

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Week:
    """What a week of one centre holds. Visits carry no patient: who it is, is read by the door."""

    monday: date
    sessions: tuple[Session, ...]
    visits: tuple[Visit, ...]
    closures: tuple[Closure, ...]


def week(database: Database, centre_id: UUID, monday: date) -> Week:
    """The sessions and visits at *centre_id* in the seven days from *monday*."""
    first, last = _span(monday, 7)
    with database.read() as db:
        sessions = load(
            db,
            SessionRow.centre_id == centre_id,
            SessionRow.start >= first,
            SessionRow.start < last,
        )
        visits = load_visits(
            db, VisitRow.centre_id == centre_id, VisitRow.start >= first, VisitRow.start < last
        )
        closures = closures_of(db, centre_id, monday, monday + timedelta(days=6))
        return Week(monday, sessions, visits, closures)


def nearest(database: Database, centre_id: UUID, day: date) -> tuple[date | None, date | None]:
    """The last day before *day*, and the first from *day* on, with a session at *centre_id*."""
    here = SessionRow.centre_id == centre_id
    border = datetime.combine(day, time())
    with database.read() as db:
        before = db.scalar(
            select(func.max(SessionRow.start)).where(here, SessionRow.start < border)
        )
        after = db.scalar(
            select(func.min(SessionRow.start)).where(here, SessionRow.start >= border)
        )
        return before and before.date(), after and after.date()


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is to come, with what the leader must think of."""

    patient_id: UUID
    name: str
    interpreter: bool
    access: bool


def participants(database: Database, session_id: UUID) -> tuple[Participant, ...]:
    """Who is to come to a session, own schedules counted in, in order of name."""
    with database.read_patients(_("List participants")) as db:
        who = expected(db, [session_id]).get(session_id, set())
        rows = db.execute(
            select(
                PatientRow.id,
                PatientRow.given_name,
                PatientRow.family_name,
                PatientRow.interpreter,
                PatientRow.access,
            )
            .where(PatientRow.id.in_(who))
            .order_by(PatientRow.search)
        ).all()
        saw(db, who)
        return tuple(
            Participant(
                row.id, f"{row.given_name} {row.family_name}", row.interpreter, bool(row.access)
            )
            for row in rows
        )


def sessions(database: Database, group_id: UUID) -> tuple[Session, ...]:
    """The base schedule of a group: its own sessions and those linked in, in order of time."""
    with database.read() as db:
        return base_schedule(db, group_id)


def session(database: Database, session_id: UUID) -> Session:
    with database.read() as db:
        return one(db, session_id)


def move(
    database: Database,
    session_id: UUID,
    start: datetime,
    *,
    room_id: UUID | None = None,
    minutes: int | None = None,
    staff: Iterable[UUID] | None = None,
    version: int | None = None,
) -> Session:
    """Move a session to *start* (wall-clock).

    In the same step to another room, with another length or other leaders where they are given.
    """
    with database.change(_label(database, _("Move {title}"), session_id)) as db:
        row = _row(db, session_id, version)
        length = row.minutes if minutes is None else minutes
        check_time(start, length)
        _check_date(start)
        room = db.get_one(RoomRow, room_id).id if room_id else row.room_id
        if (start, room, length) != (row.start, row.room_id, row.minutes) or staff is not None:
            row.start, row.room_id, row.minutes = start, room, length
            row.sequence += 1
        if staff is not None:
            set_leaders(db, row, staff)
        return _after(db, row)


def resize(
    database: Database, session_id: UUID, minutes: int, *, version: int | None = None
) -> Session:
    """Let a session last *minutes*."""
    with database.change(_label(database, _("Change the length of {title}"), session_id)) as db:
        row = _row(db, session_id, version)
        check_time(row.start, minutes)
        if minutes != row.minutes:
            row.minutes = minutes
            row.sequence += 1
        return _after(db, row)


def change_room(
    database: Database, session_id: UUID, room_id: UUID | None, *, version: int | None = None
) -> Session:
    with database.change(_label(database, _("Change room of {title}"), session_id)) as db:
        row = _row(db, session_id, version)
        row.room_id = db.get_one(RoomRow, room_id).id if room_id else None
        row.sequence += 1
        return _after(db, row)


def change_leaders(
    database: Database, session_id: UUID, staff: Iterable[UUID], *, version: int | None = None
) -> Session:
    """Give a session other leaders, each in the profession they have."""
    with database.change(_label(database, _("Change leader of {title}"), session_id)) as db:
        row = _row(db, session_id, version)
        set_leaders(db, row, staff)
        row.sequence += 1
        return _after(db, row)


def cancel(
    database: Database, session_id: UUID, *, cancelled: bool = True, version: int | None = None
) -> Session:
    """Cancel a session, or hold it after all."""
    wording = _("Cancel {title}") if cancelled else _("Hold {title} after all")
    with database.change(_label(database, wording, session_id)) as db:
        row = _row(db, session_id, version)
        row.cancelled = cancelled
        row.sequence += 1
        return _after(db, row)


# For the other use cases


def set_leaders(db: Db, row: SessionRow, staff: Iterable[UUID]) -> None:
    wanted = list(dict.fromkeys(staff))
    kept = {leader.staff_id: leader for leader in row.leaders}
    for staff_id, leader in kept.items():
        if staff_id not in wanted:
            db.delete(leader)
    for position, staff_id in enumerate(wanted):
        if staff_id in kept:
            kept[staff_id].position = position
        else:
            person = db.get_one(StaffRow, staff_id)
            row.leaders.append(
                LeaderRow(staff_id=person.id, profession=person.profession, position=position)
            )


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


def load(db: Db, *where: ColumnElement[bool], seen_from: UUID | None = None) -> tuple[Session, ...]:
    """Sessions as values, in order of time; *seen_from* a group that has them linked in."""
    rows = db.scalars(
        select(SessionRow)
        .where(*where)
        .options(
            joinedload(SessionRow.room),
            joinedload(SessionRow.group)
            .joinedload(GroupRow.programme_version)
            .joinedload(ProgrammeVersionRow.programme),
            selectinload(SessionRow.leaders).joinedload(LeaderRow.staff),
        )
        .order_by(SessionRow.start, SessionRow.id)
    ).all()
    if not rows:
        return ()
    totals = _totals(db, {(row.group_id, row.strand) for row in rows})
    taken = expected(db, [row.id for row in rows])
    return tuple(
        _as_session(row, totals[row.group_id, row.strand], len(taken.get(row.id, ())), seen_from)
        for row in rows
    )


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


def _totals(db: Db, strands: set[tuple[UUID, str]]) -> dict[tuple[UUID, str], int]:
    """The m of "n of m": the highest number of each strand, cancelled ones counted in."""
    groups = {group for group, _strand in strands}
    rows = db.execute(
        select(SessionRow.group_id, SessionRow.strand, func.max(SessionRow.number))
        .where(SessionRow.group_id.in_(groups))
        .group_by(SessionRow.group_id, SessionRow.strand)
    )
    return {(group, strand): highest for group, strand, highest in rows}


def _as_session(row: SessionRow, of: int, taken: int, seen_from: UUID | None) -> Session:
    content = content_of(row.group.programme_version)
    module = content.module(row.module)
    strand = content.strand(row.strand)
    linked = seen_from is not None and seen_from != row.group_id
    return Session(
        id=row.id,
        group_id=row.group_id,
        centre_id=row.centre_id,
        strand=row.strand,
        module=row.module,
        kind=ModuleKind.LINKED if linked or row.group.activity else module.kind,
        number=row.number,
        of=1 if linked else of,
        title=str(module.name),
        card_title=module.card_title,
        start=row.start,
        minutes=row.minutes,
        group_name=row.group.name,
        letter=strand.letter,
        preparation=module.preparation,
        wrap_up=module.wrap_up,
        room_id=row.room_id,
        room_name=row.room.name if row.room else "",
        leaders=tuple(
            Leader(leader.staff_id, leader.staff.name, Profession(leader.profession))
            for leader in row.leaders
        ),
        cancelled=row.cancelled,
        linked=linked,
        taken=taken,
        seats=row.group.maximum,
        sequence=row.sequence,
        version=row.version,
    )


def _row(db: Db, session_id: UUID, version: int | None = None) -> SessionRow:
    row = db.scalar(
        select(SessionRow)
        .where(SessionRow.id == session_id)
        .options(selectinload(SessionRow.leaders))
    )
    if row is None:
        raise Refused(_("The session is no longer there."))
    if version is not None:
        expect(row, version)
    return row


def _after(db: Db, row: SessionRow) -> Session:
    db.flush()
    db.expire(row)
    return one(db, row.id)


def _label(database: Database, wording: str, session_id: UUID) -> str:
    found = session(database, session_id)
    return wording.format(title=found.numbered_title)


def _check_date(start: datetime) -> None:
    if not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
        raise Refused(
            _("{day} is not a day to plan. Choose one between {first} and {last}.").format(
                day=i18n.date_long(start.date()), first=EARLIEST_YEAR, last=LATEST_YEAR
            )
        )


def _span(first: date, days: int) -> tuple[datetime, datetime]:
    start = datetime.combine(first, time())
    return start, start + timedelta(days=days)
