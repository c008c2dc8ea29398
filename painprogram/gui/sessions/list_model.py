"""Sessions and visits as lines of a table: sorted by a column, under their weeks where by date."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from painprogram import i18n
from painprogram.domain.groups import GroupStatus
from painprogram.domain.names import folded
from painprogram.domain.sessions import Session
from painprogram.domain.terms import TermWeek, monday_of
from painprogram.gui.sessions.cards import first_capital
from painprogram.gui.sessions.shown import Held, leaders_of
from painprogram.gui.sessions.term_rows import (
    Tone,
    against,
    number_of,
    plain,
    standing,
    told,
    week_title,
)
from painprogram.gui.sessions.toolbar import span
from painprogram.i18n import N_, _, ngettext
from painprogram.usecases.terms import Term

_Index = QModelIndex | QPersistentModelIndex
_ROLE, _FLAG = Qt.ItemDataRole, Qt.ItemFlag
_ENTRY = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
LINE = Qt.ItemDataRole.UserRole
"""The ``Heading`` or ``Entry`` of a row."""


@dataclass(frozen=True)
class Heading:
    """Over the lines of a week."""

    monday: date
    many: int
    closed: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        friday = self.monday + timedelta(days=4)
        return f"{week_title(self.monday)}, {span(self.monday, friday)}"

    @cached_property
    def aside(self) -> str:
        many = ngettext("{number} session", "{number} sessions", self.many)
        return " · ".join([many.format(number=self.many), *self.closed])


@dataclass(frozen=True)
class Entry:
    """A session or visit, with the words of its line; made when they are looked at."""

    held: Held
    term: Term
    today: date

    @cached_property
    def clashes(self) -> str:
        return " ".join(against(self.term, self.held))

    @cached_property
    def tone(self) -> Tone:
        return standing(self.term, self.held)

    @property
    def cancelled(self) -> bool:
        return self.term.cancelled(self.held)

    @property
    def past(self) -> bool:
        return self.held.end.date() < self.today

    @cached_property
    def status(self) -> str:
        group = self.term.group(self.held.group_id)
        if self.cancelled:
            return _("Cancelled")
        if group is not None and group.status is GroupStatus.DRAFT:
            return group.status.label
        if self.held.id in self.term.told:
            return _("Changed")
        return _("Past") if self.past else ""

    @cached_property
    def tooltip(self) -> str:
        return plain("\n".join(self.told))

    @cached_property
    def told(self) -> Sequence[str]:
        return told(self.term, self.held)

    @cached_property
    def leaders(self) -> str:
        return ", ".join(leader.name for leader in leaders_of(self.held))

    @property
    def seats(self) -> str:
        held = self.held
        return f"{held.taken}/{held.seats}" if isinstance(held, Session) and held.seats else ""

    @property
    def filled(self) -> float:
        held = self.held
        return held.taken / held.seats if isinstance(held, Session) and held.seats else -1.0


@dataclass(frozen=True, slots=True)
class Column:
    """*width* counts letters; *spare* is its share of what is left over."""

    key: str
    title: str
    width: int
    text: Callable[[Entry], str]
    order: Callable[[Entry], Any]
    spare: int = 0


COLUMNS = (
    Column(
        "date",
        N_("Date"),
        9,
        lambda e: first_capital(i18n.day_short(e.held.start.date())),
        lambda e: e.held.start,
    ),
    Column(
        "week",
        N_("Week"),
        3,
        lambda e: str(e.held.start.isocalendar().week),
        lambda e: e.held.start.isocalendar()[:2],
    ),
    Column(
        "time",
        N_("Time"),
        10,
        lambda e: i18n.clock_range(e.held.start, e.held.end),
        lambda e: (e.held.start.time(), e.held.minutes),
    ),
    Column(
        "title", N_("Title"), 15, lambda e: e.held.title, lambda e: folded(e.held.title), spare=3
    ),
    Column(
        "number",
        N_("No."),
        6,
        lambda e: number_of(e.held),
        lambda e: getattr(e.held, "number", 0),
    ),
    Column(
        "group",
        N_("Group"),
        14,
        lambda e: e.held.group_name,
        lambda e: folded(e.held.group_name),
        spare=3,
    ),
    Column(
        "room",
        N_("Room"),
        8,
        lambda e: e.held.room_name,
        lambda e: folded(e.held.room_name),
        spare=1,
    ),
    Column("leaders", N_("Leaders"), 10, lambda e: e.leaders, lambda e: folded(e.leaders), spare=2),
    Column("seats", N_("Seats"), 4, lambda e: e.seats, lambda e: e.filled),
    Column("clash", N_("Clash"), 12, lambda e: e.clashes, lambda e: not e.clashes, spare=4),
    Column("status", N_("State"), 7, lambda e: e.status, lambda e: e.status),
)
DATE, TITLE = 0, 3
_BY_TIME = {"date", "week"}


class ListModel(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.lines: list[Heading | Entry] = []
        self.sorted_by, self.descending = DATE, False
        self._weeks: dict[date, TermWeek] = {}
        self._row_of: dict[UUID, int] = {}

    def show_entries(self, entries: Iterable[Entry], weeks: Iterable[TermWeek]) -> None:
        self.entries = list(entries)
        self._weeks = {week.monday: week for week in weeks}
        self.arrange(self.sorted_by, descending=self.descending)

    def arrange(self, column: int, *, descending: bool) -> None:
        """By *column*, and by time what is alike there; weeks have a heading where by date."""
        self.beginResetModel()
        self.sorted_by, self.descending = column, descending
        order = COLUMNS[column].order
        self.entries.sort(key=lambda e: (e.held.start, e.held.id.int))
        if COLUMNS[column].key in _BY_TIME:
            self.entries.sort(key=lambda e: (e.held.start, e.held.id.int), reverse=descending)
            self.lines = self._under_weeks()
        else:
            self.entries.sort(key=order, reverse=descending)
            self.lines = list(self.entries)
        self._row_of = {
            line.held.id: row for row, line in enumerate(self.lines) if isinstance(line, Entry)
        }
        self.endResetModel()

    def _under_weeks(self) -> list[Heading | Entry]:
        found: list[Heading | Entry] = []
        there: list[Entry] = []
        for entry in self.entries:
            if there and monday_of(there[0].held.start.date()) != monday_of(
                entry.held.start.date()
            ):
                found += [self._heading(there), *there]
                there = []
            there.append(entry)
        return [*found, self._heading(there), *there] if there else found

    def _heading(self, there: Sequence[Entry]) -> Heading:
        monday = monday_of(there[0].held.start.date())
        week = self._weeks.get(monday)
        closed = []
        if week is not None and week.closed:
            closed = [_("Closed: {reason}").format(reason=week.closed)]
        elif week is not None:
            for day, reason in week.shut.items():
                words = _("Closed {day}: {reason}")
                closed.append(words.format(day=i18n.weekday_short(day), reason=reason))
        return Heading(monday, len(there), tuple(closed))

    def entry(self, row: int) -> Entry | None:
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Entry) else None

    def row_of(self, key: UUID) -> int | None:
        return self._row_of.get(key)

    # What Qt asks for

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return _(COLUMNS[section].title)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        there = index.isValid() and self.entry(index.row()) is not None
        return _ENTRY if there else _FLAG.NoItemFlags

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if isinstance(line, Heading):
            said = role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole)
            return f"{line.text}. {line.aside}" if said and index.column() == 0 else None
        if role == _ROLE.DisplayRole:
            return COLUMNS[index.column()].text(line)
        if role == _ROLE.ToolTipRole:
            return line.tooltip
        if role == _ROLE.AccessibleTextRole:
            if index.column() == TITLE:
                return " ".join(line.told)
            column = COLUMNS[index.column()]
            return f"{_(column.title)}: {column.text(line)}"
        return None
