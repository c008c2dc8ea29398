"""Locks: what of a session the automatic plan leaves alone. A person may still move it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.plans import ALL_LOCKS, LockKind
from painprogram.i18n import _, ngettext
from painprogram.storage.database import Database
from painprogram.storage.tables import SessionRow

AT_ONCE = 500


def lock(
    database: Database, session_ids: Iterable[UUID], what: Iterable[LockKind] = ALL_LOCKS
) -> None:
    """Let the plan leave *what* of these sessions alone, beside what is locked already."""
    keys, added = _wanted(session_ids), frozenset(what)
    words = ngettext("Lock {number} session", "Lock {number} sessions", len(keys))
    with database.change(words.format(number=len(keys))) as db:
        for row in _rows(db, keys):
            _set(row, read(row.locked) | added)


def unlock(
    database: Database, session_ids: Iterable[UUID], what: Iterable[LockKind] = ALL_LOCKS
) -> None:
    """Let the plan change *what* of these sessions again."""
    keys, less = _wanted(session_ids), frozenset(what)
    words = ngettext("Unlock {number} session", "Unlock {number} sessions", len(keys))
    with database.change(words.format(number=len(keys))) as db:
        for row in _rows(db, keys):
            _set(row, read(row.locked) - less)


def locks(database: Database, group_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[LockKind]]:
    """By session of these groups: what is locked, where anything is."""
    with database.read() as db:
        return of_groups(db, group_ids)


# For the other use cases


def of_groups(db: Db, group_ids: Iterable[UUID]) -> dict[UUID, frozenset[LockKind]]:
    rows = db.execute(
        select(SessionRow.id, SessionRow.locked).where(SessionRow.group_id.in_(list(group_ids)))
    )
    return {key: read(words) for key, words in rows if words}


def read(words: Iterable[str]) -> frozenset[LockKind]:
    return frozenset(LockKind(word) for word in words)


def _wanted(session_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    keys = tuple(dict.fromkeys(session_ids))
    if not keys:
        raise Refused(_("Choose the sessions first."))
    return keys


def _rows(db: Db, keys: tuple[UUID, ...]) -> list[SessionRow]:
    found: list[SessionRow] = []
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        found += db.scalars(select(SessionRow).where(SessionRow.id.in_(part)))
    if len(found) < len(keys):
        raise Refused(_("The session is no longer there."))
    return found


def _set(row: SessionRow, what: frozenset[LockKind]) -> None:
    row.locked = [kind.value for kind in LockKind if kind in what]
