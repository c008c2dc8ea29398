"""What the planner is asked: sessions to place, what they need, what must hold, what is wished.

Frozen values. A key is a UUID, so that a thing keeps the name it has everywhere else; a name is
there for sentences alone. Times are wall-clock times, as in the schedule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from painprogram.i18n import N_, _


class Kind(StrEnum):
    """What a resource is. A patient may also stand for a group that goes everywhere together."""

    PERSON = "person"
    ROOM = "room"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Span:
    """From *start* up to *end*."""

    start: datetime
    end: datetime

    def overlaps(self, start: datetime, end: datetime) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Resource:
    """A person, a room or a patient: whatever can be in one place at a time."""

    key: UUID
    name: str
    kind: Kind
    seats: int = 0
    """Participants a room holds."""
    heads: int = 1
    """Participants a patient counts as: 12 for a group of twelve, 0 where they count elsewhere."""
    absent: tuple[Span, ...] = ()
    """When it can't be had: outside working hours, away, taken by something else."""
    unwished: tuple[Span, ...] = ()
    """When it can be had but would rather not."""
    most_per_day: int | None = None
    most_per_week: int | None = None
    """Sessions; None for as many as there are."""
    fair_share: int | None = None
    """Sessions in all that are a fair share of the work; above it costs."""


@dataclass(frozen=True, slots=True)
class Role:
    """*many* leaders, all of them among *candidates*; *name* is the profession or competence."""

    name: str
    candidates: tuple[UUID, ...]
    many: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """What a session gets."""

    start: datetime
    room: UUID | None = None
    leaders: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Lock:
    """What may not be changed of a session; None leaves it open."""

    start: datetime | None = None
    room: UUID | None = None
    leaders: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting that wants a time, a room and leaders."""

    key: UUID
    title: str
    minutes: int
    starts: tuple[datetime, ...]
    """The starts to choose among: already without closed days."""
    audience: tuple[UUID, ...] = ()
    """Patients, or groups of them, who always come."""
    roles: tuple[Role, ...] = ()
    rooms: tuple[UUID, ...] = ()
    """The rooms with what it needs; empty where it needs none."""
    heads: int = 0
    """Participants beside those of the audience."""
    crowding: bool = False
    """Whether a room may be too small, at a cost; else it may not."""
    seats: int | None = None
    """The most participants; None for as many as the room holds."""
    preparation: int = 0
    wrap_up: int = 0
    """Minutes before and after that take leaders and room, not the participants."""
    series: UUID | None = None
    lock: Lock = Lock()
    today: Place | None = None
    """Where it stands in the plan there is."""
    urgency: int = 0
    """What each week after its first start costs: more for those who have waited long."""

    def end(self, start: datetime) -> datetime:
        return start + timedelta(minutes=self.minutes)

    def with_buffers(self, start: datetime) -> Span:
        """What it takes of its leaders and room."""
        before = timedelta(minutes=self.preparation)
        return Span(start - before, self.end(start) + timedelta(minutes=self.wrap_up))

    def weeks_late(self, start: datetime) -> int:
        return (start.date() - min(self.starts, default=start).date()).days // 7


@dataclass(frozen=True, slots=True)
class Series:
    """Sessions that are wished alike: on one weekday and time, in one room, with one team."""

    key: UUID
    title: str
    days: int = 1
    """On how many different days they should be, at least."""


@dataclass(frozen=True, slots=True)
class Order:
    """*second* starts at least *least* and at most *most* after *first* has ended."""

    first: UUID
    second: UUID
    least: timedelta = timedelta()
    most: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Two sessions that are wished on different days."""

    first: UUID
    second: UUID


@dataclass(frozen=True, slots=True)
class Option:
    """One way for a patient to get a module: all these sessions.

    *cost* says how late or unwished it is: more for one who has waited long.
    """

    sessions: tuple[UUID, ...]
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A patient gets exactly one of the options, counted from 0."""

    key: UUID
    title: str
    patient: UUID
    options: tuple[Option, ...]
    lock: int | None = None
    today: int | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """Of *patients*, at most *most* choose to come to *session*: the seats of their centre."""

    title: str
    session: UUID
    patients: frozenset[UUID]
    most: int


class Wish(StrEnum):
    """What is wished, each with a weight of its own; see ``evaluate`` for what each one counts."""

    REGULAR = "regular"
    LEADERS = "leaders"
    ROOMS = "rooms"
    SPREAD = "spread"
    ISOLATED = "isolated"
    TRIPS = "trips"
    HOURS = "hours"
    FAIR = "fair"
    CHANGES = "changes"
    APART = "apart"
    CROWDING = "crowding"
    CHOICES = "choices"
    COMPACT = "compact"
    REST = "rest"
    SEATS = "seats"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS = {
    Wish.REGULAR: N_("same weekday and time through a series"),
    Wish.LEADERS: N_("same leaders through a series"),
    Wish.ROOMS: N_("same room through a series"),
    Wish.SPREAD: N_("series spread over days"),
    Wish.ISOLATED: N_("no visit alone on its day"),
    Wish.TRIPS: N_("few trips"),
    Wish.HOURS: N_("wished hours"),
    Wish.FAIR: N_("fair load"),
    Wish.CHANGES: N_("few changes"),
    Wish.APART: N_("different days for what should be apart"),
    Wish.CROWDING: N_("rooms large enough"),
    Wish.CHOICES: N_("early start for long waits"),
    Wish.COMPACT: N_("compact days"),
    Wish.REST: N_("rest between visits"),
    Wish.SEATS: N_("seats filled"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """The weight of each wish; one that is not named has none."""

    weights: Mapping[Wish, int] = field(default_factory=dict)
    nearby: int = 0
    """Minutes between two visits of a day that still make them one trip together."""
    rest: int = 0
    """Minutes between two visits of a day that are rest enough; 0 where only days count."""

    def weight(self, wish: Wish) -> int:
        return self.weights.get(wish, 0)


@dataclass(frozen=True)
class Problem:
    """Everything the planner knows."""

    sessions: tuple[Session, ...]
    resources: tuple[Resource, ...]
    series: tuple[Series, ...] = ()
    orders: tuple[Order, ...] = ()
    apart: tuple[Apart, ...] = ()
    choices: tuple[Choice, ...] = ()
    quotas: tuple[Quota, ...] = ()
    wishes: Wishes = Wishes()

    @cached_property
    def session(self) -> Mapping[UUID, Session]:
        return {each.key: each for each in self.sessions}

    @cached_property
    def resource(self) -> Mapping[UUID, Resource]:
        return {each.key: each for each in self.resources}


@dataclass(frozen=True)
class Plan:
    """A place for each session that got one, and by choice the number of its option."""

    places: Mapping[UUID, Place] = field(default_factory=dict)
    chosen: Mapping[UUID, int] = field(default_factory=dict)

    def option(self, choice: Choice) -> Option | None:
        """The chosen one; None where none is chosen, or one that is not there."""
        number = self.chosen.get(choice.key, -1)
        return choice.options[number] if 0 <= number < len(choice.options) else None

    def participants(self, problem: Problem) -> dict[UUID, tuple[UUID, ...]]:
        """By session: the audience, and the patients who chose it."""
        found = {each.key: list(each.audience) for each in problem.sessions}
        for choice in problem.choices:
            option = self.option(choice)
            for key in option.sessions if option else ():
                found[key].append(choice.patient)
        return {key: tuple(patients) for key, patients in found.items()}
