from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.people import Centre
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.rules import Level, Rule
from painprogram.domain.sessions import Session
from painprogram.domain.terms import Reach, monday_of
from painprogram.gui import theme
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.menu import CardMenu
from painprogram.gui.sessions.term_view import TermView
from painprogram.gui.widgets.termgrid import Cell, Mark
from painprogram.storage.tables import PauseRow
from painprogram.usecases import (
    Database,
    centres,
    clashes,
    groups,
    publications,
    rules,
    schedules,
    sessions,
)
from tests import make
from tests.gui.sessions.weeks_screen import WeeksScreen, clashing
from tests.make import MONDAY

WEEK = timedelta(weeks=1)
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[], WeeksScreen[TermView]]


@pytest.fixture
def term(qtbot, qapp, database: Database, centre: Centre, tmp_path: Path) -> Iterator[Open]:
    theme.apply(qapp, "light")
    opened: list[WeeksScreen[TermView]] = []

    def screen() -> WeeksScreen[TermView]:
        opened.append(WeeksScreen(TermView, qtbot, database, centre, tmp_path))
        return opened[-1]

    yield screen
    for each in opened:
        each.close()


def test_that_groups_stand_down_and_the_weeks_of_the_term_across(
    term: Open, database: Database, centre: Centre, group: Group
) -> None:
    make.group(database, centre, "H27 B", MONDAY + 2 * WEEK, status=GroupStatus.DRAFT)

    grid = term().view.grid

    assert [line.title for line in grid.lines] == ["H26 A", "H27 B"]
    assert [line.detail for line in grid.lines] == ["Open", "Draft"]
    assert [week.short for week in grid.weeks] == [str(n) for n in range(2, 24)]
    assert grid.weeks[0].month == "January 2027"
    assert [week.today for week in grid.weeks][:2] == [0, None]
    kinds = [mark.kind for mark in grid.marks(Cell(group.id, MONDAY))]
    assert set(kinds) <= {"relaxation", "exercise", "lecture"}
    assert kinds


def test_that_a_mark_says_all_about_its_session(
    term: Open, database: Database, group: Group
) -> None:
    first = make.of_strand(database, group.id, "relaxation")[0]

    screen = term()

    (mark,) = (
        one
        for one in screen.view.grid.marks(Cell(group.id, MONDAY))
        if one.key == (group.id, first.id)
    )
    assert mark.text == "1"
    assert mark.accessible_text.startswith("Relaxation 1 of 8, H26 A. ")
    assert first.room_name in mark.accessible_text
    table = QAccessible.queryAccessibleInterface(screen.view.grid)
    assert mark.accessible_text in table.child(0).child(0).text(QAccessible.Text.Name)


def test_that_clashes_red_days_and_closed_weeks_are_marked(
    term: Open, database: Database, centre: Centre, group: Group
) -> None:
    relaxing, exercise = clashing(database, centre, group)
    centres.close(database, centre.id, date(2027, 5, 24), date(2027, 5, 28), "planning")

    grid = term().view.grid

    marks = {mark.key[1]: mark for mark in grid.marks(Cell(group.id, MONDAY))}  # type: ignore[index]
    assert marks[relaxing].conflict
    assert marks[exercise].conflict
    assert "Clash: " in marks[relaxing].tooltip
    by_number = {week.short: week for week in grid.weeks}
    assert by_number["21"].closed == "Planning"
    assert dict(by_number["12"].shut) == {4: "Good Friday"}
    assert "Good Friday" in by_number["12"].tooltip


def test_that_a_paused_group_is_hatched_and_says_so(
    term: Open, database: Database, group: Group
) -> None:
    with database.change("Pause") as db:
        first = MONDAY - WEEK
        db.add(PauseRow(group_id=group.id, first=first, last=None, reason="ill", sessions=[]))

    (line,) = term().view.grid.lines

    assert line.detail == "Paused since 4 Jan"
    rest = line.rest(MONDAY)
    assert rest is not None
    assert rest.reason == "Paused: ill"


def test_that_an_acknowledged_clash_is_told_with_its_reason_and_warns_no_more(
    term: Open, database: Database, centre: Centre, group: Group
) -> None:
    relaxing, exercise = clashing(database, centre, group)
    for rule in Rule:
        rules.set_level(database, centre.id, rule, Level.ACKNOWLEDGE)
    for clash in clashes.found(database, MONDAY, MONDAY + WEEK, centre.id, today=MONDAY):
        if clash.to_acknowledge:
            clashes.acknowledge(database, clash, "agreed")

    grid = term().view.grid

    mark = next(m for m in grid.marks(Cell(group.id, MONDAY)) if m.key == (group.id, relaxing))
    assert (mark.conflict, mark.acknowledged) == (False, True)
    assert "Reason: agreed" in mark.tooltip
    assert exercise


