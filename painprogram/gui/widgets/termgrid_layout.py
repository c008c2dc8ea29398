"""Where each thing stands in a term grid. Coordinates are those of the contents."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize

from painprogram.gui.widgets.termgrid_values import Cell, Line, Mark, WeekColumn

LINES = 2  # of marks in a cell; one more in narrow columns, where two don't fit side by side
MARK = (16, 20)  # width and height of a mark with nothing beside its icon
NUMBERED = 25  # the least width of one that has its number too
_PAD = 2
_GAP = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark where it is painted; with *more* it stands for that many that find no place."""

    mark: Mark
    rect: QRect
    numbered: bool = False
    more: int = 0


class Layout:
    """Rows of one height, columns of one width: as wide as fits, never below *least*."""

    def __init__(
        self,
        weeks: Sequence[WeekColumn],
        lines: Sequence[Line],
        *,
        room: int,
        least: int,
        scale: float,
    ) -> None:
        self.weeks = tuple(weeks)
        self.lines = tuple(lines)
        self.mark = round(MARK[0] * scale)
        self.high = round(MARK[1] * scale)
        self.numbered = round(NUMBERED * scale)
        self.row = LINES * self.high + (LINES - 1) * _GAP + 2 * _PAD + 3
        many = max(1, len(self.weeks))
        self.column = max(least, room // many)
        self.narrow = self.column < 2 * self.mark + _GAP + 2 * _PAD + 1
        self._rest = max(
            0, room - self.column * many
        )  # pixels left over: one for each of the first
        self.width = max(room, self.column * many) if self.weeks else 0
        self.height = self.row * len(self.lines)
        self._column_of = {week.monday: at for at, week in enumerate(self.weeks)}
        self._row_of = {line.key: at for at, line in enumerate(self.lines)}

    def left(self, column: int) -> int:
        return column * self.column + min(column, self._rest)

    def column_at(self, x: int) -> int | None:
        found = next((at for at in range(len(self.weeks)) if self.left(at + 1) > x), None)
        return found if x >= 0 else None

    def row_at(self, y: int) -> int | None:
        found = y // self.row
        return found if y >= 0 and found < len(self.lines) else None

    def column_of(self, monday: date) -> int | None:
        return self._column_of.get(monday)

    def row_of(self, key: Hashable) -> int | None:
        return self._row_of.get(key)

    def line(self, key: Hashable) -> Line | None:
        at = self._row_of.get(key)
        return None if at is None else self.lines[at]

    def marks(self, cell: Cell) -> tuple[Mark, ...]:
        line = self.line(cell.row)
        return line.marks(cell.monday) if line else ()

    def has(self, cell: Cell) -> bool:
        return cell.row in self._row_of and cell.monday in self._column_of

    def cell_at(self, point: QPoint) -> Cell | None:
        row, column = self.row_at(point.y()), self.column_at(point.x())
        if row is None or column is None:
            return None
        return Cell(self.lines[row].key, self.weeks[column].monday)

    def rect(self, cell: Cell) -> QRect:
        """Empty where the cell isn't shown."""
        row, column = self.row_of(cell.row), self.column_of(cell.monday)
        if row is None or column is None:
            return QRect()
        left = self.left(column)
        return QRect(left, row * self.row, self.left(column + 1) - left, self.row)

    def placed(self, cell: Cell, chosen: Hashable | None = None) -> list[Placed]:
        """The marks of a cell: one a line where there is room, else side by side.

        Those that find no place are counted at the end; *chosen* is always seen.
        """
        marks, rect = self.marks(cell), self.rect(cell)
        if not marks or rect.isEmpty():
            return []
        inner = rect.adjusted(_PAD + 1, _PAD + 1, -_PAD, -_PAD - 1)
        if inner.width() < self.mark:  # a year at a glance: as wide as the column lets them
            inner = rect.adjusted(1, _PAD + 1, 0, -_PAD - 1)
        lines = LINES + self.narrow
        high = (inner.height() - (lines - 1) * _GAP) // lines
        across = max(1, (inner.width() + _GAP) // (self.mark + _GAP))
        if len(marks) <= lines:
            across = 1
        wide = (inner.width() - (across - 1) * _GAP) // across
        size, numbered = QSize(wide, high), wide >= self.numbered
        seen, more = _fitted(marks, across * lines, chosen)
        found = [
            Placed(mark, _box(inner, at % across, at // across, size), numbered=numbered)
            for at, mark in enumerate(seen)
        ]
        if more is not None:
            box = _box(inner, across - 1, lines - 1, size)
            found.append(Placed(more, box, more=len(marks) - len(seen)))
        return found


def _box(inner: QRect, across: int, line: int, size: QSize) -> QRect:
    """A mark's place in its cell, counted from the upper left."""
    left = inner.x() + across * (size.width() + _GAP)
    return QRect(QPoint(left, inner.y() + line * (size.height() + _GAP)), size)


def _fitted(
    marks: tuple[Mark, ...], most: int, chosen: Hashable | None
) -> tuple[list[Mark], Mark | None]:
    """Those that are seen, and a mark for the rest that carries what they warn of."""
    if len(marks) <= most:
        return list(marks), None
    seen, hidden = list(marks[: most - 1]), list(marks[most - 1 :])
    wanted = next((at for at, mark in enumerate(hidden) if mark.key == chosen), None)
    if wanted is not None and chosen is not None and seen:
        seen[-1], hidden[wanted] = hidden[wanted], seen[-1]
    rest = Mark(
        None,
        conflict=any(mark.conflict for mark in hidden),
        acknowledged=any(mark.acknowledged for mark in hidden),
        changed=any(mark.changed for mark in hidden),
        past=all(mark.past for mark in hidden),
        tooltip="\n".join(mark.tooltip for mark in hidden if mark.tooltip),
    )
    return seen, rest
