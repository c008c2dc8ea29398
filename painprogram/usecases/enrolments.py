"""Places in groups: give a patient one, and end it."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.patients import Enrolment
from painprogram.domain.schedule import check_reason
from painprogram.domain.ways import WayStatus
from painprogram.i18n import _
from painprogram.storage import guards
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow, GroupRow, LinkRow, PatientRow, SessionRow
from painprogram.usecases import laps, rules, way_rows
from painprogram.usecases.patients import as_enrolment


def enrol(
    database: Database,
    patient_id: UUID,
    group_id: UUID,
    day: date,
    *,
    because: str = "",
    today: date | None = None,
) -> Enrolment:
    """Give a patient a place from *day*. Refused where the group is full, or not open.

    The maximum is held by the database layer in the same transaction, whichever way in.
    *because*: why it is to be so though a rule asks.
    """
    who = database.actor.name
    with (
        database.change(_("Place patient in group")) as db,
        held_to_rules(db, group_id, day, because, who, today),
    ):
        return as_enrolment(place(db, patient_id, group_id, day))


def leave(
    database: Database,
    enrolment_id: UUID,
    day: date,
    reason: str,
    ended_as: WayStatus = WayStatus.STOPPED,
) -> Enrolment:
    """End a place on *day*; all that belongs to it is kept. So ends the way that led to it."""
    wanted = check_reason(reason)
    with database.change(_("End the patient's place in the group")) as db:
        row = db.get_one(EnrolmentRow, enrolment_id)
        if row.last is not None:
            raise Refused(_("The place has already ended."))
        if day < row.first:
            raise Refused(_("The place can't end before it began."))
        row.last, row.reason = day, wanted
        way_rows.left(db, row, ended_as, day, wanted)
        db.flush()
        return as_enrolment(row)


def names(database: Database, group_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Those who have a place in the group now, in order of name."""
    with database.read_patients(_("List participants")) as db:
        rows = db.execute(
            select(PatientRow.id, PatientRow.given_name, PatientRow.family_name)
            .join(EnrolmentRow, EnrolmentRow.patient_id == PatientRow.id)
            .where(EnrolmentRow.group_id == group_id, EnrolmentRow.last.is_(None))
            .order_by(PatientRow.search)
        ).all()
        saw(db, (row.id for row in rows))
        return tuple((row.id, f"{row.given_name} {row.family_name}") for row in rows)


def place(db: Db, patient_id: UUID, group_id: UUID, day: date) -> EnrolmentRow:
    """A new place, and the patient's way with it."""
    group = db.get_one(GroupRow, group_id)
    check_open(group)
    db.get_one(PatientRow, patient_id)
    already = select(func.count()).where(
        EnrolmentRow.patient_id == patient_id,
        EnrolmentRow.group_id == group_id,
        EnrolmentRow.last.is_(None),
    )
    if db.scalar(already):
        raise Refused(_("The patient already has a place in {name}.").format(name=group.name))
    row = EnrolmentRow(
        patient_id=patient_id,
        group_id=group_id,
        first=day,
        lap_end=laps.end_of(db, group, day),
    )
    db.add(row)
    db.flush()
    guards.groups_hold(db, [group_id])  # before anybody is asked what the rules have to say
    way_rows.placed(db, row)
    db.flush()
    return row


def held_to_rules(
    db: Db, group_id: UUID, since: date, because: str, who: str, today: date | None = None
) -> AbstractContextManager[None]:
    """Hold who is placed within against the rules, at all that the group has from *since* on."""
    begin = datetime.combine(max(since, today or since), time())
    linked = select(LinkRow.session_id).where(LinkRow.group_id == group_id)
    ahead = select(SessionRow.id).where(
        or_(SessionRow.group_id == group_id, SessionRow.id.in_(linked)),
        SessionRow.start >= begin,
        SessionRow.cancelled.is_(False),
    )
    return rules.kept(db, tuple(db.scalars(ahead)), today, because, who)


def check_open(group: Group | GroupRow) -> None:
    """Refuse a group in which nobody new is placed."""
    if group.activity:
        raise Refused(
            _("{name} is an open lecture activity; nobody is placed in it.").format(name=group.name)
        )
    if group.status in (GroupStatus.CLOSED, GroupStatus.CANCELLED):
        raise Refused(_("{name} is not open for new patients.").format(name=group.name))


def held(db: Db, group_id: UUID) -> tuple[Enrolment, ...]:
    """The places held in a group, for other use cases."""
    rows = db.scalars(
        select(EnrolmentRow)
        .where(EnrolmentRow.group_id == group_id, EnrolmentRow.last.is_(None))
        .order_by(EnrolmentRow.first, EnrolmentRow.id)
    )
    return tuple(as_enrolment(row) for row in rows)
