"""A pause in the group, a move to another one, and what a week may ask of the patient."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDateEdit, QDoubleSpinBox, QLabel, QLineEdit, QListWidget, QWidget

from painprogram.domain.schedule import LineKind
from painprogram.gui.patients.move_form import MoveForm
from painprogram.usecases import enrolments, groups, history, patients, rests, schedules
from tests import make
from tests.gui.patients.screen import Screen

FIRST = make.MONDAY + timedelta(weeks=1)


@pytest.fixture
def group(database, centre):
    return make.group(database, centre)


@pytest.fixture
def place(database, centre, group):
    return make.placed(database, centre, group.id)


def opened(show) -> Screen:
    shown: Screen = show()
    shown.open("Maria")
    return shown


@pytest.fixture
def screen(show, place) -> Screen:
    del place  # is there
    return opened(show)


def pick(screen, name: str, day) -> None:
    screen.child(QDateEdit, name, screen.form).setDate(QDate(day.year, day.month, day.day))


def pause(screen) -> None:
    screen.child(QAction, "add_pause").trigger()
    pick(screen, "rest_first", FIRST)
    pick(screen, "rest_last", FIRST + timedelta(days=6))
    screen.reason("Operation")
    screen.accept()


def test_that_a_pause_is_entered_and_stands_above_the_table(screen, database, place) -> None:
    screen.child(QAction, "add_pause").trigger()
    pick(screen, "rest_first", FIRST)
    pick(screen, "rest_last", FIRST + timedelta(days=6))
    missed = screen.child(QLabel, "missed", screen.form)
    screen.bot.waitUntil(lambda: " of the own schedule " in missed.text())
    screen.settle()
    assert not missed.text().startswith("0 ")
    assert screen.accept_in_vain() == "Write the reason for the change."
    screen.reason("Operation")
    screen.accept()

    (kept,) = rests.rests(database, place.id)
    assert (kept.first, kept.reason) == (FIRST, "Operation")
    screen.bot.waitUntil(lambda: screen.page.schedule.rests.shown == (kept,))
    paused = [line for line in screen.lines if line.kind is LineKind.PAUSED]
    assert paused
    assert {line.start.date() >= FIRST for line in paused} == {True}


def test_that_a_pause_is_changed_taken_away_and_undone(screen, database, place) -> None:
    pause(screen)
    screen.bot.waitUntil(lambda: bool(screen.page.schedule.rests.shown))
    screen.click("rest_1_change")
    pick(screen, "rest_last", FIRST + timedelta(days=2))
    screen.accept()
    assert rests.rests(database, place.id)[0].last == FIRST + timedelta(days=2)

    screen.bot.waitUntil(
        lambda: screen.page.schedule.rests.shown == rests.rests(database, place.id)
    )
    screen.click("rest_1_remove")
    screen.settle()
    screen.bot.waitUntil(lambda: not screen.page.schedule.rests.isVisible())
    assert rests.rests(database, place.id) == ()
    history.undo(database)
    screen.bot.waitUntil(screen.page.schedule.rests.isVisible)


def test_that_a_move_shows_what_is_kept_before_it_is_made(show, database, centre, place) -> None:
    with make.unwatched(database, centre):
        other = make.group(database, centre, "H26 B", make.MONDAY + timedelta(weeks=1))
    screen = opened(show)
    screen.page.header.command("move").trigger()
    form = screen.form
    screen.settle()
    screen.choose("group", "H26 B", form)
    screen.bot.waitUntil(form.button.isEnabled)
    assert isinstance(form, MoveForm)
    told = form.told.texts
    assert any(text.startswith("New: ") and "H26 B" in text for text in told)
    assert any(text.startswith("Kept as it was: ") for text in told)
    assert groups.group(database, place.group_id).taken == 1

    screen.reason("Works on Tuesdays")
    screen.accept()

    assert groups.group(database, place.group_id).taken == 0
    new, old = patients.enrolments(database, place.patient_id)
    assert (new.group_id, new.last) == (other.id, None)
    assert (old.id, old.reason) == (place.id, "Works on Tuesdays")
    screen.bot.waitUntil(lambda: screen.page.header.group.text().startswith("H26 B"))


def test_that_a_full_group_can_not_be_moved_to(show, database, centre, place) -> None:
    with make.unwatched(database, centre):
        other = make.group(database, centre, "H26 B", maximum=1)
    make.placed(database, centre, other.id, 1, "Nils")
    screen = opened(show)
    screen.page.ask_move()
    form = screen.form
    screen.settle()
    screen.choose("group", "H26 B", form)
    screen.bot.waitUntil(form.wrong.isVisible)

    assert form.wrong.text() == "H26 B is full."
    assert not form.button.isEnabled()


def test_that_a_place_that_has_ended_is_not_moved_or_paused(screen, database, place) -> None:
    enrolments.leave(database, place.id, make.TODAY, "Flyttar")
    screen.bot.waitUntil(lambda: not screen.page.header.command("move").isEnabled())

    screen.child(QAction, "add_pause").trigger()

    assert not screen.has_form


def test_that_a_swap_says_what_stands_against_a_time(show, database, centre, place) -> None:
    with make.unwatched(database, centre):
        make.group(database, centre, "H26 B")
    screen = opened(show)
    screen.row("Relaxation 3")
    screen.click("swap")
    listed = screen.child(QListWidget, "sessions", screen.form)
    screen.bot.waitUntil(lambda: listed.count() > 0)

    texts = [listed.item(at).text() for at in range(listed.count())]
    assert "12 seats left" in texts[0]
    assert "Ekbacken" in texts[0]
    assert "clashes with" not in texts[0]
    assert "clashes with Relaxation" in texts[-1]


def test_that_limits_and_times_are_saved_and_the_weeks_over_them_named(
    screen, database, place
) -> None:
    screen.page.show_details()
    screen.write("times_not", "tue 8-12, thu")
    screen.press("times_not", Qt.Key.Key_Tab)
    screen.settle()
    screen.child(QDoubleSpinBox, "most_minutes").setValue(2.0)
    screen.press("most_minutes", Qt.Key.Key_Return)
    screen.settle()

    kept = patients.patient(database, place.patient_id)
    assert [time.text for time in kept.times_not] == ["tue 08:00-12:00", "thu"]
    assert (kept.most_minutes, kept.most_visits) == (120, None)
    assert screen.child(QLineEdit, "times_not").text() == "Tue 8:00–12:00, Thu"
    side = screen.page.schedule.side
    screen.bot.waitUntil(lambda: bool(side.excess.texts))
    assert all("the limit is 2 h" in text or "more" in text for text in side.excess.texts)
    assert "the limit is 2 h" in side.load.accessibleDescription()


def test_that_a_time_that_is_none_is_refused_beside_the_field(screen, database, place) -> None:
    screen.page.show_details()
    screen.write("times_not", "tue early")
    screen.press("times_not", Qt.Key.Key_Tab)
    wrong = screen.child(QLabel, "times_not_wrong")
    screen.bot.waitUntil(wrong.isVisible)

    assert wrong.text().startswith("“tue early” is no time of a week.")
    assert patients.patient(database, place.patient_id).times_not == ()
    assert schedules.own(database, place.id).lines
    assert screen.child(QWidget, "most_trips").isEnabled()
