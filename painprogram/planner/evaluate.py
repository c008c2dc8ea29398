"""Looks at a plan without knowing how it was made: what it breaks, and what it costs by wish.

The search keeps its own count; this one shares no line with it. Double booking is judged by the
same rule as in the schedule.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from painprogram.domain.clashes import Occasion, double_booked
from painprogram.planner.contradictions import fills
from painprogram.planner.problem import Kind, Place, Plan, Problem, Session, Wish


class Rule(StrEnum):
    """What a plan must keep."""

    START = "start"
    ROOM = "room"
    LEADERS = "leaders"
    LOCK = "lock"
    TWICE = "twice"
    ABSENT = "absent"
    TOO_MANY = "too_many"
    ORDER = "order"
    SEATS = "seats"
    CHOICE = "choice"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken: on *session* (or choice), with *other*, about a resource."""

    rule: Rule
    session: UUID
    other: UUID | None = None
    about: UUID | None = None


@dataclass(frozen=True)
class Evaluation:
    """What a plan is worth."""

    breaches: tuple[Breach, ...]
    unplaced: tuple[UUID, ...]
    """Sessions without a place, and choices not made."""
    costs: Mapping[Wish, int]

    @property
    def sound(self) -> bool:
        return not self.breaches

    @property
    def cost(self) -> int:
        return sum(self.costs.values())


@dataclass(frozen=True)
class Held:
    """A plan laid out for the rules."""

    problem: Problem
    plan: Plan

    @cached_property
    def placed(self) -> tuple[tuple[Session, Place], ...]:
        """In order of time."""
        session = self.problem.session
        found = [(session[key], place) for key, place in self.plan.places.items()]
        return tuple(sorted(found, key=lambda each: (each[1].start, each[0].key)))

    @cached_property
    def participants(self) -> Mapping[UUID, tuple[UUID, ...]]:
        return self.plan.participants(self.problem)

    def heads(self, session: Session) -> int:
        known = self.problem.resource
        return session.heads + sum(known[key].heads for key in self.participants[session.key])

    def weight(self, patient: UUID) -> int:
        """A group's visits count as many times as it has heads."""
        return max(1, self.problem.resource[patient].heads)

    @cached_property
    def attended(self) -> Mapping[UUID, tuple[tuple[Session, Place], ...]]:
        """By patient or group: where it goes, in order of time."""
        found: dict[UUID, list[tuple[Session, Place]]] = defaultdict(list)
        for session, place in self.placed:
            for patient in self.participants[session.key]:
                found[patient].append((session, place))
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def taken(self) -> Mapping[UUID, tuple[tuple[Session, Place], ...]]:
        """The same for every resource."""
        found: dict[UUID, list[tuple[Session, Place]]] = defaultdict(list)
        for session, place in self.placed:
            room = () if place.room is None else (place.room,)
            for key in (*self.participants[session.key], *sorted(place.leaders), *room):
                found[key].append((session, place))
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def series(self) -> Mapping[UUID, tuple[Place, ...]]:
        found: dict[UUID, list[Place]] = defaultdict(list)
        for session, place in self.placed:
            if session.series is not None:
                found[session.series].append(place)
        return {key: tuple(each) for key, each in found.items()}


def evaluate(problem: Problem, plan: Plan) -> Evaluation:
    """What *plan* breaks, what it leaves out, and what it costs."""
    held = Held(problem, plan)
    breaches = tuple(breach for rule in RULES for breach in rule(held))
    left = [each.key for each in problem.sessions if each.key not in plan.places]
    left += [each.key for each in problem.choices if each.key not in plan.chosen]
    costs = {
        wish: problem.wishes.weight(wish) * count(held)
        for wish, count in COSTS.items()
        if problem.wishes.weight(wish)
    }
    return Evaluation(breaches, tuple(left), costs)


# What must hold


def outside_its_starts(held: Held) -> Iterator[Breach]:
    for session, place in held.placed:
        if place.start not in session.starts:
            yield Breach(Rule.START, session.key)


def in_a_wrong_room(held: Held) -> Iterator[Breach]:
    """A room it may not use, none where it needs one, or one where it needs none."""
    for session, place in held.placed:
        fitting: tuple[UUID | None, ...] = session.rooms or (None,)
        if place.room not in fitting:
            yield Breach(Rule.ROOM, session.key, about=place.room)


