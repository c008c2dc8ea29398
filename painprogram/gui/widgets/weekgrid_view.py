"""A week on screen: days across, lanes within each day, time down. It knows no noun of ours."""

from collections.abc import Hashable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from painprogram.gui import theme
from painprogram.gui.widgets import weekgrid_access
from painprogram.gui.widgets.weekgrid_drag import DAY_END, Drag
from painprogram.gui.widgets.weekgrid_edges import Heads, Hours, head_height, hours_width
from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_paint import Now
from painprogram.gui.widgets.weekgrid_values import Card, Day, Ghost, Lane, Shade, Spot
from painprogram.i18n import _

ZOOMS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200)
USUAL_ZOOM = 100
_HOUR = 72  # pixels, at 10 pt and a zoom of 100


class WeekView(QAbstractScrollArea):
    """What can be seen and selected; how it is painted, and the hands, come on top."""

    current_changed = Signal(object)  # key or None
    selection_changed = Signal()
    drag_ended = Signal()
    zoom_changed = Signal(int)
    mark_changed = Signal(object)
    """The ``Spot`` that is marked, or None."""

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
        self._mark: Spot | None = None
        self._shades: tuple[Shade, ...] = ()
        self._ghosts: tuple[Ghost, ...] = ()
        self._drag: Drag | None = None
        self._follow_next = False
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
        if self._drag is not None and any(
            self._cards.get(card.key) != card for card in self._drag.cards
        ):
            self.cancel_drag()
        self._hover = self._hover if self._hover in self._cards else None
        if self._mark is not None and self._mark.day not in {day.date for day in days}:
            self.mark(None)
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

    def set_shades(self, shades: Sequence[Shade]) -> None:
        """Stretches in which nothing should stand, with the words that say why."""
        if tuple(shades) != self._shades:
            self._shades = tuple(shades)
            self._repaint_all()

    def set_ghosts(self, ghosts: Sequence[Ghost]) -> None:
        """The earlier places of cards that have moved."""
        found = tuple(ghosts)
        numbered = any(ghost.number for ghost in (*self._ghosts, *found))
        self._ghosts = found
        if numbered:
            self._relayout()
        else:
            self.viewport().update()

    @property
    def shades(self) -> tuple[Shade, ...]:
        return self._shades

    @property
    def ghosts(self) -> tuple[Ghost, ...]:
        return self._ghosts

    @property
    def hours_shown(self) -> tuple[int, int]:
        """The first hour and the one after the last; a small zoom shows more than was asked."""
        return self._layout.first // 60, self._layout.last // 60

    @property
    def marked(self) -> Spot | None:
        """The place that was pointed out, to paste at."""
        return self._mark

    def mark(self, spot: Spot | None) -> None:
        if spot != self._mark:
            self._mark = spot
            self.viewport().update()
            self.mark_changed.emit(spot)

    def shade_at(self, spot: Spot) -> Shade | None:
        """What shades *spot*; of several the last, which is painted on top."""
        return next((shade for shade in reversed(self._shades) if shade.covers(spot)), None)

    @property
    def zoom(self) -> int:
        """In per cent, one of ``ZOOMS``; a small one shows more of the day."""
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
        if chosen:
            self.mark(None)
        if wanted != self._current:
            self._current = wanted
            self.current_changed.emit(wanted)
            if wanted is not None and self.hasFocus():
                weekgrid_access.say_focus(self, wanted)
        self.viewport().update()

    def show_card(self, key: Hashable) -> None:
        """Scroll until the card is in view."""
        rect = self._layout.rects.get(key)
        if rect is not None:
            self._show_rect(rect)

    def _show_rect(self, rect: QRect) -> None:
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
            hour_height=_HOUR * theme.scale(),
            scale=theme.scale(),
            zoom=self._zoom,
            ghosts=self._ghosts,
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
        self.viewport().update()
        self._heads.update()
        self._side.update()

    def _redress(self) -> None:
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

    def cancel_drag(self) -> None:
        """The card stays where it was."""
        if self._drag is not None:
            self._drag = None
            self.viewport().update()
            self.drag_ended.emit()
