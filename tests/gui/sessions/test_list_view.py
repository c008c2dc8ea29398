from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit

from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.people import Centre
from painprogram.domain.programmes import ModuleKind
from painprogram.gui import theme
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.list_model import COLUMNS, Entry, Heading
from painprogram.gui.sessions.list_view import ListView
from painprogram.gui.sessions.menu import CardMenu
from painprogram.usecases import Database, centres, schedules, sessions
from tests import make
from tests.gui.sessions.weeks_screen import WeeksScreen, clashing
from tests.make import MONDAY

WEEK = timedelta(weeks=1)
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
Open = Callable[..., WeeksScreen[ListView]]
KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def listed(qtbot, qapp, database: Database, centre: Centre, tmp_path: Path) -> Iterator[Open]:
    theme.apply(qapp, "light")
    opened: list[WeeksScreen[ListView]] = []

    def screen(today: date = MONDAY) -> WeeksScreen[ListView]:
        opened.append(WeeksScreen(ListView, qtbot, database, centre, tmp_path, today=today))
        return opened[-1]

    yield screen
    for each in opened:
        each.close()


def entries(screen: WeeksScreen[ListView]) -> list[Entry]:
    return [line for line in screen.view.table.lines.lines if isinstance(line, Entry)]


def row(screen: WeeksScreen[ListView], key: object) -> dict[str, str]:
    model = screen.view.table.lines
    at = model.row_of(key)  # type: ignore[arg-type]
    assert at is not None
    return {name: model.index(at, n).data() for n, name in enumerate(KEYS)}


def test_that_a_line_tells_when_what_who_and_where(
    listed: Open, database: Database, group: Group
) -> None:
    first = make.of_strand(database, group.id, "relaxation")[0]

    assert row(listed(), first.id) == {
        "date": "Tue 12 Jan",
        "week": "2",
        "time": "13:00–13:45",
        "title": "Relaxation",
        "number": "1 of 8",
        "group": "H26 A",
        "room": first.room_name,
        "leaders": ", ".join(leader.name for leader in first.leaders),
        "seats": "0/12",
        "clash": "0 are expected; at least 6 are needed.",
        "status": "",
    }


def test_that_lines_stand_under_their_weeks_with_what_is_closed(
    listed: Open, database: Database, centre: Centre, group: Group
) -> None:
    centres.close(database, centre.id, date(2027, 1, 22), date(2027, 1, 22), "planning")

    lines = listed().view.table.lines.lines

    headings = [line for line in lines if isinstance(line, Heading)]
    assert lines[0] == headings[0]
    assert headings[0].text == "Week 2, 11–15 January 2027"
    assert headings[1].aside.endswith("Closed Fri: planning")
    assert sum(heading.many for heading in headings) == len(lines) - len(headings)
    starts = [line.held.start for line in lines if isinstance(line, Entry)]
    assert starts == sorted(starts)


def test_that_every_column_sorts_both_ways(
    listed: Open, database: Database, centre: Centre, group: Group
) -> None:
    make.group(database, centre, "A first", MONDAY + WEEK)
    screen = listed()
    combo, order = screen.part("sort_by"), screen.part("sort_order")
    assert isinstance(combo, QComboBox)

    for number, column in enumerate(COLUMNS):
        screen.view.table.arrange(number, descending=False)
        up = [column.order(entry) for entry in entries(screen)]
        screen.bot.mouseClick(order, Qt.MouseButton.LeftButton)
        down = [column.order(entry) for entry in entries(screen)]

        assert up == sorted(up)
        assert down == sorted(down, reverse=True)
        assert combo.currentIndex() == number
        there = any(isinstance(line, Heading) for line in screen.view.table.lines.lines)
        assert there == (column.key in ("date", "week"))


