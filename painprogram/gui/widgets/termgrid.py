"""A term with mouse and keyboard: cells that are walked, marks that are chosen and moved by weeks.

The grid asks (``shift_asked``, ``row_shift_asked``), it never changes a mark itself; whoever fills
it answers with ``show_term``.
"""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from painprogram.gui.widgets import termgrid_access, termgrid_keys
from painprogram.gui.widgets.termgrid_keys import Stroke
from painprogram.gui.widgets.termgrid_layout import Placed
from painprogram.gui.widgets.termgrid_values import Cell, Line, Mark, Rest, WeekColumn
from painprogram.gui.widgets.termgrid_view import TermSurface

__all__ = ["Cell", "Line", "Mark", "Rest", "TermGrid", "WeekColumn"]


class TermGrid(TermSurface):
    """Arrows walk the cells, Tab and Space the marks of one, Enter opens its week.

    Ctrl and a click, or Shift and Space, choose several together; a mark is dragged along its row.
    """

    week_activated = Signal(object)  # its Monday
    row_activated = Signal(object)  # key of the row
    shift_asked = Signal(object, int)  # key of a mark, weeks
    row_shift_asked = Signal(object, int)  # key of a row, weeks
    zoom_asked = Signal(int)  # 1 nearer, -1 farther, 0 as usual
    context_menu_asked = Signal(object, QPoint)  # key of a mark or None, place on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        termgrid_access.install(TermGrid)
        self._grip: tuple[Placed, QPoint] | None = None
        self._heads.week_asked.connect(self.week_activated)
        self._names.row_chosen.connect(self._choose_row)
        self._names.row_activated.connect(self.row_activated)

    # The mouse

    def _at(self, point: QPoint) -> tuple[Cell | None, Placed | None]:
        where = point + self._offset()
        cell = self._layout.cell_at(where)
        placed = self._marks_of(cell) if cell else []
        return cell, next((one for one in placed if one.rect.contains(where)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        cell, placed = self._at(event.position().toPoint())
        if cell is None:
            return
        key = placed.mark.key if placed else None
        together = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if together and key is not None:
            first = frozenset() if self._chosen is None else frozenset({self._chosen})
            self._keep(self._kept ^ {key} if self._kept else first | {key})
        elif key not in self._kept:
            self._keep(frozenset())
        self.go(cell)
        self._set_chosen(key)
        holds = event.button() == Qt.MouseButton.LeftButton and not together
        if holds and placed is not None and not placed.mark.fixed:
            self._grip = placed, event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        placed, began = self._grip
        here = event.position().toPoint()
        if self._landing is None and abs(here.x() - began.x()) < QApplication.startDragDistance():
            return
        column = self._layout.column_at((here + self._offset()).x())
        if column is not None:
            self._landing = placed, column
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        landing = self._landing
        self._let_go()
        if landing is not None:
            placed, column = landing
            began = self._layout.column_at(placed.rect.center().x())
            if began is not None and column != began:
                self._follow = True
                self.shift_asked.emit(placed.mark.key, column - began)
        event.accept()

    def _let_go(self) -> bool:
        """Forget what is held; False where nothing was being dragged."""
        dragged = self._landing is not None
        self._grip = self._landing = None
        if dragged:
            self.viewport().unsetCursor()
            self.viewport().update()
        return dragged

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell, _placed = self._at(event.position().toPoint())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.week_activated.emit(cell.monday)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.context_menu_asked.emit(self._chosen, event.globalPos())
        elif self._current is not None:
            where = self.rect_on_screen(self._current, self._chosen).center()
            self.context_menu_asked.emit(self._chosen, where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned:
                self.zoom_asked.emit(1 if turned > 0 else -1)
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turned:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (1 if turned > 0 else -1) * 3 * bar.singleStep())
            event.accept()
        else:
            super().wheelEvent(event)

    def _choose_row(self, key: Hashable) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        here = self._current or self.first_cell()
        if here is not None:
            self.go(Cell(key, here.monday))

    # The keyboard

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            leaves = event.key() == Qt.Key.Key_Escape and self._has_hold()
            if leaves or (self._current is not None and termgrid_keys.read(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stroke = termgrid_keys.read(event)
        if event.key() == Qt.Key.Key_Escape and self._has_hold():
            if not self._let_go():
                self._keep(frozenset())
                self._set_chosen(None)
        elif stroke is None:
            super().keyPressEvent(event)
        elif self._current is None:
            self.go(self.first_cell())
        else:
            self._do(stroke, self._current)

    def _has_hold(self) -> bool:
        return self._chosen is not None or bool(self._kept) or self._landing is not None

    def _do(self, stroke: Stroke, here: Cell) -> None:
        if stroke.verb == "open":
            self.week_activated.emit(here.monday)
        elif stroke.verb == "next":
            self._next_mark(here, stroke.dx, around=True)
        elif stroke.verb == "keep":
            if self._chosen is not None:
                self._keep(self._kept ^ {self._chosen})
        elif stroke.verb == "zoom":
            self.zoom_asked.emit(stroke.dy)
        elif stroke.verb == "shift":
            mark = self.mark(self._chosen) if self._chosen is not None else None
            if mark is not None and not mark.fixed:
                self._follow = True
                self.shift_asked.emit(mark.key, stroke.dx)
        elif stroke.verb == "shift_row":
            self._follow = True
            self.row_shift_asked.emit(here.row, stroke.dx)
        else:
            self._walk(stroke, here)

    def _walk(self, stroke: Stroke, here: Cell) -> None:
        row, column = self._layout.row_of(here.row), self._layout.column_of(here.monday)
        if row is None or column is None:
            return
        far = len(self._lines) + len(self._weeks)
        step = max(1, self.viewport().height() // self._layout.row - 1)
        many = {"walk": 1, "page": step}.get(stroke.verb, far)
        row = min(max(row + stroke.dy * many, 0), len(self._lines) - 1)
        column = min(max(column + stroke.dx * many, 0), len(self._weeks) - 1)
        cell = Cell(self._lines[row].key, self._weeks[column].monday)
        self.go(cell)
        self.show_cell(cell)

    def _next_mark(self, here: Cell, step: int, *, around: bool) -> bool:
        """Choose the mark beside the chosen one; False where there is none that way."""
        keys = [mark.key for mark in self.marks(here)]
        if not keys:
            return False
        if self._chosen in keys:
            at = keys.index(self._chosen) + step
        else:
            at = 0 if step > 0 else len(keys)  # backwards one leaves the cell, not into it
        if around:
            at %= len(keys)
        if not 0 <= at < len(keys):
            return False
        self._set_chosen(keys[at])
        return True

    def focusNextPrevChild(self, ahead: bool) -> bool:  # noqa: FBT001 -- Qt's own
        """Tab goes through what stands in the cell, then leaves the grid."""
        if self._current is not None and self._next_mark(
            self._current, 1 if ahead else -1, around=False
        ):
            return True
        return super().focusNextPrevChild(ahead)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go(self.first_cell())
        if self._current is not None:
            termgrid_access.say_focus(self, self._current, self._chosen)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._told_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _told_at(self, point: QPoint) -> str:
        """About the mark; else why the week or the row rests."""
        cell, placed = self._at(point)
        if placed is not None:
            return placed.mark.tooltip
        if cell is None:
            return ""
        line, column = self._layout.line(cell.row), self._layout.column_of(cell.monday)
        rest = line.rest(cell.monday) if line else None
        if rest is not None:
            return rest.reason
        week = None if column is None else self._weeks[column]
        return week.tooltip if week and week.is_shaded else ""
