"""What the rules look at: occasions, and what surrounds them. All frozen, nothing looked up."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from painprogram.domain.availability import Span, StaffTime
from painprogram.domain.closures import Closure
from painprogram.domain.names import folded
from painprogram.domain.programmes import Need
from painprogram.domain.rooms import Equipment
from painprogram.domain.rules import AS_USUAL, OF_ONE_PATIENT, Level, Rule, Rules, hardest


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session or a visit as the rules see it."""

    id: UUID
    title: str
    start: datetime
    end: datetime
    staff: frozenset[UUID] = frozenset()
    professions: tuple[str, ...] = ()
    room: UUID | None = None
    patients: frozenset[UUID] = frozenset()
    needs: tuple[Need, ...] = ()
    seats: int | None = None
    """Of its room; None where it has none."""
    centre: UUID | None = None
    group: UUID | None = None
    strand: str = ""
    preparation: int = 0
    wrap_up: int = 0
    """Minutes before and after that take leaders and room, not the participants."""
    equipment: tuple[Equipment, ...] = ()
    """What it needs."""
    offered: tuple[Equipment, ...] | None = None
    """What its room has; None where it has no room."""
    competences: tuple[str, ...] = ()
    """What it asks of its leaders …"""
    mastered: frozenset[str] = frozenset()
    """… and what they have, as ``folded_competence`` writes it."""
    fewest: int | None = None
    """Participants it needs; None where nobody waits for them (yet)."""
    largest: int | None = None
    """Participants it takes."""
    over_quota: int = 0
    """How many come by a link beyond the seats of their group."""
    latest: date | None = None
    """The first day that is too late for it."""

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)


def folded_competence(name: str) -> str:
    return folded(" ".join(name.split()))


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that is broken: on *occasion*, by *other* where two are involved.

    *about* is the person or room it is about; names are looked up by who shows it. Of patients
    there may be several: *detail* says how many.
    """

    rule: Rule
    occasion: UUID
    other: UUID | None = None
    about: UUID | None = None
    detail: str = ""
    weight: int = 0
    """How bad it is, where there is more and less of it."""
    mark: str = ""
    """The day or week it is about, for what may also stand on another one."""

    @property
    def key(self) -> Hashable:
        """The same for the same clash, however much of it there is and whoever comes first."""
        if self.rule in OF_ONE_PATIENT:
            return self.rule, self.about, self.mark
        about = None if self.rule is Rule.PATIENT else self.about
        pair = frozenset((self.occasion, self.other))
        which = self.detail if self.rule in (Rule.NEEDS, Rule.COMPETENCE) else ""
        return self.rule, pair, about, which, self.mark


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session of a group wherever in the year it stands."""

    id: UUID
    title: str
    start: datetime
    end: datetime
    centre: UUID | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The order that the sessions of one group must keep."""

    after: Mapping[str, tuple[str, ...]]
    """By strand: those that must have ended before it begins."""
    meetings: Mapping[str, tuple[Meeting, ...]]
    """By strand, in order of time; what is cancelled is not there."""

    def before_me(self, strand: str) -> Iterator[Meeting]:
        """The last meeting of each strand that *strand* must come after."""
        for key in self.after.get(strand, ()):
            yield from self.meetings.get(key, ())[-1:]

    def after_me(self, strand: str) -> Iterator[Meeting]:
        """The meetings of the strands that must come after *strand*."""
        for key, before in self.after.items():
            if strand in before:
                yield from self.meetings.get(key, ())


EVERYBODY_ALWAYS = StaffTime()


@dataclass(frozen=True)
class Surroundings:
    """What the rules look at beside the occasions themselves; by centre where it differs."""

    rules: Mapping[UUID | None, Rules] = field(default_factory=dict)
    closures: Mapping[UUID | None, Sequence[Closure]] = field(default_factory=dict)
    time: StaffTime = EVERYBODY_ALWAYS
    courses: Mapping[UUID, Course] = field(default_factory=dict)
    """By group."""
    today: date | None = None
    """None where nobody asks how near things are."""
    limits: Mapping[UUID, Mapping[Rule, int]] = field(default_factory=dict)
    """By patient: what a week may ask of them, where it is not what the centre says."""

    def rules_of(self, centre: UUID | None) -> Rules:
        return self.rules.get(centre, AS_USUAL)

    def level(self, rule: Rule, *centres: UUID | None) -> Level:
        """As the strictest of *centres* takes it."""
        return hardest(self.rules_of(centre).level(rule) for centre in centres)

    def closures_on(self, centre: UUID | None, day: date) -> Sequence[Closure]:
        return self._shut.get(centre, {}).get(day, ())

    @cached_property
    def _shut(self) -> Mapping[UUID | None, Mapping[date, Sequence[Closure]]]:
        return {centre: by_day(closures) for centre, closures in self.closures.items()}

    def absent_on(self, staff: UUID, day: date) -> Sequence[Span]:
        return self._absent.get((staff, day), ())

    def busy_on(self, staff: UUID, day: date) -> Sequence[Span]:
        return self._busy.get((staff, day), ())

    @cached_property
    def _absent(self) -> Mapping[tuple[UUID, date], Sequence[Span]]:
        return _spans_by_day((staff, one.absent) for staff, one in self.time.of.items())

    @cached_property
    def _busy(self) -> Mapping[tuple[UUID, date], Sequence[Span]]:
        return _spans_by_day((staff, one.busy) for staff, one in self.time.of.items())

    def meeting(self, key: UUID) -> Meeting | None:
        return self.meetings.get(key)

    @cached_property
    def meetings(self) -> Mapping[UUID, Meeting]:
        return {
            one.id: one
            for course in self.courses.values()
            for meetings in course.meetings.values()
            for one in meetings
        }


NOWHERE = Surroundings()


def by_day(closures: Iterable[Closure]) -> Mapping[date, Sequence[Closure]]:
    """The closures of each day they hold."""
    found: dict[date, list[Closure]] = defaultdict(list)
    for closure in closures:
        for ahead in range((closure.last - closure.first).days + 1):
            found[closure.first + timedelta(days=ahead)].append(closure)
    return found


def _spans_by_day(
    of: Iterable[tuple[UUID, Iterable[Span]]],
) -> Mapping[tuple[UUID, date], Sequence[Span]]:
    found: dict[tuple[UUID, date], list[Span]] = defaultdict(list)
    for staff, spans in of:
        for span in spans:
            day, last = span.start.date(), span.end.date()
            while day <= last:
                found[staff, day].append(span)
                day += timedelta(days=1)
    return found
