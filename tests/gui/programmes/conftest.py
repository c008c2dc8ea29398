"""The screen on its own: a database, the work lanes, a desk, and what the page asks the desk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from painprogram.domain.people import Centre
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.programmes.page import ProgrammesPage
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.storage.database import Database
from tests import make


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The screen does not know which engine there is: one will do."""
    return "sqlite"


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


class Said:
    """What was asked of the rest of the window, and what was refused there."""

    def __init__(self, desk: Desk) -> None:
        self.papers: list[Any] = []
        self.calendars: list[Any] = []
        self.patients: list[Any] = []
        self.sessions: list[Any] = []
        self.messages: list[str] = []
        self.refusals: list[str] = []
        desk.paper_asked.connect(self.papers.append)
        desk.calendar_asked.connect(lambda kind, key: self.calendars.append((kind, key)))
        desk.patient_asked.connect(self.patients.append)
        desk.session_asked.connect(self.sessions.append)
        desk.message.connect(self.messages.append)
        desk.work.refused.connect(self.refusals.append)


@pytest.fixture
def desk(qapp: QApplication, database: Database, centre: Centre, tmp_path: Path) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    work = Work(database)
    crashes: list[Exception] = []
    work.crashed.connect(crashes.append)
    yield Desk(work, Settings(tmp_path / "settings.json"), centre, lambda: make.TODAY)
    work.close()
    assert crashes == []


@pytest.fixture
def said(desk: Desk) -> Said:
    return Said(desk)


class Screen:
    """The page in a window, and waiting for what it asked for."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.page = ProgrammesPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1368, 820)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.reload()

    def reload(self) -> None:
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.desk.work.busy)

    def find(self, kind: type, name: str) -> Any:
        return self.page.findChild(kind, name)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, said: Said) -> Screen:
    return Screen(qtbot, desk)
