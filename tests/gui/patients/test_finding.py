"""The list: search as you type, headings, and never a whole number unless asked for."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from painprogram.domain import identity
from painprogram.domain.patients import Access
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.traits import Trait
from painprogram.domain.ways import ReferralKind, Standing
from painprogram.usecases import patients, ways
from tests import make


def test_that_an_empty_centre_says_what_to_do_and_has_the_button_for_it(show) -> None:
    screen = show()

    assert screen.child(QWidget, "first_patient").isVisible()
    screen.click("first_patient")
    assert screen.form.windowTitle() == "New patient"


def test_that_the_list_stands_under_headings(show, database, centre) -> None:
    group = make.group(database, centre)
    make.placed(database, centre, group.id)
    make.patient(database, centre, "Ove", "Broman", 1)

    screen = show()

    assert screen.rows == ["In a group", "Maria Öberg", "Without a next step", "Ove Broman"]


def test_that_the_filter_shows_those_who_stand_there(show, database, centre) -> None:
    group = make.group(database, centre)
    make.placed(database, centre, group.id)
    make.patient(database, centre, "Ove", "Broman", 1)
    screen = show()

    choose(screen, Standing.NOWHERE)
    assert screen.names == ["Ove Broman"]
    choose(screen, Standing.IN_GROUP)
    assert screen.names == ["Maria Öberg"]
    screen.click("show_all")
    screen.bot.waitUntil(lambda: len(screen.names) == 2)


def test_that_the_filter_is_remembered_and_says_how_many_there_are(show, database, centre) -> None:
    group = make.group(database, centre)
    make.placed(database, centre, group.id)
    make.patient(database, centre, "Ove", "Broman", 1)
    choose(show(), Standing.IN_GROUP)

    screen = show()

    assert screen.names == ["Maria Öberg"]
    chip = screen.child(QAbstractButton, f"show_{Standing.IN_GROUP}")
    assert (chip.isChecked(), chip.text()) == (True, "In a group 1")
    assert screen.child(QAbstractButton, "show_all").text() == "All 2"
    assert not screen.child(QAbstractButton, f"show_{Standing.DONE}").isVisible()


def test_that_a_filter_is_kept_under_a_name_and_chosen_again(show, database, centre) -> None:
    group = make.group(database, centre)
    make.placed(database, centre, group.id)
    late, soon = make.patient(database, centre, "Ove", "Broman", 1), make.TODAY - timedelta(days=80)
    values = ReferralValues(soon, ReferralKind.REFERRAL, "Dr Ek", "Pain")
    ways.receive(database, late.id, values, today=make.TODAY)
    screen = show()
    filters = screen.page.found.filter
    filters.menu.aboutToShow.emit()
    filters.findChild(QAction, "trait_over_limit").toggle()
    screen.bot.waitUntil(lambda: screen.names == ["Ove Broman"])

    choose(screen, Standing.NEW)
    filters.ask_name()
    screen.write("filter_name", "Väntat länge", screen.form)
    screen.accept()
    screen.click("show_all")
    screen.page.found.show_all()
    screen.bot.waitUntil(lambda: len(screen.names) == 2)
    filters.menu.aboutToShow.emit()
    filters.findChild(QAction, "saved_filter").trigger()

    screen.bot.waitUntil(lambda: screen.names == ["Ove Broman"])
    (kept,) = filters.saved
    assert (kept.name, kept.standing, kept.traits) == (
        "Väntat länge",
        Standing.NEW,
        {Trait.OVER_LIMIT},
    )


def choose(screen, standing: Standing) -> None:
    screen.click(f"show_{standing}")
    screen.settle()


def test_that_typing_a_part_of_the_name_and_return_opens_the_patient(
    show, database, centre
) -> None:
    make.patient(database, centre, "Maria", "Öberg", 0)
    make.patient(database, centre, "Ove", "Broman", 1)
    screen = show()

    screen.search("öb")
    assert screen.names == ["Maria Öberg"]
    screen.press("patient_search", Qt.Key.Key_Return)

    screen.bot.waitUntil(lambda: screen.page.header.name.text == "Maria Öberg")


def test_that_return_right_after_typing_opens_what_was_typed(show, database, centre) -> None:
    make.patient(database, centre, "Maria", "Öberg", 0)
    make.patient(database, centre, "Ove", "Broman", 1)
    screen = show()

    screen.bot.keyClicks(screen.page.found.field, "bro")
    screen.press("patient_search", Qt.Key.Key_Return)

    screen.bot.waitUntil(lambda: screen.page.header.name.text == "Ove Broman")


def test_that_the_arrows_walk_the_list_from_the_search_field(show, database, centre) -> None:
    make.patient(database, centre, "Maria", "Öberg", 0)
    make.patient(database, centre, "Ove", "Broman", 1)
    screen = show()

    screen.press("patient_search", Qt.Key.Key_Down)
    screen.press("patient_search", Qt.Key.Key_Down)
    screen.press("patient_search", Qt.Key.Key_Return)

    screen.bot.waitUntil(lambda: screen.page.header.name.text == "Maria Öberg")


def test_that_a_late_answer_to_an_older_text_is_dropped(show, database, centre) -> None:
    make.patient(database, centre, "Maria", "Öberg", 0)
    make.patient(database, centre, "Ove", "Broman", 1)
    screen = show()
    field = screen.page.found.field

    field.setText("ove")
    screen.page.found.reload()
    field.setText("maria")
    screen.page.found.reload()
    shown = []
    screen.page.found.model.modelReset.connect(lambda: shown.append(tuple(screen.names)))
    screen.settle()

    assert shown == [("Maria Öberg",)]


def test_that_a_search_without_hits_says_so_and_leads_back(show, database, centre) -> None:
    make.patient(database, centre)
    screen = show()

    screen.search("zebra")
    assert screen.names == []
    screen.click("find_all")

    screen.bot.waitUntil(lambda: screen.names == ["Maria Öberg"])


def test_that_the_list_tells_of_language_and_access(show, database, centre) -> None:
    made = make.patient(database, centre)
    patients.update(database, replace(made, language="ar", interpreter=True, access=(Access.LIFT,)))
    screen = show()

    model = screen.page.found.model
    told = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told == "Maria Öberg, Interpreter: Arabic, Access needs, Without a next step"


def test_that_the_whole_number_is_shown_on_demand_only(show, database, centre) -> None:
    make.patient(database, centre)
    number = identity.parse(make.NUMBERS[0], make.TODAY).formatted
    screen = show()
    screen.open("Maria")

    for tab in range(screen.page.tabs.count()):
        screen.page.tabs.setCurrentIndex(tab)
        screen.settle()
        assert not any(number in text or number[:8] + number[9:] in text for text in texts(screen))

    screen.click("show_number")
    assert screen.page.header.number.text() == number
    screen.click("show_number")
    assert screen.page.header.number.text().endswith("-••••")


def test_that_the_next_patient_has_the_number_hidden_again(show, database, centre) -> None:
    make.patient(database, centre, "Maria", "Öberg", 0)
    make.patient(database, centre, "Ove", "Broman", 1)
    screen = show()
    screen.open("Maria")
    screen.click("show_number")

    screen.open("Ove")

    assert screen.page.header.number.text().endswith("-••••")


def test_that_thousands_of_patients_come_in_parts(show, database, centre) -> None:
    for number in range(205):
        make.patient(database, centre, f"Nr{number}", "Andersson", number)
    screen = show()

    assert len(screen.names) == 200
    assert screen.child(QAbstractButton, "show_all").text() == "All 205"
    assert screen.rows[-1] == "Show more"
    view = screen.page.found.list
    view.setCurrentIndex(screen.page.found.model.index(len(screen.rows) - 1))
    screen.bot.keyClick(view, Qt.Key.Key_Return)

    screen.bot.waitUntil(lambda: len(screen.names) == 205)


def texts(screen) -> list[str]:
    found: list[str] = []
    for widget in screen.page.findChildren(QWidget):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            found.append(widget.text())
    model = screen.page.found.model
    for row in range(model.rowCount()):
        index = model.index(row)
        found += [str(index.data(Qt.ItemDataRole(role))) for role in (0, 3, 11)]
    return found
