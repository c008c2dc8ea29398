"""A new patient, a place in a group, the end of a place: the forms."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.identity import Identity, parse
from painprogram.domain.patients import LANGUAGES, Enrolment, Patient
from painprogram.domain.people import Staff
from painprogram.domain.ways import WayStatus
from painprogram.gui.desk import Desk
from painprogram.gui.entries import Entries
from painprogram.gui.patients.fields import AccessTicks
from painprogram.gui.patients.schedule_forms import (
    answer_for,
    day_field,
    python_date,
    reason_field,
    wide,
)
from painprogram.gui.reasons import Reasoned
from painprogram.gui.widgets.form import Form
from painprogram.i18n import N_, _, day_month
from painprogram.usecases import Database, enrolments, groups, patients, staff

_LEAVE = (
    N_("Has finished the programme"),
    N_("Manages without further measures"),
    N_("Wants to stop"),
    N_("Can't benefit from it now"),
    N_("Has moved"),
)
_ENDS = (WayStatus.STOPPED, WayStatus.COMPLETED, WayStatus.NEVER_CAME, WayStatus.ONWARD)


def open_groups(database: Database) -> tuple[Group, ...]:
    """Those a patient can be placed in, the newest start first."""
    return tuple(
        group
        for group in groups.groups(database)
        if group.status is GroupStatus.OPEN and not group.activity
    )


def told(group: Group, centre_id: UUID) -> str:
    """``Höst A · 7/12 · från 27 okt``; a group elsewhere with its centre."""
    parts = [group.name, _("{taken}/{seats} seats").format(taken=group.taken, seats=group.maximum)]
    if group.first is not None:
        parts.append(_("from {day}").format(day=day_month(group.first)))
    if group.centre_id != centre_id:
        parts.append(group.centre_name)
    return "  ·  ".join(parts)


class GroupChoice(QComboBox):
    """Groups with their seats; full ones too, for the refusal says why."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        wide(self)
        self.addItem(nothing, None)

    def offer(self, found: Sequence[Group], centre_id: UUID) -> None:
        kept = self.currentData()
        while self.count() > 1:
            self.removeItem(1)
        for group in sorted(found, key=lambda one: one.centre_id != centre_id):
            self.addItem(told(group, centre_id), group)
        for at in range(1, self.count()):
            if kept is not None and self.itemData(at).id == kept.id:
                self.setCurrentIndex(at)

    @property
    def chosen(self) -> Group | None:
        found = self.currentData()
        return found if isinstance(found, Group) else None


def first_day(group: Group, today: date) -> date:
    """A place is held from today, or from the first session where the group has not begun."""
    return max(today, group.first) if group.first else today


class NewPatientForm(Form):
    """The patient is added first; a place that is refused leaves the patient without one."""

    added = Signal(object)
    """The patient's key."""

    def __init__(self, parent: QWidget, desk: Desk, name: str = "") -> None:
        super().__init__(parent, _("New patient"), _("Add patient"), self._send)
        self._desk = desk
        self._patient: Patient | None = None
        self._new_id: Patient | None = None
        given, _space, family = " ".join(name.split()).rpartition(" ")
        self.given, self.family = QLineEdit(given or family), QLineEdit(family if given else "")
        self.add(_("Given name"), self.given, "new_given_name")
        self.add(_("Family name"), self.family, "new_family_name")
        self._identity_row()
        self.language = wide(QComboBox())
        for code, words in LANGUAGES.items():
            self.language.addItem(_(words), code)
        self.add(_("Language"), self.language, "new_language")
        self.interpreter = QCheckBox(_("Needs an interpreter"))
        self.add(_("Interpreter"), self.interpreter, "new_interpreter")
        self.access = AccessTicks()
        self.add(_("Access needs"), self.access, "new_access")
        self.phone = QLineEdit()
        self.phone.setMaxLength(60)
        self.add(_("Phone"), self.phone, "new_phone")
        self.contact = wide(QComboBox())
        self.contact.addItem(_("Nobody yet"), None)
        self.add(_("Contact person"), self.contact, "new_contact")
        self.group = GroupChoice(_("Not in a group yet"))
        self.add(_("Place in a group"), self.group, "new_group")
        self.entry = Entries(self, desk)
        self.group.currentIndexChanged.connect(self._ask_entry)
        self.given.setFocus()
        desk.work.run(self, self._people, staff.staff).or_else(self.fail)
        desk.work.run(self, self._groups, open_groups).or_else(self.fail)

    def _identity_row(self) -> None:
        self.number = QLineEdit()
        self.number.setMaxLength(40)
        self.number.setPlaceholderText(_("YYYYMMDD-NNNN"))
        self.number.setAccessibleName(_("Identity number"))
        self.number.setObjectName("new_identity")
        self.reserve = QCheckBox(_("Reserve number"))
        self.reserve.setObjectName("new_reserve")
        self.reserve.setAccessibleName(_("Reserve number"))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.number, 1)
        layout.addWidget(self.reserve)
        row.setFocusProxy(self.number)
        self.add(_("Identity number"), row, "new_identity_row")

    def _people(self, found: tuple[Staff, ...]) -> None:
        for person in sorted(found, key=lambda one: one.centre_id != self._desk.centre.id):
            self.contact.addItem(f"{person.name}, {person.profession.label}", person.id)

    def _groups(self, found: tuple[Group, ...]) -> None:
        self.group.offer(found, self._desk.centre.id)

    def _send(self) -> None:
        if self._patient is not None:
            self._place(self._patient)
            return
        try:
            wanted = self._wanted()
        except Refused as refused:
            self.fail(str(refused))
            self.number.setFocus()
            return
        self._desk.work.run(self, self._added, patients.add, wanted).or_else(self.fail)

    def _wanted(self) -> Patient:
        identity: Identity = parse(
            self.number.text(), self._desk.today(), reserve=self.reserve.isChecked()
        )
        fresh = patients.new(self._desk.centre.id, self.given.text(), self.family.text(), identity)
        return Patient(
            fresh.id,
            fresh.centre_id,
            fresh.given_name,
            fresh.family_name,
            identity,
            language=self.language.currentData(),
            interpreter=self.interpreter.isChecked(),
            access=self.access.chosen,
            phone=self.phone.text(),
            contact_id=self.contact.currentData(),
        )

    def _added(self, patient: Patient) -> None:
        self._patient = patient
        self.added.emit(patient.id)
        self._place(patient)

    def _place(self, patient: Patient) -> None:
        group = self.group.chosen
        if group is None:
            self.accept()
            return
        today = self._desk.today()
        day = self.entry.first or first_day(group, today)
        asked = Reasoned(
            self._desk.work, self, self._placed, self._not_placed, self._left, word="because"
        )
        asked.run(enrolments.enrol, patient.id, group.id, day, today=today)

    def _ask_entry(self) -> None:
        self.entry.ask(self.group.chosen)

    def _left(self) -> None:
        self._not_placed(_("Nobody answers for what stands against it."))

    def _placed(self, place: Enrolment) -> None:
        self.added.emit(place.patient_id)
        self.accept()

    def _not_placed(self, sentence: str) -> None:
        """The patient is there by now; only the group can still be chosen."""
        for field in (
            self.given,
            self.family,
            self.number,
            self.reserve,
            self.language,
            self.interpreter,
            self.access,
            self.phone,
            self.contact,
        ):
            field.setEnabled(False)
        self.button.setText(_("Place in the group"))
        self.fail(
            _("{reason} The patient is added without a group. Choose another, or none.").format(
                reason=sentence
            )
        )
        self.group.setFocus()


