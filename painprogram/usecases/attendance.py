"""Who came: a session's or a visit's list, and what is noted on it.

Nothing that was noted is changed or undone: a mistake is corrected by another mark, and both say
who wrote them and when.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain import attendance as rules
from painprogram.domain.attendance import AttendanceState, Event, EventKind, Mark
from painprogram.domain.errors import Refused
from painprogram.domain.patients import Access
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.schedule import LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import changed_by_another
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AttendanceRow,
    GroupRow,
    PatientRow,
    SessionEventRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import late_changes, rosters, sessions
from painprogram.usecases.occasions import contents
from painprogram.usecases.rosters import Expected, Roster
from painprogram.usecases.schedule_batches import parts

Occasion = Session | Visit


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody on the list, with what was noted, the newest first."""

    patient_id: UUID
    enrolment_id: UUID
    name: str
    how: LineKind
    protected: bool = False
    language: str = "sv"
    interpreter: bool = False
    access: tuple[Access, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def mark(self) -> Mark | None:
        """The one that holds."""
        return rules.in_force(self.marks)

    @property
    def newest_id(self) -> UUID | None:
        """What a further mark corrects: also one that took another back."""
        return rules.newest({mark.id: (mark.at, mark.corrects_id) for mark in self.marks})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list of a session or a visit, in order of name."""

    occasion: Occasion
    attendees: tuple[Attendee, ...]
    kept: bool
    """Places and own schedules that change no longer change it."""
    events: tuple[Event, ...] = ()
    """What became of the session, the newest first."""

    @property
    def came(self) -> int:
        return sum(one.mark is not None and one.mark.state.came for one in self.attendees)

    @property
    def noted(self) -> int:
        return sum(one.mark is not None for one in self.attendees)


def sheet_of(database: Database, occasion_id: UUID) -> Sheet:
    """The list of a session, or of a visit with its one patient, with what was noted."""
    with database.read_patients(_("Open attendance list")) as db:
        occasion = _occasion(db, occasion_id)
        kept = rosters.kept_of(db, [occasion_id]).get(occasion_id)
        roster = kept if kept is not None else _planned(db, occasion)
        attendees = _attendees(db, occasion_id, roster)
        told = events(db, [occasion_id]).get(occasion_id, ())
        return Sheet(occasion, attendees, kept is not None, told)


def of_patient(
    database: Database, patient_id: UUID
) -> dict[UUID, tuple[AttendanceState, int | None]]:
    """What is noted of a patient at each session and visit, with the minutes."""
    with database.read_patients(_("Open the patient's attendance")) as db:
        saw(db, [patient_id])
        noted = standing(db, AttendanceRow.patient_id == patient_id)
        return {occasion: found for (occasion, _patient), found in noted.items()}


def note(
    database: Database,
    occasion_id: UUID,
    patient_id: UUID,
    state: AttendanceState,
    minutes: int | None = None,
    note: str = "",
    corrects: UUID | None = None,
    *,
    first: bool = False,
    today: date | None = None,
) -> Attendee:
    """Note how it went with somebody; what was noted before is corrected by it.

    With *corrects* (the mark that was seen) or *first* (none was) it is refused where somebody
    else has noted meanwhile. From the day itself on the list is kept from the first mark.
    """
    with database.change(_("Note attendance"), undoable=False) as db:
        noted = _Noting(db, database.actor.name, occasion_id, today or late_changes.local_today())
        found = noted.attendee(patient_id)
        if (corrects and found.newest_id != corrects) or (first and found.mark is not None):
            raise changed_by_another()
        return noted.write(found, state, minutes, rules.check_note(note))


def withdraw(
    database: Database, occasion_id: UUID, patient_id: UUID, corrects: UUID | None = None
) -> Attendee:
    """Correct what was noted by mistake: nothing is noted then."""
    return note(database, occasion_id, patient_id, AttendanceState.WITHDRAWN, corrects=corrects)


def note_rest(
    database: Database, occasion_id: UUID, state: AttendanceState, today: date | None = None
) -> tuple[Attendee, ...]:
    """Note all those of whom nothing is noted yet; returned are they."""
    with database.change(_("Note attendance of the others"), undoable=False) as db:
        noted = _Noting(db, database.actor.name, occasion_id, today or late_changes.local_today())
        rest = [one for one in noted.attendees() if one.mark is None]
        return tuple(noted.write(one, state, None, "") for one in rest)


class _Noting:
    """One occasion within a change, its row locked so that two programs keep one list."""

    def __init__(self, db: Db, who: str, occasion_id: UUID, today: date) -> None:
        self._db, self._who, self._today = db, who, today
        self._id = occasion_id
        table: type[SessionRow | VisitRow] = SessionRow
        row = _locked(db, SessionRow, occasion_id)
        if row is None:
            table, row = VisitRow, _locked(db, VisitRow, occasion_id)
        if row is None:
            raise Refused(_("The session is no longer there."))
        start, self._minutes, cancelled = row
        if cancelled:
            raise Refused(_("It is cancelled, so nobody can be noted."))
        self._day = start.date()
        self._session = table is SessionRow
        self._roster = self._expected()

    def attendee(self, patient_id: UUID) -> Attendee:
        if patient_id not in self._roster:
            self._roster = {patient_id: self._came_besides(patient_id)}
        return _attendees(self._db, self._id, self._roster, [patient_id])[0]

    def attendees(self) -> tuple[Attendee, ...]:
        return _attendees(self._db, self._id, self._roster)

    def write(
        self, one: Attendee, state: AttendanceState, minutes: int | None, note: str
    ) -> Attendee:
        rules.check_mark(state, minutes, self._minutes, self._day, self._today)
        before = one.mark
        same = before is not None and (before.state, before.minutes, before.note) == (
            *(state, minutes),
            note,
        )
        if same or (before is None and state is AttendanceState.WITHDRAWN):
            return one
        row = AttendanceRow(
            patient_id=one.patient_id,
            enrolment_id=one.enrolment_id,
            occasion_id=self._id,
            state=state,
            minutes=minutes,
            note=note,
            noted_at=datetime.now(UTC).replace(tzinfo=None),
            noted_by=self._who,
            corrects_id=one.newest_id,
        )
        self._db.add(row)
        self._db.flush()
        mark = Mark(row.id, state, minutes, note, row.noted_at, self._who, row.corrects_id)
        return replace(one, marks=(mark, *one.marks))

    def _expected(self) -> Roster:
        if not self._session:
            return _of_visit(self._db, self._id)
        if self._day <= self._today:
            return rosters.keep(self._db, self._id)
        return rosters.of_sessions(self._db, [self._id]).get(self._id, {})

    def _came_besides(self, patient_id: UUID) -> Expected:
        """Somebody whose own schedule led here when the list was already kept."""
        planned = rosters.as_planned(self._db, [self._id]) if self._session else {}
        expected = planned.get(self._id, {}).get(patient_id)
        if expected is None:
            raise Refused(
                _(
                    "The patient is not expected there. Put the session in the own schedule "
                    "first, and note it then."
                )
            )
        rosters.add(self._db, self._id, patient_id, expected)
        return expected


# For the other use cases


def standing(
    db: Db, *where: ColumnElement[bool]
) -> dict[tuple[UUID, UUID], tuple[AttendanceState, int | None]]:
    """By occasion and patient: the state that holds, and its minutes. Without the door.

    *where* is about ``AttendanceRow``. What was corrected or taken back is left out.
    """
    noted: dict[tuple[UUID, UUID], dict[UUID, tuple[datetime, UUID | None]]] = defaultdict(dict)
    states: dict[UUID, tuple[AttendanceState, int | None]] = {}
    for row in db.execute(
        select(
            AttendanceRow.id,
            AttendanceRow.occasion_id,
            AttendanceRow.patient_id,
            AttendanceRow.state,
            AttendanceRow.minutes,
            AttendanceRow.noted_at,
            AttendanceRow.corrects_id,
        ).where(*where)
    ):
        noted[row.occasion_id, row.patient_id][row.id] = (row.noted_at, row.corrects_id)
        states[row.id] = AttendanceState(row.state), row.minutes
    newest = {key: rules.newest(marks) for key, marks in noted.items()}
    return {
        key: states[mark]
        for key, mark in newest.items()
        if mark is not None and states[mark][0] is not AttendanceState.WITHDRAWN
    }


def events(db: Db, occasions: Iterable[UUID]) -> dict[UUID, tuple[Event, ...]]:
    """What became of each session, the newest first; none that was taken back comes first."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    for part in parts(occasions):
        for row in db.execute(
            select(
                SessionEventRow.session_id,
                SessionEventRow.kind,
                SessionEventRow.short_notice,
                SessionEventRow.noted_at,
                SessionEventRow.noted_by,
                SessionEventRow.note,
                _borne_out().label("holds"),
            )
            .join(SessionRow, SessionRow.id == SessionEventRow.session_id)
            .where(SessionEventRow.session_id.in_(part))
            .order_by(SessionEventRow.noted_at.desc(), SessionEventRow.id)
        ):
            if not row.holds and row.session_id not in found:
                continue
            event = Event(
                EventKind(row.kind), row.short_notice, row.noted_at, row.noted_by, row.note
            )
            found[row.session_id].append(event)
    return {key: tuple(told) for key, told in found.items()}


def _borne_out() -> ColumnElement[bool]:
    """Whether the session is still what the event says: undo leaves the event where it is."""
    kind, start = SessionEventRow.kind, SessionEventRow.start
    return or_(
        and_(kind == EventKind.CANCELLED, SessionRow.cancelled),
        and_(kind == EventKind.HELD, ~SessionRow.cancelled),
        and_(kind == EventKind.MOVED, or_(start.is_(None), start == SessionRow.start)),
    )


def _locked(
    db: Db, table: type[SessionRow] | type[VisitRow], key: UUID
) -> tuple[datetime, int, bool] | None:
    row = db.execute(
        select(table.start, table.minutes, table.cancelled)
        .where(table.id == key)
        .with_for_update(key_share=True)
    ).one_or_none()
    return None if row is None else (row.start, row.minutes, row.cancelled)


def _occasion(db: Db, key: UUID) -> Occasion:
    found = sessions.load(db, SessionRow.id == key)
    if found:
        return found[0]
    visits = sessions.load_visits(db, VisitRow.id == key)
    if not visits:
        raise Refused(_("The session is no longer there."))
    return _titled(db, visits[0])


def _titled(db: Db, visit: Visit) -> Visit:
    """With the title that only the patient's own schedule, and this list, show."""
    row = db.execute(select(VisitRow.title, VisitRow.strand).where(VisitRow.id == visit.id)).one()
    if not row.strand:
        return replace(visit, title=row.title or visit.title)
    version = db.scalar(select(GroupRow.programme_version_id).where(GroupRow.id == visit.group_id))
    content = contents(db, [version])[version] if version else None
    if content is None:
        return visit
    module = content.module(content.strand(row.strand).module)
    return replace(visit, title=str(module.name), kind=ModuleKind(module.kind))


def _planned(db: Db, occasion: Occasion) -> Roster:
    if isinstance(occasion, Visit):
        return {occasion.patient_id: Expected(occasion.enrolment_id, LineKind.VISIT)}
    return rosters.as_planned(db, [occasion.id]).get(occasion.id, {})


def _of_visit(db: Db, key: UUID) -> Roster:
    patient, enrolment = db.execute(
        select(VisitRow.patient_id, VisitRow.enrolment_id).where(VisitRow.id == key)
    ).one()
    return {patient: Expected(enrolment, LineKind.VISIT)}


def _attendees(
    db: Db, occasion_id: UUID, roster: Roster, only: Iterable[UUID] | None = None
) -> tuple[Attendee, ...]:
    wanted = set(roster if only is None else only)
    marks = marks_of(db, AttendanceRow.occasion_id == occasion_id)
    people = [
        row
        for part in parts(wanted)
        for row in db.execute(
            select(
                PatientRow.id,
                PatientRow.given_name,
                PatientRow.family_name,
                PatientRow.search,
                PatientRow.protected,
                PatientRow.language,
                PatientRow.interpreter,
                PatientRow.access,
            ).where(PatientRow.id.in_(part))
        )
    ]
    saw(db, wanted)
    return tuple(
        Attendee(
            patient_id=row.id,
            enrolment_id=roster[row.id].enrolment_id,
            name=f"{row.given_name} {row.family_name}",
            how=roster[row.id].how,
            protected=row.protected,
            language=row.language,
            interpreter=row.interpreter,
            access=tuple(Access(need) for need in row.access),
            marks=marks.get((occasion_id, row.id), ()),
        )
        for row in sorted(people, key=lambda row: (row.search, str(row.id)))
    )


def marks_of(db: Db, *where: ColumnElement[bool]) -> Mapping[tuple[UUID, UUID], tuple[Mark, ...]]:
    """By occasion and patient everything that was noted, the newest first; within the door."""
    found: dict[tuple[UUID, UUID], list[Mark]] = defaultdict(list)
    for row in db.execute(
        select(
            AttendanceRow.id,
            AttendanceRow.occasion_id,
            AttendanceRow.patient_id,
            AttendanceRow.state,
            AttendanceRow.minutes,
            AttendanceRow.note,
            AttendanceRow.noted_at,
            AttendanceRow.noted_by,
            AttendanceRow.corrects_id,
        )
        .where(*where)
        .order_by(AttendanceRow.noted_at.desc(), AttendanceRow.id)
    ):
        state = AttendanceState(row.state)
        mark = Mark(
            *(row.id, state, row.minutes, row.note, row.noted_at, row.noted_by, row.corrects_id)
        )
        found[row.occasion_id, row.patient_id].append(mark)
    return {key: tuple(marks) for key, marks in found.items()}
