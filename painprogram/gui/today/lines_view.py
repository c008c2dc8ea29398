"""The list of what waits: arrows walk it over the headings, Enter goes where a line is solved."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from painprogram.domain.today import Line
from painprogram.gui import theme
from painprogram.gui.today.lines_delegate import LinesDelegate
from painprogram.gui.today.lines_model import LinesModel, More, Row, key_of

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_SECTIONS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinesView(QListView):
    chosen = Signal(object)
    """The ``Line`` to be solved."""
    more_asked = Signal(object)
    """The matter to be opened or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self._paints = LinesDelegate(self)
        self.setModel(self.lines)
        self.setItemDelegate(self._paints)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self._walked = False
        """Whether anybody has chosen a line; until then the first one is."""
        theme.notifier.changed.connect(self._measure)

    def row(self, index: QModelIndex) -> Row | None:
        return self.lines.rows[index.row()] if index.isValid() else None

    def show_sections(self, sections: object) -> None:
        """Show these; the line the keyboard is on stays, and so does the scrolling."""
        before, at = self.row(self.currentIndex()), self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self._paints.measure(sections)  # type: ignore[arg-type]
        self.lines.show_sections(sections)  # type: ignore[arg-type]
        self._measure()
        if before is not None and not self._walked:
            self._go(self.lines.step(-1, 1))
        elif before is not None:
            kept = self.lines.row_of(key_of(before))
            if kept < 0:  # solved: the one after it
                kept = self.lines.step(min(at, len(self.lines.rows)) - 1, 1)
            if 0 <= kept < len(self.lines.rows):
                self.setCurrentIndex(self.lines.index(kept))
        self.verticalScrollBar().setValue(top)

    # How it is worked.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), self.currentIndex().row()
        self._walked = True
        if key in _ENTER:
            self._do(self.currentIndex())
        elif key in _STEPS:
            self._go(self.lines.step(at, _STEPS[key]))
        elif key in _SECTIONS:
            self._go(self.lines.section_step(at, _SECTIONS[key]))
        elif key == Qt.Key.Key_Home:
            self._go(self.lines.step(-1, 1))
        elif key == Qt.Key.Key_End:
            self._go(self.lines.step(len(self.lines.rows), -1))
        else:
            super().keyPressEvent(event)

    def _go(self, row: int) -> None:
        if 0 <= row < len(self.lines.rows):
            self.setCurrentIndex(self.lines.index(row))
            if self.lines.step(-1, 1) == row:
                self.scrollToTop()  # with its heading

    def _do(self, index: QModelIndex) -> None:
        row = self.row(index)
        if isinstance(row, Line):
            self.chosen.emit(row)
        elif isinstance(row, More):
            self.more_asked.emit(row.matter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._walked = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        where = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._link(where):
            self._do(self.indexAt(where))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        where = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self._link(where):
            self._do(self.indexAt(where))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._link(event.position().toPoint())
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )

    def _link(self, where: QPoint) -> bool:
        """Whether there is a link under the pointer."""
        index = self.indexAt(where)
        row = self.row(index)
        if isinstance(row, More):
            return True
        box = self.visualRect(index)
        return isinstance(row, Line) and self._paints.link(row, box).contains(where)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._go(self.lines.step(-1, 1))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._paints.set_width(self.viewport().width()):
            self._measure()

    def _measure(self) -> None:
        self._paints.set_width(self.viewport().width())
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
