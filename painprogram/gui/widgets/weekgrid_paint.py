"""The layers of a week grid under and over its cards. Coordinates are those of the contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from painprogram.gui import icons, theme
from painprogram.gui.tokens import RADIUS, RADIUS_CHIP
from painprogram.gui.widgets.bands import dots, hatch
from painprogram.gui.widgets.text_fit import elide
from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_values import Day, Slot
from painprogram.i18n import _, clock

BADGE = 20
LIFT = 12


@dataclass(frozen=True, slots=True)
class Now:
    day: date
    minute: int

    @property
    def text(self) -> str:
        return clock(time(self.minute // 60, self.minute % 60))


def grounds(painter: QPainter, layout: Layout, area: QRect, now: Now | None, ratio: float) -> None:
    """What is past, and what is closed."""
    painter.fillRect(area, theme.tokens().base)
    for index, day in enumerate(layout.days):
        _ground(painter, layout, index, day, now, ratio)


def lines(painter: QPainter, layout: Layout, area: QRect) -> None:
    """Hours, lane and day edges, and why a day is closed."""
    colours, width = theme.tokens(), layout.width
    for half in range((layout.last - layout.first) // 30 + 1):
        y = layout.y(layout.first + 30 * half)
        if area.top() <= y <= area.bottom():
            painter.fillRect(0, y, width, 1, colours.grid if half % 2 else colours.grid_hour)
    for column in layout.columns:
        if column.lane and not layout.narrow[column.day]:
            painter.fillRect(column.left, 0, 1, layout.height, colours.grid)
    for left in layout.day_left[1:]:
        painter.fillRect(left, 0, 1, layout.height, colours.line2)
    for index, day in enumerate(layout.days):
        if day.closed:
            _reason(painter, layout, index, day)


def _day_rect(layout: Layout, index: int) -> QRect:
    left, right = layout.day_left[index], layout.day_left[index + 1]
    return QRect(left, 0, right - left, layout.height)


def _ground(
    painter: QPainter, layout: Layout, index: int, day: Day, now: Now | None, ratio: float
) -> None:
    colours, rect = theme.tokens(), _day_rect(layout, index)
    if day.closed:
        painter.fillRect(rect, colours.closed)
        painter.fillRect(rect, hatch(colours.closed_line, 8, ratio))
    elif day.past:
        painter.fillRect(rect, colours.past)
    elif day.today and now is not None:
        until = min(max(now.minute, layout.first), layout.last)
        painter.fillRect(rect.x(), 0, rect.width(), layout.y(until), colours.past)


def _reason(painter: QPainter, layout: Layout, index: int, day: Day) -> None:
    """Why the day is closed: along a narrow column, across a wide one."""
    colours, rect = theme.tokens(), _day_rect(layout, index)
    font = theme.font("small")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colours.text2)
    length = rect.height() - 48 if layout.narrow[index] else rect.width() - 16
    text = elide(day.closed, metrics, length)
    ground = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 4)
    painter.save()
    if layout.narrow[index]:
        painter.translate(rect.center().x() + 1 + ground.height() / 2, rect.y() + 26)
        painter.rotate(90)
    else:
        painter.translate(rect.x() + 5, rect.y() + 5)
    painter.fillRect(ground, colours.closed)
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def now_line(painter: QPainter, layout: Layout, now: Now) -> None:
    """Thin across the week, strong with a dot on its own day."""
    if not layout.first <= now.minute <= layout.last:
        return
    colours, y = theme.tokens(), layout.y(now.minute)
    painter.fillRect(0, y, layout.width, 1, colours.ctl)
    for index, day in enumerate(layout.days):
        if day.date == now.day:
            rect = _day_rect(layout, index)
            painter.fillRect(rect.x(), y - 1, rect.width(), 2, colours.ink)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.ink)
            painter.drawEllipse(QPointF(max(rect.x(), 3) + 0.5, y), 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def slots(painter: QPainter, layout: Layout, found: Sequence[Slot], ratio: float) -> None:
    """Free flat, to be acknowledged dotted, blocked hatched."""
    colours = theme.tokens()
    for slot in found:
        rect = layout.slot_rect(slot.day, slot.lane, slot.from_minute, slot.to_minute)
        column = layout.column(slot.day, slot.lane)
        if rect.height() <= 0 or column is None or layout.narrow[column.day]:
            continue  # a closed day has its own hatch, and the words that say why
        inner = rect.adjusted(1, 1, 0, 0)
        if slot.state == "free":
            painter.fillRect(inner, colours.free_fill)
            _outline(painter, inner, QPen(colours.free_line, 1))
        elif slot.state == "acknowledge":
            painter.fillRect(inner, colours.ack_fill)
            painter.fillRect(inner, dots(colours.ack_line, ratio))
            _outline(painter, inner, QPen(colours.ack_line, 1, Qt.PenStyle.DashLine))
        else:
            painter.fillRect(inner, colours.blocked_fill)
            painter.fillRect(inner, hatch(colours.blocked_line, 7, ratio))


def _outline(painter: QPainter, rect: QRect, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def frame(painter: QPainter, rect: QRect, colour: QColor, *, dashed: bool, line: float = 2) -> None:
    """A rounded frame wholly inside *rect*."""
    pen = QPen(colour, line)
    if dashed:
        pen.setDashPattern([3, 2])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = line / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), RADIUS, RADIUS)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect) -> None:
    """Inside the edge, a gap between, clear of the text."""
    colours = theme.tokens()
    frame(painter, rect, colours.accent, dashed=False)
    frame(painter, rect.adjusted(2, 2, -2, -2), colours.base, dashed=False, line=1)
    frame(painter, rect.adjusted(3, 3, -3, -3), colours.accent, dashed=False, line=1)


def origin(painter: QPainter, rect: QRect) -> None:
    """Where the dragged card came from."""
    colours = theme.tokens()
    painter.fillRect(rect, colours.base)
    frame(painter, rect, colours.accent, dashed=True, line=1.5)
    painter.setFont(theme.font("caption"))
    painter.setPen(colours.text2)
    words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(rect.adjusted(9, 5, -4, -3), int(words), _("Moved from here"))


def lift(painter: QPainter, rect: QRect) -> None:
    """Three flat shadows; no blur."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for offset, share in ((6, 0.10), (4, 0.12), (2, 0.16)):
        shade = QColor(theme.tokens().shade)
        shade.setAlphaF(share)
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(rect).translated(0, offset), RADIUS, RADIUS)
    painter.restore()


