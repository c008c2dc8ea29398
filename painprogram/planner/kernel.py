"""Pricing and making changes to a plan, compiled; see ``compiling`` and ``tables``.

A change takes its sessions out and puts them back elsewhere. Taking out and putting in are priced
by one function, ``price``: what a session adds to a plan in which it does not stand. All costs
are whole numbers, so that nothing drifts.
"""

from painprogram.planner import at
from painprogram.planner.compiling import inlined, kernel
from painprogram.planner.problem import Wish
from painprogram.planner.tables import NONE, Ints
from painprogram.planner.visiting import HOURS, visit_price

_ORDER = tuple(Wish)
REGULAR = _ORDER.index(Wish.REGULAR)
LEADERS = _ORDER.index(Wish.LEADERS)
ROOMS = _ORDER.index(Wish.ROOMS)
SPREAD = _ORDER.index(Wish.SPREAD)
FAIR = _ORDER.index(Wish.FAIR)
APART = _ORDER.index(Wish.APART)
CROWDING = _ORDER.index(Wish.CROWDING)
SEATS = _ORDER.index(Wish.SEATS)
NO_COST = 2**30


@inlined
def draw(s: Ints, below: int) -> int:
    """A number from 0, below *below*; the generator is xorshift of 32 bits."""
    x = s[at.SEED] & 0xFFFFFFFF
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    s[at.SEED] = x
    return int((x * below) >> 32)


@inlined
def empty(t: Ints, s: Ints, r: int, first: int, last: int, one: int, two: int) -> bool:
    """Whether resource *r* is free from tick *first* up to *last*, but for two sessions + 1."""
    row = s[at.WHO] + r * t[at.TICKS]
    for x in range(row + first, row + last):
        v = s[x]
        if v != 0 and v != one and v != two:  # noqa: PLR1714 -- a tuple is slower when compiled
            return False
    return True


@inlined
def free(t: Ints, s: Ints, n: int, i: int, j: int, k: int, other: int) -> bool:
    """Whether everyone session *n* needs is there at start *i*, were *n* and *other* away."""
    first = t[t[at.START_TICK] + i]
    last = first + t[t[at.LENGTH] + n]
    one, two = n + 1, other + 1
    r = t[t[at.ROOM] + j]
    early, late = first - t[t[at.BEFORE] + n], last + t[t[at.AFTER] + n]
    if r >= 0 and not empty(t, s, r, early, late, one, two):
        return False
    for x in range(t[t[at.PEOPLE_AT] + k], t[t[at.PEOPLE_AT] + k + 1]):
        if not empty(t, s, t[t[at.PERSON] + x], early, late, one, two):
            return False
    for x in range(t[t[at.UNIT_AT] + n], t[t[at.UNIT_AT] + n + 1]):
        if not empty(t, s, t[t[at.UNIT] + x], first, last, one, two):
            return False
    for x in range(t[t[at.PICK_AT] + n], t[t[at.PICK_AT] + n + 1]):
        c = t[t[at.PICK_CHOICE] + x]
        chosen = s[s[at.CHOSEN] + c] == t[t[at.PICK_OPTION] + x]
        if chosen and not empty(t, s, t[t[at.CHOICE_UNIT] + c], first, last, one, two):
            return False
    return True


@inlined
def bearable(t: Ints, s: Ints, r: int, day: int) -> bool:
    """Whether resource *r* can take one session more on *day*."""
    return bool(
        s[s[at.DAY_LOAD] + r * t[at.DAYS] + day] < t[t[at.MOST_DAY] + r]
        and s[s[at.WEEK_LOAD] + r * t[at.WEEKS] + t[t[at.WEEK_OF] + day]] < t[t[at.MOST_WEEK] + r]
    )


@inlined
def out_of_order(t: Ints, s: Ints, n: int, i: int, x: int) -> bool:
    """Whether session *n* at start *i* breaks rule *x* of its orders."""
    o = t[t[at.ORDER_OTHER] + x]
    if s[s[at.BEGIN] + o] < 0:
        return False
    mine, theirs = t[t[at.MOMENT] + t[t[at.START_TICK] + i]], t[t[at.MOMENT] + s[s[at.BEGIN] + o]]
    if t[t[at.ORDER_FIRST] + x]:
        gap = theirs - mine - t[t[at.LENGTH] + n] * t[at.GRAIN]
    else:
        gap = mine - theirs - t[t[at.LENGTH] + o] * t[at.GRAIN]
    return bool(gap < t[t[at.ORDER_LEAST] + x] or gap > t[t[at.ORDER_MOST] + x])


