"""Copies of the file: whole or none, checked, and no more of them than are of use."""

import os
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from painprogram.domain.errors import Refused
from painprogram.storage import backup, copying
from painprogram.storage.database import Database
from painprogram.storage.opening import HEAD
from painprogram.usecases import rooms
from tests import make
from tests.storage import journals, workers

NOW = datetime(2026, 11, 22, 7, 30)
DAY = timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Öberg & Co #1.ppdb"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_that_a_copy_is_a_database_like_the_original(file: Path) -> None:
    with closing(Database.open(str(file))) as database:
        make.patient(database, make.furnished(database))
        with database.change("Meanwhile") as db:  # in use while it is copied
            db.flush()
            copy = backup.back_up(database, now=NOW)
        everything = journals.stored(database)

    assert copy == file.parent / "Öberg & Co #1 backups" / "2026-11-22 07.30.00.ppdb"
    assert names(copy.parent) == [copy.name]
    with closing(Database.open(str(copy), create=False)) as database:
        assert database.faults() == []
        assert journals.stored(database) == everything


def test_that_there_is_one_copy_a_day_unless_it_is_asked_for(file: Path) -> None:
    with closing(Database.open(str(file))) as database:
        made = [
            backup.back_up(database, now=NOW),
            backup.back_up(database, now=NOW + timedelta(hours=9)),
            backup.back_up(database, asked=True, now=NOW),
            backup.back_up(database, now=NOW + DAY),
        ]

    assert [copy and copy.stem for copy in made] == [
        "2026-11-22 07.30.00",
        None,
        "2026-11-22 07.30.01",
        "2026-11-23 07.30.00",
    ]


def test_that_a_shared_database_is_copied_by_those_who_look_after_it(server_url: str) -> None:
    with closing(Database.open(server_url)) as database:
        assert backup.back_up(database, asked=True) is None


def test_that_copies_are_thinned_the_older_they_get() -> None:
    made: list[datetime] = []
    start = NOW - 3 * 365 * DAY
    for day in range(3 * 365 + 1):
        for hour in (0, 4):
            now = start + day * DAY + timedelta(hours=hour)
            made.append(now)
            made = sorted({*made} - {*backup.superfluous(made, now)})

    ages = [(now - at).days for at in reversed(made)]
    assert ages[:10] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert ages[10:35] == list(range(5, 30))
    assert 8 <= sum(30 <= age <= 84 for age in ages) <= 11  # a week each, and the first of a month
    assert 8 <= sum(84 < age <= 365 for age in ages) <= 11
    assert max(ages) <= 365
    assert len(made) < 60


def test_that_the_newest_copies_are_kept_however_old_they_are() -> None:
    made = [NOW + number * DAY for number in range(12)]

    assert backup.superfluous(made, NOW + 4000 * DAY) == made[:2]


def test_that_a_clock_that_jumps_back_costs_no_copy() -> None:
    made = [NOW + number * DAY for number in range(20)]

    assert backup.superfluous(made, NOW) == []


def test_that_what_is_no_longer_of_use_is_removed_and_nothing_else(file: Path) -> None:
    folder = copying.folder_of(file)
    folder.mkdir()
    for number in range(14):
        (folder / f"2020-01-{number + 1:02} 08.00.00.ppdb").write_bytes(b"")
    (folder / "Before the move.ppdb").write_bytes(b"")
    (folder / "2020-01-01 notes.txt").write_bytes(b"")

    with closing(Database.open(str(file))) as database:
        backup.back_up(database, now=NOW)

    assert names(folder) == [
        "2020-01-01 notes.txt",
        *(f"2020-01-{number:02} 08.00.00.ppdb" for number in range(6, 15)),
        "2026-11-22 07.30.00.ppdb",
        "Before the move.ppdb",
    ]


def cut_off(file: str, told: Any) -> None:
    """Copies, and is killed when the copy is whole but does not yet count."""

    def stop(path: Path) -> None:
        told.send("whole")
        os.kill(os.getpid(), 9)

    copying._sync = stop
    backup.back_up(Database.open(file), now=NOW)


def test_that_a_power_cut_leaves_no_copy_that_counts(file: Path) -> None:
    Database.open(str(file)).close()
    receiving, sending = workers.context.Pipe(duplex=False)
    process = workers.started(cut_off, str(file), sending)
    assert receiving.recv() == "whole"
    process.join()
    folder = copying.folder_of(file)
    [partial] = folder.iterdir()
    assert backup.copies(folder) == []

    with closing(Database.open(str(file))) as database:
        copy = backup.back_up(database, now=NOW)
        assert backup.copies(folder) == [(NOW, copy)]
        os.utime(partial, (0, 0))
        backup.back_up(database, now=NOW + DAY)

    assert not partial.exists()


def test_that_a_damaged_database_is_told_of_and_no_copy_counts(file: Path) -> None:
    with closing(Database.open(str(file))) as database:
        where = make.centre(database)
        for number in range(400):
            rooms.add(database, where.id, f"Rum {number}", 4)
    content = bytearray(file.read_bytes())
    content[-4096 * 8 : -4096 * 4] = b"\x55" * 4096 * 4
    file.write_bytes(content)

    damaged = pytest.raises(Refused, match="damaged, so no copy was made")
    with closing(Database.open(str(file))) as database, damaged:
        backup.back_up(database, now=NOW)

    assert names(copying.folder_of(file)) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda copy: copy.write_bytes(b""),
        lambda copy: copy.write_bytes(copy.read_bytes()[:-4096]),
        lambda copy: copy.write_bytes(copy.read_bytes()[:60] + b"\xff" * 40),
        lambda copy: copy.write_text("no database"),
        lambda copy: copy.unlink(),
    ],
    ids=["empty", "truncated", "flipped", "text", "gone"],
)
def test_that_a_copy_that_could_not_be_used_is_refused(file: Path, damage) -> None:
    Database.open(str(file)).close()
    copy = Path(shutil.copy(file, file.with_name("copy.ppdb")))
    copying.verify(copy, HEAD)

    damage(copy)

    with pytest.raises(Refused, match="damaged"):
        copying.verify(copy, HEAD)


def test_that_a_folder_in_the_way_is_told_in_a_sentence(file: Path) -> None:
    copying.folder_of(file).write_text("a file")

    with closing(Database.open(str(file))) as database:
        with pytest.raises(Refused, match=r"can't be copied to .* backups: "):
            backup.back_up(database, now=NOW)
        assert database.faults() == []


def test_that_only_its_owner_can_read_a_copy(file: Path) -> None:
    with closing(Database.open(str(file))) as database:
        copy = backup.back_up(database, now=NOW)

    assert copy is not None
    if os.name != "nt":
        assert (copy.stat().st_mode & 0o077, copy.parent.stat().st_mode & 0o077) == (0, 0)