def conflict_badge(painter: QPainter, rect: QRect) -> None:
    """A round triangle sign on the upper right corner of a card."""
    colours = theme.tokens()
    centre = QPointF(rect.right() - 1, rect.top() + 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.base, 2))
    painter.setBrush(colours.block_line)
    painter.drawEllipse(centre, BADGE / 2 - 1, BADGE / 2 - 1)
    box = QRectF(centre.x() - 6, centre.y() - 6.5, 12, 12)
    icons.paint(painter, box, "warning", colours.base)
    painter.restore()


_SIGNS = {"free": "check", "acknowledge": "warning", "blocked": "blocked"}


def tip_lines(slot: Slot) -> list[str]:
    return [text for text in (slot.reason, slot.detail) if text]


def tip(painter: QPainter, slot: Slot, near: QPoint, area: QRect) -> QRect:
    """The reason beside the place, wholly inside *area*; what was painted on is returned."""
    colours, words = theme.tokens(), tip_lines(slot)
    strong, plain = theme.font("small", QFont.Weight.DemiBold), theme.font("small")
    fonts = [strong, plain][: len(words)]
    widest = area.width() - 64
    texts = [elide(t, QFontMetricsF(f), widest) for t, f in zip(words, fonts, strict=True)]
    pitch = QFontMetricsF(strong).height() + 3
    wide = max(QFontMetricsF(f).horizontalAdvance(t) for t, f in zip(texts, fonts, strict=True))
    rect = QRect(0, 0, round(wide) + 46, round(pitch * len(texts)) + 14)
    rect.moveTopLeft(near)
    rect.moveLeft(max(area.left() + 4, min(rect.left(), area.right() - rect.width() - 4)))
    if rect.bottom() > area.bottom() - 4:
        rect.moveBottom(area.bottom() - 4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.tip)
    painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
    sign = QRectF(rect.x() + 11, rect.y() + 8, 15, 15)
    icons.paint(painter, sign, _SIGNS[slot.state], colours.tip_text)
    y = rect.y() + 7.0
    for index, text in enumerate(texts):
        painter.setFont(fonts[index])
        painter.setPen(colours.tip_text2 if index else colours.tip_text)
        line = QRectF(rect.x() + 34, y, wide + 2, pitch)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        y += pitch
    painter.restore()
    return rect


def time_chip(painter: QPainter, text: str, centre: QPointF, width: float) -> None:
    """The time of now on its dark ground."""
    colours, font = theme.tokens(), theme.figures("caption", QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    wide = min(width, metrics.horizontalAdvance(text) + 9)
    box = QRectF(0, 0, wide, metrics.height() + 4)
    box.moveCenter(centre)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ink)
    painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
    painter.setFont(font)
    painter.setPen(colours.base)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
