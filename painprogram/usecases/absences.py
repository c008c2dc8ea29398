"""A colleague is away: what that touches, who can step in, and all of it solved in one step."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload, selectinload

from painprogram.domain.availability import (
    Absence,
    AbsenceKind,
    Span,
    StaffTime,
    check_absence,
)
from painprogram.domain.clashes import by_day
from painprogram.domain.diary import Diary
from painprogram.domain.errors import Refused
from painprogram.domain.openings import Opening, Wanted, openings
from painprogram.domain.people import Staff
from painprogram.domain.sessions import Session, Visit, check_time
from painprogram.domain.substitutes import (
    Choice,
    Solution,
    Substitute,
    Vacancy,
    best_for_all,
)
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import changed_by_another
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    LinkRow,
    PatientRow,
    PrintRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import late_changes, occasions, rules, sessions, vacancies
from painprogram.usecases.availability import (
    absent,
    already_absent,
    as_absence,
    covered,
    staff_time,
)
from painprogram.usecases.centres import closures_of
from painprogram.usecases.openings import each_day, rooms_of, suitable
from painprogram.usecases.prints import SHEET
from painprogram.usecases.staff import as_staff

ALTERNATIVES = 3
"""Other times that are proposed for each."""
SEARCHED = timedelta(weeks=3)
"""After the absence; one that is longer than this is no matter of moving."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A session or visit that loses its leader, and what can be done about it."""

    shown: Session | Visit
    """A visit carries no patient's name."""
    patients: int
    substitutes: tuple[Substitute, ...]
    times: tuple[Opening, ...]
    best: Choice

    @property
    def id(self) -> UUID:
        return self.shown.id


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that an absence touches, in order of time."""

    staff: Staff
    span: Span
    touched: tuple[Touched, ...]
    patients: int
    """Different ones, over all of it."""
    sheets: int
    """Printed sheets that would no longer say what holds."""
    known: bool = False
    """Whether the absence is entered already."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was done, and how many times."""

    absence: Absence | None
    """None where it was there already."""
    done: Counter[Solution]


def touched(database: Database, staff_id: UUID, span: Span, today: date | None = None) -> Impact:
    """What an absence would touch; nothing is written. No other time before *today* is proposed."""
    check_absence(span)
    with database.read() as db:
        person = _person(db, staff_id)
        own = vacancies.touched_sessions(db, staff_id, span)
        visits = vacancies.touched_visits(db, staff_id, span)
        first = span.start.date() - timedelta(days=span.start.weekday())
        last = max(span.end.date(), today or span.end.date()) + SEARCHED
        last += timedelta(days=6 - last.weekday())
        held = occasions.load(db, first, last) if own or visits else {}
        open_ = (
            *vacancies.of_sessions(db, staff_id, own, held),
            *vacancies.of_visits(db, staff_id, visits, held),
        )
        times = staff_time(db, first, last)
        diary = Diary(one.occasion for one in held.values())
        search = _Search(db, span, open_, diary, times, today)
        solved = best_for_all(
            [one.vacancy for one in open_],
            vacancies.colleagues(db, staff_id, open_),
            diary,
            times,
            search.elsewhere,
        )
        shown = {one.shown.id: one.shown for one in open_}
        coming = {one.vacancy.occasion.id: one.vacancy.occasion.patients for one in open_}
        return Impact(
            person,
            span,
            tuple(
                Touched(
                    shown[one.vacancy.occasion.id],
                    len(one.vacancy.occasion.patients),
                    one.substitutes,
                    one.times,
                    one.best,
                )
                for one in solved
            ),
            len(frozenset().union(*coming.values())),
            _sheets(db, own, visits, frozenset().union(*coming.values())),
            covered(db, staff_id, span),
        )


