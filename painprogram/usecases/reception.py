"""What the reception sees: the day by time, and whoever stands in front of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.attendance import AttendanceState, Event, Mark, in_force
from painprogram.domain.groups import GroupStatus
from painprogram.domain.patients import Access, Patient
from painprogram.domain.progress import Progress
from painprogram.domain.schedule import Line
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AttendanceRow,
    EnrolmentRow,
    GroupRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import (
    attendance,
    patients,
    reprints,
    rosters,
    schedule_batches,
    sessions,
)
from painprogram.usecases.reprints import Queue, Waiting


@dataclass(frozen=True, slots=True)
class Coming:
    """A session or a visit of the day in numbers. Who they are, is read by the door."""

    occasion: Session | Visit
    expected: int
    came: int
    noted: int
    """Of how many anything is noted, whether they came or not."""
    event: Event | None = None
    """What became of it."""

    @property
    def left(self) -> int:
        return self.expected - self.noted


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    lines: tuple[Coming, ...]
    """In order of time."""


@dataclass(frozen=True, slots=True)
class Here:
    """What somebody comes to on the day, and what is noted of it."""

    occasion: Session | Visit
    enrolment_id: UUID
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever stands in front of the reception, as far as it needs to know."""

    patient_id: UUID
    name: str
    masked: str
    """Empty where the identity is protected."""
    protected: bool
    language: str
    interpreter: bool
    access: tuple[Access, ...]
    here: tuple[Here, ...]
    """What is on the day, in order of time."""
    next: Session | Visit | None
    """What comes next after it, as it was told."""
    place: tuple[UUID, UUID] | None
    """Group and place whose sheet is printed."""
    outdated: tuple[Waiting, ...]
    """The sheets that say something else than was printed."""
    never: tuple[Waiting, ...]


def day(database: Database, centre_id: UUID, wanted: date) -> Day:
    """Sessions and visits of the centre on a day, with how many are expected and have come."""
    with database.read() as db:
        return load(db, centre_id, wanted)[0]


def load(db: Db, centre_id: UUID, wanted: date, days: int = 1) -> tuple[Day, ...]:
    """That day and those after it, *days* in all; for the other use cases."""
    start = datetime.combine(wanted, time())
    end = start + timedelta(days=days)
    held = sessions.load(
        db,
        SessionRow.centre_id == centre_id,
        SessionRow.start >= start,
        SessionRow.start < end,
        GroupRow.status != GroupStatus.CANCELLED,  # its table is there: see ``session_rows``
    )
    visits = sessions.load_visits(
        db, VisitRow.centre_id == centre_id, VisitRow.start >= start, VisitRow.start < end
    )
    lines = sorted(_counted(db, held, visits), key=lambda x: (x.occasion.start, str(x.occasion.id)))
    return tuple(
        Day(one, tuple(line for line in lines if line.occasion.start.date() == one))
        for one in (wanted + timedelta(days=number) for number in range(days))
    )


def _counted(db: Db, held: tuple[Session, ...], visits: tuple[Visit, ...]) -> list[Coming]:
    every: tuple[Session | Visit, ...] = (*held, *visits)
    keys = [one.id for one in every]
    lists = rosters.of_sessions(db, (one.id for one in held))
    told = attendance.events(db, (one.id for one in held))
    standing: dict[tuple[UUID, UUID], tuple[AttendanceState, int | None]] = {}
    for part in schedule_batches.parts(keys):
        standing.update(attendance.standing(db, AttendanceRow.occasion_id.in_(part)))
    found = []
    for one in every:
        who = {one.patient_id} if isinstance(one, Visit) else set(lists.get(one.id, ()))
        states = [standing[one.id, key][0] for key in who if (one.id, key) in standing]
        came = sum(state.came for state in states)
        event = told[one.id][0] if one.id in told else None
        found.append(Coming(one, len(who), came, len(states), event))
    return found


def person(database: Database, patient_id: UUID, wanted: date, today: date) -> Person:
    """Who somebody is, what they come to on *wanted*, what comes next, and how their paper is.

    Times are as they were told: that is what the patient goes by.
    """
    with database.read_patients(_("Open patient at the reception")) as db:
        one = patients.one(db, patient_id)
        places = db.scalars(
            select(EnrolmentRow.id)
            .where(EnrolmentRow.patient_id == patient_id, EnrolmentRow.last.is_(None))
            .order_by(EnrolmentRow.first.desc(), EnrolmentRow.id)
        ).all()
        own = schedule_batches.load(db, places, told=True)
        papers = reprints.of_patient(db, patient_id, today)
        marks = attendance.marks_of(db, AttendanceRow.patient_id == patient_id)
        saw(db, [patient_id])
    lines = [(key, line) for key, schedule in own.items() for line in schedule.lines]
    lines.sort(key=lambda pair: (pair[1].start, str(pair[1].session.id)))
    groups = {key: schedule.enrolment.group_id for key, schedule in own.items()}
    return _person(
        one, lines, groups, papers, {k[0]: in_force(m) for k, m in marks.items()}, wanted
    )


def _person(
    one: Patient,
    lines: list[tuple[UUID, Line]],
    groups: Mapping[UUID, UUID],
    papers: Queue,
    marks: Mapping[UUID, Mark | None],
    wanted: date,
) -> Person:
    here = [
        Here(line.session, key, marks.get(line.session.id))
        for key, line in lines
        if line.attends and line.start.date() == wanted
    ]
    ahead = [line.session for _key, line in lines if line.attends and line.start.date() > wanted]
    order = [x.enrolment_id for x in (*papers.sheets, *papers.never)]
    order += [x.enrolment_id for x in here] + list(groups)
    return Person(
        patient_id=one.id,
        name=one.name,
        masked="" if one.protected else one.identity.masked,
        protected=one.protected,
        language=one.language,
        interpreter=one.interpreter,
        access=one.access,
        here=tuple(here),
        next=ahead[0] if ahead else None,
        place=(groups[order[0]], order[0]) if order else None,
        outdated=papers.sheets,
        never=papers.never,
    )


def to_print(database: Database, progress: Progress, today: date, centre_id: UUID) -> int:
    """How many sheets are out of date; a long task, since each is compared."""
    progress.report(0)
    return reprints.count(database, today, centre_id).sheets
