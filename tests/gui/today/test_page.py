from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from painprogram.domain.actors import Actor
from painprogram.domain.groups import Group
from painprogram.domain.today import Line, Matter, Section, Whose
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.today.days_model import Card, Note, Now
from painprogram.gui.today.lines_delegate import LinesDelegate
from painprogram.gui.today.lines_model import More, spoken
from painprogram.gui.today.page import TodayPage
from painprogram.gui.widgets.elided import Elided
from painprogram.storage.tables import PatientRow
from painprogram.usecases import Database, patients, publications, sessions, staff
from tests import make
from tests.gui.today.conftest import Settle

KEY = Qt.Key


def named(page: TodayPage) -> list[str]:
    return [line.what for line in page.lines.lines.lines]


def count(page: TodayPage) -> str:
    found = page.findChild(Elided, "today_count")
    assert found is not None
    return found.text


def current(page: TodayPage) -> object:
    return page.lines.row(page.lines.currentIndex())


def press(page: TodayPage, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def choose(page: TodayPage, what: str) -> Line:
    model = page.lines.lines
    line = next(one for one in model.lines if one.what == what)
    page.lines.setCurrentIndex(model.index(model.rows.index(line)))
    return line


def test_that_it_greets_by_the_hour_and_says_how_many_things_wait(
    qtbot: QtBot, database: Database, page: TodayPage, settle: Settle
) -> None:
    who = next(one for one in staff.staff(database) if one.name == "Anna Berg")
    database.actor = Actor(who.name, who.centre_id, who.id)
    page.reload()
    settle()

    greeting = page.findChild(Elided, "greeting")
    assert greeting is not None
    assert greeting.text == "Good morning, Anna"
    assert count(page) == f"{len(named(page))} things need somebody, 1 is yours"


def test_that_lines_stand_under_their_headings_with_what_where_and_when(page: TodayPage) -> None:
    rows = page.lines.lines.rows

    heads = [row for row in rows if isinstance(row, Section)]
    assert {Matter.DRAFT, Matter.WAY} <= {one.matter for one in heads}
    assert {"Nils Ek", "Ove Berg", "H26 A"} <= set(named(page))
    lost = next(row for row in rows if isinstance(row, Line) and row.what == "Nils Ek")
    assert spoken(lost) == (
        "Nils Ek. No referral is registered, and the patient has no place. Choose the next step"
    )


def test_that_arrows_walk_the_lines_over_the_headings(qtbot: QtBot, page: TodayPage) -> None:
    page.lines.setFocus()
    qtbot.keyClick(page.lines, KEY.Key_Home)
    walked = [current(page)]
    for _step in range(len(named(page)) - 1):
        qtbot.keyClick(page.lines, KEY.Key_Down)
        walked.append(current(page))

    assert walked == page.lines.lines.lines
    qtbot.keyClick(page.lines, KEY.Key_Down)
    assert current(page) == walked[-1]
    qtbot.keyClick(page.lines, KEY.Key_Home)
    qtbot.keyClick(page.lines, KEY.Key_PageDown)
    before, after = walked[0], current(page)
    assert isinstance(before, Line)
    assert isinstance(after, Line)
    assert after.matter is not before.matter
    qtbot.keyClick(page.lines, KEY.Key_PageUp)
    assert current(page) == walked[0]


def test_that_enter_and_a_click_on_the_verb_go_where_the_line_is_solved(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    line = choose(page, "Nils Ek")
    with qtbot.waitSignal(desk.patient_asked) as asked:
        qtbot.keyClick(page.lines, KEY.Key_Return)
    assert asked.args == [line.goal.key]

    line = choose(page, "H26 A")
    box = page.lines.visualRect(page.lines.currentIndex())
    paints = page.lines.itemDelegate()
    assert isinstance(paints, LinesDelegate)
    verb = paints.link(line, box).center()
    with qtbot.waitSignal(desk.changes_asked):
        qtbot.mouseClick(page.lines.viewport(), Qt.MouseButton.LeftButton, pos=verb)


def test_that_a_click_beside_the_verb_only_chooses(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    asked: list[object] = []
    desk.patient_asked.connect(asked.append)
    choose(page, "Nils Ek")
    where = page.lines.visualRect(page.lines.currentIndex())
    choose(page, "H26 A")

    spot = where.topLeft() + (where.center() - where.topLeft()) / 2
    qtbot.mouseClick(page.lines.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    line = current(page)
    assert isinstance(line, Line)
    assert (line.what, asked) == ("Nils Ek", [])


def test_that_the_chosen_line_stays_when_another_is_solved(
    qtbot: QtBot, database: Database, desk: Desk, page: TodayPage, settle: Settle
) -> None:
    choose(page, "Ove Berg")
    qtbot.keyClick(page.lines, KEY.Key_Shift)
    publications.publish(database, page.lines.lines.lines[0].goal.key or desk.centre.id)

    page.reload()
    settle()

    line = current(page)
    assert isinstance(line, Line)
    assert line.what == "Ove Berg"
    assert "H26 A" not in named(page)


def test_that_a_long_matter_is_opened_and_closed_by_the_keyboard(
    qtbot: QtBot, database: Database, desk: Desk, page: TodayPage, settle: Settle
) -> None:
    for number in range(2, 10):
        make.patient(database, desk.centre, f"Eva{number}", "Ek", number)
    page.reload()
    settle()
    short = len(named(page))
    page.lines.setFocus()

    qtbot.keyClick(page.lines, KEY.Key_End)
    more = current(page)
    assert isinstance(more, More)
    assert more.text == "Show 5 more"
    qtbot.keyClick(page.lines, KEY.Key_Return)
    settle()

    assert len(named(page)) == short + 5
    assert isinstance(current(page), More)
    qtbot.keyClick(page.lines, KEY.Key_Return)
    settle()
    assert len(named(page)) == short


def test_that_only_what_is_the_receptions_is_shown_and_remembered(
    qtbot: QtBot, desk: Desk, page: TodayPage, settle: Settle, now: datetime
) -> None:
    press(page, "today_reception")
    settle()

    assert named(page) == []
    assert page.lines.isHidden() or not page.lines.isVisible()
    again = TodayPage(desk, clock=lambda: now)
    qtbot.addWidget(again)
    again.reload()
    settle()
    assert again._whose is Whose.RECEPTION


def test_that_an_empty_day_says_so_and_what_comes_next(
    qtbot: QtBot, database: Database, desk: Desk, page: TodayPage, settle: Settle, group: Group
) -> None:
    publications.publish(database, group.id)
    for one in patients.find(database, ""):
        with database.change("Away") as db:
            db.delete(db.get_one(PatientRow, one.id))
    page.reload()
    settle()

    told = page._nothing.accessibleName()
    assert page._nothing.isVisible()
    assert told.startswith("Nothing waits for anybody.\nNext: ")


def test_that_the_day_shows_now_between_what_was_and_what_comes(
    desk: Desk, page: TodayPage, settle: Settle, database: Database, group: Group, now: datetime
) -> None:
    rows = page.days.days.rows
    held = sessions.sessions(database, group.id)
    today = [one for one in held if one.start.date() == now.date()]

    assert [card.id for card in page.days.days.cards][: len(today)] == [one.id for one in today]
    assert rows.index(Now("7:30")) == 1

    page._clock = lambda: held[0].end + timedelta(minutes=1)
    page._tick()
    assert [type(row) for row in page.days.days.rows[1:3]] == [Card, Now]


def test_that_a_session_at_the_side_is_shown_on_the_schedule(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    page.days.setFocus()
    qtbot.keyClick(page.days, KEY.Key_Home)
    card = page.days.card
    assert card is not None

    with qtbot.waitSignal(desk.session_asked) as shown:
        qtbot.keyClick(page.days, KEY.Key_Return)
    assert shown.args[0].id == card.id
    with qtbot.waitSignal(desk.attendance_asked) as asked:
        press(page, "today_attendance")
    assert asked.args == [card.id]


def test_that_a_clash_of_today_is_marked_on_its_cards(
    qtbot: QtBot, database: Database, desk: Desk, page: TodayPage, settle: Settle, group: Group
) -> None:
    first, second = sessions.sessions(database, group.id)[:2]
    with make.unwatched(database, desk.centre):
        sessions.move(database, second.id, first.start)
        sessions.change_leaders(database, second.id, [first.leaders[0].staff_id])
    page.reload()
    settle()

    assert {card.id for card in page.days.days.cards if card.clashing} >= {first.id, second.id}
    assert any(isinstance(row, Note) and row.clash for row in page.days.days.rows)
    assert page.lines.lines.lines[0].matter is Matter.CLASH


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [560, 900, 1800])
def test_that_it_is_drawn_at_every_width_in_both_themes(
    qapp: QApplication, page: TodayPage, scheme: theme.Scheme, width: int
) -> None:
    theme.apply(qapp, scheme)
    page.resize(width, 600)
    picture = page.grab().toImage()

    assert not picture.isNull()
    right = page.lines.viewport().width()
    for row in range(len(page.lines.lines.rows)):
        box = page.lines.visualRect(page.lines.lines.index(row))
        assert box.right() <= right
    theme.apply(qapp, "light")


def test_that_printing_shows_the_sheets_that_are_out_of_date(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    with qtbot.waitSignal(desk.queue_asked):
        page.print_shown()
