"""A centre with a group, and the page that shows its patients."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from painprogram.domain.people import Centre
from painprogram.gui import theme
from painprogram.usecases import Database
from tests import make
from tests.gui.patients.screen import Screen


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def show(
    qtbot: QtBot, qapp, database: Database, centre: Centre, tmp_path: Path
) -> Iterator[Callable[[], Screen]]:
    """Open the page when everything is in the database."""
    theme.apply(qapp, "light")
    opened: list[Screen] = []

    def screen() -> Screen:
        opened.append(Screen(qtbot, database, centre, tmp_path))
        return opened[-1]

    yield screen
    for each in opened:
        each.close()
