"""What became of a session: it was held, cancelled, or moved at the last moment.

Each is a line of its own that is never changed or undone. The newest one holds; a mistake is
corrected by noting what is right.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain import attendance as noted
from painprogram.domain.attendance import Event, EventKind
from painprogram.domain.errors import Refused
from painprogram.domain.sessions import check_time
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import AttendanceRow, CentreRow, SessionEventRow, SessionRow
from painprogram.usecases import attendance, late_changes, rosters, rules


def held(
    database: Database, session_id: UUID, note: str = "", *, today: date | None = None
) -> Event:
    """The session was held, though it may have been cancelled: its list is kept from now on."""
    with _noting(database, _("Note that a session was held"), session_id, today) as (db, row, day):
        if row.start.date() > day:
            raise Refused(
                _("{day} is still to come: a session is held when its day has come.").format(
                    day=i18n.date_long(row.start.date())
                )
            )
        if row.cancelled:
            row.cancelled = False
            row.sequence += 1
            db.flush()
        rosters.keep(db, session_id)
        return _event(database, db, row, EventKind.HELD, note)


def cancelled(
    database: Database, session_id: UUID, note: str = "", *, today: date | None = None
) -> Event:
    """The session was cancelled, or is now; refused where somebody has been noted as having come.

    Whether it was at short notice is for the centre's limit to say.
    """
    with _noting(database, _("Note that a session is cancelled"), session_id, today) as (
        db,
        row,
        day,
    ):
        if _somebody_came(db, session_id):
            raise Refused(
                _(
                    "Somebody is noted as having come. Correct that first, if it was not held "
                    "after all."
                )
            )
        if not row.cancelled:
            row.cancelled = True
            row.sequence += 1
        short = _is_short(db, row, day)
        return _event(database, db, row, EventKind.CANCELLED, note, short=short)


def moved(
    database: Database,
    session_id: UUID,
    start: datetime,
    note: str = "",
    *,
    reason: str = "",
    today: date | None = None,
) -> Event:
    """Move the session to *start* and note that it was moved, and how late that was told.

    *reason*: why it is to be there though a rule asks.
    """
    label = _("Note that a session is moved")
    who = database.actor.name
    with (
        _noting(database, label, session_id, today) as (db, row, day),
        rules.kept(db, [session_id], day, reason, who),
    ):
        check_time(start, row.minutes)
        if start == row.start:
            raise Refused(_("It is at that time already. Choose the time it is moved to."))
        if rosters.kept_of(db, [session_id]) or _somebody_came(db, session_id):
            raise Refused(
                _("Somebody has been noted already: what has begun can't be moved any more.")
            )
        short = _is_short(db, row, day)
        told = late_changes.moved_words(row.start, start)
        row.start = start
        row.cancelled = False
        row.sequence += 1
        words = ". ".join(part for part in (told, note) if part)
        return _event(database, db, row, EventKind.MOVED, words, short=short)


@contextmanager
def _noting(
    database: Database, label: str, session_id: UUID, today: date | None
) -> Iterator[tuple[Db, SessionRow, date]]:
    with database.change(label, undoable=False) as db:
        row = db.scalar(
            select(SessionRow).where(SessionRow.id == session_id).with_for_update(key_share=True)
        )
        if row is None:
            raise Refused(_("The session is no longer there."))
        yield db, row, today or late_changes.local_today()


def _event(
    database: Database,
    db: Db,
    row: SessionRow,
    kind: EventKind,
    note: str,
    *,
    short: bool = False,
) -> Event:
    at = datetime.now(UTC).replace(tzinfo=None)
    event = Event(kind, short, at, database.actor.name, noted.check_note(note))
    db.add(
        SessionEventRow(
            session_id=row.id,
            kind=kind,
            start=row.start,
            short_notice=short,
            noted_at=at,
            noted_by=event.by,
            note=event.note,
        )
    )
    return event


def _is_short(db: Db, row: SessionRow, today: date) -> bool:
    limit = db.scalar(select(CentreRow.short_notice).where(CentreRow.id == row.centre_id)) or 0
    return noted.is_short_notice(today, row.start.date(), limit)


def _somebody_came(db: Db, session_id: UUID) -> bool:
    standing = attendance.standing(db, AttendanceRow.occasion_id == session_id)
    return any(state.came for state, _minutes in standing.values())
