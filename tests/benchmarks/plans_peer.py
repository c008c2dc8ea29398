"""A plain model of the same problem for CP-SAT, as one writes it down first.

One variable for each session, time and room, one for each session and team; every rule and wish
as it reads. It gets the same seconds as the planner, its building not counted.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from painprogram.planner.problem import Kind, Place, Plan, Problem, Resource, Session, Span, Wish
from painprogram.planner.tables import teams

UNPLACED = 10_000
MINUTES = 15
"""Nobody begins or ends between the quarters of an hour."""
MOST_VARIABLES = 150_000
"""A model with more is not built: it took minutes, and gigabytes."""


def _model() -> Any:
    from ortools.sat.python import cp_model

    return cp_model.CpModel()


@dataclass
class Peer:
    """The model under way."""

    problem: Problem
    model: Any = field(default_factory=_model)
    at: dict[UUID, dict[tuple[datetime, UUID | None], Any]] = field(default_factory=dict)
    led: dict[UUID, dict[frozenset[UUID], Any]] = field(default_factory=dict)
    picks: dict[UUID, list[Any]] = field(default_factory=dict)
    here: dict[UUID, dict[UUID, Any]] = field(default_factory=lambda: defaultdict(dict))
    """By patient and session: 1 when the patient comes."""
    terms: list[Any] = field(default_factory=list)

    def weight(self, wish: Wish) -> int:
        return self.problem.wishes.weight(wish)

    def new(self) -> Any:
        return self.model.new_bool_var("")

    def any_of(self, some: list[Any]) -> Any:
        found = self.new()
        self.model.add_max_equality(found, some)
        return found

    def both(self, one: Any, two: Any) -> Any:
        found = self.new()
        self.model.add(found >= one + two - 1)
        return found

    def begins(self, key: UUID) -> dict[datetime, Any]:
        """By start: whether session *key* begins then."""
        found: dict[datetime, list[Any]] = defaultdict(list)
        for (start, _room), x in self.at[key].items():
            found[start].append(x)
        return {start: sum(some) for start, some in found.items()}


def size(problem: Problem) -> int:
    return sum(len(each.starts) * max(1, len(each.rooms)) for each in problem.sessions)


def by_peer(problem: Problem, seconds: float, workers: int = 2) -> tuple[Plan, int]:
    """Its plan, and how good one can be at best; an empty plan where it finds none."""
    from ortools.sat.python import cp_model

    if size(problem) > MOST_VARIABLES:
        return Plan(), 0
    peer = Peer(problem)
    for part in (_variables, _coming, _resources, _limits, _orders, _seats, _series, _days):
        part(peer)
    peer.model.minimize(sum(peer.terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    if solver.solve(peer.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Plan(), 0
    return _plan(peer, solver), int(max(0, solver.best_objective_bound))


def _plan(peer: Peer, solver: Any) -> Plan:
    places = {}
    for key, some in peer.at.items():
        for (start, room), x in some.items():
            if solver.value(x):
                led = next(team for team, y in peer.led[key].items() if solver.value(y))
                places[key] = Place(start, room, led)
    chosen = {
        key: number
        for key, some in peer.picks.items()
        for number, x in enumerate(some)
        if solver.value(x)
    }
    return Plan(places, chosen)


def _variables(p: Peer) -> None:
    for session in p.problem.sessions:
        rooms: tuple[UUID | None, ...] = session.rooms or (None,)
        some = {(start, room): p.new() for start in session.starts for room in rooms}
        led = {team: p.new() for team in teams(session)}
        p.model.add_at_most_one(some.values())
        p.model.add(sum(led.values()) == sum(some.values()))
        p.terms.append(UNPLACED * (1 - sum(some.values())))
        p.at[session.key], p.led[session.key] = some, led
        if session.urgency:
            p.terms += [
                p.weight(Wish.CHOICES) * session.urgency * session.weeks_late(start) * x
                for (start, _room), x in some.items()
            ]
    for choice in p.problem.choices:
        options = [p.new() for _option in choice.options]
        p.model.add_at_most_one(options)
        p.terms.append(UNPLACED * (1 - sum(options)))
        p.terms += [
            p.weight(Wish.CHOICES) * option.cost * x
            for option, x in zip(choice.options, options, strict=True)
        ]
        p.picks[choice.key] = options


def _coming(p: Peer) -> None:
    """Who comes to what: always, or because it was chosen."""
    for session in p.problem.sessions:
        for key in session.audience:
            p.here[key][session.key] = 1
    for choice in p.problem.choices:
        for option, x in zip(choice.options, p.picks[choice.key], strict=True):
            for key in option.sessions:
                p.here[choice.patient][key] = x
    for quota in p.problem.quotas:
        coming = [p.here[key].get(quota.session, 0) for key in quota.patients]
        p.model.add(sum(coming) <= quota.most)


def _has(p: Peer, key: UUID, kind: Kind) -> dict[UUID, dict[datetime, Any]]:
    """By session and start: whether resource *key* is there."""
    found: dict[UUID, dict[datetime, Any]] = {}
    if kind is Kind.PATIENT:
        for session, there in p.here[key].items():
            starts = p.begins(session)
            fixed = isinstance(there, int)
            found[session] = {s: x if fixed else p.both(x, there) for s, x in starts.items()}
        return found
    for each in p.problem.sessions:
        if kind is Kind.ROOM and key in each.rooms:
            some = p.at[each.key]
            found[each.key] = {start: some[start, key] for start in each.starts}
        elif kind is Kind.PERSON:
            leading = [y for team, y in p.led[each.key].items() if key in team]
            if leading:
                whole = len(leading) == len(p.led[each.key])
                found[each.key] = {
                    start: x if whole else p.both(x, sum(leading))
                    for start, x in p.begins(each.key).items()
                }
    return found


def _resources(p: Peer) -> None:
    """Nobody and no room in two places at once, away, or with too much; wished hours; fair."""
    for resource in p.problem.resources:
        days = _taken(p, resource)
        if resource.most_per_day is not None:
            for some in days.values():
                p.model.add(sum(some) <= resource.most_per_day)
        if resource.fair_share is not None:
            whole = sum(sum(some) for some in days.values())
            over = p.model.new_int_var(0, len(p.problem.sessions), "")
            p.model.add(over >= whole - resource.fair_share)
            p.terms.append(p.weight(Wish.FAIR) * over)


def _taken(p: Peer, resource: Resource) -> dict[date, list[Any]]:
    """By day: what *resource* has, one thing at a time."""
    ticks: dict[datetime, list[Any]] = defaultdict(list)
    days: dict[date, list[Any]] = defaultdict(list)
    for key, starts in _has(p, resource.key, resource.kind).items():
        one = p.problem.session[key]
        for start, x in starts.items():
            span = one.with_buffers(start)
            if resource.kind is Kind.PATIENT:
                span = Span(start, one.end(start))
            if any(away.overlaps(span.start, span.end) for away in resource.absent):
                p.model.add(x == 0)
                continue
            for tick in range(0, (span.end - span.start) // timedelta(minutes=1), MINUTES):
                ticks[span.start + timedelta(minutes=tick)].append(x)
            days[start.date()].append(x)
            if any(w.start <= start < w.end for w in resource.unwished):
                p.terms.append(p.weight(Wish.HOURS) * x)
    for some in ticks.values():
        p.model.add(sum(some) <= 1)
    return days


def _limits(p: Peer) -> None:
    for resource in p.problem.resources:
        assert resource.most_per_week is None, "the instances have no such limit"


def _orders(p: Peer) -> None:
    zero = datetime(2027, 1, 1)

    def when(session: Session) -> Any:
        starts = p.begins(session.key).items()
        return sum((start - zero) // timedelta(minutes=1) * x for start, x in starts)

    for order in p.problem.orders:
        first, second = p.problem.session[order.first], p.problem.session[order.second]
        gap = when(second) - when(first) - first.minutes
        placed = [p.any_of(list(p.at[key].values())) for key in (order.first, order.second)]
        least = order.least // timedelta(minutes=1)
        p.model.add(gap >= least).only_enforce_if(placed)
    for pair in p.problem.apart:
        first_days, second_days = _on_days(p, pair.first), _on_days(p, pair.second)
        for day in first_days.keys() & second_days.keys():
            together = p.both(sum(first_days[day]), sum(second_days[day]))
            p.terms.append(p.weight(Wish.APART) * together)


def _on_days(p: Peer, key: UUID) -> dict[date, list[Any]]:
    days: dict[date, list[Any]] = defaultdict(list)
    for start, x in p.begins(key).items():
        days[start.date()].append(x)
    return days


def _seats(p: Peer) -> None:
    known = p.problem.resource
    for session in p.problem.sessions:
        coming = [known[key].heads * p.here[key].get(session.key, 0) for key in p.here]
        heads = session.heads + sum(coming)
        if session.seats is not None:
            p.model.add(heads <= session.seats)
            empty = p.model.new_int_var(0, session.seats, "")
            someone = p.new()
            p.model.add(heads <= session.seats * someone)
            p.model.add(empty >= session.seats * someone - heads)
            p.terms.append(p.weight(Wish.SEATS) * empty)
        for (_start, room), x in p.at[session.key].items():
            if room is not None and not session.crowding:
                p.model.add(heads <= known[room].seats).only_enforce_if(x)


def _series(p: Peer) -> None:
    """Times of the week, rooms and teams beyond the first of each series."""
    for series in p.problem.series:
        slots: dict[Any, list[Any]] = defaultdict(list)
        rooms: dict[Any, list[Any]] = defaultdict(list)
        led: dict[Any, list[Any]] = defaultdict(list)
        for session in p.problem.sessions:
            if session.series == series.key:
                for (start, room), x in p.at[session.key].items():
                    slots[start.weekday(), start.time()].append(x)
                    rooms[room].append(x)
                for team, y in p.led[session.key].items():
                    led[team].append(y)
        for wish, used in ((Wish.REGULAR, slots), (Wish.ROOMS, rooms), (Wish.LEADERS, led)):
            over = p.model.new_int_var(0, len(used), "")
            p.model.add(over >= sum(p.any_of(some) for some in used.values()) - 1)
            p.terms.append(p.weight(wish) * over)


def _days(p: Peer) -> None:
    """Trips, days that follow on each other, and long waits within a day."""
    nearby = timedelta(minutes=p.problem.wishes.nearby)
    for resource in p.problem.resources:
        if resource.kind is not Kind.PATIENT:
            continue
        heads = max(1, resource.heads)
        by_day: dict[date, list[tuple[datetime, datetime, Any]]] = defaultdict(list)
        for key, starts in _has(p, resource.key, resource.kind).items():
            for start, x in starts.items():
                by_day[start.date()].append((start, p.problem.session[key].end(start), x))
        trips = {}
        for day, visits in sorted(by_day.items()):
            trips[day] = p.new()
            for _start, _end, x in visits:
                p.model.add(trips[day] >= x)
            p.model.add(trips[day] <= sum(x for _start, _end, x in visits))
            p.terms.append(p.weight(Wish.TRIPS) * heads * trips[day])
            begun = []
            for start, _end, x in visits:
                near = [o for _s, end, o in visits if timedelta() <= start - end <= nearby]
                first = p.new()
                p.model.add(first + sum(near) >= x)
                begun.append(first)
            p.terms.append(p.weight(Wish.COMPACT) * heads * (sum(begun) - trips[day]))
        for day, following in pairwise(trips):
            if following - day == timedelta(days=1):
                tired = p.both(trips[day], trips[following])
                p.terms.append(p.weight(Wish.REST) * heads * tired)
