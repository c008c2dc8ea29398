"""A referral or an own wish, as it is written down when it comes."""

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from painprogram.domain.patients import Patient
from painprogram.domain.referrals import Priority, Referral, ReferralValues
from painprogram.domain.ways import LONGEST_REASON, ReferralKind
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.patients.schedule_forms import python_date, wide
from painprogram.gui.patients.ways_forms import past_day
from painprogram.gui.widgets.form import Form
from painprogram.i18n import _
from painprogram.usecases import ways

_KINDS = (ReferralKind.REFERRAL, ReferralKind.REQUEST, ReferralKind.OWN)
_LINES = 3


class ReferralForm(Form):
    """Of a patient; with *known* it corrects what was written down."""

    registered = Signal(object)
    """The patient's key."""

    def __init__(
        self, parent: QWidget, desk: Desk, patient: Patient, known: Referral | None = None
    ) -> None:
        title = _("Referral of {name}") if known else _("New referral of {name}")
        verb = _("Change the referral") if known else _("Register the referral")
        super().__init__(parent, title.format(name=patient.name), verb, self._send)
        self._desk, self._patient, self._known = desk, patient, known
        self.kind = wide(QComboBox())
        for kind in _KINDS:
            self.kind.addItem(kind.label, kind)
        self.add(_("Kind"), self.kind, "referral_kind")
        self.day = past_day(desk.today())
        self.add(_("Received on"), self.day, "referral_day")
        self.from_whom = QLineEdit()
        self.from_whom.setMaxLength(120)
        self.add(_("From"), self.from_whom, "referral_from")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        line = theme.font("body").pointSizeF() * 2.0 * theme.scale()
        self.reason.setFixedHeight(round(line * _LINES + 16))
        self.add(_("Reason"), self.reason, "referral_reason")
        self.needs = QLineEdit()
        self.needs.setPlaceholderText(_("Sleep, exercise … with commas between"))
        self.add(_("Needs of the patient"), self.needs, "referral_needs")
        self.priority = wide(QComboBox())
        for priority in Priority:
            self.priority.addItem(priority.label, priority)
        self.add(_("Priority"), self.priority, "referral_priority")
        self.programme = wide(QComboBox())
        self.programme.addItem(_("Any programme"), None)
        self.add(_("Programme"), self.programme, "referral_programme")
        self.centre = wide(QComboBox())
        self.centre.addItem(_("The patient's own centre"), None)
        self.add(_("Preferred centre"), self.centre, "referral_centre")
        if known is not None:
            self._show(known.values)
        self.kind.setFocus()
        desk.work.run(self, self._choices, ways.choices).or_else(self.fail)

    def _show(self, values: ReferralValues) -> None:
        if values.kind in _KINDS:
            self.kind.setCurrentIndex(_KINDS.index(values.kind))
        day = values.received_on
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.from_whom.setText(values.from_whom)
        self.reason.setPlainText(values.reason)
        self.needs.setText(", ".join(values.needs))
        self.priority.setCurrentIndex(int(values.priority))

    def _choices(self, found: ways.Programmes) -> None:
        values = self._known.values if self._known else None
        for box, offered, chosen in (
            (self.programme, found.programmes, values.programme_id if values else None),
            (self.centre, found.centres, values.preferred_centre_id if values else None),
        ):
            for key, name in offered:
                box.addItem(name, key)
                if key == chosen:
                    box.setCurrentIndex(box.count() - 1)

    def _values(self) -> ReferralValues:
        return ReferralValues(
            python_date(self.day),
            ReferralKind(self.kind.currentData()),
            self.from_whom.text(),
            self.reason.toPlainText()[: LONGEST_REASON + 1],
            tuple(self.needs.text().split(",")),
            Priority(self.priority.currentData()),
            self.programme.currentData(),
            self.centre.currentData(),
        )

    def _send(self) -> None:
        today = self._desk.today()
        if self._known is not None:
            task = self._desk.work.run(
                self, self._done, ways.change, self._known.id, self._values(), today=today
            )
        else:
            task = self._desk.work.run(
                self, self._done, ways.receive, self._patient.id, self._values(), today=today
            )
        task.or_else(self.fail)

    def _done(self, referral: Referral) -> None:
        self.registered.emit(referral.patient_id)
        self.accept()