class EnrolForm(Form):
    """Which group, and from when."""

    def __init__(self, parent: QWidget, desk: Desk, patient: Patient) -> None:
        super().__init__(
            parent,
            _("Place {name} in a group").format(name=patient.name),
            _("Place in the group"),
            self._send,
        )
        self._desk, self._patient = desk, patient
        self.group = GroupChoice(_("Choose a group"))
        self.group.currentIndexChanged.connect(self._day)
        self.add(_("Group"), self.group, "group")
        self.day = day_field(desk.today())
        self.add(_("From"), self.day, "day")
        self.entry = Entries(self, desk, self.day)
        self.group.setFocus()
        desk.work.run(self, self._groups, open_groups).or_else(self.fail)

    def _groups(self, found: tuple[Group, ...]) -> None:
        self.group.offer(found, self._desk.centre.id)
        if len(found) == 1:
            self.group.setCurrentIndex(1)
        if not found:
            self.fail(_("No group is open. Open one on the screen Programmes, or start a new one."))
            self.button.setEnabled(False)

    def _day(self) -> None:
        if group := self.group.chosen:
            day = first_day(group, self._desk.today())
            self.day.setDate(QDate(day.year, day.month, day.day))
        self.entry.ask(self.group.chosen)

    def _send(self) -> None:
        group = self.group.chosen
        if group is None:
            self.fail(_("Choose a group."))
            return
        answer_for(self, self._desk, self._placed).run(
            enrolments.enrol,
            self._patient.id,
            group.id,
            python_date(self.day),
            today=self._desk.today(),
        )

    def _placed(self, _place: Enrolment) -> None:
        self.accept()


class LeaveForm(Form):
    """From when, and why."""

    def __init__(self, parent: QWidget, desk: Desk, patient: Patient, place: Enrolment) -> None:
        super().__init__(
            parent,
            _("End the place in {group}").format(group=place.group_name),
            _("End the place"),
            self._send,
            danger=True,
        )
        self._desk, self._place = desk, place
        self.day = day_field(desk.today())
        self.add(_("Last day"), self.day, "day")
        self.how = wide(QComboBox())
        for status in _ENDS:
            self.how.addItem(status.label, status)
        self.add(_("How it ended"), self.how, "how")
        self.reason = reason_field(_LEAVE)
        self.add(_("Reason"), self.reason, "reason")
        self.reason.setFocus()
        self.setAccessibleDescription(patient.name)

    def _send(self) -> None:
        self._desk.work.run(
            self,
            self._left,
            enrolments.leave,
            self._place.id,
            python_date(self.day),
            self.reason.currentText(),
            self.how.currentData(),
        ).or_else(self.fail)

    def _left(self, _place: Enrolment) -> None:
        self.accept()
