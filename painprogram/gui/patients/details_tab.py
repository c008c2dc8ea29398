"""Everything known of the patient, each field saved as it is left."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from painprogram.domain.patients import LANGUAGES, Patient
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.patients.fields import (
    AccessField,
    ChoiceField,
    Field,
    NoteField,
    TextField,
    TickField,
)
from painprogram.gui.patients.identity_field import IdentityField
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.saving import Saver, write_patient
from painprogram.gui.patients.week_fields import MostField, TimesField
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_WIDEST = 720


class DetailsTab(QScrollArea):
    stale = Signal()
    """Something was refused: read again what is there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._saver: Saver[Patient] | None = None
        self.identity = IdentityField("identity", _("Identity number"), desk.today)
        self._contact = ChoiceField("contact_id", _("Contact person"))
        self._language = ChoiceField("language", _("Language"))
        self._language.offer([(_(name), code) for code, name in LANGUAGES.items()])
        self._protected = TickField(
            "protected", _("Protection"), _("Protected identity: no address is kept")
        )
        self._address = NoteField("address", _("Address"))
        self.fields: dict[str, Field] = {
            field.part: field
            for field in (
                TextField("given_name", _("Given name")),
                TextField("family_name", _("Family name")),
                self.identity,
                self._protected,
                self._language,
                TickField("interpreter", _("Interpreter"), _("Needs an interpreter")),
                AccessField("access", _("Access needs")),
                TimesField("times_not", _("Times that do not work")),
                MostField("most_visits", _("Visits in a week, at most"), 50),
                MostField("most_minutes", _("Hours in a week, at most"), 99, unit=60),
                MostField("most_trips", _("Trips in a week, at most"), 7),
                TextField("phone", _("Phone"), 60),
                self._address,
                self._contact,
                NoteField("note", _("Note")),
            )
        }
        for field in self.fields.values():
            field.written.connect(self._written)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._form())

    def _form(self) -> QWidget:
        page = QWidget()
        page.setMaximumWidth(round(_WIDEST * theme.scale()))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for field in self.fields.values():
            form.addRow(field.caption, field)
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SCREEN_EDGE, 16, tokens.SCREEN_EDGE, 24)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(
            Label(
                _("Each field is saved as you leave it. Undo takes it back."),
                "small",
                "text3",
                wrap=True,
            )
        )
        column.addStretch(1)
        inside = Ground("base")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(page, 1)
        row.addStretch(0)
        return inside

    def show_patient(self, opened: Opened, today: date) -> None:
        del today
        patient = opened.patient
        afresh = self._saver is None or self._saver.value.id != patient.id
        if afresh:
            self.identity.hide_number()
            self._saver = Saver(self._desk.work, patient, write_patient, self)
            self._saver.saved.connect(self._saved)
            self._saver.refused.connect(self._refused)
        if self._saver is None or self._saver.busy:
            return
        self._saver.refresh(patient)
        self._contact.offer(self._people(opened))
        self._show(patient, afresh=afresh)
        if afresh:
            self.verticalScrollBar().setValue(0)

    @staticmethod
    def _people(opened: Opened) -> Sequence[tuple[str, object]]:
        """Those of the patient's centre first; who has left stays where chosen."""
        known = list(opened.staff)
        if opened.contact is not None and opened.contact not in known:
            known.append(opened.contact)
        known.sort(key=lambda person: person.centre_id != opened.patient.centre_id)
        named = [(f"{one.name}, {one.profession.label}", one.id) for one in known]
        return [(_("Nobody yet"), None), *named]

    def _show(self, patient: Patient, *, afresh: bool) -> None:
        for part, field in self.fields.items():
            field.show_value(getattr(patient, part), afresh=afresh)
        self._address.setEnabled(not patient.protected)

    def begin(self) -> None:
        """The keyboard goes to the first field."""
        self.fields["given_name"].setFocus()

    def _written(self, part: str, value: object) -> None:
        if self._saver is not None:
            self._saver.put(part, value)

    def _saved(self, part: str, patient: Patient) -> None:
        if self.sender() is self._saver:
            self.fields[part].show_value(getattr(patient, part))
            if part == "identity":
                self.identity.hide_number()

    def _refused(self, part: str, sentence: str) -> None:
        if self.sender() is self._saver:
            self.fields[part].fail(sentence)
        else:
            self._desk.message.emit(sentence)
        self.stale.emit()
