"""The model of a problem for CP-SAT: variables, and what must hold.

Everything goes by number, as in the tables.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from painprogram.planner import at
from painprogram.planner.problem import Wish
from painprogram.planner.tables import Ints, Laid


@dataclass
class Model:
    """Start *x*, room *y* and team *z* by session; *terms* are what the plan costs.

    *visits*: whether one begins, by unit, tick and length. *users*: by resource the sessions that
    may want it, and what is 1 when they do.
    """

    laid: Laid
    t: Ints
    with_rooms: bool
    model: Any
    x: dict[int, list[Any]] = field(default_factory=dict)
    y: dict[int, list[Any]] = field(default_factory=dict)
    z: dict[int, list[Any]] = field(default_factory=dict)
    placed: list[Any] = field(default_factory=list)
    terms: list[Any] = field(default_factory=list)
    users: dict[int, list[tuple[int, Any]]] = field(default_factory=dict)
    start: dict[int, Any] = field(default_factory=dict)
    visits: dict[tuple[int, int, int], Any] = field(default_factory=dict)
    trips: dict[tuple[int, int], Any] = field(default_factory=dict)

    def table(self, name: int, n: int) -> int:
        return int(self.t[self.t[name] + n])

    def weight(self, wish: Wish) -> int:
        return self.laid.problem.wishes.weight(wish)

    def any_of(self, literals: Iterable[Any]) -> Any:
        """A variable that is true at least when one of *literals* is."""
        found = self.model.new_bool_var("")
        for literal in literals:
            self.model.add_implication(literal, found)
        return found

    def above(self, expression: Any, most: int) -> Any:
        """How much *expression* is above nothing, at least."""
        found = self.model.new_int_var(0, max(0, most), "")
        self.model.add(found >= expression)
        return found

    def starts(self, n: int) -> Iterable[tuple[int, Any]]:
        """The start tick and the variable of each start of session *n*."""
        first = self.laid.start_at[n]
        return [
            (self.table(at.START_TICK, first + number), x) for number, x in enumerate(self.x[n])
        ]

    def ticks(self, n: int, tick: int) -> range:
        """What session *n* takes of leaders and room when it starts at *tick*."""
        last = tick + self.table(at.LENGTH, n) + self.table(at.AFTER, n)
        return range(tick - self.table(at.BEFORE, n), last)

    def on_day(self, n: int) -> dict[int, Any]:
        """By day: whether session *n* is then."""
        days: dict[int, list[Any]] = defaultdict(list)
        for tick, x in self.starts(n):
            days[self.table(at.DAY_OF, tick)].append(x)
        return {day: sum(some) for day, some in days.items()}


def places(m: Model) -> None:
    """One start, room and team for each session that is placed, and what they cost alone."""
    laid, model = m.laid, m.model
    for n in range(len(laid.problem.sessions)):
        placed = model.new_bool_var("")
        m.placed.append(placed)
        groups = [(m.x, laid.start_at, laid.start_cost), (m.z, laid.team_at, laid.team_cost)]
        if m.with_rooms:
            groups.append((m.y, laid.room_at, laid.room_cost))
        for found, first, costs in groups:
            here = range(first[n], first[n + 1])
            found[n] = [model.new_bool_var("") for _ in here]
            model.add(sum(found[n]) == placed)
            m.terms += [costs[c] * one for c, one in zip(here, found[n], strict=True) if costs[c]]
        m.terms.append(int(m.t[at.UNPLACED]) * (1 - placed))
        m.terms.append(_empty_seats(m, n) * placed)
        if m.with_rooms:
            _seats(m, n)


def _empty_seats(m: Model, n: int) -> int:
    heads, limit = m.table(at.FIXED_HEADS, n), m.laid.problem.sessions[n].seats
    return m.weight(Wish.SEATS) * (limit - heads) if heads and limit is not None else 0


def _seats(m: Model, n: int) -> None:
    session = m.laid.problem.sessions[n]
    heads = m.table(at.FIXED_HEADS, n)
    for number, room in enumerate(m.y[n]):
        key = m.laid.room_keys[m.laid.room_at[n] + number]
        over = heads - m.laid.problem.resource[key].seats if key else 0
        if over > 0 and session.crowding:
            m.terms.append(m.weight(Wish.CROWDING) * over * room)
        elif over > 0:
            m.model.add(room == 0)


def visits(m: Model) -> None:
    """By unit, tick and length: whether a visit of that length begins."""
    begins: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
    for n, session in enumerate(m.laid.problem.sessions):
        for key in session.audience:
            for tick, x in m.starts(n):
                begins[m.laid.number[key], tick, m.table(at.LENGTH, n)].append(x)
    for where, some in begins.items():
        visit = some[0] if len(some) == 1 else m.model.new_bool_var("")
        if len(some) > 1:
            m.model.add(sum(some) == visit)
        m.visits[where] = visit


def users(m: Model) -> None:
    """Who may want each resource; where it is certain, it is the session's being placed."""
    laid = m.laid
    for n, session in enumerate(laid.problem.sessions):
        found: dict[int, list[Any]] = defaultdict(list)
        for number, literal in enumerate(m.z[n]):
            for key in laid.team_keys[laid.team_at[n] + number]:
                found[laid.number[key]].append(literal)
        for number, literal in enumerate(m.y.get(n, ())):
            room = laid.room_keys[laid.room_at[n] + number]
            if room is not None:
                found[laid.number[room]].append(literal)
        ways = {len(m.z[n]), len(m.y.get(n, ()))}
        for r, some in found.items():
            certain = len(some) == 1 and ways <= {0, 1}
            certain = certain or (len(some) == len(m.z[n]) > 0 and r >= laid.rooms)
            m.users.setdefault(r, []).append((n, m.placed[n] if certain else sum(some)))
        for key in session.audience:
            m.users.setdefault(laid.number[key], []).append((n, m.placed[n]))


