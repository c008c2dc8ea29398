"""A first plan at once: each session at its cheapest place among those that are free, compiled."""

from painprogram.planner import at
from painprogram.planner.choosing import choose
from painprogram.planner.compiling import bare, kernel
from painprogram.planner.kernel import NO_COST, allowed, attempt, draw, free, price
from painprogram.planner.moves import keep, put
from painprogram.planner.tables import Ints

WAYS = 3
"""Rooms and teams tried at each start: as the series has them, its room alone, and any."""
OPTIONS = 6
"""Options tried for each choice."""


@kernel
def kin(t: Ints, s: Ints, n: int) -> int:
    """A session of the same series that has its place, or -1."""
    q = t[t[at.SERIES] + n]
    if q < 0:
        return -1
    for x in range(t[t[at.MEMBER_AT] + q], t[t[at.MEMBER_AT] + q + 1]):
        m = t[t[at.MEMBER] + x]
        if s[s[at.BEGIN] + m] >= 0:
            return int(m)
    return -1


@kernel
def like_room(t: Ints, s: Ints, n: int, m: int) -> int:
    """The room of *m* among those of *n*, or any."""
    r = t[t[at.ROOM] + s[s[at.PLACE] + m * 3 + 1]]
    for j in range(t[t[at.ROOM_AT] + n], t[t[at.ROOM_AT] + n + 1]):
        if t[t[at.ROOM] + j] == r:
            return int(j)
    return int(t[t[at.ROOM_AT] + n])


@kernel
def like_team(t: Ints, s: Ints, n: int, m: int) -> int:
    """The team of *m* among those of *n*, or any."""
    team = t[t[at.TEAM] + s[s[at.PLACE] + m * 3 + 2]]
    for k in range(t[t[at.TEAM_AT] + n], t[t[at.TEAM_AT] + n + 1]):
        if t[t[at.TEAM] + k] == team:
            return int(k)
    return int(t[t[at.TEAM_AT] + n])


@kernel
def cheapest(t: Ints, s: Ints, n: int) -> bool:
    """Propose the cheapest free place found for *n*, which has none."""
    rooms = t[t[at.ROOM_AT] + n + 1] - t[t[at.ROOM_AT] + n]
    teams = t[t[at.TEAM_AT] + n + 1] - t[t[at.TEAM_AT] + n]
    if rooms <= 0 or teams <= 0:
        return False
    m = kin(t, s, n)
    least = NO_COST
    for i in range(t[t[at.START_AT] + n], t[t[at.START_AT] + n + 1]):
        for way in range(WAYS):
            j = t[t[at.ROOM_AT] + n] + draw(s, rooms)
            k = t[t[at.TEAM_AT] + n] + draw(s, teams)
            if m >= 0 and way < WAYS - 1:
                j = like_room(t, s, n, m)
            if m >= 0 and way < WAYS - 2:
                k = like_team(t, s, n, m)
            if not free(t, s, n, i, j, k, -1) or not allowed(t, s, n, i, j, k):
                continue
            cost = price(t, s, n, i, j, k)
            if cost < least:
                least = cost
                put(s, 0, n, i, j, k)
    return least < NO_COST


@kernel
def begin(whole_t: Ints, whole_s: Ints, first: int, last: int) -> None:
    """Give a place to sessions *first* up to *last* that have none, and what is left to choices."""
    t, s = bare(whole_t), bare(whole_s)
    for n in range(first, min(last, t[at.SESSIONS])):
        if s[s[at.BEGIN] + n] < 0 and cheapest(t, s, n):
            s[at.LOOKED] = 0
            attempt(t, s, 1, 1e15)
    if last >= t[at.SESSIONS]:
        for c in range(t[at.CHOICES]):
            for _try in range(OPTIONS):
                if s[s[at.CHOSEN] + c] < 0:
                    choose(t, s, c, 0.0)
    keep(t, s)
