"""A session that is cancelled or moved at short notice: noted in the change that does it.

It is noted whatever screen it is done on, for groups that patients go by: a draft is nobody's yet.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.attendance import EventKind, is_short_notice
from painprogram.domain.groups import GroupStatus
from painprogram.storage.tables import CentreRow, GroupRow, SessionEventRow, SessionRow

_TOLD = (GroupStatus.OPEN, GroupStatus.CLOSED)
_AT_ONCE = 500


@contextmanager
def noted(
    db: Db, session_ids: Collection[UUID], today: date | None = None, who: str = ""
) -> Iterator[None]:
    """Note which of these sessions are cancelled or moved within, where it comes late."""
    before = _standing(db, session_ids)
    yield
    db.flush()
    day = today or local_today()
    for key, (start, cancelled, _limit) in _standing(db, session_ids).items():
        was, was_cancelled, limit = before.get(key, (start, cancelled, 0))
        if was_cancelled or not is_short_notice(day, min(was, start).date(), limit):
            continue
        if cancelled:
            _add(db, key, EventKind.CANCELLED, start, who)
        elif was != start:
            _add(db, key, EventKind.MOVED, start, who, moved_words(was, start))


def moved_words(was: datetime, start: datetime) -> str:
    """``tis 10 nov 13.00 → ons 11 nov 9.00``"""
    told = (f"{i18n.day_short(one.date())} {i18n.clock(one)}" for one in (was, start))
    return " → ".join(told)


def local_today() -> date:
    """The day on the clock of this machine, where a caller gives none."""
    return datetime.now().astimezone().date()


def _standing(db: Db, keys: Collection[UUID]) -> dict[UUID, tuple[datetime, bool, int]]:
    """When each is to be, whether it is cancelled, and the centre's limit of short notice."""
    wanted = list(keys)
    found: dict[UUID, tuple[datetime, bool, int]] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        rows = db.execute(
            select(SessionRow.id, SessionRow.start, SessionRow.cancelled, CentreRow.short_notice)
            .join(GroupRow, GroupRow.id == SessionRow.group_id)
            .join(CentreRow, CentreRow.id == SessionRow.centre_id)
            .where(SessionRow.id.in_(wanted[first : first + _AT_ONCE]), GroupRow.status.in_(_TOLD))
        )
        found |= {row.id: (row.start, row.cancelled, row.short_notice) for row in rows}
    return found


def _add(db: Db, key: UUID, kind: EventKind, start: datetime, who: str, note: str = "") -> None:
    at = datetime.now(UTC).replace(tzinfo=None)
    db.add(
        SessionEventRow(
            session_id=key,
            kind=kind,
            start=start,
            short_notice=True,
            noted_at=at,
            noted_by=who,
            note=note,
        )
    )
    db.flush()
