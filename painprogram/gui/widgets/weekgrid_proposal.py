"""What a proposal would change in a week: old places, new ones, and the way from one to the other.

A change has the same number at both ends, and in the list that tells of it.
"""

from collections.abc import Collection, Hashable, Mapping
from math import atan2, cos, pi, sin

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from painprogram.gui import theme
from painprogram.gui.widgets.text_fit import lines
from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_paint import frame
from painprogram.gui.widgets.weekgrid_values import Card

_DASH, _ARROW, _HEAD = 1.5, 1.8, 8.0
_FAINT = 0.35  # the ways of other changes while one is chosen


def old_places(painter: QPainter, layout: Layout, area: QRect) -> None:
    """Dashed, with the title struck."""
    colours, font = theme.tokens(), theme.font("caption")
    font.setStrikeOut(True)
    metrics = QFontMetricsF(font)
    for ghost, rect in layout.ghosts.items():
        if rect.isEmpty() or not rect.intersects(area):
            continue
        painter.fillRect(rect, colours.base)
        frame(painter, rect, colours.ctl, dashed=True, line=_DASH)
        painter.setFont(font)
        painter.setPen(colours.text3)
        room = rect.width() - 12 - badge_size(ghost.number)
        fitting = int((rect.height() - 4) // metrics.height())
        words = lines(ghost.title, metrics, room, min(2, fitting)) if fitting > 0 else []
        for at, line in enumerate(words):
            y = rect.y() + 4 + metrics.ascent() + at * metrics.height()
            painter.drawText(QPointF(rect.x() + 8, y), line)


def ways(
    painter: QPainter,
    layout: Layout,
    cards: Mapping[Hashable, Card],
    chosen: Collection[Hashable] = (),
) -> None:
    """Over the cards: frames, arrows between places that are both there, and numbers."""
    colours = theme.tokens()
    new = {key: card.number for key, card in cards.items() if card.number and key in layout.rects}
    if not new and not layout.ghosts:
        return
    lively = {cards[key].number for key in chosen if key in new}
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for key in new:
        frame(painter, layout.rects[key], colours.accent, dashed=False)
    first = {number: layout.rects[key] for key, number in reversed(new.items())}
    drawn: set[int] = set()
    for ghost, rect in layout.ghosts.items():
        if ghost.number in first and ghost.number not in drawn:
            drawn.add(ghost.number)
            colour = QColor(colours.accent)
            if lively and ghost.number not in lively:
                colour.setAlphaF(_FAINT)
            _arrow(painter, QRectF(rect), QRectF(first[ghost.number]), colour)
    for ghost, rect in layout.ghosts.items():
        side = badge_size(ghost.number)
        corner = QPointF(rect.right() - side / 2 - 2, rect.y() + side / 2 + 3)
        _number(painter, corner, ghost.number, solid=False)
    for key, number in new.items():
        rect = layout.rects[key]
        x = min(rect.right() - 0.0, layout.width - badge_size(number) / 2)
        _number(painter, QPointF(x, rect.center().y()), number, solid=True)
    painter.restore()


def badge_size(number: int) -> float:
    """How wide the number is in its ring: round for one figure, longer for more."""
    metrics = QFontMetricsF(theme.figures("caption", QFont.Weight.DemiBold))
    return max(metrics.height() + 2, metrics.horizontalAdvance(str(number)) + 9)


def paint_number(painter: QPainter, centre: QPointF, number: int, *, solid: bool) -> None:
    """The number of a change as it stands in the week, for lists that tell of it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _number(painter, centre, number, solid=solid)
    painter.restore()


def _number(painter: QPainter, centre: QPointF, number: int, *, solid: bool) -> None:
    colours, font = theme.tokens(), theme.figures("caption", QFont.Weight.DemiBold)
    high = QFontMetricsF(font).height() + 2
    box = QRectF(0, 0, badge_size(number), high)
    box.moveCenter(centre)
    painter.setPen(QPen(colours.base if solid else colours.ctl, 1.2))
    painter.setBrush(colours.accent if solid else colours.base)
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setFont(font)
    painter.setPen(colours.on_accent if solid else colours.text2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def _arrow(painter: QPainter, old: QRectF, new: QRectF, colour: QColor) -> None:
    """From the edge of the old place to the edge of the new one."""
    path = QPainterPath()
    if old.left() < new.right() and new.left() < old.right():  # under each other
        down = new.center().y() > old.center().y()
        start = QPointF(old.center().x(), old.bottom() if down else old.top())
        end = QPointF(new.center().x(), new.top() if down else new.bottom())
        bend = QPointF(0, (end.y() - start.y()) / 2)
    else:
        right = new.center().x() > old.center().x()
        start = QPointF(old.right() if right else old.left(), old.center().y())
        aside = 0 if right else badge_size(1)  # the number stands at the right edge
        end = QPointF(new.left() if right else new.right(), new.center().y() + aside)
        bend = QPointF((end.x() - start.x()) / 2, 0)
    path.moveTo(start)
    path.cubicTo(start + bend, end - bend, end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, _ARROW, c=Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)
    angle = atan2(bend.y(), bend.x()) if not bend.isNull() else 0.0
    head = QPainterPath(end)
    for turn in (pi * 0.85, -pi * 0.85):
        point = end + QPointF(cos(angle + turn), sin(angle + turn)) * _HEAD
        head.moveTo(end)
        head.lineTo(point)
    painter.drawPath(head)
