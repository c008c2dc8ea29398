"""A patient rests from the group for some days, and keeps the place.

Nobody expects somebody who rests: ``storage.places`` and ``domain.laps`` have that.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.schedule import STAYS_AWAY, Line, check_reason
from painprogram.domain.sessions import Visit
from painprogram.i18n import _, date_short
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentPauseRow, EnrolmentRow
from painprogram.usecases import schedules

LONGEST = 366
"""Days; whoever is away longer gives up the place."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A patient's pause in the group, from *first* to *last*, both days in it."""

    id: UUID
    enrolment_id: UUID
    first: date
    last: date
    reason: str
    version: int = 1


def rests(database: Database, enrolment_id: UUID) -> tuple[Rest, ...]:
    """The pauses of a place, in order of time."""
    with database.read_patients(_("Open own schedule")) as db:
        return load(db, enrolment_id)


def missed(database: Database, enrolment_id: UUID, first: date, last: date) -> tuple[Line, ...]:
    """What the patient would go to on these days: nobody expects them there then."""
    with database.read_patients(_("Open own schedule")) as db:
        lines = schedules.load(db, enrolment_id).lines
    return tuple(
        line
        for line in lines
        if first <= line.start.date() <= last
        and line.kind not in STAYS_AWAY
        and not isinstance(line.session, Visit)
        and not line.session.cancelled
    )


def rest(database: Database, enrolment_id: UUID, first: date, last: date, reason: str) -> Rest:
    """Let the patient rest from *first* to *last*; refused where they rest then already."""
    wanted = check_reason(reason)
    _check_span(first, last)
    with database.change(_("Pause the patient's place")) as db:
        place = _held(db, enrolment_id)
        _check_apart(db, enrolment_id, first, last)
        row = EnrolmentPauseRow(
            patient_id=place.patient_id,
            enrolment_id=enrolment_id,
            first=first,
            last=last,
            reason=wanted,
        )
        db.add(row)
        db.flush()
        return as_rest(row)


def change(database: Database, shown: Rest, first: date, last: date, reason: str) -> Rest:
    """Other days or another reason; refused where the seat on a day is taken by then."""
    wanted = check_reason(reason)
    _check_span(first, last)
    with database.change(_("Change the pause of the patient's place")) as db:
        row = _row(db, shown)
        _held(db, row.enrolment_id)
        _check_apart(db, row.enrolment_id, first, last, but=row.id)
        row.first, row.last, row.reason = first, last, wanted
        db.flush()
        return as_rest(row)


def come_back(database: Database, shown: Rest, day: date) -> Rest | None:
    """The patient comes again from *day* on; None where the pause is gone by that."""
    with database.change(_("Change the pause of the patient's place")) as db:
        row = _row(db, shown)
        if day > row.last:
            raise Refused(_("The patient comes back by then as it is."))
        if day <= row.first:
            db.delete(row)
            return None
        row.last = day - timedelta(days=1)
        db.flush()
        return as_rest(row)


def remove(database: Database, shown: Rest) -> None:
    """There is no pause after all."""
    with database.change(_("Remove the pause of the patient's place")) as db:
        db.delete(_row(db, shown))


# For the other use cases


def load(db: Db, enrolment_id: UUID) -> tuple[Rest, ...]:
    saw(db, [db.get_one(EnrolmentRow, enrolment_id).patient_id])
    rows = db.scalars(
        select(EnrolmentPauseRow)
        .where(EnrolmentPauseRow.enrolment_id == enrolment_id)
        .order_by(EnrolmentPauseRow.first)
    )
    return tuple(as_rest(row) for row in rows)


def carry(db: Db, enrolment_id: UUID, to: EnrolmentRow, day: date) -> int:
    """What is left from *day* on of the pauses of one place holds for another; how many."""
    left = [one for one in load(db, enrolment_id) if one.last >= day]
    for one in left:
        db.add(
            EnrolmentPauseRow(
                patient_id=to.patient_id,
                enrolment_id=to.id,
                first=max(one.first, day),
                last=one.last,
                reason=one.reason,
            )
        )
    db.flush()
    return len(left)


def as_rest(row: EnrolmentPauseRow) -> Rest:
    return Rest(row.id, row.enrolment_id, row.first, row.last, row.reason, row.version)


def _row(db: Db, shown: Rest) -> EnrolmentPauseRow:
    row = db.get(EnrolmentPauseRow, shown.id)
    if row is None:
        raise Refused(_("The pause is no longer there."))
    expect(row, shown.version)
    return row


def _held(db: Db, enrolment_id: UUID) -> EnrolmentRow:
    place = db.get(EnrolmentRow, enrolment_id)
    if place is None or place.last is not None:
        raise Refused(_("The place in the group is no longer there."))
    return place


def _check_span(first: date, last: date) -> None:
    if last < first:
        raise Refused(_("The pause can't end before it begins."))
    if (last - first).days >= LONGEST:
        raise Refused(
            _("A pause can last {days} days at most. End the place instead.").format(days=LONGEST)
        )


def _check_apart(
    db: Db, enrolment_id: UUID, first: date, last: date, *, but: UUID | None = None
) -> None:
    for one in load(db, enrolment_id):
        if one.id != but and one.first <= last and first <= one.last:
            raise Refused(
                _("The patient has a pause already from {first} to {last}.").format(
                    first=date_short(one.first), last=date_short(one.last)
                )
            )
