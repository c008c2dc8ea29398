"""What a plan costs, for CP-SAT: each wish as terms of the model; and the room count of *Times*."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from painprogram.planner import at
from painprogram.planner.exact_model import Model
from painprogram.planner.problem import Wish
from painprogram.planner.tables import NONE


def add_wishes(m: Model) -> None:
    for part in (series, apart, fair, trips, isolated, compact, rest, hours):
        part(m)


def series(m: Model) -> None:
    """Times, rooms, teams beyond the first of a series, and days that it misses."""
    members: dict[int, list[int]] = defaultdict(list)
    for n in range(len(m.placed)):
        members[m.table(at.SERIES, n)].append(n)
    for q, wanted in enumerate(m.laid.problem.series):
        used = _used(m, members[q])
        for wish in (Wish.REGULAR, Wish.ROOMS, Wish.LEADERS):
            if m.weight(wish) and len(used[wish]) > 1:
                beyond = sum(m.any_of(some) for some in used[wish].values()) - 1
                m.terms.append(m.weight(wish) * m.above(beyond, len(used[wish])))
        if m.weight(Wish.SPREAD):
            met = [_only_if(m, some) for some in used[Wish.SPREAD].values()]
            missing = m.above(wanted.days - sum(met), wanted.days)
            m.terms.append(m.weight(Wish.SPREAD) * missing)


def _used(m: Model, sessions: list[int]) -> dict[Wish, dict[Any, list[Any]]]:
    """What a series may use of times, rooms, teams and days: by each, the variables that do."""
    laid = m.laid
    found: dict[Wish, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for n in sessions:
        for number, (tick, x) in enumerate(m.starts(n)):
            slot = m.table(at.START_SLOT, laid.start_at[n] + number)
            found[Wish.REGULAR][slot].append(x)
            found[Wish.SPREAD][m.table(at.DAY_OF, tick)].append(x)
        for number, y in enumerate(m.y.get(n, ())):
            found[Wish.ROOMS][laid.room_keys[laid.room_at[n] + number]].append(y)
        for number, z in enumerate(m.z[n]):
            found[Wish.LEADERS][laid.team_keys[laid.team_at[n] + number]].append(z)
    return found


def _only_if(m: Model, some: list[Any]) -> Any:
    """A variable that is true only if one of *some* is."""
    found = m.model.new_bool_var("")
    m.model.add_bool_or([*some, found.negated()])
    return found


def apart(m: Model) -> None:
    for pair in m.laid.problem.apart if m.weight(Wish.APART) else ():
        first, second = (m.on_day(m.laid.session_number[key]) for key in (pair.first, pair.second))
        together = [
            m.above(first[day] + second[day] - 1, 1) for day in first.keys() & second.keys()
        ]
        if together:
            m.terms.append(m.weight(Wish.APART) * sum(together))


def fair(m: Model) -> None:
    for r, resource in enumerate(m.laid.resources):
        share = resource.fair_share
        if share is not None and m.weight(Wish.FAIR) and m.users.get(r):
            load = sum(wanted for _n, wanted in m.users[r])
            m.terms.append(m.weight(Wish.FAIR) * m.above(load - share, len(m.users[r])))


def trips(m: Model) -> None:
    if m.weight(Wish.TRIPS):
        for (unit, _day), trip in _trips(m).items():
            m.terms.append(m.weight(Wish.TRIPS) * m.table(at.WEIGHT, unit) * trip)


def _trips(m: Model) -> dict[tuple[int, int], Any]:
    """By unit and day: what is 1 at least where there is a visit.

    A day counts for as much as any one session has of it: that binds fractions, too.
    """
    if m.trips:
        return m.trips
    for n, session in enumerate(m.laid.problem.sessions):
        for day, there in m.on_day(n).items():
            for key in session.audience:
                where = m.laid.number[key], day
                if where not in m.trips:
                    m.trips[where] = m.model.new_bool_var("")
                m.model.add(m.trips[where] >= there)
    _trips_at_least(m)
    return m.trips


def _trips_at_least(m: Model) -> None:
    """As many days of a week as its sessions need, for the bound: it is true of every plan."""
    sessions: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, session in enumerate(m.laid.problem.sessions):
        weeks = {m.table(at.WEEK_OF, day) for day in m.on_day(n)}
        for key in session.audience if len(weeks) == 1 else ():
            sessions[m.laid.number[key], min(weeks)].append(n)
    days: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for (unit, day), trip in m.trips.items():
        days[unit, m.table(at.WEEK_OF, day)].append(trip)
    for (unit, week), some in sessions.items():
        most = m.laid.resources[unit].most_per_day or len(some)
        left_out = sum(1 - m.placed[n] for n in some)
        m.model.add(sum(days[unit, week]) + left_out >= -(-len(some) // most))


def isolated(m: Model) -> None:
    if not m.weight(Wish.ISOLATED):
        return
    begins: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for (unit, tick, _length), visit in m.visits.items():
        begins[unit, tick].append(visit)
    ends = _ends(m)
    near = int(m.t[at.NEAR])
    for (unit, tick, length), visit in m.visits.items():
        beside = [v for x in range(near + 1) for v in ends.get((unit, tick - x), ())]
        beside += [v for x in range(near + 1) for v in begins.get((unit, tick + length + x), ())]
        alone = m.model.new_bool_var("")
        m.model.add_bool_or([visit.negated(), alone, *beside])
        m.terms.append(m.weight(Wish.ISOLATED) * m.table(at.WEIGHT, unit) * alone)


def _ends(m: Model) -> dict[tuple[int, int], list[Any]]:
    """By unit and tick: the visits that end there."""
    ends: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for (unit, tick, length), visit in m.visits.items():
        ends[unit, tick + length].append(visit)
    return ends


def compact(m: Model) -> None:
    """A day has as many waits as it has visits with nothing near before them, less the first."""
    if not m.weight(Wish.COMPACT):
        return
    ends, near = _ends(m), int(m.t[at.NEAR])
    days: dict[tuple[int, int], list[tuple[Any, Any]]] = defaultdict(list)
    for (unit, tick, _length), visit in m.visits.items():
        before = [v for x in range(near + 1) for v in ends.get((unit, tick - x), ())]
        begun = m.model.new_bool_var("")
        m.model.add_bool_or([visit.negated(), begun, *before])
        m.terms.append(m.weight(Wish.COMPACT) * m.table(at.WEIGHT, unit) * begun)
        days[unit, m.table(at.DAY_OF, tick)].append((visit, begun))
    for (unit, _day), some in days.items():
        used = _only_if(m, [visit for visit, _begun in some])
        m.model.add(used <= sum(begun for _visit, begun in some))  # true of every plan: a bound
        m.terms.append(-m.weight(Wish.COMPACT) * m.table(at.WEIGHT, unit) * used)


def rest(m: Model) -> None:
    """Days that follow on each other, and visits that follow soon on another."""
    if not m.weight(Wish.REST):
        return
    there, ends, soon = _trips(m), _ends(m), int(m.t[at.REST])
    tired: list[tuple[int, Any]] = []
    for (unit, day), trip in there.items():
        if m.table(at.FOLLOWS, day) and (unit, day - 1) in there:
            tired.append((unit, m.above(trip + there[unit, day - 1] - 1, 1)))
    for (unit, tick, _length), visit in m.visits.items():
        before = [v for x in range(soon) for v in ends.get((unit, tick - x), ())]
        if before:
            follows = m.model.new_bool_var("")
            for one in before:
                m.model.add_bool_or([visit.negated(), one.negated(), follows])
            tired.append((unit, follows))
    for unit, one in tired:
        m.terms.append(m.weight(Wish.REST) * m.table(at.WEIGHT, unit) * one)


def hours(m: Model) -> None:
    if not (m.weight(Wish.HOURS) and m.t[at.UNWISHED_ANY]):
        return
    ticks = m.laid.clock.ticks
    for r, users in m.users.items():
        for n, wanted in users:
            unwished = [x for tick, x in m.starts(n) if m.table(at.UNWISHED, r * ticks + tick)]
            if unwished:
                cost = m.above(sum(unwished) + wanted - 1, 1)
                m.terms.append(m.weight(Wish.HOURS) * cost)


def counted_rooms(m: Model) -> None:
    """Crowding without rooms: exact when the largest sessions get the largest rooms."""
    laid = m.laid
    session = laid.problem.sessions[0]
    seats = [laid.problem.resource[key].seats for key in session.rooms]
    if not seats:
        return
    heads = [m.table(at.FIXED_HEADS, n) for n in range(len(m.placed))]
    at_tick: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for n in range(len(m.placed)):
        for tick, x in m.starts(n):
            at_tick[tick].append((heads[n], x))
    levels = sorted({0, *heads, *seats})
    weight = m.weight(Wish.CROWDING)
    for some in at_tick.values():
        m.model.add(sum(x for _many, x in some) <= len(seats))
        for low, high in pairwise(levels):
            larger = [x for many, x in some if many > low]
            roomy = sum(each > low for each in seats)
            if len(larger) > roomy and weight:
                over = m.above(sum(larger) - roomy, len(larger) - roomy)
                m.terms.append(weight * (high - low) * over)


def limits(m: Model) -> None:
    """No more sessions in a day or week than each can take."""
    for r, resource in enumerate(m.laid.resources):
        if resource.most_per_day is None and resource.most_per_week is None:
            continue
        days: dict[int, list[Any]] = defaultdict(list)
        for n, wanted in m.users.get(r, ()):
            for day, there in m.on_day(n).items():
                used = there
                if wanted is not m.placed[n]:
                    used = m.model.new_bool_var("")
                    m.model.add(used >= there + wanted - 1)
                days[day].append(used)
        weeks: dict[int, list[Any]] = defaultdict(list)
        for day, some in days.items():
            weeks[m.table(at.WEEK_OF, day)] += some
        for most, counted in ((resource.most_per_day, days), (resource.most_per_week, weeks)):
            for some in counted.values() if most is not None and most < NONE else ():
                m.model.add(sum(some) <= most)
