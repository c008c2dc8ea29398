"""The program, and databases with something in them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from painprogram import __main__
from painprogram.cli import running
from painprogram.usecases import Database
from tests import make
from tests.cli.told import Cli, Told


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that the dates of the tests belong to."""
    monkeypatch.setattr(running, "_today", lambda: make.TODAY)


@pytest.fixture
def painprogram(capsys: pytest.CaptureFixture[str]) -> Cli:
    """The program's own main, in English unless it is told otherwise."""

    def run(*arguments: object) -> Told:
        words = [str(one) for one in arguments]
        if "--language" not in words:
            words = ["--language", "en", *words]
        capsys.readouterr()
        try:
            code = __main__.main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return run


@pytest.fixture
def filled(url: str) -> str:
    """The address of a database with a centre, a group and Maria Öberg in it."""
    database = Database.open(url)
    centre = make.furnished(database)
    group = make.group(database, centre)
    make.placed(database, centre, group.id)
    database.close()
    return url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same in a file, for what has nothing to do with the engine."""
    made = tmp_path / "centre.ppdb"
    database = Database.open(str(made))
    centre = make.furnished(database)
    group = make.group(database, centre)
    make.placed(database, centre, group.id)
    database.close()
    return made


@pytest.fixture
def told(painprogram: Cli, filled: str) -> Callable[..., Any]:
    """The JSON of a command, which must succeed; its keys are those of the page."""
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")

    def run(command: str, *arguments: object, entry: str = "") -> Any:
        said = painprogram(command, *arguments, "--json", "--database", filled)
        assert said.code == 0, said.err
        found = json.loads(said.out)
        line = next(x for x in page.splitlines() if x.startswith(f"| {entry or command} |"))
        described = re.sub(r"\([^)]*\)", "", line)
        for each in found if isinstance(found, list) else [found]:
            assert list(each) == re.findall(r"`(\w+)`", described)
        return found

    return run
