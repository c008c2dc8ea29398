"""The way of each patient: received, assessed, waiting, placed, ended, followed up.

What a way has come to is kept in a list that is only added to, so a step can't be undone: it is
taken ``back`` by another step, with a reason.
"""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.referrals import Referral, ReferralValues, Way, WayStep, check_values
from painprogram.domain.ways import (
    IN_GROUP,
    OPEN,
    NextStep,
    ReferralKind,
    WayStatus,
    check_day,
    check_following,
    check_length,
    following,
    step_after,
)
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    ReferralRow,
    ReferralStepRow,
)
from painprogram.usecases import enrolments, groups, way_lists, way_rows
from painprogram.usecases.programmes import newest_names

WITHDRAWN = "withdrawn"
DONE = "done:"
"""How the list of steps says that a next step was done, before its key."""


@dataclass(frozen=True, slots=True)
class Programmes:
    """What a referral may ask for: the programmes in the database by name, and the centres."""

    programmes: tuple[tuple[UUID, str], ...]
    centres: tuple[tuple[UUID, str], ...]


# Writing


def receive(
    database: Database, patient_id: UUID, values: ReferralValues, *, today: date | None = None
) -> Referral:
    """Register a referral or an own wish. Refused while the patient is on another way.

    A patient who was placed before anything was registered goes on from there.
    """
    wanted = check_values(values, today)
    with database.change(_("Register referral")) as db:
        row = way_rows.open_way(db, patient_id)
        if row is not None and row.kind != ReferralKind.DIRECT:
            raise Refused(
                _("The patient is already on a way: {status}.").format(
                    status=WayStatus(row.status).label.lower()
                )
            )
        places = _unreferred(db, patient_id)
        if row is not None:
            way_rows.write(row, wanted)
        elif places:
            row = way_rows.new(db, patient_id, wanted, WayStatus.PLACED)
            for place in places:
                place.referral_id = row.id
            db.flush()
            way_rows.stand(db, row, WayStatus.PLACED, max(wanted.received_on, places[0].first))
        else:
            row = way_rows.new(db, patient_id, wanted, WayStatus.RECEIVED)
        db.flush()
        return way_rows.as_referral(row)


def change(
    database: Database, referral_id: UUID, values: ReferralValues, *, today: date | None = None
) -> Referral:
    """Correct what was written down of a referral; where it stands stays as it is."""
    wanted = check_values(values, today)
    with database.change(_("Change referral")) as db:
        row = way_rows.one(db, referral_id)
        way_rows.write(row, wanted)
        if row.next_step == NextStep.OFFER:
            row.next_on = way_rows.day_of(db, row, NextStep.OFFER)
        db.flush()
        return way_rows.as_referral(row)


def plan(database: Database, referral_id: UUID, on: date) -> Referral:
    """Choose another day for the next step."""
    with database.change(_("Move the next step")) as db:
        row = way_rows.one(db, referral_id)
        if not row.next_step:
            raise Refused(_("Nothing is left to do on this way."))
        if row.next_step in way_lists.BY_GROUP and way_rows.held_places(db, row.id):
            raise Refused(_("The day of this step follows the dates of the group."))
        row.next_on = on
        db.flush()
        return way_rows.as_referral(row)


def step(
    database: Database,
    referral_id: UUID,
    status: WayStatus,
    on: date,
    reason: str = "",
    group_id: UUID | None = None,
    *,
    first: date | None = None,
    because: str = "",
    today: date | None = None,
) -> Referral:
    """Take a way on to *status*; *group_id* is the one that is offered or that has the place.

    All that follows is done in the same change: the place is given, from *first* on where that is
    said, or ends. *because*: why it is to be so though a rule asks.
    """
    label = _("Way of a patient: {status}").format(status=status.label)
    with database.change(label, undoable=False) as db:
        row = way_rows.one(db, referral_id)
        by = database.actor.name
        with _held_to_rules(db, row, status, group_id, first or on, because, by, today):
            take(db, row, status, on, by, reason, group_id, first=first, today=today)
        return way_rows.as_referral(row)


