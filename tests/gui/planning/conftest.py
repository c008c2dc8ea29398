"""A small group with trouble, the schedule that shows it, and the planning over it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.gui import theme
from painprogram.usecases import Database
from tests import make
from tests.gui.planning.table import Table


@pytest.fixture
def engine() -> str:
    """The screen does not know which engine there is: one will do."""
    return "sqlite"


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    return make.group(database, centre)


@pytest.fixture
def show(
    qtbot: QtBot, qapp, database: Database, centre: Centre, tmp_path: Path
) -> Iterator[Callable[[], Table]]:
    """Open the schedule when everything is in the database."""
    theme.apply(qapp, "light")
    opened: list[Table] = []

    def table() -> Table:
        opened.append(Table(qtbot, database, centre, tmp_path))
        return opened[-1]

    yield table
    for each in opened:
        each.close()
