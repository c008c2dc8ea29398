"""The three steps that ask about a new centre; each reads and checks its own part."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.people import CentreKind, Profession
from painprogram.domain.rooms import Equipment
from painprogram.gui import icons
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.line_table import Column, LineTable
from painprogram.i18n import _
from painprogram.usecases.founding import (
    Fault,
    NewCentre,
    NewRoom,
    NewStaff,
    profession_named,
)

_ADDRESS_LINES = 3
_USUAL_SEATS = 10


class Step(QWidget):
    """*asks* are the fields of ``NewCentre`` it answers for."""

    asks: frozenset[str]
    title: str
    text: str

    def read(self, new: NewCentre) -> NewCentre:
        """*new* with what stands in this step."""
        raise NotImplementedError

    def begin(self, new: NewCentre) -> None:
        """Shown again; *new* is what all steps say so far."""

    def say(self, faults: Iterable[Fault]) -> None:
        """Show what is wrong where it is, and put the keyboard there."""
        raise NotImplementedError


class CentreStep(Step):
    asks = frozenset({"name", "kind", "provider", "phone", "phone_hours", "address"})

    def __init__(self) -> None:
        super().__init__()
        self.title = _("The health centre")
        self.text = _("It stands on the papers that patients get. All of it can be changed later.")
        self._kind = QComboBox()
        for kind in CentreKind:
            self._kind.addItem(kind.capitalize(), kind)
        self._address = QPlainTextEdit()
        self._address.setTabChangesFocus(True)
        rows = self._address.fontMetrics().lineSpacing() * _ADDRESS_LINES
        self._address.setFixedHeight(rows + 2 * SPACE[3])
        self.fields = {
            "name": Field(_("Name"), QLineEdit(), "name"),
            "kind": Field(_("Kind"), self._kind, "kind"),
            "provider": Field(
                _("Care provider"),
                QLineEdit(),
                "provider",
                _("The region, or the company. Empty if the centre is one by itself."),
            ),
            "phone": Field(_("Phone"), QLineEdit(), "phone"),
            "phone_hours": Field(
                _("Phone hours"), QLineEdit(), "phone_hours", _("Such as Mon–Fri 8:00–9:30")
            ),
            "address": Field(_("Address"), self._address, "centre_address"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[4])
        grid.setVerticalSpacing(SPACE[4])
        top = Qt.AlignmentFlag.AlignTop
        for at, (name, field) in enumerate(self.fields.items()):
            wide = name in ("name", "address")
            column = {"provider": 1, "phone_hours": 1}.get(name, 0)
            grid.addWidget(field, at - column, column, 1, 2 if wide else 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self.fields), 1)

    def _text(self, name: str) -> str:
        editor = self.fields[name].editor
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def read(self, new: NewCentre) -> NewCentre:
        return replace(
            new,
            name=self._text("name"),
            kind=self._kind.currentData(),
            provider=self._text("provider"),
            phone=self._text("phone"),
            phone_hours=self._text("phone_hours"),
            address=self._address.toPlainText(),
        )

    def begin(self, new: NewCentre) -> None:  # noqa: ARG002
        self.fields["name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, faults: Iterable[Fault]) -> None:
        for field in self.fields.values():
            field.clear()
        for fault in reversed(tuple(faults)):
            self.fields[fault.field].say(fault.sentence)
            self.fields[fault.field].editor.setFocus(Qt.FocusReason.OtherFocusReason)


class _Written(QWidget):
    """A table, what is wrong with it, and a button to take a line away."""

    def __init__(self, table: LineTable, name: str) -> None:
        super().__init__()
        self.table = table
        table.setObjectName(name)
        table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * 6)
        table.changed.connect(self._clear)
        self._wrong = Label(colour="block", wrap=True)
        self._wrong.setObjectName(f"{name}_wrong")
        self._wrong.hide()
        hint = _(
            "Enter makes the next line. Lines copied from a list or a spreadsheet can be pasted."
        )
        remove = QPushButton(icons.icon("minus"), _("Remove line"))
        remove.setObjectName(f"{name}_remove")
        remove.setProperty("small", True)
        remove.clicked.connect(table.remove_line)
        below = QHBoxLayout()
        below.addWidget(Label(hint, "small", "text3", wrap=True), 1)
        below.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(table, 1)
        column.addWidget(self._wrong)
        column.addLayout(below)

    def say(self, faults: Iterable[Fault]) -> None:
        found = tuple(faults)
        self._wrong.setText("\n".join(fault.sentence for fault in found))
        self._wrong.setVisible(bool(found))
        self.table.mark([fault.line for fault in found if fault.line is not None])
        if found:
            self.table.write_in(found[0].line or 0)

    def _clear(self) -> None:
        self._wrong.hide()
        self.table.mark([])


class StaffStep(Step):
    asks = frozenset({"staff"})

    def __init__(self) -> None:
        super().__init__()
        self.title = _("Colleagues")
        self.text = _("Who leads sessions or meets patients, and as what. Begin with yourself.")
        professions = tuple((each, each.label) for each in Profession)
        name = _("Name")
        self._table = LineTable(
            self.title,
            (
                Column("name", name, hint=_("Write a name")),
                Column(
                    "profession",
                    _("Profession"),
                    "choice",
                    width=26,
                    start=None,
                    options=professions,
                    understand=profession_named,
                ),
                Column("phone", _("Phone"), width=18),
            ),
            grows=True,
        )
        self._written = _Written(self._table, "staff")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._written)

    def read(self, new: NewCentre) -> NewCentre:
        people = (
            NewStaff(str(line["name"]), line["profession"], str(line["phone"]))
            for line in self._table.lines
        )
        return replace(new, staff=tuple(people))

    def begin(self, new: NewCentre) -> None:
        if not new.staff:
            self._table.write_in(0)
        else:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, faults: Iterable[Fault]) -> None:
        self._written.say(faults)


class RoomsStep(Step):
    asks = frozenset({"rooms", "me"})

    def __init__(self) -> None:
        super().__init__()
        self.title = _("Rooms")
        self.text = _("Where groups meet, and how many participants there is room for.")
        ticks = (Column(each, each.label, "tick", width=6, start=False) for each in Equipment)
        seats = Column("seats", _("Seats"), "number", width=6, start=_USUAL_SEATS)
        self._table = LineTable(
            self.title,
            (Column("name", _("Name"), hint=_("Write a name")), seats, *ticks),
            grows=True,
        )
        self._written = _Written(self._table, "rooms")
        self._me = QComboBox()
        why = _("The change log says who did what.")
        self._who = Field(_("Your name"), self._me, "me", why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[4])
        column.addWidget(self._written, 1)
        column.addWidget(self._who)

    def read(self, new: NewCentre) -> NewCentre:
        found = (
            NewRoom(
                str(line["name"]),
                int(line["seats"]),
                tuple(each for each in Equipment if line[each]),
            )
            for line in self._table.lines
        )
        return replace(new, rooms=tuple(found), me=self._me.currentText())

    def begin(self, new: NewCentre) -> None:
        names = [" ".join(person.name.split()) for person in new.staff]
        if names != [self._me.itemText(at) for at in range(self._me.count())]:
            chosen = self._me.currentText()
            self._me.clear()
            self._me.addItems(names)
            self._me.setCurrentIndex(max(0, self._me.findText(chosen)))
        if not new.rooms:
            self._table.write_in(0)
        else:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, faults: Iterable[Fault]) -> None:
        found = tuple(faults)
        self._who.say("\n".join(fault.sentence for fault in found if fault.field == "me"))
        self._written.say(fault for fault in found if fault.field == "rooms")
