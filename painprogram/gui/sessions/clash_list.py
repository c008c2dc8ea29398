"""Clashes in a list: where each is, and what it clashes with."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from painprogram.domain.rules import Level
from painprogram.gui import icons, theme
from painprogram.gui.panel_paint import box
from painprogram.gui.tokens import PANEL_EDGE
from painprogram.gui.widgets.text_fit import lines
from painprogram.gui.widgets.worded_list import WordedList
from painprogram.i18n import _
from painprogram.usecases.clashes import Found

_FOUND = Qt.ItemDataRole.UserRole
_MOST_LINES = 4
_PAD = 7


class ClashList(WordedList):
    """Arrow keys walk, Enter or a click goes there."""

    chosen = QtSignal(object)  # Found

    def __init__(self, name: str, ground: str = "base", parent: QWidget | None = None) -> None:
        super().__init__(name, ground, parent)
        self.setItemDelegate(_Delegate(self))
        self.itemClicked.connect(self._go)

    def show_clashes(self, found: Sequence[Found]) -> None:
        """Show these; the current one stays where it is among them."""
        if found == self.shown:
            return
        current = self.currentItem()
        kept = current.data(_FOUND) if current else None
        row = self.currentRow()
        self.clear()
        for one in found:
            item = QListWidgetItem(spoken(one))
            item.setData(_FOUND, one)
            self.addItem(item)
        if kept is not None and found:
            self.setCurrentRow(found.index(kept) if kept in found else min(row, len(found) - 1))

    @property
    def current(self) -> Found | None:
        item = self.currentItem()
        return item.data(_FOUND) if item else None

    @property
    def shown(self) -> tuple[Found, ...]:
        return tuple(self.item(row).data(_FOUND) for row in range(self.count()))

    def _lay_out(self) -> None:
        """At once: what it stands in asks how high it is."""
        self.doItemsLayout()

    def full_height(self) -> int:
        """What it takes to show every clash."""
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + 2

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_FOUND))


class _Delegate(QStyledItemDelegate):
    """The sign; where, in strong; what it clashes with, on as many lines as it takes."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        words = self._words(index.data(_FOUND), self._room(width))
        high = sum(
            QFontMetricsF(theme.font(role)).height() * len(texts) for role, _ink, texts in words
        )
        return QSize(width, round(high) + 2 * _PAD + 2)

    @staticmethod
    def _left() -> float:
        return PANEL_EDGE + 16 * theme.scale() + 8

    def _room(self, width: int) -> float:
        return max(60.0, width - self._left() - PANEL_EDGE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours, found = theme.tokens(), index.data(_FOUND)
        where: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, colours.sunken)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        side = 16 * theme.scale()
        sign = QRectF(where.x() + PANEL_EDGE, where.y() + _PAD + 1, side, side)
        name, tone = sign_of(found)
        icons.paint(painter, sign, name, colours.colour(tone))
        x, wide = where.x() + self._left(), self._room(where.width())
        y = where.y() + float(_PAD)
        for role, ink, texts in self._words(found, wide):
            font = theme.font(role)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            for text in texts:
                line = QRectF(x, y, wide + 1, metrics.height())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
                y += metrics.height()
            y += 1
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, where.adjusted(1, 1, -1, -2), None, colours.accent, line=2)
        painter.restore()

    @staticmethod
    def _words(found: Found, wide: float) -> tuple[tuple[theme.FontRole, str, list[str]], ...]:
        strong, small = QFontMetricsF(theme.font("strong")), QFontMetricsF(theme.font("small"))
        told: list[tuple[theme.FontRole, str, list[str]]] = [
            ("strong", "text", lines(found.title, strong, wide, 2)),
            ("small", "text2", lines(found.text, small, wide, _MOST_LINES)),
        ]
        if answered := answer_of(found):
            ink = "warn" if found.open else "text3"
            told.append(("small", ink, lines(answered, small, wide, _MOST_LINES)))
        return tuple(told)


def sign_of(found: Found) -> tuple[str, str]:
    """The icon of a clash and the role of its colour: by its level, or that it is acknowledged."""
    if found.acknowledged is not None:
        return "check", "text2"
    return _SIGNS[found.level]


_SIGNS = {
    Level.BLOCKS: ("blocked", "block"),
    Level.ACKNOWLEDGE: ("warning", "warn"),
    Level.INFORMATION: ("info", "text3"),
}


def answer_of(found: Found) -> str:
    """Who acknowledged it and why; and what has changed where that no longer holds."""
    if found.acknowledged is not None:
        return _("Acknowledged by {who}: {reason}").format(
            who=found.acknowledged.who or _("somebody"), reason=found.acknowledged.reason
        )
    if found.asked_again is None:
        return ""
    before = _("{who} acknowledged it before: {reason}").format(
        who=found.asked_again.who or _("Somebody"), reason=found.asked_again.reason
    )
    if not found.changed:
        return before
    return " · ".join((before, _("changed since: {change}").format(change=found.changed)))


def spoken(found: Found) -> str:
    """Everything the line says, the level in words."""
    level = found.level.label if found.acknowledged is None else ""
    parts = (level, found.title, found.text.rstrip("."), answer_of(found))
    return ". ".join(part for part in parts if part)
