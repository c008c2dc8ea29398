"""Who is to be told: the patients of what an absence touches, with what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.substitutes import Solution
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import SPACE, TABLE_ITEM
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import absences
from painprogram.usecases.absences import Expected


@dataclass(frozen=True, slots=True)
class Fate:
    """What stands where, and what becomes of it."""

    what: str
    becomes: str
    solution: Solution

    @property
    def told(self) -> bool:
        """Whether the patients must know before they come."""
        return self.solution in (Solution.MOVE, Solution.CANCEL)


class PatientsDialog(QDialog):
    """Those whose session is moved or cancelled first; that they were looked at is logged."""

    def __init__(
        self, desk: Desk, fates: Mapping[UUID, Fate], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._fates = desk, fates
        self._patients: list[UUID] = []
        self.setObjectName("absence_patients")
        self.setWindowTitle(_("Patients that it touches"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        titles = (_("Patient"), _("Phone"), _("Session"), _("Becomes"))
        self.table = QTableWidget(0, len(titles))
        self.table.setObjectName("patients")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels(list(titles))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        side = max(TABLE_ITEM, self.table.fontMetrics().height() + 10)
        self.table.verticalHeader().setDefaultSectionSize(side)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(len(titles) - 1, QHeaderView.ResizeMode.Stretch)
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.hide()
        self.copy_button = QPushButton(icons.icon("copy"), _("Copy the list"))
        self.copy_button.setObjectName("copy_patients")
        self.copy_button.clicked.connect(self._copy)
        close = QPushButton(_("Close"))
        close.setObjectName("close_patients")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(Label(_("That you looked is logged."), "small", "text3"), 1)
        row.addWidget(self.copy_button)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[3])
        column.addWidget(self.wrong)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        free = self.screen().availableGeometry()
        self.resize(min(860, free.width() - 40), min(560, free.height() - 60))
        keys = tuple(fates)
        desk.work.run(self, self._show, absences.patients, keys).or_else(self._fail)

    def _show(self, found: tuple[Expected, ...]) -> None:
        lines = [
            (not self._fates[key].told, number, one, self._fates[key])
            for number, one in enumerate(found)
            for key in one.occasions
        ]
        lines.sort(key=lambda line: line[:2])
        self.table.setRowCount(len(lines))
        for row, (_quiet, _number, one, fate) in enumerate(lines):
            name = _("{name} (interpreter)").format(name=one.name) if one.interpreter else one.name
            for column, text in enumerate((name, one.phone, fate.what, fate.becomes)):
                item = QTableWidgetItem(text)
                item.setToolTip(text.replace("<", "‹"))
                self.table.setItem(row, column, item)
        self.table.setCurrentCell(0 if lines else -1, 0)
        self.copy_button.setEnabled(bool(lines))

    def _copy(self) -> None:
        """As lines that a spreadsheet reads."""
        rows = [
            "\t".join(
                item.text() if (item := self.table.item(row, column)) else ""
                for column in range(self.table.columnCount())
            )
            for row in range(self.table.rowCount())
        ]
        QGuiApplication.clipboard().setText("\n".join(rows))

    def _fail(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
