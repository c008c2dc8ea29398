"""The rows of an own schedule, in words: what the table shows and a screen reader says.

What has been says how it went; what comes says who leads it.
"""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from painprogram.domain.attendance import AttendanceState, words
from painprogram.domain.schedule import STAYS_AWAY, Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import N_, _, clock, clock_range, day_short

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
NOTED = Qt.ItemDataRole.UserRole + 1
"""The state that attendance is noted with; None where nothing is."""
NOBODY = "–"
Noted = Mapping[UUID, tuple[AttendanceState, int | None]]


class Column(IntEnum):
    WEEK = 0
    TAKES_PART = 1
    MARK = 2
    WHEN = 3
    MODULE = 4
    ROOM = 5
    WHO = 6


_HEADINGS = {
    Column.WEEK: N_("Wk"),
    Column.TAKES_PART: N_("Goes"),
    Column.MARK: "",
    Column.WHEN: N_("When"),
    Column.MODULE: N_("Module"),
    Column.ROOM: N_("Room"),
    Column.WHO: N_("Leader or reason"),
}
_MARKS = {
    LineKind.OPT_OUT: N_("Abstains"),
    LineKind.SWAP: N_("Swapped"),
    LineKind.ADDITION: N_("Added"),
    LineKind.PAUSED: N_("Rests"),
}


def is_added(line: Line) -> bool:
    """A session or a visit on top of what the programme asks for."""
    if isinstance(line.session, Visit):
        return not line.session.strand
    return line.kind is LineKind.ADDITION


def titled(session: Session | Visit) -> str:
    return session.numbered_title if isinstance(session, Session) else session.title


def day_of(session: Session | Visit) -> str:
    """``Tis 10 nov``; it stands first in its cell."""
    text = day_short(session.start.date())
    return text[:1].upper() + text[1:]


def when(session: Session | Visit) -> str:
    return f"{day_of(session)} {clock(session.start)}"


def mark_of(line: Line) -> str:
    if is_added(line):
        return _("Added")
    return _(_MARKS[line.kind]) if line.kind in _MARKS else ""


def who(line: Line) -> str:
    """The leaders; where the row differs from the base schedule, in which way and why."""
    held = line.session
    if held.cancelled:
        return _("Cancelled")
    if line.kind is LineKind.OPT_OUT:
        return _("Abstains: {reason}").format(reason=line.reason)
    if line.kind is LineKind.PAUSED:
        return _("Rests from the group")
    if line.kind is LineKind.SWAP:
        return _("Swaps: {reason}").format(reason=line.reason)
    if is_added(line) and line.reason:
        return _("Added: {reason}").format(reason=line.reason)
    if isinstance(held, Visit):
        return held.leader.name if held.leader else NOBODY
    names = ", ".join(leader.name for leader in held.leaders)
    if held.linked:
        return f"{_('Linked')}, {names}" if names else _("Linked")
    return names or NOBODY


def arrow(line: Line) -> str:
    """Where a swapped session is instead: ``→ Ons 11 nov 10.00, Höst B``."""
    return f"→ {when(line.session)}, {line.session.group_name}"


class LinesModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._today = date.min
        self._noted: Noted = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def show(self, lines: tuple[Line, ...], today: date, noted: Noted) -> None:
        same_notes, self._noted = noted == self._noted, noted
        if len(lines) != len(self._lines):
            self.beginResetModel()
            self._lines, self._today = lines, today
            self.endResetModel()
        elif not same_notes or (lines, today) != (self._lines, self._today):
            self._lines, self._today = lines, today
            last = self.index(len(lines) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def line(self, row: int) -> Line | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, line: Line) -> int:
        """The row of the same session, be it swapped meanwhile; -1 where it is gone."""
        wanted = _key(line)
        found = (row for row, one in enumerate(self._lines) if _key(one) == wanted)
        return next(found, -1)

    def is_past(self, row: int) -> bool:
        return self._lines[row].start.date() < self._today

    def next_row(self) -> int:
        """The first row that is not past; the number of rows where all are."""
        rows = range(len(self._lines))
        return next((row for row in rows if not self.is_past(row)), len(self._lines))

    def starts_week(self, row: int) -> bool:
        if row == 0:
            return True
        before, here = self._lines[row - 1].start, self._lines[row].start
        return before.isocalendar()[:2] != here.isocalendar()[:2]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                text = _HEADINGS[Column(section)]
                return _(text) if text else ""
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.TAKES_PART and not self.is_past(index.row()):
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], Column(index.column())
        if role == LINE:
            return line
        if role == NOTED:
            return self._noted.get(line.session.id, (None, None))[0]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), line, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.TAKES_PART:
            goes = line.kind not in STAYS_AWAY
            return Qt.CheckState.Checked if goes else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column is Column.TAKES_PART:
                words = _("Goes") if line.attends else _("Does not go")
                return f"{words}: {titled(line.session)} {when(line.session)}"
            return self._text(index.row(), line, column)
        return None

    def _text(self, row: int, line: Line, column: Column) -> str:
        held = line.session
        match column:
            case Column.WEEK:
                return str(line.start.isocalendar().week) if self.starts_week(row) else ""
            case Column.MARK:
                return mark_of(line)
            case Column.WHEN:
                before = f"{when(line.instead_of)} " if line.instead_of else ""
                return f"{before}{arrow(line)}" if before else when(held)
            case Column.MODULE:
                return titled(line.instead_of or held)
            case Column.ROOM:
                return held.room_name or NOBODY
            case Column.WHO:
                mark = self._noted.get(line.session.id)
                return words(*mark) if mark else who(line)
        return ""

    @staticmethod
    def _tip(line: Line, column: Column) -> str:
        held = line.session
        if column is Column.WHEN:
            parts = (f"{day_of(held)} {clock_range(held.start, held.end)}", held.room_name)
            return ", ".join(part for part in (*parts, held.group_name) if part)
        if column is Column.MODULE:
            return f"{titled(line.instead_of or held)} ({held.kind.label})"
        if column is Column.ROOM:
            return held.room_name
        return who(line) if column is Column.WHO else ""


def _key(line: Line) -> UUID:
    return line.instead_of.id if line.instead_of else line.session.id
