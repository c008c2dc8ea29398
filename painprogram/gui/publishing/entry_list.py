"""Lines of what changed: whose or what, and under it each thing, old → new."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from painprogram.gui import icons, theme
from painprogram.gui.panel_paint import box
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.text_fit import elide, lines
from painprogram.gui.widgets.worded_list import WordedList

_ENTRY = Qt.ItemDataRole.UserRole
_PAD, _BETWEEN = 7, 3
_ARROW = "  →  "
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that changed; *sign* says how where colour and strokes alone would have to."""

    what: str
    old: str = ""
    new: str = ""
    sign: str = "pen"
    words: str = ""
    """All of it in one sentence, for the tooltip and for those who listen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, a session or a sheet, with what changed."""

    key: Hashable
    title: str
    facts: str = ""
    """Beside the title: a group, a version."""
    parts: tuple[Part, ...] = ()
    sign: str = ""

    @property
    def words(self) -> str:
        told = [self.title, self.facts, *(part.words or part.what for part in self.parts)]
        return ". ".join(text for text in told if text)


class EntryList(WordedList):
    """Arrow keys walk; Enter or a double click asks for the one that is chosen."""

    asked = QtSignal(object)
    """The key of an entry."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setItemDelegate(_Delegate(self))
        self.itemDoubleClicked.connect(self._go)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; the chosen one and the place are kept."""
        if list(entries) == self.entries:
            return
        kept, row = self.current_key, self.currentRow()
        scrolled = self.verticalScrollBar().value()
        self.clear()
        for entry in entries:
            item = QListWidgetItem(entry.words)
            item.setData(_ENTRY, entry)
            item.setToolTip("\n".join(x.words for x in entry.parts if x.words))
            self.addItem(item)
        keys = [entry.key for entry in entries]
        if kept is not None and keys:
            self.setCurrentRow(keys.index(kept) if kept in keys else min(row, len(keys) - 1))
        self.verticalScrollBar().setValue(scrolled)

    @property
    def entries(self) -> list[Entry]:
        return [self.item(row).data(_ENTRY) for row in range(self.count())]

    @property
    def current_key(self) -> Hashable | None:
        item = self.currentItem()
        return item.data(_ENTRY).key if item else None

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.asked.emit(item.data(_ENTRY).key)


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of a line: where from its start, in which font and ink."""

    x: float
    text: str
    ink: str = "text"
    role: theme.FontRole = "body"
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    texts: tuple[_Text, ...]
    sign: str = ""


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        many = len(_rows(index.data(_ENTRY), _room(width)))
        return QSize(width, round(many * (_height() + _BETWEEN)) - _BETWEEN + 2 * _PAD + 1)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.tokens()
        where: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, colours.sunken)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        side, high = 16 * theme.scale(), _height()
        y = where.y() + float(_PAD)
        for row in _rows(index.data(_ENTRY), _room(where.width())):
            if row.sign:
                sign = QRectF(where.x() + PANEL_EDGE, y + (high - side) / 2, side, side)
                icons.paint(painter, sign, row.sign, colours.text2)
            for text in row.texts:
                painter.setFont(_font(text))
                painter.setPen(colours.colour(text.ink))
                at = QRectF(where.x() + _left() + text.x, y, where.width(), high)
                painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text.text)
            y += high + _BETWEEN
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, where.adjusted(1, 1, -1, -2), None, colours.accent, line=2)
        painter.restore()


def _height() -> float:
    return QFontMetricsF(theme.font("strong")).height()


def _left() -> float:
    return PANEL_EDGE + 16 * theme.scale() + GAP


def _room(width: int) -> float:
    return max(80.0, width - _left() - PANEL_EDGE)


def _font(text: _Text) -> QFont:
    font = QFont(theme.font(text.role))
    font.setStrikeOut(text.struck)
    return font


def _rows(entry: Entry, room: float) -> list[_Row]:
    """The title with its facts, then each part: on one line where it fits, else on more."""
    found = _head(entry, room)
    for part in entry.parts:
        found += _part(part, room)
    return found


def _head(entry: Entry, room: float) -> list[_Row]:
    """The title, and at the right its facts; under it where both do not fit."""
    strong, small = (QFontMetricsF(theme.font(role)) for role in ("strong", "small"))
    taken = small.horizontalAdvance(entry.facts)
    title = _Text(0, elide(entry.title, strong, room), role="strong")
    if not entry.facts:
        return [_Row((title,), entry.sign)]
    if strong.horizontalAdvance(title.text) + 2 * GAP + taken <= room:
        facts = _Text(room - taken, entry.facts, "text2", "small")
        return [_Row((title, facts), entry.sign)]
    below = lines(entry.facts, small, room, _MOST_LINES)
    return [
        _Row((title,), entry.sign),
        *(_Row((_Text(0, text, "text2", "small"),)) for text in below),
    ]


def _part(part: Part, room: float) -> list[_Row]:
    metrics = QFontMetricsF(theme.font("body"))
    what = f"{part.what}:" if part.what and (part.old or part.new) else part.what
    pieces = [(part.old, "text2", True), (part.new, "text", False)]
    told = [piece for piece in pieces if piece[0]]
    wide = metrics.horizontalAdvance(what) + (6 if what else 0)
    whole = wide + sum(metrics.horizontalAdvance(text) for text, _ink, _struck in told)
    whole += metrics.horizontalAdvance(_ARROW) * (len(told) - 1 if told else 0)
    if whole <= room:
        texts, x = ([_Text(0, what)] if what else []), wide
        for number, (text, ink, struck) in enumerate(told):
            if number:
                texts.append(_Text(x, _ARROW, "text2"))
                x += metrics.horizontalAdvance(_ARROW)
            texts.append(_Text(x, text, ink, struck=struck))
            x += metrics.horizontalAdvance(text)
        return [_Row(tuple(texts), part.sign)]
    rows = [_Row((_Text(0, text),)) for text in lines(what, metrics, room, _MOST_LINES)]
    for number, (text, ink, struck) in enumerate(told):
        arrow = "→ " if number else ""
        x = metrics.horizontalAdvance(arrow)
        shown = _Text(x, elide(text, metrics, room - x), ink, struck=struck)
        rows.append(_Row((_Text(0, arrow, "text2"), shown) if arrow else (shown,)))
    return [_Row(rows[0].texts, part.sign), *rows[1:]] if rows else []
