"""The table of the list: several lines at once, by keyboard, found by their first letters."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from painprogram.domain.names import folded
from painprogram.domain.terms import TermWeek
from painprogram.gui import theme
from painprogram.gui.sessions.list_cells import Cells
from painprogram.gui.sessions.list_model import COLUMNS, TITLE, Entry, Heading, ListModel
from painprogram.gui.sessions.shown import Held
from painprogram.gui.tokens import TABLE_ITEM
from painprogram.i18n import _

_FLAG = QItemSelectionModel.SelectionFlag
_MOVES = {
    Qt.Key.Key_Left: "day_earlier",
    Qt.Key.Key_Right: "day_later",
    Qt.Key.Key_Up: "quarter_earlier",
    Qt.Key.Key_Down: "quarter_later",
}
_WALKS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_SEQUENCES = (
    (QKeySequence.StandardKey.Cut, "cut"),
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.Paste, "paste"),
)


class ListTable(QTableView):
    held_changed = Signal()
    """The keyboard is on another session or visit, or on none any more."""
    several_changed = Signal()
    """Other lines are selected."""
    opened = Signal()
    verb_asked = Signal(str)
    menu_asked = Signal(QPoint)
    sorted_by = Signal(int, bool)
    """Column, and whether the last stands first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = ListModel(self)
        self._holding = self._spreading = False
        self._told: tuple[UUID | None, tuple[UUID, ...]] = (None, ())
        self._own_widths = False
        self._typed, self._since = "", QElapsedTimer()
        self.setObjectName("list")
        self.setAccessibleName(_("Sessions and visits"))
        self.setModel(self._lines)
        self.setItemDelegate(Cells(self))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(self._head_clicked)
        head.sectionResized.connect(self._resized)
        self.selectionModel().selectionChanged.connect(self._selected)
        self.selectionModel().currentRowChanged.connect(self._selected)
        self.doubleClicked.connect(self._double)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    # What stands in it

    @property
    def lines(self) -> ListModel:
        return self._lines

    @property
    def held(self) -> Held | None:
        """What the keyboard is on."""
        entry = self._lines.entry(self.currentIndex().row())
        return entry.held if entry else None

    @property
    def selection(self) -> tuple[Held, ...]:
        """Everything that is selected, in the order of the lines."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        found = (self._lines.entry(row) for row in rows)
        return tuple(entry.held for entry in found if entry)

    def show_entries(self, entries: Iterable[Entry], weeks: Iterable[TermWeek]) -> None:
        """Show these; what is selected, the line with the keyboard and the scroll stay."""
        with _Kept(self):
            self._lines.show_entries(entries, weeks)

    def arrange(self, column: int, *, descending: bool) -> None:
        with _Kept(self):
            self._lines.arrange(column, descending=descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self.scrollTo(self.currentIndex())
        self.sorted_by.emit(column, descending)

    def choose(self, keys: Iterable[UUID], current: UUID | None = None) -> None:
        """Select the lines of *keys*; *current* (else the first) takes the keyboard."""
        rows = sorted(row for key in keys if (row := self._lines.row_of(key)) is not None)
        at = self._lines.row_of(current) if current else None
        model, selection = self.selectionModel(), QItemSelection()
        last = len(COLUMNS) - 1
        for first, end in _runs(rows):
            selection.select(self._lines.index(first, 0), self._lines.index(end, last))
        model.select(selection, _FLAG.ClearAndSelect)
        wanted = at if at is not None else rows[0] if rows else None
        if wanted is not None:
            column = max(0, self.currentIndex().column()) or TITLE
            model.setCurrentIndex(self._lines.index(wanted, column), _FLAG.NoUpdate)

    def span_headings(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self._lines.lines):
            if isinstance(line, Heading):
                self.setSpan(row, 0, 1, len(COLUMNS))

    def holding(self, *, on: bool) -> None:
        """While it is filled, or a key does its work, nothing is told; afterwards once."""
        self._holding = on
        if not on:
            self._tell()

    def _selected(self) -> None:
        self.viewport().update()  # the frame of the line with the keyboard spans its cells
        if not self._holding:
            self._tell()

    def _tell(self) -> None:
        held, several = self.held, tuple(one.id for one in self.selection)
        before, self._told = self._told, (held.id if held else None, several)
        if self._told[0] != before[0]:
            self.held_changed.emit()
        if self._told[1] != before[1]:
            self.several_changed.emit()

    # How it is worked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        alone = held == Qt.KeyboardModifier.NoModifier
        sequence = next((verb for keys, verb in _SEQUENCES if event.matches(keys)), "")
        if event.key() in _WALKS and self._begin():
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alone:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_F2 and alone:
            self._ask("time")
        elif event.key() == Qt.Key.Key_Delete and alone:
            self._ask("cancel")
        elif held == Qt.KeyboardModifier.AltModifier and event.key() in _MOVES:
            self._ask(_MOVES[Qt.Key(event.key())])
        elif sequence == "paste":
            self.verb_asked.emit(sequence)
        elif sequence:
            self._ask(sequence)
        else:
            self.holding(on=True)  # a line is walked to first, and selected after
            super().keyPressEvent(event)
            self.holding(on=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.holding(on=True)
        super().mousePressEvent(event)
        self.holding(on=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.holding(on=True)
        super().mouseMoveEvent(event)
        self.holding(on=False)

    def _ask(self, verb: str) -> None:
        if self.selection:
            self.verb_asked.emit(verb)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            moves = event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _MOVES
            if moves or any(event.matches(keys) for keys, _verb in _SEQUENCES):
                event.accept()
                return True
        return super().event(event)

    def keyboardSearch(self, typed: str) -> None:
        """The next line whose title, else whose group, begins so; typing on narrows it down.

        Nothing typed begins anew.
        """
        if not typed:
            self._since.invalidate()
            return
        pause = QApplication.keyboardInputInterval()
        fresh = not self._since.isValid() or self._since.hasExpired(pause)
        self._since.start()
        self._typed = typed if fresh else self._typed + typed
        wanted, rows = folded(self._typed), len(self._lines.lines)
        here = max(0, self.currentIndex().row())
        first = here + 1 if fresh else here
        for of in (_title, _group):
            for step in range(rows):
                row = (first + step) % rows
                entry = self._lines.entry(row)
                if entry is not None and of(entry).startswith(wanted):
                    column = max(0, self.currentIndex().column())
                    self.setCurrentIndex(self._lines.index(row, column))
                    return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(event.globalPos())
        elif self.currentIndex().isValid():
            where = self.visualRect(self.currentIndex()).center()
            self.menu_asked.emit(self.viewport().mapToGlobal(where))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self._begin()
        self.viewport().update()

    def _begin(self) -> bool:
        """Go to the first line, if the keyboard is on none."""
        lines = range(len(self._lines.lines))
        first = next((row for row in lines if self._lines.entry(row)), None)
        if self.held is not None or first is None:
            return False
        self.setCurrentIndex(self._lines.index(first, TITLE))
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _double(self, index: QModelIndex) -> None:
        if self._lines.entry(index.row()) is not None:
            self.opened.emit()

    def _head_clicked(self, column: int) -> None:
        again = column == self._lines.sorted_by
        self.arrange(column, descending=again and not self._lines.descending)

    # Sizes

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._measure()

    def _measure(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(max(TABLE_ITEM, metrics.height() + 10))
        head = self.horizontalHeader()
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._own_widths = False
        self._spread()

    def _spread(self) -> None:
        """As wide as their letters; what is left over goes to those that hold names."""
        if self._own_widths:
            return
        metrics = self.fontMetrics()
        letter = metrics.horizontalAdvance("0")
        sizes = []
        for column in COLUMNS:
            title = metrics.horizontalAdvance(_(column.title)) + 26
            sizes.append(max(title, column.width * letter + 18))
        left = max(0, self.viewport().width() - sum(sizes))
        shares = sum(column.spare for column in COLUMNS)
        self._spreading = True
        for at, column in enumerate(COLUMNS):
            self.horizontalHeader().resizeSection(at, sizes[at] + left * column.spare // shares)
        self._spreading = False

    def _resized(self, _column: int, _before: int, _after: int) -> None:
        if not self._spreading:
            self._own_widths = True  # whoever sits there knows better

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()


class _Kept:
    """Around new lines: selection, the line with the keyboard and the place in view stay."""

    def __init__(self, table: ListTable) -> None:
        self._table = table

    def __enter__(self) -> None:
        table = self._table
        table.holding(on=True)
        self._selected = [held.id for held in table.selection]
        self._current = table.held.id if table.held else None
        self._scroll = table.verticalScrollBar().value()

    def __exit__(self, *_error: object) -> None:
        table = self._table
        table.span_headings()
        table.choose(self._selected, self._current)
        table.verticalScrollBar().setValue(self._scroll)
        table.holding(on=False)


def _runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Rows that follow each other, as first and last."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def _title(entry: Entry) -> str:
    return folded(entry.held.title)


def _group(entry: Entry) -> str:
    return folded(entry.held.group_name)
