"""A table to read, with at most one thing to do with a line."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from painprogram.gui import theme
from painprogram.gui.tokens import TABLE_ITEM


class Listing(QTableWidget):
    """The last column takes what is left; *tall* lines are shown before it scrolls."""

    delete_asked = Signal()

    def __init__(self, name: str, titles: Sequence[str], *, tall: int = 0) -> None:
        super().__init__(0, len(titles))
        self._keys: list[Hashable] = []
        self._tall = tall
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(len(titles) - 1, QHeaderView.ResizeMode.Stretch)
        theme.notifier.changed.connect(self._measure)
        self._measure()

    def show_lines(self, lines: Sequence[Sequence[str]], keys: Sequence[Hashable] = ()) -> None:
        chosen = self.current_key
        at = self.verticalScrollBar().value()
        self._keys = list(keys)
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)
        if chosen in self._keys:
            self.setCurrentCell(self._keys.index(chosen), 0)
        self.verticalScrollBar().setValue(at)
        self._measure()

    @property
    def current_key(self) -> Hashable | None:
        at = self.currentRow()
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        side = max(TABLE_ITEM, self.fontMetrics().height() + 10)
        self.verticalHeader().setDefaultSectionSize(side)
        if self._tall:
            many = min(max(self.rowCount(), 2), self._tall)
            head = max(side, self.horizontalHeader().sizeHint().height())
            self.setFixedHeight(head + many * side + 2 * self.frameWidth() + 2)
