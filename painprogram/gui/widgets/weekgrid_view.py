"""A week on screen: days across, lanes within each day, time down. It knows no noun of ours."""

from collections.abc import Hashable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from painprogram.gui import theme
from painprogram.gui.widgets import weekgrid_access, weekgrid_paint
from painprogram.gui.widgets.weekgrid_card import CardPainter
from painprogram.gui.widgets.weekgrid_drag import DAY_END, Drag, Move, Resize
from painprogram.gui.widgets.weekgrid_edges import Heads, Hours, head_height, hours_width
from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_paint import Now
from painprogram.gui.widgets.weekgrid_values import Card, Day, Lane
from painprogram.i18n import _

ZOOMS = (40, 48, 56, 64, 72, 84, 96, 120, 150, 200)  # pixels for an hour at 10 pt
USUAL_ZOOM = 72


class WeekView(QAbstractScrollArea):
    """What can be seen and selected; ``WeekGrid`` adds the mouse and the keyboard."""

    current_changed = Signal(object)  # key or None
    selection_changed = Signal()
    drag_ended = Signal()
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[Day, ...] = ()
        self._lanes: tuple[Lane, ...] = ()
        self._cards: dict[Hashable, Card] = {}
        self._hours = (8, 17)
        self._zoom = USUAL_ZOOM
        self._now: Now | None = None
        self._current: Hashable | None = None
        self._selection: tuple[Hashable, ...] = ()
        self._hover: Hashable | None = None
        self._drag: Drag | None = None
        self._follow_next = False
        self._painter = CardPainter()
        self._back: tuple[object, QPixmap] | None = None
        self._layout = self._laid_out()
        self._heads = Heads(self, self._shown)
        self._side = Hours(self, self._shown)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Week"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._measure()
        theme.notifier.changed.connect(self._redress)

    # What is shown.

    def show_week(self, days: Sequence[Day], lanes: Sequence[Lane], cards: Sequence[Card]) -> None:
        """Show these; the current card and the scroll position stay where they can."""
        self._days, self._lanes = tuple(days), tuple(lanes)
        order = {lane.key: index for index, lane in enumerate(lanes)}
        known = [card for card in cards if card.lane in order]
        known.sort(key=lambda c: (c.day, order[c.lane], c.start_minute, str(c.key)))
        self._cards = {card.key: card for card in known}
        if self._drag is not None and self._cards.get(self._drag.card.key) != self._drag.card:
            self.cancel_drag()
        self._hover = self._hover if self._hover in self._cards else None
        self._relayout()
        self._keep_selection()
        if self._follow_next and self._current is not None:
            self.show_card(self._current)
        self._follow_next = False

    def _keep_selection(self) -> None:
        kept = tuple(key for key in self._selection if key in self._cards)
        if kept != self._selection:
            self._selection = kept
            self.selection_changed.emit()
        if self._current is not None and self._current not in self._cards:
            self._current = None
            self.current_changed.emit(None)

    def set_hours(self, first: int, last: int) -> None:
        """The whole hours shown, 0 to 24."""
        if not 0 <= first < last <= DAY_END // 60:
            raise ValueError((first, last))
        self._hours = (first, last)
        self._relayout()

    def set_now(self, when: datetime | None) -> None:
        """Where the line of now stands; None takes it away."""
        now = None if when is None else Now(when.date(), when.hour * 60 + when.minute)
        if now != self._now:
            self._now = now
            self._repaint_all()

    @property
    def zoom(self) -> int:
        """How many pixels an hour takes at 10 pt; one of ``ZOOMS``."""
        return self._zoom

    def set_zoom(self, zoom: int, anchor: int | None = None) -> None:
        """Keep the minute at *anchor* (pixels below the top of the view) where it is."""
        zoom = min(ZOOMS, key=lambda step: abs(step - zoom))
        if zoom == self._zoom:
            return
        keep = self.viewport().height() // 2 if anchor is None else anchor
        minute = self._layout.minute(self.verticalScrollBar().value() + keep)
        self._zoom = zoom
        self._relayout()
        self.verticalScrollBar().setValue(self._layout.y(minute) - keep)
        self.zoom_changed.emit(zoom)

    @property
    def cards(self) -> tuple[Card, ...]:
        """In the order of day, lane and time."""
        return tuple(self._cards.values())

    def card(self, key: Hashable) -> Card | None:
        return self._cards.get(key)

    @property
    def current(self) -> Hashable | None:
        """The key of the card that has the keyboard."""
        return self._current

    @property
    def selection(self) -> tuple[Hashable, ...]:
        return self._selection

    def select(self, keys: Sequence[Hashable], current: Hashable | None = None) -> None:
        """Select *keys*; *current* (else the last of them) takes the keyboard."""
        chosen = tuple(key for key in dict.fromkeys(keys) if key in self._cards)
        wanted = current if current in self._cards else (chosen[-1] if chosen else None)
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit()
        if wanted != self._current:
            self._current = wanted
            self.current_changed.emit(wanted)
            if wanted is not None and self.hasFocus():
                weekgrid_access.say_focus(self, wanted)
        self.viewport().update()

    def show_card(self, key: Hashable) -> None:
        """Scroll until the card is in view."""
        rect = self._layout.rects.get(key)
        if rect is None:
            return
        for bar, near, far, page in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), self.viewport().width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), self.viewport().height()),
        ):
            margin = min(16, max(0, (page - (far - near)) // 2))
            low = max(bar.value(), far + margin - page)
            bar.setValue(min(low, near - margin))

    def rect_of(self, key: Hashable) -> QRect:
        """The card's box in the viewport; empty when it isn't shown."""
        rect = self._layout.rects.get(key)
        return QRect() if rect is None else rect.translated(-self._offset())

    def rect_on_screen(self, key: Hashable) -> QRect:
        rect = self.rect_of(key)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def place_of(self, day: date, lane: Hashable, minute: int) -> QPoint:
        """The point in the viewport where *minute* begins in the middle of a lane."""
        rect = self._layout.slot_rect(day, lane, minute, minute + 1) or QRect()
        return QPoint(rect.center().x(), self._layout.y(minute)) - self._offset()

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(hours_width() + 160, head_height() + 120)

    # Layout and scrolling.

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _shown(self) -> tuple[Layout, int, int, Now | None]:
        offset = self._offset()
        return self._layout, offset.x(), offset.y(), self._now

    def _laid_out(self) -> Layout:
        view = self.viewport()
        return Layout(
            self._days,
            self._lanes,
            tuple(self._cards.values()),
            hours=self._hours,
            room=(view.width() - 1, view.height()),
            hour_height=self._zoom * theme.scale(),
            scale=theme.scale(),
        )

    def _measure(self) -> None:
        self.setViewportMargins(hours_width(), head_height(), 0, 0)

    def _relayout(self) -> None:
        self._layout = self._laid_out()
        view = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, self._layout.width + 1 - view.width()))
        across.setPageStep(view.width())
        across.setSingleStep(40)
        down.setRange(0, max(0, self._layout.height - view.height()))
        down.setPageStep(view.height())
        down.setSingleStep(max(8, round(self._layout.hour / 4)))
        area = self.viewport().geometry()
        self._heads.setGeometry(0, area.y() - head_height(), area.right() + 1, head_height())
        self._side.setGeometry(area.x() - hours_width(), area.y(), hours_width(), area.height())
        self._repaint_all()

    def _repaint_all(self) -> None:
        self._back = None
        self.viewport().update()
        self._heads.update()
        self._side.update()

    def _redress(self) -> None:
        self._painter.forget()
        self._measure()
        self._relayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        if dx:
            self._heads.update()
        if dy:
            self._side.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._redress()

    # Painting.

    def _background(self) -> QPixmap:
        view, ratio, offset = self.viewport(), self.viewport().devicePixelRatioF(), self._offset()
        key = (view.size(), ratio, offset.x(), offset.y())
        if self._back is None or self._back[0] != key:
            made = QPixmap(view.size() * ratio)
            made.setDevicePixelRatio(ratio)
            painter = QPainter(made)
            painter.translate(-offset)
            area = QRect(offset, view.size())
            weekgrid_paint.background(painter, self._layout, area, self._now, ratio)
            painter.end()
            self._back = key, made
        return self._back[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, offset = self.viewport().devicePixelRatioF(), self._offset()
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._background())
        painter.translate(-offset)
        area = event.rect().translated(offset)
        if self._drag is not None:
            weekgrid_paint.slots(painter, self._layout, self._drag.slots, ratio)
        if self._now is not None and self._days:
            weekgrid_paint.now_line(painter, self._layout, self._now)
        self._paint_cards(painter, area, ratio)
        if self._drag is not None:
            self._paint_drag(painter, self._drag, ratio)
        painter.end()

    def _paint_cards(self, painter: QPainter, area: QRect, ratio: float) -> None:
        colours, lifted = theme.tokens(), self._drag.card.key if self._drag else None
        reach = area.adjusted(-weekgrid_paint.BADGE, 0, 0, weekgrid_paint.BADGE)
        badges = []
        for key, rect in self._layout.rects.items():
            if not rect.intersects(reach):
                continue
            if key == lifted and isinstance(self._drag, Move):
                weekgrid_paint.origin(painter, rect)
                continue
            card = self._cards[key]
            painter.drawPixmap(rect.topLeft(), self._painter.picture(card, rect.size(), ratio))
            if key in self._selection:
                weekgrid_paint.frame(painter, rect, colours.accent, dashed=False)
            elif key == self._hover and not card.conflict:
                weekgrid_paint.frame(painter, rect, colours.ctl, dashed=False, line=1)
            if key == self._current and self.hasFocus() and self._drag is None:
                weekgrid_paint.focus_ring(painter, rect)
            if card.conflict:
                badges.append(rect)
        for rect in badges:
            weekgrid_paint.conflict_badge(painter, rect)

    def _paint_drag(self, painter: QPainter, drag: Drag, ratio: float) -> None:
        colours, target, slot = theme.tokens(), drag.target, drag.target.slot
        where = (target.day, target.lane, target.start_minute, target.end_minute)
        if isinstance(drag, Resize):
            rect = self._layout.rects[target.key]
            new = QRect(rect)
            new.setBottom(self._layout.y(target.end_minute) - 3)
            picture = self._painter.picture(drag.card, new.size(), ratio)
            if new.bottom() < rect.bottom():
                painter.fillRect(rect, colours.base)
                weekgrid_paint.frame(painter, rect, colours.ctl, dashed=True, line=1)
            weekgrid_paint.lift(painter, new)
            painter.drawPixmap(new.topLeft(), picture)
            weekgrid_paint.frame(painter, new, colours.accent, dashed=False)
            return
        blocker = self._layout.rects.get(slot.blocker) if slot and slot.state == "blocked" else None
        if blocker is not None:
            weekgrid_paint.frame(painter, blocker, colours.block_line, dashed=True)
        edges = {
            "free": colours.ok_line,
            "acknowledge": colours.warn_line,
            "blocked": colours.block_line,
        }
        place = self._layout.slot_rect(*where)
        edge = edges[slot.state] if slot else colours.accent
        weekgrid_paint.frame(painter, place, edge, dashed=False)
        rect = self._layout.rect(*where).translated(weekgrid_paint.LIFT, weekgrid_paint.LIFT)
        weekgrid_paint.lift(painter, rect)
        painter.drawPixmap(rect.topLeft(), self._painter.picture(drag.card, rect.size(), ratio))
        weekgrid_paint.frame(painter, rect, colours.accent, dashed=False)
        if slot and weekgrid_paint.tip_lines(slot):
            near = rect.bottomLeft() + QPoint(-weekgrid_paint.LIFT, 18)
            view = QRect(self._offset(), self.viewport().size())
            weekgrid_paint.tip(painter, slot, near, view)

    def cancel_drag(self) -> None:
        """The card stays where it was."""
        if self._drag is not None:
            self._drag = None
            self.viewport().update()
            self.drag_ended.emit()
