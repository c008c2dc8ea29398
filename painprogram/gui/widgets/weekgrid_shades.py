"""Under the cards of a week grid: time that is nobody's to take, old places, marked places."""

from collections.abc import Iterator, Sequence
from datetime import time

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from painprogram.gui import theme
from painprogram.gui.tokens import RADIUS, RADIUS_CHIP
from painprogram.gui.widgets.bands import dots, hatch
from painprogram.gui.widgets.text_fit import elide
from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_values import Ghost, Shade, Spot
from painprogram.i18n import clock

_READABLE = 4  # signs; less than that tells nothing
MARK = 30  # minutes a marked place is drawn over


def shades(
    painter: QPainter, layout: Layout, found: Sequence[Shade], area: QRect, ratio: float
) -> None:
    """Closed as closed days are; outside working hours flat, away hatched, busy dotted."""
    colours = theme.tokens()
    for shade, rect in _rects(layout, found, area):
        if shade.kind == "closed":
            painter.fillRect(rect, colours.closed)
            painter.fillRect(rect, hatch(colours.closed_line, 8, ratio))
            continue
        painter.fillRect(rect, colours.sunken)
        if shade.kind == "away":
            painter.fillRect(rect, hatch(colours.line2, 8, ratio))
        elif shade.kind == "busy":
            painter.fillRect(rect, dots(colours.ctl, ratio, 6))


def words(painter: QPainter, layout: Layout, found: Sequence[Shade], area: QRect) -> None:
    """What shades a stretch, where there is room to say it."""
    colours, font = theme.tokens(), theme.font("caption")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    for shade, rect in _rects(layout, found, area):
        text = elide(shade.text, metrics, rect.width() - 8)
        short = text != shade.text and (shade.kind == "off" or len(text) < _READABLE)
        if short or rect.height() < metrics.height() + 4:
            continue
        box = QRectF(rect.x() + 3, rect.y() + 3, metrics.horizontalAdvance(text) + 3, 0)
        box.setHeight(metrics.height())
        painter.fillRect(box, colours.closed if shade.kind == "closed" else colours.sunken)
        painter.setPen(colours.text2)
        painter.drawText(QPointF(box.x() + 1.5, box.y() + metrics.ascent()), text)


def _rects(layout: Layout, found: Sequence[Shade], area: QRect) -> Iterator[tuple[Shade, QRect]]:
    for shade in found:
        rect = _rect(layout, shade)
        if rect.height() > 0 and rect.intersects(area):
            yield shade, rect


def _rect(layout: Layout, shade: Shade) -> QRect:
    """Without the edge lines; empty on a closed day, which has its own ground."""
    lanes = [lane.key for lane in layout.lanes] if shade.lane is None else [shade.lane]
    if not lanes:
        return QRect()
    column = layout.column(shade.day, lanes[0])
    if column is None or layout.narrow[column.day]:
        return QRect()
    span = (shade.start_minute, shade.end_minute)
    first, last = (layout.slot_rect(shade.day, lane, *span) for lane in (lanes[0], lanes[-1]))
    return first.united(last).adjusted(1, 1, 0, 0)


def ghosts(painter: QPainter, layout: Layout, found: Sequence[Ghost], area: QRect) -> None:
    """Faint and dashed: where a card stands on the papers that have been told."""
    colours, font = theme.tokens(), theme.font("caption")
    metrics = QFontMetricsF(font)
    for ghost in found:
        rect = ghost_rect(layout, ghost)
        if ghost.number or rect.isEmpty() or not rect.intersects(area):
            continue
        pen = QPen(colours.ctl, 1.2)
        pen.setDashPattern([3, 3])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setFont(font)
        painter.setPen(colours.text3)
        if rect.height() >= metrics.height() + 4:
            text = elide(ghost.title, metrics, rect.width() - 12)
            painter.drawText(QPointF(rect.x() + 7, rect.y() + 3 + metrics.ascent()), text)
        painter.restore()


def ghost_rect(layout: Layout, ghost: Ghost) -> QRect:
    if layout.column(ghost.day, ghost.lane) is None:
        return QRect()
    return layout.rect(ghost.day, ghost.lane, ghost.start_minute, ghost.end_minute)


def clock_of(spot: Spot) -> str:
    return clock(time(spot.minute // 60, spot.minute % 60))


def mark_rect(layout: Layout, spot: Spot) -> QRect:
    if layout.column(spot.day, spot.lane) is None:
        return QRect()
    return layout.rect(spot.day, spot.lane, spot.minute, spot.minute + MARK)


def mark(painter: QPainter, layout: Layout, spot: Spot, *, lively: bool) -> None:
    """The place that is pointed out, with its time."""
    rect = mark_rect(layout, spot)
    if rect.isEmpty():
        return
    colours, font = theme.tokens(), theme.figures("caption", QFont.Weight.DemiBold)
    ink = colours.accent if lively else colours.ctl
    metrics, text = QFontMetricsF(font), clock_of(spot)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(colours.accent_tint)
    fill.setAlphaF(0.75)
    painter.setBrush(fill)
    painter.setPen(QPen(ink, 1.5))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)
    chip = QRectF(rect.x(), rect.y(), metrics.horizontalAdvance(text) + 8, metrics.height() + 1)
    if chip.width() <= rect.width():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(chip, RADIUS_CHIP, RADIUS_CHIP)
        painter.setFont(font)
        painter.setPen(colours.on_accent if lively else colours.base)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def band(painter: QPainter, rect: QRect) -> None:
    """The frame drawn around cards to choose them."""
    colours = theme.tokens()
    fill = QColor(colours.accent)
    fill.setAlphaF(0.10)
    painter.fillRect(rect, fill)
    painter.setPen(QPen(colours.accent, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
