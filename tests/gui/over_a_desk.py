"""A desk over a furnished centre with a group, and what dialogs ask of the rest of the window."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.people import Centre, Staff
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, sessions, staff
from tests import make

TODAY = make.MONDAY + timedelta(weeks=1)


@pytest.fixture
def engine() -> str:
    """The dialogs do not know which engine there is: one will do."""
    return "sqlite"


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    return make.group(database, centre)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def busiest(database: Database, group: Group) -> Staff:
    """Who leads the most."""
    led = [
        leader.staff_id
        for session in sessions.sessions(database, group.id)
        for leader in session.leaders
    ]
    return max(staff.staff(database), key=lambda one: led.count(one.id))


@pytest.fixture
def desk(qapp: QApplication, database: Database, centre: Centre, tmp_path: Path) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    work = Work(database)
    crashes: list[Exception] = []
    work.crashed.connect(crashes.append)
    yield Desk(work, Settings(tmp_path / "settings.json"), centre, lambda: TODAY)
    work.close()
    assert crashes == []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the dialogs are opened over, and what they go with."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made