def enter(
    database: Database,
    staff_id: UUID,
    span: Span,
    kind: AbsenceKind = AbsenceKind.AWAY,
    choices: Iterable[Choice] = (),
    *,
    reason: str = "",
    today: date | None = None,
) -> Entered:
    """Enter an absence and do what was chosen for what it touches: one step, one undo.

    Where it is entered already, the choices alone are carried out. What is not chosen is left as
    it is, and is a clash. *reason* answers for what the centre's rules want acknowledged.
    """
    check_absence(span)
    wanted = [choice for choice in choices if choice.solution is not Solution.LEAVE]
    with database.read() as db:
        name = _person(db, staff_id).name
    with database.change(_("Enter absence of {name}").format(name=name)) as db:
        known = covered(db, staff_id, span)
        if known and not wanted:
            raise already_absent(name)
        row = None if known else absent(db, staff_id, span, kind)
        touched_ids = [choice.occasion_id for choice in wanted]
        who = database.actor.name
        with (
            rules.kept(db, touched_ids, today, reason, who),
            late_changes.noted(db, touched_ids, today, who),
        ):
            for choice in wanted:
                _carry_out(db, staff_id, choice)
            db.flush()
        return Entered(
            None if row is None else as_absence(row),
            Counter(choice.solution for choice in wanted),
        )


@dataclass(frozen=True, slots=True)
class Expected:
    """A patient who is to come to something that an absence touches."""

    patient_id: UUID
    name: str
    phone: str
    """Empty where the identity is protected."""
    interpreter: bool
    occasions: tuple[UUID, ...]
    """Which of those that were asked about."""


def patients(database: Database, occasion_ids: Collection[UUID]) -> tuple[Expected, ...]:
    """Who must be told when these are moved or cancelled, in order of name; it is logged."""
    with database.read_patients(_("List patients of sessions that an absence touches")) as db:
        coming: dict[UUID, list[UUID]] = defaultdict(list)
        for occasion, who in expected(db, occasion_ids).items():
            for one in who:
                coming[one].append(occasion)
        visits = select(VisitRow.id, VisitRow.patient_id).where(VisitRow.id.in_(occasion_ids))
        for visit, one in db.execute(visits):
            coming[one].append(visit)
        rows = db.execute(
            select(
                PatientRow.id,
                PatientRow.given_name,
                PatientRow.family_name,
                PatientRow.phone,
                PatientRow.interpreter,
                PatientRow.protected,
            )
            .where(PatientRow.id.in_(coming))
            .order_by(PatientRow.search, PatientRow.id)
        ).all()
        saw(db, coming)
        return tuple(
            Expected(
                row.id,
                f"{row.given_name} {row.family_name}",
                "" if row.protected else row.phone,
                row.interpreter,
                tuple(sorted(coming[row.id])),
            )
            for row in rows
        )


class _Search:
    """Looks for other times when whoever is away is back."""

    def __init__(
        self,
        db: Db,
        span: Span,
        open_: Sequence[vacancies.Open],
        diary: Diary,
        times: StaffTime,
        today: date | None,
    ) -> None:
        self._open = {one.vacancy.occasion.id: one for one in open_}
        self._diary, self._times = diary, times
        self._first = max(span.end.date(), today or span.end.date())
        self._last = self._first + SEARCHED
        short = span.end - span.start <= SEARCHED
        centres = {one.shown.centre_id for one in open_} if short else set()
        self._rooms = {centre: rooms_of(db, centre) for centre in centres}
        self._closed = {
            centre: by_day(closures_of(db, centre, self._first, self._last)) for centre in centres
        }
        self._absent = span
        self._series = _days_of_series(db, open_, self._first, self._last)

    def elsewhere(self, vacancy: Vacancy) -> tuple[Opening, ...]:
        """The nearest to the usual hour, on each of the next days that has any."""
        one = self._open[vacancy.occasion.id]
        centre = one.shown.centre_id
        if centre not in self._rooms:
            return ()
        occasion = vacancy.occasion
        rooms = None
        if occasion.room is not None:
            many = len(occasion.patients)
            rooms = suitable(self._rooms[centre], many, one.equipment, occasion.room)
        wanted = Wanted(
            one.shown.minutes,
            occasion.staff,
            occasion.patients,
            rooms,
            one.preparation,
            one.wrap_up,
            occasion.id,
            self._series.get(vacancy.series, frozenset()),
        )
        found = openings(
            wanted,
            self._diary,
            self._times,
            self._closed[centre],
            each_day(self._first, self._last),
        )
        return tuple(islice(self._one_a_day(found, occasion.start), ALTERNATIVES))

    def _one_a_day(self, found: Iterable[Opening], usual: datetime) -> Iterator[Opening]:
        for _day, there in groupby(found, key=lambda opening: opening.first.date()):
            starts = [
                (opening.nearest(usual.time()), opening)
                for opening in there
                if opening.nearest(usual.time()) >= self._absent.end
            ]
            if starts:
                at = datetime.combine(starts[0][0].date(), usual.time())
                start, opening = min(starts, key=lambda pair: (abs(pair[0] - at), pair[0]))
                yield replace(opening, first=start, last=start)


