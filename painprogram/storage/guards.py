"""What must hold in the database whichever way a row came in: checked in each transaction.

A guard sees the rows a change (or an undo) wrote, locks what it counts, and refuses. The rule
itself is the domain's.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import check_seats
from painprogram.domain.laps import fullest
from painprogram.storage import places
from painprogram.storage.changes import RowChange, RowChanges
from painprogram.storage.places import HELD
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentPauseRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    SessionRow,
)


def check(db: Db, rows: RowChanges) -> None:
    """Refuse the transaction that wrote *rows* where it breaks what must always hold."""
    groups: set[UUID] = set()
    sessions: set[UUID] = set()
    returning: set[UUID] = set()
    moved: set[UUID] = set()
    for change in rows.values():
        after = change.after or {}
        if change.table is EnrolmentRow and after and after["last"] is None:
            groups.add(after["group_id"])
            returning.add(change.id)
        elif change.table is GroupRow and after:
            groups.add(change.id)
        elif change.table is EnrolmentPauseRow:  # who rests no longer needs the seat again
            returning.add((change.after or change.before or {})["enrolment_id"])
        elif change.table is DeviationRow:  # an opt-out taken back needs its seat again
            came = after.get("to_session_id") or (change.before or {}).get("session_id")
            sessions |= {came} if came else set()
        elif change.table is SessionRow and _on_another_day(change):
            moved.add(change.id)
    if returning:
        groups |= set(db.scalars(_of_places(returning)))
    groups_hold(db, sorted(groups))
    if groups or moved:
        sessions |= set(db.scalars(_visited(groups, moved)))
    if returning:
        sessions |= {key for key in db.scalars(_elsewhere(returning)) if key}
    sessions_hold(db, sorted(sessions))


def _on_another_day(change: RowChange) -> bool:
    """Others may be expected then: those whose laps and pauses have the new day."""
    if change.before is None or change.after is None:
        return False
    days = {values["start"].date() for values in (change.before, change.after)}
    return len(days) > 1


def _of_places(enrolments: set[UUID]) -> Select[UUID]:
    return select(EnrolmentRow.group_id).where(EnrolmentRow.id.in_(enrolments))


def _visited(groups: set[UUID], sessions: set[UUID]) -> Select[UUID]:
    """Of *sessions* and those of *groups*: the ones that somebody from elsewhere comes to."""
    return (
        select(SessionRow.id)
        .join(DeviationRow, DeviationRow.to_session_id == SessionRow.id)
        .where(or_(SessionRow.group_id.in_(groups), SessionRow.id.in_(sessions)))
    )


def _elsewhere(enrolments: set[UUID]) -> Select[UUID | None]:
    """The sessions of other groups that these places lead to."""
    return select(DeviationRow.to_session_id).where(
        DeviationRow.enrolment_id.in_(enrolments), DeviationRow.to_session_id.is_not(None)
    )


def groups_hold(db: Db, groups: Iterable[UUID]) -> None:
    """In an open group a seat is taken by the day, so it is the fullest one that counts."""
    for group in groups:
        locked = db.execute(
            select(GroupRow.name, GroupRow.maximum)
            .where(GroupRow.id == group)
            .with_for_update(key_share=True)
        ).one()
        held = places.held(db, [group]).get(group, places.NOBODY)
        taken, when = fullest(place.lap for place in held.each)
        check_seats(locked.name, taken, locked.maximum, when)


def sessions_hold(db: Db, sessions: Iterable[UUID]) -> None:
    """A swap or an addition takes a seat in the other group's session."""
    for session in sessions:
        locked = db.execute(
            select(GroupRow.name, GroupRow.maximum)
            .join(SessionRow, GroupRow.id == SessionRow.group_id)
            .where(SessionRow.id == session)
            .with_for_update(of=GroupRow, key_share=True)
        ).one()
        check_seats(locked.name, len(expected(db, [session]).get(session, ())), locked.maximum)


def expected(db: Db, sessions: Iterable[UUID] | None = None) -> dict[UUID, set[UUID]]:
    """The patients who are to come to each of *sessions* (None: all), own schedules counted in.

    Who is expected on a day is for the place to say (``domain.laps``). Seats of linked sessions
    are their group's quota, so those who come by a link are counted here too: one roster for one
    room.
    """
    wanted = None if sessions is None else list(sessions)
    own = select(SessionRow.id, SessionRow.group_id, SessionRow.start)
    linked = select(SessionRow.id, LinkRow.group_id, SessionRow.start).join(
        LinkRow, LinkRow.session_id == SessionRow.id
    )
    away = (
        select(DeviationRow.session_id, DeviationRow.enrolment_id)
        .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
        .where(HELD, DeviationRow.session_id.is_not(None))
    )
    extra = (
        select(DeviationRow.to_session_id, EnrolmentRow.patient_id)
        .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
        .join(SessionRow, SessionRow.id == DeviationRow.to_session_id)
        .where(HELD, ~places.resting())
    )
    if wanted is not None:
        own = own.where(SessionRow.id.in_(wanted))
        linked = linked.where(SessionRow.id.in_(wanted))
        away = away.where(DeviationRow.session_id.in_(wanted))
        extra = extra.where(DeviationRow.to_session_id.in_(wanted))
    meetings = [*db.execute(own), *db.execute(linked)]
    members = places.held(db, {group for _session, group, _start in meetings})
    gone = set(map(tuple, db.execute(away)))
    found: dict[UUID, set[UUID]] = {}
    for session, group, start in meetings:
        if group in members:
            coming = members[group].on(start.date())
            kept = {who for place, who in coming.items() if (session, place) not in gone}
            if kept:
                found.setdefault(session, set()).update(kept)
    for other, patient in db.execute(extra):
        if other:
            found.setdefault(other, set()).add(patient)
    return found
