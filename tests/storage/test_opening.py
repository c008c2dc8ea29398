"""A file that can't be opened gets one sentence, and stays as it was."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from painprogram.domain.errors import Refused
from painprogram.storage.database import Database
from painprogram.usecases import rooms
from tests import make
from tests.storage.refusals import refused

NOBODY = 65534


def content(folder: Path) -> dict[str, str]:
    """Everything below *folder*: its name and what is in it."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        )
        for path in folder.rglob("*")
    }


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A database with something in it, closed."""
    file = tmp_path / "centre.ppdb"
    with closing(Database.open(str(file))) as database:
        make.furnished(database)
    return file


def text_file(file: Path) -> None:
    file.write_text("Smärtskola\n" * 100, "utf-8")


def short_text_file(file: Path) -> None:
    file.write_text("x", "utf-8")


def encrypted(file: Path) -> None:
    with closing(sqlcipher3.dbapi2.connect(str(file))) as other:
        other.execute("PRAGMA key = 'secret'")
        other.execute("CREATE TABLE room (name)")


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE room (name)")


def of_another_program_in_use(file: Path) -> None:
    of_another_program(file)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode = WAL")


def of_another_program_with_a_history(file: Path) -> None:
    of_another_program(file)
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
        other.commit()


NOT_OURS = {
    text_file: "no database of this program",
    short_text_file: "no database of this program",
    encrypted: "no database of this program",
    of_another_program: "a database of another program",
    of_another_program_in_use: "a database of another program",
    of_another_program_with_a_history: "a database of another program",
}


@pytest.mark.parametrize(("make_file", "reason"), NOT_OURS.items())
@pytest.mark.parametrize("options", [{"create": True}, {"create": False}], ids=str)
def test_that_a_file_that_is_not_ours_is_left_alone(
    tmp_path: Path, make_file, reason: str, options: dict[str, bool]
) -> None:
    file = tmp_path / "found.ppdb"
    make_file(file)
    before = content(tmp_path)

    assert reason in refused(file, **options)
    assert content(tmp_path) == before


def test_that_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert content(tmp_path) == {}


def test_that_what_is_not_there_is_made_only_where_it_is_asked_for(tmp_path: Path) -> None:
    assert "There is no database at" in refused(tmp_path / "new.ppdb", create=False)
    assert "does not exist" in refused(tmp_path / "gone" / "new.ppdb")
    assert content(tmp_path) == {}


@pytest.mark.parametrize("name", ["x" * 400, "a\0b"], ids=["too long", "no name"])
def test_that_what_is_no_name_of_a_file_is_told(tmp_path: Path, name: str) -> None:
    assert "not the name of a file" in refused(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_that_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert "not the name of a file" in refused(tmp_path / "pipe")


def test_that_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    file = tmp_path / "new.ppdb"
    file.touch()
    assert "no database of this program" in refused(file, create=False)

    with closing(Database.open(str(file))) as database:
        assert database.faults() == []


@pytest.mark.parametrize("name", ["å ä ö?.ppdb", "100 %.ppdb", "a#b&c=d.ppdb", "no suffix"])
def test_that_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    with closing(Database.open(str(tmp_path / name))) as database:
        make.centre(database)
        assert (database.file, database.name) == (tmp_path / name, name)

    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_that_a_newer_database_is_left_alone(ours: Path) -> None:
    with closing(sqlcipher3.dbapi2.connect(str(ours))) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    before = content(ours.parent)

    assert "was made by a newer version" in refused(ours)
    assert content(ours.parent) == before


def test_that_a_database_without_its_revision_is_damaged(ours: Path) -> None:
    with closing(sqlcipher3.dbapi2.connect(str(ours))) as other:
        other.execute("DELETE FROM alembic_version")
        other.commit()

    assert "is damaged" in refused(ours)


def test_that_a_truncated_database_is_told_of(ours: Path) -> None:
    whole = ours.read_bytes()
    for size in (101, 4096, 10_000, len(whole) // 2, len(whole) - 1):
        ours.write_bytes(whole[:size])
        before = content(ours.parent)

        assert "is damaged" in refused(ours), size
        assert content(ours.parent)[ours.name] == before[ours.name], size


def test_that_a_flipped_bit_is_told_of_or_does_no_harm(ours: Path) -> None:
    """Every bit of the head, and of the page that says which tables there are."""
    whole = ours.read_bytes()
    told = []
    for place in (*range(100), *range(100, 4096, 61)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        ours.write_bytes(flipped)
        try:
            Database.open(str(ours), patience=0.1).close()
        except Refused as error:
            told.append(str(error))
    assert len(told) > 30
    assert [sentence for sentence in told if "\n" in sentence] == []


def test_that_a_locked_database_is_told_of_and_not_waited_for_long(ours: Path) -> None:
    with closing(sqlcipher3.dbapi2.connect(str(ours))) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE room SET seats = 9")

        assert refused(ours) == (
            "centre.ppdb is locked by another program. Close that program, or try again."
        )
        other.rollback()

    with closing(Database.open(str(ours), create=False)) as database:
        assert {room.seats for room in rooms.rooms(database)} == {16, 12, 4}


@contextlib.contextmanager
def an_ordinary_user() -> Iterator[None]:
    """Everything is allowed to root, so root is nobody for a while."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody gets into, with a database that is theirs."""
    folder = Path(tempfile.mkdtemp(prefix="painprogram-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def test_that_a_file_that_is_read_only_is_told_of(open_folder: Path, ours: Path) -> None:
    file = Path(shutil.copy(ours, open_folder))
    file.chmod(0o444)

    with an_ordinary_user():
        before = content(open_folder)
        assert "can't be written to" in refused(file)
        assert content(open_folder) == before

    file.chmod(0o666)
    with an_ordinary_user(), closing(Database.open(str(file))) as database:
        assert database.faults() == []


def test_that_a_file_that_may_not_be_read_is_told_of(open_folder: Path, ours: Path) -> None:
    file = Path(shutil.copy(ours, open_folder))
    file.chmod(0o000)

    if sys.platform != "win32":
        with an_ordinary_user():
            assert "can't be read" in refused(file)


def test_that_a_folder_that_is_read_only_is_told_of(open_folder: Path, ours: Path) -> None:
    if sys.platform == "win32":  # folders have no such mark there
        return
    file = Path(shutil.copy(ours, open_folder))
    file.chmod(0o666)
    open_folder.chmod(0o555)

    with an_ordinary_user():
        before = content(open_folder)
        assert f"The folder {open_folder} can't be written to" in refused(file)
        assert f"The folder {open_folder} can't be written to" in refused(open_folder / "new.ppdb")
        assert content(open_folder) == before


def test_that_a_database_that_turns_read_only_is_told_of(ours: Path) -> None:
    """A drive that was taken away, a right that was withdrawn: the next change says so."""
    with closing(Database.open(str(ours))) as database:
        where = make.centre(database, "Vid sjön")
        with database.raw() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")

        with pytest.raises(Refused, match=r"can't be written to\. Nothing was changed"):
            rooms.add(database, where.id, "Rum 9", 4)

        with database.raw() as connection:
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        assert rooms.add(database, where.id, "Rum 9", 4).name == "Rum 9"


def test_that_a_full_disk_is_told_of_and_the_program_lives_on(ours: Path) -> None:
    with closing(Database.open(str(ours))) as database:
        where = make.centre(database, "Vid sjön")
        with database.raw() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(Refused, match="The disk is full"):  # noqa: PT012
            for number in range(100):
                rooms.add(database, where.id, f"Rum {number}", 4, directions="x" * 4000)

        with database.raw() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        assert database.faults() == []
        assert rooms.add(database, where.id, "Rum 999", 4).name == "Rum 999"
