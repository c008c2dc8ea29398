"""A list of large rows, read at a glance and worked by keyboard: a tick, words, signs, a mark."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from painprogram.gui import icons, theme
from painprogram.gui.panel_paint import box
from painprogram.gui.tokens import GAP, PANEL_EDGE, RADIUS_CHIP
from painprogram.gui.widgets.chips import Tone
from painprogram.gui.widgets.text_fit import elide

_ROW = Qt.ItemDataRole.UserRole
_PAD, _BETWEEN = 8, 2
_INKS: dict[Tone, tuple[str, str, str]] = {
    "neutral": ("base", "ctl", "text2"),
    "accent": ("accent_tint", "accent", "accent"),
    "ok": ("ok_tint", "ok_line", "ok"),
    "warn": ("warn_tint", "warn_line", "warn"),
    "block": ("block_tint", "block_line", "block"),
}
"""Ground, edge and ink."""
_WALKS = frozenset(
    {
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)
_LEAST_TITLE = 90


@dataclass(frozen=True, slots=True)
class BigEntry:
    """*words* is all of it in one sentence, for those who listen."""

    key: Hashable
    title: str
    words: str
    detail: str = ""
    lead: str = ""
    """At the left in a column of its own: a time."""
    tick: tuple[str, Tone] | None = None
    """Icon and tone of a box at the left; an empty icon is an empty box."""
    sign: str = ""
    """A kind's icon before the title, in its colour."""
    signs: tuple[tuple[str, str], ...] = ()
    """Icons after the title, each with what it means."""
    mark: str = ""
    """At the right, in the tone of the tick."""
    bar: tuple[int, int] | None = None
    """How many of how many, under the mark."""
    tone: Tone = "neutral"
    quiet: bool = False
    struck: bool = False
    tip: str = ""


