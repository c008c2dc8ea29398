"""The frozen edges of a term grid: months and weeks above it, the rows' names beside it."""

from collections.abc import Callable, Hashable
from itertools import groupby

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from painprogram.gui import theme
from painprogram.gui.tokens import RADIUS_CHIP
from painprogram.gui.widgets.termgrid_layout import Layout
from painprogram.gui.widgets.termgrid_values import Line, WeekColumn
from painprogram.gui.widgets.text_fit import elide

Shown = Callable[[], tuple[Layout, int, int]]
"""The layout and the scroll position."""

NAMES = 224
_PAD = 8
_BAR = 4
_SHUT = 3  # the strip that says which days are closed


def head_height() -> int:
    """A line for the months, one for the weeks and one for closed days; measured by the font."""
    months, weeks = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("caption"))
    return round(months.height() + weeks.height()) + 20


def names_width() -> int:
    return round(NAMES * theme.scale())


class Heads(QWidget):
    week_asked = Signal(object)  # its Monday

    def __init__(self, parent: QWidget, shown: Shown) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setObjectName("term_heads")

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        layout, scroll, _y = self._shown()
        left, height = names_width(), self.height()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.base)
        painter.save()
        painter.setClipRect(left, 0, self.width() - left, height)
        painter.translate(left - scroll, 0)
        for at, week in enumerate(layout.weeks):
            self._week(painter, layout, at, week)
        self._months(painter, layout, scroll)
        painter.restore()
        painter.fillRect(left - 1, 0, 1, height, colours.line2)
        painter.fillRect(0, height - 1, self.width(), 1, colours.line2)
        painter.end()

    @staticmethod
    def _months(painter: QPainter, layout: Layout, scroll: int) -> None:
        """Each month over its weeks; its name stays in view while any of them is."""
        colours, font = theme.tokens(), theme.font("small", QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for _month, there in groupby(range(len(layout.weeks)), lambda at: layout.weeks[at].month):
            columns = list(there)
            left, right = layout.left(columns[0]), layout.left(columns[-1] + 1)
            painter.fillRect(left, 0, 1, round(metrics.height()) + 6, colours.line2)
            start = max(left, scroll) + _PAD - 2
            month, room = layout.weeks[columns[0]].month, right - start - 4
            if metrics.horizontalAdvance(month) > room:
                month = month.partition(" ")[0]  # the year stands over another of them
            text = elide(month, metrics, room)
            if text not in ("", "…"):
                painter.setPen(colours.text2)
                painter.drawText(QPointF(start, 5 + metrics.ascent()), text)

    def _week(self, painter: QPainter, layout: Layout, at: int, week: WeekColumn) -> None:
        colours = theme.tokens()
        strong = week.today is not None
        font = theme.figures("caption", QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        metrics = QFontMetricsF(font)
        left, right = layout.left(at), layout.left(at + 1)
        top = round(QFontMetricsF(theme.font("small")).height()) + 8
        if week.closed:
            painter.fillRect(QRect(left, top, right - left, self.height() - top), colours.closed)
        painter.fillRect(left, top, 1, self.height() - top, colours.line)
        text = week.title
        if metrics.horizontalAdvance(text) > right - left - 6:
            text = week.short
        box = QRectF(left + 1, top + 1, right - left - 1, metrics.height() + 3)
        if strong:
            wide = min(box.width(), metrics.horizontalAdvance(text) + 8)
            chip = QRectF(0, box.y(), wide, box.height())
            chip.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(chip, RADIUS_CHIP, RADIUS_CHIP)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(font)
        painter.setPen(
            colours.on_accent
            if strong
            else colours.block
            if week.closed
            else colours.text3
            if week.past
            else colours.text
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, elide(text, metrics, box.width()))
        self._shut(painter, QRect(left, self.height() - _SHUT - 3, right - left, _SHUT), week)

    @staticmethod
    def _shut(painter: QPainter, strip: QRect, week: WeekColumn) -> None:
        """A tick in the place of each closed day."""
        wide = strip.width() / 5
        for day, _reason in week.shut:
            left = round(strip.x() + day * wide)
            size = max(2, round(wide) - 1)
            painter.fillRect(left, strip.y(), size, strip.height(), theme.tokens().block_line)

    def _at(self, event: QHelpEvent | QMouseEvent) -> WeekColumn | None:
        layout, scroll, _y = self._shown()
        place = event.pos() if isinstance(event, QHelpEvent) else event.position().toPoint()
        column = layout.column_at(place.x() - names_width() + scroll)
        hidden = place.x() < names_width()
        return None if column is None or hidden else layout.weeks[column]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        week = self._at(event)
        if week is not None:
            self.week_asked.emit(week.monday)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            week = self._at(event)
            QToolTip.showText(event.globalPos(), week.tooltip if week else "", self)
            return True
        return super().event(event)


class Names(QWidget):
    row_chosen = Signal(object)  # key
    row_activated = Signal(object)  # key

    def __init__(self, parent: QWidget, shown: Shown) -> None:
        super().__init__(parent)
        self._shown = shown
        self._current: Hashable | None = None
        self.setObjectName("term_names")

    def set_current(self, key: Hashable | None) -> None:
        if key != self._current:
            self._current = key
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        layout, _x, scroll = self._shown()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.alt)
        for at, line in enumerate(layout.lines):
            rect = QRect(0, at * layout.row - scroll, self.width() - 1, layout.row)
            if rect.bottom() >= 0 and rect.top() <= self.height():
                self._line(painter, rect, line)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colours.line2)
        painter.end()

    def _line(self, painter: QPainter, rect: QRect, line: Line) -> None:
        colours = theme.tokens()
        if line.key == self._current:
            painter.fillRect(rect, colours.accent_tint)
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), colours.accent)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        strong, small = theme.font("body", QFont.Weight.Medium), theme.figures("small")
        strong.setStrikeOut(line.struck)
        upper, lower = QFontMetricsF(strong), QFontMetricsF(small)
        top = rect.y() + (rect.height() - upper.height() - lower.height() - 1) / 2
        x = float(rect.x() + _PAD + 4)
        x += self._badge(painter, line, x, top, upper)
        ink = colours.text2 if line.quiet else colours.text
        painter.setFont(strong)
        painter.setPen(ink)
        text = elide(line.title, upper, rect.right() - _PAD - x)
        painter.drawText(QPointF(x, top + upper.ascent()), text)
        baseline = top + upper.height() + 1 + lower.ascent()
        painter.setFont(small)
        if line.total is not None:
            x = self._seats(painter, line, x, baseline, lower) + 8
        painter.setPen(colours.text2 if line.key == self._current else colours.text3)
        painter.drawText(QPointF(x, baseline), elide(line.detail, lower, rect.right() - _PAD - x))

    @staticmethod
    def _badge(
        painter: QPainter, line: Line, x: float, top: float, metrics: QFontMetricsF
    ) -> float:
        """The letter in its box, and the room it takes; the same for a row without one."""
        colours, font = theme.tokens(), theme.font("caption", QFont.Weight.DemiBold)
        side = max(18 * theme.scale(), QFontMetricsF(font).horizontalAdvance(line.badge) + 8)
        if line.badge:
            box = QRectF(
                x + 0.5,
                round(top + (metrics.height() - 17 * theme.scale()) / 2) + 0.5,
                round(side),
                round(16 * theme.scale()),
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colours.ctl)
            painter.setBrush(colours.base)
            painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setFont(font)
            painter.setPen(colours.text2 if line.quiet else colours.text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.badge)
        return side + 7

    @staticmethod
    def _seats(
        painter: QPainter, line: Line, x: float, baseline: float, metrics: QFontMetricsF
    ) -> float:
        """``7/10`` behind a bar that fills; where it ends."""
        colours, used, total = theme.tokens(), line.used or 0, line.total or 0
        length = 28 * theme.scale()
        bar = QRectF(x, baseline - metrics.capHeight() / 2 - _BAR / 2, length, _BAR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line2)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if total and used:
            bar.setWidth(max(_BAR, length * min(1.0, used / total)))
            painter.setBrush(colours.warn_line if used >= total else colours.text2)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        text = f"{used}/{total}"
        painter.setPen(colours.text2)
        painter.drawText(QPointF(x + length + 6, baseline), text)
        return x + length + 6 + metrics.horizontalAdvance(text)

    def _at(self, event: QHelpEvent | QMouseEvent) -> Line | None:
        layout, _x, scroll = self._shown()
        place = event.pos() if isinstance(event, QHelpEvent) else event.position().toPoint()
        row = layout.row_at(place.y() + scroll)
        return None if row is None else layout.lines[row]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._at(event)
        if line is not None:
            self.row_chosen.emit(line.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self._at(event)
        if line is not None:
            self.row_activated.emit(line.key)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self._at(event)
            QToolTip.showText(event.globalPos(), line.tooltip if line else "", self)
            return True
        return super().event(event)
