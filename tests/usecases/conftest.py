"""Groups to plan, made once in a file and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from painprogram.domain.groups import Group
from painprogram.usecases import Database, groups
from tests.usecases.planned import copied, kept


@pytest.fixture(scope="session")
def _rivals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("rivals"), rivalling=True)


@pytest.fixture(scope="session")
def _one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("one"), rivalling=False)


@pytest.fixture
def term(_rivals: Path, tmp_path: Path) -> Iterator[Database]:
    """Two groups whose lectures want the same colleagues at the same time."""
    with copied(_rivals, tmp_path) as database:
        yield database


@pytest.fixture
def alone(_one: Path, tmp_path: Path) -> Iterator[Database]:
    """One group with nothing in its way."""
    with copied(_one, tmp_path) as database:
        yield database


@pytest.fixture
def pair(term: Database) -> tuple[Group, Group]:
    first, second = groups.groups(term)
    return (first, second) if first.name < second.name else (second, first)


@pytest.fixture
def group(alone: Database) -> Group:
    return groups.groups(alone)[0]
