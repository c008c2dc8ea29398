"""Copies of the database file, made while it is in use, checked before they count, and thinned.

A shared server has copies of its own, by those who look after it.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage.copying import NAME, PARTIAL, copied, folder_of, named
from painprogram.storage.database import Database
from painprogram.storage.opening import HEAD

NEWEST = 10
"""So many of the newest copies are always kept."""
DAILY, WEEKLY, MONTHLY = timedelta(days=30), timedelta(weeks=12), timedelta(days=365)
"""How long one of each day, of each week and of each month is kept."""
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
        _remove_leftovers(folder, now)
        with database.raw() as source:
            copy = copied(source, folder, now, HEAD)
        for old in superfluous([made for made, _copy in copies(folder)], now):
            named(folder, old).unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            _("The database can't be copied to {folder}: {reason}.").format(
                folder=folder, reason=(error.strerror or "").lower()
            )
        ) from error
    return copy


def copies(folder: Path) -> list[tuple[datetime, Path]]:
    """When each whole copy was made, by its name; the oldest first."""
    found = []
    for path in folder.glob("*.ppdb") if folder.is_dir() else ():
        with suppress(ValueError):
            found.append((datetime.strptime(path.stem, NAME), path))  # noqa: DTZ007 -- as named
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


def _remove_leftovers(folder: Path, now: datetime) -> None:
    """What a power cut left of a copy; a younger one may still be in the making."""
    for partial in folder.glob(f"*{PARTIAL}*"):
        if now - datetime.fromtimestamp(partial.stat().st_mtime) > _LEFTOVER:  # noqa: DTZ006
            partial.unlink(missing_ok=True)
