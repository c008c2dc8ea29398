"""What the search tries: proposals of changes, and the cooling that decides, compiled.

Every kind of change is written as a list of sessions with their new places; ``attempt`` makes it
whole or not at all.
"""

import math

from painprogram.planner import at
from painprogram.planner.choosing import choose
from painprogram.planner.compiling import bare, inlined, kernel
from painprogram.planner.kernel import NO_COST, attempt, draw, free, out_of_order
from painprogram.planner.tables import Ints

NOBODY, SEVERAL = -1, -2
TRIES = 24
"""Places looked at for a session that has none."""
PER_COOLING = 256


@inlined
def put(s: Ints, x: int, n: int, i: int, j: int, k: int) -> None:
    """Step *x* of the change: *n* goes there."""
    step = s[at.MOVE] + x * 4
    s[step], s[step + 1], s[step + 2], s[step + 3] = n, i, j, k


@inlined
def met(t: Ints, s: Ints, r: int, first: int, last: int, n: int, so_far: int) -> int:
    """The one session other than *n* that has *r* then, with what was met *so_far*."""
    row = s[at.WHO] + r * t[at.TICKS]
    for x in range(row + first, row + last):
        v = s[x]
        if v == 0 or v == n + 1:
            continue
        if v < 0 or (so_far >= 0 and v != so_far + 1):
            return SEVERAL
        so_far = v - 1
    return so_far


@inlined
def blocker(t: Ints, s: Ints, n: int, i: int, j: int, k: int) -> int:
    """The one session in the way of *n* at a place; NOBODY; or SEVERAL, also for an absence."""
    first = t[t[at.START_TICK] + i]
    last = first + t[t[at.LENGTH] + n]
    early, late = first - t[t[at.BEFORE] + n], last + t[t[at.AFTER] + n]
    found = NOBODY
    if t[t[at.ROOM] + j] >= 0:
        found = met(t, s, t[t[at.ROOM] + j], early, late, n, found)
    for x in range(t[t[at.PEOPLE_AT] + k], t[t[at.PEOPLE_AT] + k + 1]):
        if found != SEVERAL:
            found = met(t, s, t[t[at.PERSON] + x], early, late, n, found)
    for x in range(t[t[at.UNIT_AT] + n], t[t[at.UNIT_AT] + n + 1]):
        if found == SEVERAL:
            return SEVERAL
        found = met(t, s, t[t[at.UNIT] + x], first, last, n, found)
    for x in range(t[t[at.PICK_AT] + n], t[t[at.PICK_AT] + n + 1]):
        c = t[t[at.PICK_CHOICE] + x]
        if found != SEVERAL and s[s[at.CHOSEN] + c] == t[t[at.PICK_OPTION] + x]:
            found = met(t, s, t[t[at.CHOICE_UNIT] + c], first, last, n, found)
    return found


@inlined
def overlap(t: Ints, n: int, i: int, m: int, j: int) -> bool:
    """Whether session *n* at start *i* and *m* at start *j*, with buffers, overlap."""
    one, two = t[t[at.START_TICK] + i], t[t[at.START_TICK] + j]
    one_ends = one + t[t[at.LENGTH] + n] + t[t[at.AFTER] + n]
    two_ends = two + t[t[at.LENGTH] + m] + t[t[at.AFTER] + m]
    return bool(one - t[t[at.BEFORE] + n] < two_ends and two - t[t[at.BEFORE] + m] < one_ends)


@kernel
def to_place(t: Ints, s: Ints, n: int, i: int, j: int, k: int) -> int:
    """Propose that *n* goes there; whoever is in the way takes the place that *n* leaves."""
    other = blocker(t, s, n, i, j, k)
    if other in (SEVERAL, n):
        return 0
    put(s, 0, n, i, j, k)
    s[at.LOOKED] = 1
    if other == NOBODY:
        return 1
    i2 = t[t[at.START_OF] + other * t[at.TICKS] + s[s[at.BEGIN] + n]]
    if i2 < 0:
        return 0
    own, left = s[s[at.PLACE] + other * 3 + 1], t[t[at.ROOM] + s[s[at.PLACE] + n * 3 + 1]]
    j2 = own
    if t[t[at.ROOM] + own] == t[t[at.ROOM] + j] or (left >= 0 and draw(s, 2)):
        if left < 0:
            return 0
        j2 = t[t[at.ROOM_OF] + other * t[at.ROOMS] + left]
        if j2 < 0:
            return 0
    k2 = s[s[at.PLACE] + other * 3 + 2]
    if not free(t, s, other, i2, j2, k2, n):
        return 0
    put(s, 1, other, i2, j2, k2)
    if overlap(t, n, i, other, i2):  # at their new places they may be in each other's way
        s[at.LOOKED] = 0
    return 2


