"""Several sessions at once: moved, cut, copied, pasted, cancelled, by mouse and keyboard."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from painprogram.domain.groups import Group
from painprogram.domain.sessions import Session
from painprogram.gui.sessions.shown import LaneKind
from painprogram.gui.widgets.slot_legend import SlotLegend
from painprogram.usecases import rooms, schedules, sessions
from tests import make
from tests.gui.sessions.screen import Screen

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def screen(show: Callable[[], Screen], group: Group) -> Screen:
    return show()


@pytest.fixture
def first(screen, database, group) -> Session:
    return make.of_strand(database, group.id, "relaxation")[0]


@pytest.fixture
def exercise(screen, database, group) -> Session:
    return make.of_strand(database, group.id, "exercise")[0]


def press(screen: Screen, key: QKeySequence.StandardKey) -> None:
    QTest.keySequence(screen.page.grid, QKeySequence(key))
    screen.settle()


def cut(screen: Screen) -> None:
    press(screen, QKeySequence.StandardKey.Cut)


def copy(screen: Screen) -> None:
    press(screen, QKeySequence.StandardKey.Copy)


def paste(screen: Screen) -> None:
    press(screen, QKeySequence.StandardKey.Paste)


def choose_both(screen: Screen, first: Session, second: Session) -> None:
    screen.choose(first.id)
    grid = screen.page.grid
    middle = grid.rect_of(screen.card(second.id).key).center()
    screen.bot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, CTRL, middle)


def mark(screen: Screen, day, lane, minute: int) -> None:
    """A click on a free place."""
    grid = screen.page.grid
    place = grid.place_of(day, lane, minute) + QPoint(0, 2)
    screen.bot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_the_inspector_says_how_many_are_chosen(screen, first, exercise):
    choose_both(screen, first, exercise)

    assert screen.part("several_title", QLabel).text() == "2 sessions chosen"
    assert screen.page.inspector.currentWidget() is screen.page.inspector.chosen

    screen.key(Qt.Key.Key_Escape)
    assert screen.page.grid.selection == ()
    assert screen.page.inspector.currentWidget() is screen.page.inspector.overview


def test_that_alt_and_arrows_move_several_in_one_step(screen, first, exercise):
    choose_both(screen, first, exercise)
    before = screen.on_disk(first).start, screen.on_disk(exercise).start

    screen.key(Qt.Key.Key_Down, ALT)

    assert screen.on_disk(first).start == before[0] + timedelta(minutes=15)
    assert screen.on_disk(exercise).start == before[1] + timedelta(minutes=15)
    assert len(screen.page.grid.selection) == 2
    assert screen.undo() == "Move 2 sessions"
    assert (screen.on_disk(first).start, screen.on_disk(exercise).start) == before


def test_that_several_are_dragged_together(screen, first, exercise):
    choose_both(screen, first, exercise)
    card = screen.card(first.id)
    late = card.start_minute + 60

    screen.over(card, card.day, card.lane, late)
    legend = screen.part("drag_legend", SlotLegend)
    assert legend.accessibleName().startswith("Moving 2 sessions")
    screen.drop()

    assert screen.on_disk(first).start == first.start + timedelta(hours=1)
    assert screen.on_disk(exercise).start == exercise.start + timedelta(hours=1)


def test_that_those_that_move_along_do_not_stand_in_the_way(screen, database, group):
    """Two in a row, an hour later: the place of the second one is free for the first."""
    one, two = make.of_strand(database, group.id, "relaxation")[:2]
    sessions.move(database, two.id, one.end, room_id=one.room_id)
    screen.settle()
    choose_both(screen, one, two)
    card = screen.card(one.id)

    screen.over(card, card.day, card.lane, card.start_minute + one.minutes)

    assert screen.page.grid.dragging.slot.state == "free"
    screen.drop()
    assert screen.on_disk(one).start == one.end
    assert screen.refused == []


def test_that_what_is_cut_stands_faded_until_it_is_pasted_in_another_week(
    screen, database, first, centre
):
    screen.choose(first.id)
    cut(screen)
    assert screen.card(first.id).cut
    assert "Cut: it moves when it is pasted." in screen.card(first.id).accessible_text
    assert screen.messages[-1].startswith("1 session is cut")

    screen.page.step_weeks(9)
    screen.settle()
    monday = screen.page.monday
    mark(screen, monday + DAY, first.room_id, 10 * 60)
    paste(screen)

    moved = screen.on_disk(first)
    assert moved.start == datetime.combine(monday + DAY, time(10))
    assert not screen.card(first.id).cut
    assert screen.page.grid.current == first.id
    assert screen.undo() == "Move Relaxation 1"
    assert screen.on_disk(first).start == first.start


def test_that_the_keyboard_alone_cuts_and_pastes_at_the_same_time_another_week(
    screen, first, exercise
):
    choose_both(screen, first, exercise)
    cut(screen)
    screen.page.step_weeks(9)
    screen.page.grid.setFocus()
    screen.settle()

    paste(screen)

    assert screen.on_disk(first).start == first.start + 9 * WEEK
    assert screen.on_disk(exercise).start == exercise.start + 9 * WEEK
    assert set(screen.page.grid.selection) == {first.id, exercise.id}
    assert screen.undo() == "Move 2 sessions"


def test_that_ctrl_and_arrows_say_where_to_paste(screen, first):
    screen.choose(first.id)
    cut(screen)
    for _times in range(4):
        screen.key(Qt.Key.Key_Down, CTRL)

    paste(screen)

    assert screen.on_disk(first).start == first.start + timedelta(hours=1)
    assert screen.page.grid.marked is None


def test_that_escape_forgets_what_was_cut(screen, first):
    screen.choose(first.id)
    cut(screen)
    screen.key(Qt.Key.Key_Escape)

    assert not screen.card(first.id).cut
    paste(screen)
    assert screen.messages[-1] == "Nothing is cut or copied."
    assert screen.on_disk(first).start == first.start


def test_that_pasting_where_it_was_cut_asks_for_a_place(screen, first):
    screen.choose(first.id)
    screen.key(Qt.Key.Key_Up)
    screen.page.grid.select((first.id,))
    copy(screen)

    paste(screen)

    assert screen.messages[-1].startswith("Say where to paste")


def test_that_a_copy_is_an_extra_session_and_can_be_pasted_again(screen, database, group, first):
    count = len(make.of_strand(database, group.id, "relaxation"))
    screen.choose(first.id)
    copy(screen)
    assert not screen.card(first.id).cut

    for weeks in (9, 1):
        screen.page.step_weeks(weeks)
        screen.page.grid.setFocus()
        screen.settle()
        paste(screen)

    found = make.of_strand(database, group.id, "relaxation")
    assert len(found) == count + 2
    assert [one.start for one in found[-2:]] == [first.start + 9 * WEEK, first.start + 10 * WEEK]
    assert screen.page.grid.current == found[-1].id
    assert screen.on_disk(first).start == first.start


def test_that_pasting_in_another_lane_changes_the_room_or_the_leader(screen, database, first):
    gym = next(r for r in rooms.rooms(database) if r.id != first.room_id and r.seats >= 12)
    friday = make.MONDAY + 4 * DAY
    screen.choose(first.id)
    cut(screen)
    mark(screen, friday, gym.id, 9 * 60)
    paste(screen)
    moved = screen.on_disk(first)
    assert (moved.room_id, moved.start) == (gym.id, datetime.combine(friday, time(9)))

    screen.lanes(LaneKind.LEADER)
    other = next(
        lane.key
        for lane in screen.page.grid._lanes
        if lane.key != first.leaders[0].staff_id and "physio" in lane.subtitle
    )
    screen.choose(first.id)
    cut(screen)
    mark(screen, friday, other, 11 * 60)
    paste(screen)
    moved = screen.on_disk(first)
    assert [leader.staff_id for leader in moved.leaders] == [other]
    assert moved.start == datetime.combine(friday, time(11))


def test_that_delete_cancels_all_that_is_chosen(screen, first, exercise):
    choose_both(screen, first, exercise)
    screen.key(Qt.Key.Key_Delete)

    assert screen.on_disk(first).cancelled
    assert screen.on_disk(exercise).cancelled
    assert screen.undo() == "Cancel 2 sessions"
    assert not screen.on_disk(exercise).cancelled


def test_that_the_buttons_beside_the_week_do_the_same(screen, first, exercise):
    choose_both(screen, first, exercise)
    screen.part("several_cut", QPushButton).click()
    assert screen.card(first.id).cut
    assert screen.card(exercise.id).cut
    screen.part("several_deselect", QPushButton).click()
    assert screen.page.grid.selection == ()


def test_that_the_menu_of_an_empty_place_pastes_there(screen, first):
    screen.choose(first.id)
    cut(screen)
    grid = screen.page.grid
    friday = make.MONDAY + 4 * DAY
    place = grid.place_of(friday, first.room_id, 9 * 60) + QPoint(0, 2)
    screen.bot.mouseClick(grid.viewport(), Qt.MouseButton.RightButton, pos=place)
    menu = screen.page._verbs.menu()
    actions = {action.data(): action for action in menu.actions()}
    assert actions["paste"].isEnabled()
    assert "time" not in actions

    actions["paste"].trigger()
    screen.settle()

    assert screen.on_disk(first).start == datetime.combine(friday, time(9))


def test_that_a_visit_is_cut_and_pasted_like_a_session(screen, database, centre, group):
    place = make.placed(database, centre, group.id)
    start = datetime.combine(make.MONDAY + 4 * DAY, time(8))
    room = next(r for r in rooms.rooms(database) if r.name == "Rum 4")
    own = schedules.add_visit(database, place.id, start, 45, title="Hemligt", room_id=room.id)
    (visit,) = [line.session for line in own.lines if line.session.start == start]
    screen.settle()

    screen.choose(visit.id)
    cut(screen)
    mark(screen, make.MONDAY + 4 * DAY, room.id, 14 * 60)
    paste(screen)

    (there,) = sessions.week(database, centre.id, make.MONDAY).visits
    assert there.start == datetime.combine(make.MONDAY + 4 * DAY, time(14))


def test_that_a_lecture_others_come_to_is_not_dragged_away(screen, database, centre):
    talks = make.group(database, centre, "Öppna", template="oppna-forelasningar")
    lecture = sessions.sessions(database, talks.id)[0]
    screen.page.show_session(lecture)
    screen.settle()
    assert not screen.card(lecture.id).draggable

    screen.key(Qt.Key.Key_Down, ALT)
    cut(screen)

    assert screen.on_disk(lecture).start == lecture.start
    assert not screen.card(lecture.id).cut
