"""What every test stands on: its own home, English texts, and a fresh database on both engines."""

import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from painprogram import i18n
from tests import postgres

if TYPE_CHECKING:
    from painprogram.storage.database import Database

settings.register_profile("here", deadline=None)  # a busy machine is no fault
settings.load_profile("here")
if not os.environ.get("PAINPROGRAM_TEST_SCREEN"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

ENGINES = ("sqlite", "postgresql")
_homes = count(1)
_server = pytest.StashKey[postgres.Server]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=(*ENGINES, "both"),
        default="both",
        help="the database engines that tests of the database run on; of a screen's, one of both",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("engine")
        engines = _engines(metafunc.definition.nodeid) if chosen == "both" else (chosen,)
        metafunc.parametrize("engine", engines, indirect=True)


def _engines(test: str) -> tuple[str, ...]:
    """Both; a test of a screen, which knows no engine, runs on one of them, always the same."""
    if test.startswith("tests/gui/"):
        return (ENGINES[zlib.crc32(test.encode()) % len(ENGINES)],)
    return ENGINES


def _server_address(config: pytest.Config) -> str:
    """TEST_DATABASE, or a server that is started once for this run."""
    if named := os.environ.get("TEST_DATABASE"):
        return named
    if _server not in config.stash:
        config.stash[_server] = postgres.Server()
    return config.stash[_server].url


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give each xdist worker the one server of the run."""
    config: pytest.Config = node.config
    if config.getoption("engine") != "sqlite":
        node.workerinput["postgresql"] = _server_address(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server in config.stash:
        config.stash[_server].stop()


@pytest.fixture(scope="session")
def _databases(request: pytest.FixtureRequest) -> Iterator[postgres.Databases]:
    """This worker's corner of the PostgreSQL server."""
    worker: dict[str, str] = getattr(request.config, "workerinput", {})
    address = worker.get("postgresql") or _server_address(request.config)
    databases = postgres.Databases(address, prefix=f"test_{os.getpid()}")
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def _templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """The address of a migrated, empty database of an engine, to be copied; never opened again."""
    made: dict[str, str] = {}

    def template(engine: str) -> str:
        if engine not in made:
            from painprogram.storage.database import Database

            made[engine] = (
                f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.ppdb'}"
                if engine == "sqlite"
                else request.getfixturevalue("_databases").make()
            )
            Database.open(made[engine]).close()
        return made[engine]

    return template


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``: a test that asks for it runs on each."""
    return str(request.param)


@pytest.fixture
def new_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table (on SQLite: of a file that is not there)."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.ppdb'}"
        return
    databases: postgres.Databases = request.getfixturevalue("_databases")
    address = databases.make()
    yield address
    databases.drop(address)


@pytest.fixture
def url(
    engine: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    _templates: Callable[[str], str],
) -> Iterator[str]:
    """The address of a fresh database with today's schema and nothing in it."""
    template = _templates(engine)
    if engine == "sqlite":
        source = Path(template.removeprefix("sqlite:///"))
        for file in source.parent.glob(f"{source.name}*"):
            shutil.copy(file, tmp_path / file.name.replace("template", "test", 1))
        yield f"sqlite:///{tmp_path / 'test.ppdb'}"
        return
    databases: postgres.Databases = request.getfixturevalue("_databases")
    address = databases.make(postgres.name_in(template))
    yield address
    databases.drop(address)


@pytest.fixture
def database(url: str) -> Iterator["Database"]:
    """A fresh database, open."""
    from painprogram.storage.database import Database

    opened = Database.open(url)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own for each test; made by whoever first writes there."""
    folder = tmp_path_factory.getbasetemp() / f"home-{next(_homes)}"
    monkeypatch.setenv("PAINPROGRAM_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Texts are their own keys, unless a test chooses another language."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")