def done(
    database: Database,
    referral_id: UUID,
    what: NextStep,
    on: date,
    *,
    today: date | None = None,
) -> Referral:
    """Note that the next step is done, where it leads to no other status."""
    with database.change(_("Done: {step}").format(step=what.label), undoable=False) as db:
        row = way_rows.one(db, referral_id)
        if row.next_step != what:
            raise Refused(_("“{step}” is not the next step.").format(step=what.label))
        check_day(on, min(row.status_on, on), today)
        then = step_after(WayStatus(row.status), ReferralKind(row.kind), what)
        by = database.actor.name
        way_rows.catch_up(db, row, by)
        row.next_step = then or ""
        row.next_on = way_rows.day_of(db, row, then)
        way_rows.note(db, row, by, f"{DONE}{what}", on=on)
        db.flush()
        return way_rows.as_referral(row)


def back(database: Database, referral_id: UUID, reason: str) -> Referral:
    """Take a step back that was a mistake; places come and go with it, and the list keeps both."""
    tidied = check_length(" ".join(reason.split()))
    if not tidied:
        raise Refused(_("Write the reason."))
    with database.change(_("Take back a step of the way"), undoable=False) as db:
        row = way_rows.one(db, referral_id)
        before = _before(db, row)
        if before is None:
            raise Refused(_("The way has only begun: there is no step to take back."))
        by, left = database.actor.name, WayStatus(row.status)
        way_rows.catch_up(db, row, by)
        if left in IN_GROUP and before.status not in IN_GROUP:
            _end_places(db, row, WITHDRAWN, row.status_on, tidied)
        if left.ended and before.status in IN_GROUP:
            _open_places(db, row, left)
        way_rows.stand(db, row, before.status, before.on)
        way_rows.note(db, row, by, tidied)
        db.flush()
        return way_rows.as_referral(row)


# Reading


def of_patient(database: Database, patient_id: UUID, today: date) -> tuple[Way, ...]:
    """Every way of a patient with its steps: the one under way first, then the newest."""
    with database.read_patients(_("Open the patient's way")) as db:
        found = way_lists.load(db, today, ReferralRow.patient_id == patient_id, steps=True)
        saw(db, [patient_id])
    return tuple(sorted(found, key=lambda one: one.status.ended))


def ways(
    database: Database,
    centre_id: UUID | None = None,
    *,
    today: date,
    statuses: Iterable[WayStatus] = (),
    closed: bool = False,
) -> tuple[Way, ...]:
    """The ways on which something is left to do, the one that should be done first at the top.

    With *statuses* only those; with *closed* also those that are followed up to the end.
    """
    where: list[ColumnElement[bool]] = []
    if centre_id:
        where.append(ReferralRow.centre_id == centre_id)
    if wanted := tuple(statuses):
        where.append(ReferralRow.status.in_(wanted))
    if not closed:
        where.append(or_(ReferralRow.status.in_(OPEN), ReferralRow.next_step != ""))
    with database.read_patients(_("List the ways of patients")) as db:
        return way_lists.load(db, today, *where)


def choices(database: Database) -> Programmes:
    """What can be chosen for a referral."""
    with database.read() as db:
        centres = db.execute(select(CentreRow.id, CentreRow.name).order_by(CentreRow.name))
        return Programmes(
            tuple((key, name) for key, name in newest_names(db).items()),
            tuple((row.id, row.name) for row in centres),
        )


# For the other use cases


