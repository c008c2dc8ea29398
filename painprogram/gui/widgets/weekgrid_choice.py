"""Choosing in a week grid: one card, several, all, those in a frame; or a place between them."""

from collections.abc import Hashable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from painprogram.gui.widgets import weekgrid_access, weekgrid_shades
from painprogram.gui.widgets.weekgrid_drawn import WeekDrawn
from painprogram.gui.widgets.weekgrid_keys import STEP, Stroke
from painprogram.gui.widgets.weekgrid_values import Card, Spot

_EDGE = 6  # the strip at the lower edge that resizes
_FINE_FROM = 150  # at this zoom five minutes are tall enough to aim at
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class WeekChoice(WeekDrawn):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: tuple[QPoint, Card, bool] | None = None
        self._alone: Hashable | None = None
        """The card that is to be the only one, if the press turns out to be no drag."""
        self._corner: QPoint | None = None
        """Where a frame begins."""
        self._kept: tuple[Hashable, ...] = ()
        """What was selected when the frame began."""
        self._pointed: QPoint | None = None
        """Where the mouse was last, if nothing was typed since."""
        self._anchor: Hashable | None = None
        """Where the range of a Shift+click begins."""

    @property
    def snap(self) -> int:
        """Minutes a drag and a marked place snap to at this zoom."""
        return 5 if self._zoom >= _FINE_FROM else STEP

    def paste_spot(self) -> Spot | None:
        """Where something new is wanted: the marked place, else the one under the mouse."""
        if self._mark is not None:
            return self._mark
        return self._spot_at(self._pointed) if self._pointed is not None else None

    def select_all(self) -> None:
        """Every card of the week; the current one stays so."""
        self.select(tuple(self._cards), self._current)

    # The mouse.

    def _key_at(self, point: QPoint) -> Hashable | None:
        where = point + self._offset()
        rects = reversed(self._layout.rects.items())
        return next((key for key, rect in rects if rect.contains(where)), None)

    def _spot_at(self, point: QPoint) -> Spot | None:
        found = self._layout.at(point + self._offset())
        if found is None:
            return None
        day, lane, minute = found
        return Spot(day.date, lane.key, min(int(minute) // self.snap * self.snap, 24 * 60 - STEP))

    def _on_edge(self, key: Hashable, point: QPoint) -> bool:
        rect = self.rect_of(key)
        return self._cards[key].draggable and rect.bottom() - _EDGE < point.y() <= rect.bottom()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        left, point = event.button() == Qt.MouseButton.LeftButton, event.position().toPoint()
        key, held = self._key_at(point), event.modifiers() & _SEVERAL
        self._alone = self._corner = None
        self._pointed = point
        if key is None:
            if not held:
                self.select(())
            if left:
                self._corner, self._kept = point + self._offset(), self._selection
            else:
                self.mark(self._spot_at(point))
            return
        self._choose_with_mouse(key, held, left=left)
        if left:
            self._pressed = point + self._offset(), self._cards[key], self._on_edge(key, point)

    def _choose_with_mouse(self, key: Hashable, held: Qt.KeyboardModifier, *, left: bool) -> None:
        if held & Qt.KeyboardModifier.ShiftModifier:
            more = held & Qt.KeyboardModifier.ControlModifier
            self.select((*(self._selection if more else ()), *self._range_to(key)), key)
            return
        self._anchor = key
        if held:
            rest = tuple(other for other in self._selection if other != key)
            self.select(rest if key in self._selection else (*rest, key), key)
        elif key not in self._selection:
            self.select((key,))
        else:
            self._alone = key if left else None
            self.select(self._selection, key)

    def _range_to(self, key: Hashable) -> list[Hashable]:
        """The cards in the frame that spans the first one chosen and *key*."""
        start = self._layout.rects.get(self._anchor, self._layout.rects.get(self._current))
        end = self._layout.rects[key]
        return self._layout.touched(end if start is None else start.united(end))

    def _draw_band(self, point: QPoint) -> None:
        """Stretch the frame to *point*, once it is large enough to be one."""
        if self._corner is None:
            return
        here = point + self._offset()
        far = (here - self._corner).manhattanLength() >= QApplication.startDragDistance()
        if self._band is None and not far:
            return
        self._band = QRect(self._corner, here).normalized()
        inside = self._layout.touched(self._band)
        self.select((*(key for key in self._kept if key not in inside), *inside))
        self.viewport().update()

    def _end_press(self, point: QPoint) -> None:
        """What a press without a drag comes to: a frame is done, one card is alone, or a place."""
        if self._band is not None:
            self._band = None
            self.viewport().update()
        elif self._corner is not None and not self._selection:
            self.mark(self._spot_at(point))
        elif self._alone is not None:
            self.select((self._alone,))
        self._corner = self._alone = None

    def _leave_band(self) -> bool:
        """Take the frame away, with what it has chosen; False where there is none."""
        if self._band is None:
            return False
        self._band = self._corner = None
        self.select(self._kept)
        return True

    # The keyboard.

    def _choose_with_key(self, stroke: Stroke) -> None:
        self._pointed = None
        if stroke.verb == "all":
            self.select_all()
        elif stroke.verb == "mark":
            self._walk_mark(stroke)
        else:
            self._walk(stroke)

    def _walk(self, stroke: Stroke) -> None:
        keys: list[Hashable] = list(self._cards)
        if not keys:
            return
        here = self._cards.get(self._current)
        if here is None:
            key: Hashable | None = keys[-1] if stroke.verb.endswith("last") else keys[0]
        elif stroke.verb in ("walk", "extend"):
            key = self._layout.neighbour(here.key, stroke.dx, stroke.dy)
        else:
            if stroke.verb.startswith("day"):
                day = [card for card in self._cards.values() if card.day == here.day]
                day.sort(key=lambda card: card.start_minute)
                keys = [card.key for card in day]
            key = keys[-1] if stroke.verb.endswith("last") else keys[0]
        if key is None:
            return
        if stroke.verb == "extend" and here is not None:
            self._extend(here.key, key)
        else:
            self._anchor = key
            self.select((key,))
        self.show_card(key)

    def _extend(self, here: Hashable, key: Hashable) -> None:
        """One more; or, on the way back, one less."""
        back = key in self._selection and here in self._selection
        gone = here if back else None
        rest = tuple(one for one in self._selection if one not in (gone, key))
        self.select((*rest, key), key)

    def _walk_mark(self, stroke: Stroke) -> None:
        """The marked place goes by quarters and columns; it begins at the current card."""
        here = self._mark
        if here is None:
            card = self._cards.get(self._current)
            if card is not None:
                here = Spot(card.day, card.lane, card.start_minute)
            elif self._days and self._lanes:
                here = Spot(self._days[0].date, self._lanes[0].key, self._layout.first)
        if here is None:
            return
        spot = self._layout.step(here, stroke.dx, stroke.dy * STEP)
        self.mark(spot)
        self._show_rect(weekgrid_shades.mark_rect(self._layout, spot))
        weekgrid_access.say(self, self._words_for(spot))

    def _words_for(self, spot: Spot) -> str:
        """The place in words: day, lane and time, and what shades it."""
        day = next((day.title for day in self._days if day.date == spot.day), "")
        lane = next((lane.title for lane in self._lanes if lane.key == spot.lane), "")
        shade = self.shade_at(spot)
        parts = (day, lane, weekgrid_shades.clock_of(spot), shade.text if shade else "")
        return ", ".join(part for part in parts if part)