def test_that_what_the_draft_changed_is_dotted_and_says_what_was_told(
    term: Open, database: Database, group: Group
) -> None:
    first, second = make.of_strand(database, group.id, "relaxation")[:2]
    publications.publish(database, group.id)
    sessions.move(database, first.id, first.start + timedelta(minutes=15))

    grid = term().view.grid

    def mark(session: Session) -> Mark:
        cell = Cell(group.id, monday_of(session.start.date()))
        return next(one for one in grid.marks(cell) if one.key == (group.id, session.id))

    assert mark(first).changed
    assert "Changed since it was published: " in mark(first).tooltip
    assert not mark(second).changed


def test_that_a_visit_stands_in_the_row_of_its_group_without_a_name(
    term: Open, database: Database, centre: Centre, group: Group
) -> None:
    enrolment = make.placed(database, centre, group.id, given="Ingeborg")
    schedules.add_visit(database, enrolment.id, datetime(2027, 1, 12, 9), 60, title="Secret")

    (line,) = term().view.grid.lines

    *_rest, visit = line.marks(MONDAY)
    assert visit.kind == "individual"
    assert "Individual visit" in visit.tooltip
    assert not {"Ingeborg", "Secret"} & set(visit.tooltip.split())


def test_that_a_chosen_mark_is_told_and_enter_opens_its_week(term: Open, group: Group) -> None:
    screen = term()

    screen.key(Qt.Key.Key_Right)
    screen.key(Qt.Key.Key_Space)
    screen.key(Qt.Key.Key_Return)

    (chosen,) = screen.chosen
    assert screen.view.held == chosen
    assert screen.weeks == [screen.view.held.start.date()]  # type: ignore[union-attr]
    assert MONDAY + WEEK <= screen.weeks[0] < MONDAY + 2 * WEEK


def test_that_enter_opens_the_week_of_an_empty_cell(term: Open, group: Group) -> None:
    screen = term()
    screen.key(Qt.Key.Key_End)
    screen.key(Qt.Key.Key_Return)
    assert screen.weeks == [date(2027, 6, 7)]


def test_that_keys_ask_for_what_the_page_can_do(term: Open, group: Group) -> None:
    screen = term()
    screen.key(Qt.Key.Key_Delete)
    assert screen.verbs == []
    screen.key(Qt.Key.Key_Space)

    for key, held, verb in (
        (Qt.Key.Key_Right, ALT | SHIFT, "group_week_later"),
        (Qt.Key.Key_Left, ALT | SHIFT, "group_week_earlier"),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "time"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "cancel"),
        (Qt.Key.Key_X, CTRL, "cut"),
        (Qt.Key.Key_C, CTRL, "copy"),
        (Qt.Key.Key_V, CTRL, "paste"),
    ):
        screen.key(key, held)
        assert screen.verbs.pop() == verb
    assert screen.view.group_id == group.id


def test_that_several_are_chosen_and_asked_to_move_together(term: Open, group: Group) -> None:
    screen = term()
    asked: list[int] = []
    screen.view.weeks_asked.connect(asked.append)
    screen.key(Qt.Key.Key_Space)
    screen.key(Qt.Key.Key_Space, SHIFT)
    first = screen.view.held
    screen.key(Qt.Key.Key_Right)
    screen.key(Qt.Key.Key_Space)
    screen.key(Qt.Key.Key_Space, SHIFT)

    assert screen.view.held != first
    assert screen.view.selection == (first, screen.view.held)
    screen.key(Qt.Key.Key_Right, ALT)
    assert asked == [1]
    screen.key(Qt.Key.Key_Escape)
    assert not screen.view.selection


def test_that_what_was_moved_is_followed(term: Open, database: Database, group: Group) -> None:
    screen = term()
    screen.key(Qt.Key.Key_Space)
    held = screen.view.held
    assert held is not None

    sessions.move(database, held.id, held.start + 12 * WEEK)
    screen.settle()

    assert screen.view.held is not None
    assert screen.view.held.id == held.id
    assert screen.view.grid.current == Cell(group.id, MONDAY + 12 * WEEK)
    assert len(screen.chosen) == 1


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_menu_offers_what_a_card_offers(term: Open, group: Group) -> None:
    screen = term()
    screen.key(Qt.Key.Key_Space)
    grid = screen.view.grid
    grid.context_menu_asked.emit(grid.chosen, grid.mapToGlobal(grid.rect().center()))
    menu = screen.view.findChild(CardMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.data() == "room").trigger()
    assert screen.verbs == ["room"]
    menu.close()


