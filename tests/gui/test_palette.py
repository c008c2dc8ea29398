"""One field for everything: commands, patients, groups, colleagues."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView
from pytestqt.qtbot import QtBot

from painprogram.gui import theme
from painprogram.gui.actions import Actions, Command
from painprogram.gui.desk import Desk
from painprogram.gui.frame import Frame
from painprogram.gui.palette import ROLE, Palette
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, staff
from tests import make


@dataclass(frozen=True)
class Bar:
    frame: Frame
    field: QLineEdit
    palette: Palette
    desk: Desk
    actions: Actions
    done: list[Any]
    """What was run and what was asked for."""

    @property
    def view(self) -> QListView:
        return self.palette.list

    def lines(self) -> list[str]:
        model = self.view.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def chosen(self) -> str:
        text: str = self.view.currentIndex().data()
        return text

    def type(self, text: str) -> None:
        """As if typed: pytest-qt can't type å, ä or ö."""
        self.field.setText(text)


@pytest.fixture
def bar(qtbot: QtBot, qapp, database: Database, tmp_path: Path) -> Iterator[Bar]:
    theme.apply(qapp, "light")
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id, given="Åsa")
    work = Work(database)
    desk = Desk(work, Settings(tmp_path / "settings.json"), where, lambda: make.TODAY)
    frame = Frame()
    qtbot.addWidget(frame)
    frame.top.retranslate()
    actions = Actions(frame)
    done: list[Any] = []
    actions.show(
        (
            Command("go", "Go to the schedule", "calendar", "Ctrl+1", lambda: done.append("go")),
            Command("start", "Start a group", "plus", "Ctrl+G", lambda: done.append("start")),
            Command("search", "Search or command", "search", "Ctrl+K", frame.top.search.setFocus),
        )
    )
    desk.patient_asked.connect(lambda key: done.append(("patient", key)))
    desk.group_asked.connect(lambda key: done.append(("group", key)))
    desk.calendar_asked.connect(lambda kind, key: done.append((kind, key)))
    palette = Palette(frame.top.search, desk, actions)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    frame.rail.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    frame.rail.setFocus()
    yield Bar(frame, frame.top.search, palette, desk, actions, done)
    work.close()


def found(qtbot: QtBot, bar: Bar, text: str, line: str) -> None:
    bar.type(text)
    qtbot.waitUntil(lambda: line in bar.lines())


def test_that_going_to_the_field_shows_the_commands(qtbot: QtBot, bar: Bar) -> None:
    assert not bar.palette.isVisible()

    qtbot.keyClick(bar.frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert bar.palette.isVisible()
    assert bar.lines() == ["Commands", "Go to the schedule", "Start a group"]
    assert bar.chosen() == "Go to the schedule"
    entry = bar.view.currentIndex().data(ROLE)
    assert (entry.detail, entry.icon) == ("Ctrl+1", "calendar")
    assert bar.field.hasFocus()


def test_that_a_command_is_run_by_keys_alone(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()

    qtbot.keyClicks(bar.field, "gro")
    assert bar.lines() == ["Commands", "Start a group"]
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)

    assert bar.done == ["start"]
    assert not bar.palette.isVisible()
    assert bar.field.text() == ""
    assert bar.frame.rail.hasFocus()


def test_that_words_find_patients_groups_and_colleagues(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()

    found(qtbot, bar, "ås", "Åsa Öberg")
    assert bar.lines() == ["Patients", "Åsa Öberg"]
    found(qtbot, bar, "h26", "H26 A")
    assert bar.lines() == ["Groups", "H26 A"]
    found(qtbot, bar, "anna", "Anna Berg")
    assert bar.lines() == ["Colleagues", "Anna Berg"]


def test_that_what_is_found_is_gone_to(qtbot: QtBot, bar: Bar, database: Database) -> None:
    anna = next(one for one in staff.staff(database) if one.name == "Anna Berg")
    for text, line in (("öberg", "Åsa Öberg"), ("h26", "H26 A"), ("anna", "Anna Berg")):
        bar.field.setFocus()
        found(qtbot, bar, text, line)
        qtbot.keyClick(bar.field, Qt.Key.Key_Enter)

    assert [kind for kind, _key in bar.done] == ["patient", "group", "staff"]
    assert bar.done[2] == ("staff", anna.id)


def test_that_arrows_walk_past_headings_and_around(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    found(qtbot, bar, "s", "Sofia Nyström")
    assert bar.lines()[:3] == ["Commands", "Go to the schedule", "Start a group"]
    assert bar.lines()[3:] == ["Colleagues", "Per Sand", "Sofia Nyström"]
    walked = [bar.chosen()]
    for _step in range(4):
        qtbot.keyClick(bar.field, Qt.Key.Key_Down)
        walked.append(bar.chosen())
    qtbot.keyClick(bar.field, Qt.Key.Key_Up)

    assert walked[2:] == ["Per Sand", "Sofia Nyström", "Go to the schedule"]
    assert bar.chosen() == "Sofia Nyström"
    assert bar.field.accessibleDescription() == "Sofia Nyström, psychologist"


def test_that_a_click_does_the_same(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    found(qtbot, bar, "h26", "H26 A")
    where = bar.view.visualRect(bar.view.model().index(1, 0)).center()

    qtbot.mouseClick(bar.view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert [kind for kind, _key in bar.done] == ["group"]


def test_that_escape_empties_the_field_and_then_leaves_it(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    qtbot.keyClicks(bar.field, "gro")

    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.field.text() == ""
    assert bar.palette.isVisible()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)

    assert not bar.palette.isVisible()
    assert bar.frame.rail.hasFocus()
    assert bar.done == []


def test_that_only_the_last_words_are_answered(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    found(qtbot, bar, "anna", "Anna Berg")

    bar.type("sofia")
    assert "Anna Berg" not in bar.lines()
    bar.palette._found("anna", (bar.palette._hits or ()))
    assert "Anna Berg" not in bar.lines()
    qtbot.waitUntil(lambda: "Sofia Nyström" in bar.lines())


def test_that_words_that_find_nothing_say_so(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    bar.type("qqq")

    qtbot.waitUntil(lambda: bar.lines() == ["Nothing is called that."])
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)

    assert bar.done == []
    assert bar.palette.isVisible()


def test_that_leaving_the_field_puts_the_list_away(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    assert bar.palette.isVisible()

    qtbot.keyClick(bar.field, Qt.Key.Key_Tab)

    assert not bar.palette.isVisible()


def test_that_a_command_that_can_not_be_used_is_not_offered(qtbot: QtBot, bar: Bar) -> None:
    bar.actions["start"].setEnabled(False)

    bar.field.setFocus()

    assert bar.lines() == ["Commands", "Go to the schedule"]


def test_that_the_list_stays_inside_the_window(qtbot: QtBot, bar: Bar) -> None:
    bar.field.setFocus()
    bar.frame.resize(bar.frame.minimumSize())
    qtbot.waitUntil(lambda: bar.frame.rect().contains(bar.palette.geometry()))
