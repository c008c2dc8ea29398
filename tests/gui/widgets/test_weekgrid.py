import pytest
from PySide6.QtCore import QEvent, QPoint, Qt

from painprogram.gui.widgets.weekgrid import Card, Day, Slot, Target, WeekGrid
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
    move,
    target,
)

# Dragging.


def test_that_a_dragged_card_asks_for_its_new_place(grid: WeekGrid, qtbot) -> None:
    move(grid, "gym", 3, "hall", NOON)
    assert grid.dragging is not None
    with qtbot.waitSignal(grid.move_asked) as asked:
        drop(grid, QPoint())

    assert asked.args == ["gym", DAYS[3].date, NOON, "hall"]
    assert grid.dragging is None


def test_that_the_grid_never_moves_a_card_itself(grid: WeekGrid) -> None:
    move(grid, "gym", 3, "hall", NOON)
    drop(grid, QPoint())

    assert grid.card("gym") == CARDS[1]


def test_that_a_drag_snaps_to_quarters_and_with_alt_to_five_minutes(grid: WeekGrid) -> None:
    grid.set_zoom(110)
    move(grid, "gym", 3, "hall", NOON + 4)
    assert target(grid).start_minute == NOON
    grid.cancel_drag()

    move(grid, "gym", 3, "hall", NOON + 4, held=Qt.KeyboardModifier.AltModifier)
    assert target(grid).start_minute == NOON + 5


def test_that_a_large_zoom_snaps_to_five_minutes(grid: WeekGrid) -> None:
    assert grid.snap == 15
    grid.set_zoom(150)
    assert grid.snap == 5


def test_that_a_card_stays_within_the_hours_shown(grid: WeekGrid) -> None:
    point = grip(grid, "gym")
    drag(grid, point, point - QPoint(0, 2000))
    assert target(grid).start_minute == 8 * 60
    drag(grid, point, point + QPoint(0, 4000))
    assert target(grid).end_minute == 17 * 60


def test_that_escape_leaves_the_card_where_it_was(grid: WeekGrid, qtbot) -> None:
    asked: list[object] = []
    grid.move_asked.connect(lambda *what: asked.append(what))
    move(grid, "gym", 3, "hall", NOON)
    with qtbot.waitSignal(grid.drag_ended):
        qtbot.keyClick(grid, Qt.Key.Key_Escape)
    drop(grid, QPoint())

    assert grid.dragging is None
    assert asked == []


def test_that_a_card_dropped_where_it_was_asks_for_nothing(grid: WeekGrid) -> None:
    asked: list[object] = []
    grid.move_asked.connect(lambda *what: asked.append(what))
    point = grip(grid, "gym")
    drag(grid, point, point + QPoint(0, 200))
    mouse(grid, QEvent.Type.MouseMove, point)
    drop(grid, point)

    assert asked == []


@pytest.mark.parametrize("state", ["cancelled", "fixed"])
def test_that_a_card_that_is_not_ours_to_move_cannot_be_dragged(grid: WeekGrid, state) -> None:
    grid.show_week(DAYS, LANES, [card("stuck", 2, "gym", 9, **{state: True})])
    move(grid, "stuck", 3, "hall", NOON)

    assert grid.dragging is None
    assert grid.current == "stuck"


def test_that_the_slots_say_how_a_place_takes_to_the_card(grid: WeekGrid) -> None:
    blocked = Slot(DAYS[3].date, "hall", NOON, NOON + 60, "blocked", "No", blocker="talk")
    unsure = Slot(DAYS[3].date, "hall", NOON - 60, NOON, "acknowledge", "No mats")
    free = Slot(DAYS[4].date, "hall", NOON, NOON + 60, "free")
    asked: list[Card] = []

    def paint(dragged: Card) -> list[Slot]:
        asked.append(dragged)
        return [blocked, unsure, free]

    grid.slot_painter = paint
    seen: list[Target] = []
    grid.drag_moved.connect(seen.append)
    move(grid, "gym", 4, "hall", NOON)
    assert seen[-1].slot == free
    grid.cancel_drag()

    move(grid, "gym", 3, "hall", NOON - 30)
    assert seen[-1].slot == blocked  # the hardest of the two it touches
    assert asked == [CARDS[1]] * 2
    grid.grab()


