from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.sessions import Session
from painprogram.gui import theme
from painprogram.gui.attendance.dialog import AttendanceDialog
from painprogram.gui.desk import Desk
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database
from tests import make


@pytest.fixture
def session(database: Database) -> Session:
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id, 0, "Maria")
    make.placed(database, where, group.id, 1, "Bo")
    return make.of_strand(database, group.id, "relaxation")[0]


@pytest.fixture
def dialog(
    qtbot: QtBot, qapp, database: Database, session: Session, tmp_path: Path
) -> Iterator[AttendanceDialog]:
    theme.apply(qapp, "light")
    work = Work(database)
    work.crashed.connect(lambda error: pytest.fail(repr(error)))
    where = make.centre(database, "Norrby")
    desk = Desk(work, Settings(tmp_path / "s.json"), where, session.start.date)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    opened = AttendanceDialog(desk, session.id, window)
    opened.open()
    qtbot.waitUntil(lambda: opened.roster.list.count() == 2 and opened.roster.list.hasFocus())
    yield opened
    work.close()


def test_that_a_list_is_ticked_from_anywhere_by_the_same_keys(
    qtbot: QtBot, dialog: AttendanceDialog
) -> None:
    rows = dialog.roster.list
    assert dialog.roster.head.title.text == "Relaxation 1"

    qtbot.keyClicks(rows, "c")
    qtbot.waitUntil(lambda: rows.rows[0].mark == "Came")
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClicks(rows, "e")
    qtbot.waitUntil(lambda: rows.rows[1].mark == "Excused")

    assert dialog.roster.head.counts.text == "1 of 2 have come · all are noted"


def test_that_letters_without_a_meaning_do_nothing(qtbot: QtBot, dialog: AttendanceDialog) -> None:
    qtbot.keyClicks(dialog.roster.list, "xyz")

    assert [row.mark for row in dialog.roster.list.rows] == ["", ""]
    assert dialog.isVisible()
