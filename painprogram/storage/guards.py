"""What must hold in the database whichever way a row came in: checked in each transaction.

A guard sees the rows a change (or an undo) wrote, locks what it counts, and refuses. The rule
itself is the domain's.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import check_seats
from painprogram.storage.changes import RowChanges
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    SessionRow,
)


def check(db: Db, rows: RowChanges) -> None:
    """Refuse the transaction that wrote *rows* where it breaks what must always hold."""
    groups: set[UUID] = set()
    sessions: set[UUID] = set()
    for change in rows.values():
        after = change.after or {}
        if change.table is EnrolmentRow and after and after["last"] is None:
            groups.add(after["group_id"])
        elif change.table is GroupRow and after:
            groups.add(change.id)
        elif change.table is DeviationRow:  # an opt-out taken back needs its seat again
            came = after.get("to_session_id") or (change.before or {}).get("session_id")
            sessions |= {came} if came else set()
    _groups_hold(db, sorted(groups))
    if groups:
        sessions |= set(db.scalars(_visited(groups)))
    _sessions_hold(db, sorted(sessions))


def _visited(groups: set[UUID]) -> Select[UUID]:
    """The sessions of *groups* that somebody from elsewhere comes to."""
    return (
        select(SessionRow.id)
        .join(DeviationRow, DeviationRow.to_session_id == SessionRow.id)
        .where(SessionRow.group_id.in_(groups))
    )


def _groups_hold(db: Db, groups: Iterable[UUID]) -> None:
    for group in groups:
        locked = db.execute(
            select(GroupRow.name, GroupRow.maximum)
            .where(GroupRow.id == group)
            .with_for_update(key_share=True)
        ).one()
        taken = db.scalar(
            select(func.count())
            .select_from(EnrolmentRow)
            .where(EnrolmentRow.group_id == group, EnrolmentRow.last.is_(None))
        )
        check_seats(locked.name, taken or 0, locked.maximum)


def _sessions_hold(db: Db, sessions: Iterable[UUID]) -> None:
    """A swap or an addition takes a seat in the other group's session."""
    for session in sessions:
        locked = db.execute(
            select(SessionRow.group_id, GroupRow.name, GroupRow.maximum)
            .join(GroupRow, GroupRow.id == SessionRow.group_id)
            .where(SessionRow.id == session)
            .with_for_update(of=GroupRow, key_share=True)
        ).one()
        check_seats(locked.name, len(expected(db, [session]).get(session, ())), locked.maximum)


def expected(db: Db, sessions: Iterable[UUID] | None = None) -> dict[UUID, set[UUID]]:
    """The patients who are to come to each of *sessions* (None: all), own schedules counted in.

    Seats of linked sessions are their group's quota, so those who come by a link are counted here
    too: one roster for one room.
    """
    wanted = None if sessions is None else list(sessions)
    held = EnrolmentRow.last.is_(None)
    own = (
        select(SessionRow.id, EnrolmentRow.id, EnrolmentRow.patient_id)
        .join(EnrolmentRow, EnrolmentRow.group_id == SessionRow.group_id)
        .where(held)
    )
    linked = (
        select(LinkRow.session_id, EnrolmentRow.id, EnrolmentRow.patient_id)
        .join(EnrolmentRow, EnrolmentRow.group_id == LinkRow.group_id)
        .where(held)
    )
    away = (
        select(DeviationRow.session_id, DeviationRow.enrolment_id)
        .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
        .where(held, DeviationRow.session_id.is_not(None))
    )
    extra = (
        select(DeviationRow.to_session_id, EnrolmentRow.patient_id)
        .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
        .where(held, DeviationRow.to_session_id.is_not(None))
    )
    if wanted is not None:
        own = own.where(SessionRow.id.in_(wanted))
        linked = linked.where(LinkRow.session_id.in_(wanted))
        away = away.where(DeviationRow.session_id.in_(wanted))
        extra = extra.where(DeviationRow.to_session_id.in_(wanted))
    gone = set(map(tuple, db.execute(away)))
    found: dict[UUID, set[UUID]] = {}
    for statement in (own, linked):
        for session, enrolment, patient in db.execute(statement):
            if (session, enrolment) not in gone:
                found.setdefault(session, set()).add(patient)
    for other, patient in db.execute(extra):
        if other:
            found.setdefault(other, set()).add(patient)
    return found