def test_that_a_drag_ends_when_the_card_has_gone(grid: WeekGrid, qtbot) -> None:
    move(grid, "gym", 3, "hall", NOON)
    with qtbot.waitSignal(grid.drag_ended):
        grid.show_week(DAYS, LANES, [c for c in CARDS if c.key != "gym"])

    assert grid.dragging is None


def test_that_the_lower_edge_makes_a_card_longer(grid: WeekGrid, qtbot) -> None:
    rect = grid.rect_of("gym")
    edge = QPoint(rect.center().x(), rect.bottom() - 1)
    end = grid.place_of(DAYS[1].date, "gym", 10 * 60 + 30)
    drag(grid, edge, QPoint(edge.x(), end.y()))
    with qtbot.waitSignal(grid.resize_asked) as asked:
        drop(grid, end)

    assert asked.args == ["gym", 90]


# The keyboard.


@pytest.mark.parametrize(
    ("key", "held", "asked"),
    [
        (Qt.Key.Key_Up, "alt", (1, 525, "gym")),
        (Qt.Key.Key_Down, "alt", (1, 555, "gym")),
        (Qt.Key.Key_Left, "alt", (0, 540, "gym")),
        (Qt.Key.Key_Right, "alt", (2, 540, "gym")),
        (Qt.Key.Key_Left, "alt ctrl", (1, 540, "hall")),
        (Qt.Key.Key_Right, "alt ctrl", (1, 540, "room")),
    ],
)
def test_that_alt_and_an_arrow_moves_the_current_card(grid, qtbot, key, held, asked) -> None:
    grid.select(["gym"])
    modifiers = Qt.KeyboardModifier.AltModifier
    if "ctrl" in held:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(grid.move_asked) as signal:
        qtbot.keyClick(grid, key, modifiers)

    day, minute, lane = asked
    assert signal.args == ["gym", DAYS[day].date, minute, lane]


@pytest.mark.parametrize(("key", "minutes"), [(Qt.Key.Key_Up, 45), (Qt.Key.Key_Down, 75)])
def test_that_shift_alt_and_an_arrow_resizes(grid, qtbot, key, minutes) -> None:
    grid.select(["gym"])
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(grid.resize_asked) as signal:
        qtbot.keyClick(grid, key, both)

    assert signal.args == ["gym", minutes]


def test_that_a_day_that_is_closed_is_stepped_over(grid: WeekGrid, qtbot) -> None:
    days = [*DAYS[:2], Day(DAYS[2].date, "Wed", closed="Training"), *DAYS[3:]]
    grid.show_week(days, LANES, [c for c in CARDS if c.key != "linked"])
    grid.select(["gym"])
    with qtbot.waitSignal(grid.move_asked) as signal:
        qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert signal.args[1] == DAYS[3].date


def test_that_arrows_walk_to_the_nearest_card(grid: WeekGrid, qtbot) -> None:
    grid.select(["talk"])
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(grid, key)
        walked.append(grid.current)

    assert walked == ["late", "talk", "early", "gym"]


def test_that_home_and_end_stay_within_the_day_and_with_ctrl_go_through_the_week(grid, qtbot):
    grid.select(["talk"])
    walked = []
    for key, held in (
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier),
    ):
        qtbot.keyClick(grid, key, held)
        walked.append(grid.current)

    assert walked == ["gym", "late", "early", "measure"]


def test_that_enter_and_a_double_click_open_a_card(grid: WeekGrid, qtbot) -> None:
    grid.select(["talk"])
    with qtbot.waitSignal(grid.activated) as by_key:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    with qtbot.waitSignal(grid.activated) as by_mouse:
        mouse(grid, QEvent.Type.MouseButtonDblClick, grip(grid, "gym"))

    assert (by_key.args, by_mouse.args) == (["talk"], ["gym"])


def test_that_a_double_click_on_nothing_says_where(grid: WeekGrid, qtbot) -> None:
    point = grid.place_of(DAYS[4].date, "gym", 11 * 60 + 20)
    with qtbot.waitSignal(grid.empty_activated) as signal:
        mouse(grid, QEvent.Type.MouseButtonDblClick, point)

    assert signal.args == [DAYS[4].date, 11 * 60 + 15, "gym"]


def test_that_the_keyboard_finds_a_card_on_arrival(grid: WeekGrid, qtbot) -> None:
    assert grid.current is None
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)

    assert grid.current == "early"
