"""A new patient, a place in a group, and its end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from painprogram.domain.identity import IdentityKind
from painprogram.gui.reasons import ReasonForm
from painprogram.usecases import laps, patients
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


def test_that_a_way_into_an_open_group_is_chosen(show, database, centre) -> None:
    group = make.open_group(database, centre)
    one = make.patient(database, centre)
    screen = show()
    screen.page.show_patient(one.id)
    screen.settle()
    screen.click("enrol")
    form = screen.form
    screen.settle()

    screen.choose("group", "Öppen", form)
    ways = screen.child(QComboBox, "entry", form)
    screen.bot.waitUntil(lambda: ways.isVisible() and ways.count() > 1)
    assert not screen.child(QWidget, "day", form).isVisible()
    points = laps.entry_points(database, group.id, make.TODAY)
    assert ways.currentData() == points[0]
    ways.setCurrentIndex(1)
    screen.accept()

    (place,) = patients.enrolments(database, one.id)
    assert (place.first, place.lap_end) == (points[1].first, points[1].last)


def test_that_what_a_rule_asks_is_answered_in_the_form(show, database, centre) -> None:
    with make.unwatched(database, centre):
        group, other = (make.group(database, centre, name) for name in ("H26 A", "H26 B"))
    place = make.placed(database, centre, group.id)
    screen = show()
    screen.page.show_patient(place.patient_id)
    screen.settle()
    screen.page.ask_place()
    form = screen.form
    screen.settle()
    screen.choose("group", "H26 B", form)

    screen.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    screen.bot.waitUntil(lambda: form.findChild(ReasonForm) is not None)
    asked = form.findChild(ReasonForm)
    assert "at the same time" in asked.findings[0]
    asked.reason.setText("Goes to every second")
    asked.button.click()

    screen.bot.waitUntil(lambda: not screen.has_form)
    assert [one.group_id for one in patients.enrolments(database, place.patient_id)].count(
        other.id
    ) == 1
