"""The table of an own schedule: a row is chosen, ticked, swapped, taken away."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from painprogram.domain.schedule import Line
from painprogram.gui import theme
from painprogram.gui.patients.lines_delegate import LinesDelegate, row_height, widths
from painprogram.gui.patients.lines_model import Column, LinesModel, Noted
from painprogram.gui.patients.parts import is_key
from painprogram.i18n import _

_ABOVE = 3
"""Past rows that stay in sight above the next session."""
_NARROW = 300
"""Less than this for module, room and reason together: the room stands in the tooltip alone."""


class LinesView(QTableView):
    ticked = Signal(object)
    """A ``Line`` whose tick box was pressed."""
    removed = Signal(object)
    entered_line = Signal(object)
    """Return on a ``Line``."""
    line_chosen = Signal()
    menu_asked = Signal(QPoint)
    """On the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(LinesDelegate(self))
        self.setObjectName("own_schedule")
        self.setAccessibleName(_("Own schedule"))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(20)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        theme.notifier.changed.connect(self._dress)
        self._dress()

    @property
    def chosen(self) -> Line | None:
        return self.lines.line(self.currentIndex().row())

    def show_lines(
        self, lines: tuple[Line, ...], today: date, noted: Noted, *, afresh: bool
    ) -> None:
        """The chosen row stays chosen wherever it went; *afresh* is another patient's schedule."""
        kept = None if afresh else self.chosen
        scrolled = self.verticalScrollBar().value()
        self.lines.show(lines, today, noted)
        self._stretch()
        if kept is not None:
            row = self.lines.row_of(kept)
            if row >= 0:
                self.setCurrentIndex(self.lines.index(row, Column.TAKES_PART))
        if afresh:
            self.setCurrentIndex(QModelIndex())
            QTimer.singleShot(0, self._show_next)  # when the rows have found their places
        else:
            self.verticalScrollBar().setValue(scrolled)

    def _show_next(self) -> None:
        row = min(self.lines.next_row(), self.lines.rowCount() - 1)
        if row >= 0:
            first = self.lines.index(max(0, row - _ABOVE), 0)
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.chosen
        if line is not None and is_key(event, Qt.Key.Key_Space):
            self.ticked.emit(line)
        elif line is not None and is_key(event, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(line)
        elif line is not None and is_key(event, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit(line)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What has a fixed width gets it; module, room and reason share the rest."""
        fixed = widths()
        rest = max(120, self.viewport().width() - sum(fixed.values()))
        narrow = rest < _NARROW * theme.scale()
        self.setColumnHidden(Column.ROOM, narrow)
        room = 0 if narrow else min(round(rest * 0.22), round(140 * theme.scale()))
        module = round((rest - room) * 0.48)
        shares = {**fixed, Column.MODULE: module, Column.ROOM: room}
        shares[Column.WHO] = rest - module - room
        for column, wide in shares.items():
            self.setColumnWidth(column, wide)

    def _clicked(self, index: QModelIndex) -> None:
        line = self.lines.line(index.row())
        if line is not None and index.column() == Column.TAKES_PART:
            self.ticked.emit(line)

    def _moved(self) -> None:
        self.line_chosen.emit()

    def _menu(self, where: QPoint) -> None:
        if self.chosen is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(where))

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.tokens().base)
        self.setPalette(palette)
        self.setFont(theme.font())
        self._stretch()
        self._fit()

    def _stretch(self) -> None:
        for row, line in enumerate(self.lines.lines):
            height = row_height(line)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
