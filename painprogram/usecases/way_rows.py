"""The rows of a patient's way, for every use case that takes a patient a step further."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.referrals import Priority, Referral, ReferralValues
from painprogram.domain.ways import OPEN, NextStep, ReferralKind, WayStatus, due, first_step
from painprogram.i18n import _
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    PauseRow,
    ReferralRow,
    ReferralStepRow,
    SessionRow,
)
from painprogram.usecases import patients

Span = tuple[date, date]
_AT_ONCE = 500
HELD = EnrolmentRow.last.is_(None)


def as_referral(row: Any) -> Referral:
    """Of a row, or of its columns."""
    return Referral(
        id=row.id,
        patient_id=row.patient_id,
        centre_id=row.centre_id,
        values=ReferralValues(
            row.received_on,
            ReferralKind(row.kind),
            row.from_whom,
            row.reason,
            tuple(row.needs),
            Priority(row.priority),
            row.programme_id,
            row.preferred_centre_id,
        ),
        status=WayStatus(row.status),
        status_on=row.status_on,
        next_step=NextStep(row.next_step) if row.next_step else None,
        next_on=row.next_on,
        offered_group_id=row.offered_group_id,
        end_reason=row.end_reason,
        version=row.version,
    )


def one(db: Db, referral_id: UUID) -> ReferralRow:
    row = db.get(ReferralRow, referral_id)
    if row is None:
        raise Refused(_("The referral is no longer there."))
    return row


def open_way(db: Db, patient_id: UUID) -> ReferralRow | None:
    """The way that the patient is on; there is one at most."""
    return db.scalars(
        select(ReferralRow)
        .where(ReferralRow.patient_id == patient_id, ReferralRow.status.in_(OPEN))
        .order_by(ReferralRow.received_on.desc(), ReferralRow.id)
        .limit(1)
    ).first()


def new(db: Db, patient_id: UUID, values: ReferralValues, status: WayStatus) -> ReferralRow:
    """A way that begins; not in the list of steps before it is left, so that it can be undone."""
    row = ReferralRow(
        patient_id=patient_id,
        centre_id=patients.one(db, patient_id).centre_id,
        from_whom="",
        reason="",
        offered_group_id=None,
        end_reason="",
    )
    write(row, values)
    stand(db, row, status, values.received_on)
    db.add(row)
    db.flush()
    return row


def write(row: ReferralRow, values: ReferralValues) -> None:
    row.received_on = values.received_on
    row.kind = values.kind
    row.from_whom = values.from_whom
    row.reason = values.reason
    row.needs = list(values.needs)
    row.priority = int(values.priority)
    row.programme_id = values.programme_id
    row.preferred_centre_id = values.preferred_centre_id


def stand(db: Db, row: ReferralRow, status: WayStatus, on: date) -> None:
    """Let the way be *status*, with the next step that follows and its day."""
    row.status, row.status_on = status, on
    if status is not WayStatus.OFFERED:
        row.offered_group_id = None
    if not status.ended:
        row.end_reason = ""
    step = first_step(status, ReferralKind(row.kind))
    row.next_step = step or ""
    row.next_on = day_of(db, row, step)


def day_of(db: Db, row: ReferralRow, step: NextStep | None) -> date | None:
    limit = db.scalar(select(CentreRow.waiting_limit).where(CentreRow.id == row.centre_id))
    first, last = None, None
    if row.id is not None and step in (NextStep.BEFORE, NextStep.START, NextStep.AFTER):
        first, last = place_span(db, row.id)
    return due(step, row.status_on, row.received_on, limit or 0, first, last)


def place_span(db: Db, referral_id: UUID) -> tuple[date | None, date | None]:
    """The first and last day of the group that the way has a place in."""
    place = db.execute(
        select(EnrolmentRow.group_id, EnrolmentRow.first, EnrolmentRow.lap_end)
        .where(EnrolmentRow.referral_id == referral_id, HELD)
        .order_by(EnrolmentRow.first.desc())
        .limit(1)
    ).first()
    if place is None:
        return None, None
    span = spans(db, [place.group_id]).get(place.group_id)
    if span is None:
        return place.first, place.lap_end
    return max(place.first, span[0]), place.lap_end or span[1]


def spans(db: Db, groups: Iterable[UUID]) -> dict[UUID, Span]:
    """The first and last day of each of *groups* that meets at all.

    What waits because the group is paused counts on the days it had.
    """
    found: dict[UUID, Span] = {}
    wanted = sorted(set(groups))
    for first in range(0, len(wanted), _AT_ONCE):
        rows = db.execute(
            select(SessionRow.group_id, func.min(SessionRow.start), func.max(SessionRow.start))
            .where(
                SessionRow.group_id.in_(wanted[first : first + _AT_ONCE]),
                or_(SessionRow.cancelled.is_(False), SessionRow.group_id.in_(paused())),
            )
            .group_by(SessionRow.group_id)
        )
        found |= {group: (start.date(), end.date()) for group, start, end in rows}
    return found


def paused() -> Select[UUID]:
    """The groups that are paused until somebody says when they go on."""
    return select(PauseRow.group_id).where(PauseRow.last.is_(None))


def note(db: Db, row: ReferralRow, by: str, reason: str = "", *, on: date | None = None) -> None:
    """Put what the way has come to on its list of steps, which is only ever added to."""
    db.add(
        ReferralStepRow(
            patient_id=row.patient_id,
            referral_id=row.id,
            status=row.status,
            status_on=on or row.status_on,
            noted_at=datetime.now(UTC).replace(tzinfo=None),
            noted_by=by,
            reason=reason,
        )
    )


def catch_up(db: Db, row: ReferralRow, by: str) -> None:
    """A status that was come to by something that could be undone is noted when it is left."""
    noted = select(func.count()).where(
        ReferralStepRow.referral_id == row.id,
        ReferralStepRow.status == row.status,
        ReferralStepRow.status_on == row.status_on,
    )
    if not db.scalar(noted):
        note(db, row, by, row.end_reason)


def held_places(db: Db, referral_id: UUID) -> list[EnrolmentRow]:
    return list(
        db.scalars(select(EnrolmentRow).where(EnrolmentRow.referral_id == referral_id, HELD))
    )


def placed(db: Db, place: EnrolmentRow) -> None:
    """A patient was given *place*: the way that led there has come to it, or begins with it."""
    row = open_way(db, place.patient_id)
    if row is None:
        values = ReferralValues(place.first, ReferralKind.DIRECT)
        row = new(db, place.patient_id, values, WayStatus.PLACED)
    place.referral_id = row.id
    db.flush()
    if row.status != WayStatus.UNDER_WAY:
        day = row.status_on if row.status == WayStatus.PLACED else max(place.first, row.status_on)
        stand(db, row, WayStatus.PLACED, day)


def left(db: Db, place: EnrolmentRow, ended_as: str, on: date, reason: str) -> None:
    """*place* has ended: so has the way, unless it has another place."""
    place.ended_as = ended_as
    db.flush()
    row = db.get(ReferralRow, place.referral_id) if place.referral_id else None
    if row is None or row.status not in OPEN or held_places(db, row.id):
        return
    row.end_reason = reason
    stand(db, row, WayStatus(ended_as), max(on, row.status_on))
