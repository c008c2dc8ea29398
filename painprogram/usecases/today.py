"""What needs somebody today, read in one go: patients are named for the lines that are shown.

Clashes, drafts and sheets take longer to find out and are asked for beside it (``ahead``).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.people import initials
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.today import (
    Ahead,
    Happening,
    Line,
    Matter,
    Section,
    Today,
    Whose,
    section,
    together,
)
from painprogram.i18n import _, ngettext
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, SessionRow, VisitRow
from painprogram.usecases import (
    clashes,
    reception,
    seats,
    sessions,
    today_ahead,
    today_groups,
    today_patients,
)

NAMED = 3
"""A line names so many patients, or says how many they are."""


def today(
    database: Database,
    centre_id: UUID,
    day: date,
    whose: Whose = Whose.ALL,
    opened: Collection[Matter] = (),
) -> Today:
    """What waits for somebody at the centre on *day*; more lines of the matters in *opened*.

    *whose* lines are shown; all are counted. One entry of the log names those who are named here.
    """
    me = database.actor.staff_id
    deciding = today_groups.decisions(seats.near(database, centre_id, day), day, me)
    with today_patients.reading(database) as db:
        limit = db.scalar(select(CentreRow.waiting_limit).where(CentreRow.id == centre_id)) or 0
        waits = today_patients.waits(db, centre_id, day, limit, me)
        found = (
            (Matter.DECISION, deciding, ""),
            (Matter.ABSENCE, today_groups.absences(db, centre_id, day, me), ""),
            (Matter.PAUSE, today_groups.pauses(db, centre_id, day, me), ""),
            (Matter.COMMITMENT, today_patients.commitments(db, centre_id, day, me), ""),
            (Matter.WAIT, waits, _too_long(limit)),
            (Matter.WAY, today_patients.ways(db, centre_id, day, me, waits), ""),
            (Matter.ATTENDANCE, today_patients.attendance(db, centre_id, day, me), ""),
        )
        cut = [section(matter, lines, whose, opened, title) for matter, lines, title in found]
        days = reception.load(db, centre_id, day, 2)
        visits = {
            line.occasion.patient_id
            for one in days
            for line in one.lines
            if isinstance(line.occasion, Visit)
        }
        names = today_patients.names(db, _shown(cut) | visits)
        return Today(
            day,
            database.actor.name,
            me is not None,
            together(_named(one, names) for one in cut),
            tuple(tuple(_happening(line, names) for line in one.lines) for one in days),  # type: ignore[arg-type]
            _next(db, centre_id, day),
        )


def ahead(database: Database, progress: Progress, centre_id: UUID, day: date) -> Ahead:
    """Clashes, drafts and sheets that are out of date: counted and compared, nobody is named."""
    progress.report(0)
    found = clashes.open_ahead(database, day, centre_id)
    progress.report(0.5)
    lines = today_ahead.lines(database, centre_id, day, found)
    progress.report(1)
    clashing = {
        key: one.against(key) for one in reversed(found) for key in (one.occasion, one.other) if key
    }
    return Ahead(lines, clashing)


def occasion(database: Database, key: UUID) -> Session | Visit:
    """The session or visit that a line is about, to be shown on the schedule."""
    with database.read() as db:
        found: Sequence[Session | Visit] = sessions.load(db, SessionRow.id == key)
        found = found or sessions.load_visits(db, VisitRow.id == key)
        if not found:
            raise Refused(_("The session is no longer there."))
        return found[0]


def _too_long(limit: int) -> str:
    return ngettext(
        "Waited longer than {days} day", "Waited longer than {days} days", limit
    ).format(days=limit)


def _shown(cut: Iterable[Section]) -> set[UUID]:
    """Whose names the shown lines ask for."""
    return {
        patient
        for one in cut
        for line in one.lines
        if len(line.patients) <= NAMED
        for patient in line.patients
    }


def _named(one: Section, names: dict[UUID, tuple[str, bool]]) -> Section:
    return replace(one, lines=tuple(_with_names(line, names) for line in one.lines))


def _with_names(line: Line, names: dict[UUID, tuple[str, bool]]) -> Line:
    if not line.patients:
        return line
    if len(line.patients) > NAMED:
        many = len(line.patients)
        told = ngettext("{number} patient", "{number} patients", many).format(number=many)
        return replace(line, what=told)
    known = [names[one] for one in line.patients]
    return replace(
        line,
        what=", ".join(name for name, _protected in known),
        protected=any(protected for _name, protected in known),
    )


def _happening(line: reception.Coming, names: dict[UUID, tuple[str, bool]]) -> Happening:
    one = line.occasion
    who = initials(names[one.patient_id][0]) if isinstance(one, Visit) else ""
    return Happening(one, line.expected, line.came, line.noted, line.event, who)


def _next(db: Db, centre_id: UUID, day: date) -> Session | None:
    key = db.scalar(
        select(SessionRow.id)
        .where(
            SessionRow.centre_id == centre_id,
            SessionRow.start >= datetime.combine(day + timedelta(days=1), time()),
            SessionRow.cancelled.is_(False),
        )
        .order_by(SessionRow.start, SessionRow.id)
        .limit(1)
    )
    return sessions.one(db, key) if key else None