@inlined
def anywhere(t: Ints, s: Ints, n: int) -> int:
    """Another start and room, the same team."""
    i = t[t[at.START_AT] + n] + draw(s, t[t[at.START_AT] + n + 1] - t[t[at.START_AT] + n])
    j = t[t[at.ROOM_AT] + n] + draw(s, t[t[at.ROOM_AT] + n + 1] - t[t[at.ROOM_AT] + n])
    return to_place(t, s, n, i, j, s[s[at.PLACE] + n * 3 + 2])


@inlined
def same_room(t: Ints, s: Ints, n: int) -> int:
    i = t[t[at.START_AT] + n] + draw(s, t[t[at.START_AT] + n + 1] - t[t[at.START_AT] + n])
    return to_place(t, s, n, i, s[s[at.PLACE] + n * 3 + 1], s[s[at.PLACE] + n * 3 + 2])


@inlined
def other_room(t: Ints, s: Ints, n: int) -> int:
    j = t[t[at.ROOM_AT] + n] + draw(s, t[t[at.ROOM_AT] + n + 1] - t[t[at.ROOM_AT] + n])
    return to_place(t, s, n, s[s[at.PLACE] + n * 3 + 0], j, s[s[at.PLACE] + n * 3 + 2])


@inlined
def other_team(t: Ints, s: Ints, n: int) -> int:
    k = t[t[at.TEAM_AT] + n] + draw(s, t[t[at.TEAM_AT] + n + 1] - t[t[at.TEAM_AT] + n])
    return to_place(t, s, n, s[s[at.PLACE] + n * 3 + 0], s[s[at.PLACE] + n * 3 + 1], k)


@kernel
def series_to_room(t: Ints, s: Ints, n: int) -> int:
    """The whole series into one room; whoever is there takes the room that is left."""
    q = t[t[at.SERIES] + n]
    r = t[
        t[at.ROOM] + t[t[at.ROOM_AT] + n] + draw(s, t[t[at.ROOM_AT] + n + 1] - t[t[at.ROOM_AT] + n])
    ]
    if r < 0:
        return 0
    many = 0
    for x in range(t[t[at.MEMBER_AT] + q], t[t[at.MEMBER_AT] + q + 1]):
        m = t[t[at.MEMBER] + x]
        if s[s[at.BEGIN] + m] < 0 or t[t[at.ROOM] + s[s[at.PLACE] + m * 3 + 1]] == r:
            continue
        j = t[t[at.ROOM_OF] + m * t[at.ROOMS] + r]
        if j < 0:
            return 0
        early = s[s[at.BEGIN] + m] - t[t[at.BEFORE] + m]
        other = met(
            t, s, r, early, s[s[at.BEGIN] + m] + t[t[at.LENGTH] + m] + t[t[at.AFTER] + m], m, NOBODY
        )
        if other == SEVERAL:
            return 0
        put(s, many, m, s[s[at.PLACE] + m * 3 + 0], j, s[s[at.PLACE] + m * 3 + 2])
        many += 1
        if other >= 0:
            j2 = (
                t[t[at.ROOM_OF] + other * t[at.ROOMS] + t[t[at.ROOM] + s[s[at.PLACE] + m * 3 + 1]]]
                if t[t[at.ROOM] + s[s[at.PLACE] + m * 3 + 1]] >= 0
                else -1
            )
            if j2 < 0 or t[t[at.SERIES] + other] == q:
                return 0
            put(s, many, other, s[s[at.PLACE] + other * 3 + 0], j2, s[s[at.PLACE] + other * 3 + 2])
            many += 1
    return many


