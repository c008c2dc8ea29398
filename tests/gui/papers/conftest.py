"""A desk with a group and a patient in it, and a window above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database
from tests import make


@dataclass(frozen=True)
class Office:
    database: Database
    desk: Desk
    window: QWidget
    group: Group
    place: Enrolment
    said: list[str]
    """What the window was told, good and bad."""


@pytest.fixture
def office(qtbot: QtBot, qapp, database: Database, tmp_path: Path) -> Iterator[Office]:
    theme.apply(qapp, "light")
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    work = Work(database)
    desk = Desk(work, Settings(tmp_path / "settings.json"), where, lambda: make.TODAY)
    said: list[str] = []
    desk.message.connect(said.append)
    work.refused.connect(said.append)
    work.crashed.connect(lambda error: pytest.fail(repr(error)))
    window = QWidget()
    window.resize(1200, 900)
    qtbot.addWidget(window)
    window.show()
    yield Office(database, desk, window, group, place, said)
    work.close()