def test_that_terms_are_stepped_and_zoomed_around_where_one_is(term: Open, group: Group) -> None:
    screen = term()
    view = screen.view
    screen.bot.mouseClick(screen.part("next_term"), Qt.MouseButton.LeftButton)
    screen.settle()
    assert view.period.title == "Autumn term 2027"
    screen.bot.mouseClick(screen.part("previous_term"), Qt.MouseButton.LeftButton)
    screen.settle()
    screen.view.grid.setFocus()
    screen.key(Qt.Key.Key_Right)
    for key, title, many in (
        (Qt.Key.Key_Minus, "First half of 2027", 26),
        (Qt.Key.Key_Minus, "2027", 52),
        (Qt.Key.Key_Minus, "2027", 52),
        (Qt.Key.Key_Plus, "First half of 2027", 26),
        (Qt.Key.Key_0, "Spring term 2027", 22),
    ):
        screen.key(key, CTRL)
        assert (view.period.title, len(view.grid.weeks)) == (title, many)
        assert view.grid.current == Cell(group.id, MONDAY + WEEK)


def test_that_the_zoom_is_remembered(term: Open, group: Group) -> None:
    term().view.show_reach(Reach.YEAR)
    assert term().view.period.reach is Reach.YEAR


def test_that_filters_leave_what_they_let_through(
    term: Open, database: Database, centre: Centre, group: Group
) -> None:
    other = make.group(database, centre, "H26 B")
    screen = term()
    view = screen.view

    view.set_filters(Filters(groups=frozenset({other.id})))
    assert [line.key for line in view.grid.lines] == [other.id]

    view.set_filters(Filters(kinds=frozenset({ModuleKind.EXERCISE})))
    kinds = {m.kind for line in view.grid.lines for marks in line.cells.values() for m in marks}
    assert kinds == {"exercise"}

    view.set_filters(Filters(kinds=frozenset({ModuleKind.MEASUREMENT})))
    assert not screen.part("start_in_term").isVisible()
    view.set_filters(Filters())
    assert len(view.grid.lines) == 2


def test_that_a_term_without_groups_says_so_and_offers_to_start_one(
    term: Open, centre: Centre
) -> None:
    screen = term()
    start = screen.part("start_in_term")
    assert start.isVisible()
    with screen.bot.waitSignal(screen.desk.start_asked):
        screen.bot.mouseClick(start, Qt.MouseButton.LeftButton)


def test_that_a_name_double_clicked_goes_to_its_group(term: Open, group: Group) -> None:
    screen = term()
    grid = screen.view.grid
    names = grid.findChild(QWidget, "term_names")
    assert names is not None
    with screen.bot.waitSignal(screen.desk.group_asked) as asked:
        where = grid.rect_of(Cell(group.id, MONDAY)).center()
        where.setX(30)
        screen.bot.mouseDClick(names, Qt.MouseButton.LeftButton, pos=where)
    assert asked.args == [group.id]


def test_that_a_cancelled_group_is_struck_and_clashes_no_more(
    term: Open, database: Database, centre: Centre, group: Group
) -> None:
    clashing(database, centre, group)
    groups.set_status(database, group.id, GroupStatus.CANCELLED)

    line = next(one for one in term().view.grid.lines if one.key == group.id)

    assert line.struck
    assert all(mark.cancelled and not mark.conflict for mark in line.marks(MONDAY))


def test_that_another_centre_is_read_anew(term: Open, database: Database, group: Group) -> None:
    elsewhere = make.centre(database, "Björkskolan")
    screen = term()
    screen.desk.show_centre(elsewhere)
    screen.settle()
    assert screen.view.grid.lines == ()
    assert screen.part("start_in_term").isVisible()


def test_that_the_week_that_is_sought_is_in_view_where_the_term_is_wider(
    term: Open, group: Group
) -> None:
    screen = term()
    screen.view.resize(560, 500)
    late = MONDAY + 15 * WEEK

    screen.view.show_from(late)
    screen.settle()

    grid = screen.view.grid
    assert grid.viewport().rect().contains(grid.rect_of(Cell(group.id, late)))
    screen.view.show_from(MONDAY)
    screen.settle()
    assert grid.viewport().rect().contains(grid.rect_of(Cell(group.id, MONDAY)))
