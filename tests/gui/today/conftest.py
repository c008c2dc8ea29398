"""The page over a furnished centre with a group, and what it asks of the rest of the window."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.today.page import TodayPage
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, sessions
from tests import make

Settle = Callable[[], None]


@pytest.fixture
def engine() -> str:
    """The page does not know which engine there is: one will do."""
    return "sqlite"


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    return make.group(database, centre)


@pytest.fixture
def now(database: Database, group: Group) -> datetime:
    """In the morning of the first day the group meets."""
    first = sessions.sessions(database, group.id)[0].start
    return datetime.combine(first.date(), time(7, 30))


@pytest.fixture
def desk(
    qapp: QApplication, database: Database, centre: Centre, tmp_path: Path, now: datetime
) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    work = Work(database)
    crashes: list[Exception] = []
    work.crashed.connect(crashes.append)
    yield Desk(work, Settings(tmp_path / "settings.json"), centre, now.date)
    work.close()
    for crash in crashes:
        raise crash


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not desk.work.busy)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, database: Database, settle: Settle, now: datetime) -> TodayPage:
    """Nothing waits but who is lost: see ``make.patient``."""
    with make.unwatched(database, desk.centre):
        make.patient(database, desk.centre, "Nils", "Ek", 0)
        make.patient(database, desk.centre, "Ove", "Berg", 1)
    made = TodayPage(desk, clock=lambda: now)
    qtbot.addWidget(made)
    made.resize(1368, 828)
    made.show()
    made.reload()
    settle()
    return made
