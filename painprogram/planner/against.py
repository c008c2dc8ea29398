"""What stands against a session at a place, found quickly: for looking at every place it may have.

Only what is near is looked at, by day and resource. Whatever is told of it in the end is judged
by the evaluator, too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from painprogram.planner.evaluate import Breach, Rule, monday
from painprogram.planner.problem import Kind, Place, Plan, Problem, Session, Span
from painprogram.planner.tables import teams

MOST_A_START = 2
"""Rooms, and teams, that are told of at each start: those with the least against them."""


@dataclass(frozen=True)
class Met:
    """A session that has a resource, and from when to when."""

    session: UUID
    span: Span


class Around:
    """The plan, laid out by who has what on each day."""

    def __init__(self, problem: Problem, plan: Plan, without: UUID) -> None:
        self.problem, self.plan = problem, plan
        self.there: dict[tuple[UUID, date], list[Met]] = defaultdict(list)
        self.weeks: Counter[tuple[UUID, date]] = Counter()
        self.coming = plan.participants(problem)
        for key, place in plan.places.items():
            if key != without:
                self._hold(problem.session[key], place)
        self.orders = [each for each in problem.orders if without in (each.first, each.second)]

    def _hold(self, session: Session, place: Place) -> None:
        room = () if place.room is None else (place.room,)
        for key in (*self.coming[session.key], *place.leaders, *room):
            span = self._span(session, place.start, key)
            self.there[key, place.start.date()].append(Met(session.key, span))
            self.weeks[key, monday(place.start.date())] += 1

    def _span(self, session: Session, start: datetime, key: UUID) -> Span:
        if self.problem.resource[key].kind is Kind.PATIENT:
            return Span(start, session.end(start))
        return session.with_buffers(start)

    def of(self, session: Session, start: datetime, key: UUID) -> Iterator[Breach]:
        """What stands against *session* having resource *key* at *start*."""
        resource, span, day = (
            self.problem.resource[key],
            self._span(session, start, key),
            start.date(),
        )
        if any(away.overlaps(span.start, span.end) for away in resource.absent):
            yield Breach(Rule.ABSENT, session.key, about=key)
        met = self.there.get((key, day), ())
        for other in met:
            if other.span.overlaps(span.start, span.end):
                yield Breach(Rule.TWICE, session.key, other.session, key)
        limits = (
            (resource.most_per_day, len(met)),
            (
                resource.most_per_week,
                self.weeks[key, monday(day)],
            ),
        )
        if any(most is not None and many >= most for most, many in limits):
            yield Breach(Rule.TOO_MANY, session.key, about=key)

    def of_time(self, session: Session, start: datetime) -> Iterator[Breach]:
        """What stands against the time itself: a lock, an order, a participant."""
        if session.lock.start not in (None, start):
            yield Breach(Rule.LOCK, session.key)
        for key in self.coming[session.key]:
            yield from self.of(session, start, key)
        for order in self.orders:
            held = {order.first: self.plan.places.get(order.first)}
            held[order.second] = self.plan.places.get(order.second)
            held[session.key] = Place(start)
            first, second = held[order.first], held[order.second]
            if first is None or second is None:
                continue
            between = second.start - self.problem.session[order.first].end(first.start)
            if between < order.least or (order.most is not None and between > order.most):
                yield Breach(Rule.ORDER, order.second, order.first)

    def of_room(self, session: Session, start: datetime, room: UUID | None) -> Iterator[Breach]:
        if session.lock.room not in (None, room):
            yield Breach(Rule.LOCK, session.key)
        if room is None:
            return
        yield from self.of(session, start, room)
        known = self.problem.resource
        heads = session.heads + sum(known[key].heads for key in self.coming[session.key])
        if not session.crowding and heads > known[room].seats:
            yield Breach(Rule.SEATS, session.key, about=room)

    def places(self, session: Session) -> Iterator[tuple[Place, tuple[Breach, ...]]]:
        """The places of *session* that are nearest to possible at each start, lock or not."""
        led = teams(session)
        rooms: tuple[UUID | None, ...] = session.rooms or (None,)
        for start in session.starts:
            time = tuple(self.of_time(session, start))
            person = lru_cache(None)(lambda key, at=start: tuple(self.of(session, at, key)))
            in_rooms = [(room, tuple(self.of_room(session, start, room))) for room in rooms]
            with_teams = [(team, sum(len(person(key)) for key in team)) for team in led]
            in_rooms.sort(key=lambda each: len(each[1]))
            with_teams.sort(key=lambda each: each[1])
            for room, against_room in in_rooms[:MOST_A_START]:
                for team, _many in with_teams[:MOST_A_START]:
                    led_by = tuple(breach for key in sorted(team) for breach in person(key))
                    found = dict.fromkeys((*time, *against_room, *led_by))
                    yield Place(start, room, team), tuple(found)
