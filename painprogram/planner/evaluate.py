"""Looks at a plan without knowing how it was made: what it breaks, and what it costs by wish.

The search keeps its own count; this one shares no line with it. Double booking is judged by the
same rule as in the schedule.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from painprogram.domain.clashes import Occasion, double_booked
from painprogram.planner.contradictions import fills
from painprogram.planner.counted import COSTS
from painprogram.planner.held import Held
from painprogram.planner.problem import Kind, Plan, Problem, Wish

__all__ = ["COSTS", "RULES", "Breach", "Evaluation", "Held", "Rule", "evaluate"]


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


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
