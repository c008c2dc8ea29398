"""Cards under way: where the pointer has taken them, snapped, and what stands in their way."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint

from painprogram.gui.widgets.weekgrid_layout import Layout, Shift
from painprogram.gui.widgets.weekgrid_values import HARDNESS, Card, Slot, Target, hardest

DAY_END = 24 * 60
LEAST = 5  # minutes a card may be made as short as


def snapped(minute: float, step: int) -> int:
    return step * round(minute / step)


class Move:
    """Whole cards follow the pointer, held where one of them was gripped.

    *slots* says by card how each place takes to it; the others keep their distance to the first.
    """

    def __init__(
        self,
        cards: Sequence[Card],
        layout: Layout,
        grip: QPoint,
        slots: Mapping[Hashable, Sequence[Slot]],
    ) -> None:
        self.cards = tuple(cards)
        self.card = self.cards[0]
        self._slots = slots
        self._grip = layout.minute(grip.y()) - self.card.start_minute
        self._shift = Shift(0, 0, 0)
        self.targets = tuple(_at_home(card) for card in self.cards)

    @property
    def slots(self) -> Sequence[Slot]:
        """How each place takes to the card that was gripped."""
        return self._slots.get(self.card.key, ())

    @property
    def target(self) -> Target:
        """Of the card that was gripped, with what says no the loudest to any of them."""
        own = self.targets[0]
        said = [target.slot for target in self.targets if target.slot is not None]
        worst = max(said, key=lambda slot: HARDNESS[slot.state], default=None)
        return replace(own, slot=worst)

    def follow(self, point: QPoint, layout: Layout, step: int) -> bool:
        """Take the cards to *point*; True when they have snapped to other places."""
        found = layout.at(point)
        if found is None:
            return False
        day, lane, _minute = found
        start = snapped(layout.minute(point.y()) - self._grip, step)
        there, home = (
            layout.column(day.date, lane.key),
            layout.column(self.card.day, self.card.lane),
        )
        if there is None or home is None:
            return False
        wanted = Shift(there.day - home.day, there.lane - home.lane, start - self.card.start_minute)
        shift = layout.shifted(self.cards, wanted)
        if shift == self._shift:
            return False
        self._shift = shift
        self.targets = tuple(self._landed(card, layout, shift) for card in self.cards)
        return True

    def _landed(self, card: Card, layout: Layout, shift: Shift) -> Target:
        day, lane, start = layout.landing(card, shift)
        bare = Target(card.key, day, lane, start, start + card.minutes)
        return replace(bare, slot=hardest(self._slots.get(card.key, ()), bare))

    @property
    def changed(self) -> bool:
        return self._shift != Shift(0, 0, 0)


class Resize:
    """The lower edge follows the pointer."""

    slots: Sequence[Slot] = ()

    def __init__(self, card: Card) -> None:
        self.card = card
        self.cards = (card,)
        self.target = _at_home(card)

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


def _at_home(card: Card) -> Target:
    return Target(card.key, card.day, card.lane, card.start_minute, card.end_minute)


Drag = Move | Resize
