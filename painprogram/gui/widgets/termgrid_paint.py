"""What a term grid paints in its cells. Coordinates are those of the contents."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from painprogram.gui import icons, theme
from painprogram.gui.tokens import RADIUS_CHIP
from painprogram.gui.widgets.bands import hatch
from painprogram.gui.widgets.termgrid_layout import Layout, Placed
from painprogram.gui.widgets.termgrid_values import Rest, WeekColumn
from painprogram.gui.widgets.text_fit import elide

_ICON = 13
_DAYS = 5
_LEAST_FOR_WORDS = 60  # pixels that a reason needs, along its line


def ground(painter: QPainter, layout: Layout, area: QRect, ratio: float) -> None:
    """Past weeks, closed ones and closed days, lines between weeks and rows."""
    colours = theme.tokens()
    painter.fillRect(area, colours.base)
    bottom = min(layout.height, area.bottom() + 1)
    for at, week in enumerate(layout.weeks):
        left, right = layout.left(at), layout.left(at + 1)
        if right < area.left() or left > area.right():
            continue
        column = QRect(left, area.top(), right - left, bottom - area.top())
        if week.past:
            painter.fillRect(column, colours.past)
        _shade(painter, column, week, ratio)
        first = at == 0 or layout.weeks[at - 1].month != week.month
        painter.fillRect(
            left, area.top(), 1, column.height(), colours.line2 if first else colours.grid
        )
    for row in range(len(layout.lines)):
        y = (row + 1) * layout.row - 1
        if area.top() <= y <= area.bottom():
            painter.fillRect(area.left(), y, area.width(), 1, colours.line)


def _shade(painter: QPainter, column: QRect, week: WeekColumn, ratio: float) -> None:
    """The whole column, or the fifth of it that is a closed day's."""
    colours = theme.tokens()
    parts = [column] if week.closed else []
    if not week.closed:
        wide = column.width() / _DAYS
        for day, _reason in week.shut:
            left = round(column.x() + day * wide)
            right = round(column.x() + (day + 1) * wide)
            parts.append(QRect(left, column.y(), right - left, column.height()))
    for part in parts:
        painter.fillRect(part, colours.closed)
        painter.fillRect(part, hatch(colours.closed_line, 8, ratio))


def reasons(painter: QPainter, layout: Layout, view: QRect) -> None:
    """Down each closed week, why; where the view begins, so that it is read wherever one is."""
    colours, font = theme.tokens(), theme.font("caption")
    metrics = QFontMetricsF(font)
    bottom = min(view.bottom() + 1, layout.height)
    for at, week in enumerate(layout.weeks):
        column = QRect(layout.left(at), view.top(), layout.left(at + 1) - layout.left(at), 0)
        if not week.closed or column.right() < view.left() or column.left() > view.right():
            continue
        length = bottom - view.top() - 16
        if length < _LEAST_FOR_WORDS or column.width() < metrics.height() - 3:
            continue
        text = elide(week.closed, metrics, length)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
        painter.save()
        painter.translate(column.center().x() + 1 + box.height() / 2, view.top() + 8)
        painter.rotate(90)
        painter.setFont(font)
        painter.setPen(colours.text2)
        painter.fillRect(box, colours.closed)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def today_line(painter: QPainter, layout: Layout, top: int, bottom: int) -> None:
    for at, week in enumerate(layout.weeks):
        if week.today is not None:
            left, right = layout.left(at), layout.left(at + 1)
            share = min(week.today, _DAYS - 1) + 0.5
            x = round(left + (right - left) * share / _DAYS)
            painter.fillRect(x, top, 1, min(bottom, layout.height) - top, theme.tokens().ink)


