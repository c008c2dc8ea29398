"""Today's and tomorrow's sessions as rows, with the line of now and what stands against them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from painprogram import i18n
from painprogram.domain.attendance import EventKind
from painprogram.domain.sessions import Session
from painprogram.domain.today import Happening, Today
from painprogram.i18n import _

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_NONE = Qt.ItemFlag.NoItemFlags
_CARD = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Now:
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands against the card above it (*clash*), or that there is none."""

    text: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    held: Happening
    title: str
    under: str
    beside: str
    state: str
    cancelled: bool = False
    clashing: bool = False
    past: bool = False

    @property
    def id(self) -> UUID:
        return self.held.occasion.id


Row = Head | Now | Note | Card


class DaysModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @property
    def cards(self) -> list[Card]:
        return [row for row in self.rows if isinstance(row, Card)]

    def row_of(self, key: UUID) -> int:
        found = (n for n, row in enumerate(self.rows) if isinstance(row, Card) and row.id == key)
        return next(found, -1)

    def step(self, at: int, by: int) -> int:
        nearest = at + by
        while 0 <= nearest < len(self.rows):
            if isinstance(self.rows[nearest], Card):
                return nearest
            nearest += by
        return at

    # What Qt asks for.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        there = index.isValid() and isinstance(self.rows[index.row()], Card)
        return _CARD if there else _NONE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Card | Note):
            return spoken(row)
        return None


def spoken(row: Row) -> str:
    if isinstance(row, Head):
        return f"{row.text}, {row.day}"
    if isinstance(row, Now):
        return _("Now {time}").format(time=row.text)
    if isinstance(row, Note):
        return row.text
    one = row.held.occasion
    when = i18n.clock_range(one.start, one.end)
    return ". ".join(p for p in (when, row.title, row.under, row.beside, row.state) if p)


def rows_of(shown: Today, now: datetime, clashing: Mapping[UUID, str]) -> list[Row]:
    today, tomorrow = shown.happening
    after = shown.day + timedelta(days=1)
    return [
        Head(_("Today"), i18n.day_long(shown.day)),
        *_of_today(today, now, clashing),
        Head(_("Tomorrow"), i18n.day_long(after)),
        *(_cards(tomorrow, now, clashing) or [Note(_("Nothing is planned."))]),
    ]


def _of_today(
    held: tuple[Happening, ...], now: datetime, clashing: Mapping[UUID, str]
) -> Iterator[Row]:
    line = Now(i18n.clock(now))
    passed = False
    for one in held:
        if not passed and one.occasion.start > now:
            passed = True
            yield line
        yield from _cards((one,), now, clashing)
    if not held:
        yield Note(_("Nothing is planned."))
    elif not passed:
        yield line


def _cards(held: tuple[Happening, ...], now: datetime, clashing: Mapping[UUID, str]) -> list[Row]:
    rows: list[Row] = []
    for one in held:
        words = clashing.get(one.occasion.id, "")
        rows.append(replace(_card(one, now), clashing=bool(words)))
        if words and not (len(rows) > 1 and Note(words, clash=True) in rows):
            rows.append(Note(words, clash=True))
    return rows


def _card(one: Happening, now: datetime) -> Card:
    there = one.occasion
    if isinstance(there, Session):
        title, who = there.numbered_title, [leader.name for leader in there.leaders]
    else:
        title, who = there.title, [there.leader.name] if there.leader else []
    under = " · ".join(part for part in (there.room_name, ", ".join(who)) if part)
    cancelled = there.cancelled or bool(one.event and one.event.kind is EventKind.CANCELLED)
    return Card(
        one,
        title,
        under,
        there.group_name,
        _state(one, now, cancelled=cancelled),
        cancelled=cancelled,
        past=there.end <= now,
    )


def _state(one: Happening, now: datetime, *, cancelled: bool) -> str:
    """The shortest that says how it stands."""
    there = one.occasion
    if cancelled:
        return _("Cancelled")
    if one.noted:
        wording = _("{came} of {expected} came")
        return one.initials or wording.format(came=one.came, expected=one.expected)
    if there.start <= now < there.end:
        return _("under way")
    if isinstance(there, Session):
        return f"{one.expected}/{there.seats}"
    return one.initials
