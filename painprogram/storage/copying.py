"""A copy of the database file, made while it is in use and checked before it counts."""

import os
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage import faults

APPLICATION = 0x50504442
"""Stands in the head of each of our files ("PPDB"), so that another program's is never touched."""
NAME = "%Y-%m-%d %H.%M.%S"
PARTIAL = ".partial"


def folder_of(file: Path) -> Path:
    """Where the copies of *file* lie."""
    return file.with_name(f"{file.stem} backups")


def copied(source: Connection, folder: Path, now: datetime, revision: str) -> Path:
    """A copy of the file that *source* has open, in *folder*, named by *now* (wall-clock).

    Under a name that does not count until it is whole, of schema *revision*, and on the disk.
    Refused, with a sentence and no copy, where it can't be made. OSError from the folder.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    partial = folder / f"{uuid4().hex}{PARTIAL}"
    partial.touch(mode=0o600)
    try:
        _copy(source, partial)
        verify(partial, revision)
        _sync(partial)
        while (target := named(folder, now)).exists():  # asked for twice within a second
            now += timedelta(seconds=1)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync(folder)
    return target


def _copy(source: Connection, target: Path) -> None:
    """All pages as they are at one moment; others read and write meanwhile."""
    import sqlcipher3.dbapi2 as driver

    try:
        with closing(driver.connect(str(target))) as copy:
            connection: Any = source.connection.driver_connection
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, and nothing beside it
    except driver.Error as error:
        refusal = faults.of_file(error.sqlite_errorname)
        if refusal is None:
            raise
        raise refusal from error


def verify(copy: Path, revision: str) -> None:
    """Refuse a copy that could not be opened and used instead of the original."""
    import sqlcipher3.dbapi2 as driver

    found: list[str] = []
    try:
        with closing(driver.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True)) as opened:
            found += [row[0] for row in opened.execute("PRAGMA quick_check") if row[0] != "ok"]
            found += [str(row) for row in opened.execute("PRAGMA foreign_key_check")]
            of_ours = opened.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
            schema = opened.execute("SELECT version_num FROM alembic_version").fetchone()
            if not of_ours or schema != (revision,):
                found.append(f"revision {schema}")
    except driver.DatabaseError as error:
        found.append(str(error))
    if found:
        raise Refused(
            _("The database is damaged, so no copy was made: {fault}.").format(fault=found[0])
        )


def named(folder: Path, at: datetime) -> Path:
    """What the copy made *at* this time is called."""
    return folder / f"{at.strftime(NAME)}.ppdb"


def _sync(path: Path) -> None:
    """See that *path* is on the disk itself, not in its cache."""
    if path.is_dir() and os.name == "nt":  # Windows knows no such thing for a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
