"""One colleague's time: the working week, what differs from it, and calendars that make busy."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from painprogram.domain.availability import Absence, WorkingTime
from painprogram.domain.people import Staff
from painprogram.gui import icons
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.settings.away import Absences, ExtraTimes
from painprogram.gui.settings.busy_calendars import BusyCalendars
from painprogram.gui.settings.working_week import WorkingWeek
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.elided import Elided
from painprogram.i18n import _
from painprogram.usecases import Database, availability, busy
from painprogram.usecases.availability import ExtraTime
from painprogram.usecases.busy import BusySource


@dataclass(frozen=True, slots=True)
class _Time:
    week: tuple[WorkingTime, ...]
    absences: tuple[Absence, ...]
    extra: tuple[ExtraTime, ...]
    sources: tuple[BusySource, ...]


class Colleague(QWidget):
    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("colleague")
        self._desk = desk
        self._person: Staff | None = None
        self._name = Elided("", "title")
        absence = QPushButton(icons.icon("calendar"), _("Absence…"))
        absence.setObjectName("staff_absence")
        absence.setToolTip(_("Enter an absence, and see at once what it touches"))
        absence.clicked.connect(self._absence)
        handover = QPushButton(icons.icon("swap"), _("Hand over…"))
        handover.setObjectName("staff_handover")
        handover.setToolTip(_("Give what is theirs to somebody else, also when they leave"))
        handover.clicked.connect(self._hand_over)
        schedule = QPushButton(icons.icon("printer"), _("Schedule…"))
        schedule.setObjectName("staff_schedule")
        schedule.setToolTip(_("What the colleague leads in these weeks, to print"))
        schedule.clicked.connect(self._print)
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        head.addWidget(self._name, 1)
        head.addWidget(schedule)
        head.addWidget(absence)
        head.addWidget(handover)
        self._week = WorkingWeek(desk)
        self._absences = Absences(desk)
        self._extra = ExtraTimes(desk)
        self._busy = BusyCalendars(desk)
        for part in (self._absences, self._extra, self._busy):
            part.refused.connect(self.refused)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("colleague_tabs")
        self.tabs.tabBar().setAccessibleName(_("Time of the colleague"))
        self.tabs.addTab(self._week, _("Working week"))
        self.tabs.addTab(self._absences, _("Absences"))
        self.tabs.addTab(self._extra, _("Extra time"))
        self.tabs.addTab(self._busy, _("Busy calendars"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[3], 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(head)
        column.addWidget(self.tabs, 1)

    def show_person(self, person: Staff | None) -> None:
        """Nobody: nothing is shown."""
        self._person = person
        self.setVisible(person is not None)
        if person is not None:
            self._name.set_text(f"{person.name}, {person.profession.label}")
            self.tabs.setAccessibleName(person.name)
            done = partial(self._show, person.id)
            self._desk.work.run(self, done, _time, person.id, self._desk.today())

    def _show(self, staff_id: UUID, time: _Time) -> None:
        if self._person is None or staff_id != self._person.id:
            return
        self._week.show_staff(staff_id, time.week)
        self._absences.show_staff(staff_id, time.absences)
        self._extra.show_staff(staff_id, time.extra)
        self._busy.show_staff(staff_id, time.sources)

    def _print(self) -> None:
        if self._person is not None:
            self._desk.paper_asked.emit(Paper("staff", staff_id=self._person.id))

    def _absence(self) -> None:
        if self._person is not None:
            self._desk.absence_asked.emit(self._person.id)

    def _hand_over(self) -> None:
        if self._person is not None:
            self._desk.handover_asked.emit(self._person.id)


def _time(database: Database, staff_id: UUID, today: date) -> _Time:
    return _Time(
        availability.week_of(database, staff_id),
        availability.absences(database, staff_id, today),
        availability.extra_times(database, staff_id, today),
        busy.sources(database, staff_id),
    )
