"""A patient leaves one option and joins another, compiled; see ``kernel``."""

from painprogram.planner import at
from painprogram.planner.compiling import inlined, kernel
from painprogram.planner.kernel import (
    FAIR,
    NO_COST,
    bearable,
    draw,
    empty,
    hold,
    seats_price,
)
from painprogram.planner.tables import Ints
from painprogram.planner.visiting import visit_price


@inlined
def seated(t: Ints, s: Ints, n: int) -> int:
    """What the seats of session *n* cost as it stands."""
    return int(seats_price(t, s, n, t[t[at.ROOM] + s[s[at.PLACE] + n * 3 + 1]]))


@kernel
def welcome(t: Ints, s: Ints, u: int, n: int) -> bool:
    """Whether patient *u* fits into session *n* as it stands."""
    heads = s[s[at.HEADS] + n] + t[t[at.HEADS_OF] + u]
    if heads > t[t[at.LIMIT] + n]:
        return False
    if s[s[at.BEGIN] + n] < 0:
        return True
    r = t[t[at.ROOM] + s[s[at.PLACE] + n * 3 + 1]]
    if r >= 0 and not t[t[at.CROWDING] + n] and heads > t[t[at.SEATS] + r]:
        return False
    first = s[s[at.BEGIN] + n]
    free = empty(t, s, u, first, first + t[t[at.LENGTH] + n], 0, 0)
    return bool(free and bearable(t, s, u, t[t[at.DAY_OF] + first]))


@kernel
def part(t: Ints, s: Ints, u: int, n: int) -> int:
    """Take patient *u* out of session *n*; what the plan costs less, as a negative number."""
    if s[s[at.BEGIN] + n] < 0:
        s[s[at.HEADS] + n] -= t[t[at.HEADS_OF] + u]
        return 0
    first = s[s[at.BEGIN] + n]
    last = first + t[t[at.LENGTH] + n]
    delta = -seated(t, s, n)
    s[s[at.HEADS] + n] -= t[t[at.HEADS_OF] + u]
    delta += seated(t, s, n)
    hold(s, t, u, first, last, t[t[at.DAY_OF] + first], 0)
    delta -= visit_price(t, s, u, first, last)
    if s[s[at.LOAD] + u] >= t[t[at.SHARE] + u]:
        delta -= t[t[at.WISHES] + FAIR]
    return int(delta)


@kernel
def enter(t: Ints, s: Ints, u: int, n: int) -> int:
    """Put patient *u* into session *n*, where there is room; what the plan costs more."""
    if s[s[at.BEGIN] + n] < 0:
        s[s[at.HEADS] + n] += t[t[at.HEADS_OF] + u]
        return 0
    first = s[s[at.BEGIN] + n]
    last = first + t[t[at.LENGTH] + n]
    delta = visit_price(t, s, u, first, last) - seated(t, s, n)
    if s[s[at.LOAD] + u] >= t[t[at.SHARE] + u]:
        delta += t[t[at.WISHES] + FAIR]
    s[s[at.HEADS] + n] += t[t[at.HEADS_OF] + u]
    delta += seated(t, s, n)
    hold(s, t, u, first, last, t[t[at.DAY_OF] + first], n + 1)
    return int(delta)


@kernel
def leave(t: Ints, s: Ints, c: int) -> int:
    """Take the patient of choice *c* out of all its option has."""
    o = s[s[at.CHOSEN] + c]
    delta = -t[t[at.OPTION_COST] + o]
    for x in range(t[t[at.MEET_AT] + o], t[t[at.MEET_AT] + o + 1]):
        delta += part(t, s, t[t[at.CHOICE_UNIT] + c], t[t[at.MEET] + x])
    for x in range(t[t[at.QUOTA_AT] + o], t[t[at.QUOTA_AT] + o + 1]):
        s[s[at.USED] + t[t[at.QUOTA] + x]] -= 1
    s[s[at.CHOSEN] + c] = -1
    return int(delta)


@kernel
def join(t: Ints, s: Ints, c: int, o: int) -> int:
    """Put the patient of choice *c* into option *o*; NO_COST, and nothing done, if it can't be."""
    u = t[t[at.CHOICE_UNIT] + c]
    if t[t[at.OPTION_COST] + o] >= NO_COST:
        return NO_COST
    for x in range(t[t[at.QUOTA_AT] + o], t[t[at.QUOTA_AT] + o + 1]):
        if s[s[at.USED] + t[t[at.QUOTA] + x]] >= t[t[at.QUOTA_MOST] + t[t[at.QUOTA] + x]]:
            return NO_COST
    delta = t[t[at.OPTION_COST] + o]
    for x in range(t[t[at.MEET_AT] + o], t[t[at.MEET_AT] + o + 1]):
        if not welcome(t, s, u, t[t[at.MEET] + x]):
            for y in range(t[t[at.MEET_AT] + o], x):
                part(t, s, u, t[t[at.MEET] + y])
            return NO_COST
        delta += enter(t, s, u, t[t[at.MEET] + x])
    for x in range(t[t[at.QUOTA_AT] + o], t[t[at.QUOTA_AT] + o + 1]):
        s[s[at.USED] + t[t[at.QUOTA] + x]] += 1
    s[s[at.CHOSEN] + c] = o
    return int(delta)


@kernel
def choose(t: Ints, s: Ints, c: int, most: float) -> bool:
    """Try another option for choice *c*, if that costs at most *most* more."""
    o = t[t[at.OPTION_AT] + c] + draw(s, t[t[at.OPTION_AT] + c + 1] - t[t[at.OPTION_AT] + c])
    old = s[s[at.CHOSEN] + c]
    s[at.TRIED] += 1
    if o == old:
        return False
    delta = leave(t, s, c) if old >= 0 else -t[at.UNPLACED]
    more = join(t, s, c, o)
    if more < NO_COST and delta + more <= most:
        s[at.COST] += delta + more
        s[at.TAKEN] += 1
        if old < 0:
            s[at.LEFT] -= 1
        return True
    if more < NO_COST:
        leave(t, s, c)
    if old >= 0:
        join(t, s, c, old)
    return False
