"""A new patient, a place in a group, and its end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from painprogram.domain.identity import IdentityKind
from painprogram.usecases import patients
from tests import make


def new_patient(screen, number: str):
    screen.bot.keyClick(screen.page.found.field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = screen.form
    screen.settle()
    screen.write("new_given_name", "Maria", form)
    screen.write("new_family_name", "Öberg", form)
    screen.write("new_identity", number, form)
    return form


def test_that_a_wrong_number_is_told_in_the_form_and_the_right_one_adds_the_patient(
    show, database, centre
) -> None:
    screen = show()
    form = new_patient(screen, "19640883-3224")

    sentence = screen.accept_in_vain()
    assert sentence.startswith("The check digit is wrong")
    assert screen.child(QWidget, "new_family_name", form).text() == "Öberg"
    assert patients.find(database) == ()

    screen.write("new_identity", make.NUMBERS[0], form)
    screen.accept()

    screen.bot.waitUntil(lambda: screen.names == ["Maria Öberg"])
    screen.bot.waitUntil(lambda: screen.page.header.name.text == "Maria Öberg")
    (found,) = patients.find(database)
    kept = patients.patient(database, found.id)
    assert (kept.identity.number, kept.identity.kind) == (make.NUMBERS[0], IdentityKind.PERSONAL)


def test_that_a_number_is_registered_once_at_the_centre(show, database, centre) -> None:
    make.patient(database, centre, "Ove", "Broman", 0)
    screen = show()
    new_patient(screen, make.NUMBERS[0])

    assert "is already registered" in screen.accept_in_vain()


def test_that_a_reserve_number_is_taken_as_it_is(show, database, centre) -> None:
    screen = show()
    form = new_patient(screen, "R-77 12")
    screen.child(QCheckBox, "new_reserve", form).click()
    screen.accept()

    (found,) = patients.find(database)
    assert patients.patient(database, found.id).identity.kind is IdentityKind.RESERVE


def test_that_a_new_patient_gets_needs_contact_and_a_group_at_once(show, database, centre) -> None:
    group = make.group(database, centre)
    screen = show()
    form = new_patient(screen, make.NUMBERS[0])
    screen.choose("new_language", "Arabic", form)
    screen.child(QCheckBox, "new_interpreter", form).click()
    screen.child(QCheckBox, "access_lift", form).click()
    screen.write("new_phone", "070-000 00 01", form)
    screen.choose("new_contact", "Sofia Nyström", form)
    screen.choose("new_group", "H26 A", form)
    screen.accept()

    (found,) = patients.find(database)
    assert (found.group_id, found.language, found.interpreter) == (group.id, "ar", True)
    screen.bot.waitUntil(lambda: bool(screen.lines))
    assert screen.page.header.needs.texts == ["Interpreter: Arabic", "Lift"]
    assert screen.page.header.contact.text == "Contact person Sofia Nyström, psychologist"


def test_that_a_new_patient_is_kept_where_the_group_is_full(show, database, centre) -> None:
    group = make.group(database, centre, maximum=1)
    make.placed(database, centre, group.id, 1, "Ove")
    screen = show()
    form = new_patient(screen, make.NUMBERS[0])
    screen.choose("new_group", "H26 A", form)

    sentence = screen.accept_in_vain()
    assert sentence.startswith("H26 A is full: 1 of 1 seats are taken.")
    assert len(patients.find(database)) == 2

    screen.choose("new_group", "Not in a group", form)
    screen.accept()
    assert len(patients.find(database)) == 2


def test_that_a_full_group_refuses_in_the_form(show, database, centre) -> None:
    group = make.group(database, centre, maximum=1)
    make.placed(database, centre, group.id, 1, "Ove")
    made = make.patient(database, centre)
    screen = show()
    screen.open("Maria")

    assert screen.child(QWidget, "enrol").isVisible()
    screen.click("enrol")
    form = screen.form
    screen.settle()
    screen.choose("group", "H26 A  ·  1/1 seats", form)

    assert screen.accept_in_vain() == "H26 A is full: 1 of 1 seats are taken."
    assert patients.enrolments(database, made.id) == ()


def test_that_a_place_in_a_group_brings_its_schedule(show, database, centre) -> None:
    make.group(database, centre)
    make.patient(database, centre)
    screen = show()
    screen.open("Maria")

    screen.click("enrol")
    screen.settle()
    screen.accept()

    screen.bot.waitUntil(lambda: len(screen.lines) == 20)
    assert screen.page.header.group.text().startswith("H26 A")
    assert screen.rows == ["In a group", "Maria Öberg"]


def test_that_without_an_open_group_the_form_says_what_to_do(show, database, centre) -> None:
    make.patient(database, centre)
    screen = show()
    screen.open("Maria")

    screen.click("enrol")
    form = screen.form
    screen.settle()

    assert screen.child(QLabel, "wrong", form).text().startswith("No group is open.")
    assert not form.button.isEnabled()


def test_that_a_place_ends_with_a_reason_and_can_still_be_looked_at(show, database, centre) -> None:
    group = make.group(database, centre)
    place = make.placed(database, centre, group.id)
    screen = show()
    screen.open("Maria")

    screen.page.header.command("leave").trigger()
    assert screen.accept_in_vain() == "Write the reason for the change."
    screen.reason("Has moved")
    screen.accept()

    (kept,) = patients.enrolments(database, place.patient_id)
    assert (kept.last, kept.reason) == (make.TODAY, "Has moved")
    screen.bot.waitUntil(lambda: "ended" in screen.page.header.group.text())
    assert not screen.page.schedule.add.isEnabled()
    assert screen.rows == ["To follow up", "Maria Öberg"]
