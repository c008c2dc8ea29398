"""Sessions moved by hand: on disk at once, back again by undo, clashes outlined and listed."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListWidget

from painprogram.domain.groups import Group
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import Session
from painprogram.gui.reasons import ReasonForm
from painprogram.gui.sessions.shown import LaneKind
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.slot_legend import SlotLegend
from painprogram.usecases import rooms, schedules, sessions, staff
from tests import make
from tests.gui.sessions.screen import Screen

HOUR = timedelta(hours=1)
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
THURSDAY = make.MONDAY + timedelta(days=3)


@pytest.fixture
def screen(show: Callable[[], Screen], group: Group) -> Screen:
    return show()


@pytest.fixture
def first(screen, database, group) -> Session:
    return make.of_strand(database, group.id, "relaxation")[0]


@pytest.fixture
def exercise(screen, database, group) -> Session:
    return make.of_strand(database, group.id, "exercise")[0]


def minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def test_that_a_dragged_session_is_moved_on_disk_and_undo_puts_it_back(screen, first, database):
    free = next(r for r in rooms.rooms(database) if r.id != first.room_id)

    screen.drag(screen.card(first.id), THURSDAY, free.id, 8 * 60)

    moved = screen.on_disk(first)
    assert (moved.start, moved.room_id) == (datetime.combine(THURSDAY, time(8)), free.id)
    card = screen.card(first.id)
    assert (card.day, card.lane, card.start_minute) == (THURSDAY, free.id, 8 * 60)
    assert screen.page.grid.current == first.id

    assert screen.undo() == "Move Relaxation 1"
    assert screen.on_disk(first).start == first.start
    card = screen.card(first.id)
    assert (card.day, card.lane) == (first.start.date(), first.room_id)


def test_that_alt_and_arrows_move_without_the_mouse(screen, first):
    screen.choose(first.id)

    screen.key(Qt.Key.Key_Down, ALT)
    screen.key(Qt.Key.Key_Down, ALT)
    screen.key(Qt.Key.Key_Right, ALT)

    assert screen.on_disk(first).start == first.start + timedelta(days=1, minutes=30)
    assert screen.page.grid.current == first.id
    assert screen.page.grid.hasFocus()


def test_that_shift_alt_and_arrows_and_the_lower_edge_change_the_length(screen, first):
    screen.choose(first.id)
    screen.key(Qt.Key.Key_Down, ALT | SHIFT)
    assert screen.on_disk(first).minutes == first.minutes + 15

    grid, card = screen.page.grid, screen.card(first.id)
    edge = QPoint(grid.rect_of(card.key).center().x(), grid.rect_of(card.key).bottom() - 1)
    screen.grip(card, edge)
    screen.pull(QPoint(edge.x(), grid.place_of(card.day, card.lane, card.start_minute + 90).y()))
    screen.drop()

    assert screen.on_disk(first).minutes == 90
    assert screen.card(first.id).minutes == 90


def test_that_a_clash_is_outlined_and_listed_and_gone_when_it_is_solved(
    screen, first, exercise, database, centre
):
    assert not screen.card(first.id).conflict
    assert screen.open_clashes == []

    with make.unwatched(database, centre, Rule.ROOM, Rule.STAFF, Rule.EQUIPMENT):
        sessions.move(database, exercise.id, first.start, room_id=first.room_id)
    screen.settle()

    assert screen.card(first.id).conflict
    assert screen.card(exercise.id).conflict
    assert {(c.occasion, c.other) for c in screen.open_clashes if c.rule is Rule.ROOM} <= {
        (first.id, exercise.id),
        (exercise.id, first.id),
    }
    screen.choose(exercise.id)
    assert screen.notice.startswith("Clash\n")
    assert "Relaxation 1 (H26 A)" in screen.notice

    sessions.move(database, exercise.id, exercise.start, room_id=exercise.room_id)
    screen.settle()
    assert not screen.card(first.id).conflict
    assert not screen.card(exercise.id).conflict
    assert screen.open_clashes == []
    assert screen.notice == ""


def test_that_a_move_that_a_rule_blocks_is_refused_by_name_and_the_card_returns(
    screen, first, exercise
):
    screen.drag(screen.card(exercise.id), first.start.date(), first.room_id, minute(first.start))

    assert screen.on_disk(exercise) == exercise
    assert screen.card(exercise.id).day == exercise.start.date()
    (said,) = screen.refused
    assert "Relaxation 1 (H26 A) 13:00–13:45 at the same time." in said
    assert screen.page.findChildren(ReasonForm) == []


def test_that_what_must_be_acknowledged_asks_why_before_it_is_done(
    screen, first, exercise, database, centre, group
):
    make.placed(database, centre, group.id)
    screen.settle()
    other = next(r for r in rooms.rooms(database) if r.name == "Stora salen")
    target = (first.start.date(), other.id, minute(first.start))

    screen.drag(screen.card(exercise.id), *target)
    form = screen.reason_form
    assert form.findings == ("A patient has Relaxation 1 (H26 A) 13:00–13:45 at the same time.",)
    assert screen.on_disk(exercise).start == exercise.start
    form.reject()
    screen.settle()
    assert screen.card(exercise.id).day == exercise.start.date()
    assert screen.refused == []

    screen.drag(screen.card(exercise.id), *target)
    screen.reason_form.button.click()
    assert screen.reason_form.wrong.text() == "Write the reason."
    screen.give_reason("She chooses herself")

    assert screen.on_disk(exercise).start == first.start
    assert screen.card(exercise.id).acknowledged
    assert not screen.card(exercise.id).conflict
    assert "Acknowledged by somebody: She chooses herself" in screen.notice
    assert screen.messages == []
    assert screen.undo() == "Move Exercise 1"
    assert not screen.card(exercise.id).acknowledged


def test_that_a_form_asks_why_as_well_and_stays_open_without_a_reason(
    screen, first, database, centre
):
    rooms.add(database, centre.id, "Skrubben", 10)
    screen.settle()
    screen.choose(first.id)
    screen.page._verbs.do("room")
    form = screen.form
    there = form.findChild(QListWidget, "room")
    row = next(n for n in range(there.count()) if there.item(n).text().startswith("Skrubben"))
    there.setCurrentRow(row)
    form.button.click()
    screen.settle()

    screen.reason_form.reject()
    screen.settle()
    assert form.isVisible()
    assert form.button.isEnabled()
    form.button.click()
    screen.settle()
    screen.give_reason("Mats are brought along")

    assert screen.on_disk(first).room_name == "Skrubben"
    assert not any(one.isVisible() for one in screen.page.findChildren(Form))


def test_that_the_drag_says_why_it_does_not_go_where_and_what_does(screen, first, exercise):
    screen.over(screen.card(exercise.id), first.start.date(), first.room_id, minute(first.start))

    slot = screen.page.grid.dragging.slot
    assert (slot.state, slot.blocker) == ("blocked", first.id)
    room = first.room_name
    assert slot.reason.startswith(f"{room} is taken: Relaxation 1 (H26 A)") or (
        "is busy: Relaxation 1" in slot.reason
    )
    assert screen.notice.startswith("Not free here")
    assert "Nearest free: " in screen.notice
    assert screen.part("drag_legend", SlotLegend).isVisible()

    screen.bot.keyClick(screen.page.grid, Qt.Key.Key_Escape)

    assert screen.notice == ""
    assert not screen.part("drag_legend", SlotLegend).isVisible()
    assert screen.on_disk(exercise) == exercise


def test_that_a_room_without_what_is_needed_must_be_acknowledged(screen, first, database, centre):
    bare = rooms.add(database, centre.id, "Skrubben", 10)
    screen.settle()

    screen.over(screen.card(first.id), THURSDAY, bare.id, 15 * 60)

    assert screen.page.grid.dragging.slot.state == "acknowledge"
    assert screen.page.grid.dragging.slot.reason.startswith("Skrubben lacks ")
    screen.drop()
    assert screen.on_disk(first).room_name != "Skrubben"
    screen.give_reason("Mats are brought along")
    assert screen.on_disk(first).room_name == "Skrubben"


def test_that_a_change_of_lane_changes_the_leader(screen, first, database):
    anna = first.leaders[0]
    other = next(
        one
        for one in staff.staff(database)
        if one.profession is anna.profession and one.id != anna.staff_id
    )
    screen.lanes(LaneKind.LEADER)

    screen.drag(screen.card(first.id), first.start.date(), other.id, minute(first.start))

    assert [leader.staff_id for leader in screen.on_disk(first).leaders] == [other.id]
    assert screen.card(first.id).lane == other.id
    assert screen.undo() == "Change leader of Relaxation 1"
    assert screen.card(first.id).lane == anna.staff_id

    screen.drag(screen.card(first.id), first.start.date(), other.id, minute(first.start) + 60)
    moved = screen.on_disk(first)
    assert (moved.start, moved.leaders[0].staff_id) == (first.start + HOUR, other.id)
    assert screen.undo() == "Move Relaxation 1"
    assert screen.on_disk(first).leaders == first.leaders


def test_that_of_two_leaders_the_one_whose_card_is_dragged_is_exchanged(screen, database, group):
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    screen.page.show_session(lecture)
    screen.settle()
    screen.lanes(LaneKind.LEADER)
    cards = screen.cards(lecture.id)
    assert {card.lane for card in cards} == {leader.staff_id for leader in lecture.leaders}
    new = staff.add(database, group.centre_id, "Nils Ny", lecture.leaders[1].profession)
    screen.settle()
    second = next(c for c in screen.cards(lecture.id) if c.lane == lecture.leaders[1].staff_id)

    screen.drag(second, lecture.start.date(), new.id, minute(lecture.start))

    after = [leader.name for leader in screen.on_disk(lecture).leaders]
    assert after == [lecture.leaders[0].name, "Nils Ny"]


def test_that_in_group_lanes_only_the_time_changes(screen, first, database, centre):
    make.group(database, centre, "H26 B")
    screen.settle()
    screen.lanes(LaneKind.GROUP)
    other = next(card for card in screen.page.grid.cards if card.lane != first.group_id)

    screen.drag(screen.card(first.id), THURSDAY, other.lane, 15 * 60)

    moved = screen.on_disk(first)
    assert moved.start == datetime.combine(THURSDAY, time(15))
    assert (moved.group_id, moved.room_id) == (first.group_id, first.room_id)


def test_that_a_refused_change_returns_the_card_and_is_told(screen, first):
    screen.choose(first.id)
    sessions.cancel(screen.database, first.id)
    sessions.cancel(screen.database, first.id, cancelled=False)
    stale = screen.card(first.id)

    screen.page._move_asked(first.id, THURSDAY, 8 * 60, stale.lane)
    screen.settle()

    assert screen.on_disk(first).start == first.start
    assert screen.card(first.id).day == first.start.date()
    assert screen.refused == [
        "Somebody else has changed the same thing meanwhile. Look at it as it is now, and redo."
    ]


def test_that_what_another_program_changes_appears(screen, first):
    sessions.move(screen.database, first.id, first.start + HOUR)
    screen.page.reload()
    screen.settle()

    assert screen.card(first.id).start_minute == minute(first.start + HOUR)


def test_that_a_visit_is_moved_with_its_room_and_comes_back(screen, database, centre, group):
    place = make.placed(database, centre, group.id)
    start = datetime.combine(THURSDAY, time(8))
    room = next(r for r in rooms.rooms(database) if r.name == "Rum 4")
    own = schedules.add_visit(database, place.id, start, 45, title="Hemligt", room_id=room.id)
    (visit,) = [line.session for line in own.lines if line.session.start == start]
    screen.settle()
    gym = next(r for r in rooms.rooms(database) if r.name == "Gymmet")

    screen.drag(screen.card(visit.id), make.MONDAY, gym.id, 15 * 60)

    (there,) = sessions.week(database, centre.id, make.MONDAY).visits
    assert (there.start, there.room_id) == (datetime.combine(make.MONDAY, time(15)), gym.id)
    screen.undo()
    assert screen.card(visit.id).day == THURSDAY