def taken(m: Model) -> None:  # noqa: C901 -- one table of who is where
    """Nobody and no room is in two places at once, or anywhere while absent."""
    certain: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for (unit, tick, length), visit in m.visits.items():
        for when in range(tick, tick + length):
            certain[unit, when].append(visit)
    units = {unit for unit, _tick, _length in m.visits}
    for r, users in m.users.items():
        if r in units:
            continue
        if any(wanted is not m.placed[n] for n, wanted in users):
            _one_at_a_time(m, r, users)
            continue
        for n, _wanted in users:
            for tick, x in m.starts(n):
                for when in m.ticks(n, tick):
                    certain[r, when].append(x)
    ticks = m.laid.clock.ticks
    for (r, tick), some in certain.items():
        if m.table(at.SHUT, r * ticks + tick):
            m.model.add(sum(some) == 0)
        elif len(some) > 1:
            m.model.add_at_most_one(some)


def _one_at_a_time(m: Model, r: int, users: list[tuple[int, Any]]) -> None:
    """Optional intervals of those who may want resource *r*."""
    ticks, intervals = m.laid.clock.ticks, []
    for n, wanted in users:
        before = m.table(at.BEFORE, n)
        size = before + m.table(at.LENGTH, n) + m.table(at.AFTER, n)
        present = m.model.new_bool_var("")
        m.model.add(present == wanted)
        shut = [
            x
            for tick, x in m.starts(n)
            if any(m.table(at.SHUT, r * ticks + when) for when in m.ticks(n, tick))
        ]
        if shut:
            m.model.add(sum(shut) + present <= 1)
        begin = _start(m, n) - before
        intervals.append(m.model.new_optional_fixed_size_interval_var(begin, size, present, ""))
    m.model.add_no_overlap(intervals)


def _start(m: Model, n: int) -> Any:
    """The tick at which session *n* starts; what it is without a place does not matter."""
    from ortools.sat.python import cp_model

    if n not in m.start:
        ticks = [tick for tick, _x in m.starts(n)]
        domain = cp_model.Domain.from_values(ticks)
        m.start[n] = m.model.new_int_var_from_domain(domain, "")
        whole = sum(tick * x for tick, x in m.starts(n))
        m.model.add(m.start[n] == whole + ticks[0] * (1 - m.placed[n]))
    return m.start[n]


def orders(m: Model) -> None:
    number = m.laid.session_number
    for order in m.laid.problem.orders:
        first, second = number[order.first], number[order.second]
        low, high = (
            [(m.table(at.MOMENT, tick), x) for tick, x in m.starts(n)] for n in (first, second)
        )
        gap = sum(when * x for when, x in high) - sum(when * x for when, x in low)
        gap -= m.laid.problem.sessions[first].minutes
        both = [m.placed[first], m.placed[second]]
        m.model.add(gap >= -(-int(order.least.total_seconds()) // 60)).only_enforce_if(both)
        if order.most is not None:
            m.model.add(gap <= int(order.most.total_seconds()) // 60).only_enforce_if(both)
