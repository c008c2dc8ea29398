"""What a screen reader meets in a term grid: rows, their cells, and the marks in each."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from painprogram.gui.widgets.termgrid_values import Cell, Line, Mark, WeekColumn
from painprogram.i18n import _

_Role, _Text, _Event = QAccessible.Role, QAccessible.Text, QAccessible.Event


class Rows(Protocol):
    """What the grid tells about itself."""

    @property
    def weeks(self) -> Sequence[WeekColumn]: ...
    @property
    def lines(self) -> Sequence[Line]: ...
    @property
    def current(self) -> Cell | None: ...
    @property
    def chosen(self) -> Hashable | None: ...
    @property
    def kept(self) -> frozenset[Hashable]: ...
    def marks(self, cell: Cell) -> Sequence[Mark]: ...
    def rect_on_screen(self, cell: Cell, mark: Hashable | None = None) -> QRect: ...
    def row_on_screen(self, key: Hashable) -> QRect: ...
    def hasFocus(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A row; with *cell* a week of it; with *mark* what stands there."""

    row: Hashable
    cell: Cell | None = None
    mark: Hashable | None = None


class GridAccess(QAccessibleWidget):
    """The grid as a table of rows."""

    def __init__(self, widget: QWidget, grid: Rows) -> None:
        super().__init__(widget, _Role.Table)
        self.grid = grid
        self._items: dict[Place, Item] = {}

    def item(self, place: Place) -> "Item":
        found = self._items.get(place)
        if found is None:
            found = self._items[place] = Item(self, place)
            QAccessible.registerAccessibleInterface(found)
        return found

    def childCount(self) -> int:
        return len(self.grid.lines)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        lines = self.grid.lines
        return self.item(Place(lines[index].key)) if 0 <= index < len(lines) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        place = getattr(child, "place", None)
        keys = [Place(line.key) for line in self.grid.lines]
        return keys.index(place) if place in keys else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        cell = self.grid.current
        if cell is None or not self.grid.hasFocus():
            return None
        return self.item(Place(cell.row, cell, self.grid.chosen))

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        for line in self.grid.lines:
            if self.grid.row_on_screen(line.key).contains(x, y):
                return self.item(Place(line.key))
        return None


class Item(QAccessibleInterface):
    """A row, a cell or a mark."""

    def __init__(self, table: GridAccess, place: Place) -> None:
        super().__init__()
        self.place = place
        self._table = table
        self._grid = table.grid

    def _line(self) -> Line | None:
        return next((line for line in self._grid.lines if line.key == self.place.row), None)

    def _week(self) -> WeekColumn | None:
        cell = self.place.cell
        weeks = self._grid.weeks if cell else ()
        return next((week for week in weeks if cell and week.monday == cell.monday), None)

    def _mark(self) -> Mark | None:
        cell, key = self.place.cell, self.place.mark
        marks = self._grid.marks(cell) if cell and key is not None else ()
        return next((mark for mark in marks if mark.key == key), None)

    def isValid(self) -> bool:
        if self.place.mark is not None:
            return self._mark() is not None
        return self._line() is not None and (not self.place.cell or self._week() is not None)

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._table.window()

    def parent(self) -> QAccessibleInterface:
        if self.place.cell is None:
            return self._table
        outer = Place(self.place.row, self.place.cell if self.place.mark is not None else None)
        return self._table.item(outer)

    def _children(self) -> list[Place]:
        row, cell = self.place.row, self.place.cell
        if self.place.mark is not None:
            return []
        if cell is None:
            return [Place(row, Cell(row, week.monday)) for week in self._grid.weeks]
        return [Place(row, cell, mark.key) for mark in self._grid.marks(cell)]

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        places = self._children()
        return self._table.item(places[index]) if 0 <= index < len(places) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        for place in self._children():
            item = self._table.item(place)
            if item.rect().contains(x, y):
                return item
        return None

    def childCount(self) -> int:
        return len(self._children())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        places, place = self._children(), getattr(child, "place", None)
        return places.index(place) if place in places else -1

    def rect(self) -> QRect:
        if self.place.cell is None:
            return self._grid.row_on_screen(self.place.row)
        return self._grid.rect_on_screen(self.place.cell, self.place.mark)

    def role(self) -> QAccessible.Role:
        if self.place.mark is not None:
            return _Role.ListItem
        return _Role.Row if self.place.cell is None else _Role.Cell

    def setText(self, _text: QAccessible.Text, _value: str) -> None:
        """What it says follows from what it shows."""

    def text(self, text: QAccessible.Text) -> str:
        if text != _Text.Name:
            return ""
        mark, line, week = self._mark(), self._line(), self._week()
        if mark is not None:
            return mark.accessible_text or mark.text
        if week is not None and self.place.cell is not None:
            return self._cell_text(week, self.place.cell, line)
        return (line.accessible_text or line.title) if line else ""

    def _cell_text(self, week: WeekColumn, cell: Cell, line: Line | None) -> str:
        """``v. 14: Closed: Easter. Relaxation 3 of 8 …``"""
        rest = line.rest(cell.monday) if line else None
        parts = [f"{line.title}, {week.title}:" if line else f"{week.title}:"]
        if week.is_shaded:
            why = week.closed or ", ".join(reason for _day, reason in week.shut)
            parts.append(_("Closed: {reason}.").format(reason=why))
        if rest is not None:
            parts.append(f"{rest.reason}.")
        marks = self._grid.marks(cell)
        parts += [mark.accessible_text or mark.text for mark in marks]
        return " ".join(parts) if len(parts) > 1 else f"{parts[0]} {_('nothing')}"

    def state(self) -> QAccessible.State:
        here = self.place.cell is not None and self.place.cell == self._grid.current
        mine = (here and self.place.mark == self._grid.chosen) or self.place.mark in self._grid.kept
        found = QAccessible.State()
        for name, value in {
            "focusable": self.place.cell is not None,
            "selectable": self.place.mark is not None,
            "selected": mine and self.place.mark is not None,
            "focused": mine and self._grid.hasFocus(),
            "invalid": not self.isValid(),
        }.items():
            setattr(found, name, value)
        return found


_made: dict[int, GridAccess] = {}  # Qt keeps the interface, this keeps its Python half
_known: set[type[QObject]] = set()


def _factory(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if type(thing) not in _known or not isinstance(thing, QWidget):
        return None
    made = GridAccess(thing, thing)  # type: ignore[arg-type]
    key = id(thing)
    _made[key] = made
    thing.destroyed.connect(lambda: _made.pop(key, None))
    return made


def install(kind: type[QObject]) -> None:
    """Let screen readers into widgets of exactly *kind*, which fulfils ``Rows``."""
    if not _known:
        QAccessible.installFactory(_factory)
    _known.add(kind)


def say_focus(widget: QWidget, cell: Cell, mark: Hashable | None) -> None:
    """Tell a screen reader, if there is one, where the keyboard is."""
    if not QAccessible.isActive():
        return
    access = QAccessible.queryAccessibleInterface(widget)
    if isinstance(access, GridAccess):
        place = access.item(Place(cell.row, cell, mark))
        QAccessible.updateAccessibility(QAccessibleEvent(place, _Event.Focus))
