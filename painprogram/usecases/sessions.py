"""Sessions on the schedule: show a week, move, resize, give another room or leader, cancel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from painprogram.domain.closures import Closure
from painprogram.domain.errors import Refused
from painprogram.domain.planning import Dated
from painprogram.domain.sessions import Session, Visit, check_time
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.storage.tables import (
    LeaderRow,
    PatientRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import late_changes, rules
from painprogram.usecases.centres import closures_of
from painprogram.usecases.session_rows import base_schedule, load, load_visits, one

__all__ = [
    "Participant",
    "Week",
    "base_schedule",
    "cancel",
    "change_leaders",
    "change_room",
    "load",
    "load_visits",
    "move",
    "nearest",
    "one",
    "participants",
    "resize",
    "session",
    "sessions",
    "set_leaders",
    "week",
]


@dataclass(frozen=True, slots=True)
class Week:
    """What a week of one centre holds. Visits carry no patient: who it is, is read by the door."""

    monday: date
    sessions: tuple[Session, ...]
    visits: tuple[Visit, ...]
    closures: tuple[Closure, ...]


def week(database: Database, centre_id: UUID, monday: date, *, closures: bool = True) -> Week:
    """The sessions and visits at *centre_id* in the seven days from *monday*.

    Without *closures* its closed days are left out: red days take a library that is slow to load.
    """
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
        shut = closures_of(db, centre_id, monday, monday + timedelta(days=6)) if closures else ()
        return Week(monday, sessions, visits, shut)


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
    reason: str = "",
    today: date | None = None,
) -> Session:
    """Move a session to *start* (wall-clock).

    In the same step to another room, with another length or other leaders where they are given.
    Refused where a rule blocks; with a *reason* what must be acknowledged is.
    """
    with (
        database.change(_label(database, _("Move {title}"), session_id)) as db,
        rules.kept(db, [session_id], today, reason, database.actor.name),
        late_changes.noted(db, [session_id], today, database.actor.name),
    ):
        row = _row(db, session_id, version)
        length = row.minutes if minutes is None else minutes
        check_time(start, length)
        room = db.get_one(RoomRow, room_id).id if room_id else row.room_id
        if (start, room, length) != (row.start, row.room_id, row.minutes) or staff is not None:
            row.start, row.room_id, row.minutes = start, room, length
            row.sequence += 1
        if staff is not None:
            set_leaders(db, row, staff)
        return _after(db, row)


def resize(
    database: Database,
    session_id: UUID,
    minutes: int,
    *,
    version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> Session:
    """Let a session last *minutes*."""
    with (
        database.change(_label(database, _("Change the length of {title}"), session_id)) as db,
        rules.kept(db, [session_id], today, reason, database.actor.name),
    ):
        row = _row(db, session_id, version)
        check_time(row.start, minutes)
        if minutes != row.minutes:
            row.minutes = minutes
            row.sequence += 1
        return _after(db, row)


def change_room(
    database: Database,
    session_id: UUID,
    room_id: UUID | None,
    *,
    version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> Session:
    with (
        database.change(_label(database, _("Change room of {title}"), session_id)) as db,
        rules.kept(db, [session_id], today, reason, database.actor.name),
    ):
        row = _row(db, session_id, version)
        row.room_id = db.get_one(RoomRow, room_id).id if room_id else None
        row.sequence += 1
        return _after(db, row)


def change_leaders(
    database: Database,
    session_id: UUID,
    staff: Iterable[UUID],
    *,
    version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> Session:
    """Give a session other leaders, each in the profession they have."""
    with (
        database.change(_label(database, _("Change leader of {title}"), session_id)) as db,
        rules.kept(db, [session_id], today, reason, database.actor.name),
    ):
        row = _row(db, session_id, version)
        set_leaders(db, row, staff)
        row.sequence += 1
        return _after(db, row)


def cancel(
    database: Database,
    session_id: UUID,
    *,
    cancelled: bool = True,
    version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> Session:
    """Cancel a session, or hold it after all."""
    wording = _("Cancel {title}") if cancelled else _("Hold {title} after all")
    with (
        database.change(_label(database, wording, session_id)) as db,
        rules.kept(db, [session_id], today, reason, database.actor.name),
        late_changes.noted(db, [session_id], today, database.actor.name),
    ):
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


def lay_out(
    db: Db, group_id: UUID, centre_id: UUID, dates: Iterable[Dated]
) -> tuple[SessionRow, ...]:
    """Plan these sessions for a group, with their leaders."""
    made = []
    for dated in dates:
        row = SessionRow(
            centre_id=centre_id,
            group_id=group_id,
            strand=dated.strand,
            module=dated.module.key,
            number=dated.number,
            start=dated.start,
            minutes=dated.minutes,
            room_id=dated.room_id,
            leaders=[],
        )
        set_leaders(db, row, dated.leaders)
        db.add(row)
        made.append(row)
    db.flush()
    return tuple(made)


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


def _span(first: date, days: int) -> tuple[datetime, datetime]:
    start = datetime.combine(first, time())
    return start, start + timedelta(days=days)