def take(
    db: Db,
    row: ReferralRow,
    status: WayStatus,
    on: date,
    by: str,
    reason: str = "",
    group_id: UUID | None = None,
    *,
    first: date | None = None,
    today: date | None = None,
) -> None:
    """Take *row* on to *status*, with its place and its list of steps."""
    before = WayStatus(row.status)
    wanted = check_following(before, status, reason)
    since = row.status_on if today is None else min(row.status_on, today)
    check_day(on, since, today)
    way_rows.catch_up(db, row, by)
    if status is WayStatus.OFFERED:
        offered = _offerable(db, group_id)
        way_rows.stand(db, row, status, on)
        row.offered_group_id = offered
    elif status is WayStatus.PLACED:
        _place(db, row, on, group_id or row.offered_group_id, first)
        way_rows.stand(db, row, status, on)
    else:
        if before in IN_GROUP and status not in IN_GROUP:
            ended_as = WITHDRAWN if status is WayStatus.WAITING else status.value
            _end_places(db, row, ended_as, on, wanted)
        if status.ended:
            row.end_reason = wanted
        way_rows.stand(db, row, status, on)
    way_rows.note(db, row, by, wanted)
    db.flush()


# Inside


def _unreferred(db: Db, patient_id: UUID) -> list[EnrolmentRow]:
    return list(
        db.scalars(
            select(EnrolmentRow).where(
                EnrolmentRow.patient_id == patient_id,
                EnrolmentRow.referral_id.is_(None),
                way_rows.HELD,
            )
        )
    )


def _offerable(db: Db, group_id: UUID | None) -> UUID:
    """The group, where it has a seat that nobody else has been offered."""
    if group_id is None:
        raise Refused(_("Choose the group whose place is offered."))
    group = groups.one(db, group_id)
    enrolments.check_open(group)
    if group.taken + offers(db, [group_id]).get(group_id, 0) >= group.maximum:
        raise Refused(
            _("All seats in {name} are taken or offered: {maximum} of {maximum}.").format(
                name=group.name, maximum=group.maximum
            )
        )
    return group_id


def offers(db: Db, wanted: Collection[UUID]) -> dict[UUID, int]:
    """How many places in each of these groups are offered and not answered."""
    rows = db.execute(
        select(ReferralRow.offered_group_id, func.count())
        .where(ReferralRow.offered_group_id.in_(wanted), ReferralRow.status == WayStatus.OFFERED)
        .group_by(ReferralRow.offered_group_id)
    )
    return {group: many for group, many in rows if group}


def _held_to_rules(
    db: Db,
    row: ReferralRow,
    status: WayStatus,
    group_id: UUID | None,
    since: date,
    because: str,
    by: str,
    today: date | None,
) -> AbstractContextManager[None]:
    group = group_id or row.offered_group_id
    if status is not WayStatus.PLACED or group is None:
        return nullcontext()
    return enrolments.held_to_rules(db, group, since, because, by, today)


def _place(db: Db, row: ReferralRow, on: date, group_id: UUID | None, first: date | None) -> None:
    if group_id is None:
        raise Refused(_("Choose the group in which the patient gets a place."))
    if first is None:
        span = way_rows.spans(db, [group_id]).get(group_id)
        first = max(on, span[0]) if span and on <= span[1] else on
    enrolments.place(db, row.patient_id, group_id, first)


def _end_places(db: Db, row: ReferralRow, ended_as: str, on: date, reason: str) -> None:
    for place in way_rows.held_places(db, row.id):
        place.last, place.reason, place.ended_as = max(on, place.first), reason, ended_as
    db.flush()


def _open_places(db: Db, row: ReferralRow, left: WayStatus) -> None:
    """The places that ended when the way did are held again, where there is a seat."""
    for place in db.scalars(
        select(EnrolmentRow).where(
            EnrolmentRow.referral_id == row.id, EnrolmentRow.ended_as == left
        )
    ):
        place.last, place.reason, place.ended_as = None, "", ""
    db.flush()


def _before(db: Db, row: ReferralRow) -> WayStep | None:
    """What the way was before it came to what it is; an offer is not made again by itself."""
    noted = db.scalars(
        select(ReferralStepRow)
        .where(ReferralStepRow.referral_id == row.id)
        .order_by(ReferralStepRow.noted_at.desc())
    )
    for one in noted:
        status = WayStatus(one.status)
        if status is WayStatus.OFFERED:
            status = WayStatus.WAITING
        if status != row.status and row.status in following(status):
            return WayStep(status, one.status_on)
    return None
