from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from painprogram.gui import theme
from painprogram.gui.widgets.termgrid import Cell, Line, Mark, Rest, TermGrid, WeekColumn
from painprogram.gui.widgets.termgrid_layout import Layout

FIRST = date(2027, 1, 11)
ALT, ALT_SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
)
CTRL = Qt.KeyboardModifier.ControlModifier
KINDS = ("relaxation", "exercise", "lecture", "individual", "linked", "measurement")


def week(nth: int) -> date:
    return FIRST + timedelta(weeks=nth)


def weeks(many: int = 22) -> list[WeekColumn]:
    found = []
    for n in range(many):
        shut = ((3, "Ascension Day"),) if n == 6 else ()
        number = week(n).isocalendar().week
        found.append(
            WeekColumn(
                week(n),
                f"wk {number}",
                str(number),
                f"{week(n):%B %Y}",
                today=1 if n == 2 else None,
                past=n < 2,
                closed="Winter holiday" if n == 5 else "",
                shut=shut,
                tooltip=f"Week {number}",
            )
        )
    return found


def mark(key: str, kind: str = "relaxation", **named: object) -> Mark:
    return Mark(key, kind, accessible_text=f"{key} told.", tooltip=key, **named)  # type: ignore[arg-type]


def lines() -> list[Line]:
    return [
        Line(
            "a",
            "Group A",
            "A",
            "Open",
            7,
            10,
            accessible_text="Group A, 7 of 10.",
            cells={
                week(2): (mark("a1", text="1"), mark("a2", "exercise", text="1")),
                week(3): tuple(mark(f"v{n}", KINDS[n % 6]) for n in range(9)),
                week(4): (mark("own", conflict=True), mark("other", "linked", fixed=True)),
            },
        ),
        Line("b", "Group B", "B", rests=(Rest(week(1), week(3), "Paused: ill"),)),
        Line("c", "Group C", "C", cells={week(21): (mark("c1", cancelled=True),)}),
    ]


@pytest.fixture
def grid(qapp: QApplication, qtbot) -> TermGrid:
    theme.apply(qapp, "light")
    made = TermGrid()
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show_term(weeks(), lines())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def at(grid: TermGrid, row: str, nth: int) -> None:
    grid.go(Cell(row, week(nth)))


def test_that_the_keyboard_begins_in_this_week(grid: TermGrid) -> None:
    assert grid.current == Cell("a", week(2))


def test_that_arrows_walk_the_cells_and_stop_at_the_edges(grid: TermGrid, qtbot) -> None:
    for key, wanted in (
        (Qt.Key.Key_Right, Cell("a", week(3))),
        (Qt.Key.Key_Down, Cell("b", week(3))),
        (Qt.Key.Key_Left, Cell("b", week(2))),
        (Qt.Key.Key_Home, Cell("b", week(0))),
        (Qt.Key.Key_Left, Cell("b", week(0))),
        (Qt.Key.Key_End, Cell("b", week(21))),
        (Qt.Key.Key_PageDown, Cell("c", week(21))),
        (Qt.Key.Key_Down, Cell("c", week(21))),
    ):
        qtbot.keyClick(grid, key)
        assert grid.current == wanted
    qtbot.keyClick(grid, Qt.Key.Key_Home, CTRL)
    assert grid.current == Cell("a", week(0))


def test_that_tab_goes_through_what_stands_in_the_cell_and_then_leaves(qapp, qtbot) -> None:
    theme.apply(qapp, "light")
    window, grid, after = QWidget(), TermGrid(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(grid)
    column.addWidget(after)
    grid.show_term(weeks(), lines())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    grid.setFocus()
    chosen: list[object] = []
    grid.mark_chosen.connect(chosen.append)

    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert chosen == ["a1", "a2"]
    qtbot.keyClick(grid, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert grid.chosen == "a1"
    for _press in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Tab)

    assert qapp.focusWidget() is after


def test_that_space_goes_round_and_escape_lets_go(grid: TermGrid, qtbot) -> None:
    for wanted in ("a1", "a2", "a1"):
        qtbot.keyClick(grid, Qt.Key.Key_Space)
        assert grid.chosen == wanted
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.chosen is None
    assert grid.current == Cell("a", week(2))


def test_that_enter_opens_the_week(grid: TermGrid, qtbot) -> None:
    at(grid, "b", 7)
    with qtbot.waitSignal(grid.week_activated) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [week(7)]


def test_that_alt_and_an_arrow_asks_to_move_what_is_chosen(grid: TermGrid, qtbot) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    with qtbot.waitSignal(grid.shift_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Right, ALT)
    assert asked.args == ["a1", 1]
    with qtbot.waitSignal(grid.row_shift_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Left, ALT_SHIFT)
    assert asked.args == ["a", -1]


def test_that_what_is_fixed_is_not_moved(grid: TermGrid, qtbot) -> None:
    grid.choose("other")
    with qtbot.assertNotEmitted(grid.shift_asked):
        qtbot.keyClick(grid, Qt.Key.Key_Right, ALT)


def test_that_the_keyboard_follows_a_mark_that_was_moved(grid: TermGrid, qtbot) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    chosen: list[object] = []
    grid.mark_chosen.connect(chosen.append)
    first, *rest = lines()
    cells = {**first.cells, week(2): first.cells[week(2)][1:], week(9): first.cells[week(2)][:1]}

    grid.show_term(weeks(), [Line("a", "Group A", "A", used=7, total=10, cells=cells), *rest])

    assert grid.current == Cell("a", week(9))
    assert grid.chosen == "a1"
    assert chosen == []


def test_that_a_mark_that_is_gone_is_let_go_and_its_cell_kept(grid: TermGrid, qtbot) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_Space)

    grid.show_term(weeks(), [Line("a", "Group A"), *lines()[1:]])

    assert grid.chosen is None
    assert grid.current == Cell("a", week(2))