def with_wrong_leaders(held: Held) -> Iterator[Breach]:
    for session, place in held.placed:
        if not fills(session.roles, place.leaders):
            yield Breach(Rule.LEADERS, session.key)


def against_a_lock(held: Held) -> Iterator[Breach]:
    for session, place in held.placed:
        lock = session.lock
        if (
            (lock.start is not None and lock.start != place.start)
            or (lock.room is not None and lock.room != place.room)
            or (lock.leaders is not None and lock.leaders != place.leaders)
        ):
            yield Breach(Rule.LOCK, session.key)
    for choice in held.problem.choices:
        chosen = held.plan.chosen.get(choice.key)
        if choice.lock is not None and chosen is not None and chosen != choice.lock:
            yield Breach(Rule.LOCK, choice.key)


def booked_twice(held: Held) -> Iterator[Breach]:
    """A person or room in two places at once, buffers counted in; a patient, without them."""
    with_buffers = []
    without = []
    for session, place in held.placed:
        span = session.with_buffers(place.start)
        who = frozenset(held.participants[session.key])
        title, end = session.title, session.end(place.start)
        with_buffers.append(
            Occasion(session.key, title, span.start, span.end, place.leaders, room=place.room)
        )
        without.append(Occasion(session.key, title, place.start, end, patients=who))
    for occasions in (with_buffers, without):
        ordered = sorted(occasions, key=lambda each: (each.start, each.id.int))
        for clash in double_booked(ordered):
            yield Breach(Rule.TWICE, clash.occasion, clash.other, clash.about)


def while_absent(held: Held) -> Iterator[Breach]:
    for key, times in held.taken.items():
        resource = held.problem.resource[key]
        for session, place in times:
            taken = session.with_buffers(place.start)
            start, end = taken.start, taken.end
            if resource.kind is Kind.PATIENT:
                start, end = place.start, session.end(place.start)
            if any(span.overlaps(start, end) for span in resource.absent):
                yield Breach(Rule.ABSENT, session.key, about=key)


def too_many(held: Held) -> Iterator[Breach]:
    """More sessions in a day or week than somebody can take."""
    for key, times in held.taken.items():
        resource = held.problem.resource[key]
        days = Counter(place.start.date() for _session, place in times)
        weeks = Counter(monday(place.start.date()) for _session, place in times)
        for limit, counted in ((resource.most_per_day, days), (resource.most_per_week, weeks)):
            if limit is not None and counted and max(counted.values()) > limit:
                yield Breach(Rule.TOO_MANY, times[0][0].key, about=key)


def out_of_order(held: Held) -> Iterator[Breach]:
    for order in held.problem.orders:
        first = held.plan.places.get(order.first)
        second = held.plan.places.get(order.second)
        if first is None or second is None:
            continue
        between = second.start - held.problem.session[order.first].end(first.start)
        if between < order.least or (order.most is not None and between > order.most):
            yield Breach(Rule.ORDER, order.second, order.first)


def over_its_seats(held: Held) -> Iterator[Breach]:
    """More participants than the session takes, or than its room does where that is not a cost."""
    for session in held.problem.sessions:
        place, heads = held.plan.places.get(session.key), held.heads(session)
        room = place.room if place else None
        if session.seats is not None and heads > session.seats:
            yield Breach(Rule.SEATS, session.key)
        elif room and not session.crowding and heads > held.problem.resource[room].seats:
            yield Breach(Rule.SEATS, session.key, about=room)


def choosing_what_is_not_there(held: Held) -> Iterator[Breach]:
    for choice in held.problem.choices:
        number = held.plan.chosen.get(choice.key, 0)
        if not 0 <= number < len(choice.options):
            yield Breach(Rule.CHOICE, choice.key)


def over_a_quota(held: Held) -> Iterator[Breach]:
    for quota in held.problem.quotas:
        coming = 0
        for choice in held.problem.choices:
            option = held.plan.option(choice)
            if option and choice.patient in quota.patients:
                coming += quota.session in option.sessions
        if coming > quota.most:
            yield Breach(Rule.QUOTA, quota.session)


