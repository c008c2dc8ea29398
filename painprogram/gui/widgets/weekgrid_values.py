"""What a week grid shows and what it is told: frozen values without a noun of the field."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

SlotState = Literal["free", "acknowledge", "blocked"]
ShadeKind = Literal["closed", "off", "away", "busy"]
HARDNESS: dict[SlotState, int] = {"free": 0, "acknowledge": 1, "blocked": 2}


@dataclass(frozen=True, slots=True)
class Lane:
    """One column within each day; *subtitle* goes to its tooltip, *short* where it is narrow."""

    key: Hashable
    title: str
    subtitle: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """*title* ``Tis 10 nov``, *short* ``Fre 13`` for a narrow column, *closed* says why."""

    date: date
    title: str
    short: str = ""
    today: bool = False
    past: bool = False
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that takes time in one lane of one day; minutes count from midnight.

    *corner* is the quiet text at the upper right, *badge* a letter in a box after *subtitle*,
    *kind* the name of a kind in the theme. *linked* has a dashed edge, *locked* a padlock; a
    *fixed* card can't be dragged. A *cut* one waits, faded, to be pasted elsewhere. With a
    *number* it stands where a proposal would have it.
    """

    key: Hashable
    day: date
    lane: Hashable
    start_minute: int
    end_minute: int
    title: str
    corner: str = ""
    subtitle: str = ""
    badge: str = ""
    kind: str = ""
    used: int | None = None
    total: int | None = None
    conflict: bool = False
    acknowledged: bool = False
    cancelled: bool = False
    changed: bool = False
    locked: bool = False
    linked: bool = False
    past: bool = False
    fixed: bool = False
    cut: bool = False
    number: int = 0
    tooltip: str = ""
    accessible_text: str = ""

    @property
    def minutes(self) -> int:
        return self.end_minute - self.start_minute

    @property
    def draggable(self) -> bool:
        return not (self.cancelled or self.fixed)


@dataclass(frozen=True, slots=True)
class Slot:
    """How a stretch of one lane takes to the card that is dragged.

    *reason* is the hardest one in words, *detail* what else there is to say, *blocker* the key
    of the card that stands in the way.
    """

    day: date
    lane: Hashable
    from_minute: int
    to_minute: int
    state: SlotState
    reason: str = ""
    detail: str = ""
    blocker: Hashable = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a dragged card would land."""

    key: Hashable
    day: date
    lane: Hashable
    start_minute: int
    end_minute: int
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the week, whether or not anything stands there."""

    day: date
    lane: Hashable
    minute: int


@dataclass(frozen=True, slots=True)
class Shade:
    """A stretch in which nothing should stand, and why; *lane* None is every lane of the day."""

    day: date
    lane: Hashable | None
    start_minute: int
    end_minute: int
    text: str
    kind: ShadeKind

    def covers(self, spot: Spot) -> bool:
        return (
            self.day == spot.day
            and self.lane in (None, spot.lane)
            and self.start_minute <= spot.minute < self.end_minute
        )


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where the card *key* stands for everybody else until its new place is told.

    With a *number*: where it stands now, and a proposal would take it from.
    """

    key: Hashable
    day: date
    lane: Hashable
    start_minute: int
    end_minute: int
    title: str
    tooltip: str = ""
    number: int = 0


SlotPainter = Callable[[Card], Sequence[Slot]]


def hardest(slots: Sequence[Slot], target: Target) -> Slot | None:
    """Of the slots *target* would touch, the one that says no the loudest."""
    touched = [
        slot
        for slot in slots
        if slot.day == target.day
        and slot.lane == target.lane
        and slot.from_minute < target.end_minute
        and target.start_minute < slot.to_minute
    ]
    return max(touched, key=lambda slot: HARDNESS[slot.state], default=None)
