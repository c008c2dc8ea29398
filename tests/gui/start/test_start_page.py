"""The first start: three ways in, kept calm and complete by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from painprogram.domain.people import CentreKind, Profession
from painprogram.domain.rooms import Equipment
from painprogram.gui.widgets.line_table import LineTable
from painprogram.usecases import founding, staff
from painprogram.usecases.founding import NewCentre, NewRoom, NewStaff
from tests.gui.start.hands import (
    LEFT,
    NAME,
    found,
    press,
    title,
    to_rooms,
    to_staff,
    type_in,
    write,
    wrong,
)

# The ways in.


def test_that_the_example_is_asked_for_and_its_making_shown(page, qtbot):
    with qtbot.waitSignal(page.example_asked):
        press(page, "choose_example")

    page.show_progress(0.4, "60 patients")
    assert found(page, QLabel, "progress_text").text() == "60 patients"
    assert found(page, QLabel, "under_way").isVisible()

    with qtbot.waitSignal(page.cancel_asked):
        press(page, "cancel")


def test_that_a_failure_is_said_where_one_chose(page):
    press(page, "choose_example")

    page.show_choices()
    page.show_failure("The disk is full.")

    assert wrong(page, "choices") == "The disk is full."
    assert found(page, QAbstractButton, "choose_example").isVisible()


def test_that_the_keyboard_alone_gets_in(page, qtbot):
    assert QApplication.focusWidget() is found(page, QAbstractButton, "choose_example")
    QTest.keyClick(page, Qt.Key.Key_Tab)
    second = QApplication.focusWidget()
    assert second is not None
    assert second.objectName() == "choose_new"

    QTest.keyClick(second, Qt.Key.Key_Space)

    assert title(page) == "Step 1 of 3"


def test_that_a_database_file_is_opened(page, qtbot, tmp_path):
    file = tmp_path / "old.ppdb"
    file.write_bytes(b"")
    press(page, "choose_file")
    dialog = found(page, QFileDialog, "open_dialog")

    with qtbot.waitSignal(page.database_asked) as asked:
        dialog.fileSelected.emit(str(file))
    dialog.close()

    assert asked.args == [str(file)]


def test_that_the_language_is_chosen(page, qtbot):
    buttons = found(page, QWidget, "language").findChildren(QAbstractButton)

    with qtbot.waitSignal(page.language_chosen) as chosen:
        QTest.mouseClick(buttons[0], LEFT)

    assert chosen.args == ["sv"]


# A new centre.


def test_that_a_centre_without_a_name_goes_no_further(page):
    press(page, "choose_new")

    press(page, "next")

    assert wrong(page, "name") == "Write a name for the health centre."
    assert title(page) == "Step 1 of 3"
    assert QApplication.focusWidget() is found(page, QLineEdit, "name")

    write(page, "name", "x")
    assert wrong(page, "name") == ""


def test_that_colleagues_are_written_by_keyboard_and_enter_makes_the_next_line(page, qtbot):
    table = to_staff(page)
    qtbot.waitUntil(lambda: table.findChild(QWidget, "cell") is not None)

    type_in(table, "Anna Berg", Qt.Key.Key_Tab, "psy", Qt.Key.Key_Tab, "036", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    type_in(table, "Eva Ek", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 2)

    assert [(line["name"], line["profession"], line["phone"]) for line in table.lines] == [
        ("Anna Berg", Profession.PSYCHOLOGIST, "036"),
        ("Eva Ek", None, ""),
    ]


def test_that_pasted_lines_become_colleagues(page):
    table = to_staff(page)
    QGuiApplication.clipboard().setText(
        "Åsa Öberg\tSjukgymnast\t036-1\n\nEva Ek, psychologist\nPer Sand; smed; 036-2\n"
    )

    QTest.keySequence(table.findChild(QWidget, "cell") or table, "Ctrl+V")

    assert [tuple(line.values()) for line in table.lines] == [
        ("Åsa Öberg", Profession.PHYSIOTHERAPIST, "036-1"),
        ("Eva Ek", Profession.PSYCHOLOGIST, ""),
        ("Per Sand", None, "036-2"),
    ]

    press(page, "next")
    assert wrong(page, "staff") == "Choose a profession for Per Sand."
    assert table.currentIndex().row() == 2


def test_that_a_centre_needs_somebody(page):
    to_staff(page)

    press(page, "next")

    assert "yourself" in wrong(page, "staff")


def test_that_a_line_is_removed(page, qtbot):
    to_rooms(page)
    press(page, "back")
    table = found(page, LineTable, "staff")
    table.setCurrentIndex(table.model().index(0, 0))

    press(page, "staff_remove")

    assert [line["name"] for line in table.lines] == ["Eva Ek"]
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert table.lines == []


def test_that_going_back_keeps_everything(page):
    to_rooms(page)
    press(page, "back")
    press(page, "back")
    assert found(page, QLineEdit, "name").text() == NAME

    press(page, "back")
    assert found(page, QAbstractButton, "choose_new").isVisible()
    press(page, "choose_new")
    press(page, "next")

    assert [line["name"] for line in found(page, LineTable, "staff").lines] == [
        "Anna Berg",
        "Eva Ek",
    ]


def test_that_the_whole_centre_is_asked_for(page, qtbot, tmp_path):
    press(page, "choose_new")
    write(page, "name", NAME)
    write(page, "provider", "Region Norr")
    write(page, "phone", "036-0")
    write(page, "phone_hours", "8–9")
    found(page, QPlainTextEdit, "centre_address").setPlainText("Gatan 1\n123 45 Byn")
    found(page, QComboBox, "kind").setCurrentIndex(1)
    press(page, "next")
    QGuiApplication.clipboard().setText("Anna Berg;fysioterapeut\nEva Ek;psykolog")
    found(page, LineTable, "staff").paste()
    press(page, "next")
    table = found(page, LineTable, "rooms")
    qtbot.waitUntil(lambda: table.findChild(QWidget, "cell") is not None)
    type_in(table, "Salen", Qt.Key.Key_Tab, "16", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    type_in(table, Qt.Key.Key_Escape)
    table.setCurrentIndex(table.model().index(0, 3))
    QTest.keyClick(table, Qt.Key.Key_Space)
    found(page, QComboBox, "me").setCurrentIndex(1)

    with qtbot.waitSignal(page.centre_asked) as asked:
        press(page, "next")

    path, new = asked.args
    assert Path(path) == tmp_path / "Ekbackens vårdcentral b.ppdb"
    assert new == NewCentre(
        name=NAME,
        kind=CentreKind.HALSOCENTRAL,
        provider="Region Norr",
        phone="036-0",
        phone_hours="8–9",
        address="Gatan 1\n123 45 Byn",
        staff=(
            NewStaff("Anna Berg", Profession.PHYSIOTHERAPIST),
            NewStaff("Eva Ek", Profession.PSYCHOLOGIST),
        ),
        rooms=(NewRoom("Salen", 16, (Equipment.PROJECTOR,)),),
        me="Eva Ek",
    )


def test_that_what_was_asked_for_can_be_founded(page, qtbot, database):
    to_rooms(page)
    page.ask_for_centre(database.url)
    assert not found(page, QAbstractButton, "change_place").isVisible()

    with qtbot.waitSignal(page.centre_asked) as asked:
        press(page, "next")

    url, new = asked.args
    assert url == database.url
    founding.found(database, new)
    assert [person.name for person in staff.staff(database)] == ["Anna Berg", "Eva Ek"]


def test_that_wrong_rooms_are_said_by_the_table(page):
    to_rooms(page)
    QGuiApplication.clipboard().setText("Salen;16\nsalen;0")
    found(page, LineTable, "rooms").paste()

    press(page, "next")

    assert "salen: A room has between 1 and 500 seats." in wrong(page, "rooms")
    assert "two rooms called salen" in wrong(page, "rooms")


def test_that_a_failure_comes_back_to_the_step_with_everything_kept(page):
    to_rooms(page)
    press(page, "next")

    page.show_choices()
    page.show_failure("The folder can't be written to.")

    assert wrong(page, "founding") == "The folder can't be written to."
    assert title(page) == "Step 3 of 3"
    assert found(page, QComboBox, "me").currentText() == "Anna Berg"


def test_that_no_file_is_founded_over(page, qtbot, tmp_path):
    taken = tmp_path / "taken.ppdb"
    taken.write_bytes(b"")
    to_rooms(page)
    press(page, "change_place")
    dialog = found(page, QFileDialog, "place_dialog")
    dialog.fileSelected.emit(str(taken))
    dialog.close()

    with qtbot.assertNotEmitted(page.centre_asked):
        press(page, "next")

    assert "already a file" in wrong(page, "founding")


# For people.


def test_that_everything_that_takes_the_keyboard_has_a_name(page):
    to_rooms(page)
    page.ask_for_server()

    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is page.window()  # the list of a choice is a window of its own
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]

    assert nameless == []


def test_that_tab_leaves_the_table(page, qtbot):
    table = to_staff(page)
    qtbot.waitUntil(lambda: table.findChild(QWidget, "cell") is not None)
    type_in(table, "Anna", *[Qt.Key.Key_Tab] * 4)

    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert not table.isAncestorOf(QApplication.focusWidget() or table)
    assert table.lines[0]["name"] == "Anna"
