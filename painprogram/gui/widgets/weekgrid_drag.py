"""A card under way: where the pointer has taken it, snapped, and what stands in its way."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint

from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_values import Card, Slot, Target, hardest

DAY_END = 24 * 60
LEAST = 5  # minutes a card may be made as short as


def snapped(minute: float, step: int) -> int:
    return step * round(minute / step)


class Move:
    """The whole card follows the pointer, held where it was gripped."""

    def __init__(self, card: Card, layout: Layout, grip: QPoint, slots: Sequence[Slot]) -> None:
        self.card = card
        self.slots = slots
        self._grip = layout.minute(grip.y()) - card.start_minute
        self.target = self._target(card.start_minute, card)

    def follow(self, point: QPoint, layout: Layout, step: int) -> bool:
        """Take the card to *point*; True when it has snapped to another place."""
        found = layout.at(point)
        if found is None:
            return False
        day, lane, _minute = found
        start = snapped(layout.minute(point.y()) - self._grip, step)
        earliest, latest = layout.first, max(layout.first, layout.last - self.card.minutes)
        start = min(max(start, earliest), latest)
        place = (day.date, lane.key, start)
        if place == (self.target.day, self.target.lane, self.target.start_minute):
            return False
        bare = Target(self.card.key, day.date, lane.key, start, start + self.card.minutes)
        self.target = Target(
            bare.key,
            bare.day,
            bare.lane,
            bare.start_minute,
            bare.end_minute,
            hardest(self.slots, bare),
        )
        return True

    @staticmethod
    def _target(start: int, card: Card) -> Target:
        return Target(card.key, card.day, card.lane, start, start + card.minutes)

    @property
    def changed(self) -> bool:
        place = (self.target.day, self.target.lane, self.target.start_minute)
        return place != (self.card.day, self.card.lane, self.card.start_minute)


class Resize:
    """The lower edge follows the pointer."""

    slots: Sequence[Slot] = ()

    def __init__(self, card: Card) -> None:
        self.card = card
        self.target = Target(card.key, card.day, card.lane, card.start_minute, card.end_minute)

    def follow(self, point: QPoint, layout: Layout, step: int) -> bool:
        card = self.card
        end = max(snapped(layout.minute(point.y()), step), card.start_minute + LEAST)
        end = min(end, layout.last)
        if end == self.target.end_minute:
            return False
        self.target = Target(card.key, card.day, card.lane, card.start_minute, end)
        return True

    @property
    def changed(self) -> bool:
        return self.target.end_minute != self.card.end_minute


Drag = Move | Resize
