"""The colleagues of the centre, edited where they stand."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from painprogram.domain.people import Profession, Staff
from painprogram.gui import icons, theme
from painprogram.gui.desk import Desk
from painprogram.gui.settings.colleague import Colleague
from painprogram.gui.settings.saver import Saver
from painprogram.gui.settings.section import Section
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.line_table import Column, Line, LineTable
from painprogram.i18n import _
from painprogram.usecases import staff

_TABLE = 230


class StaffSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _(
            "Write in the table to change somebody. Who no longer works here is not offered, "
            "and stands in what has been. Choose a colleague to see their time."
        )
        super().__init__(desk, "staff", _("Colleagues"), text)
        add = QPushButton(icons.icon("plus"), _("Add colleague"))
        add.setObjectName("staff_add")
        add.setProperty("primary", True)
        add.clicked.connect(self._ask)
        several = QPushButton(icons.icon("document"), _("Import from file…"))
        several.setObjectName("staff_import")
        several.clicked.connect(self._ask_file)
        self.add_at_title(several)
        self.add_at_title(add)
        self._saver: Saver[Staff] = Saver(desk.work, staff.update, self)
        self._saver.saved.connect(self._settled)
        self._saver.refused.connect(self._refused)
        self._empty = Label(_("No colleagues yet. Add the first."), "body", "text3")
        self._empty.hide()
        professions = tuple((each, each.label) for each in Profession)
        self._table = LineTable(
            self.title,
            (
                Column("name", _("Name")),
                Column("profession", _("Profession"), "choice", width=26, options=professions),
                Column("phone", _("Phone"), width=18),
                Column("active", _("Works here"), "tick", width=10),
                Column("competences", _("Competences")),
            ),
        )
        self._table.setObjectName("staff")
        self._table.written.connect(self._written)
        self._table.setMinimumHeight(round(_TABLE * theme.scale()))
        self._people: tuple[Staff, ...] = ()
        self._colleague = Colleague(desk)
        self._colleague.refused.connect(self.say)
        self._colleague.hide()
        self.column.addWidget(self._empty)
        self.column.addWidget(self._table, 2)
        self.column.addWidget(self._colleague, 3)
        self._table.selectionModel().currentRowChanged.connect(self._chosen)
        self._form: Form | None = None

    def reload(self) -> None:
        self.desk.work.run(self, self._show, staff.staff, self.desk.centre.id, former=True)

    def _show(self, found: tuple[Staff, ...]) -> None:
        self._empty.setVisible(not found)
        if self._saver.busy:
            return  # read again when that is saved
        self._saver.know(found)
        self._people = found
        self._table.set_lines([_line(person) for person in found], [one.id for one in found])
        if found and self._table.current_key is None:
            self.choose(found[0].id)
        self._chosen()

    def _chosen(self) -> None:
        """Below the table, the time of whoever the keyboard is on."""
        key = self._table.current_key
        self._colleague.show_person(next((one for one in self._people if one.id == key), None))

    def choose(self, staff_id: UUID) -> None:
        """Put the keyboard on a colleague."""
        if staff_id in self._table.keys:
            at = self._table.keys.index(staff_id)
            self._table.setCurrentIndex(self._table.model().index(at, 0))

    def _written(self, key: object, column: str, value: object) -> None:
        self.say("")
        if column == "competences":
            value = tuple(part for part in str(value).split(",") if part.strip())
        if isinstance(key, UUID):
            self._saver.change(key, lambda person: replace(person, **{column: value}))  # type: ignore[arg-type]

    def _settled(self, _person: object = None) -> None:
        self.reload()

    def _refused(self, sentence: str, _part: str) -> None:
        self.say(sentence)
        self.reload()

    def _ask_file(self) -> None:
        self.desk.import_asked.emit("staff")

    def _ask(self) -> None:
        form = Form(self, _("Add colleague"), _("Add colleague"), self._add)
        form.setObjectName("staff_form")
        self._name, self._phone, self._profession = QLineEdit(), QLineEdit(), QComboBox()
        for profession in Profession:
            self._profession.addItem(profession.label, profession)
        form.add(_("Name"), self._name, "staff_name")
        form.add(_("Profession"), self._profession, "staff_profession")
        form.add(_("Phone"), self._phone, "staff_phone")
        self._form = form
        form.open()

    def _add(self) -> None:
        if self._form is None:
            return
        task = self.desk.work.run(
            self._form,
            self._added,
            staff.add,
            self.desk.centre.id,
            self._name.text(),
            self._profession.currentData(),
            phone=self._phone.text(),
        )
        task.or_else(self._form.fail)

    def _added(self, _person: Staff) -> None:
        if self._form is not None:
            self._form.accept()
            self._form = None
        self.reload()


def _line(person: Staff) -> Line:
    return {
        "name": person.name,
        "profession": person.profession,
        "phone": person.phone,
        "active": person.active,
        "competences": ", ".join(person.competences),
    }
