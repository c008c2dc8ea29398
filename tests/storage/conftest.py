"""Several running copies of the program on one database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from painprogram.domain.actors import Actor
from painprogram.storage.database import Database
from painprogram.storage.engines import BUSY_SECONDS
from tests import postgres

Programs = Callable[..., Database]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about a server alone is not asked where only SQLite is."""
    if config.getoption("engine") == "sqlite":
        items[:] = [each for each in items if "server_url" not in getattr(each, "fixturenames", ())]


@pytest.fixture
def server_url(_databases: postgres.Databases, _templates: Callable[[str], str]) -> Iterator[str]:
    """The address of a fresh shared database, for what only a server can do."""
    address = _databases.make(postgres.name_in(_templates("postgresql")))
    yield address
    _databases.drop(address)


@pytest.fixture
def programs() -> Iterator[Programs]:
    """Opens one more program on an address; each is closed after the test."""
    with ExitStack() as stack:

        def another(url: str, patience: float = BUSY_SECONDS, who: str = "") -> Database:
            opened = Database.open(url, actor=Actor(who), patience=patience)
            return stack.enter_context(closing(opened))

        yield another
