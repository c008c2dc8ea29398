"""What is opened in a dialog over whatever screen is shown; each is imported when it is wanted."""

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from painprogram.domain.sessions import Session
from painprogram.gui.desk import Desk, Paper


class Errands(QObject):
    """Listens to the desk."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        desk.paper_asked.connect(self._show_paper)
        desk.calendar_asked.connect(self._export_calendar)
        desk.changes_asked.connect(self._show_changes)
        desk.queue_asked.connect(self.show_queue)
        desk.absence_asked.connect(self.enter_absence)
        desk.handover_asked.connect(self._hand_over)
        desk.common_time_asked.connect(self.find_time)
        desk.attendance_asked.connect(self._note_attendance)
        desk.import_asked.connect(self.read_file)
        desk.export_asked.connect(self.save_list)

    def _show_paper(self, paper: Paper) -> None:
        from painprogram.gui.papers.dialog import PaperDialog

        PaperDialog(self._desk, paper, self._window).open()

    def _export_calendar(self, kind: str, key: UUID) -> None:
        from painprogram.gui.exporting import export_calendar

        export_calendar(self._desk, kind, key, self._window)

    def _show_changes(self, group_id: UUID) -> None:
        from painprogram.gui.publishing.changes_dialog import ChangesDialog

        ChangesDialog(self._desk, group_id, self._window).open()

    def show_queue(self) -> None:
        from painprogram.gui.publishing.queue_dialog import QueueDialog

        QueueDialog(self._desk, self._window).open()

    def enter_absence(self, staff_id: UUID | None = None) -> None:
        from painprogram.gui.absences.dialog import AbsenceDialog

        AbsenceDialog(self._desk, staff_id, self._window).open()

    def _hand_over(self, staff_id: UUID) -> None:
        from painprogram.gui.absences.handover_dialog import HandoverDialog

        HandoverDialog(self._desk, staff_id, self._window).open()

    def find_time(self, session: Session | None = None) -> None:
        from painprogram.gui.commontime.dialog import FindTimeDialog

        FindTimeDialog(self._desk, session, self._window).open()

    def _note_attendance(self, occasion_id: UUID) -> None:
        from painprogram.gui.attendance.dialog import AttendanceDialog

        AttendanceDialog(self._desk, occasion_id, self._window).open()

    def read_file(self, kind: str) -> None:
        from painprogram.gui.imports.dialog import ImportDialog

        ImportDialog(self._desk, kind, self._window).open()

    def save_list(self, kind: str) -> None:
        from painprogram.gui.exporting import export_list

        export_list(self._desk, kind, self._window)