@kernel
def series_to_time(t: Ints, s: Ints, n: int) -> int:
    """The whole series to one time of the week, each session within its week."""
    q = t[t[at.SERIES] + n]
    slot = t[
        t[at.START_SLOT]
        + t[t[at.START_AT] + n]
        + draw(s, t[t[at.START_AT] + n + 1] - t[t[at.START_AT] + n])
    ]
    many = 0
    for x in range(t[t[at.MEMBER_AT] + q], t[t[at.MEMBER_AT] + q + 1]):
        m = t[t[at.MEMBER] + x]
        if s[s[at.BEGIN] + m] < 0 or t[t[at.START_SLOT] + s[s[at.PLACE] + m * 3 + 0]] == slot:
            continue
        week = t[t[at.WEEK_OF] + t[t[at.DAY_OF] + s[s[at.BEGIN] + m]]]
        for i in range(t[t[at.START_AT] + m], t[t[at.START_AT] + m + 1]):
            if (
                t[t[at.START_SLOT] + i] == slot
                and t[t[at.WEEK_OF] + t[t[at.DAY_OF] + t[t[at.START_TICK] + i]]] == week
            ):
                put(s, many, m, i, s[s[at.PLACE] + m * 3 + 1], s[s[at.PLACE] + m * 3 + 2])
                many += 1
                break
    return many


@kernel
def series_to_team(t: Ints, s: Ints, n: int) -> int:
    q = t[t[at.SERIES] + n]
    team = t[
        t[at.TEAM] + t[t[at.TEAM_AT] + n] + draw(s, t[t[at.TEAM_AT] + n + 1] - t[t[at.TEAM_AT] + n])
    ]
    many = 0
    for x in range(t[t[at.MEMBER_AT] + q], t[t[at.MEMBER_AT] + q + 1]):
        m = t[t[at.MEMBER] + x]
        if s[s[at.BEGIN] + m] < 0 or t[t[at.TEAM] + s[s[at.PLACE] + m * 3 + 2]] == team:
            continue
        for k in range(t[t[at.TEAM_AT] + m], t[t[at.TEAM_AT] + m + 1]):
            if t[t[at.TEAM] + k] == team:
                put(s, many, m, s[s[at.PLACE] + m * 3 + 0], s[s[at.PLACE] + m * 3 + 1], k)
                many += 1
                break
    return many


@inlined
def add_one(t: Ints, s: Ints, n: int, many: int) -> int:
    """List *n* once, to lose its place; -1 when the list is full."""
    for x in range(many):
        if s[s[at.MOVE] + x * 4 + 0] == n:
            return many
    if many >= t[at.MOVES] - 1:
        return -1
    put(s, many, n, -1, -1, -1)
    return many + 1


@inlined
def add_met(t: Ints, s: Ints, r: int, first: int, last: int, n: int, many: int) -> int:
    """List whoever has *r* then; -1 where nobody can have it."""
    row = s[at.WHO] + r * t[at.TICKS]
    for x in range(row + first, row + last):
        v = s[x]
        if v < 0:
            return -1
        if v > 0 and v != n + 1 and many >= 0:
            many = add_one(t, s, v - 1, many)
    return many


@kernel
def pushing(t: Ints, s: Ints, n: int, i: int, j: int, k: int) -> int:  # noqa: C901
    """Propose that *n* goes there and everyone in the way loses their place."""
    first = t[t[at.START_TICK] + i]
    last = first + t[t[at.LENGTH] + n]
    early, late = first - t[t[at.BEFORE] + n], last + t[t[at.AFTER] + n]
    many = 0
    if t[t[at.ROOM] + j] >= 0:
        many = add_met(t, s, t[t[at.ROOM] + j], early, late, n, many)
    for x in range(t[t[at.PEOPLE_AT] + k], t[t[at.PEOPLE_AT] + k + 1]):
        if many >= 0:
            many = add_met(t, s, t[t[at.PERSON] + x], early, late, n, many)
    for x in range(t[t[at.UNIT_AT] + n], t[t[at.UNIT_AT] + n + 1]):
        if many >= 0:
            many = add_met(t, s, t[t[at.UNIT] + x], first, last, n, many)
    for x in range(t[t[at.PICK_AT] + n], t[t[at.PICK_AT] + n + 1]):
        c = t[t[at.PICK_CHOICE] + x]
        if many >= 0 and s[s[at.CHOSEN] + c] == t[t[at.PICK_OPTION] + x]:
            many = add_met(t, s, t[t[at.CHOICE_UNIT] + c], first, last, n, many)
    for x in range(t[t[at.ORDER_AT] + n], t[t[at.ORDER_AT] + n + 1]):
        if many >= 0 and out_of_order(t, s, n, i, x):
            many = add_one(t, s, t[t[at.ORDER_OTHER] + x], many)
    if many < 0:
        return 0
    put(s, many, n, i, j, k)
    return many + 1


