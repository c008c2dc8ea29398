"""The week with mouse and keyboard: cards that can be walked, moved and made longer.

The grid asks (``move_asked``, ``resize_asked``), it never changes a card itself; whoever fills it
answers with ``show_week``.
"""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from painprogram.gui.widgets import weekgrid_access, weekgrid_keys
from painprogram.gui.widgets.weekgrid_drag import DAY_END, LEAST, Move, Resize
from painprogram.gui.widgets.weekgrid_values import Card, Day, Lane, Slot, SlotPainter, Target
from painprogram.gui.widgets.weekgrid_view import USUAL_ZOOM, ZOOMS, WeekView

__all__ = ["Card", "Day", "Lane", "Slot", "SlotPainter", "Target", "WeekGrid"]

_FINE_FROM = 120  # an hour as tall as this snaps to 5 minutes, a lower one to 15
_EDGE = 6  # the strip at the lower edge that resizes
_BORDER = 24  # how near the rim a drag scrolls


class WeekGrid(WeekView):
    """Minutes count from midnight; ``slot_painter`` may say where a dragged card can land."""

    activated = Signal(object)  # key
    move_asked = Signal(object, object, int, object)  # key, date, start minute, lane key
    resize_asked = Signal(object, int)  # key, minutes
    context_menu_asked = Signal(object, QPoint)  # key or None, place on the screen
    empty_activated = Signal(object, int, object)  # date, minute, lane key
    drag_began = Signal(object)  # key
    drag_moved = Signal(object)  # Target

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        weekgrid_access.install(WeekGrid)
        self.slot_painter: SlotPainter | None = None
        self._pressed: tuple[QPoint, Card, bool] | None = None
        self._creep = QTimer(self, interval=40)
        self._creep.timeout.connect(self._scroll_along)

    def show_week(self, days: Sequence[Day], lanes: Sequence[Lane], cards: Sequence[Card]) -> None:
        """Show these; the current card and the scroll position stay where they can."""
        super().show_week(days, lanes, cards)
        if self._drag is None:
            self._pressed = None

    # The mouse.

    def _key_at(self, point: QPoint) -> Hashable | None:
        where = point + self._offset()
        rects = reversed(self._layout.rects.items())
        return next((key for key, rect in rects if rect.contains(where)), None)

    def _on_edge(self, key: Hashable, point: QPoint) -> bool:
        rect = self.rect_of(key)
        return self._cards[key].draggable and rect.bottom() - _EDGE < point.y() <= rect.bottom()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        point = event.position().toPoint()
        key = self._key_at(point)
        if key is None:
            self.select(())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            rest = tuple(other for other in self._selection if other != key)
            self.select(rest if key in self._selection else (*rest, key), key)
        elif key not in self._selection or event.button() == Qt.MouseButton.LeftButton:
            self.select((key,))
        if key is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = point + self._offset(), self._cards[key], self._on_edge(key, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._drag is None and self._pressed is not None:
            grip, card, edge = self._pressed
            far = (point + self._offset() - grip).manhattanLength()
            if card.draggable and far >= QApplication.startDragDistance():
                self._begin(card, grip, edge=edge)
        if self._drag is not None:
            self._drag_to(point, fine=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return
        self._hover_over(point)

    def _hover_over(self, point: QPoint | None) -> None:
        key = None if point is None else self._key_at(point)
        if key != self._hover:
            for changed in (self._hover, key):
                self.viewport().update(self.rect_of(changed).adjusted(-1, -1, 1, 1))
            self._hover = key
        edge = point is not None and key is not None and self._on_edge(key, point)
        self.viewport().setCursor(
            Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        drag = self._drag
        if drag is None:
            return
        self.cancel_drag()
        target = drag.target
        if drag.changed and isinstance(drag, Move):
            self.move_asked.emit(target.key, target.day, target.start_minute, target.lane)
        elif drag.changed:
            self.resize_asked.emit(target.key, target.end_minute - target.start_minute)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        key = self._key_at(point)
        found = self._layout.at(point + self._offset())
        if key is not None:
            self._pressed = None
            self.activated.emit(key)
        elif found is not None:
            day, lane, minute = found
            step = self.snap
            self.empty_activated.emit(day.date, int(minute) // step * step, lane.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            key = self._key_at(self.viewport().mapFromGlobal(event.globalPos()))
            self.context_menu_asked.emit(key, event.globalPos())
        else:
            where = self.rect_on_screen(self._current).center()
            self.context_menu_asked.emit(self._current, where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step_zoom(event.angleDelta().y(), round(event.position().y()))
            event.accept()
        else:
            super().wheelEvent(event)

    def _step_zoom(self, way: int, anchor: int | None = None) -> None:
        at = ZOOMS.index(self._zoom) + (way > 0) - (way < 0)
        wanted = USUAL_ZOOM if way == 0 else ZOOMS[min(max(at, 0), len(ZOOMS) - 1)]
        self.set_zoom(wanted, anchor)

    # Dragging.

    @property
    def snap(self) -> int:
        """Minutes a drag snaps to at this zoom."""
        return 5 if self._zoom >= _FINE_FROM else 15

    @property
    def dragging(self) -> Target | None:
        """Where the dragged card would land now."""
        return self._drag.target if self._drag else None

    def _begin(self, card: Card, grip: QPoint, *, edge: bool) -> None:
        if edge:
            self._drag = Resize(card)
        else:
            slots = tuple(self.slot_painter(card)) if self.slot_painter else ()
            self._drag = Move(card, self._layout, grip, slots)
        self._hover = None
        QToolTip.hideText()
        self._creep.start()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.drag_began.emit(card.key)
        self.viewport().update()

    def _drag_to(self, point: QPoint, *, fine: bool) -> None:
        if self._drag is None:
            return
        step = 5 if fine else self.snap
        if self._drag.follow(point + self._offset(), self._layout, step):
            self.drag_moved.emit(self._drag.target)
            self.viewport().update()

    def _scroll_along(self) -> None:
        """Near the rim the week creeps along under the dragged card."""
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        view, before = self.viewport().rect(), self._offset()
        if self._drag is None or not view.contains(point):
            return
        for bar, at, length in (
            (self.horizontalScrollBar(), point.x(), view.width()),
            (self.verticalScrollBar(), point.y(), view.height()),
        ):
            step = (at > length - _BORDER) - (at < _BORDER)
            bar.setValue(bar.value() + 12 * step)
        if self._offset() != before:
            self._drag_to(point, fine=False)

    def cancel_drag(self) -> None:
        """The card stays where it was."""
        self._creep.stop()
        self._pressed = None
        super().cancel_drag()

    # The keyboard.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            cancels = self._drag is not None and event.key() == Qt.Key.Key_Escape
            if cancels or (self._current is not None and weekgrid_keys.read(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._drag is not None:
            if event.key() == Qt.Key.Key_Escape:
                self.cancel_drag()
            return
        stroke = weekgrid_keys.read(event)
        if stroke is None:
            super().keyPressEvent(event)
        elif stroke.verb == "zoom":
            self._step_zoom(stroke.dy)
        elif stroke.verb in ("move", "lane", "resize"):
            self._change_by_key(stroke)
        elif stroke.verb == "open":
            if self._current is not None:
                self.activated.emit(self._current)
        else:
            self._walk(stroke)

    def _walk(self, stroke: weekgrid_keys.Stroke) -> None:
        keys: list[Hashable] = list(self._cards)
        if not keys:
            return
        here = self._cards.get(self._current)
        if here is None:
            key: Hashable | None = keys[-1] if stroke.verb.endswith("last") else keys[0]
        elif stroke.verb == "walk":
            key = self._layout.neighbour(here.key, stroke.dx, stroke.dy)
        else:
            if stroke.verb.startswith("day"):
                day = [card for card in self._cards.values() if card.day == here.day]
                day.sort(key=lambda card: card.start_minute)
                keys = [card.key for card in day]
            key = keys[-1] if stroke.verb.endswith("last") else keys[0]
        if key is not None:
            self.select((key,))
            self.show_card(key)

    def _change_by_key(self, stroke: weekgrid_keys.Stroke) -> None:
        card = self._cards.get(self._current)
        if card is None or not card.draggable:
            return
        self._follow_next = True
        step = weekgrid_keys.STEP
        if stroke.verb == "resize":
            minutes = max(LEAST, card.minutes + step * stroke.dy)
            if minutes != card.minutes and card.start_minute + minutes <= DAY_END:
                self.resize_asked.emit(card.key, minutes)
            return
        day, lane, start = card.day, card.lane, card.start_minute + step * stroke.dy
        if stroke.verb == "lane":
            lanes = [lane.key for lane in self._lanes]
            lane = lanes[min(max(lanes.index(lane) + stroke.dx, 0), len(lanes) - 1)]
        elif stroke.dx:
            days = [d.date for d in self._days if not d.closed or d.date == day]
            day = days[min(max(days.index(day) + stroke.dx, 0), len(days) - 1)]
        start = min(max(start, 0), DAY_END - card.minutes)
        if (day, lane, start) != (card.day, card.lane, card.start_minute):
            self.move_asked.emit(card.key, day, start, lane)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if by_key and self._current is None and self._cards:
            self.select((next(iter(self._cards)),))
        if self._current is not None:
            weekgrid_access.say_focus(self, self._current)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover_over(None)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            card = self._cards.get(self._key_at(event.pos()))
            text = card.tooltip or card.title if card and not self._drag else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)
