"""The own schedule: what differs from the base schedule, with its reason; the rest follows."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from painprogram.domain.schedule import LineKind
from painprogram.gui.desk import Paper
from painprogram.gui.patients.lines_model import Column
from painprogram.usecases import history, schedules, sessions
from tests import make


@pytest.fixture
def group(database, centre):
    return make.group(database, centre)


@pytest.fixture
def place(database, centre, group):
    return make.placed(database, centre, group.id)


@pytest.fixture
def screen(show, place):
    shown = show()
    shown.open("Maria")
    return shown


def kinds(database, place) -> dict[LineKind, int]:
    found: dict[LineKind, int] = {}
    for line in schedules.own(database, place.id).lines:
        found[line.kind] = found.get(line.kind, 0) + 1
    return {kind: many for kind, many in found.items() if kind is not LineKind.BASE}


def words(screen, title: str) -> list[str]:
    """What stands in the row of a session."""
    screen.row(title)
    view = screen.page.schedule.view
    row = view.currentIndex().row()
    return [str(view.lines.index(row, column).data() or "") for column in Column]


def tick(screen) -> None:
    screen.bot.keyClick(screen.page.schedule.view, Qt.Key.Key_Space)


def test_that_the_base_schedule_stands_in_the_table(screen, database, place) -> None:
    assert screen.lines == schedules.own(database, place.id).lines
    assert words(screen, "Relaxation 1")[Column.WHEN].startswith("Tue 12 Jan")
    assert screen.page.schedule.chips.texts == []


def test_that_unticking_asks_for_a_reason_and_the_row_is_struck(screen, database, place) -> None:
    screen.row("Relaxation 2")
    tick(screen)
    assert screen.accept_in_vain() == "Write the reason for the change."

    screen.reason("Works on Tuesdays")
    screen.accept()

    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == ["1 abstained"])
    assert kinds(database, place) == {LineKind.OPT_OUT: 1}
    found = words(screen, "Relaxation 2")
    assert (found[Column.MARK], found[Column.WHO]) == ("Abstains", "Abstains: Works on Tuesdays")


def test_that_a_click_in_the_tick_box_does_the_same(screen, database, place) -> None:
    screen.row("Relaxation 2")
    view = screen.page.schedule.view
    view.scrollTo(view.currentIndex())
    where = view.visualRect(view.currentIndex().siblingAtColumn(Column.TAKES_PART)).center()

    screen.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    screen.reason("Away")
    screen.accept()

    assert kinds(database, place) == {LineKind.OPT_OUT: 1}


def test_that_a_cancelled_form_leaves_the_row_ticked(screen, database, place) -> None:
    screen.row("Relaxation 2")
    tick(screen)
    screen.bot.keyClick(screen.form, Qt.Key.Key_Escape)
    screen.bot.waitUntil(lambda: not screen.has_form)

    assert kinds(database, place) == {}


def test_that_ticking_again_follows_the_base_schedule(screen, database, place) -> None:
    session = make.of_strand(database, place.group_id, "relaxation")[1]
    schedules.opt_out(database, place.id, session.id, "Away")
    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == ["1 abstained"])

    screen.row("Relaxation 2")
    tick(screen)

    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == [])
    assert kinds(database, place) == {}


def test_that_a_session_is_swapped_with_a_parallel_one_and_taken_back(
    screen, database, centre, place
) -> None:
    other = make.group(database, centre, "H26 B", make.MONDAY + timedelta(days=7))
    screen.settle()
    screen.row("Exercise 3")
    screen.click("swap")
    form = screen.form
    screen.bot.waitUntil(lambda: screen.child(QListWidget, "sessions", form).count() > 0)
    screen.reason("Works that day")
    screen.accept()

    (line,) = [x for x in schedules.own(database, place.id).lines if x.kind is LineKind.SWAP]
    assert (line.session.group_id, line.reason) == (other.id, "Works that day")
    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == ["1 swap"])
    found = words(screen, "Exercise 3")[Column.WHEN]
    assert "→" in found
    assert found.endswith("H26 B")

    screen.row("Exercise 3")
    assert screen.child(QWidget, "follow_base").isVisible()
    screen.click("follow_base")
    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == [])
    assert kinds(database, place) == {}


def test_that_a_swap_without_parallel_sessions_says_so(screen) -> None:
    screen.row("Exercise 3")
    screen.click("swap")
    form = screen.form
    screen.bot.waitUntil(form.wrong.isVisible)

    assert form.wrong.text() == "There is no other session of Exercise with a free seat."
    assert not form.button.isEnabled()


def test_that_a_session_of_another_group_is_added_and_deleted(
    screen, database, centre, place
) -> None:
    make.group(database, centre, "H26 B", make.MONDAY + timedelta(days=7))
    screen.settle()
    screen.child(QAction, "add_session").trigger()
    form = screen.form
    screen.bot.waitUntil(lambda: screen.child(QListWidget, "sessions", form).count() > 0)
    screen.reason("Needs more practice")
    screen.accept()
    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == ["1 added"])
    assert kinds(database, place) == {LineKind.ADDITION: 1}

    view = screen.page.schedule.view
    at = [n for n, line in enumerate(screen.lines) if line.kind is LineKind.ADDITION]
    view.setFocus()
    view.setCurrentIndex(view.lines.index(at[0], 0))
    screen.bot.keyClick(view, Qt.Key.Key_Delete)

    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == [])
    assert kinds(database, place) == {}


def test_that_an_individual_visit_is_added_and_undo_takes_it_away(screen, database, place) -> None:
    screen.child(QAction, "add_visit").trigger()
    form = screen.form
    screen.settle()
    assert screen.accept_in_vain() == "Write what the visit is for, in a word or two."
    screen.write("title", "Back to work", form)
    screen.choose("who", "Sofia Nyström", form)
    screen.accept()

    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == ["1 added"])
    (line,) = [x for x in schedules.own(database, place.id).lines if x.kind is LineKind.VISIT]
    assert line.session.title == "Back to work"
    assert line.session.start.date() == make.TODAY

    assert history.undo(database) == "Add an individual visit"
    screen.bot.waitUntil(lambda: screen.page.schedule.chips.texts == [])


def test_that_a_visit_of_the_programme_brings_its_own_length(screen, database, place) -> None:
    screen.child(QAction, "add_visit").trigger()
    form = screen.form
    screen.settle()
    screen.choose("what", "First visit", form)
    assert not screen.child(QLineEdit, "title", form).isEnabled()
    screen.accept()

    (line,) = [x for x in schedules.own(database, place.id).lines if x.kind is LineKind.VISIT]
    assert line.session.minutes == 60
    assert screen.page.schedule.chips.texts == []


def test_that_the_own_schedule_follows_when_the_group_moves_a_session(
    screen, database, place
) -> None:
    session = make.of_strand(database, place.group_id, "relaxation")[1]
    screen.row("Relaxation 2")

    sessions.move(database, session.id, session.start + timedelta(days=1))

    screen.bot.waitUntil(lambda: words(screen, "Relaxation 2")[Column.WHEN].startswith("Wed 20"))
    chosen = screen.page.schedule.view.chosen
    assert chosen is not None
    assert chosen.session.id == session.id


def test_that_a_reload_keeps_the_keyboard_where_it_is(screen, database, place) -> None:
    screen.row("Relaxation 4")
    view = screen.page.schedule.view
    session = make.of_strand(database, place.group_id, "exercise")[0]

    sessions.move(database, session.id, session.start + timedelta(hours=1))
    screen.settle()

    assert view.hasFocus()
    assert view.chosen is not None
    assert view.chosen.session.title == "Relaxation"


def test_that_what_is_past_stays(show, database, centre) -> None:
    started = make.group(database, centre, "V26 A", make.TODAY - timedelta(days=34))
    place = make.placed(database, centre, started.id)
    screen = show()
    screen.open("Maria")
    screen.row("Relaxation 1")

    tick(screen)

    assert not screen.has_form
    assert screen.messages == ["What is past stays as it was."]
    assert kinds(database, place) == {}
    assert screen.page.schedule.view.lines.is_past(0)


def test_that_the_load_is_shown_week_by_week(screen) -> None:
    told = screen.page.schedule.side.load.accessibleDescription().splitlines()

    assert told[0] == "Week 2, from 11 Jan: 1.8 h, 2 visits, 2 trips"


def test_that_print_and_calendar_are_asked_for(screen, place) -> None:
    papers: list[Paper] = []
    calendars: list[tuple[str, object]] = []
    screen.desk.paper_asked.connect(papers.append)
    screen.desk.calendar_asked.connect(lambda kind, key: calendars.append((kind, key)))

    screen.click("print_schedule")
    screen.page.print_shown()
    screen.click("patient_calendar")

    asked = Paper("sheet", place.group_id, place.id, patient_id=place.patient_id)
    assert papers == [asked] * 2
    assert calendars == [("patient", place.patient_id)]


def test_that_who_has_no_place_may_get_a_letter(show, database, centre) -> None:
    waiting = make.patient(database, centre)
    screen = show()
    papers: list[Paper] = []
    screen.desk.paper_asked.connect(papers.append)

    screen.page.print_shown()
    screen.open("Maria")
    screen.page.print_shown()

    assert screen.messages == ["Choose a patient to print for."]
    assert papers == [Paper("letter", patient_id=waiting.id, letter="waiting")]