def _days_of_series(
    db: Db, open_: Sequence[vacancies.Open], first: date, last: date
) -> dict[Hashable, frozenset[date]]:
    """The days on which a series has a session: two of it on one day would be one too many."""
    found: dict[Hashable, set[date]] = defaultdict(set)
    groups = {one.shown.group_id for one in open_ if isinstance(one.shown, Session)}
    for group, strand, start in db.execute(
        select(SessionRow.group_id, SessionRow.strand, SessionRow.start).where(
            SessionRow.group_id.in_(groups),
            SessionRow.start >= datetime.combine(first, time()),
            SessionRow.start < datetime.combine(last, time()) + timedelta(days=1),
        )
    ):
        found[group, strand].add(start.date())
    return {series: frozenset(days) for series, days in found.items()}


def _carry_out(db: Db, staff_id: UUID, choice: Choice) -> None:
    row = _led_by(db, choice.occasion_id, staff_id)
    if choice.solution is Solution.SUBSTITUTE and choice.staff_id:
        _lead_instead(db, row, staff_id, choice.staff_id)
    elif choice.solution is Solution.MOVE and choice.start:
        check_time(choice.start, row.minutes)
        row.start = choice.start
        if choice.room_id is not None:
            row.room_id = db.get_one(RoomRow, choice.room_id).id
    elif choice.solution is Solution.CANCEL:
        row.cancelled = True
    row.sequence += 1


def _led_by(db: Db, occasion_id: UUID, staff_id: UUID) -> SessionRow | VisitRow:
    """The session or visit; refused where somebody has given it another leader meanwhile."""
    session = db.scalar(
        select(SessionRow)
        .where(SessionRow.id == occasion_id)
        .options(selectinload(SessionRow.leaders))
    )
    if session is not None and any(one.staff_id == staff_id for one in session.leaders):
        return session
    visit = db.get(VisitRow, occasion_id) if session is None else None
    if visit is None or visit.staff_id != staff_id:
        raise changed_by_another()
    return visit


def _lead_instead(db: Db, row: SessionRow | VisitRow, old: UUID, new: UUID) -> None:
    if isinstance(row, VisitRow):
        row.staff_id = db.get_one(StaffRow, new).id
        return
    leaders = [new if one.staff_id == old else one.staff_id for one in row.leaders]
    sessions.set_leaders(db, row, leaders)


def _person(db: Db, staff_id: UUID) -> Staff:
    row = db.scalar(
        select(StaffRow).where(StaffRow.id == staff_id).options(joinedload(StaffRow.centre))
    )
    if row is None:
        raise Refused(_("The colleague is no longer there."))
    return as_staff(row)


def _sheets(
    db: Db, own: Sequence[Session], visits: Sequence[Visit], patients: Collection[UUID]
) -> int:
    """The printed sheets on which one of these stands: of places that are held."""
    if not patients:
        return 0
    ids = [session.id for session in own]
    groups = {session.group_id for session in own}
    groups |= set(db.scalars(select(LinkRow.group_id).where(LinkRow.session_id.in_(ids))))
    guests = set(
        db.scalars(select(DeviationRow.enrolment_id).where(DeviationRow.to_session_id.in_(ids)))
    )
    guests |= {visit.enrolment_id for visit in visits}
    places = db.execute(
        select(EnrolmentRow.id, EnrolmentRow.group_id, EnrolmentRow.patient_id).where(
            EnrolmentRow.last.is_(None), EnrolmentRow.patient_id.in_(patients)
        )
    )
    held = {
        (row.group_id, row.patient_id)
        for row in places
        if row.group_id in groups or row.id in guests
    }
    printed = db.execute(
        select(PrintRow.group_id, PrintRow.patient_id)
        .where(PrintRow.kind == SHEET, PrintRow.patient_id.in_(patients))
        .distinct()
    )
    return len(held & {(row.group_id, row.patient_id) for row in printed})
