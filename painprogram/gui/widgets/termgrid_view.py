"""A term on screen: rows down, weeks across, small marks in the cells. It knows no noun of ours."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from painprogram.gui import theme
from painprogram.gui.widgets import termgrid_access, termgrid_paint
from painprogram.gui.widgets.termgrid_edges import Heads, Names, head_height, names_width
from painprogram.gui.widgets.termgrid_layout import Layout, Placed
from painprogram.gui.widgets.termgrid_values import Cell, Line, Mark, WeekColumn
from painprogram.gui.widgets.weekgrid_paint import frame
from painprogram.i18n import _

USUAL = 38  # pixels for a week at 10 pt; what is left over is shared out


class TermSurface(QAbstractScrollArea):
    """What can be seen and chosen; ``TermGrid`` adds the mouse and the keyboard."""

    current_changed = Signal(object)  # Cell or None
    mark_chosen = Signal(object)  # key of a mark, or None
    kept_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: tuple[WeekColumn, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._least = USUAL
        self._current: Cell | None = None
        self._chosen: Hashable | None = None
        self._kept: frozenset[Hashable] = frozenset()
        self._landing: tuple[Placed, int] | None = None
        """What is dragged, and the number of the week it would land in."""
        self._follow = False
        self._placed: dict[tuple[Cell, Hashable | None], list[Placed]] = {}
        self._layout = self._laid_out()
        self._heads = Heads(self, self._shown)
        self._names = Names(self, self._shown)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Term"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._measure()
        theme.notifier.changed.connect(self._redress)

    # What is shown

    def show_term(self, weeks: Sequence[WeekColumn], lines: Sequence[Line]) -> None:
        """Show these; the current cell, what is chosen and the scroll stay where they can."""
        self._weeks, self._lines = tuple(weeks), tuple(lines)
        self._relayout()
        self._keep(frozenset(key for key in self._kept if self._cell_of(key)))
        where = self._cell_of(self._chosen)
        if self._chosen is not None and where is None:
            self._chosen = None
            self.mark_chosen.emit(None)
        if where is not None and where != self._current:
            self._go(where, keep=True)
        elif self._current is not None and not self._layout.has(self._current):
            self._go(self._nearest(self._current), keep=True)
        elif self._current is None and self.hasFocus():
            self._go(self.first_cell(), keep=True)
        if self._follow and self._current is not None:
            self.show_cell(self._current)
        self._follow = False

    def set_least_width(self, pixels: int) -> None:
        """The narrowest a week may be at 10 pt; what is left over is shared out."""
        if pixels != self._least:
            self._least = pixels
            self._relayout()
            if self._current is not None:
                self.show_cell(self._current)

    @property
    def weeks(self) -> tuple[WeekColumn, ...]:
        return self._weeks

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    @property
    def current(self) -> Cell | None:
        """The cell that has the keyboard."""
        return self._current

    @property
    def chosen(self) -> Hashable | None:
        """The key of the mark that is chosen, in the current cell."""
        return self._chosen

    @property
    def kept(self) -> frozenset[Hashable]:
        """Keys of the marks that are chosen together, in whatever cells."""
        return self._kept

    def marks(self, cell: Cell) -> tuple[Mark, ...]:
        return self._layout.marks(cell)

    def mark(self, key: Hashable) -> Mark | None:
        where = self._cell_of(key)
        marks = self.marks(where) if where else ()
        return next((mark for mark in marks if mark.key == key), None)

    def choose(self, key: Hashable | None) -> None:
        """Choose a mark, wherever it is, and go to its cell."""
        where = self._cell_of(key)
        if where is not None:
            self._go(where, keep=True)
            self.show_cell(where)
        self._set_chosen(key if where is not None else None)

    def go(self, cell: Cell | None) -> None:
        """Give *cell* the keyboard; nothing in it is chosen yet."""
        self._go(cell, keep=False)

    def _go(self, cell: Cell | None, *, keep: bool) -> None:
        if cell != self._current:
            self._current = cell
            self._names.set_current(cell.row if cell else None)
            if not keep:
                self._set_chosen(None)
            self.current_changed.emit(cell)
            if cell is not None and self.hasFocus():
                termgrid_access.say_focus(self, cell, self._chosen)
        self.viewport().update()

    def _set_chosen(self, key: Hashable | None) -> None:
        if key != self._chosen:
            self._chosen = key
            self.viewport().update()
            self.mark_chosen.emit(key)
            if key is not None and self._current is not None and self.hasFocus():
                termgrid_access.say_focus(self, self._current, key)

    def _keep(self, keys: frozenset[Hashable]) -> None:
        if keys != self._kept:
            self._kept = keys
            self.viewport().update()
            self.kept_changed.emit()

    def _cell_of(self, key: Hashable | None) -> Cell | None:
        """Where a mark stands; the current cell first, for one that stands in two rows."""
        if key is None:
            return None
        if self._current is not None and any(m.key == key for m in self.marks(self._current)):
            return self._current
        for line in self._lines:
            for monday, marks in line.cells.items():
                cell = Cell(line.key, monday)
                if any(mark.key == key for mark in marks) and self._layout.has(cell):
                    return cell
        return None

    def _nearest(self, cell: Cell) -> Cell | None:
        """The same row or week as far as they are still there."""
        if not self._weeks or not self._lines:
            return None
        row = cell.row if self._layout.row_of(cell.row) is not None else self._lines[0].key
        days = [week.monday for week in self._weeks]
        return Cell(row, min(max(cell.monday, days[0]), days[-1]))

    def first_cell(self) -> Cell | None:
        """Where the keyboard begins: this week, or the first."""
        if not self._weeks or not self._lines:
            return None
        now = next((week for week in self._weeks if week.today is not None), self._weeks[0])
        return Cell(self._lines[0].key, now.monday)

    # Places

    def show_cell(self, cell: Cell) -> None:
        """Scroll until the cell is in view."""
        rect = self._layout.rect(cell)
        if rect.isEmpty():
            return
        view = self.viewport()
        for bar, near, far, page in (
            (self.horizontalScrollBar(), rect.left(), rect.right() + 1, view.width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom() + 1, view.height()),
        ):
            bar.setValue(min(max(bar.value(), far - page), near))

    def rect_of(self, cell: Cell, mark: Hashable | None = None) -> QRect:
        """The cell's box in the viewport, or that of a mark in it."""
        rect = self._layout.rect(cell)
        if mark is not None:
            for placed in self._marks_of(cell):
                if placed.mark.key == mark:
                    rect = placed.rect
        return rect.translated(-self._offset())

    def rect_on_screen(self, cell: Cell, mark: Hashable | None = None) -> QRect:
        rect = self.rect_of(cell, mark)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def row_on_screen(self, key: Hashable) -> QRect:
        """A whole row, its name included."""
        at = self._layout.row_of(key)
        if at is None:
            return QRect()
        top = at * self._layout.row - self._offset().y() + self.viewport().y()
        return QRect(self.mapToGlobal(QPoint(0, top)), QSize(self.width(), self._layout.row))

    def _marks_of(self, cell: Cell) -> list[Placed]:
        key = cell, self._chosen if cell == self._current else None
        found = self._placed.get(key)
        if found is None:
            found = self._placed[key] = self._layout.placed(*key)
        return found

    def sizeHint(self) -> QSize:
        return QSize(1000, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(names_width() + 160, head_height() + 120)

    # Layout and scrolling

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _shown(self) -> tuple[Layout, int, int]:
        offset = self._offset()
        return self._layout, offset.x(), offset.y()

    def _laid_out(self) -> Layout:
        return Layout(
            self._weeks,
            self._lines,
            room=self.viewport().width(),
            least=round(self._least * theme.scale()),
            scale=theme.scale(),
        )

    def _measure(self) -> None:
        self.setViewportMargins(names_width(), head_height(), 0, 0)

    def _relayout(self) -> None:
        self._layout = self._laid_out()
        self._placed.clear()
        view = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, self._layout.width - view.width()))
        across.setPageStep(view.width())
        across.setSingleStep(max(1, self._layout.column))
        down.setRange(0, max(0, self._layout.height - view.height()))
        down.setPageStep(view.height())
        down.setSingleStep(max(1, self._layout.row // 2))
        area = self.viewport().geometry()
        self._heads.setGeometry(0, area.y() - head_height(), area.right() + 1, head_height())
        self._names.setGeometry(area.x() - names_width(), area.y(), names_width(), area.height())
        self._repaint_all()

    def _repaint_all(self) -> None:
        for part in (self.viewport(), self._heads, self._names):
            part.update()

    def _redress(self) -> None:
        self._measure()
        self._relayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        if dx:
            self._heads.update()
        if dy:
            self._names.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._redress()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, offset, layout = self.viewport().devicePixelRatioF(), self._offset(), self._layout
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        painter.translate(-offset)
        area = event.rect().translated(offset)
        termgrid_paint.ground(painter, layout, area, ratio)
        self._paint_rests(painter, area, ratio)
        view = QRect(offset, self.viewport().size())
        termgrid_paint.reasons(painter, layout, view)
        termgrid_paint.today_line(painter, layout, area.top(), area.bottom() + 1)
        self._paint_marks(painter, area)
        if self._landing is not None:
            placed, column = self._landing
            across = layout.left(column) - layout.left(layout.column_at(placed.rect.left()) or 0)
            shape = placed.rect.translated(across, 0)
            frame(painter, shape, theme.tokens().accent, dashed=True, line=2)
        if self._current is not None:
            rect = layout.rect(self._current).adjusted(1, 0, 0, -1)
            if not rect.isEmpty():
                line = 2 if self.hasFocus() else 1
                frame(painter, rect, theme.tokens().accent, dashed=False, line=line)
        painter.end()

    def _in(self, area: QRect) -> tuple[range, range]:
        """The rows and columns that *area* touches."""
        layout = self._layout
        if not layout.weeks or not layout.lines:
            return range(0), range(0)
        first = layout.column_at(max(0, area.left())) or 0
        last = layout.column_at(min(area.right(), layout.left(len(layout.weeks)) - 1))
        top, bottom = max(0, area.top()) // layout.row, area.bottom() // layout.row
        return (
            range(top, min(bottom + 1, len(layout.lines))),
            range(first, (len(layout.weeks) - 1 if last is None else last) + 1),
        )

    def _paint_rests(self, painter: QPainter, area: QRect, ratio: float) -> None:
        rows, columns = self._in(area)
        for row in rows:
            line = self._layout.lines[row]
            for held in line.rests:
                there = [
                    at for at, week in enumerate(self._layout.weeks) if held.touches(week.monday)
                ]
                if there and there[0] <= columns[-1] and there[-1] >= columns[0]:
                    empty = next(
                        (at for at in there if self._is_empty(line, at, there[-1])), there[-1] + 1
                    )
                    rects = [self._span(row, first, there[-1]) for first in (there[0], empty)]
                    termgrid_paint.rest(painter, rects[0], held, ratio, words=rects[1])

    def _is_empty(self, line: Line, first: int, last: int) -> bool:
        """Whether nothing stands in these weeks of a row."""
        weeks = self._layout.weeks[first : last + 1]
        return not any(line.marks(week.monday) for week in weeks)

    def _span(self, row: int, first: int, last: int) -> QRect:
        """From one week to another; empty where the last is before the first."""
        left, layout = self._layout.left(first), self._layout
        return QRect(left, row * layout.row, layout.left(last + 1) - left, layout.row)

    def _paint_marks(self, painter: QPainter, area: QRect) -> None:
        rows, columns = self._in(area)
        for row in rows:
            line = self._layout.lines[row]
            for column in columns:
                monday = self._layout.weeks[column].monday
                if line.marks(monday):
                    for placed in self._marks_of(Cell(line.key, monday)):
                        chosen = self._chosen is not None and placed.mark.key == self._chosen
                        here = self._current == Cell(line.key, monday)
                        kept = placed.mark.key in self._kept
                        termgrid_paint.mark(painter, placed, chosen=kept or (chosen and here))
