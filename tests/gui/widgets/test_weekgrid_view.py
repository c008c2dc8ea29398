from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication

from painprogram.gui import theme
from painprogram.gui.widgets.weekgrid import Card, Day, Lane, WeekGrid
from tests.gui.widgets.weeks import (
    CARDS,
    DAYS,
    LANES,
    MONDAY,
    NOON,
    card,
    grip,
    mouse,
)

# Choosing.


def test_that_a_click_chooses_and_ctrl_adds(grid: WeekGrid, qtbot) -> None:
    left, ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(grid.viewport(), left, pos=grip(grid, "gym"))
    qtbot.mouseClick(grid.viewport(), left, ctrl, grip(grid, "talk"))
    assert list(grid.selection) == ["gym", "talk"]
    assert grid.current == "talk"

    qtbot.mouseClick(grid.viewport(), left, ctrl, grip(grid, "gym"))
    assert list(grid.selection) == ["talk"]

    qtbot.mouseClick(grid.viewport(), left, pos=grid.place_of(DAYS[4].date, "gym", NOON))
    assert list(grid.selection) == []
    assert grid.current is None


def test_that_a_new_week_keeps_what_is_chosen_and_the_place(grid: WeekGrid) -> None:
    grid.set_zoom(175)
    grid.select(["gym"])
    grid.verticalScrollBar().setValue(120)
    later = card("gym", 1, "gym", 10, kind="exercise")
    grid.show_week(DAYS, LANES, [c if c.key != "gym" else later for c in CARDS])

    assert (grid.current, grid.selection) == ("gym", ("gym",))
    assert grid.verticalScrollBar().value() == 120


def test_that_a_card_that_is_gone_is_no_longer_current(grid: WeekGrid, qtbot) -> None:
    grid.select(["gym"])
    with qtbot.waitSignal(grid.current_changed) as signal:
        grid.show_week(DAYS, LANES, CARDS[2:])

    assert signal.args == [None]
    assert grid.selection == ()


def test_that_a_card_moved_by_key_is_followed(grid: WeekGrid, qtbot) -> None:
    grid.set_zoom(200)
    grid.select(["talk"])
    grid.show_card("talk")
    grid.verticalScrollBar().setValue(0)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    grid.show_week(DAYS, LANES, CARDS)

    assert grid.viewport().rect().contains(grid.rect_of("talk"))


# The layout.


def test_that_cards_at_the_same_time_share_the_width_of_their_lane(grid: WeekGrid) -> None:
    lone = grid.rect_of("gym").width()
    grid.show_week(
        DAYS,
        LANES,
        [
            card("a", 1, "gym", 9),
            card("b", 1, "gym", 9.5),
            card("c", 1, "gym", 10),
            card("d", 1, "gym", 11),
        ],
    )
    a, b, c, d = (grid.rect_of(key) for key in "abcd")

    assert not a.intersects(b)
    assert not b.intersects(c)
    assert a.left() == c.left() < b.left()
    assert a.width() < lone // 2
    assert d.width() == lone


def test_that_many_lanes_scroll_sideways_under_fixed_hours(grid: WeekGrid) -> None:
    lanes = [Lane(n, f"Lane {n}") for n in range(12)]
    grid.show_week(DAYS, lanes, [])

    assert grid.horizontalScrollBar().maximum() > 0
    assert grid.rect_of("gym").isEmpty()


def test_that_a_closed_day_without_cards_is_narrow_and_one_with_cards_is_not(
    grid: WeekGrid,
) -> None:
    closed = [*DAYS[:4], Day(DAYS[4].date, "Fri 13", "Fri", closed="Staff training")]

    def width() -> int:
        left, right = (grid.place_of(DAYS[4].date, lane, NOON).x() for lane in ("hall", "room"))
        return right - left

    grid.show_week(closed, LANES, CARDS)
    narrow = width()
    grid.grab()
    grid.show_week(closed, LANES, [*CARDS, card("odd", 4, "hall", 9)])
    grid.grab()

    assert narrow * 3 < width()


def in_state(plain: Card, state: str) -> Card:
    values: dict[str, Any] = {state: True}
    return replace(plain, **values)


