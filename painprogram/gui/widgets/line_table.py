"""A table to write in by keyboard: Enter makes the next line, pasted lines become lines."""

import re
from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from painprogram.gui import theme
from painprogram.gui.tokens import TABLE_ITEM
from painprogram.gui.widgets.line_cells import Cells
from painprogram.gui.widgets.line_model import Column, Line, LineModel

__all__ = ["Column", "Line", "LineTable"]
_Index = QModelIndex | QPersistentModelIndex
_HINT = QAbstractItemDelegate.EndEditHint
_TRIGGER = QAbstractItemView.EditTrigger


class LineTable(QTableView):
    """With *grows* there is always one empty line at the end, and lines may be removed."""

    changed = Signal()
    """Something in the table was written by whoever sits there."""
    written = Signal(object, str, object)
    """Key of the line, key of the column, the new value."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        *,
        grows: bool = False,
    ) -> None:
        super().__init__(parent)
        self._lines = LineModel(columns, self, grows=grows)
        self._held: tuple[list[Hashable], list[Line]] | None = None
        self._cells = Cells(self)
        self._cells.pasted.connect(self.paste)
        self.setAccessibleName(name)
        self.setModel(self._lines)
        self.setItemDelegate(self._cells)
        self._lines.written.connect(self._passed_on)
        self.setTabKeyNavigation(False)  # or Tab would never leave the table
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(
            _TRIGGER.DoubleClicked
            | _TRIGGER.SelectedClicked
            | _TRIGGER.AnyKeyPressed
            | _TRIGGER.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    # What stands in it.

    @property
    def lines(self) -> list[Line]:
        """Every line that has been written, without the empty one at the end."""
        return [dict(line) for line in self._lines.lines]

    @property
    def keys(self) -> list[Hashable]:
        return list(self._lines.keys)

    def set_lines(self, lines: Sequence[Line], keys: Sequence[Hashable] = ()) -> None:
        """Show these; what is being typed in a cell is kept, and shown lines wait for its end."""
        found = list(keys) or list(range(len(lines)))
        if self.state() == QAbstractItemView.State.EditingState:
            self._held = found, list(lines)
            return
        chosen, column = self.current_key, max(0, self.currentIndex().column())
        if not self._lines.replace(found, list(lines)) and chosen in self._lines.keys:
            at = self._lines.keys.index(chosen)
            self.setCurrentIndex(self._lines.index(at, column))

    @property
    def current_key(self) -> Hashable | None:
        """The key of the line that the keyboard is on."""
        at = self.currentIndex().row()
        return self._lines.keys[at] if 0 <= at < len(self._lines.keys) else None

    def mark(self, wrong: Sequence[int]) -> None:
        """Show that something is wrong with these lines."""
        self._lines.mark(frozenset(wrong))

    def remove_line(self) -> None:
        """Take away the line that the keyboard is on."""
        index = self.currentIndex()
        if self._lines.remove(index.row()):
            self.changed.emit()
            self.setCurrentIndex(self._lines.index(index.row(), max(0, index.column())))

    def write_in(self, line: int, column: int = 0) -> None:
        """Put the keyboard in a cell, ready to write."""
        index = self._lines.index(line, column)
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            QAbstractItemView.edit(self, index)

    def paste(self) -> None:
        """Each line of the clipboard is a line; tab, semicolon or comma part its cells."""
        told = QGuiApplication.clipboard().text()
        texts = [text for text in told.splitlines() if text.strip()]
        added = [self._read(text) for text in texts[:_MOST_PASTED]]
        if not added or not self._lines.grows:
            return
        self._lines.add(added)
        self.changed.emit()
        self.setCurrentIndex(self._lines.index(len(self._lines.lines), 0))
        self.scrollToBottom()

    def _read(self, text: str) -> Line:
        parting = next((sign for sign in "\t;" if sign in text), ",")
        parts = [part.strip() for part in re.split(re.escape(parting), text)]
        line = self._lines.empty()
        for column, part in zip(self._lines.columns, parts, strict=False):
            value = column.read(part)
            if value is not None:
                line[column.key] = value
        return line

    def _passed_on(self, key: object, column: str, value: object) -> None:
        self.written.emit(key, column, value)
        self.changed.emit()

    # How it is worked.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # a key that the cell had no use for
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self._lines.grows:
            self.remove_line()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
                QAbstractItemView.edit(self, index)
        else:
            super().keyPressEvent(event)

    def edit(self, *args: Any) -> bool:  # type: ignore[override]
        """A cell with choices opens them at once for the mouse, and at the first key for keys."""
        mouse = (_TRIGGER.DoubleClicked, _TRIGGER.SelectedClicked)
        self._cells.by_mouse = len(args) > 1 and args[1] in mouse
        return bool(super().edit(*args))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        index, last = self.currentIndex(), self._lines.columnCount() - 1
        unwritten = index.row() >= len(self._lines.lines)
        in_last = index.row() == self._lines.rowCount() - 1 and index.column() == last
        at_end = unwritten or in_last
        stays = hint == _HINT.SubmitModelCache or (hint == _HINT.EditNextItem and at_end)
        super().closeEditor(editor, _HINT.NoHint if stays else hint)
        if self._held is not None:
            keys, lines = self._held
            self._held = None
            self.set_lines(lines, keys)
        if hint == _HINT.SubmitModelCache and self._lines.grows:
            if index.row() < len(self._lines.lines):
                self.write_in(index.row() + 1)
        elif hint == _HINT.EditNextItem and at_end:
            self.focusNextPrevChild(True)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._lines.rowCount():
            self.setCurrentIndex(self._lines.index(0, 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._measure()

    def _measure(self) -> None:
        """Columns are as wide as their letters, in whatever size those are."""
        metrics = self.fontMetrics()
        head = self.horizontalHeader()
        head.setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(max(TABLE_ITEM, metrics.height() + 10))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, column in enumerate(self._lines.columns):
            if column.width:
                title = metrics.horizontalAdvance(column.title) + 24
                head.resizeSection(at, max(title, column.width * metrics.averageCharWidth() + 16))
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """The columns without a width of their own share what is left, and stay readable."""
        head, columns = self.horizontalHeader(), self._lines.columns
        free = [at for at, column in enumerate(columns) if not column.width]
        taken = sum(head.sectionSize(at) for at in range(len(columns)) if at not in free)
        least = _LEAST * self.fontMetrics().averageCharWidth()
        for at in free:
            head.resizeSection(at, max(least, (self.viewport().width() - taken) // len(free)))


_MOST_PASTED = 500
_LEAST = 20  # letters
