"""The lines behind a ``LineTable``."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from painprogram.gui import theme

Line = dict[str, Any]
Kind = Literal["text", "number", "choice", "tick"]
_Index = QModelIndex | QPersistentModelIndex
_ROLE, _FLAG = Qt.ItemDataRole, Qt.ItemFlag


@dataclass(frozen=True, slots=True)
class Column:
    """*width* counts letters, 0 takes what is left; *start* is the value in a new line."""

    key: str
    title: str
    kind: Kind = "text"
    width: int = 0
    start: Any = ""
    options: tuple[tuple[Any, str], ...] = ()
    hint: str = ""
    """What the empty line says to write here."""
    understand: Callable[[str], Any] | None = None
    """Reads a pasted choice; None where it says nothing."""

    def read(self, text: str) -> Any:
        """The value that pasted *text* stands for; None where it is none."""
        if self.understand is not None:
            return self.understand(text)
        if self.kind == "number":
            return int(text) if text.isdecimal() else None
        if self.kind == "tick":
            return bool(text)
        return text if self.kind == "text" else None

    def shown(self, value: Any) -> str:
        if self.kind == "choice":
            return next((label for key, label in self.options if key == value), "")
        return "" if self.kind == "tick" else str(value)


class LineModel(QAbstractTableModel):
    written = Signal(object, str, object)

    def __init__(self, columns: Sequence[Column], parent: QObject, *, grows: bool) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.grows = grows
        self.lines: list[Line] = []
        self.keys: list[Hashable] = []
        self._wrong: frozenset[int] = frozenset()
        self._new = count(1)

    # Lines.

    def empty(self) -> Line:
        return {column.key: column.start for column in self.columns}

    def replace(self, keys: list[Hashable], lines: list[Line]) -> bool:
        """Show these; True where they were the same lines, so that nothing needs to move."""
        if keys == self.keys:
            self.lines = [dict(line) for line in lines]
            self._refresh()
            return True
        self.beginResetModel()
        self.keys, self.lines, self._wrong = keys, [dict(line) for line in lines], frozenset()
        self.endResetModel()
        return False

    def add(self, lines: list[Line]) -> None:
        first = len(self.lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self.lines += lines
        self.keys += [f"new {next(self._new)}" for _line in lines]
        self.endInsertRows()

    def _fill_empty(self) -> None:
        """The empty line becomes a line, and stays where it is; a new empty one follows."""
        after = len(self.lines) + 1
        self.beginInsertRows(QModelIndex(), after, after)
        self.lines.append(self.empty())
        self.keys.append(f"new {next(self._new)}")
        self.endInsertRows()

    def remove(self, at: int) -> bool:
        if not 0 <= at < len(self.lines):
            return False
        self.beginRemoveRows(QModelIndex(), at, at)
        del self.lines[at], self.keys[at]
        self.endRemoveRows()
        self.mark(frozenset())
        return True

    def mark(self, wrong: frozenset[int]) -> None:
        self._wrong = wrong
        self._refresh()

    def _refresh(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # What Qt asks for.

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self.lines) + self.grows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return self.columns[section].title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _FLAG.NoItemFlags
        found = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable
        if self.columns[index.column()].kind != "tick":
            return found | _FLAG.ItemIsEditable
        return found | _FLAG.ItemIsUserCheckable if index.row() < len(self.lines) else found

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if index.row() >= len(self.lines):
            return self._empty_data(column, role)
        value = self.lines[index.row()][column.key]
        if role == _ROLE.EditRole:
            return value
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return column.shown(value)
        if role == _ROLE.AccessibleTextRole:
            return column.shown(value) or column.title
        if role == _ROLE.CheckStateRole and column.kind == "tick":
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == _ROLE.BackgroundRole and index.row() in self._wrong:
            return theme.tokens().block_tint
        return None

    @staticmethod
    def _empty_data(column: Column, role: int) -> Any:
        if role == _ROLE.EditRole:
            return column.start
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return column.hint
        return theme.tokens().text3 if role == _ROLE.ForegroundRole else None

    def setData(self, index: _Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        column = self.columns[index.column()]
        if role == _ROLE.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role != _ROLE.EditRole:
            return False
        if isinstance(value, str) and column.kind == "text":
            value = value.strip()
        if index.row() >= len(self.lines):
            if value == column.start:
                return False  # looked at, and left empty
            self._fill_empty()
        line, key = self.lines[index.row()], self.keys[index.row()]
        if line[column.key] == value:
            return False
        line[column.key] = value
        self.dataChanged.emit(index, index)
        self.written.emit(key, column.key, value)
        return True