def rest(painter: QPainter, rect: QRect, held: Rest, ratio: float, *, words: QRect) -> None:
    """A pause: hatched in the colour of what must be seen to; its reason where nothing stands."""
    colours = theme.tokens()
    inner = rect.adjusted(1, 2, 0, -3)
    painter.fillRect(inner, colours.warn_tint)
    painter.fillRect(inner, hatch(colours.ack_line, 7, ratio))
    font = theme.font("caption")
    metrics = QFontMetricsF(font)
    if words.width() < _LEAST_FOR_WORDS:
        return
    text = elide(held.reason, metrics, words.width() - 16)
    box = QRectF(words.x() + 6, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
    box.moveTop(rect.center().y() - box.height() / 2)
    painter.fillRect(box, colours.warn_tint)
    painter.setFont(font)
    painter.setPen(colours.warn)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def mark(painter: QPainter, placed: Placed, *, chosen: bool) -> None:
    """Icon on the tint of its kind; struck, dashed, framed by what stands against it."""
    colours, one, rect = theme.tokens(), placed.mark, QRectF(placed.rect)
    kind = colours.kind(one.kind)
    fill = colours.base if one.cancelled else colours.past if one.past else kind.tint
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
    painter.fillPath(shape, fill)
    pen = _edge(placed, chosen=chosen)
    half = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), RADIUS_CHIP, RADIUS_CHIP)
    side = min(_ICON * theme.scale(), rect.width() - 3, rect.height() - 3)
    if placed.more:
        _counted(painter, rect, placed.more)
    else:
        sign = QRectF(0, 0, side, side)
        sign.moveCenter(rect.center())
        if placed.numbered:
            sign.moveLeft(rect.x() + 3)
        ink = colours.text3 if one.cancelled else kind.colour
        name = one.kind if one.kind in colours.kinds else "calendar"
        icons.paint(painter, sign, name, ink)
        if placed.numbered:
            _text(painter, placed, sign.right() + 2)
    if one.cancelled:
        painter.setPen(QPen(colours.text2, 1.2))
        painter.drawLine(rect.bottomLeft() + QPointF(2, -3), rect.topRight() + QPointF(-2, 3))
    if one.changed:
        painter.setPen(QPen(colours.base, 1))
        painter.setBrush(colours.warn)
        painter.drawEllipse(rect.topRight() + QPointF(-2.5, 2.5), 3.5, 3.5)
    if one.conflict:
        _badge(painter, rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _edge(placed: Placed, *, chosen: bool) -> QPen:
    colours, one = theme.tokens(), placed.mark
    if chosen:
        return QPen(colours.accent, 2)
    if one.conflict:
        return QPen(colours.block_line, 2)
    if one.acknowledged:
        return QPen(colours.warn, 1)
    if one.cancelled:
        return QPen(colours.ctl, 1, Qt.PenStyle.DashLine)
    if one.linked:
        return QPen(colours.kind(one.kind).colour, 1, Qt.PenStyle.DashLine)
    return QPen(colours.line2, 1)


def _text(painter: QPainter, placed: Placed, left: float) -> None:
    colours, one = theme.tokens(), placed.mark
    font = theme.figures("caption", QFont.Weight.Medium)
    metrics = QFontMetricsF(font)
    right = placed.rect.right() - (7 if one.conflict else 2)
    text = elide(one.text, metrics, right - left)
    if text in ("", "…"):
        return
    painter.setFont(font)
    painter.setPen(colours.text3 if one.past or one.cancelled else colours.text)
    middle = placed.rect.center().y() + 1
    painter.drawText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), text)


def _counted(painter: QPainter, rect: QRectF, many: int) -> None:
    """In the place of the last mark: how many there are besides."""
    font = theme.figures("caption", QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    text = f"+{many}"
    if metrics.horizontalAdvance(text) > rect.width() - 2:
        text = str(many)
    painter.setFont(font)
    painter.setPen(theme.tokens().text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _badge(painter: QPainter, rect: QRectF) -> None:
    """A small triangle on the upper right corner."""
    colours, side = theme.tokens(), 9 * theme.scale()
    right, top = rect.right() + 2, rect.top() - 2
    shape = QPolygonF(
        [
            QPointF(right - side / 2, top),
            QPointF(right, top + side * 0.9),
            QPointF(right - side, top + side * 0.9),
        ]
    )
    painter.setPen(QPen(colours.base, 1.5))
    painter.setBrush(colours.block_line)
    painter.drawPolygon(shape)
