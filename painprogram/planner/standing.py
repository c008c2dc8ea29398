"""Puts a given plan into the search, compiled; and the doors through which it is entered."""

from painprogram.planner import at
from painprogram.planner.beginning import begin
from painprogram.planner.choosing import join, leave
from painprogram.planner.compiling import bare, kernel
from painprogram.planner.kernel import NO_COST, attempt, take_out
from painprogram.planner.moves import anneal, keep, put, settle
from painprogram.planner.tables import Ints

__all__ = ["anneal", "begin", "settle", "stand"]


@kernel
def stand(whole_t: Ints, whole_s: Ints, rows: Ints, options: Ints) -> None:
    """Begin anew with these places and choices, as far as they can stand."""
    t, s = bare(whole_t), bare(whole_s)
    for n in range(t[at.SESSIONS]):
        if s[s[at.BEGIN] + n] >= 0:
            s[at.COST] += take_out(t, s, n) + t[at.UNPLACED]
            s[at.LEFT] += 1
    for c in range(t[at.CHOICES]):
        if s[s[at.CHOSEN] + c] >= 0:
            s[at.COST] += leave(t, s, c) + t[at.UNPLACED]
            s[at.LEFT] += 1
        if options[c] >= 0:
            more = join(t, s, c, options[c])
            if more < NO_COST:
                s[at.COST] += more - t[at.UNPLACED]
                s[at.LEFT] -= 1
    s[at.LOOKED] = 0
    for n in range(t[at.SESSIONS]):
        if rows[n * 3] >= 0:
            put(s, 0, n, rows[n * 3], rows[n * 3 + 1], rows[n * 3 + 2])
            attempt(t, s, 1, 1e15)
    keep(t, s)
