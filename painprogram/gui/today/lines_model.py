"""What waits, as rows: a heading for each matter, its lines, and a row that opens the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from painprogram.domain.today import MOST, SHOWN, Line, Matter, Section
from painprogram.i18n import _, ngettext

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_NONE = Qt.ItemFlag.NoItemFlags
_LINE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True)
class More:
    """Opens a matter, or closes it again."""

    matter: Matter
    text: str


Row = Section | Line | More


class LinesModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_sections(self, sections: Sequence[Section]) -> None:
        rows = list(_rows(sections))
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @property
    def lines(self) -> list[Line]:
        return [row for row in self.rows if isinstance(row, Line)]

    def row_of(self, key: object) -> int:
        """Where the line or the row called *key* is; -1 where it is not."""
        return next((at for at, row in enumerate(self.rows) if key_of(row) == key), -1)

    def step(self, at: int, by: int) -> int:
        """The next row by *by* that can be chosen; *at* where there is none."""
        nearest = at + by
        while 0 <= nearest < len(self.rows):
            if not isinstance(self.rows[nearest], Section):
                return nearest
            nearest += by
        return at

    def section_step(self, at: int, by: int) -> int:
        """The first line of the section after (or before) the one that *at* is in."""
        heads = [row for row, one in enumerate(self.rows) if isinstance(one, Section)]
        own = max((head for head in heads if head <= at), default=-1)
        wanted = [head for head in heads if head > own] if by > 0 else []
        if by < 0:
            wanted = [head for head in heads if head < (own if at <= own + 1 else at)][-1:]
        return self.step(wanted[0], 1) if wanted else at

    # What Qt asks for.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], Section):
            return _NONE
        return _LINE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line):
            return "\n".join(part for part in (_what(row), row.detail) if part)
        return None


def key_of(row: Row | None) -> object:
    """Names a row from one reading to the next."""
    if isinstance(row, Line):
        return row.matter, row.key
    return (type(row).__name__, row.matter) if row is not None else None


def spoken(row: Row) -> str:
    """The row as a screen reader says it."""
    if isinstance(row, Section):
        return f"{row.title}, {row.many}"
    if isinstance(row, More):
        return row.text
    return ". ".join(part for part in (_what(row), row.detail, row.when, row.verb) if part)


def _what(line: Line) -> str:
    protected = _("protected identity") if line.protected else ""
    named = f"{line.what} {line.rest}".strip()
    return ", ".join(part for part in (named, protected) if part)


def _rows(sections: Sequence[Section]) -> Iterator[Row]:
    for one in sections:
        if not one.lines:
            continue
        yield one
        yield from one.lines
        if one.hidden and not one.opened:
            words = ngettext("Show {number} more", "Show {number} more", one.hidden)
            yield More(one.matter, words.format(number=one.hidden))
        elif one.opened and len(one.lines) > SHOWN + 1:
            rest = _("The first {number} are shown").format(number=MOST) if one.hidden else ""
            yield More(one.matter, ". ".join(part for part in (rest, _("Show fewer")) if part))
