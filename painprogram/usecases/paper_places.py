"""Whose papers are wanted: the places in groups that somebody's wish comes down to."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import GroupStatus
from painprogram.domain.papers import Wanted
from painprogram.storage.tables import EnrolmentRow, GroupRow, SessionRow, VisitRow
from painprogram.usecases import enrolments, rosters


def places(db: Db, wanted: Wanted) -> tuple[UUID, ...]:
    """Those named; or a patient's, a session's, a group's; or who comes on those days.

    By keys alone: whoever reads who they are, says so to the door.
    """
    if wanted.places:
        return tuple(dict.fromkeys(wanted.places))
    if wanted.patient is not None:
        return _of_patient(db, wanted.patient, wanted.group)
    if wanted.session is not None:
        return _expected(db, [wanted.session])
    if wanted.group is not None:
        return tuple(place.id for place in enrolments.held(db, wanted.group))
    return who_comes(db, wanted)


def _of_patient(db: Db, patient: UUID, group: UUID | None) -> tuple[UUID, ...]:
    held = (
        select(EnrolmentRow.id)
        .where(EnrolmentRow.patient_id == patient, EnrolmentRow.last.is_(None))
        .order_by(EnrolmentRow.first, EnrolmentRow.id)
    )
    if group is not None:
        held = held.where(EnrolmentRow.group_id == group)
    return tuple(db.scalars(held))


def _expected(db: Db, sessions: list[UUID]) -> tuple[UUID, ...]:
    lists = rosters.of_sessions(db, sessions)
    keys = (one.enrolment_id for key in sessions for one in lists.get(key, {}).values())
    return tuple(dict.fromkeys(keys))


def who_comes(db: Db, wanted: Wanted) -> tuple[UUID, ...]:
    """The places by which somebody comes to the centre from the first day to the last."""
    if wanted.centre is None or wanted.first is None:
        return ()
    start = datetime.combine(wanted.first, time())
    end = datetime.combine(wanted.last or wanted.first, time()) + timedelta(days=1)
    meetings = (
        select(SessionRow.id)
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .where(
            SessionRow.centre_id == wanted.centre,
            SessionRow.start >= start,
            SessionRow.start < end,
            SessionRow.cancelled.is_(False),
            GroupRow.status != GroupStatus.CANCELLED,
        )
        .order_by(SessionRow.start, SessionRow.id)
    )
    visits = (
        select(VisitRow.enrolment_id)
        .where(
            VisitRow.centre_id == wanted.centre,
            VisitRow.start >= start,
            VisitRow.start < end,
            VisitRow.cancelled.is_(False),
        )
        .order_by(VisitRow.start, VisitRow.id)
    )
    found = (*_expected(db, list(db.scalars(meetings))), *db.scalars(visits))
    return tuple(dict.fromkeys(found))
