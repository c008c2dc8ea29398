"""The rooms of the centre, edited where they stand."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from painprogram.domain.rooms import Equipment, Room
from painprogram.gui import icons
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.settings.saver import Saver
from painprogram.gui.settings.section import Section
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.line_table import Column, LineTable
from painprogram.i18n import _
from painprogram.usecases import rooms

_USUAL_SEATS = 10
_NAME, _DIRECTIONS = 24, 26


class RoomsSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _("Write in the table to change a room. The way there stands on the papers.")
        super().__init__(desk, "rooms", _("Rooms"), text)
        add = QPushButton(icons.icon("plus"), _("Add room"))
        add.setObjectName("room_add")
        add.setProperty("primary", True)
        add.clicked.connect(self._ask)
        door = QPushButton(icons.icon("printer"), _("Door list…"))
        door.setObjectName("room_door")
        door.setToolTip(_("What is held in the room this week, to hang on its door"))
        door.clicked.connect(self._print)
        self.add_at_title(door)
        self.add_at_title(add)
        self._saver: Saver[Room] = Saver(desk.work, rooms.update, self)
        self._saver.saved.connect(self._settled)
        self._saver.refused.connect(self._refused)
        self._empty = Label(_("No rooms yet. Add the first."), "body", "text3")
        self._empty.hide()
        ticks = (Column(each, each.label, "tick", width=4) for each in Equipment)
        self._table = LineTable(
            self.title,
            (
                Column("name", _("Name"), width=_NAME),
                Column("seats", _("Seats"), "number", width=6),
                *ticks,
                Column("directions", _("Way there")),
                Column("active", _("In use"), "tick", width=6),
            ),
        )
        self._table.setObjectName("rooms")
        self._table.written.connect(self._written)
        self.column.addWidget(self._empty)
        self.column.addWidget(self._table, 1)
        self._form: Form | None = None

    def reload(self) -> None:
        self.desk.work.run(self, self._show, rooms.rooms, self.desk.centre.id, former=True)

    def _show(self, found: tuple[Room, ...]) -> None:
        self._empty.setVisible(not found)
        if self._saver.busy:
            return  # read again when that is saved
        self._saver.know(found)
        self._table.set_lines([_line(room) for room in found], [room.id for room in found])

    def _written(self, key: object, column: str, value: object) -> None:
        self.say("")
        if isinstance(key, UUID):
            self._saver.change(key, lambda room: _edited(room, column, value))

    def _settled(self, _room: object = None) -> None:
        self.reload()

    def _refused(self, sentence: str, _part: str) -> None:
        self.say(sentence)
        self.reload()

    def _print(self) -> None:
        """Of the room that the keyboard is on, else of the first."""
        keys = self._table.keys
        key = self._table.current_key if self._table.current_key in keys else None
        if key is None and keys:
            key = keys[0]
        if isinstance(key, UUID):
            self.desk.paper_asked.emit(Paper("door", room_id=key))

    def _ask(self) -> None:
        form = Form(self, _("Add room"), _("Add room"), self._add)
        form.setObjectName("room_form")
        self._name, self._directions, self._seats = QLineEdit(), QLineEdit(), QSpinBox()
        self._seats.setRange(0, 9999)
        self._seats.setValue(_USUAL_SEATS)
        form.add(_("Name"), self._name, "room_name")
        form.add(_("Seats"), self._seats, "room_seats")
        boxes = QWidget()
        column = QVBoxLayout(boxes)
        column.setContentsMargins(0, 0, 0, 0)
        self._boxes = {each: QCheckBox(each.label) for each in Equipment}
        for each, box in self._boxes.items():
            box.setObjectName(f"room_{each}")
            column.addWidget(box)
        form.add(_("Equipment"), boxes, "room_equipment")
        form.add(_("Way there"), self._directions, "room_directions")
        self._form = form
        form.open()

    def _add(self) -> None:
        if self._form is None:
            return
        task = self.desk.work.run(
            self._form,
            self._added,
            rooms.add,
            self.desk.centre.id,
            self._name.text(),
            self._seats.value(),
            equipment=[each for each, box in self._boxes.items() if box.isChecked()],
            directions=self._directions.text(),
        )
        task.or_else(self._form.fail)

    def _added(self, _room: Room) -> None:
        if self._form is not None:
            self._form.accept()
            self._form = None
        self.reload()


def _line(room: Room) -> dict[str, Any]:
    return {
        "name": room.name,
        "seats": room.seats,
        "directions": room.directions,
        "active": room.active,
        **{each.value: each in room.equipment for each in Equipment},
    }


def _edited(room: Room, column: str, value: Any) -> Room:
    if column not in list(Equipment):
        return replace(room, **{column: value})
    kept = {*room.equipment} - {Equipment(column)}
    chosen = kept | {Equipment(column)} if value else kept
    return replace(room, equipment=tuple(sorted(chosen)))
