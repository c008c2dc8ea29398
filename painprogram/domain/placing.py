"""Where in a stretch of days something could stand: free, to be acknowledged, or blocked, and why.

Pure over a frozen *board*; nothing is looked up, so a drag can ask at every step.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby, pairwise
from typing import TypeVar
from uuid import UUID

from painprogram.domain.rules import Level
from painprogram.domain.rules.board import (
    MILDEST_FIRST,
    OF_LEVEL,
    Board,
    Finding,
    Verdict,
    as_led_by,
    findings,
    in_room,
    moved_to,
    new_findings,
    verdict,
)
from painprogram.domain.rules.occasion import Occasion
from painprogram.domain.rules.spans import Away, Obstacle, away, obstacles, remarks
from painprogram.i18n import _

__all__ = [
    "Away",
    "Board",
    "Finding",
    "Obstacle",
    "Stretch",
    "Verdict",
    "as_led_by",
    "away",
    "findings",
    "in_room",
    "moved_to",
    "nearest_free",
    "new_findings",
    "obstacles",
    "remarks",
    "stretches",
    "verdict",
]
K = TypeVar("K", bound=Hashable)
_HARDEST_FIRST = MILDEST_FIRST[::-1]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day with one verdict; the hardest reason stands first."""

    start: datetime
    end: datetime
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    other: UUID | None = None
    notes: tuple[str, ...] = ()
    """What is good to know and stops nothing."""


def stretches(
    board: Board, held: Occasion, day: date, first: time, last: time
) -> tuple[Stretch, ...]:
    """The part of *day* from *first* to *last* as it is for *held*, with its leaders and room.

    What *held* would touch is what it meets: the hardest of the stretches it lies on holds.
    """
    begin, end = datetime.combine(day, first), datetime.combine(day, last)
    in_the_way = [o for o in obstacles(board, held, day) if o.start < end and begin < o.end]
    wherever = [Obstacle(one.rule, one.level, begin, end, one.text) for one in remarks(board, held)]
    edges = {begin, end}
    for one in in_the_way:
        edges |= {max(begin, one.start), min(end, one.end)}
    parts: list[Stretch] = []
    for start, until in pairwise(sorted(edges)):
        there = [one for one in in_the_way if one.start < until and start < one.end]
        parts.append(_part(start, until, [*there, *wherever]))
    return tuple(_joined(_long_enough(parts, held.end - held.start)))


def _part(start: datetime, end: datetime, there: Sequence[Obstacle]) -> Stretch:
    ordered = sorted(there, key=lambda one: _HARDEST_FIRST.index(OF_LEVEL[one.level]))
    hard = [one for one in ordered if one.level is not Level.INFORMATION]
    soft = [one for one in ordered if one.level is Level.INFORMATION]
    return Stretch(
        start,
        end,
        OF_LEVEL[hard[0].level] if hard else Verdict.FREE,
        tuple(dict.fromkeys(one.reason for one in hard)),
        next((one.other for one in hard if one.other), None),
        tuple(dict.fromkeys(one.reason for one in soft)),
    )


def _long_enough(parts: list[Stretch], length: timedelta) -> list[Stretch]:
    """A gap that is too short is as hard as the milder of what lies around it."""
    for mild, harder in pairwise(MILDEST_FIRST):
        long_enough: list[Stretch] = []
        for inside, run in groupby(parts, partial(_within, mild)):
            there = list(run)
            free = there[-1].end - there[0].start
            if inside and free < length:
                only = _("Only {minutes} minutes are free here.").format(
                    minutes=free // timedelta(minutes=1)
                )
                there = [
                    replace(one, verdict=harder, reasons=(only, *one.reasons)) for one in there
                ]
            long_enough += there
        parts = long_enough
    return [_only_once(part) for part in parts]


def _within(most: Verdict, part: Stretch) -> bool:
    return MILDEST_FIRST.index(part.verdict) <= MILDEST_FIRST.index(most)


def _only_once(part: Stretch) -> Stretch:
    return replace(part, reasons=tuple(dict.fromkeys(part.reasons)))


def _joined(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours that say the same become one."""
    before: Stretch | None = None
    for part in parts:
        if before is None:
            before = part
        elif replace(part, start=before.start) == replace(before, end=part.end):
            before = replace(before, end=part.end)
        else:
            yield before
            before = part
    if before is not None:
        yield before


def nearest_free(
    options: Iterable[tuple[K, Stretch]], wanted: datetime, minutes: int
) -> tuple[K, datetime] | None:
    """The free place closest in time to *wanted*: its lane and start; None where there is none.

    Of each lane the stretches come in order of time.
    """
    length = timedelta(minutes=minutes)
    best: tuple[timedelta, K, datetime] | None = None
    for lane, first, last in _free(options):
        if last - first < length:
            continue
        start = min(max(wanted, first), last - length)
        away_from = abs(start - wanted)
        if best is None or away_from < best[0]:
            best = away_from, lane, start
    return best and best[1:]


def _free(options: Iterable[tuple[K, Stretch]]) -> Iterator[tuple[K, datetime, datetime]]:
    """Free stretches that touch are one, whatever is noted of each."""
    going: tuple[K, datetime, datetime] | None = None
    for lane, stretch in options:
        if stretch.verdict is not Verdict.FREE:
            continue
        if going is not None and (going[0], going[2]) == (lane, stretch.start):
            going = lane, going[1], stretch.end
            continue
        if going is not None:
            yield going
        going = lane, stretch.start, stretch.end
    if going is not None:
        yield going
