"""The patients that were found, under headings: where each of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from painprogram.domain.patients import LANGUAGES, Found
from painprogram.domain.ways import Standing
from painprogram.gui.patients.opened import Search
from painprogram.i18n import _, date_short, ngettext

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class More:
    """The last row where there are more than were asked for."""


Shown = Heading | Found | More

_SECTIONS = (
    *(Standing.IN_LINE, Standing.IN_GROUP, Standing.NEW),
    *(Standing.FOLLOW_UP, Standing.NOWHERE, Standing.DONE),
)
"""In the order in which somebody looks for them."""


def needs_language(found: Found) -> bool:
    return found.interpreter or found.language != "sv"


def standing(found: Found) -> str:
    """Where the patient stands: the group by its name, else the status."""
    if found.group_name:
        return found.group_name
    return found.status.label if found.status else Standing.NOWHERE.label


def aside(found: Found, today: date) -> str:
    """What the list says at the right: days in line, the group, or the day of the next step."""
    if found.standing in (Standing.IN_LINE, Standing.NEW) and found.received_on:
        days = max(0, (today - found.received_on).days)
        return ngettext("{days} day", "{days} days", days).format(days=days)
    if found.standing is Standing.FOLLOW_UP and found.next_on:
        return date_short(found.next_on)
    return found.group_name


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
    parts.append(standing(found))
    return ", ".join(parts)


class FoundModel(QAbstractListModel):
    """Each row is a heading, a patient, or the way to more of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search: Search | None = None
        self._rows: list[Shown] = []

    @property
    def empty(self) -> bool:
        return not any(isinstance(row, Found) for row in self._rows)

    def show(self, search: Search | None) -> None:
        self._search = search
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
        sections: dict[Standing, list[Found]] = {}
        for one in self._search.found:
            sections.setdefault(one.standing, []).append(one)
        for section in _SECTIONS:
            if section in sections:
                yield Heading(section.label)
                yield from sections[section]
        if self._search.more:
            yield More()
