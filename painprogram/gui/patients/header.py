"""The top of an opened patient: who it is, what to think of, whom to call, what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from painprogram.domain.patients import LANGUAGES, Access, Enrolment, Patient
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.parts import Chips, button, icon_button
from painprogram.gui.tokens import GAP, SCREEN_EDGE
from painprogram.gui.widgets.chips import Tone
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, day_month, ngettext

_ACCESS_ICONS = {
    Access.STEP_FREE: "wheelchair",
    Access.LIFT: "lift",
    Access.HEARING: "ear",
    Access.LARGE_PRINT: "large-print",
    Access.COMPANION: "people",
}

_NARROW = 860


@dataclass(frozen=True, slots=True)
class Commands:
    """What the header's buttons do; the page knows how."""

    calendar: Callable[[], object]
    details: Callable[[], object]
    enrol: Callable[[], object]
    leave: Callable[[], object]
    move: Callable[[], object]
    show_group: Callable[[], object]
    print_sheet: Callable[[], object]


class Header(Ground):
    place_chosen = Signal(object)
    """The key of the place (in a group) that is to be shown."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__("base", parent)
        self._commands = commands
        self._opened: Opened | None = None
        self._group_text = ""
        self.name = Elided(role="heading")
        self.name.setObjectName("patient_name")
        self.number = Label("", "body", "text3")
        self.number.setObjectName("patient_number")
        self.eye = icon_button(_("Show the whole number"), "show_number", "eye", self._number)
        self.eye.setCheckable(True)
        self.group = QPushButton(icon("people", "accent"), "")
        self.group.setObjectName("patient_group")
        self.group.setAccessibleName(_("Group"))
        self.group.setProperty("small", True)
        self.group.setAutoDefault(False)
        self.group.setMenu(QMenu(self.group))
        self.calendar = button(
            _("Calendar file"), "patient_calendar", "calendar-file", commands.calendar
        )
        self.more = QPushButton(icon("more"), _("More"))
        self.more.setObjectName("patient_more")
        self.more.setAccessibleName(_("More"))
        self.more.setMenu(self._menu())
        self.needs = Chips()
        self.contact = Elided(role="body", ink="text2")
        self.contact.setObjectName("patient_contact")
        self.phone = Elided(role="body", ink="text2")
        self.phone.setObjectName("contact_phone")
        self._phone_sign = Sign("phone")
        self.note = Elided(role="small", ink="text2")
        self.note.setObjectName("patient_note")
        self._lay_out()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self.name)
        first.addSpacing(4)
        first.addWidget(self.number)
        first.addWidget(self.eye)
        first.addSpacing(4)
        first.addWidget(self.group)
        first.addStretch(1)
        first.addWidget(self.calendar)
        first.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(SCREEN_EDGE, 10, SCREEN_EDGE, 6)
        column.setSpacing(8)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.needs)
        second.addWidget(Sign("person"))
        second.addWidget(self.contact)
        second.addSpacing(6)
        second.addWidget(self._phone_sign)
        second.addWidget(self.phone)
        second.addStretch(1)
        column.addLayout(second)
        column.addWidget(self.note)

    def _menu(self) -> QMenu:
        menu, todo = QMenu(self.more), self._commands
        self._actions: dict[str, QAction] = {}
        for name, icon_name, text, pressed, key in (
            ("details", "pen", _("Change details"), todo.details, "F2"),
            ("print", "printer", _("Print schedule"), todo.print_sheet, ""),
            ("", "", "", todo.details, ""),
            ("enrol", "plus", _("Place in a group…"), todo.enrol, ""),
            ("show_group", "link-out", _("Show the group"), todo.show_group, ""),
            ("move", "arrow-right", _("Move to another group…"), todo.move, ""),
            ("leave", "minus", _("End the place in the group…"), todo.leave, ""),
        ):
            if not name:
                menu.addSeparator()
                continue
            action = menu.addAction(icon(icon_name), text)
            action.setObjectName(f"patient_{name}")
            action.triggered.connect(pressed)
            if key:
                action.setShortcut(QKeySequence(key))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the page has it
            self._actions[name] = action
        return menu

    def command(self, name: str) -> QAction:
        """A command of the menu, for the keyboard and for other menus."""
        return self._actions[name]

    def show_patient(self, opened: Opened, today: date) -> None:
        if self._opened is None or self._opened.patient.id != opened.patient.id:
            self.eye.setChecked(False)
        self._opened = opened
        patient = opened.patient
        self.name.set_text(patient.name)
        self._number()
        self._show_needs(patient)
        self._show_contact(opened)
        self._show_group(opened, today)
        held = opened.place is not None and opened.place.last is None
        for name in ("print", "show_group"):
            self._actions[name].setEnabled(opened.place is not None)
        for name in ("leave", "move"):
            self._actions[name].setEnabled(held)

    def _number(self) -> None:
        if self._opened is None:
            return
        identity, shown = self._opened.patient.identity, self.eye.isChecked()
        self.number.setText(identity.formatted if shown else identity.masked)
        words = _("Hide the number") if shown else _("Show the whole number")
        self.eye.setIcon(icon("eye-off" if shown else "eye", "text2"))
        self.eye.setToolTip(words)
        self.eye.setAccessibleName(words)

    def _show_needs(self, patient: Patient) -> None:
        chips: list[tuple[str, Tone, str]] = []
        if patient.protected:
            chips.append((_("Protected identity"), "block", "shield"))
        if patient.interpreter:
            words = _("Interpreter: {language}").format(language=_(LANGUAGES[patient.language]))
            chips.append((words, "accent", "language"))
        elif patient.language != "sv":
            chips.append((_(LANGUAGES[patient.language]), "neutral", "language"))
        chips += [(need.label, "neutral", _ACCESS_ICONS[need]) for need in patient.access]
        chips += [
            (_("Not {time}").format(time=time.label), "neutral", "clock")
            for time in patient.times_not
        ]
        self.needs.show_chips(chips)
        self.needs.setVisible(bool(chips))

    def _show_contact(self, opened: Opened) -> None:
        person = opened.contact
        if person is None:
            text = _("No contact person yet")
        else:
            text = _("Contact person {name}, {profession}").format(
                name=person.name, profession=person.profession.label
            )
        self.contact.set_text(text)
        phone = person.phone if person else ""
        self.phone.set_text(phone)
        self.phone.setVisible(bool(phone))
        self._phone_sign.setVisible(bool(phone))
        note = " ".join(opened.patient.note.split())
        self.note.set_text(note)
        self.note.setVisible(bool(note))

    def _show_group(self, opened: Opened, today: date) -> None:
        place, menu = opened.place, self.group.menu()
        self.group.setVisible(place is not None)
        menu.clear()
        if place is None:
            return
        goes = [line for line in opened.lines if line.attends]
        past = sum(line.start.date() < today for line in goes)
        text = place.group_name
        if place.last is not None:
            text = _ended(place)
        elif goes:
            counted = ngettext(
                "{past} of {number} session", "{past} of {number} sessions", len(goes)
            )
            text = f"{text} · {counted.format(past=past, number=len(goes))}"
        self._group_text = text
        self._fit()
        self.group.setAccessibleName(_("Group: {name}").format(name=text))
        for one in opened.places:
            named = one.group_name if one.last is None else _ended(one)
            action = menu.addAction(named.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(one.id == place.id)
            action.setData(one.id)
            action.triggered.connect(self._chosen)
        menu.addSeparator()
        menu.addAction(icon("link-out"), _("Show the group")).triggered.connect(
            self._commands.show_group
        )

    def _fit(self) -> None:
        """Where there is little room, the group keeps the end of its name alone."""
        narrow = self.width() < _NARROW * theme.scale()
        group, dot, rest = self._group_text.partition(" · ")
        words = group.split(" ")
        text = f"{' '.join(words[-2:])}{dot}{rest}" if narrow and len(words) > 2 else None  # noqa: PLR2004
        self.group.setText((text or self._group_text).replace("&", "&&"))
        self.calendar.setText("" if narrow else self.calendar.accessibleName())
        self.calendar.setToolTip(self.calendar.accessibleName())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.place_chosen.emit(action.data())


def _ended(place: Enrolment) -> str:
    """``H26 A, ended 3 dec``"""
    words = _("{group}, moved {day}") if place.moved else _("{group}, ended {day}")
    return words.format(group=place.group_name, day=day_month(place.last or place.first))
