"""A problem laid out by number, and the way back from numbers to keys.

Time is cut into ticks, day after day, as long as every start, length and buffer allows. Each day
begins with ticks at which nothing stands, so that nobody looks for a neighbour on another day.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import combinations, product
from typing import Any
from uuid import UUID

from painprogram.planner.contradictions import fills
from painprogram.planner.problem import Kind, Place, Plan, Problem, Session, Span, Wish

Ints = Any
"""A numpy array of integers."""
NONE = 2**30
"""Stands for: no limit."""
MOST_TEAMS = 400
"""Teams looked at for one session; of more, those that come first."""


@dataclass
class Lists:
    """Lists of different lengths on their way into one array."""

    at: list[int] = field(default_factory=lambda: [0])
    items: list[int] = field(default_factory=list)

    def add(self, items: Iterable[int]) -> None:
        self.items += items
        self.at.append(len(self.items))


def ints(items: Iterable[int]) -> Ints:
    import numpy as np

    return np.array(list(items), dtype=np.int32)


class Clock:
    """Wall-clock times as ticks."""

    def __init__(self, problem: Problem) -> None:
        lengths = {60}
        first, last = 24 * 60, 0
        days: set[date] = set()
        for session in problem.sessions:
            lengths |= {session.minutes, session.preparation, session.wrap_up}
            for start in session.starts:
                minutes, day = _minutes(start), start.date()
                first = min(first, minutes - session.preparation)
                last = max(last, minutes + session.minutes + session.wrap_up)
                lengths.add(minutes)
                days.add(day)
                if minutes < session.preparation:
                    days.add(day - timedelta(days=1))
        self.grain = reduce(math.gcd, lengths)
        self.first = first - first % self.grain
        self.days = tuple(sorted(days)) or (date(2000, 1, 1),)
        self._number = {day: number for number, day in enumerate(self.days)}
        self.rest = -(-problem.wishes.rest // self.grain)
        self.pad = max(problem.wishes.nearby // self.grain, self.rest) + 1
        self.per_day = self.pad + max(1, -(-(last - self.first) // self.grain))
        self.ticks = self.per_day * len(self.days)

    def tick(self, at: datetime) -> int:
        minutes = _minutes(at) - self.first
        return self._number[at.date()] * self.per_day + self.pad + minutes // self.grain

    def ticks_of(self, span: Span, *, whole: bool) -> Iterator[range]:
        """The ticks that overlap with *span*, or that begin in it; it may last over many days."""
        known = bisect_left(self.days, span.start.date()), bisect_right(self.days, span.end.date())
        for number in range(*known):
            midnight = datetime.combine(self.days[number], datetime.min.time())
            low = (span.start - midnight) // timedelta(minutes=1) - self.first
            high = -((midnight - span.end) // timedelta(minutes=1)) - self.first
            first = low // self.grain if whole else -(-low // self.grain)
            last = min(self.per_day - self.pad, -(-high // self.grain))
            base = number * self.per_day + self.pad
            yield range(base + max(0, first), base + max(0, first, last))


def _minutes(at: datetime) -> int:
    return at.hour * 60 + at.minute


def teams(session: Session) -> list[frozenset[UUID]]:
    """Every set of leaders that fills its roles; a locked one alone."""
    if session.lock.leaders is not None:
        return [session.lock.leaders]
    ways = product(*(combinations(role.candidates, role.many) for role in session.roles))
    found: dict[frozenset[UUID], None] = {}
    many = sum(role.many for role in session.roles)
    if session.today is not None:  # the plan there is stays possible, however many there are
        found |= dict.fromkeys(_fitting(session))
    for way in ways:
        team = frozenset(key for part in way for key in part)
        if len(team) == many:
            found[team] = None
        if len(found) >= MOST_TEAMS:
            break
    return list(found)


def _fitting(session: Session) -> list[frozenset[UUID]]:
    today = session.today.leaders if session.today else frozenset()
    return [today] if fills(session.roles, today) else []


@dataclass(frozen=True, slots=True)
class Shun:
    """Places that cost *weight* more, by session: those of proposals that there are already."""

    starts: Mapping[UUID, tuple[datetime, ...]] = field(default_factory=dict)
    rooms: Mapping[UUID, tuple[UUID | None, ...]] = field(default_factory=dict)
    leaders: Mapping[UUID, tuple[frozenset[UUID], ...]] = field(default_factory=dict)
    weight: int = 0


NOTHING_SHUNNED = Shun()


class Laid:
    """A problem laid out as tables, and the way back from numbers to keys."""

    def __init__(self, problem: Problem, shun: Shun = NOTHING_SHUNNED) -> None:
        self.problem, self.shun = problem, shun
        self.clock = Clock(problem)
        rank = {Kind.ROOM: 0, Kind.PERSON: 1, Kind.PATIENT: 2}
        self.resources = sorted(problem.resources, key=lambda each: rank[each.kind])
        self.number = {each.key: n for n, each in enumerate(self.resources)}
        self.rooms = sum(each.kind is Kind.ROOM for each in self.resources)
        self.session_number = {each.key: n for n, each in enumerate(problem.sessions)}
        self.starts: list[datetime] = []
        self.start_cost: list[int] = []
        self.room_keys: list[UUID | None] = []
        self.room_cost: list[int] = []
        self.team_keys: list[frozenset[UUID]] = []
        self.team_cost: list[int] = []
        self.start_at, self.room_at, self.team_at = [0], [0], [0]
        change, late = (problem.wishes.weight(wish) for wish in (Wish.CHANGES, Wish.CHOICES))
        for session in problem.sessions:
            self._offer(session, change)
            if session.urgency and late:
                first = self.start_at[-2]
                for n, start in enumerate(self.starts[first:], first):
                    self.start_cost[n] += late * session.urgency * session.weeks_late(start)

    def _offer(self, session: Session, change: int) -> None:
        """The starts, rooms and teams among which *session* has its place."""
        lock, today = session.lock, session.today
        starts = session.starts if lock.start is None else (lock.start,)
        rooms: tuple[UUID | None, ...] = session.rooms or (None,)
        if lock.room is not None:
            rooms = (lock.room,)
        led = teams(session)
        self.starts += starts
        self.room_keys += rooms
        self.team_keys += led
        key, shun = session.key, self.shun
        for costs, offered, now, shunned in (
            (self.start_cost, starts, today and today.start, shun.starts.get(key, ())),
            (self.room_cost, rooms, today and today.room, shun.rooms.get(key, ())),
            (self.team_cost, led, today and today.leaders, shun.leaders.get(key, ())),
        ):
            costs += [
                change * (today is not None and each != now) + shun.weight * shunned.count(each)
                for each in offered
            ]
        self.start_at.append(len(self.starts))
        self.room_at.append(len(self.room_keys))
        self.team_at.append(len(self.team_keys))

    def place(self, row: Sequence[int]) -> Place:
        start, room, team = row
        return Place(self.starts[start], self.room_keys[room], self.team_keys[team])

    def plan(self, places: Ints, chosen: Ints) -> Plan:
        """What the search found, in the terms of the problem."""
        at, option_at = places.tolist(), self.option_at
        return Plan(
            {
                session.key: self.place(row)
                for session, row in zip(self.problem.sessions, at, strict=True)
                if row[0] >= 0
            },
            {
                choice.key: int(chosen[n]) - option_at[n]
                for n, choice in enumerate(self.problem.choices)
                if chosen[n] >= 0
            },
        )

    def plan_of_rows(self, rows: Sequence[Sequence[int]]) -> Plan:
        """The same from a list; what has no start has no place."""
        return Plan(
            {
                session.key: self.place(row)
                for session, row in zip(self.problem.sessions, rows, strict=True)
                if min(row) >= 0
            }
        )

    def rows(self, plan: Plan) -> tuple[list[list[int]], list[int]]:
        """The way there: a plan as places and choices by number, -1 for what it leaves out."""
        found = []
        for n, session in enumerate(self.problem.sessions):
            place = plan.places.get(session.key)
            row = [-1, -1, -1]
            if place is not None:
                parts: tuple[tuple[list[int], list[Any], Any], ...] = (
                    (self.start_at, self.starts, place.start),
                    (self.room_at, self.room_keys, place.room),
                    (self.team_at, self.team_keys, place.leaders),
                )
                row = [_among(keys, at[n], at[n + 1], key) for at, keys, key in parts]
            found.append(row if min(row) >= 0 else [-1, -1, -1])
        options = [
            self.option_at[n] + plan.chosen[choice.key] if plan.option(choice) else -1
            for n, choice in enumerate(self.problem.choices)
        ]
        return found, options

    @property
    def option_at(self) -> list[int]:
        found = [0]
        for choice in self.problem.choices:
            found.append(found[-1] + len(choice.options))
        return found


def _among(keys: list[Any], first: int, last: int, key: Any) -> int:
    try:
        return keys.index(key, first, last)
    except ValueError:
        return -1


def by_resource(laid: Laid, spans: str) -> Ints:
    """1 at each tick of a resource that lies in its spans: ``absent`` or ``unwished``.

    A part of a tick is enough to be absent; unwished is what begins within.
    """
    import numpy as np

    found = np.zeros((max(1, len(laid.resources)), laid.clock.ticks), dtype=np.int32)
    for number, resource in enumerate(laid.resources):
        for span in getattr(resource, spans):
            for ticks in laid.clock.ticks_of(span, whole=spans == "absent"):
                found[number, ticks.start : ticks.stop] = 1
    return found
