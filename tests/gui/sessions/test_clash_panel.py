"""The list of clashes ahead: what is to be solved, what was acknowledged, and by whom."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from painprogram.domain.groups import Group
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import Session
from painprogram.gui.sessions.clash_list import sign_of, spoken
from painprogram.gui.sessions.clash_panel import ClashPanel
from painprogram.usecases import sessions
from tests import make
from tests.gui.sessions.screen import Screen


@pytest.fixture
def first(database, group: Group) -> Session:
    return make.of_strand(database, group.id, "relaxation")[0]


@pytest.fixture
def screen(show: Callable[[], Screen], database, centre, group, first) -> Screen:
    """A room too small for the two who come, and nobody has answered for it."""
    make.placed(database, centre, group.id, 0)
    make.placed(database, centre, group.id, 1, "Olle")
    cell = make.hall(database, centre, "Skrubben", 1)
    with make.unwatched(database, centre, Rule.SEATS):
        sessions.change_room(database, first.id, cell.id)
    made = show()
    made.page.show_clashes()
    made.settle()
    return made


@pytest.fixture
def panel(screen: Screen) -> ClashPanel:
    return screen.page.panel


def pick(screen: Screen, panel: ClashPanel, part: str) -> None:
    screen.bot.mouseClick(panel.part.button(part), Qt.MouseButton.LeftButton)
    screen.settle()


def test_that_a_clash_is_acknowledged_with_a_reason_and_taken_back(screen, panel):
    (clash,) = panel.list.shown
    assert sign_of(clash) == ("warning", "warn")
    assert panel.list.item(0).text().startswith("Must be acknowledged with a reason. Relaxation 1")

    panel.acknowledge.click()
    assert screen.reason_form.findings == (f"{clash.title}: {clash.text}",)
    screen.give_reason("They sit close")

    assert panel.list.shown == ()
    assert panel.part.button("acknowledged").text() == "Acknowledged 1"
    pick(screen, panel, "acknowledged")
    (kept,) = panel.list.shown
    assert sign_of(kept)[0] == "check"
    assert spoken(kept).endswith("Acknowledged by somebody: They sit close")
    panel.list.setCurrentRow(0)
    panel.withdraw.click()
    screen.settle()

    assert panel.list.shown == ()
    pick(screen, panel, "open")
    assert len(panel.list.shown) == 1


def test_that_what_has_changed_since_is_told_and_the_old_reason_is_offered(
    screen, panel, database, centre, group
):
    panel.acknowledge.click()
    screen.give_reason("They sit close")

    with make.unwatched(database, centre, Rule.SEATS):
        make.placed(database, centre, group.id, 2, "Vera")
    screen.settle()

    (again,) = panel.list.shown
    assert "somebody acknowledged it before: They sit close" in spoken(again).replace("S", "s")
    assert spoken(again).endswith("changed since: it was 2 then and is 3 now")
    panel.list.setCurrentRow(0)
    panel.acknowledge.click()
    assert screen.reason_form.reason.text() == "They sit close"
    screen.reason_form.reject()


def test_that_what_blocks_can_not_be_acknowledged(screen, panel, database, centre, group, first):
    exercise = make.of_strand(database, group.id, "exercise")[0]
    room = sessions.session(database, first.id).room_id
    with make.unwatched(database, centre):
        sessions.move(database, exercise.id, first.start, room_id=room)
    screen.settle()
    row = next(n for n, one in enumerate(panel.list.shown) if one.rule is Rule.ROOM)

    panel.list.setCurrentRow(row)

    assert not panel.acknowledge.isEnabled()
    assert "rule blocks" in panel.acknowledge.toolTip()
    assert sign_of(panel.list.shown[row]) == ("blocked", "block")


def test_that_information_stands_apart(screen, panel):
    pick(screen, panel, "information")

    assert {one.rule for one in panel.list.shown} <= {Rule.FEW, Rule.BUFFER}
    assert not panel.acknowledge.isVisible()
    assert not panel.withdraw.isVisible()


def test_that_what_stands_against_the_chosen_is_acknowledged_beside_it(screen, panel, first):
    screen.page.grid.setFocus()
    screen.choose(first.id)
    assert screen.part("common", QPushButton).isVisible()

    screen.bot.mouseClick(
        screen.page.inspector.details.findChild(QPushButton, "acknowledge"),
        Qt.MouseButton.LeftButton,
    )
    assert len(screen.reason_form.findings) == 1
    screen.give_reason("They sit close")

    assert panel.list.shown == ()
    assert screen.notice.startswith("Acknowledged clash")
    assert not screen.part("common", QPushButton).isVisible()
    assert screen.undo() == "Acknowledge a clash"
    assert screen.notice.startswith("Clash")
