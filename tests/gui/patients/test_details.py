"""What is known of a patient: each field is saved as it is left, or says why it was not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from painprogram.domain.patients import Access
from painprogram.gui.patients.history_tab import folded
from painprogram.usecases import history, patients
from painprogram.usecases.patients import Reading
from tests import make


@pytest.fixture
def patient(database, centre):
    return make.patient(database, centre)


@pytest.fixture
def screen(show, patient):
    shown = show()
    shown.open("Maria")
    shown.bot.keyClick(shown.page, Qt.Key.Key_F2)
    shown.bot.waitUntil(lambda: shown.page.tabs.currentWidget() is shown.page.details)
    return shown


def leave(screen, name: str) -> None:
    screen.press(name, Qt.Key.Key_Tab)
    screen.settle()


def test_that_each_field_is_saved_as_it_is_left(screen, database, patient) -> None:
    screen.write("given_name", "Marianne")
    leave(screen, "given_name")
    screen.write("phone", "070-000 00 02")
    leave(screen, "phone")
    screen.choose("language", "Somali")
    screen.child(QCheckBox, "interpreter").click()
    screen.child(QCheckBox, "access_hearing").click()
    screen.choose("contact_id", "Anna Berg")
    screen.child(QPlainTextEdit, "note").setPlainText("Calls from work")
    screen.child(QPlainTextEdit, "note").setFocus()
    screen.child(QLineEdit, "phone").setFocus()
    screen.settle()

    kept = patients.patient(database, patient.id)
    assert kept.given_name == "Marianne"
    assert (kept.phone, kept.language, kept.interpreter) == ("070-000 00 02", "so", True)
    assert (kept.access, kept.contact_name) == ((Access.HEARING,), "Anna Berg")
    assert kept.note == "Calls from work"
    assert screen.page.header.name.text == "Marianne Öberg"
    assert screen.refused == []


def test_that_a_wrong_number_is_told_beside_the_field_and_kept(screen, database, patient) -> None:
    screen.click("change_number")
    screen.write("identity", "19640883-3224")
    leave(screen, "identity")

    wrong = screen.child(QLabel, "identity_wrong")
    assert wrong.isVisible()
    assert wrong.text().startswith("The check digit is wrong")
    assert screen.child(QLineEdit, "identity").text() == "19640883-3224"
    assert patients.patient(database, patient.id).identity == patient.identity

    screen.write("identity", make.NUMBERS[5])
    leave(screen, "identity")
    assert patients.patient(database, patient.id).identity.number == make.NUMBERS[5]
    assert not wrong.isVisible()
    assert screen.child(QLineEdit, "identity").text().endswith("-••••")


def test_that_a_number_in_use_is_refused_beside_the_field(
    screen, database, centre, patient
) -> None:
    make.patient(database, centre, "Ove", "Broman", 1)
    screen.click("change_number")
    screen.write("identity", make.NUMBERS[1])
    leave(screen, "identity")

    screen.bot.waitUntil(screen.child(QLabel, "identity_wrong").isVisible)
    assert patients.patient(database, patient.id).identity == patient.identity
    assert screen.refused == []


def test_that_an_empty_name_is_refused_and_escape_brings_the_old_one_back(
    screen, database, patient
) -> None:
    screen.write("family_name", "")
    leave(screen, "family_name")
    wrong = screen.child(QLabel, "family_name_wrong")
    screen.bot.waitUntil(wrong.isVisible)
    assert screen.child(QLineEdit, "family_name").text() == ""

    screen.press("family_name", Qt.Key.Key_Escape)

    assert screen.child(QLineEdit, "family_name").text() == "Öberg"
    assert not wrong.isVisible()
    assert patients.patient(database, patient.id).family_name == "Öberg"


def test_that_protected_identity_is_marked_and_drops_the_address(screen, database, patient) -> None:
    patients.update(database, replace(patient, address="Storgatan 1"))
    screen.settle()
    screen.child(QCheckBox, "protected").click()
    screen.settle()

    kept = patients.patient(database, patient.id)
    assert (kept.protected, kept.address) == (True, "")
    screen.bot.waitUntil(lambda: screen.page.header.needs.texts == ["Protected identity"])


def test_that_others_changes_come_in_but_not_over_what_is_being_typed(
    screen, database, patient
) -> None:
    screen.write("phone", "070-000 00 03")

    patients.update(database, replace(patient, given_name="Marianne", phone="070-999"))
    screen.bot.waitUntil(lambda: screen.child(QLineEdit, "given_name").text() == "Marianne")

    assert screen.child(QLineEdit, "phone").text() == "070-000 00 03"
    assert screen.child(QLineEdit, "phone").hasFocus()
    assert screen.child(QLabel, "phone_wrong").text().startswith("Somebody else has changed this")


def test_that_undo_brings_the_old_value_back_to_the_field(screen, database, patient) -> None:
    screen.write("phone", "070-000 00 03")
    leave(screen, "phone")

    assert history.undo(database) == "Change patient"

    screen.bot.waitUntil(lambda: screen.child(QLineEdit, "phone").text() == "")


def test_that_reading_leaves_entries_that_the_history_shows(screen, database, patient) -> None:
    screen.page.tabs.setCurrentWidget(screen.page.history)
    table = screen.page.history.table
    screen.bot.waitUntil(lambda: table.model().rowCount() > 0)
    screen.settle()

    actions = [reading.action for reading in patients.readings(database, patient.id)]
    assert "Open patient" in actions
    assert "List patients" in actions
    shown = {str(table.model().index(n, 2).data()) for n in range(table.model().rowCount())}
    assert any(text.startswith("Open patient") for text in shown)
    assert "Add patient" in shown


def test_that_every_control_has_a_name_for_those_who_can_not_see_it(screen) -> None:
    kinds = (QLineEdit, QAbstractButton, QComboBox, QAbstractItemView, QPlainTextEdit)
    bare = [
        widget.objectName() or type(widget).__name__
        for widget in screen.page.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.window() is screen.page
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() and widget.objectName())
    ]

    assert not bare, bare


def test_that_what_somebody_does_again_the_same_day_is_counted() -> None:
    noon = datetime(2026, 11, 10, 12)
    readings = tuple(
        Reading(noon - timedelta(minutes=number), who, action)
        for number, (who, action) in enumerate(
            [
                ("Anna", "Open patient"),
                ("Anna", "List patients"),
                ("Erik", "Open patient"),
                ("Anna", "Open patient"),
            ]
        )
    )

    entries = folded((*readings, Reading(noon - timedelta(days=1), "Anna", "Open patient")))

    assert [(entry.who, entry.what) for entry in entries] == [
        ("Anna", "Open patient (2 ×)"),
        ("Anna", "List patients"),
        ("Erik", "Open patient"),
        ("Anna", "Open patient"),
    ]
