"""The commitment: written as it is said, agreed with date and by whom, never changed after."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QLabel, QLineEdit, QWidget

from painprogram.usecases import commitments
from tests import make


@pytest.fixture
def place(database, centre):
    return make.placed(database, centre, make.group(database, centre).id)


@pytest.fixture
def screen(show, place):
    shown = show()
    shown.open("Maria")
    shown.page.tabs.setCurrentWidget(shown.page.commitment)
    return shown


def lines(screen, part: str) -> tuple[str, ...]:
    found: tuple[str, ...] = screen.page.commitment.lists[part].lines
    return found


def agree(screen, who: str, day: QDate) -> None:
    screen.click("agree_here")
    form = screen.form
    screen.child(QDateEdit, "agreed_on", form).setDate(day)
    screen.choose("agreed_by", who, form)
    screen.accept()


def test_that_the_programme_gives_the_first_sentences(screen) -> None:
    assert lines(screen, "sentences")[0] == "Jag kommer till träffarna så ofta jag kan."
    assert screen.page.schedule.side.card.state.text == "Not written"


def test_that_what_is_written_is_in_the_database_when_the_field_is_left(
    screen, database, place
) -> None:
    screen.write("goals_1", "Walk 30 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.write("goals_2", "Cook on weekdays")
    screen.press("goals_2", Qt.Key.Key_Tab)
    screen.write("home_1", "Relaxation 10 min every evening")
    screen.press("home_1", Qt.Key.Key_Tab)
    screen.settle()

    kept = commitments.commitment(database, place.id)
    assert (kept.number, kept.goals, kept.home) == (
        1,
        ("Walk 30 minutes", "Cook on weekdays"),
        ("Relaxation 10 min every evening",),
    )
    assert kept.sentences[0] == "Jag kommer till träffarna så ofta jag kan."
    assert screen.page.schedule.side.card.state.text == "Not agreed"


def test_that_it_is_agreed_with_date_and_colleague_and_found_again(screen, database, place) -> None:
    screen.write("goals_1", "Walk 30 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()

    agree(screen, "Sofia Nyström", QDate(2026, 11, 20))

    kept = commitments.commitment(database, place.id)
    assert (str(kept.agreed_on), kept.agreed_by_name) == ("2026-11-20", "Sofia Nyström")
    screen.bot.waitUntil(lambda: screen.page.schedule.side.card.state.text == "Agreed 20 Nov")
    assert not screen.child(QWidget, "agree_here").isVisible()
    said = screen.child(QLabel, "commitment_version").text()
    assert said.startswith("Version 1, agreed 20 November 2026 with Sofia Nyström.")


def test_that_a_change_after_the_agreement_is_a_new_version(screen, database, place) -> None:
    screen.write("goals_1", "Walk 30 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()
    agree(screen, "Sofia Nyström", QDate(2026, 11, 20))

    screen.write("goals_1", "Walk 40 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()

    newest, first = commitments.history(database, place.id)
    assert (newest.number, newest.goals, newest.agreed_on) == (2, ("Walk 40 minutes",), None)
    assert (first.goals, str(first.agreed_on)) == (("Walk 30 minutes",), "2026-11-20")
    screen.bot.waitUntil(lambda: screen.child(QWidget, "agree_here").isVisible())


def test_that_a_line_is_taken_away_by_keyboard(screen, database, place) -> None:
    many = len(lines(screen, "sentences"))
    field = screen.child(QLineEdit, "sentences_2")
    field.setFocus()

    screen.bot.keyClick(field, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    screen.settle()

    assert len(commitments.commitment(database, place.id).sentences) == many - 1
    assert len(lines(screen, "sentences")) == many - 1


def test_that_a_line_that_is_too_long_is_refused_and_kept_as_written(
    screen, database, place
) -> None:
    screen.write("goals_1", "walk " * 50)
    screen.press("goals_1", Qt.Key.Key_Tab)
    wrong = screen.child(QLabel, "goals_wrong")
    screen.bot.waitUntil(wrong.isVisible)
    screen.settle()

    assert wrong.text().endswith("is too long: 200 characters at most.")
    assert lines(screen, "goals") == (("walk " * 50).strip(),)
    assert commitments.commitment(database, place.id).number == 0

    screen.write("goals_1", "Walk")
    screen.press("goals_1", Qt.Key.Key_Tab)
    screen.settle()
    assert commitments.commitment(database, place.id).goals == ("Walk",)
    assert not wrong.isVisible()


def test_that_others_changes_leave_what_is_being_written(screen, database, place) -> None:
    screen.write("goals_1", "Walk")

    shown = commitments.commitment(database, place.id)
    commitments.write(
        database, shown, sentences=shown.sentences, goals=(), home=("Relaxation daily",)
    )
    screen.bot.waitUntil(lambda: lines(screen, "home") == ("Relaxation daily",))

    assert screen.child(QLineEdit, "goals_1").hasFocus()
    screen.press("goals_1", Qt.Key.Key_Tab)
    screen.settle()
    kept = commitments.commitment(database, place.id)
    assert (kept.goals, kept.home) == (("Walk",), ("Relaxation daily",))
