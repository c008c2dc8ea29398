"""Fills the tables of the compiled search from a problem."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from painprogram.planner import at
from painprogram.planner.problem import Plan, Problem, Resource, Session, Wish
from painprogram.planner.tables import NONE, Ints, Laid, Lists, by_resource, ints

SPARE_MOVES = 64
LEAVING_OUT = 2000
"""What a session without a place weighs at least; wishes weigh far less."""


def tables(laid: Laid) -> Ints:
    """Everything that does not change while it is searched; see ``at``."""
    problem, clock = laid.problem, laid.clock
    parts: dict[int, Ints] = {}
    for part in (_sessions, _starts, _rooms, _teams, _audience, _orders, _series, _choices):
        parts |= part(laid)
    parts |= _limits(laid.resources)
    parts[at.SHUT] = by_resource(laid, "absent")
    parts[at.UNWISHED] = by_resource(laid, "unwished")
    mondays = [day - timedelta(days=day.weekday()) for day in clock.days]
    weeks = {day: n for n, day in enumerate(dict.fromkeys(mondays))}
    parts[at.WEEK_OF] = ints(weeks[day] for day in mondays)
    parts[at.DAY_OF] = ints(tick // clock.per_day for tick in range(clock.ticks))
    before = (clock.days[0], *clock.days)
    parts[at.FOLLOWS] = ints(
        (day - b).days == 1 for b, day in zip(before, clock.days, strict=False)
    )
    parts[at.WISHES] = ints(problem.wishes.weight(wish) for wish in Wish)
    bounded = [each.most_per_day or each.most_per_week for each in problem.resources]
    weight = problem.wishes.weight
    counting = (Wish.TRIPS, Wish.FAIR, Wish.COMPACT, Wish.REST)
    counted = any(bounded) or any(weight(wish) for wish in counting)
    seated = [each.seats is not None or not each.crowding for each in problem.sessions]
    return packed(
        at.END_OF_T,
        parts,
        {
            at.PER_DAY: clock.per_day,
            at.GRAIN: clock.grain,
            at.COUNTED: bool(counted),
            at.NEAR: problem.wishes.nearby // clock.grain,
            at.REST: clock.rest,
            at.LIMITS: any(bounded) or any(seated) or bool(problem.orders),
            at.UNWISHED_ANY: bool(parts[at.UNWISHED].any()),
            at.UNPLACED: _leaving_out(laid),
            at.TICKS: clock.ticks,
            at.DAYS: len(clock.days),
            at.WEEKS: len(weeks),
            at.SLOTS: int(parts[at.START_SLOT].max(initial=0)) + 1,
            at.ROOMS: laid.rooms,
            at.TEAMS: int(parts[at.TEAM].max(initial=0)) + 1,
            at.SESSIONS: len(problem.sessions),
            at.CHOICES: len(problem.choices),
            at.MOVES: _longest(problem) * 2 + SPARE_MOVES,
        },
    )


def _longest(problem: Problem) -> int:
    return max(Counter(each.series for each in problem.sessions).values(), default=1)


def packed(first: int, parts: Mapping[int, Ints], numbers: Mapping[int, int]) -> Ints:
    """One array: the numbers, where each table begins, and from *first* on the tables."""
    import numpy as np

    whole = np.zeros(first + sum(part.size for part in parts.values()), dtype=np.int32)
    for name, number in numbers.items():
        whole[name] = number
    end = first
    for name, part in parts.items():
        whole[name] = end
        whole[end : end + part.size] = part.ravel()
        end += part.size
    return whole


def state(laid: Laid, t: Ints, seed: int, mix: Sequence[int]) -> Ints:
    """Nothing placed and nothing chosen; see ``at``."""
    import numpy as np

    problem = laid.problem
    sessions, resources, series = map(len, (problem.sessions, laid.resources, problem.series))
    choices, absent = len(problem.choices), t[at.SHUT]
    ticks = resources * int(t[at.TICKS])
    sizes = {
        at.DAY_LOAD: resources * t[at.DAYS],
        at.WEEK_LOAD: resources * t[at.WEEKS],
        at.LOAD: resources,
        at.SERIES_SLOTS: series * t[at.SLOTS],
        at.SERIES_ROOMS: series * (t[at.ROOMS] + 1),
        at.SERIES_TEAMS: series * t[at.TEAMS],
        at.SERIES_DAYS: series * t[at.DAYS],
        at.DISTINCT: series * 4,
        at.USED: len(problem.quotas),
        at.MOVE: t[at.MOVES] * 4,
        at.OLD: t[at.MOVES] * 3,
        at.BLAME: sessions,
    }
    parts = {name: np.zeros(int(size), dtype=np.int32) for name, size in sizes.items()}
    for name, size in (
        (at.PLACE, sessions * 3),
        (at.BEGIN, sessions),
        (at.CHOSEN, choices),
        (at.BEST_PLACE, sessions * 3),
        (at.BEST_CHOSEN, choices),
    ):
        parts[name] = np.full(size, -1, dtype=np.int32)
    parts[at.WHO] = np.append(-t[absent : absent + ticks], np.zeros(laid.clock.pad, np.int32))
    parts[at.HEADS] = t[t[at.FIXED_HEADS] :][:sessions]
    parts[at.MIX] = ints(mix)
    left = sessions + choices
    missing = sum(each.days for each in problem.series) * problem.wishes.weight(Wish.SPREAD)
    cost = left * int(t[at.UNPLACED]) + missing
    seeded = (seed * 0x9E3779B1 + 0x7F4A7C15) % 0x7FFFFFFF or 1
    return packed(
        at.END_OF_S, parts, {at.COST: cost, at.BEST: cost, at.LEFT: left, at.SEED: seeded}
    )


def plan_of(laid: Laid, s: Ints) -> Plan:
    """The best plan found so far."""
    places = s[s[at.BEST_PLACE] :][: 3 * len(laid.problem.sessions)].reshape(-1, 3)
    chosen = s[s[at.BEST_CHOSEN] :][: len(laid.problem.choices)]
    return laid.plan(places, chosen)


def _leaving_out(laid: Laid) -> int:
    """More than any place of any session could cost, with what it does to others."""
    problem = laid.problem
    coming = Counter(key for c in problem.choices for o in c.options for key in o.sessions)
    tied = Counter(key for pair in problem.apart for key in (pair.first, pair.second))
    dearest = max(
        (_dearest(problem, s, coming[s.key], tied[s.key]) for s in problem.sessions), default=0
    )
    whole = len(problem.sessions) + len(problem.choices) + 1
    return min(LEAVING_OUT + 2 * dearest, NONE // whole)


def _dearest(problem: Problem, session: Session, coming: int, tied: int) -> int:
    """At least what *session* costs where it costs most."""
    weight, known = problem.wishes.weight, problem.resource
    heads = coming + sum(max(1, known[key].heads) for key in session.audience)
    people = coming + len(session.audience) + sum(role.many for role in session.roles) + 1
    visit = (
        weight(Wish.TRIPS) + weight(Wish.ISOLATED) + weight(Wish.COMPACT) + 4 * weight(Wish.REST)
    )
    alike = (Wish.REGULAR, Wish.LEADERS, Wish.ROOMS, Wish.SPREAD)
    weeks = session.weeks_late(max(session.starts, default=_EPOCH))
    return (
        heads * (visit + weight(Wish.CROWDING) * session.crowding)
        + session.heads * weight(Wish.CROWDING) * session.crowding
        + people * (weight(Wish.HOURS) + weight(Wish.FAIR))
        + sum(weight(wish) for wish in alike)
        + 3 * weight(Wish.CHANGES)
        + tied * weight(Wish.APART)
        + (session.seats or 0) * weight(Wish.SEATS)
        + session.urgency * weeks * weight(Wish.CHOICES)
    )


def _sessions(laid: Laid) -> dict[int, Ints]:
    sessions, grain = laid.problem.sessions, laid.clock.grain
    number = {each.key: n for n, each in enumerate(laid.problem.series)}
    known = laid.problem.resource
    return {
        at.LENGTH: ints(each.minutes // grain for each in sessions),
        at.BEFORE: ints(each.preparation // grain for each in sessions),
        at.AFTER: ints(each.wrap_up // grain for each in sessions),
        at.SERIES: ints(-1 if each.series is None else number[each.series] for each in sessions),
        at.CROWDING: ints(each.crowding for each in sessions),
        at.LIMIT: ints(NONE if each.seats is None else each.seats for each in sessions),
        at.FIXED_HEADS: ints(
            each.heads + sum(known[key].heads for key in each.audience) for each in sessions
        ),
    }


def _starts(laid: Laid) -> dict[int, Ints]:
    import numpy as np

    clock = laid.clock
    ticks = [clock.tick(start) for start in laid.starts]
    patterns: dict[tuple[int, time], int] = {}
    slots = [
        patterns.setdefault((start.weekday(), start.time()), len(patterns)) for start in laid.starts
    ]
    many = len(laid.problem.sessions)
    start_of = np.full((max(1, many), clock.ticks), -1, dtype=np.int32)
    for n in range(many):
        for x in range(laid.start_at[n], laid.start_at[n + 1]):
            start_of[n, ticks[x]] = x
    midnight = datetime.min.time()
    days = [int((datetime.combine(d, midnight) - _EPOCH).total_seconds()) // 60 for d in clock.days]
    first = clock.first
    ticks_of_day = range(-clock.pad, clock.per_day - clock.pad)
    moment = [day + first + n * clock.grain for day in days for n in ticks_of_day]
    return {
        at.START_AT: ints(laid.start_at),
        at.START_TICK: ints(ticks),
        at.START_SLOT: ints(slots),
        at.START_COST: ints(laid.start_cost),
        at.START_OF: start_of,
        at.MOMENT: ints(moment),
    }


_EPOCH = datetime(2000, 1, 1)


def _rooms(laid: Laid) -> dict[int, Ints]:
    import numpy as np

    rooms = [-1 if key is None else laid.number[key] for key in laid.room_keys]
    many = len(laid.problem.sessions)
    room_of = np.full((max(1, many), max(1, laid.rooms)), -1, dtype=np.int32)
    for n in range(many):
        for x in range(laid.room_at[n], laid.room_at[n + 1]):
            if rooms[x] >= 0:
                room_of[n, rooms[x]] = x
    return {
        at.ROOM_AT: ints(laid.room_at),
        at.ROOM: ints(rooms),
        at.ROOM_COST: ints(laid.room_cost),
        at.ROOM_OF: room_of,
    }


def _teams(laid: Laid) -> dict[int, Ints]:
    numbers: dict[frozenset[UUID], int] = {}
    people = Lists()
    for team in laid.team_keys:
        numbers.setdefault(team, len(numbers))
        people.add(laid.number[key] for key in sorted(team))
    return {
        at.TEAM_AT: ints(laid.team_at),
        at.TEAM: ints(numbers[team] for team in laid.team_keys),
        at.TEAM_COST: ints(laid.team_cost),
        at.PEOPLE_AT: ints(people.at),
        at.PERSON: ints(people.items),
    }


def _audience(laid: Laid) -> dict[int, Ints]:
    units = Lists()
    for session in laid.problem.sessions:
        units.add(laid.number[key] for key in session.audience)
    return {at.UNIT_AT: ints(units.at), at.UNIT: ints(units.items)}


def _orders(laid: Laid) -> dict[int, Ints]:
    """Each rule stands at both its sessions; so does each pair that should be apart."""
    number = laid.session_number
    rules: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for order in laid.problem.orders:
        least = -(-order.least // timedelta(minutes=1))
        most = NONE if order.most is None else order.most // timedelta(minutes=1)
        first, second = number[order.first], number[order.second]
        rules[first].append((second, least, most, 1))
        rules[second].append((first, least, most, 0))
    pairs: dict[int, list[int]] = defaultdict(list)
    for pair in laid.problem.apart:
        pairs[number[pair.first]].append(number[pair.second])
        pairs[number[pair.second]].append(number[pair.first])
    columns = [Lists() for _ in range(4)]
    apart = Lists()
    for n in range(len(laid.problem.sessions)):
        for place, column in enumerate(columns):
            column.add(rule[place] for rule in rules[n])
        apart.add(pairs[n])
    other, least_of, most_of, first_of = columns
    return {
        at.ORDER_AT: ints(other.at),
        at.ORDER_OTHER: ints(other.items),
        at.ORDER_LEAST: ints(least_of.items),
        at.ORDER_MOST: ints(most_of.items),
        at.ORDER_FIRST: ints(first_of.items),
        at.APART_AT: ints(apart.at),
        at.APART_OTHER: ints(apart.items),
    }


def _series(laid: Laid) -> dict[int, Ints]:
    by_series: dict[UUID | None, list[int]] = defaultdict(list)
    for n, session in enumerate(laid.problem.sessions):
        by_series[session.series].append(n)
    members = Lists()
    for series in laid.problem.series:
        members.add(by_series[series.key])
    return {
        at.MEMBER_AT: ints(members.at),
        at.MEMBER: ints(members.items),
        at.DAYS_LEAST: ints(each.days for each in laid.problem.series),
    }


def _choices(laid: Laid) -> dict[int, Ints]:
    problem = laid.problem
    meets, quotas = Lists(), Lists()
    picks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    change = problem.wishes.weight(Wish.CHANGES)
    unwished = problem.wishes.weight(Wish.CHOICES)
    costs: list[int] = []
    for n, choice in enumerate(problem.choices):
        for k, option in enumerate(choice.options):
            numbers = [laid.session_number[key] for key in option.sessions]
            for session in numbers:
                picks[session].append((n, len(costs)))
            meets.add(numbers)
            quotas.add(_quotas_of(problem, choice.patient, option.sessions))
            shut = choice.lock is not None and k != choice.lock
            moved = choice.today is not None and k != choice.today
            costs.append(NONE if shut else unwished * option.cost + change * moved)
    coming, ways = Lists(), Lists()
    for n in range(len(problem.sessions)):
        coming.add(choice for choice, _option in picks[n])
        ways.add(chosen for _choice, chosen in picks[n])
    return {
        at.CHOICE_UNIT: ints(laid.number[each.patient] for each in problem.choices),
        at.OPTION_AT: ints(laid.option_at),
        at.OPTION_COST: ints(costs),
        at.MEET_AT: ints(meets.at),
        at.MEET: ints(meets.items),
        at.QUOTA_AT: ints(quotas.at),
        at.QUOTA: ints(quotas.items),
        at.QUOTA_MOST: ints(each.most for each in problem.quotas),
        at.PICK_AT: ints(coming.at),
        at.PICK_CHOICE: ints(coming.items),
        at.PICK_OPTION: ints(ways.items),
    }


def _quotas_of(problem: Problem, patient: UUID, sessions: tuple[UUID, ...]) -> list[int]:
    return [
        n
        for n, quota in enumerate(problem.quotas)
        if quota.session in sessions and patient in quota.patients
    ]


def _limits(resources: Sequence[Resource]) -> dict[int, Ints]:
    """What stands beside each resource."""
    return {
        at.HEADS_OF: ints(each.heads for each in resources),
        at.WEIGHT: ints(max(1, each.heads) for each in resources),
        at.SEATS: ints(each.seats for each in resources),
        at.MOST_DAY: ints(_or_none(each.most_per_day) for each in resources),
        at.MOST_WEEK: ints(_or_none(each.most_per_week) for each in resources),
        at.SHARE: ints(_or_none(each.fair_share) for each in resources),
    }


def _or_none(limit: int | None) -> int:
    return NONE if limit is None else limit
