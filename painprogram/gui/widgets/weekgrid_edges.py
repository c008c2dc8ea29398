"""The row of days and lanes above a week grid and the column of hours beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from painprogram.gui import theme
from painprogram.gui.tokens import RADIUS_CHIP
from painprogram.gui.widgets.text_fit import elide
from painprogram.gui.widgets.weekgrid_layout import Layout
from painprogram.gui.widgets.weekgrid_paint import Now, time_chip
from painprogram.gui.widgets.weekgrid_values import Day
from painprogram.i18n import _, pgettext

Shown = Callable[[], tuple[Layout, int, int, Now | None]]
"""The layout, the scroll position and now."""

_PAD = 7


def head_height() -> int:
    """Two lines with air; measured from the font."""
    strong, quiet = QFontMetricsF(theme.font("strong")), QFontMetricsF(theme.font("small"))
    return round(strong.height() + quiet.height()) + 16


def hours_width() -> int:
    font = theme.figures("caption", QFont.Weight.DemiBold)
    return max(45, round(QFontMetricsF(font).horizontalAdvance("00.00")) + 16)


class Heads(QWidget):
    """The day row; lanes stand in step with the columns below."""

    def __init__(self, parent: QWidget, shown: Shown) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setObjectName("week_heads")

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        layout, scroll, _y, _now = self._shown()
        left, height = hours_width(), self.height()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.base)
        painter.save()
        painter.setClipRect(left, 0, self.width() - left, height)
        painter.translate(left - scroll, 0)
        for index, day in enumerate(layout.days):
            self._day(painter, layout, index, day)
        self._lanes(painter, layout)
        painter.fillRect(layout.width, 0, 1, height, colours.line2)
        painter.restore()
        painter.fillRect(left - 1, 0, 1, height, colours.line2)
        painter.fillRect(0, height - 1, self.width(), 1, colours.line2)
        painter.end()

    def _day(self, painter: QPainter, layout: Layout, index: int, day: Day) -> None:
        colours, height = theme.tokens(), self.height()
        left, right = layout.day_left[index], layout.day_left[index + 1]
        if day.closed:
            painter.fillRect(left, 0, right - left, height, colours.closed)
        if index:
            painter.fillRect(left, 0, 1, height, colours.line2)
        font = theme.font("strong")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(
            colours.block if day.closed else colours.accent if day.today else colours.text
        )
        narrow = layout.narrow[index]
        title = elide(day.short or day.title if narrow else day.title, metrics, right - left - 10)
        baseline = 6 + metrics.ascent()
        painter.drawText(QPointF(left + _PAD, baseline), title)
        x = left + _PAD + metrics.horizontalAdvance(title) + 8
        if narrow:
            small = theme.font("caption", QFont.Weight.Medium)
            painter.setFont(small)
            text = elide(pgettext("day", "Closed"), QFontMetricsF(small), right - left - 10)
            painter.drawText(QPointF(left + _PAD, self._second_line()), text)
        elif day.today:
            self._chip(painter, _("today"), x, right, baseline)

    @staticmethod
    def _chip(painter: QPainter, text: str, x: float, right: float, baseline: float) -> None:
        colours, font = theme.tokens(), theme.font("caption", QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        box = QRectF(x, baseline - metrics.ascent() - 2, metrics.horizontalAdvance(text) + 12, 0)
        box.setHeight(metrics.height() + 4)
        if box.right() > right - 2:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent_tint)
        painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
        painter.restore()
        painter.setFont(font)
        painter.setPen(colours.accent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _second_line(self) -> float:
        return self.height() - 7 - QFontMetricsF(theme.font("small")).descent()

    def _lanes(self, painter: QPainter, layout: Layout) -> None:
        colours, font = theme.tokens(), theme.font("small")
        metrics = QFontMetricsF(font)
        top = round(self._second_line() - metrics.ascent()) - 1
        for column in layout.columns:
            if layout.narrow[column.day] or not layout.lanes:
                continue
            if column.lane:
                painter.fillRect(column.left, top, 1, self.height() - top, colours.line)
            painter.setFont(font)
            painter.setPen(colours.text2)
            lane, room = layout.lanes[column.lane], column.width - _PAD - 3
            whole = not lane.short or metrics.horizontalAdvance(lane.title) <= room
            text = elide(lane.title if whole else lane.short, metrics, room)
            painter.drawText(QPointF(column.left + _PAD, self._second_line()), text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            layout, scroll, _y, _now = self._shown()
            x = event.x() - hours_width() + scroll
            column = next((c for c in layout.columns if 0 <= x - c.left < c.width), None)
            text = ""
            if column is not None and event.x() >= hours_width():
                day, lane = layout.days[column.day], layout.lanes[column.lane]
                parts = [day.title, day.closed or lane.title, "" if day.closed else lane.subtitle]
                text = " · ".join(part for part in parts if part)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


class Hours(QWidget):
    """The time column; it never scrolls sideways."""

    def __init__(self, parent: QWidget, shown: Shown) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setObjectName("week_hours")

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        layout, _x, scroll, now = self._shown()
        painter = QPainter(self)
        painter.fillRect(event.rect(), colours.base)
        font = theme.figures("small")
        painter.setFont(font)
        painter.setPen(colours.text3)
        metrics = QFontMetricsF(font)
        now_y = layout.y(now.minute) - scroll if now is not None else -100
        for minute in range(layout.first, layout.last + 1, 60):
            y = layout.y(minute) - scroll
            half = metrics.height() / 2
            middle = max(y, half + 2) if minute == layout.first and y > -half else y
            if minute == layout.last or abs(now_y - middle) < metrics.height():
                continue
            box = QRectF(0, middle - metrics.height() / 2, self.width() - 10, metrics.height())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, f"{minute // 60:02}")
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), colours.line2)
        if now is not None and layout.first <= now.minute <= layout.last:
            time_chip(painter, now.text, QPointF(self.width() / 2 - 1, now_y), self.width() - 5)
        painter.end()