@kernel
def orderly(t: Ints, s: Ints, n: int, i: int) -> bool:
    """Whether session *n* at start *i* keeps its distance to what it comes before and after."""
    for x in range(t[t[at.ORDER_AT] + n], t[t[at.ORDER_AT] + n + 1]):
        if out_of_order(t, s, n, i, x):
            return False
    return True


@kernel
def allowed(t: Ints, s: Ints, n: int, i: int, j: int, k: int) -> bool:  # noqa: C901
    """Whether order, seats and the limits of everyone allow session *n* there; *n* is away."""
    day = t[t[at.DAY_OF] + t[t[at.START_TICK] + i]]
    r = t[t[at.ROOM] + j]
    if s[s[at.HEADS] + n] > t[t[at.LIMIT] + n]:
        return False
    if r >= 0:
        if not t[t[at.CROWDING] + n] and s[s[at.HEADS] + n] > t[t[at.SEATS] + r]:
            return False
        if not bearable(t, s, r, day):
            return False
    for x in range(t[t[at.PEOPLE_AT] + k], t[t[at.PEOPLE_AT] + k + 1]):
        if not bearable(t, s, t[t[at.PERSON] + x], day):
            return False
    for x in range(t[t[at.UNIT_AT] + n], t[t[at.UNIT_AT] + n + 1]):
        if not bearable(t, s, t[t[at.UNIT] + x], day):
            return False
    for x in range(t[t[at.PICK_AT] + n], t[t[at.PICK_AT] + n + 1]):
        c = t[t[at.PICK_CHOICE] + x]
        if s[s[at.CHOSEN] + c] == t[t[at.PICK_OPTION] + x] and not bearable(
            t, s, t[t[at.CHOICE_UNIT] + c], day
        ):
            return False
    return orderly(t, s, n, i)


@inlined
def series_price(t: Ints, s: Ints, n: int, i: int, j: int, k: int) -> int:
    """What session *n* adds to the differences within its series."""
    q = t[t[at.SERIES] + n]
    if q < 0:
        return 0
    found = 0
    has = s[at.DISTINCT] + q * 4
    slot = s[at.SERIES_SLOTS] + q * t[at.SLOTS] + t[t[at.START_SLOT] + i]
    room = s[at.SERIES_ROOMS] + q * (t[at.ROOMS] + 1) + t[t[at.ROOM] + j] + 1
    team = s[at.SERIES_TEAMS] + q * t[at.TEAMS] + t[t[at.TEAM] + k]
    day = s[at.SERIES_DAYS] + q * t[at.DAYS] + t[t[at.DAY_OF] + t[t[at.START_TICK] + i]]
    if s[has] > 0 and s[slot] == 0:
        found += t[t[at.WISHES] + REGULAR]
    if s[has + 1] > 0 and s[room] == 0:
        found += t[t[at.WISHES] + ROOMS]
    if s[has + 2] > 0 and s[team] == 0:
        found += t[t[at.WISHES] + LEADERS]
    if s[has + 3] < t[t[at.DAYS_LEAST] + q] and s[day] == 0:
        found -= t[t[at.WISHES] + SPREAD]
    return int(found)


@inlined
def worker_price(t: Ints, s: Ints, r: int, first: int) -> int:
    """What a session that begins at *first* adds to the costs of a person or room."""
    found = 0
    if s[s[at.LOAD] + r] >= t[t[at.SHARE] + r]:
        found += t[t[at.WISHES] + FAIR]
    if t[at.UNWISHED_ANY] and t[t[at.UNWISHED] + r * t[at.TICKS] + first]:
        found += t[t[at.WISHES] + HOURS]
    return found


@inlined
def seats_price(t: Ints, s: Ints, n: int, r: int) -> int:
    """What participants of session *n* without a seat cost, and seats without a participant."""
    found = 0
    heads = s[s[at.HEADS] + n]
    if r >= 0 and t[t[at.CROWDING] + n] and heads > t[t[at.SEATS] + r]:
        found += t[t[at.WISHES] + CROWDING] * (heads - t[t[at.SEATS] + r])
    if t[t[at.WISHES] + SEATS] and heads > 0 and t[t[at.LIMIT] + n] < NONE:
        found += t[t[at.WISHES] + SEATS] * (t[t[at.LIMIT] + n] - heads)
    return int(found)


