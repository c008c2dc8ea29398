"""Settings: everything saved as it is left, nothing typed ever lost."""

from dataclasses import replace
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QTableWidget,
    QTimeEdit,
    QWidget,
)

from painprogram.domain.actors import Actor
from painprogram.domain.people import CentreKind, Profession
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.ways import ReferralKind, WayStatus
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.line_table import LineTable
from painprogram.usecases import centres, history, staff, ways
from tests import make
from tests.gui.settings.screen import (
    CALENDARS,
    CENTRE,
    CLOSED,
    DATABASE,
    LEFT,
    PROGRAM,
    ROOMS,
    RULES,
    STAFF,
    WISHES,
)

# The centre.


def test_that_a_field_is_saved_as_it_is_left(screen, database):
    screen.write("centre_name", "Ekbackens hälsocentral")
    screen.write("centre_phone", "036-1")
    screen.write_lines("centre_address", "Gatan 2\n123 45 Byn")
    screen.write_lines("centre_cancelling", "Ring oss.")
    kind = screen.find(QComboBox, "centre_kind")
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Down)
    kind.activated.emit(kind.currentIndex())
    screen.settle()

    saved = centres.centre(database, screen.desk.centre.id)
    assert saved == screen.desk.centre
    assert (saved.name, saved.phone, saved.kind) == (
        "Ekbackens hälsocentral",
        "036-1",
        CentreKind.HALSOCENTRAL,
    )
    assert (saved.address, saved.cancelling) == ("Gatan 2\n123 45 Byn", "Ring oss.")


def test_that_the_days_of_a_wait_and_of_short_notice_are_the_centres_own(screen, database):
    one = make.patient(database, screen.desk.centre)
    received = make.TODAY - timedelta(days=10)
    values = ReferralValues(received, ReferralKind.REFERRAL, "Dr Ek", "Pain")
    made = ways.receive(database, one.id, values, today=make.TODAY)
    for status in (WayStatus.ASSESSED, WayStatus.WAITING):
        made = ways.step(database, made.id, status, make.TODAY, today=make.TODAY)
    for name, days in (("centre_waiting_limit", 30), ("centre_short_notice", 5)):
        field = screen.find(QSpinBox, name)
        field.setValue(days)
        field.editingFinished.emit()
    screen.settle()
    screen.settle()

    saved = centres.centre(database, screen.desk.centre.id)
    assert (saved.waiting_limit, saved.short_notice) == (30, 5)
    (way,) = ways.of_patient(database, one.id, make.TODAY)
    assert (way.limit, way.next_on) == (30, received + timedelta(days=30))


def test_that_two_fields_left_in_a_hurry_are_both_saved(screen, database):
    for name, text in (("centre_phone", "1"), ("centre_phone_hours", "2")):
        field = screen.find(QLineEdit, name)
        field.setText(text)
        field.editingFinished.emit()
    screen.settle()
    screen.settle()

    saved = centres.centre(database, screen.desk.centre.id)
    assert (saved.phone, saved.phone_hours) == ("1", "2")


def test_that_looking_at_a_field_changes_nothing(screen, database):
    before = history.entries(database)

    for _times in range(12):
        QTest.keyClick(QApplication.focusWidget() or screen.page, Qt.Key.Key_Tab)
    screen.settle()

    assert history.entries(database) == before


def test_that_a_refusal_stands_by_its_field_and_what_was_written_stays(screen, database):
    make.centre(database, "Tallen")

    screen.write("centre_name", "tallen")

    assert "already a health centre called tallen" in screen.text("centre_name_wrong")
    assert screen.find(QLineEdit, "centre_name").text() == "tallen"
    screen.page.reload()
    screen.settle()
    assert screen.find(QLineEdit, "centre_name").text() == "tallen"

    screen.write("centre_name", "Tallen 2")
    assert screen.text("centre_name_wrong") == ""
    assert centres.centre(database, screen.desk.centre.id).name == "Tallen 2"


def test_that_the_care_provider_is_renamed(screen, database):
    screen.write("centre_provider_name", "Region Syd")

    assert centres.centre(database, screen.desk.centre.id).provider_name == "Region Syd"


def test_that_half_days_are_switched_on_with_a_time_and_off(screen, database):
    until = screen.find(QTimeEdit, "half_day_until")
    assert not until.isEnabled()

    box = screen.find(QCheckBox, "half_days")
    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    screen.settle()
    until.setTime(QTime(13, 30))
    until.editingFinished.emit()
    screen.settle()
    assert centres.centre(database, screen.desk.centre.id).half_day_until == time(13, 30)

    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    screen.settle()
    assert centres.centre(database, screen.desk.centre.id).half_day_until is None


def test_that_what_others_change_appears_and_what_is_typed_stays(screen, database):
    field = screen.find(QLineEdit, "centre_phone")
    field.setFocus()
    field.selectAll()
    field.insert("half a numb")
    QTest.keyClicks(field, "e")
    centres.update(
        database, replace(screen.desk.centre, name="Alen", phone="theirs", phone_hours="8-9")
    )

    screen.page.reload()
    screen.settle()

    assert field.text() == "half a numbe"
    assert QApplication.focusWidget() is field
    assert screen.find(QLineEdit, "centre_name").text() == "Alen"
    assert screen.find(QLineEdit, "centre_phone_hours").text() == "8-9"


