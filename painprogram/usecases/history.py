"""Undo and redo what this user did since the program opened; who changed what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from painprogram.storage.database import Database
from painprogram.storage.tables import journal


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the change log; *at* in UTC."""

    at: datetime
    who: str
    label: str


def undo(database: Database) -> str | None:
    """Take back the last change, refused when somebody touched it since; says which one it was."""
    return database.undo()


def redo(database: Database) -> str | None:
    return database.redo()


def undo_recorded(database: Database) -> str | None:
    """As :func:`undo`, but also of what this user did in a program that has ended."""
    return database.undo_recorded()


def labels(database: Database) -> tuple[str | None, str | None]:
    """What undo and redo would do now, in the words of the action."""
    return database.undo_label, database.redo_label


def entries(database: Database, many: int = 100) -> tuple[Entry, ...]:
    """The newest lines of the change log, newest first."""
    with database.read() as db:
        rows = db.execute(
            select(journal.c.at, journal.c.who, journal.c.label)
            .order_by(journal.c.seq.desc())
            .limit(many)
        )
        return tuple(Entry(*row) for row in rows)
