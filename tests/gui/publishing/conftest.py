"""A desk with a published group in which something has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, prints, publications, sessions
from tests import make


@dataclass(frozen=True)
class Office:
    database: Database
    desk: Desk
    window: QWidget
    group: Group
    places: tuple[Enrolment, ...]
    moved: Session
    """As it was told; the draft has it an hour later."""
    said: list[str]

    def publish(self) -> None:
        publications.publish(self.database, self.group.id)


@pytest.fixture
def office(qtbot: QtBot, qapp, database: Database, tmp_path: Path) -> Iterator[Office]:
    theme.apply(qapp, "light")
    where = make.furnished(database)
    group = make.group(database, where)
    places = tuple(
        make.placed(database, where, group.id, number, given)
        for number, given in enumerate(("Maria", "Gunhild"))
    )
    publications.publish(database, group.id, "Klart för start")
    keys = [place.id for place in places]
    prints.many_sheets(database, Progress(), keys, make.TODAY)
    moved = make.of_strand(database, group.id, "relaxation")[2]
    sessions.move(database, moved.id, moved.start + timedelta(hours=1))
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
    yield Office(database, desk, window, group, places, moved, said)
    work.close()