class BigList(QListWidget):
    """Arrow keys walk, Enter asks; every other key is left to whoever the list stands in."""

    walked = QtSignal(object)
    """The key of the row that is chosen now, by the user."""
    asked = QtSignal(object)
    """The key of a row: Enter or a double click."""

    def __init__(self, name: str, parent: QWidget | None = None, *, ground: str = "base") -> None:
        super().__init__(parent)
        self._ground = ground
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._showing = False
        self.itemDoubleClicked.connect(self._ask)
        self.currentItemChanged.connect(self._walked)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def show_rows(self, rows: Sequence[BigEntry]) -> None:
        """Show these; the chosen one and the place are kept."""
        if list(rows) == self.rows:
            return
        kept, scrolled = self.current_key, self.verticalScrollBar().value()
        self._showing = True
        if [row.key for row in rows] == [row.key for row in self.rows]:
            for at, row in enumerate(rows):
                self._fill(self.item(at), row)
        else:
            self.clear()
            for row in rows:
                item = QListWidgetItem()
                self._fill(item, row)
                self.addItem(item)
            keys = [row.key for row in rows]
            if kept in keys:
                self.setCurrentRow(keys.index(kept))
        self._showing = False
        self.verticalScrollBar().setValue(scrolled)

    @property
    def rows(self) -> list[BigEntry]:
        return [self.item(at).data(_ROW) for at in range(self.count())]

    @property
    def current_key(self) -> Hashable | None:
        item = self.currentItem()
        return item.data(_ROW).key if item else None

    def choose(self, key: Hashable | None) -> bool:
        """Without a signal: the program chooses, not the user. Whether it is there."""
        keys = [row.key for row in self.rows]
        self._showing = True
        self.setCurrentRow(keys.index(key) if key in keys else -1)
        self._showing = False
        return key in keys

    def step(self, by: int) -> None:
        """As the arrow keys, from wherever the keyboard is."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentItem())
        elif plain and Qt.Key(event.key()) in _WALKS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.begin()

    def begin(self) -> None:
        """The first row, where none is chosen."""
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def viewportEvent(self, event: QEvent) -> bool:
        """What was elided, and what the signs mean."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            row: BigEntry | None = item.data(_ROW) if item else None
            signs = [words for _icon, words in row.signs] if row else []
            told = [row.title, row.detail, *signs, row.tip] if row else []
            QToolTip.showText(event.globalPos(), "\n".join(x for x in told if x), self)
            return True
        return super().viewportEvent(event)

    @staticmethod
    def _fill(item: QListWidgetItem, row: BigEntry) -> None:
        item.setText(row.words)
        item.setData(_ROW, row)

    def _ask(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.asked.emit(item.data(_ROW).key)

    def _walked(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._showing:
            self.walked.emit(item.data(_ROW).key)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.tokens().colour(self._ground))
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows alike: the eye finds the same thing at the same place."""
        high = _height("strong") + _BETWEEN + _height("small") + 2 * _PAD + 1
        return QSize(self._view.viewport().width(), round(high))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours, where, row = theme.tokens(), QRect(option.rect), index.data(_ROW)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, colours.sunken)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        _paint(painter, where.adjusted(PANEL_EDGE, 0, -PANEL_EDGE, -1), row)
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, where.adjusted(1, 1, -1, -2), None, colours.accent, line=2)
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where.x(), where.y(), 3, where.height(), colours.accent)
        painter.restore()


def _paint(painter: QPainter, inside: QRect, row: BigEntry) -> None:
    x, right = float(inside.x()), float(inside.right() + 1)
    middle = inside.y() + inside.height() / 2
    if row.lead:
        x = _lead(painter, x, inside, row)
    if row.tick is not None:
        side = 20 * theme.scale()
        _tick(painter, QRectF(x, middle - side / 2, side, side), *row.tick)
        x += side + 10
    if row.mark or row.bar:
        right = _mark(
            painter, inside, right, max(x + _LEAST_TITLE, right - inside.width() / 2.2), row
        )
    if row.sign:
        side = 18 * theme.scale()
        colour = theme.tokens().colour(row.sign)
        icons.paint(painter, QRectF(x, middle - side / 2, side, side), row.sign, colour)
        x += side + GAP
    _words(painter, x, right, inside, row)


def _lead(painter: QPainter, x: float, inside: QRect, row: BigEntry) -> float:
    font = theme.figures("strong")
    wide = QFontMetricsF(font).horizontalAdvance("00.00")
    painter.setFont(font)
    painter.setPen(theme.tokens().colour("text3" if row.quiet else "text"))
    at = QRectF(x, inside.y() + _PAD, wide, _height("strong"))
    painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.lead)
    return x + wide + 12


def _tick(painter: QPainter, where: QRectF, icon: str, tone: Tone) -> None:
    ground, edge, ink = (theme.tokens().colour(role) for role in _INKS[tone])
    box(painter, where.toRect(), ground, edge, radius=RADIUS_CHIP)
    if icon:
        icons.paint(painter, where.adjusted(3, 3, -3, -3), icon, ink)


def _mark(painter: QPainter, inside: QRect, right: float, least: float, row: BigEntry) -> float:
    """The words at the right, on the line of the title; where the words to the left must end."""
    colours = theme.tokens()
    font = theme.figures("body", QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    text = elide(row.mark, metrics, right - least)
    wide = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(colours.colour("text3" if row.quiet else _INKS[row.tone][2]))
    high = _height("strong")
    y = inside.y() + _PAD if row.bar else inside.y() + (inside.height() - high) / 2
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(QRectF(right - wide - 2, y, wide + 2, high), align, text)
    if row.bar is not None and row.bar[1] > 0:
        long = max(wide, 44 * theme.scale())
        at = QRectF(right - long, y + high + _BETWEEN + 4, long, 5)
        painter.fillRect(at, colours.colour("line2"))
        part = min(1.0, row.bar[0] / row.bar[1])
        full = colours.colour("ctl" if row.quiet else "ok_line")
        painter.fillRect(QRectF(at.x(), at.y(), long * part, at.height()), full)
        wide = max(wide, long)
    return right - wide - 12


def _words(painter: QPainter, x: float, right: float, inside: QRect, row: BigEntry) -> None:
    colours = theme.tokens()
    font = theme.font("body" if row.quiet else "strong")
    font.setStrikeOut(row.struck)
    metrics, side = QFontMetricsF(font), 16 * theme.scale()
    high, low = _height("strong"), _height("small")
    y = inside.y() + (_PAD if row.detail else (inside.height() - high) / 2)
    room = max(24.0, right - x - len(row.signs) * (side + 5))
    title = elide(row.title, metrics, room)
    painter.setFont(font)
    painter.setPen(colours.colour("text3" if row.quiet else "text"))
    painter.drawText(QRectF(x, y, room + 2, high), Qt.AlignmentFlag.AlignVCenter, title)
    at = x + metrics.horizontalAdvance(title) + 7
    for icon, _meaning in row.signs:
        spot = QRectF(at, y + (high - side) / 2, side, side)
        icons.paint(painter, spot, icon, colours.text2)
        at += side + 5
    if row.detail:
        small = theme.font("small")
        painter.setFont(small)
        painter.setPen(colours.colour("text3" if row.quiet else "text2"))
        detail = elide(row.detail, QFontMetricsF(small), right - x)
        below = QRectF(x, y + high + _BETWEEN, right - x + 2, low)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, detail)


def _height(role: theme.FontRole) -> float:
    return QFontMetricsF(theme.font(role)).height()
