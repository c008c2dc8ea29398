"""The week as it is shown: which one, what stands beside it, what its cards tell and don't."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import (
    QAbstractButton,
    QDateEdit,
    QLabel,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTimeEdit,
)

from painprogram.domain.availability import AbsenceKind, Span
from painprogram.domain.groups import Group
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import Session
from painprogram.gui.sessions.clash_list import ClashList
from painprogram.gui.sessions.toolbar import span
from painprogram.usecases import availability, centres, patients, schedules, sessions, staff
from tests import make
from tests.gui.sessions.screen import Screen

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


@pytest.fixture
def screen(show: Callable[[], Screen], group: Group) -> Screen:
    return show()


@pytest.fixture
def first(screen, database, group) -> Session:
    return make.of_strand(database, group.id, "relaxation")[0]


def test_that_the_week_of_today_is_shown_with_its_sessions(screen, first):
    card = screen.card(first.id)

    assert screen.part("week_title", QLabel).text() == "Week 2"
    assert (card.corner, card.subtitle, card.badge) == (
        "1 of 8",
        first.leaders[0].initials,
        "A",
    )
    assert card.accessible_text.startswith("Relaxation 1 of 8, H26 A.")
    assert f"Led by {first.leaders[0].name} (physiotherapist)." in card.accessible_text


def test_that_weeks_are_stepped_and_told(screen, first):
    told: list[date] = []
    screen.page.week_changed.connect(told.append)

    screen.page.step_weeks(1)
    screen.settle()
    assert screen.part("week_title", QLabel).text() == "Week 3"
    assert not screen.cards(first.id)
    screen.page.show_today()
    screen.settle()

    assert told == [make.MONDAY + WEEK, make.MONDAY]
    assert screen.cards(first.id)


@pytest.mark.parametrize(
    ("first_day", "last_day", "words"),
    [
        (date(2026, 11, 9), date(2026, 11, 13), "9–13 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 4), "30 Nov–4 Dec 2026"),
        (date(2026, 12, 28), date(2027, 1, 1), "28 Dec 2026–1 Jan 2027"),
    ],
)
def test_that_the_days_of_the_week_are_named(first_day, last_day, words):
    assert span(first_day, last_day) == words


def test_that_the_week_end_is_shown_only_when_something_stands_there(screen, first, database):
    assert len(screen.page.grid._days) == 5

    sessions.move(database, first.id, first.start + timedelta(days=5 - first.start.weekday()))
    screen.settle()

    assert len(screen.page.grid._days) == 7
    assert screen.card(first.id).day.weekday() == 5


def test_that_a_week_without_sessions_shows_the_way_to_the_nearest(screen, group, database):
    last = sessions.sessions(database, group.id)[-1].start.date()
    screen.page.show_week(last + 3 * WEEK)
    screen.settle()
    button = screen.part("previous_sessions", QPushButton)
    assert button.isVisible()
    assert not screen.part("next_sessions", QPushButton).isVisible()

    screen.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    screen.settle()

    assert screen.page.monday == last - timedelta(days=last.weekday())
    assert not button.isVisible()


def test_that_a_centre_without_groups_offers_to_start_one(show):
    screen = show()
    button = screen.part("start_group", QPushButton)
    assert button.isVisible()

    with screen.bot.waitSignal(screen.desk.start_asked):
        screen.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_a_session_of_another_week_is_gone_to_and_chosen(screen, database, group):
    last = make.of_strand(database, group.id, "relaxation")[-1]

    screen.page.show_session(last)
    screen.settle()

    assert screen.page.grid.current == last.id
    assert screen.part("session_title", QLabel).text() == "Relaxation 8 of 8"
    with screen.bot.waitSignal(screen.desk.group_asked) as asked:
        screen.bot.mouseClick(screen.part("group_link", QAbstractButton), Qt.MouseButton.LeftButton)
    assert asked.args == [group.id]


def test_that_escape_goes_back_to_the_week_in_short(screen, first):
    screen.choose(first.id)
    assert screen.page.inspector.currentWidget() is screen.page.inspector.details

    screen.key(Qt.Key.Key_Escape)

    assert screen.page.inspector.currentWidget() is screen.page.inspector.overview


def test_that_delete_cancels_and_undo_holds_it_after_all(screen, first):
    screen.choose(first.id)

    screen.key(Qt.Key.Key_Delete)

    assert screen.on_disk(first).cancelled
    assert screen.card(first.id).cancelled
    assert screen.undo() == "Cancel Relaxation 1"
    assert not screen.card(first.id).cancelled


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_that_the_time_is_typed(screen, first, key):
    screen.choose(first.id)
    screen.key(key)
    day = first.start.date() + timedelta(days=1)
    form = screen.form
    form.findChild(QDateEdit, "day").setDate(QDate(day.year, day.month, day.day))
    form.findChild(QTimeEdit, "begins").setTime(QTime(15, 20))
    form.findChild(QSpinBox, "minutes").setValue(50)

    screen.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    screen.settle()

    there = screen.on_disk(first)
    assert (there.start, there.minutes) == (datetime.combine(day, time(15, 20)), 50)
    assert screen.undo() == "Move Relaxation 1"
    assert screen.on_disk(first).minutes == first.minutes


def test_that_a_time_that_can_not_be_is_refused_in_the_form(screen, first):
    screen.choose(first.id)
    screen.key(Qt.Key.Key_F2)
    form = screen.form
    form.findChild(QTimeEdit, "begins").setTime(QTime(23, 50))

    screen.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    screen.settle()

    assert form.wrong.text() == "A session must end on the day it starts."
    assert form.isVisible()
    assert screen.on_disk(first) == first
    form.reject()


def test_that_leaders_are_chosen_those_of_the_profession_first(screen, first, database):
    screen.choose(first.id)
    screen.page._verbs.do("leaders")
    people = screen.form.findChild(QListWidget, "leaders")
    assert people.item(0).text() == f"{first.leaders[0].name}, physiotherapist"
    assert people.item(1).text().split("\n")[0].endswith("physiotherapist")
    people.item(0).setCheckState(Qt.CheckState.Unchecked)
    people.item(1).setCheckState(Qt.CheckState.Checked)

    screen.bot.mouseClick(screen.form.button, Qt.MouseButton.LeftButton)
    screen.settle()

    (leader,) = screen.on_disk(first).leaders
    assert leader.profession == "physiotherapist"
    assert leader.staff_id != first.leaders[0].staff_id


def test_that_it_is_told_which_colleague_is_away(screen, first, database):
    away = next(x for x in staff.staff(database) if x.name == "Erik Lund")
    assert away.id != first.leaders[0].staff_id
    day = datetime.combine(first.start.date(), time())
    availability.add_absence(database, away.id, Span(day, day + 24 * HOUR), AbsenceKind.AWAY)
    screen.settle()
    screen.choose(first.id)
    screen.page._verbs.do("leaders")

    people = screen.form.findChild(QListWidget, "leaders")

    told = [people.item(row).text().split("\n") for row in range(people.count())]
    (erik,) = [lines for lines in told if lines[0].startswith("Erik Lund")]
    assert erik[1:] == ["Erik Lund is absent Tue 12 Jan."]


def test_that_a_room_is_chosen_and_its_faults_are_told(screen, first):
    screen.choose(first.id)
    screen.page._verbs.do("room")
    found = screen.form.findChild(QListWidget, "room")
    texts = [found.item(row).text() for row in range(found.count())]
    assert texts[-1] == "No room"
    found.setCurrentRow(texts.index("No room"))

    screen.bot.mouseClick(screen.form.button, Qt.MouseButton.LeftButton)
    screen.settle()

    assert screen.on_disk(first).room_id is None
    assert screen.card(first.id).lane == "nowhere"


def test_that_names_are_read_only_when_asked_for_and_that_is_logged(
    screen, first, database, centre, group
):
    place = make.placed(database, centre, group.id, 0, "Vera")
    screen.settle()
    screen.choose(first.id)
    assert screen.part("participants", QLabel).text() == "Participants 1 of 12"
    before = len(patients.readings(database, place.patient_id))

    screen.bot.mouseClick(screen.part("show_all", QAbstractButton), Qt.MouseButton.LeftButton)
    screen.settle()

    names = [b.text() for b in screen.page.findChildren(QAbstractButton, "participant")]
    assert names == ["Vera Öberg"]
    after = patients.readings(database, place.patient_id)
    assert (len(after), after[0].action) == (before + 1, "List participants")


def test_that_a_visit_tells_nobody_whose_it_is_until_it_is_asked(screen, database, centre, group):
    place = make.placed(database, centre, group.id, 0, "Vera")
    start = datetime.combine(make.MONDAY, time(15))
    schedules.add_visit(database, place.id, start, 45, title="Hemligt", reason="Hemligt")
    screen.settle()
    (visit,) = sessions.week(database, centre.id, make.MONDAY).visits
    card = screen.card(visit.id)
    for text in (card.title, card.corner, card.subtitle, card.tooltip, card.accessible_text):
        assert "Vera" not in text
        assert "VÖ" not in text
        assert "Hemligt" not in text
    screen.choose(visit.id)

    with screen.bot.waitSignal(screen.desk.patient_asked) as asked:
        screen.bot.mouseClick(screen.part("show_who", QPushButton), Qt.MouseButton.LeftButton)

    assert asked.args == [place.patient_id]


def test_that_the_list_of_clashes_ahead_is_walked_by_keyboard(screen, database, centre, group):
    later = make.of_strand(database, group.id, "relaxation")[5]
    exercise = make.of_strand(database, group.id, "exercise")[5]
    with make.unwatched(database, centre, Rule.ROOM, Rule.STAFF, Rule.EQUIPMENT):
        sessions.move(database, exercise.id, later.start, room_id=later.room_id)
    screen.settle()

    screen.page.show_clashes()
    screen.settle()
    ahead = screen.part("clashes_ahead", ClashList)
    assert ahead.hasFocus()
    assert {frozenset((c.occasion, c.other)) for c in ahead.shown} == {
        frozenset((later.id, exercise.id))
    }
    screen.bot.keyClick(ahead, Qt.Key.Key_Return)
    screen.settle()

    assert screen.page.monday == later.start.date() - timedelta(days=later.start.weekday())
    assert screen.page.grid.current in (later.id, exercise.id)
    assert screen.page.grid.hasFocus()
    sessions.cancel(database, exercise.id)
    screen.settle()
    assert ahead.count() == 0
    screen.bot.keyClick(ahead, Qt.Key.Key_Escape)
    assert not screen.page.panel.isVisible()


def test_that_a_closed_day_says_why(screen, database, centre):
    centres.close(database, centre.id, make.MONDAY, make.MONDAY, "staff day")
    screen.settle()

    assert screen.page.grid._days[0].closed == "Staff day"


def test_that_a_strange_name_stays_a_name(screen, first, database):
    person = next(p for p in staff.staff(database) if p.id == first.leaders[0].staff_id)
    from dataclasses import replace

    staff.update(database, replace(person, name="<b>Anna</b> <img src=x>"))
    screen.settle()

    assert "&lt;b&gt;Anna" in screen.card(first.id).tooltip
    assert "<b>Anna</b>" in screen.card(first.id).accessible_text


def test_that_the_poster_and_the_calendar_are_asked_for(screen, first, group):
    screen.choose(first.id)

    with screen.bot.waitSignal(screen.desk.paper_asked) as paper:
        screen.page.print_shown()
    with screen.bot.waitSignal(screen.desk.calendar_asked) as calendar:
        screen.bot.mouseClick(screen.part("calendar", QPushButton), Qt.MouseButton.LeftButton)

    assert (paper.args[0].kind, paper.args[0].group_id) == ("poster", group.id)
    assert calendar.args == ["group", group.id]


def test_that_every_control_has_a_name(screen, first):
    screen.choose(first.id)
    screen.page.show_clashes()
    screen.settle()

    nameless = [
        type(widget).__name__
        for widget in screen.page.findChildren(QAbstractButton)
        if widget.isVisible() and not (widget.accessibleName() or widget.text())
    ]
    assert nameless == []