def test_that_a_head_clicked_sorts_and_clicked_again_turns(listed: Open, group: Group) -> None:
    screen = listed()
    head = screen.view.table.horizontalHeader()
    where = QPoint(head.sectionViewportPosition(3) + 20, head.height() // 2)
    for descending in (False, True, False):
        screen.bot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
        lines = screen.view.table.lines
        assert (lines.sorted_by, lines.descending) == (3, descending)


def test_that_clashes_stand_with_their_words_and_first_when_sorted_by(
    listed: Open, database: Database, centre: Centre, group: Group
) -> None:
    clashing(database, centre, group)
    screen = listed()
    screen.view.table.arrange(KEYS.index("clash"), descending=False)

    first, last = entries(screen)[0], entries(screen)[-1]

    assert first.tone == "block"
    assert "at the same time" in first.clashes
    assert (last.tone, last.clashes) == ("", "")


def test_that_cancelled_draft_and_past_are_said(
    listed: Open, database: Database, centre: Centre, group: Group
) -> None:
    draft = make.group(database, centre, "H27 D", MONDAY + 4 * WEEK, status=GroupStatus.DRAFT)
    first, second = make.of_strand(database, group.id, "relaxation")[:2]
    sessions.cancel(database, second.id)
    screen = listed(MONDAY + WEEK)
    screen.view.show_from(MONDAY)
    screen.settle()

    assert row(screen, first.id)["status"] == "Past"
    assert row(screen, second.id)["status"] == "Cancelled"
    of_draft = make.of_strand(database, draft.id, "relaxation")[0]
    assert row(screen, of_draft.id)["status"] == "Draft"


def test_that_it_begins_with_a_day_or_with_the_term(
    listed: Open, database: Database, group: Group
) -> None:
    screen = listed(MONDAY + 2 * WEEK)
    assert entries(screen)[0].held.start.date() >= MONDAY + 2 * WEEK
    whole = screen.part("whole_term")
    screen.bot.mouseClick(whole, Qt.MouseButton.LeftButton)
    screen.settle()
    assert len(entries(screen)) == len(sessions.sessions(database, group.id))
    screen.bot.mouseClick(whole, Qt.MouseButton.LeftButton)
    day = screen.part("list_from")
    assert isinstance(day, QDateEdit)
    day.setDate(QDate(2027, 3, 1))
    screen.settle()
    assert entries(screen)[0].held.start.date() >= date(2027, 3, 1)


def test_that_nothing_is_chosen_until_somebody_walks_there(listed: Open, group: Group) -> None:
    screen = listed()
    assert screen.view.table.hasFocus()
    assert (screen.view.held, screen.chosen) == (None, [])
    screen.key(Qt.Key.Key_Down)
    assert screen.view.held == entries(screen)[0].held
    assert screen.chosen == [screen.view.held]


def test_that_keys_ask_for_what_the_page_can_do(listed: Open, group: Group) -> None:
    screen = listed()
    screen.key(Qt.Key.Key_Home)
    for key, held, verb in (
        (Qt.Key.Key_F2, NONE, "time"),
        (Qt.Key.Key_Delete, NONE, "cancel"),
        (Qt.Key.Key_Left, ALT, "day_earlier"),
        (Qt.Key.Key_Right, ALT, "day_later"),
        (Qt.Key.Key_Up, ALT, "quarter_earlier"),
        (Qt.Key.Key_Down, ALT, "quarter_later"),
        (Qt.Key.Key_X, CTRL, "cut"),
        (Qt.Key.Key_C, CTRL, "copy"),
        (Qt.Key.Key_V, CTRL, "paste"),
    ):
        screen.key(key, held)
        assert screen.verbs.pop() == verb
    screen.key(Qt.Key.Key_Return)
    assert screen.view.held is not None
    assert screen.weeks == [screen.view.held.start.date()]
    assert screen.view.group_id == group.id


def test_that_several_are_selected_and_headings_are_passed_over(listed: Open, group: Group) -> None:
    screen = listed()
    screen.key(Qt.Key.Key_Down)
    for _press in range(6):
        screen.key(Qt.Key.Key_Down, SHIFT)

    chosen = screen.view.selection

    assert [one.id for one in chosen] == [entry.held.id for entry in entries(screen)[:7]]
    assert screen.chosen[-1] == chosen[-1]


def test_that_the_selection_stays_when_something_changes(
    listed: Open, database: Database, group: Group
) -> None:
    screen = listed()
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Down, SHIFT)
    before = {one.id for one in screen.view.selection}
    told = len(screen.chosen)
    held = screen.view.held
    assert held is not None

    sessions.move(database, held.id, held.start + 20 * WEEK)
    screen.settle()
    screen.view.table.arrange(KEYS.index("group"), descending=True)

    assert {one.id for one in screen.view.selection} == before
    assert screen.view.held is not None
    assert screen.view.held.id == held.id
    assert screen.view.held.start == held.start + 20 * WEEK
    assert len(screen.chosen) == told
    assert screen.view.table.hasFocus()