@pytest.mark.parametrize("count", [1, 5, 7])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_any_week_can_be_painted(grid: WeekGrid, qapp, count: int, scheme) -> None:
    theme.apply(qapp, scheme)
    days = [Day(MONDAY + timedelta(i), f"Day {i}", past=i == 0, today=i == 1) for i in range(count)]
    full = card("", 0, "hall", 8, 45, corner="3 of 8", subtitle="AB + CD", badge="A")
    full = replace(full, used=9, total=10, title="A rather long title")
    states = ["conflict", "acknowledged", "cancelled", "locked", "linked", "past", "changed"]
    kinds = [*theme.tokens().kinds, "other"]
    cards = [
        in_state(replace(full, key=state, lane=LANES[n % 3].key, kind=kind), state)
        for n, (state, kind) in enumerate(zip(states, kinds, strict=True))
    ]
    grid.show_week(days, LANES, cards)
    grid.select(["locked"])
    for size in ((1100, 760), (420, 300)):
        grid.resize(*size)
        image = grid.grab().toImage()
        assert not image.isNull()
    theme.apply(qapp, "light")


def test_that_an_empty_week_can_be_painted_and_used(qtbot) -> None:
    grid = WeekGrid()
    qtbot.addWidget(grid)
    grid.resize(600, 400)
    grid.show()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    mouse(grid, QEvent.Type.MouseButtonPress, QPoint(50, 50))
    mouse(grid, QEvent.Type.MouseButtonDblClick, QPoint(50, 50))
    grid.grab()

    assert grid.current is None


def test_that_ctrl_and_the_wheel_zooms_around_the_pointer(grid: WeekGrid, qtbot) -> None:
    grid.set_zoom(175)
    grid.verticalScrollBar().setValue(300)
    place = grid.place_of(DAYS[1].date, "gym", NOON)
    event = QWheelEvent(
        QPointF(place),
        QPointF(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(grid.zoom_changed) as signal:
        QApplication.sendEvent(grid.viewport(), event)

    assert signal.args == [200]
    assert abs(grid.place_of(DAYS[1].date, "gym", NOON).y() - place.y()) <= 1


def test_that_a_larger_font_makes_a_larger_grid(grid: WeekGrid, qapp, qtbot) -> None:
    before, height = qapp.font(), grid.rect_of("gym").height()
    large = qapp.font()
    large.setPointSizeF(20)
    qapp.setFont(large)
    qtbot.waitUntil(lambda: grid.rect_of("gym").height() > height)
    grid.grab()
    qapp.setFont(before)
    qtbot.waitUntil(lambda: grid.rect_of("gym").height() == height)


# Screen readers.


def test_that_a_screen_reader_meets_every_card(grid: WeekGrid) -> None:
    access = QAccessible.queryAccessibleInterface(grid)
    items = [access.child(index) for index in range(access.childCount())]
    names = [item.text(QAccessible.Text.Name) for item in items]

    assert access.role() == QAccessible.Role.List
    assert access.text(QAccessible.Text.Name) == grid.accessibleName() != ""
    assert names == ["Early", "Talk", "Late", "Exercise 3, Tuesday 9 to 10", "Linked", "Measure"]
    assert {item.role() for item in items} == {QAccessible.Role.ListItem}
    assert items[3].rect() == grid.rect_on_screen("gym")
    assert access.indexOfChild(items[3]) == 3


def test_that_a_screen_reader_knows_which_card_has_the_keyboard(grid: WeekGrid, qtbot) -> None:
    grid.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    grid.select(["talk"])
    access = QAccessible.queryAccessibleInterface(grid)
    state = access.child(1).state()

    assert access.focusChild().text(QAccessible.Text.Name) == "Talk"
    assert state.focused
    assert state.selected


def test_that_a_card_that_is_gone_is_not_valid_to_a_screen_reader(grid: WeekGrid) -> None:
    item = QAccessible.queryAccessibleInterface(grid).child(0)
    grid.show_week(DAYS, LANES, CARDS[1:])

    assert not item.isValid()
    assert item.text(QAccessible.Text.Name) == ""
