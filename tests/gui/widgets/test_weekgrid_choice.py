"""Several cards chosen, marked places, and what is asked for with them."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest

from painprogram.gui.widgets.weekgrid import Slot, Spot, Target, WeekGrid
from tests.gui.widgets.weeks import (
    CARDS,
    DAYS,
    LANES,
    NOON,
    card,
    drag,
    drop,
    grip,
    mouse,
)

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


def around(grid: WeekGrid, *keys: str) -> tuple[QPoint, QPoint]:
    """Corners, on empty ground, of a frame that meets the cards *keys*."""
    whole = QRect()
    for key in keys:
        whole = whole.united(grid.rect_of(key))
    return whole.topLeft() - QPoint(1, 6), whole.bottomRight() + QPoint(1, 6)


# By mouse.


def test_that_shift_and_a_click_take_everything_between(grid: WeekGrid, qtbot) -> None:
    qtbot.mouseClick(grid.viewport(), LEFT, pos=grip(grid, "gym"))
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, grip(grid, "late"))

    assert set(grid.selection) == {"gym", "talk", "late"}
    assert grid.current == "late"

    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, grip(grid, "talk"))
    assert set(grid.selection) == {"gym", "talk"}


def test_that_a_frame_takes_what_it_meets_and_ctrl_adds_to_it(grid: WeekGrid, qtbot) -> None:
    start, end = around(grid, "talk", "late")
    drag(grid, start, end)
    assert set(grid.selection) == {"talk", "late"}
    grid.grab()
    drop(grid, end)
    assert grid.marked is None

    start, end = around(grid, "linked")
    mouse(grid, QEvent.Type.MouseButtonPress, start, CTRL)
    mouse(grid, QEvent.Type.MouseMove, end, CTRL)
    drop(grid, end)
    assert set(grid.selection) == {"talk", "late", "linked"}


def test_that_escape_takes_a_frame_back(grid: WeekGrid, qtbot) -> None:
    grid.select(["gym"])
    start, end = around(grid, "talk", "late")
    mouse(grid, QEvent.Type.MouseButtonPress, start, CTRL)
    mouse(grid, QEvent.Type.MouseMove, end, CTRL)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    drop(grid, end)

    assert grid.selection == ("gym",)


def test_that_a_click_on_one_of_several_leaves_it_alone(grid: WeekGrid, qtbot) -> None:
    grid.select(["gym", "talk"])
    qtbot.mouseClick(grid.viewport(), LEFT, pos=grip(grid, "gym"))

    assert grid.selection == ("gym",)


def test_that_a_click_on_nothing_marks_the_place(grid: WeekGrid, qtbot) -> None:
    place = grid.place_of(DAYS[3].date, "gym", NOON)
    with qtbot.waitSignal(grid.mark_changed) as told:
        qtbot.mouseClick(grid.viewport(), LEFT, pos=place + QPoint(0, 3))

    assert told.args == [Spot(DAYS[3].date, "gym", NOON)]
    assert grid.paste_spot() == grid.marked
    grid.grab()

    qtbot.mouseClick(grid.viewport(), LEFT, pos=grip(grid, "gym"))
    assert grid.marked is None


def test_that_several_are_dragged_together_and_keep_their_distance(grid: WeekGrid, qtbot) -> None:
    grid.select(["talk", "gym"])
    start = grip(grid, "gym")
    end = grid.place_of(DAYS[3].date, "gym", 10 * 60) + QPoint(0, 10)
    drag(grid, start, end)
    grid.grab()
    assert grid.moving == ("gym", "talk")
    with qtbot.waitSignal(grid.several_asked) as asked:
        drop(grid, end)

    days = DAYS[3].date
    assert [(t.key, t.day, t.lane, t.start_minute) for t in asked.args[0]] == [
        ("gym", days, "gym", 10 * 60),
        ("talk", days, "hall", 14 * 60),
    ]
    assert set(grid.selection) == {"gym", "talk"}


def test_that_what_is_dragged_together_stays_within_the_week_and_the_lanes(grid: WeekGrid) -> None:
    grid.select(["early", "measure"])
    end = grid.place_of(DAYS[3].date, "room", 9 * 60) + QPoint(0, 10)
    drag(grid, grip(grid, "early"), end)

    held: Any = grid._drag
    targets = held.targets
    assert [(t.key, t.day, t.lane) for t in targets] == [
        ("early", DAYS[1].date, "hall"),
        ("measure", DAYS[4].date, "room"),
    ]


def test_that_the_hardest_no_to_any_of_them_is_said(grid: WeekGrid) -> None:
    no = Slot(DAYS[2].date, "hall", 0, 24 * 60, "blocked", "The hall is taken")

    grid.slot_painter = lambda one: [no] if one.key == "talk" else []
    grid.select(["talk", "gym"])
    end = grid.place_of(DAYS[2].date, "gym", 9 * 60) + QPoint(0, 10)
    drag(grid, grip(grid, "gym"), end)
    grid.grab()

    found = grid.dragging
    assert found is not None
    assert (found.key, found.slot) == ("gym", no)


def test_that_what_can_not_be_moved_stays_when_the_others_go(grid: WeekGrid, qtbot) -> None:
    stuck = card("stuck", 2, "gym", 11, fixed=True)
    grid.show_week(DAYS, LANES, [*CARDS, stuck])
    grid.select(["stuck", "gym", "talk"])
    end = grid.place_of(DAYS[2].date, "gym", 9 * 60) + QPoint(0, 10)
    drag(grid, grip(grid, "gym"), end)
    with qtbot.waitSignal(grid.several_asked) as asked:
        drop(grid, end)

    assert [target.key for target in asked.args[0]] == ["gym", "talk"]


# By keyboard.


def test_that_shift_and_arrows_take_more_and_less(grid: WeekGrid, qtbot) -> None:
    grid.select(["talk"])
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    more: tuple[object, ...] = grid.selection
    qtbot.keyClick(grid, Qt.Key.Key_Up, SHIFT)
    assert (more, grid.selection) == (("talk", "late"), ("talk",))
    assert grid.current == "talk"


def test_that_ctrl_a_takes_the_whole_week(grid: WeekGrid, qtbot) -> None:
    grid.select(["talk"])
    QTest.keySequence(grid, QKeySequence(QKeySequence.StandardKey.SelectAll))

    assert set(grid.selection) == {one.key for one in CARDS}
    assert grid.current == "talk"


def test_that_alt_and_arrows_move_all_that_is_chosen(grid: WeekGrid, qtbot) -> None:
    grid.select(["talk", "gym"])
    with qtbot.waitSignal(grid.several_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Down, ALT)
    assert asked.args[0] == (
        Target("gym", DAYS[1].date, "gym", 9 * 60 + 15, 10 * 60 + 15),
        Target("talk", DAYS[1].date, "hall", 13 * 60 + 15, 14 * 60 + 45),
    )
    with qtbot.waitSignal(grid.several_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Right, ALT)
    assert {target.day for target in asked.args[0]} == {DAYS[2].date}
    with qtbot.waitSignal(grid.several_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Right, ALT | CTRL)
    assert [target.lane for target in asked.args[0]] == ["room", "gym"]


def test_that_ctrl_and_arrows_mark_a_place_beginning_at_the_card(grid: WeekGrid, qtbot) -> None:
    grid.select(["gym"])
    qtbot.keyClick(grid, Qt.Key.Key_Down, CTRL)
    qtbot.keyClick(grid, Qt.Key.Key_Right, CTRL)
    qtbot.keyClick(grid, Qt.Key.Key_Right, CTRL)
    assert grid.marked == Spot(DAYS[2].date, "hall", 9 * 60 + 15)
    assert grid.selection == ("gym",)

    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.marked is None


def test_that_a_mark_never_leaves_the_week(grid: WeekGrid, qtbot) -> None:
    grid.show_week(DAYS, LANES, [])
    for _times in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Left, CTRL)
        qtbot.keyClick(grid, Qt.Key.Key_Up, CTRL)

    assert grid.marked == Spot(DAYS[0].date, "hall", 8 * 60)


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (QKeySequence.StandardKey.Cut, "cut_asked"),
        (QKeySequence.StandardKey.Copy, "copy_asked"),
        (QKeySequence.StandardKey.Paste, "paste_asked"),
    ],
)
def test_that_the_usual_keys_cut_copy_and_paste(grid: WeekGrid, qtbot, key, signal) -> None:
    grid.select(["gym"])
    with qtbot.waitSignal(getattr(grid, signal)):
        QTest.keySequence(grid, QKeySequence(key))


def test_that_pasting_goes_to_the_mouse_until_a_key_is_used(grid: WeekGrid, qtbot) -> None:
    grid.select(["gym"])
    place = grid.place_of(DAYS[4].date, "room", 14 * 60) + QPoint(0, 3)
    mouse(grid, QEvent.Type.MouseMove, place)
    grid._corner = grid._pressed = None
    assert grid.paste_spot() == Spot(DAYS[4].date, "room", 14 * 60)

    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.paste_spot() is None


def test_that_the_mouse_points_nowhere_in_another_week(grid: WeekGrid) -> None:
    place = grid.place_of(DAYS[4].date, "room", 14 * 60)
    mouse(grid, QEvent.Type.MouseMove, place)
    later = [type(day)(day.date + timedelta(7), day.title) for day in DAYS]
    grid.show_week(later, LANES, [])

    assert grid.paste_spot() is None


def test_that_a_small_zoom_shows_more_of_the_day(grid: WeekGrid) -> None:
    grid.set_zoom(50)
    first, last = grid.hours_shown
    assert last - first > 12
    assert first <= 8
    assert last >= 17
    grid.grab()

    grid.set_zoom(200)
    assert grid.hours_shown == (8, 17)
    assert grid.verticalScrollBar().maximum() > 0


def test_that_a_screen_reader_knows_all_that_is_chosen(grid: WeekGrid) -> None:
    grid.select(["talk", "gym"])
    access = QAccessible.queryAccessibleInterface(grid)
    chosen = [
        access.child(n).text(QAccessible.Text.Name)
        for n in range(access.childCount())
        if access.child(n).state().selected
    ]

    assert chosen == ["Talk", "Exercise 3, Tuesday 9 to 10"]