@kernel
def insertion(t: Ints, s: Ints, n: int) -> int:
    """Propose a place for *n*, which has none, pushing out those seldom pushed out before."""
    least = NO_COST
    i = j = k = -1
    for _try in range(TRIES):
        i2 = t[t[at.START_AT] + n] + draw(s, t[t[at.START_AT] + n + 1] - t[t[at.START_AT] + n])
        j2 = t[t[at.ROOM_AT] + n] + draw(s, t[t[at.ROOM_AT] + n + 1] - t[t[at.ROOM_AT] + n])
        k2 = t[t[at.TEAM_AT] + n] + draw(s, t[t[at.TEAM_AT] + n + 1] - t[t[at.TEAM_AT] + n])
        many = pushing(t, s, n, i2, j2, k2)
        blame = 0
        for x in range(many - 1):
            blame += 1 + s[s[at.BLAME] + s[s[at.MOVE] + x * 4 + 0]]
        if many and blame < least:
            least, i, j, k = blame, i2, j2, k2
    return pushing(t, s, n, i, j, k) if i >= 0 else 0


@kernel
def settle(whole_t: Ints, whole_s: Ints, steps: int) -> None:
    """Give everybody a place, whatever it costs; push others out where it must be."""
    t, s = bare(whole_t), bare(whole_s)
    many = t[at.SESSIONS]
    for _step in range(steps):
        if s[at.LEFT] == 0:
            return
        n = draw(s, many)
        for _x in range(many):
            n = (n + 1) % many
            if s[s[at.BEGIN] + n] < 0:
                break
        if t[at.CHOICES]:
            choose(t, s, draw(s, t[at.CHOICES]), 0.0)
        if s[s[at.BEGIN] + n] >= 0:
            continue
        s[at.LOOKED] = 0
        changed = insertion(t, s, n)
        for x in range(changed - 1):
            s[s[at.BLAME] + s[s[at.MOVE] + x * 4 + 0]] += 1
        if changed:
            attempt(t, s, changed, 1e15)
        keep(t, s)


@kernel
def keep(t: Ints, s: Ints) -> None:
    """Remember the plan if it is the best so far."""
    if s[at.COST] < s[at.BEST]:
        s[at.BEST] = s[at.COST]
        for x in range(t[at.SESSIONS] * 3):
            s[s[at.BEST_PLACE] + x] = s[s[at.PLACE] + x]
        for x in range(t[at.CHOICES]):
            s[s[at.BEST_CHOSEN] + x] = s[s[at.CHOSEN] + x]


@kernel
def propose(t: Ints, s: Ints, n: int) -> int:
    """A change that begins with session *n*, of a kind drawn from the mix; 0 for none."""
    s[at.LOOKED] = 0
    if s[s[at.BEGIN] + n] < 0:
        return insertion(t, s, n)
    kind = draw(s, 1000)
    if kind < s[s[at.MIX] + 0]:
        return anywhere(t, s, n)
    if kind < s[s[at.MIX] + 1]:
        return same_room(t, s, n)
    if kind < s[s[at.MIX] + 2]:
        return other_room(t, s, n)
    if kind < s[s[at.MIX] + 3]:
        return other_team(t, s, n)
    if t[t[at.SERIES] + n] < 0:
        return 0
    if kind < s[s[at.MIX] + 4]:
        return series_to_room(t, s, n)
    if kind < s[s[at.MIX] + 5]:
        return series_to_time(t, s, n)
    return series_to_team(t, s, n)


@kernel
def anneal(whole_t: Ints, whole_s: Ints, hot: float, cold: float, steps: int) -> None:
    """Take changes for the better, and for the worse the less often the colder it is."""
    t, s = bare(whole_t), bare(whole_s)
    many, choices = t[at.SESSIONS], t[at.CHOICES]
    heat = hot
    for step in range(steps):
        if step % PER_COOLING == 0:
            heat = hot * math.exp(math.log(cold / hot) * step / steps)
        most = -heat * math.log((draw(s, 1 << 30) + 1.0) / (1 << 30))
        if choices and draw(s, 1000) < s[s[at.MIX] + 6]:
            taken = choose(t, s, draw(s, choices), most)
        else:
            changed = propose(t, s, draw(s, many))
            taken = changed > 0 and attempt(t, s, changed, most)
        if taken and s[at.COST] < s[at.BEST]:
            keep(t, s)
