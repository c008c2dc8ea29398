"""Copies of the database file, made while it is in use, checked before they count, and thinned.

A shared server has copies of its own, by those who look after it.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage import faults
from painprogram.storage.database import Database
from painprogram.storage.opening import APPLICATION, HEAD

NEWEST = 10
"""So many of the newest copies are always kept."""
DAILY, WEEKLY, MONTHLY = timedelta(days=30), timedelta(weeks=12), timedelta(days=365)
"""How long one of each day, of each week and of each month is kept."""
_NAME = "%Y-%m-%d %H.%M.%S"
_PARTIAL = ".partial"
_LEFTOVER = timedelta(days=1)


def back_up(database: Database, *, asked: bool = False, now: datetime | None = None) -> Path | None:
    """Copy the open file into the folder beside it; the copy, or None where none is due.

    At most one a day, unless it is *asked* for; *now* is the wall-clock time. Refused, with a
    sentence and no copy, where the folder can't be written, the disk is full, or what was copied
    is damaged.
    """
    if database.file is None:
        return None
    now = now or datetime.now()  # noqa: DTZ005 -- names are for people who look into the folder
    folder = folder_of(database.file)
    if not asked and any(made.date() == now.date() for made, _copy in copies(folder)):
        return None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _remove_leftovers(folder, now)
        copy = _copied(database, folder, now)
        for old in superfluous([made for made, _copy in copies(folder)], now):
            _named(folder, old).unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            _("The database can't be copied to {folder}: {reason}.").format(
                folder=folder, reason=(error.strerror or "").lower()
            )
        ) from error
    return copy


def folder_of(file: Path) -> Path:
    """Where the copies of *file* lie."""
    return file.with_name(f"{file.stem} backups")


def copies(folder: Path) -> list[tuple[datetime, Path]]:
    """When each whole copy was made, by its name; the oldest first."""
    found = []
    for path in folder.glob("*.ppdb") if folder.is_dir() else ():
        with suppress(ValueError):
            found.append((datetime.strptime(path.stem, _NAME), path))  # noqa: DTZ007 -- as named
    return sorted(found)


def superfluous(made: Iterable[datetime], now: datetime) -> list[datetime]:
    """What need not be kept: of each day, week and month the first copy stays."""
    ordered = sorted(made)
    kept = set(ordered[-NEWEST:])
    spans: list[tuple[timedelta, Callable[[datetime], Any]]] = [
        (DAILY, datetime.date),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    ]
    for age, period in spans:
        seen = set()
        for at in ordered:
            if now - at <= age and period(at) not in seen:
                seen.add(period(at))
                kept.add(at)
    return [at for at in ordered if at not in kept]


def _copied(database: Database, folder: Path, now: datetime) -> Path:
    """A copy under a name that does not count, and under its own once it is whole and on disk."""
    partial = folder / f"{uuid4().hex}{_PARTIAL}"
    partial.touch(mode=0o600)
    try:
        _copy(database, partial)
        verify(partial)
        _sync(partial)
        while (target := _named(folder, now)).exists():  # asked for twice within a second
            now += timedelta(seconds=1)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync(folder)
    return target


def _copy(database: Database, target: Path) -> None:
    """All pages as they are at one moment; others read and write meanwhile."""
    import sqlcipher3.dbapi2 as driver

    try:
        with database.raw() as source, closing(driver.connect(str(target))) as copy:
            connection: Any = source.connection.driver_connection
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, and nothing beside it
    except driver.Error as error:
        refusal = faults.of_file(error.sqlite_errorname)
        if refusal is None:
            raise
        raise refusal from error


def verify(copy: Path) -> None:
    """Refuse a copy that could not be opened and used instead of the original."""
    import sqlcipher3.dbapi2 as driver

    found: list[str] = []
    try:
        with closing(driver.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True)) as opened:
            found += [row[0] for row in opened.execute("PRAGMA quick_check") if row[0] != "ok"]
            found += [str(row) for row in opened.execute("PRAGMA foreign_key_check")]
            of_ours = opened.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
            revision = opened.execute("SELECT version_num FROM alembic_version").fetchone()
            if not of_ours or revision != (HEAD,):
                found.append(f"revision {revision}")
    except driver.DatabaseError as error:
        found.append(str(error))
    if found:
        raise Refused(
            _("The database is damaged, so no copy was made: {fault}.").format(fault=found[0])
        )


def _named(folder: Path, at: datetime) -> Path:
    return folder / f"{at.strftime(_NAME)}.ppdb"


def _remove_leftovers(folder: Path, now: datetime) -> None:
    """What a power cut left of a copy; a younger one may still be in the making."""
    for partial in folder.glob(f"*{_PARTIAL}*"):
        if now - datetime.fromtimestamp(partial.stat().st_mtime) > _LEFTOVER:  # noqa: DTZ006
            partial.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """See that *path* is on the disk itself, not in its cache."""
    if path.is_dir() and os.name == "nt":  # Windows knows no such thing for a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
