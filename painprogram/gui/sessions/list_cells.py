"""How the lines of the schedule's list look: headings across, signs before words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from painprogram.gui import icons, theme
from painprogram.gui.sessions.list_model import COLUMNS, LINE, Entry, Heading
from painprogram.gui.widgets.text_fit import elide

_Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_FIGURES = {"date", "week", "time", "number", "seats"}
_TONES = {"block": "block", "warn": "warn", "info": "text2", "": "text2"}
_QUIET = {"week", "number", "room", "status"}


class Cells(QStyledItemDelegate):
    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line, where = index.data(LINE), QRect(option.rect)
        painter.save()
        if isinstance(line, Heading):
            self._heading(painter, where, line)
        elif isinstance(line, Entry):
            self._cell(painter, option, index, line)
        painter.restore()

    @staticmethod
    def _heading(painter: QPainter, where: QRect, line: Heading) -> None:
        colours = theme.tokens()
        painter.fillRect(where, colours.alt)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line2)
        strong, small = theme.font("small", QFont.Weight.DemiBold), theme.font("small")
        x = where.x() + float(_PAD)
        for font, ink, words in (
            (strong, colours.text, line.text),
            (small, colours.block if line.closed else colours.text2, line.aside),
        ):
            metrics = QFontMetricsF(font)
            text = elide(words, metrics, where.right() - x - _PAD)
            painter.setFont(font)
            painter.setPen(ink)
            wide = metrics.horizontalAdvance(text)
            box = QRectF(x, where.y(), wide + 2, where.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            x += wide + 14

    def _cell(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, entry: Entry
    ) -> None:
        colours, where = theme.tokens(), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        elif entry.past:
            painter.fillRect(where, colours.past)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        key = COLUMNS[index.column()].key
        inner = where.adjusted(_PAD, 0, -_PAD + 2, -1)
        ink = self._ink(entry, key)
        if key == "title":
            inner.setLeft(self._sign(painter, inner, entry.held.kind.value, ink))
        elif key == "clash" and entry.tone:
            sign = "info" if entry.tone == "info" else "warning"
            inner.setLeft(self._sign(painter, inner, sign, ink))
        font = theme.figures() if key in _FIGURES else theme.font()
        if key == "title":
            font.setWeight(QFont.Weight.Medium)
            font.setStrikeOut(entry.cancelled)
        text = elide(str(index.data() or ""), QFontMetricsF(font), inner.width())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            self._focus(painter, where, index.column())

    @staticmethod
    def _ink(entry: Entry, key: str) -> QColor:
        colours = theme.tokens()
        if key == "clash":
            return colours.colour(_TONES[entry.tone])
        if entry.past or entry.cancelled:
            return colours.text3
        return colours.text2 if key in _QUIET else colours.text

    @staticmethod
    def _sign(painter: QPainter, inner: QRect, name: str, ink: QColor) -> int:
        """Where the words begin after it."""
        colours, side = theme.tokens(), 14 * theme.scale()
        box = QRectF(inner.x(), inner.center().y() - side / 2 + 0.5, side, side)
        colour = colours.kind(name).colour if name in colours.kinds else ink
        icons.paint(painter, box, name, colour)
        return round(box.right()) + 7

    @staticmethod
    def _focus(painter: QPainter, where: QRect, column: int) -> None:
        """A frame around the whole line, a side from each of its cells."""
        accent = theme.tokens().accent
        painter.fillRect(where.x(), where.y(), where.width(), 2, accent)
        painter.fillRect(where.x(), where.bottom() - 1, where.width(), 2, accent)
        if column == 0:
            painter.fillRect(where.x(), where.y(), 2, where.height(), accent)
        if column == len(COLUMNS) - 1:
            painter.fillRect(where.right() - 1, where.y(), 2, where.height(), accent)
