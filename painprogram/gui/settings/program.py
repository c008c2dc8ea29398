"""Language, look, and who is sitting here."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from painprogram import i18n
from painprogram.domain.actors import Actor
from painprogram.domain.people import Staff
from painprogram.gui.desk import Desk
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _
from painprogram.usecases import staff

_SCHEMES = ("system", "light", "dark")


class ProgramSection(Section):
    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    actor_chosen = Signal(object)
    """An ``Actor``."""

    def __init__(self, desk: Desk) -> None:
        text = _("These choices are this computer's own.")
        super().__init__(desk, "program", _("Program and language"), text)
        self._people: dict[str, Staff] = {}
        self._language = Segmented(
            _("Language"), [Segment("sv", "Svenska"), Segment("en", "English")]
        )
        self._language.setObjectName("language")
        self._language.choose(i18n.language())
        self._language.chosen.connect(self._language_picked)
        names = (_("As the system"), _("Light"), _("Dark"))
        self._scheme = Segmented(
            _("Colours"), [Segment(*pair) for pair in zip(_SCHEMES, names, strict=True)]
        )
        self._scheme.setObjectName("scheme")
        self._scheme.chosen.connect(self._scheme_picked)
        self._who = QComboBox()
        self._who.setObjectName("who")
        self._who.setAccessibleName(_("Your name"))
        self._who.activated.connect(self._who_picked)
        self._fields = QFormLayout()
        self._fields.setHorizontalSpacing(SPACE[5])
        self._fields.setVerticalSpacing(SPACE[4])
        self._add(_("Language"), self._language)
        self._add(_("Colours"), self._scheme)
        self._add(_("Your name"), self._who)
        self.column.addLayout(self._fields)
        why = _("The change log and the access log write this name from now on.")
        self.column.addWidget(Label(why, "small", "text3", wrap=True))
        self.column.addStretch(1)

    def _add(self, label: str, field: QWidget) -> None:
        caption = QLabel(label)
        caption.setBuddy(field)
        self._fields.addRow(caption, field)

    def reload(self) -> None:
        self._language.choose(i18n.language())
        scheme = self.desk.settings.text("scheme", "system")
        self._scheme.choose(scheme if scheme in _SCHEMES else "system")
        self.desk.work.run(self, self._show, staff.staff, self.desk.centre.id)

    def _show(self, found: tuple[Staff, ...]) -> None:
        self._people = {str(person.id): person for person in found}
        me = self.desk.settings.text("actor")
        self._who.clear()
        if me not in self._people:
            self._who.addItem(_("Choose who you are"), "")
        for key, person in self._people.items():
            self._who.addItem(f"{person.name}, {person.profession.label}", key)
        self._who.setCurrentIndex(max(0, self._who.findData(me)))

    @Slot(object)
    def _language_picked(self, key: object) -> None:
        self.language_chosen.emit(str(key))

    @Slot(object)
    def _scheme_picked(self, key: object) -> None:
        self.scheme_chosen.emit(str(key))

    @Slot(int)
    def _who_picked(self, _at: int) -> None:
        person = self._people.get(self._who.currentData())
        if person is not None:
            self.actor_chosen.emit(Actor(person.name, person.centre_id, person.id))
