"""What a visit does to the days of a patient or group, compiled; see ``kernel``."""

from painprogram.planner import at
from painprogram.planner.compiling import inlined, kernel
from painprogram.planner.problem import Wish
from painprogram.planner.tables import Ints

_ORDER = tuple(Wish)
ISOLATED = _ORDER.index(Wish.ISOLATED)
TRIPS = _ORDER.index(Wish.TRIPS)
HOURS = _ORDER.index(Wish.HOURS)
COMPACT = _ORDER.index(Wish.COMPACT)
REST = _ORDER.index(Wish.REST)


@inlined
def left_of(t: Ints, s: Ints, u: int, first: int, reach: int) -> int:
    """The session of unit *u* that ends less than *reach* ticks before tick *first*, or -1."""
    x = s[at.WHO] + u * t[at.TICKS] + first - 1
    for _tick in range(reach):
        if s[x] > 0:
            return int(s[x]) - 1
        x -= 1
    return -1


@inlined
def right_of(t: Ints, s: Ints, u: int, last: int, reach: int) -> int:
    """The session of unit *u* that begins less than *reach* ticks after tick *last*, or -1."""
    x = s[at.WHO] + u * t[at.TICKS] + last
    for _tick in range(reach):
        if s[x] > 0:
            return int(s[x]) - 1
        x += 1
    return -1


@inlined
def alone(t: Ints, s: Ints, u: int, n: int) -> int:
    """1 when unit *u* has nothing near session *n*, which stands in the plan."""
    first, reach = s[s[at.BEGIN] + n], t[at.NEAR] + 1
    if left_of(t, s, u, first, reach) >= 0:
        return 0
    return 1 if right_of(t, s, u, first + t[t[at.LENGTH] + n], reach) < 0 else 0


@inlined
def joined(t: Ints, s: Ints, before: int, after: int, reach: int) -> int:
    """1 when less than *reach* ticks are between two sessions, were nothing between them."""
    if before < 0 or after < 0:
        return 0
    between = s[s[at.BEGIN] + after] - s[s[at.BEGIN] + before] - t[t[at.LENGTH] + before]
    return 1 if between < reach else 0


@inlined
def rest_price(t: Ints, s: Ints, u: int, first: int, last: int) -> int:
    """Days that come to follow on each other, and visits that come to follow soon."""
    found = 0
    day = t[t[at.DAY_OF] + first]
    today = s[at.DAY_LOAD] + u * t[at.DAYS] + day
    if s[today] == 0:
        if t[t[at.FOLLOWS] + day] and s[today - 1] > 0:
            found += 1
        if day + 1 < t[at.DAYS] and t[t[at.FOLLOWS] + day + 1] and s[today + 1] > 0:
            found += 1
    elif t[at.REST]:
        before = left_of(t, s, u, first, t[at.REST])
        after = right_of(t, s, u, last, t[at.REST])
        found += (before >= 0) + (after >= 0) - joined(t, s, before, after, t[at.REST])
    return found


@kernel
def visit_price(t: Ints, s: Ints, u: int, first: int, last: int) -> int:
    """What a visit from *first* up to *last* adds to the costs of unit *u*, without it."""
    found = 0
    today = s[at.DAY_LOAD] + u * t[at.DAYS] + t[t[at.DAY_OF] + first]
    if t[t[at.WISHES] + ISOLATED] or t[t[at.WISHES] + COMPACT]:
        reach = t[at.NEAR] + 1
        before, after = left_of(t, s, u, first, reach), right_of(t, s, u, last, reach)
        if t[t[at.WISHES] + ISOLATED]:
            if before < 0 and after < 0:
                found += t[t[at.WISHES] + ISOLATED]
            if before >= 0 and alone(t, s, u, before):
                found -= t[t[at.WISHES] + ISOLATED]
            if after >= 0 and after != before and alone(t, s, u, after):
                found -= t[t[at.WISHES] + ISOLATED]
        if t[t[at.WISHES] + COMPACT] and s[today] > 0:
            pieces = 1 - (before >= 0) - (after >= 0) + joined(t, s, before, after, reach)
            found += t[t[at.WISHES] + COMPACT] * pieces
    if t[t[at.WISHES] + TRIPS] and s[today] == 0:
        found += t[t[at.WISHES] + TRIPS]
    if t[t[at.WISHES] + REST]:
        found += t[t[at.WISHES] + REST] * rest_price(t, s, u, first, last)
    found *= t[t[at.WEIGHT] + u]
    if t[at.UNWISHED_ANY] and t[t[at.UNWISHED] + u * t[at.TICKS] + first]:
        found += t[t[at.WISHES] + HOURS]
    return int(found)
