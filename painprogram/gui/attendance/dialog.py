"""The attendance list of one session, over whatever screen is shown."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram.gui.desk import Desk
from painprogram.gui.roster import RosterPanel
from painprogram.gui.tokens import SCREEN_EDGE, SPACE
from painprogram.i18n import _

_SIZE = 720, 760


class AttendanceDialog(QDialog):
    """Shown with ``open()``; worked by the same keys as the list of the reception."""

    def __init__(self, desk: Desk, occasion_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attendance_dialog")
        self.setWindowTitle(_("Attendance"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.roster = RosterPanel(desk)
        shut = QPushButton(_("Close"))
        shut.setObjectName("close")
        shut.setAccessibleName(_("Close"))
        shut.setAutoDefault(False)
        shut.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(SCREEN_EDGE, SPACE[2], SCREEN_EDGE, SPACE[3])
        foot.addStretch(1)
        foot.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.roster, 1)
        column.addLayout(foot)
        room = (self.screen() or QGuiApplication.primaryScreen()).availableSize()
        wide, high = _SIZE
        self.resize(min(wide, room.width() - 60), min(high, room.height() - 80))
        self.roster.show_occasion(occasion_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.roster.list.setFocus(Qt.FocusReason.OtherFocusReason)
