"""Measures one thing against another in the same run, so that the machine drops out.

A benchmark is a module of this folder with ``measure() -> list[Result]``. It asks ``compare``
for a ratio, and ``growth`` for what a tenfold size costs.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does the work once; returns the seconds it took."""


@dataclass(frozen=True)
class Result:
    """One line of the table: ours, what it is held against, and how far apart they may be."""

    name: str
    ours: float
    against: float
    ratio: float
    most: float | None = None
    least: float | None = None
    unit: str = "ms"

    @property
    def reached(self) -> bool:
        """Whether the goal holds; a line without one is there for the reader."""
        return (self.most is None or self.ratio <= self.most) and (
            self.least is None or self.ratio >= self.least
        )

    @property
    def goal(self) -> str:
        bounds = (("≤", self.most), ("≥", self.least))
        return " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)


def timed(work: Callable[[], object]) -> Timed:
    """Seconds of one call of *work*, without a garbage collection that others have caused."""

    def once() -> float:
        gc.collect()
        gc.disable()
        try:
            start = time.perf_counter()
            work()
            return time.perf_counter() - start
        finally:
            gc.enable()

    return once


def compare(
    name: str,
    ours: Timed,
    against: Timed,
    *,
    rounds: int = 7,
    most: float | None = None,
    least: float | None = None,
) -> Result:
    """Ours over the other: medians of *rounds* taken in turns, after one round to warm up."""
    ours()
    against()
    pairs = []
    for number in range(rounds):
        if number % 2:  # whoever goes second finds the caches filled by the first
            second = against()
            pairs.append((ours(), second))
        else:
            pairs.append((ours(), against()))
    mine, theirs = (statistics.median(each) * 1000 for each in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return Result(name, mine, theirs, ratio, most, least)


def growth(
    name: str, work: Callable[[int], object], small: int, *, rounds: int = 5, most: float = 12
) -> Result:
    """Ten times the size over the size: cost may grow no faster than the work, and a little."""
    return compare(
        f"{name}: {small * 10:,} / {small:,}",
        timed(lambda: work(small * 10)),
        timed(lambda: work(small)),
        rounds=rounds,
        most=most,
    )


def table(results: Sequence[Result]) -> str:
    """What was measured, as lines for a terminal."""
    head = ("what", "ours", "against", "ratio", "goal", "")
    rows = [head] + [
        (
            each.name,
            f"{each.ours:,.1f} {each.unit}",
            f"{each.against:,.1f} {each.unit}",
            f"{each.ratio:.2f}",
            each.goal,
            "" if each.reached else "missed",
        )
        for each in results
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for name, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest[:-1], widths[1:-1], strict=True))
        lines.append("  ".join([name.ljust(widths[0]), *cells, rest[-1]]).rstrip())
    return "\n".join(lines)
