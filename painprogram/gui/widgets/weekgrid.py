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
from painprogram.gui.widgets.weekgrid_choice import WeekChoice
from painprogram.gui.widgets.weekgrid_drag import DAY_END, LEAST, Move, Resize
from painprogram.gui.widgets.weekgrid_layout import Shift
from painprogram.gui.widgets.weekgrid_shades import ghost_rect
from painprogram.gui.widgets.weekgrid_values import (
    Card,
    Day,
    Ghost,
    Lane,
    Shade,
    Slot,
    SlotPainter,
    Spot,
    Target,
)
from painprogram.gui.widgets.weekgrid_view import USUAL_ZOOM, ZOOMS

__all__ = [
    "USUAL_ZOOM",
    "Card",
    "Day",
    "Ghost",
    "Lane",
    "Shade",
    "Slot",
    "SlotPainter",
    "Spot",
    "Target",
    "WeekGrid",
]

_BORDER = 24  # how near the rim a drag scrolls
_CHANGES = ("move", "lane", "resize")
_CLIPBOARD = ("cut", "copy", "paste")


class WeekGrid(WeekChoice):
    """Minutes count from midnight; ``slot_painter`` may say where a dragged card can land."""

    activated = Signal(object)  # key
    move_asked = Signal(object, object, int, object)  # key, date, start minute, lane key
    several_asked = Signal(object)
    """A tuple of ``Target``: several cards are to move together."""
    resize_asked = Signal(object, int)  # key, minutes
    cut_asked = Signal()
    copy_asked = Signal()
    paste_asked = Signal()
    context_menu_asked = Signal(object, QPoint)  # key or None, place on the screen
    empty_activated = Signal(object, int, object)  # date, minute, lane key
    drag_began = Signal(object)  # key
    drag_moved = Signal(object)  # Target

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        weekgrid_access.install(WeekGrid)
        self.slot_painter: SlotPainter | None = None
        self._moving: tuple[Card, ...] = ()
        self._creep = QTimer(self, interval=40)
        self._creep.timeout.connect(self._scroll_along)

    def show_week(self, days: Sequence[Day], lanes: Sequence[Lane], cards: Sequence[Card]) -> None:
        """Show these; the current card and the scroll position stay where they can."""
        if tuple(day.date for day in days) != tuple(day.date for day in self._days):
            self._pointed = None
        super().show_week(days, lanes, cards)
        if self._drag is None:
            self._pressed = None

    # The mouse.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._pointed = point
        if self._drag is None and self._pressed is not None:
            grip, card, edge = self._pressed
            far = (point + self._offset() - grip).manhattanLength()
            if card.draggable and far >= QApplication.startDragDistance():
                self._begin(card, grip, edge=edge)
        if self._drag is not None:
            self._drag_to(point, fine=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        elif self._corner is not None:
            self._draw_band(point)
            self._creep.start()
        else:
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
        self._creep.stop()
        drag = self._drag
        if drag is None:
            self._end_press(event.position().toPoint())
            return
        self._alone = None
        self.cancel_drag()
        target = drag.target
        if drag.changed and isinstance(drag, Move):
            if len(drag.targets) > 1:
                self.several_asked.emit(drag.targets)
            else:
                self.move_asked.emit(target.key, target.day, target.start_minute, target.lane)
        elif drag.changed:
            self.resize_asked.emit(target.key, target.end_minute - target.start_minute)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        key, spot = self._key_at(point), self._spot_at(point)
        if key is not None:
            self._pressed = self._alone = None
            self.activated.emit(key)
        elif spot is not None:
            self.empty_activated.emit(spot.day, spot.minute, spot.lane)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            key = self._key_at(self.viewport().mapFromGlobal(event.globalPos()))
            self.context_menu_asked.emit(key, event.globalPos())
        else:
            where = self.rect_on_screen(self._current).center()
            if self._current is None:
                where = self.viewport().mapToGlobal(self.viewport().rect().center())
            self.context_menu_asked.emit(self._current, where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(event.angleDelta().y(), round(event.position().y()))
            event.accept()
        else:
            super().wheelEvent(event)

    def step_zoom(self, way: int, anchor: int | None = None) -> None:
        """Larger by a step for 1, smaller for -1, as usual for 0; see ``set_zoom``."""
        at = ZOOMS.index(self._zoom) + (way > 0) - (way < 0)
        wanted = USUAL_ZOOM if way == 0 else ZOOMS[min(max(at, 0), len(ZOOMS) - 1)]
        self.set_zoom(wanted, anchor)

    # Dragging.

    @property
    def dragging(self) -> Target | None:
        """Where the dragged card would land now."""
        return self._drag.target if self._drag else None

    @property
    def moving(self) -> tuple[Hashable, ...]:
        """The cards that are dragged, the one that was gripped first."""
        return tuple(card.key for card in self._moving)

    def _begin(self, card: Card, grip: QPoint, *, edge: bool) -> None:
        if edge:
            self._moving = (card,)
            self._drag = Resize(card)
        else:
            self._moving = self._together(card)
            paint = self.slot_painter
            slots = {one.key: tuple(paint(one)) for one in reversed(self._moving)} if paint else {}
            self._drag = Move(self._moving, self._layout, grip, slots)
        self._hover = None
        QToolTip.hideText()
        self._creep.start()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.drag_began.emit(card.key)
        self.viewport().update()

    def _together(self, card: Card) -> tuple[Card, ...]:
        """*card*, and with it the other selected ones where it is selected itself."""
        if card.key not in self._selection:
            return (card,)
        rest = (self._cards[key] for key in self._selection if key != card.key)
        return (card, *(one for one in rest if one.draggable))

    def _drag_to(self, point: QPoint, *, fine: bool) -> None:
        if self._drag is None:
            return
        step = 5 if fine else self.snap
        if self._drag.follow(point + self._offset(), self._layout, step):
            self.drag_moved.emit(self._drag.target)
            self.viewport().update()

    def _scroll_along(self) -> None:
        """Near the rim the week creeps along under what is dragged."""
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        view, before = self.viewport().rect(), self._offset()
        if (self._drag is None and self._band is None) or not view.contains(point):
            return
        for bar, at, length in (
            (self.horizontalScrollBar(), point.x(), view.width()),
            (self.verticalScrollBar(), point.y(), view.height()),
        ):
            step = (at > length - _BORDER) - (at < _BORDER)
            bar.setValue(bar.value() + 12 * step)
        if self._offset() != before:
            self._drag_to(point, fine=False)
            self._draw_band(point)

    def cancel_drag(self) -> None:
        """The cards stay where they were."""
        self._creep.stop()
        self._pressed = None
        super().cancel_drag()
        self._moving = ()

    # The keyboard.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            busy = self._drag is not None or self._band is not None
            cancels = busy and event.key() == Qt.Key.Key_Escape
            stroke = weekgrid_keys.read(event)
            lone = stroke is not None and stroke.verb in weekgrid_keys.WANTS_CARD
            if cancels or (stroke is not None and not (lone and self._current is None)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._escape():
            return
        if self._drag is not None:
            return
        stroke = weekgrid_keys.read(event)
        if stroke is None:
            super().keyPressEvent(event)
        elif stroke.verb == "zoom":
            self.step_zoom(stroke.dy)
        elif stroke.verb in _CHANGES:
            self._change_by_key(stroke)
        elif stroke.verb in _CLIPBOARD:
            asks = {"cut": self.cut_asked, "copy": self.copy_asked, "paste": self.paste_asked}
            asks[stroke.verb].emit()
        elif stroke.verb == "open":
            if self._current is not None:
                self.activated.emit(self._current)
        else:
            self._choose_with_key(stroke)

    def _escape(self) -> bool:
        """Leave what is under way; False where nothing is."""
        if self._drag is not None:
            self.cancel_drag()
        elif self._mark is not None:
            self.mark(None)
        else:
            return self._leave_band()
        return True

    def _change_by_key(self, stroke: weekgrid_keys.Stroke) -> None:
        card = self._cards.get(self._current)
        if card is None or not card.draggable:
            return
        self._pointed = None
        self._follow_next = True
        step = weekgrid_keys.STEP
        if stroke.verb == "resize":
            minutes = max(LEAST, card.minutes + step * stroke.dy)
            if minutes != card.minutes and card.start_minute + minutes <= DAY_END:
                self.resize_asked.emit(card.key, minutes)
            return
        cards = self._together(card)
        lanes = stroke.dx if stroke.verb == "lane" else 0
        days = 0 if lanes else self._days_to_open(card, stroke.dx)
        shift = self._layout.shifted(cards, Shift(days, lanes, step * stroke.dy), (0, DAY_END))
        if shift == Shift(0, 0, 0):
            return
        if len(cards) == 1:
            day, lane, start = self._layout.landing(card, shift)
            self.move_asked.emit(card.key, day, start, lane)
            return
        places = [(one, self._layout.landing(one, shift)) for one in cards]
        self.several_asked.emit(
            tuple(
                Target(one.key, day, lane, start, start + one.minutes)
                for one, (day, lane, start) in places
            )
        )

    def _days_to_open(self, card: Card, way: int) -> int:
        """How many days away the next day lies that is not closed; 0 where there is none."""
        dates = [day.date for day in self._days]
        at = dates.index(card.day) + way
        while way and 0 <= at < len(dates) and self._days[at].closed:
            at += way
        return at - dates.index(card.day) if 0 <= at < len(dates) else 0

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
            self._pointed = None
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = "" if self._drag else self._tip_at(event.pos())
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip_at(self, point: QPoint) -> str:
        """About the card there, the old place of one, or what shades the place."""
        card = self._cards.get(self._key_at(point))
        if card is not None:
            return card.tooltip or card.title
        where = point + self._offset()
        for ghost in self._ghosts:
            rect = self._layout.ghosts.get(ghost) or ghost_rect(self._layout, ghost)
            if rect.contains(where):
                return ghost.tooltip or ghost.title
        spot = self._spot_at(point)
        shade = self.shade_at(spot) if spot else None
        return shade.text if shade else ""