def test_that_what_is_gone_is_no_longer_chosen(
    listed: Open, database: Database, centre: Centre, group: Group
) -> None:
    enrolment = make.placed(database, centre, group.id)
    start = datetime(2027, 1, 11, 8)
    made = schedules.add_visit(database, enrolment.id, start, 60, title="First")
    (visit,) = (line.session for line in made.lines if line.session.start == start)
    screen = listed()
    screen.view.choose(visit.id)
    assert screen.view.held is not None

    schedules.remove_visit(database, visit.id)
    screen.settle()

    assert screen.chosen[-1] is None


def test_that_typing_finds_a_title_or_a_group(
    listed: Open, database: Database, centre: Centre, group: Group
) -> None:
    make.group(database, centre, "Östra", MONDAY + WEEK)
    screen = listed()
    table = screen.view.table

    table.keyboardSearch("e")
    table.keyboardSearch("x")
    assert screen.view.held is not None
    assert screen.view.held.title == "Exercise"
    table.keyboardSearch("")
    table.keyboardSearch("ö")
    assert screen.view.held.group_name == "Östra"


def test_that_filters_leave_what_they_let_through(listed: Open, group: Group) -> None:
    screen = listed()
    screen.view.set_filters(Filters(kinds=frozenset({ModuleKind.LECTURE})))
    assert {entry.held.kind for entry in entries(screen)} == {ModuleKind.LECTURE}
    screen.view.set_filters(Filters(kinds=frozenset({ModuleKind.MEASUREMENT})))
    assert entries(screen) == []
    assert not screen.part("start_in_list").isVisible()


def test_that_an_empty_list_says_so_and_offers_to_start_a_group(
    listed: Open, centre: Centre
) -> None:
    screen = listed()
    with screen.bot.waitSignal(screen.desk.start_asked):
        screen.bot.mouseClick(screen.part("start_in_list"), Qt.MouseButton.LeftButton)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_menu_offers_what_a_card_offers(listed: Open, group: Group) -> None:
    screen = listed()
    screen.key(Qt.Key.Key_Down)
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(screen.view.table, key)
    menu = screen.view.findChild(CardMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.data() == "leaders").trigger()
    assert screen.verbs == ["leaders"]
    menu.close()


def test_that_it_can_be_told_what_to_choose_before_it_is_read(
    listed: Open, database: Database, group: Group
) -> None:
    last = make.of_strand(database, group.id, "relaxation")[-1]
    screen = listed(MONDAY + 30 * WEEK)
    screen.view.choose(last.id)
    screen.view.show_from(MONDAY)
    screen.settle()
    assert screen.view.held == sessions.session(database, last.id)


def test_that_the_columns_fill_the_width_and_keep_what_was_dragged(
    listed: Open, group: Group
) -> None:
    screen = listed()
    table, head = screen.view.table, screen.view.table.horizontalHeader()
    screen.view.resize(1600, 700)
    assert abs(head.length() - table.viewport().width()) < len(COLUMNS)
    head.resizeSection(3, 400)
    screen.view.resize(1368, 700)
    assert head.sectionSize(3) == 400
