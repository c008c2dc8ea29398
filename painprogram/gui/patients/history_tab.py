"""Who has read or changed the patient's data: the access log in words and in local time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import icons, tokens
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.patients.opened import Opened
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _, clock, date_short, weekday_short
from painprogram.usecases import patients
from painprogram.usecases.patients import Reading

_HEADINGS = (N_("When"), N_("Who"), N_("What"))
_MOST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody doing the same on the same day is one line."""

    first: datetime
    last: datetime
    who: str
    action: str
    times: int = 1

    @property
    def when(self) -> str:
        day = self.last.date()
        text = f"{weekday_short(day)} {date_short(day)} {clock(self.first)}"
        if clock(self.first) != clock(self.last):
            text = f"{text}–{clock(self.last)}"
        return text

    @property
    def what(self) -> str:
        return f"{self.action} ({self.times} ×)" if self.times > 1 else self.action


def folded(readings: tuple[Reading, ...]) -> tuple[Entry, ...]:
    """In this machine's time, the newest first; a day's work with a patient is a few lines."""
    found: dict[tuple[str, str, date], Entry] = {}
    for reading in readings:
        at = reading.at.replace(tzinfo=UTC).astimezone()
        key = (reading.who, reading.action, at.date())
        newer = found.get(key)
        found[key] = (
            replace(newer, first=at, times=newer.times + 1)
            if newer
            else Entry(at, at, reading.who, reading.action)
        )
    return tuple(found.values())


class _Entries(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        if entries != self._entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _(_HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (entry.when, entry.who or "–", entry.what)[index.column()]
        return None


class HistoryTab(Ground):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("base", parent)
        self._desk = desk
        self._opened: Opened | None = None
        self._entries = _Entries(self)
        self.table = QTableView()
        self.table.setObjectName("readings")
        self.table.setAccessibleName(_("Who has read or changed"))
        self.table.setModel(self._entries)
        self.table.setShowGrid(False)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        words = Label(
            _("Everybody who has read or changed this patient's data in the program."),
            "small",
            "text3",
            wrap=True,
        )
        words.setContentsMargins(tokens.PANEL_EDGE, 10, tokens.PANEL_EDGE, 10)
        extract = QPushButton(icons.icon("printer"), _("Extract for the patient…"))
        extract.setObjectName("access_extract")
        extract.setAccessibleName(extract.text())
        extract.clicked.connect(self._print)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, tokens.PANEL_EDGE, 0)
        top.addWidget(words, 1)
        top.addWidget(extract)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 1)

    def show_patient(self, opened: Opened) -> None:
        if self._opened is None or self._opened.patient.id != opened.patient.id:
            self._entries.show(())
        self._opened = opened
        if self.isVisible():
            self.reload()

    def _print(self) -> None:
        """A patient may ask who has read, and gets it on paper."""
        if self._opened is not None:
            self._desk.paper_asked.emit(Paper("accesslog", patient_id=self._opened.patient.id))

    def reload(self) -> None:
        if self._opened is not None:
            patient_id = self._opened.patient.id
            self._desk.work.run(self, self._show, patients.readings, patient_id, _MOST)

    def _show(self, found: tuple[Reading, ...]) -> None:
        self._entries.show(folded(found))
