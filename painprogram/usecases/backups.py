"""Copies of the database that the program makes by itself."""

from pathlib import Path

from painprogram.domain.progress import Progress
from painprogram.storage import backup
from painprogram.storage.database import Database


def back_up(database: Database, _progress: Progress) -> Path | None:
    """Today's copy, unless there is one already; None where nothing was copied."""
    return backup.back_up(database)
