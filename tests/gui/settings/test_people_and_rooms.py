"""Colleagues and rooms are edited where they stand."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QSpinBox,
)

from painprogram.domain.people import Profession
from painprogram.domain.rooms import Equipment
from painprogram.gui.widgets.line_table import LineTable
from painprogram.usecases import rooms, staff
from tests.gui.settings.screen import ROOMS, STAFF

# Colleagues.


def test_that_a_colleague_is_added_by_a_small_form(screen, database):
    screen.go(STAFF)
    screen.press("staff_add")
    screen.press("accept")
    screen.settle()
    assert "Write a name" in screen.text("wrong")

    screen.find(QLineEdit, "staff_name").setText("Åsa <b>Ö</b>")
    screen.find(QComboBox, "staff_profession").setCurrentIndex(1)
    screen.press("accept")
    screen.settle()
    screen.settle()

    found = staff.staff(database, screen.desk.centre.id)
    assert ("Åsa <b>Ö</b>", Profession.PSYCHOLOGIST) in [(p.name, p.profession) for p in found]
    lines = screen.find(LineTable, "staff").lines
    assert "Åsa <b>Ö</b>" in [line["name"] for line in lines]


def test_that_a_colleague_is_changed_where_the_name_stands(screen, database):
    screen.go(STAFF)
    table = screen.find(LineTable, "staff")
    anna = table.keys.index(staff.staff(database)[0].id)

    screen.write_cell(table, anna, 0, "Anna Ek", Qt.Key.Key_Return)
    screen.write_cell(table, anna, 1, "psy", Qt.Key.Key_Return)
    screen.write_cell(table, anna, 2, "036", Qt.Key.Key_Return)

    changed = staff.staff(database)[0]
    assert (changed.name, changed.profession, changed.phone) == (
        "Anna Ek",
        Profession.PSYCHOLOGIST,
        "036",
    )


def test_that_who_leaves_is_unticked_and_stays_in_the_list(screen, database):
    screen.go(STAFF)
    table = screen.find(LineTable, "staff")
    table.setCurrentIndex(table.model().index(0, 3))

    QTest.keyClick(table, Qt.Key.Key_Space)
    screen.settle()

    assert len(staff.staff(database)) == 6
    assert len(table.lines) == 7
    assert table.lines[0]["active"] is False


def test_that_a_refused_name_is_said_and_the_table_shows_what_holds(screen, database):
    screen.go(STAFF)
    table = screen.find(LineTable, "staff")

    screen.write_cell(table, 0, 0, Qt.Key.Key_F2, " ", Qt.Key.Key_Return)
    screen.settle()

    assert "Write a name" in screen.text("staff_wrong")
    assert table.lines[0]["name"] == "Anna Berg"


def test_that_a_cell_that_is_written_in_survives_what_others_do(screen, database, qtbot):
    screen.go(STAFF)
    table = screen.find(LineTable, "staff")
    table.write_in(1, 0)
    QTest.keyClicks(QApplication.focusWidget() or table, "Eri")
    staff.add(database, screen.desk.centre.id, "Aaa", Profession.NURSE)

    screen.page.reload()
    screen.settle()
    QTest.keyClicks(QApplication.focusWidget() or table, "ka")
    QTest.keyClick(QApplication.focusWidget() or table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.lines[0]["name"] == "Aaa")
    screen.settle()

    names = [person.name for person in staff.staff(database)]
    assert names == [line["name"] for line in table.lines]
    assert "Erika" in names
    assert "Erik Lund" not in names


# Rooms.


def test_that_a_room_is_added_by_a_small_form(screen, database):
    screen.go(ROOMS)
    screen.press("room_add")
    screen.find(QLineEdit, "room_name").setText("Stora salen")
    screen.press("accept")
    screen.settle()
    assert "already a room called Stora salen" in screen.text("wrong")

    screen.find(QLineEdit, "room_name").setText("Rum 5")
    screen.find(QSpinBox, "room_seats").setValue(5)
    screen.press("room_projector")
    screen.find(QLineEdit, "room_directions").setText("Plan 2")
    screen.press("accept")
    screen.settle()

    (room,) = (room for room in rooms.rooms(database) if room.name == "Rum 5")
    assert (room.seats, room.equipment, room.directions) == (5, (Equipment.PROJECTOR,), "Plan 2")


def test_that_a_room_is_changed_where_it_stands(screen, database):
    screen.go(ROOMS)
    table = screen.find(LineTable, "rooms")

    screen.write_cell(table, 0, 1, "14", Qt.Key.Key_Return)
    for column in (2, 6):  # mats out, hearing loop in
        table.setCurrentIndex(table.model().index(0, column))
        QTest.keyClick(table, Qt.Key.Key_Space)
    screen.settle()
    screen.settle()

    room = rooms.rooms(database)[0]
    assert room.seats == 14
    assert set(room.equipment) == set(Equipment) - {Equipment.MATS}


def test_that_too_many_seats_are_refused(screen, database):
    screen.go(ROOMS)
    table = screen.find(LineTable, "rooms")

    screen.write_cell(table, 0, 1, "900", Qt.Key.Key_Return)
    screen.settle()

    assert "between 1 and 500" in screen.text("rooms_wrong")
    assert table.lines[0]["seats"] == 12