def test_that_the_keyboard_stays_near_when_its_row_goes(grid: TermGrid) -> None:
    at(grid, "c", 4)
    grid.show_term(weeks(3), lines()[:1])
    assert grid.current == Cell("a", week(2))
    grid.show_term((), ())
    assert grid.current is None


def test_that_a_click_chooses_a_mark_and_a_click_beside_it_the_cell(grid: TermGrid, qtbot) -> None:
    cell, button = Cell("a", week(2)), Qt.MouseButton.LeftButton
    qtbot.mouseClick(grid.viewport(), button, pos=grid.rect_of(cell, "a2").center())
    assert grid.chosen == "a2"

    empty = grid.rect_of(Cell("c", week(3))).center()
    qtbot.mouseClick(grid.viewport(), button, pos=empty)
    assert grid.current == Cell("c", week(3))
    assert [grid.chosen] == [None]

    with qtbot.waitSignal(grid.week_activated) as opened:
        qtbot.mouseDClick(grid.viewport(), button, pos=empty)
    assert opened.args == [week(3)]


def drag(grid: TermGrid, qtbot, mark: str, to: QPoint) -> None:
    """From where *mark* stands in the third week; the button stays down."""
    start = grid.rect_of(Cell("a", week(2)), mark).center()
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for x in (start.x() + 3, (start.x() + to.x()) // 2, to.x()):
        qtbot.mouseMove(grid.viewport(), QPoint(x, to.y()))


def test_that_a_mark_is_dragged_along_its_row(grid: TermGrid, qtbot) -> None:
    there, button = grid.rect_of(Cell("b", week(6))).center(), Qt.MouseButton.LeftButton
    drag(grid, qtbot, "a2", there)
    before = grid.grab().toImage()
    with qtbot.waitSignal(grid.shift_asked) as asked:
        qtbot.mouseRelease(grid.viewport(), button, pos=there)
    assert asked.args == ["a2", 4]
    assert grid.grab().toImage() != before

    drag(grid, qtbot, "a2", there)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(grid.shift_asked):
        qtbot.mouseRelease(grid.viewport(), button, pos=there)


def test_that_a_click_with_control_chooses_several(grid: TermGrid, qtbot) -> None:
    button = Qt.MouseButton.LeftButton
    places = [grid.rect_of(Cell("a", week(2)), key).center() for key in ("a1", "a2")]
    places.append(grid.rect_of(Cell("a", week(4)), "own").center())
    qtbot.mouseClick(grid.viewport(), button, pos=places[0])
    for place in places[1:]:
        qtbot.mouseClick(grid.viewport(), button, CTRL, pos=place)
    assert grid.kept == {"a1", "a2", "own"}
    qtbot.mouseClick(grid.viewport(), button, CTRL, pos=places[1])
    assert grid.kept == {"a1", "own"}

    grid.show_term(weeks(), [Line("a", "A", cells={week(2): (mark("a1"),)}), *lines()[1:]])
    assert grid.kept == {"a1"}
    qtbot.mouseClick(grid.viewport(), button, pos=grid.rect_of(Cell("b", week(3))).center())
    assert grid.kept == set()


def test_that_the_menu_key_asks_at_what_is_chosen(grid: TermGrid, qtbot) -> None:
    grid.choose("a2")
    asked: list[object] = []
    grid.context_menu_asked.connect(lambda key, where: asked.append((key, where)))
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(grid, key)
    assert asked == [("a2", grid.rect_on_screen(Cell("a", week(2)), "a2").center())]


def test_that_a_name_clicked_is_walked_to_and_double_clicked_is_opened(
    grid: TermGrid, qtbot
) -> None:
    names = grid.findChild(QWidget, "term_names")
    where = QPoint(40, grid.rect_of(Cell("b", week(0))).center().y())
    qtbot.mouseClick(names, Qt.MouseButton.LeftButton, pos=where)
    assert grid.current == Cell("b", week(2))
    with qtbot.waitSignal(grid.row_activated) as opened:
        qtbot.mouseDClick(names, Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == ["b"]


def test_that_every_mark_has_its_place_in_its_cell_and_the_rest_is_counted() -> None:
    layout = Layout(weeks(), lines(), room=1000, least=38, scale=1.0)
    cell = Cell("a", week(3))

    placed = layout.placed(cell)

    assert all(layout.rect(cell).contains(one.rect) for one in placed)
    assert not any(
        one.rect.intersects(other.rect) for one in placed for other in placed if one is not other
    )
    assert placed[-1].more == 9 - (len(placed) - 1)


def test_that_a_chosen_mark_is_seen_though_it_had_no_place() -> None:
    layout = Layout(weeks(), lines(), room=1000, least=38, scale=1.0)

    placed = layout.placed(Cell("a", week(3)), "v8")

    assert "v8" in [one.mark.key for one in placed]
    assert placed[-1].more == 9 - (len(placed) - 1)


@pytest.mark.parametrize("least", [18, 32, 38])
@pytest.mark.parametrize("scale", [1.0, 1.4, 2.0])
def test_that_marks_stay_in_their_cells_at_every_size(least: int, scale: float) -> None:
    layout = Layout(weeks(52), lines(), room=1000, least=round(least * scale), scale=scale)
    for line in layout.lines:
        for monday in line.cells:
            cell = Cell(line.key, monday)
            for placed in layout.placed(cell):
                assert layout.rect(cell).contains(placed.rect)


def test_that_columns_fill_the_room_and_scroll_when_they_cannot() -> None:
    wide = Layout(weeks(), lines(), room=1234, least=38, scale=1.0)
    narrow = Layout(weeks(52), lines(), room=500, least=18, scale=1.0)

    assert wide.left(22) == wide.width == 1234
    assert narrow.width == 52 * 18
    assert [wide.column_at(wide.left(n)) for n in range(22)] == list(range(22))


def test_that_walking_scrolls_the_cell_into_view(grid: TermGrid, qtbot) -> None:
    grid.resize(QSize(500, 160))
    qtbot.keyClick(grid, Qt.Key.Key_End, CTRL)

    cell = Cell("c", week(21))
    assert grid.current == cell
    assert grid.viewport().rect().contains(grid.rect_of(cell))


def test_that_a_screen_reader_meets_rows_cells_and_marks(grid: TermGrid) -> None:
    table = QAccessible.queryAccessibleInterface(grid)
    assert table.role() == QAccessible.Role.Table
    rows = [table.child(n) for n in range(table.childCount())]
    name = QAccessible.Text.Name
    assert [row.text(name) for row in rows] == ["Group A, 7 of 10.", "Group B", "Group C"]
    cells = [rows[0].child(n) for n in range(rows[0].childCount())]
    assert len(cells) == 22
    assert cells[2].text(name) == "Group A, wk 4: a1 told. a2 told."
    assert cells[5].text(name) == "Group A, wk 7: Closed: Winter holiday."
    assert cells[7].text(name) == "Group A, wk 9: nothing"
    assert rows[1].child(2).text(name) == "Group B, wk 4: Paused: ill."
    assert [cells[2].child(n).text(name) for n in range(2)] == ["a1 told.", "a2 told."]
    assert cells[2].child(0).parent().text(name) == cells[2].text(name)
    assert rows[0].indexOfChild(cells[2]) == 2
    assert table.indexOfChild(rows[1]) == 1


def test_that_a_screen_reader_is_told_where_the_keyboard_is(grid: TermGrid, qtbot) -> None:
    table = QAccessible.queryAccessibleInterface(grid)
    assert table.focusChild().text(QAccessible.Text.Name).startswith("Group A, wk 4")
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    focused = table.focusChild()
    assert focused.text(QAccessible.Text.Name) == "a1 told."
    assert focused.state().focused
    place = grid.rect_on_screen(Cell("a", week(2)), "a1").center()
    found = table.childAt(place.x(), place.y()).childAt(place.x(), place.y())
    assert found.childAt(place.x(), place.y()).text(QAccessible.Text.Name) == "a1 told."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_it_paints_in_both_themes_at_every_width(grid: TermGrid, qapp, scheme: str) -> None:
    theme.apply(qapp, scheme)  # type: ignore[arg-type]
    for wide, least in ((1100, 38), (700, 32), (400, 18)):
        grid.resize(wide, 400)
        grid.set_least_width(least)
        assert not grid.grab().isNull()
    theme.apply(qapp, "light")


def test_that_the_wheel_with_control_asks_for_another_zoom(grid: TermGrid, qtbot) -> None:
    for key, wanted in ((Qt.Key.Key_Plus, 1), (Qt.Key.Key_Minus, -1), (Qt.Key.Key_0, 0)):
        with qtbot.waitSignal(grid.zoom_asked) as asked:
            qtbot.keyClick(grid, key, CTRL)
        assert asked.args == [wanted]
