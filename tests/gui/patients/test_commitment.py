"""The commitment: written as it is said, agreed with date and by whom, never changed after."""

from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from painprogram.domain.commitments import GoalReview, Outcome, ReviewKind
from painprogram.usecases import commitments, prints, reviews
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


def lines(screen, part: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = screen.page.commitment.lists[part].lines
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
    assert lines(screen, "goals") == ((("walk " * 50).strip(), None),)
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


def test_that_an_activity_gets_its_number_when_it_is_chosen(screen, database, place) -> None:
    screen.write("goals_1", "Walk 30 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()
    screen.choose("goals_1_score", "4")
    screen.settle()

    assert commitments.commitment(database, place.id).scored == (("Walk 30 minutes", 4),)
    screen.write("goals_2", "Cook")
    screen.press("goals_2", Qt.Key.Key_Return)
    screen.settle()
    assert commitments.commitment(database, place.id).scores == (4, None)


def test_that_it_is_signed_on_the_sheet_that_was_printed_last(screen, database, place) -> None:
    prints.sheet(database, place.id, make.TODAY)
    screen.settle()
    screen.bot.waitUntil(
        lambda: "has this commitment" in screen.child(QLabel, "commitment_sheet").text()
    )
    screen.click("sign_here")
    screen.choose("agreed_by", "Sofia Nyström", screen.form)
    assert (
        screen.child(QComboBox, "signed_number", screen.form)
        .currentText()
        .startswith("Version 1, printed")
    )
    screen.accept()

    kept = commitments.commitment(database, place.id)
    assert (kept.signed_on, kept.signed_number, kept.agreed_by_name) == (
        make.TODAY,
        1,
        "Sofia Nyström",
    )
    screen.bot.waitUntil(lambda: screen.page.schedule.side.card.state.text == "Signed 22 Nov")
    assert not screen.child(QWidget, "sign_here").isVisible()
    assert (
        screen.child(QLabel, "commitment_sheet").text()
        == "Signed 22 November 2026 on version 1 of the sheet"
    )


def test_that_the_card_beside_the_schedule_marks_it_as_signed(screen, database, place) -> None:
    screen.page.tabs.setCurrentWidget(screen.page.schedule)
    screen.click("sign")
    screen.accept()

    assert commitments.commitment(database, place.id).signed_on == make.TODAY
    screen.bot.waitUntil(lambda: not screen.child(QWidget, "sign").isVisible())


def test_that_the_goals_are_gone_through_half_way(screen, database, place) -> None:
    screen.write("goals_1", "Walk 30 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()
    screen.bot.waitUntil(lambda: screen.child(QWidget, "review_mid").isEnabled())
    screen.click("review_mid")
    assert screen.accept_in_vain() == "Say how it went with a goal, or write a note."

    screen.choose("outcome_1", "On the way", screen.form)
    screen.choose("after_1", "6", screen.form)
    screen.child(QPlainTextEdit, "review_note", screen.form).setPlainText("Going well")
    screen.accept()

    (kept,) = reviews.reviews(database, place.id)
    assert kept.goals == (GoalReview("Walk 30 minutes", Outcome.PARTLY, None, 6),)
    assert (kept.kind, kept.note) == (ReviewKind.MID, "Going well")
    screen.bot.waitUntil(
        lambda: screen.child(QLabel, "review_mid_when").text().startswith("22 November 2026")
    )


def test_that_the_versions_say_what_differs(screen, database, place) -> None:
    screen.write("goals_1", "Walk 30 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()
    agree(screen, "Sofia Nyström", QDate(2026, 11, 20))
    assert not screen.page.commitment.versions.isVisible()

    screen.write("goals_1", "Walk 40 minutes")
    screen.press("goals_1", Qt.Key.Key_Return)
    screen.settle()

    screen.bot.waitUntil(screen.page.commitment.versions.isVisible)
    said = [label.text() for label in screen.page.commitment.versions.findChildren(QLabel)]
    assert "Taken away: Walk 30 minutes" in said
    assert "New: Walk 40 minutes" in said
    assert "Version 1, agreed 20 November 2026 with Sofia Nyström" in said
