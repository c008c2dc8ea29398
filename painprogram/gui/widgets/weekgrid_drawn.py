"""How a week grid paints itself, layer on layer: grounds, shades, cards, what is dragged."""

from collections.abc import Hashable
from datetime import date

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from painprogram.gui import theme
from painprogram.gui.widgets import weekgrid_paint, weekgrid_proposal, weekgrid_shades
from painprogram.gui.widgets.weekgrid_card import CardPainter
from painprogram.gui.widgets.weekgrid_drag import Drag, Move, Resize
from painprogram.gui.widgets.weekgrid_values import SlotState, Target
from painprogram.gui.widgets.weekgrid_view import WeekView


class WeekDrawn(WeekView):
    def __init__(self, parent: QWidget | None = None) -> None:
        self._painter = CardPainter()
        self._back: tuple[object, QPixmap] | None = None
        self._band: QRect | None = None
        """The frame that is drawn around cards to choose them."""
        super().__init__(parent)

    def _repaint_all(self) -> None:
        self._back = None
        super()._repaint_all()

    def _redress(self) -> None:
        self._painter.forget()
        super()._redress()

    def _background(self) -> QPixmap:
        view, ratio, offset = self.viewport(), self.viewport().devicePixelRatioF(), self._offset()
        key = (view.size(), ratio, offset.x(), offset.y())
        if self._back is None or self._back[0] != key:
            made = QPixmap(view.size() * ratio)
            made.setDevicePixelRatio(ratio)
            painter = QPainter(made)
            painter.translate(-offset)
            area = QRect(offset, view.size())
            weekgrid_paint.grounds(painter, self._layout, area, self._now, ratio)
            weekgrid_shades.shades(painter, self._layout, self._shades, area, ratio)
            weekgrid_paint.lines(painter, self._layout, area)
            weekgrid_shades.words(painter, self._layout, self._shades, area)
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
        weekgrid_shades.ghosts(painter, self._layout, self._ghosts, area)
        weekgrid_proposal.old_places(painter, self._layout, area)
        self._paint_cards(painter, area, ratio)
        weekgrid_proposal.ways(painter, self._layout, self._cards, self._selection)
        if self._mark is not None:
            weekgrid_shades.mark(painter, self._layout, self._mark, lively=self.hasFocus())
        if self._band is not None:
            weekgrid_shades.band(painter, self._band)
        if self._drag is not None:
            self._paint_drag(painter, self._drag, ratio)
        painter.end()

    def _paint_cards(self, painter: QPainter, area: QRect, ratio: float) -> None:
        colours = theme.tokens()
        lifted = {card.key for card in self._drag.cards} if isinstance(self._drag, Move) else set()
        reach = area.adjusted(-weekgrid_paint.BADGE, 0, 0, weekgrid_paint.BADGE)
        badges = []
        for key, rect in self._layout.rects.items():
            if not rect.intersects(reach):
                continue
            if key in lifted:
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
        if isinstance(drag, Resize):
            self._paint_resize(painter, drag, ratio)
        else:
            self._paint_move(painter, drag, ratio)

    def _paint_resize(self, painter: QPainter, drag: Resize, ratio: float) -> None:
        colours = theme.tokens()
        rect = self._layout.rects[drag.target.key]
        new = QRect(rect)
        new.setBottom(self._layout.y(drag.target.end_minute) - 3)
        picture = self._painter.picture(drag.card, new.size(), ratio)
        if new.bottom() < rect.bottom():
            painter.fillRect(rect, colours.base)
            weekgrid_paint.frame(painter, rect, colours.ctl, dashed=True, line=1)
        weekgrid_paint.lift(painter, new)
        painter.drawPixmap(new.topLeft(), picture)
        weekgrid_paint.frame(painter, new, colours.accent, dashed=False)

    def _paint_move(self, painter: QPainter, drag: Move, ratio: float) -> None:
        colours, slot = theme.tokens(), drag.target.slot
        for target in drag.targets:
            self._paint_landing(painter, target)
        for card, target in reversed(list(zip(drag.cards, drag.targets, strict=True))):
            rect = self._layout.rect(*_where(target))
            rect.translate(weekgrid_paint.LIFT, weekgrid_paint.LIFT)
            weekgrid_paint.lift(painter, rect)
            painter.drawPixmap(rect.topLeft(), self._painter.picture(card, rect.size(), ratio))
            weekgrid_paint.frame(painter, rect, colours.accent, dashed=False)
        if slot and weekgrid_paint.tip_lines(slot):
            under = self._layout.rect(*_where(drag.target)).bottomLeft()
            near = under + QPoint(0, weekgrid_paint.LIFT + 18)
            view = QRect(self._offset(), self.viewport().size())
            weekgrid_paint.tip(painter, slot, near, view)

    def _paint_landing(self, painter: QPainter, target: Target) -> None:
        """The place a card would land on, and what stands in its way there."""
        colours, slot = theme.tokens(), target.slot
        blocker = self._layout.rects.get(slot.blocker) if slot and slot.state == "blocked" else None
        if blocker is not None:
            weekgrid_paint.frame(painter, blocker, colours.block_line, dashed=True)
        edges: dict[SlotState, str] = {
            "free": "ok_line",
            "acknowledge": "warn_line",
            "blocked": "block_line",
        }
        edge = colours.colour(edges[slot.state]) if slot else colours.accent
        weekgrid_paint.frame(painter, self._layout.slot_rect(*_where(target)), edge, dashed=False)


def _where(target: Target) -> tuple[date, Hashable, int, int]:
    return target.day, target.lane, target.start_minute, target.end_minute