@kernel
def price(t: Ints, s: Ints, n: int, i: int, j: int, k: int) -> int:
    """What session *n* adds to the cost of a plan in which it does not stand."""
    first = t[t[at.START_TICK] + i]
    last = first + t[t[at.LENGTH] + n]
    r = t[t[at.ROOM] + j]
    found = t[t[at.START_COST] + i] + t[t[at.ROOM_COST] + j] + t[t[at.TEAM_COST] + k]
    found += seats_price(t, s, n, r)
    if r >= 0:
        found += worker_price(t, s, r, first)
    for x in range(t[t[at.PEOPLE_AT] + k], t[t[at.PEOPLE_AT] + k + 1]):
        found += worker_price(t, s, t[t[at.PERSON] + x], first)
    for x in range(t[t[at.UNIT_AT] + n], t[t[at.UNIT_AT] + n + 1]):
        u = t[t[at.UNIT] + x]
        found += visit_price(t, s, u, first, last)
        if s[s[at.LOAD] + u] >= t[t[at.SHARE] + u]:
            found += t[t[at.WISHES] + FAIR]
    for x in range(t[t[at.PICK_AT] + n], t[t[at.PICK_AT] + n + 1]):
        c = t[t[at.PICK_CHOICE] + x]
        if s[s[at.CHOSEN] + c] == t[t[at.PICK_OPTION] + x]:
            u = t[t[at.CHOICE_UNIT] + c]
            found += visit_price(t, s, u, first, last)
            if s[s[at.LOAD] + u] >= t[t[at.SHARE] + u]:
                found += t[t[at.WISHES] + FAIR]
    found += series_price(t, s, n, i, j, k)
    for x in range(t[t[at.APART_AT] + n], t[t[at.APART_AT] + n + 1]):
        b = s[s[at.BEGIN] + t[t[at.APART_OTHER] + x]]
        if b >= 0 and t[t[at.DAY_OF] + b] == t[t[at.DAY_OF] + first]:
            found += t[t[at.WISHES] + APART]
    return int(found)


@inlined
def hold(s: Ints, t: Ints, r: int, first: int, last: int, day: int, value: int) -> None:
    """Give resource *r* to session *value* - 1 from *first* up to *last*; 0 gives it back."""
    for x in range(first, last):
        s[s[at.WHO] + r * t[at.TICKS] + x] = value
    if not t[at.COUNTED]:
        return
    step = 1 if value else -1
    s[s[at.DAY_LOAD] + r * t[at.DAYS] + day] += step
    s[s[at.WEEK_LOAD] + r * t[at.WEEKS] + t[t[at.WEEK_OF] + day]] += step
    s[s[at.LOAD] + r] += step


@inlined
def tally(s: Ints, x: int, q: int, column: int, step: int) -> None:
    """Count up or down at *x* what series *q* has, and how many different it has."""
    if step > 0 and s[x] == 0:
        s[s[at.DISTINCT] + q * 4 + column] += 1
    s[x] += step
    if step < 0 and s[x] == 0:
        s[s[at.DISTINCT] + q * 4 + column] -= 1


@kernel
def mark(t: Ints, s: Ints, n: int, i: int, j: int, k: int, step: int) -> None:
    """Write session *n* into the plan (*step* 1), or wipe it out (-1)."""
    first = t[t[at.START_TICK] + i]
    last = first + t[t[at.LENGTH] + n]
    day = t[t[at.DAY_OF] + first]
    value = n + 1 if step > 0 else 0
    early, late = first - t[t[at.BEFORE] + n], last + t[t[at.AFTER] + n]
    r = t[t[at.ROOM] + j]
    if r >= 0:
        hold(s, t, r, early, late, day, value)
    for x in range(t[t[at.PEOPLE_AT] + k], t[t[at.PEOPLE_AT] + k + 1]):
        hold(s, t, t[t[at.PERSON] + x], early, late, day, value)
    for x in range(t[t[at.UNIT_AT] + n], t[t[at.UNIT_AT] + n + 1]):
        hold(s, t, t[t[at.UNIT] + x], first, last, day, value)
    for x in range(t[t[at.PICK_AT] + n], t[t[at.PICK_AT] + n + 1]):
        c = t[t[at.PICK_CHOICE] + x]
        if s[s[at.CHOSEN] + c] == t[t[at.PICK_OPTION] + x]:
            hold(s, t, t[t[at.CHOICE_UNIT] + c], first, last, day, value)
    q = t[t[at.SERIES] + n]
    if q >= 0:
        slot, team = t[t[at.START_SLOT] + i], t[t[at.TEAM] + k]
        tally(s, s[at.SERIES_SLOTS] + q * t[at.SLOTS] + slot, q, 0, step)
        tally(s, s[at.SERIES_ROOMS] + q * (t[at.ROOMS] + 1) + r + 1, q, 1, step)
        tally(s, s[at.SERIES_TEAMS] + q * t[at.TEAMS] + team, q, 2, step)
        tally(s, s[at.SERIES_DAYS] + q * t[at.DAYS] + day, q, 3, step)
    if step > 0:
        s[s[at.PLACE] + n * 3 + 0], s[s[at.PLACE] + n * 3 + 1], s[s[at.PLACE] + n * 3 + 2] = i, j, k
        s[s[at.BEGIN] + n] = first
    else:
        s[s[at.PLACE] + n * 3 + 0] = s[s[at.PLACE] + n * 3 + 1] = s[s[at.PLACE] + n * 3 + 2] = -1
        s[s[at.BEGIN] + n] = -1