RULES: tuple[Callable[[Held], Iterator[Breach]], ...] = (
    outside_its_starts,
    in_a_wrong_room,
    with_wrong_leaders,
    against_a_lock,
    booked_twice,
    while_absent,
    too_many,
    out_of_order,
    over_its_seats,
    choosing_what_is_not_there,
    over_a_quota,
)


# What is wished: each counts what its weight is for


def irregular(held: Held) -> int:
    """Times of the week beyond the first that a series meets at."""
    return sum(
        len({(place.start.weekday(), place.start.time()) for place in places}) - 1
        for places in held.series.values()
    )


def leader_changes(held: Held) -> int:
    """Teams beyond the first that a series has."""
    return sum(len({place.leaders for place in each}) - 1 for each in held.series.values())


def room_changes(held: Held) -> int:
    """Rooms beyond the first that a series uses."""
    return sum(len({place.room for place in each}) - 1 for each in held.series.values())


def days_missing(held: Held) -> int:
    """Days that a series has fewer than it should."""
    missing = 0
    for series in held.problem.series:
        days = {place.start.date() for place in held.series.get(series.key, ())}
        missing += max(0, series.days - len(days))
    return missing


def isolated(held: Held) -> int:
    """Visits with no other visit of the patient near them on their day."""
    nearby = timedelta(minutes=held.problem.wishes.nearby)
    alone = 0
    for patient, visits in held.attended.items():
        spans = [(place.start, session.end(place.start)) for session, place in visits]
        for number, (start, end) in enumerate(spans):
            others = spans[:number] + spans[number + 1 :]
            alone += held.weight(patient) * (
                not any(
                    other.date() == start.date()
                    and (timedelta() <= other - end <= nearby or timedelta() <= start - o <= nearby)
                    for other, o in others
                )
            )
    return alone


def trips(held: Held) -> int:
    """Days on which a patient has to come."""
    return sum(
        held.weight(patient) * len({place.start.date() for _session, place in visits})
        for patient, visits in held.attended.items()
    )


def unwished_hours(held: Held) -> int:
    """Sessions that begin at a time when somebody they need would rather not."""
    return sum(
        any(span.start <= place.start < span.end for span in held.problem.resource[key].unwished)
        for key, times in held.taken.items()
        for _session, place in times
    )


def unfair(held: Held) -> int:
    """Sessions above somebody's fair share."""
    return sum(
        max(0, len(held.taken.get(each.key, ())) - each.fair_share)
        for each in held.problem.resources
        if each.fair_share is not None
    )


def changes(held: Held) -> int:
    """Times, rooms, teams and choices that are not as they are today."""
    changed = 0
    for session, place in held.placed:
        today = session.today
        if today is not None:
            changed += (
                (place.start != today.start)
                + (place.room != today.room)
                + (place.leaders != today.leaders)
            )
    for choice in held.problem.choices:
        number = held.plan.chosen.get(choice.key)
        changed += choice.today is not None and number is not None and number != choice.today
    return changed


def together(held: Held) -> int:
    """Pairs on one day that should be apart."""
    places = held.plan.places
    return sum(
        pair.first in places
        and pair.second in places
        and places[pair.first].start.date() == places[pair.second].start.date()
        for pair in held.problem.apart
    )


def crowded(held: Held) -> int:
    """Participants without a seat."""
    return sum(
        max(0, held.heads(session) - held.problem.resource[place.room].seats)
        for session, place in held.placed
        if session.crowding and place.room is not None
    )


def late_choices(held: Held) -> int:
    """What the chosen options cost."""
    chosen = (held.plan.option(choice) for choice in held.problem.choices)
    return sum(option.cost for option in chosen if option)


COSTS: Mapping[Wish, Callable[[Held], int]] = {
    Wish.REGULAR: irregular,
    Wish.LEADERS: leader_changes,
    Wish.ROOMS: room_changes,
    Wish.SPREAD: days_missing,
    Wish.ISOLATED: isolated,
    Wish.TRIPS: trips,
    Wish.HOURS: unwished_hours,
    Wish.FAIR: unfair,
    Wish.CHANGES: changes,
    Wish.APART: together,
    Wish.CROWDING: crowded,
    Wish.CHOICES: late_choices,
}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
