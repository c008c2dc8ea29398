"""The command line: how it says no."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher3

from painprogram import __version__, cli
from painprogram.settings import Settings
from painprogram.usecases import Database
from tests.cli.told import START, Cli, Told, is_one_sentence

# Databases that are none


def _text(file: Path) -> None:
    file.write_text("Dear diary", "utf-8")


def _folder(file: Path) -> None:
    file.mkdir()


def _others(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table recipe (name text)")


def _empty(file: Path) -> None:
    file.touch()


def _newer(file: Path) -> None:
    Database.open(str(file)).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()


def _nothing(_file: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (_nothing, "There is no database at "),
        (_folder, "is a folder, not a database."),
        (_text, "is no database of this program."),
        (_empty, "is no database of this program."),
        (_others, "is a database of another program."),
        (_newer, "was made by a newer version of this program."),
    ],
)
def test_that_what_is_no_database_of_ours_is_refused_and_unchanged(
    painprogram: Cli, tmp_path: Path, prepare: Callable[[Path], None], sentence: str
) -> None:
    wanted = tmp_path / "some.ppdb"
    prepare(wanted)
    before = wanted.read_bytes() if wanted.is_file() else None

    told = painprogram("list", "groups", "--database", wanted)

    assert told.code == 1
    assert sentence in told.err
    assert is_one_sentence(told.err)
    assert before == (wanted.read_bytes() if wanted.is_file() else None)


@contextmanager
def _as_nobody() -> Iterator[None]:
    """The rights on a file are nothing to the administrator."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_that_a_file_that_may_only_be_read_is_refused(painprogram: Cli, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        wanted = Path(folder) / "centre.ppdb"
        shutil.copy(file, wanted)
        wanted.chmod(0o444)
        with _as_nobody():
            told = painprogram("list", "groups", "--database", wanted)

    assert told.code == 1
    assert "can't be written to." in told.err


def test_that_a_file_that_somebody_else_writes_is_refused(painprogram: Cli, file: Path) -> None:
    with closing(sqlcipher3.connect(str(file), isolation_level=None)) as connection:
        connection.execute("begin immediate")
        told = painprogram(*START, "--start", "2027-03-15", "--database", file)
        connection.execute("rollback")

    assert told.code == 1
    assert told.err == (
        "The database is in use by another program. Nothing was changed; try again.\n"
    )
    assert "V27 B" not in painprogram("list", "groups", "--database", file).out


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://anna:secret@server/x", "is no address of a shared database."),
        ("postgresql://anna:secret@127.0.0.1:1/x", "can't be reached."),
    ],
)
def test_that_a_server_that_is_none_is_refused_without_its_password(
    painprogram: Cli, address: str, sentence: str
) -> None:
    told = painprogram("list", "groups", "--database", address)

    assert told.code == 1
    assert sentence in told.err
    assert "secret" not in told.err


def test_that_without_a_database_it_says_how_to_name_one(painprogram: Cli) -> None:
    told = painprogram("list", "groups")

    assert told == Told(
        1, "", "Say which database: write --database FILE, or set PAINPROGRAM_DATABASE.\n"
    )


def test_that_the_environment_or_the_last_one_opened_names_the_database(
    painprogram: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings().put("database", str(file))
    assert "H26 A" in painprogram("list", "groups").out

    monkeypatch.setenv("PAINPROGRAM_DATABASE", str(file.with_name("other.ppdb")))
    assert "There is no database at " in painprogram("list", "groups").err
    assert cli.parse([]).database == str(file.with_name("other.ppdb"))
    assert "H26 A" in painprogram("--database", file, "list", "groups").out


# Wrong usage, and what should not happen


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("frobnicate", "“frobnicate” is none of these: example, list, "),
        ("list", "Write also: noun"),
        ("list things", "noun: “things” is none of these: groups, sessions, "),
        ("list groups --fast", "I don't understand: --fast"),
        ("list groups --json=yes", "--json takes no value"),
        ("list groups --database", "--database: write a value after it"),
        ("list groups --language de", "--language: “de” is none of these: sv, en"),
        (
            "print sheet --out x",
            "Write one of these also: --group --patient ",
        ),
        ("print poster --out x", "Write also: --group"),
        ("print door --room a --queue --out x", "--queue says nothing for door"),
        ("export calendar --out x", "Write one of these also: --group --patient --staff --room"),
        ("export calendar --group a --room b --out x", "can't be combined with"),
        (
            "start-group --template a --name b --centre c --start 2027-02-30",
            "--start: “2027-02-30” is no date; write it as 2027-01-11",
        ),
    ],
)
def test_that_wrong_usage_says_what_was_not_understood(
    painprogram: Cli, line: str, fault: str
) -> None:
    told = painprogram(*line.split())

    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("usage: painprogram")
    assert fault in told.err.splitlines()[-1]


def test_that_usage_and_faults_are_in_the_readers_language(painprogram: Cli) -> None:
    told = painprogram("--language", "sv", "list")

    assert told.code == 2
    assert told.err.startswith("användning: painprogram list")
    assert told.err.endswith("Skriv också: noun\n")
    assert "visa den här texten" in painprogram("--language", "sv", "--help").out


def test_that_the_version_is_told(painprogram: Cli) -> None:
    assert painprogram("--version") == Told(0, f"painprogram {__version__}\n", "")


def test_that_an_unexpected_error_is_one_sentence_and_a_log_without_names(
    painprogram: Cli, file: Path, home: Path
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update staff set profession = 'Maria Öberg'")
        connection.commit()

    told = painprogram("list", "staff", "--database", file)

    assert told.code == 1
    assert told.err.startswith("Something went wrong that should not.")
    assert told.err.count("\n") == 1
    log = (home / "log" / "painprogram.log").read_text("utf-8")
    assert "builtins.ValueError" in log
    assert "usecases/staff.py" in log
    assert "Öberg" not in log + told.err