@kernel
def take_out(t: Ints, s: Ints, n: int) -> int:
    """Wipe session *n* out; what the plan costs less, as a negative number."""
    i, j, k = s[s[at.PLACE] + n * 3 + 0], s[s[at.PLACE] + n * 3 + 1], s[s[at.PLACE] + n * 3 + 2]
    mark(t, s, n, i, j, k, -1)
    return -int(price(t, s, n, i, j, k))


@kernel
def turn_back(t: Ints, s: Ints, many: int, done: int) -> None:
    """Undo the first *done* steps of a change of *many* sessions."""
    for x in range(done):
        n = s[s[at.MOVE] + x * 4 + 0]
        if s[s[at.PLACE] + n * 3 + 0] >= 0:
            mark(
                t,
                s,
                n,
                s[s[at.PLACE] + n * 3 + 0],
                s[s[at.PLACE] + n * 3 + 1],
                s[s[at.PLACE] + n * 3 + 2],
                -1,
            )
    for x in range(many):
        if s[s[at.OLD] + x * 3 + 0] >= 0:
            mark(
                t,
                s,
                s[s[at.MOVE] + x * 4 + 0],
                s[s[at.OLD] + x * 3 + 0],
                s[s[at.OLD] + x * 3 + 1],
                s[s[at.OLD] + x * 3 + 2],
                1,
            )


@kernel
def attempt(t: Ints, s: Ints, many: int, most: float) -> bool:
    """Make the change listed at MOVE if it can stand and costs at most *most* more."""
    delta = 0
    left = 0
    s[at.TRIED] += 1
    for x in range(many):
        n = s[s[at.MOVE] + x * 4 + 0]
        s[s[at.OLD] + x * 3 + 0], s[s[at.OLD] + x * 3 + 1], s[s[at.OLD] + x * 3 + 2] = (
            s[s[at.PLACE] + n * 3 + 0],
            s[s[at.PLACE] + n * 3 + 1],
            s[s[at.PLACE] + n * 3 + 2],
        )
        if s[s[at.PLACE] + n * 3 + 0] >= 0:
            delta += take_out(t, s, n)
            left += 1
    for x in range(many):
        n, i, j, k = (
            s[s[at.MOVE] + x * 4 + 0],
            s[s[at.MOVE] + x * 4 + 1],
            s[s[at.MOVE] + x * 4 + 2],
            s[s[at.MOVE] + x * 4 + 3],
        )
        if i < 0:
            continue
        if s[s[at.PLACE] + n * 3] >= 0:  # in the way of two, and listed for each
            turn_back(t, s, many, x)
            return False
        if not s[at.LOOKED] and not free(t, s, n, i, j, k, -1):
            turn_back(t, s, many, x)
            return False
        if t[at.LIMITS] and not allowed(t, s, n, i, j, k):
            turn_back(t, s, many, x)
            return False
        delta += price(t, s, n, i, j, k)
        mark(t, s, n, i, j, k, 1)
        left -= 1
    delta += left * t[at.UNPLACED]
    if delta > most:
        turn_back(t, s, many, many)
        return False
    s[at.COST] += delta
    s[at.LEFT] += left
    s[at.TAKEN] += 1
    return True
