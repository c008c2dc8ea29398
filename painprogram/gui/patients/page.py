"""The patients: a list to search in at the left, the one that is opened at the right."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.ways import WayStatus
from painprogram.gui import theme
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.patients.commitment_tab import CommitmentTab
from painprogram.gui.patients.details_tab import DetailsTab
from painprogram.gui.patients.found_panel import FoundPanel
from painprogram.gui.patients.header import Commands, Header
from painprogram.gui.patients.history_tab import HistoryTab
from painprogram.gui.patients.move_form import MoveForm
from painprogram.gui.patients.opened import Opened, open_patient
from painprogram.gui.patients.parts import grounded, offer
from painprogram.gui.patients.placing import EnrolForm, LeaveForm, NewPatientForm
from painprogram.gui.patients.referral_form import ReferralForm
from painprogram.gui.patients.schedule_tab import ScheduleTab
from painprogram.gui.patients.waiting_view import WaitingView
from painprogram.gui.patients.ways_confirm import ConfirmDialog
from painprogram.gui.patients.ways_forms import BackForm, DoneForm, PlanForm, StepForm
from painprogram.gui.patients.ways_strip import WayStrip
from painprogram.gui.widgets.banner import Banner
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.i18n import _, ngettext
from painprogram.usecases import confirming

_LIST = 252


LISTED = frozenset({"patient", "enrolment", "patient_group", "referral"})
"""What the list on the left shows."""


class PatientsPage(QWidget):
    shows = frozenset(
        {
            "patient",
            "enrolment",
            "patient_group",
            "referral",
            "referral_step",
            "deviation",
            "visit",
            "commitment",
            "commitment_review",
            "enrolment_pause",
            "attendance",
            "rule_setting",
            "print",
            "session",
            "leader",
            "link",
            "room",
            "staff",
            "programme_version",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opened: Opened | None = None
        self._wanted: UUID | None = None
        self._place: UUID | None = None
        self._asked = 0
        self._build()
        desk.centre_changed.connect(self._other_centre)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.New),
            self,
            self.ask_new,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        QShortcut(
            QKeySequence(Qt.Key.Key_F2),
            self,
            self.show_details,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _build(self) -> None:
        self.found = FoundPanel(self._desk)
        self.found.opened.connect(self.show_patient)
        self.found.new_asked.connect(self.ask_new)
        self.found.line_asked.connect(self.show_waiting)
        self.found.nobody.connect(self._nobody)
        self._none = Empty("people", _("Choose a patient in the list, or search for one."))
        self._first = Empty(
            "people", _("No patients yet. Add the first one, and place them in a group.")
        )
        offer(self._first, _("New patient"), "first_patient", self.ask_new)
        self._right = QStackedWidget()
        self._right.addWidget(grounded(self._none))
        self._right.addWidget(grounded(self._first))
        self._right.addWidget(self._patient_view())
        self.waiting = WaitingView(self._desk)
        self.waiting.patient_asked.connect(self.show_patient)
        self._right.addWidget(self.waiting)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.found)
        halves.addWidget(self._right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([round(_LIST * theme.scale()), 4000])
        self.going_on = Banner("accent", "people")
        confirm = self.going_on.add_button(_("Look and confirm…"), self.ask_confirming)
        confirm.setObjectName("confirm_ways")
        confirm.setAccessibleName(confirm.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.going_on)
        column.addWidget(halves, 1)
        self.setFocusProxy(self.found.field)

    def _patient_view(self) -> QWidget:
        self.header = Header(
            Commands(
                calendar=self._calendar,
                details=self.show_details,
                enrol=self.ask_place,
                leave=self._ask_leave,
                move=self.ask_move,
                show_group=self._show_group,
                print_sheet=self.print_shown,
            )
        )
        self.header.place_chosen.connect(self._choose_place)
        self.way = WayStrip()
        self.way.step_asked.connect(self._ask_step)
        self.way.done_asked.connect(self._ask_done)
        self.way.plan_asked.connect(self._ask_plan)
        self.way.back_asked.connect(self._ask_back)
        self.way.referral_asked.connect(self._ask_referral)
        self.schedule = ScheduleTab(self._desk)
        self.schedule.enrol_asked.connect(self.ask_place)
        self.schedule.side.print_asked.connect(self.print_shown)
        self.commitment = CommitmentTab(self._desk)
        self.commitment.enrol_asked.connect(self.ask_place)
        self.commitment.stale.connect(self.reload)
        self.schedule.side.card.sign_asked.connect(self.commitment.ask_signature)
        self.details = DetailsTab(self._desk)
        self.details.stale.connect(self.reload)
        self.history = HistoryTab(self._desk)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("patient_tabs")
        self.tabs.setDocumentMode(True)
        for name, tab, text in (
            ("schedule_tab", self.schedule, _("Schedule")),
            ("commitment_tab", self.commitment, _("Commitment")),
            ("details_tab", self.details, _("Details")),
            ("history_tab", self.history, _("History")),
        ):
            tab.setObjectName(name)
            self.tabs.addTab(tab, text)
        self.tabs.currentChanged.connect(self._tab)
        found = Ground("base")
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.way)
        column.addWidget(self.tabs, 1)
        return found

    # What the window asks for.

    def reload(self, changed: frozenset[str] = LISTED) -> None:
        """The list and whoever is opened, as they are now.

        The list is read, and its reading logged, only where *changed* has a table it shows.
        """
        if changed & LISTED:
            self.found.reload()
            self._count_going_on()
        if self._right.currentWidget() is self.waiting:
            if changed & WaitingView.shows:
                self.waiting.reload()
        else:
            self._ask()

    def show_patient(self, patient_id: UUID) -> None:
        """Open a patient; the tab that is shown stays."""
        if patient_id != self._wanted:
            self._place = None
        self._wanted = patient_id
        self._ask()

    def show_waiting(self, group_id: UUID | None = None) -> None:
        """The waiting list; with a group, who its free places are proposed to."""
        self._opened = self._wanted = None
        self._asked += 1
        self.found.show_opened(None)
        self._right.setCurrentWidget(self.waiting)
        self.waiting.begin(group_id)

    def print_shown(self) -> None:
        """The sheet of the patient that is opened; who has no place yet may get a letter."""
        if self._opened is None:
            self._desk.message.emit(_("Choose a patient to print for."))
            return
        place, key = self._opened.place, self._opened.patient.id
        if place is None:
            self._desk.paper_asked.emit(Paper("letter", patient_id=key, letter="waiting"))
        else:
            self._desk.paper_asked.emit(Paper("sheet", place.group_id, place.id, patient_id=key))

    def show_details(self) -> None:
        if self._opened is not None:
            self.tabs.setCurrentWidget(self.details)
            self.details.begin()

    def ask_new(self) -> None:
        """A new patient, called what was searched for in vain."""
        text = self.found.field.text() if self.found.model.empty else ""
        name = "" if any(sign.isdigit() for sign in text) else text
        form = NewPatientForm(self, self._desk, name)
        form.added.connect(self._added)
        form.open()

    def ask_place(self) -> None:
        if self._opened is not None:
            EnrolForm(self, self._desk, self._opened.patient).open()

    # Opening.

    def _ask(self) -> None:
        self._asked += 1
        if self._wanted is not None:
            done, today = partial(self._arrived, self._asked), self._desk.today()
            self._desk.work.run(self, done, open_patient, self._wanted, self._place, today)

    def _arrived(self, asked: int, opened: Opened) -> None:
        if asked != self._asked or opened.patient.id != self._wanted:
            return  # somebody else has been asked for since
        today = self._desk.today()
        self._opened = opened
        self.header.show_patient(opened, today)
        self.way.show_patient(opened, today)
        self.schedule.show_patient(opened, today)
        self.commitment.show_patient(opened, today)
        self.details.show_patient(opened, today)
        self.history.show_patient(opened)
        self._right.setCurrentIndex(2)
        self.found.show_opened(opened.patient.id)

    def _added(self, patient_id: UUID) -> None:
        self.found.field.clear()
        self.found.reload()
        self.show_patient(patient_id)

    def _choose_place(self, place_id: UUID) -> None:
        self._place = place_id
        self._ask()

    def _nobody(self, nobody: bool) -> None:  # noqa: FBT001 -- a signal
        if self._wanted is None and self._right.currentWidget() is not self.waiting:
            self._right.setCurrentIndex(1 if nobody else 0)

    def _other_centre(self) -> None:
        self._opened = self._wanted = self._place = None
        self._asked += 1
        self._right.setCurrentIndex(0)
        self.found.start_over()
        self._count_going_on()

    # The header's buttons.

    def _calendar(self) -> None:
        if self._opened is not None:
            self._desk.calendar_asked.emit("patient", self._opened.patient.id)

    def _show_group(self) -> None:
        if self._opened is not None and self._opened.place is not None:
            self._desk.group_asked.emit(self._opened.place.group_id)

    def _ask_leave(self) -> None:
        if self._opened is not None and self._opened.place is not None:
            LeaveForm(self, self._desk, self._opened.patient, self._opened.place).open()

    def ask_move(self) -> None:
        """To another group; then the new place is shown."""
        if self._opened is not None and self._opened.place is not None:
            form = MoveForm(self, self._desk, self._opened.patient, self._opened.place)
            form.accepted.connect(self._moved)
            form.open()

    def _moved(self) -> None:
        self._place = None
        self._ask()

    # The ways that go on with their groups.

    def _count_going_on(self) -> None:
        centre, today = self._desk.centre.id, self._desk.today()
        self._desk.work.run(self, self._show_going_on, confirming.count, centre, today=today)

    def _show_going_on(self, many: int) -> None:
        words = ngettext(
            "{number} patient: has the way gone on?",
            "{number} patients: has the way gone on?",
            many,
        )
        self.going_on.say(words.format(number=many) if many else "")

    def ask_confirming(self) -> None:
        """Groups that have begun or ended: whose way goes on, confirmed in one step."""
        ConfirmDialog(self._desk, self).open()

    # The way's buttons.

    def _ask_step(self, status: WayStatus) -> None:
        if self.way.way is not None:
            StepForm(self, self._desk, self.way.way, status).open()

    def _ask_done(self) -> None:
        if self.way.way is not None and self.way.way.next_step is not None:
            DoneForm(self, self._desk, self.way.way, self.way.way.next_step).open()

    def _ask_plan(self) -> None:
        if self.way.way is not None:
            PlanForm(self, self._desk, self.way.way).open()

    def _ask_back(self) -> None:
        if self.way.way is not None:
            BackForm(self, self._desk, self.way.way).open()

    def _ask_referral(self, new: bool) -> None:  # noqa: FBT001 -- a signal
        if self._opened is not None:
            known = self.way.way.referral if self.way.way and not new else None
            ReferralForm(self, self._desk, self._opened.patient, known).open()

    def _tab(self) -> None:
        if self.tabs.currentWidget() is self.history:
            self.history.reload()