def test_that_undo_is_seen(screen, database):
    screen.write("centre_name", "Alen")

    history.undo(database)
    screen.page.reload()
    screen.settle()

    assert screen.find(QLineEdit, "centre_name").text() == "Ekbacken"


def test_that_another_centre_is_shown_when_it_is_chosen(screen, database):
    other = make.centre(database, "Tallen")

    screen.desk.show_centre(other)
    screen.settle()

    assert screen.find(QLineEdit, "centre_name").text() == "Tallen"


# Closed days.


def test_that_closed_days_are_added_and_removed(screen, database):
    screen.go(CLOSED)
    screen.press("closure_add")
    screen.find(QDateEdit, "closure_first").setDate(QDate(2026, 12, 28))
    screen.find(QDateEdit, "closure_last").setDate(QDate(2026, 12, 1))
    screen.find(QLineEdit, "closure_reason").setText("Julstängt")
    screen.press("accept")
    screen.settle()
    assert "before the first" in screen.text("wrong")

    screen.find(QDateEdit, "closure_last").setDate(QDate(2027, 1, 5))
    screen.press("accept")
    screen.settle()
    screen.settle()
    table = screen.find(QTableWidget, "closures")
    assert table.item(0, 0).text() == "Mon 28 Dec 2026 – Tue 5 Jan 2027"
    assert table.item(0, 1).text() == "Julstängt"

    table.setCurrentCell(0, 0)
    screen.press("closure_remove")
    screen.settle()
    screen.settle()

    day = date(2026, 12, 28)
    assert centres.closures(database, screen.desk.centre.id, day, day) == ()
    assert not table.isVisible()


def test_that_red_days_of_this_year_and_the_next_are_listed(screen):
    screen.go(CLOSED)

    table = screen.find(QTableWidget, "red_days")
    lines = [
        [table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())
    ]
    assert lines[0] == ["Thu 1 Jan 2026", "Red day", "New Year's Day"]
    assert ["Thu 24 Dec 2026", "Eve, closed", "Christmas Eve"] in lines
    assert lines[-1][0].endswith("2027")


# The program, and the database.


def test_that_language_colours_and_name_are_chosen(screen, database, qtbot):
    screen.go(PROGRAM)
    who = screen.find(QComboBox, "who")
    assert who.currentText() == "Choose who you are"

    language = screen.find(QWidget, "language").findChildren(QAbstractButton)
    with qtbot.waitSignal(screen.page.language_chosen) as chosen:
        QTest.mouseClick(language[0], LEFT)
    assert chosen.args == ["sv"]

    scheme = screen.find(QWidget, "scheme").findChildren(QAbstractButton)
    with qtbot.waitSignal(screen.page.scheme_chosen) as chosen:
        QTest.mouseClick(scheme[2], LEFT)
    assert chosen.args == ["dark"]

    anna = staff.staff(database)[0]
    with qtbot.waitSignal(screen.page.actor_chosen) as chosen:
        who.setCurrentIndex(1)
        who.activated.emit(1)
    assert chosen.args == [Actor(anna.name, anna.centre_id, anna.id)]


def test_that_the_chosen_name_is_shown(screen, database):
    anna = staff.staff(database)[0]
    screen.desk.settings.put("actor", str(anna.id))
    screen.desk.settings.put("scheme", "dark")

    screen.go(PROGRAM)

    who = screen.find(QComboBox, "who")
    assert who.currentText() == "Anna Berg, physiotherapist"
    assert who.findText("Choose who you are") == -1


def test_that_the_database_and_its_changes_are_shown(screen, database, engine):
    make.patient(database, screen.desk.centre)

    screen.go(DATABASE)

    assert database.name in screen.find(Elided, "database_place").text
    assert ("SQLite" in screen.find(Elided, "database_kind").text) == (engine == "sqlite")
    assert screen.find(Elided, "database_holds").text == "1 patient"
    assert screen.find(Elided, "database_size").text.endswith("B")
    log = screen.find(QTableWidget, "change_log")
    assert log.item(0, 2).text() == "Add patient"
    assert log.item(log.rowCount() - 1, 2).text() == "Add health centre Ekbacken"


# For people.


def test_that_every_section_is_reached_by_keyboard_and_read_when_it_is_seen(screen, database):
    staff.add(database, screen.desk.centre.id, "Aaa", Profession.NURSE)
    sections = screen.find(QListWidget, "sections")
    sections.setFocus()

    QTest.keyClick(sections, Qt.Key.Key_Down)
    screen.settle()

    table = screen.find(LineTable, "staff")
    assert table.isVisible()
    assert table.lines[0]["name"] == "Aaa"


def test_that_everything_that_takes_the_keyboard_has_a_name(screen):
    for section in (CENTRE, STAFF, ROOMS, CLOSED, RULES, WISHES, CALENDARS, PROGRAM, DATABASE):
        screen.go(section)

    nameless = [
        widget
        for widget in screen.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is screen.page.window()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]

    assert nameless == []
