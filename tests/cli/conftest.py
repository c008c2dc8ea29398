"""The program, and databases with something in them."""

from pathlib import Path

import pytest

from painprogram import __main__
from painprogram.usecases import Database
from tests import make
from tests.cli.told import Cli, Told


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
