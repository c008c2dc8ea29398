"""The patients that were found, under headings: with a place, by the state of the group, or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from painprogram.domain.groups import GroupStatus
from painprogram.domain.patients import LANGUAGES, Found
from painprogram.gui.patients.opened import Search
from painprogram.i18n import N_, _

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class Choice(StrEnum):
    """Which of them the list shows."""

    ALL = "all"
    PLACED = "placed"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class More:
    """The last row where there are more than were asked for."""


Shown = Heading | Found | More

_SECTIONS: tuple[tuple[GroupStatus | None, str], ...] = (
    (None, N_("Without a group")),
    (GroupStatus.OPEN, N_("In an open group")),
    (GroupStatus.DRAFT, N_("In a draft group")),
    (GroupStatus.CLOSED, N_("In a group closed for new patients")),
    (GroupStatus.CANCELLED, N_("In a cancelled group")),
)


def needs_language(found: Found) -> bool:
    return found.interpreter or found.language != "sv"


def told(found: Found, *, number: bool = False) -> str:
    """A patient in one sentence, for a tooltip and a screen reader."""
    parts = [found.name]
    if number:
        parts.append(found.masked)
    if found.protected:
        parts.append(_("Protected identity"))
    if found.interpreter:
        parts.append(_("Interpreter: {language}").format(language=_(LANGUAGES[found.language])))
    elif found.language != "sv":
        parts.append(_(LANGUAGES[found.language]))
    if found.access:
        parts.append(_("Access needs"))
    parts.append(found.group_name or _("Without a group"))
    return ", ".join(parts)


class FoundModel(QAbstractListModel):
    """Each row is a heading, a patient, or the way to more of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search: Search | None = None
        self._choice = Choice.ALL
        self._rows: list[Shown] = []

    @property
    def empty(self) -> bool:
        return not any(isinstance(row, Found) for row in self._rows)

    def counts(self) -> dict[Choice, int]:
        found = self._search.found if self._search else ()
        placed = {one.id for one in found if one.group_id}
        everybody = {one.id for one in found}
        return {
            Choice.ALL: len(everybody),
            Choice.PLACED: len(placed),
            Choice.UNPLACED: len(everybody - placed),
        }

    def show(self, search: Search | None, choice: Choice) -> None:
        self._choice, self._search = choice, search
        rows = list(self._sorted()) if search else []
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_of(self, patient_id: UUID | None) -> int:
        """-1 where the patient is not in the list."""
        return next(
            (
                number
                for number, row in enumerate(self._rows)
                if isinstance(row, Found) and row.id == patient_id
            ),
            -1,
        )

    def step(self, start: int, by: int) -> int:
        """The next row that can be chosen from *start*; *start* itself where there is none."""
        at = start + by
        while 0 <= at < len(self._rows):
            if not isinstance(self._rows[at], Heading):
                return at
            at += by
        return start

    def shown(self, row: int) -> Shown | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            match row:
                case Heading(text):
                    return text
                case Found():
                    return row.name
                case More():
                    return _("Show more")
        if isinstance(row, Found):
            if role == Qt.ItemDataRole.ToolTipRole:
                return told(row, number=True)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return told(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _sorted(self) -> Iterator[Shown]:
        if self._search is None:
            return
        sections: dict[GroupStatus | None, list[Found]] = {}
        for one in self._search.found:
            group = self._search.groups.get(one.group_id) if one.group_id else None
            if self._choice == Choice.PLACED and not one.group_id:
                continue
            if self._choice == Choice.UNPLACED and one.group_id:
                continue
            sections.setdefault(group.status if group else None, []).append(one)
        for status, heading in _SECTIONS:
            if status in sections:
                yield Heading(_(heading))
                yield from sections[status]
        if self._search.more:
            yield More()
