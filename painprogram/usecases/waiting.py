"""The waiting list, and who a free seat is proposed to: explained, and decided by a person."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.filling import Judged, Meeting, Seat, Waiting, judged
from painprogram.domain.groups import Group
from painprogram.domain.patients import Access
from painprogram.domain.referrals import Referral
from painprogram.domain.rooms import Equipment
from painprogram.domain.unsuitable import read
from painprogram.domain.ways import IN_LINE, OPEN, WayStatus
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    ProgrammeVersionRow,
    ReferralRow,
    RoomRow,
    SessionRow,
)
from painprogram.usecases import enrolments, groups, way_rows, ways
from painprogram.usecases.programmes import newest_names


@dataclass(frozen=True, slots=True)
class Counted:
    """How many wait for a programme; *programme_id* None: for any."""

    programme_id: UUID | None
    programme_name: str
    waiting: int
    offered: int
    over_limit: int
    longest: int
    """Days."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """A group and everybody who waits: who gets its free seats, and why not the others."""

    group: Group
    free: int
    """Seats that are neither taken nor offered."""
    offered: int
    judged: tuple[Judged, ...]
    """Those with a seat first, in order; then the others, in order."""

    @property
    def chosen(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.seat is not None)


def waiting(
    database: Database, centre_id: UUID | None = None, *, today: date
) -> tuple[Waiting, ...]:
    """Those who wait for a place, or have been offered one: in the order of the list.

    With *centre_id*, those of the centre and those who would rather come there.
    """
    with database.read_patients(_("List those who wait")) as db:
        return load(db, today, centre_id)


def counts(
    database: Database, centre_id: UUID | None = None, *, today: date
) -> tuple[Counted, ...]:
    """How many wait, by programme: nobody is looked at."""
    with database.read() as db:
        query = select(
            ReferralRow.programme_id,
            ReferralRow.status,
            ReferralRow.received_on,
            CentreRow.waiting_limit,
        ).join(CentreRow, CentreRow.id == ReferralRow.centre_id)
        query = query.where(ReferralRow.status.in_(IN_LINE))
        if centre_id:
            query = query.where(ReferralRow.centre_id == centre_id)
        names = newest_names(db)
        found: dict[UUID | None, list[Any]] = {}
        for row in db.execute(query):
            found.setdefault(row.programme_id, []).append(row)
    counted = [
        _counted(key, names.get(key, "") if key else "", rows, today) for key, rows in found.items()
    ]
    return tuple(sorted(counted, key=lambda one: one.programme_name))


def over_limit(database: Database, centre_id: UUID | None = None, *, today: date) -> int:
    """How many have waited longer than their centre's limit, from the referral on."""
    with database.read() as db:
        query = (
            select(ReferralRow.received_on, CentreRow.waiting_limit)
            .join(CentreRow, CentreRow.id == ReferralRow.centre_id)
            .where(ReferralRow.status.in_((*OPEN[:2], *IN_LINE)))
        )
        if centre_id:
            query = query.where(ReferralRow.centre_id == centre_id)
        return sum((today - received).days > limit for received, limit in db.execute(query))


def propose(database: Database, group_id: UUID, *, today: date) -> Proposals:
    """For each free seat of a group, who and why; for each of the others, why not now."""
    with database.read_patients(_("Propose who gets a place")) as db:
        group = groups.one(db, group_id)
        enrolments.check_open(group)
        offered = ways.offers(db, [group_id]).get(group_id, 0)
        free = max(0, group.maximum - group.taken - offered)
        known = seat_in(db, group, today)
        candidates = [
            one
            for one in load(db, today, group.centre_id)
            if one.referral.status is WayStatus.WAITING
        ]
        return Proposals(group, free, offered, judged(candidates, known, free))


def offer(
    database: Database,
    referral_id: UUID,
    group_id: UUID,
    on: date,
    *,
    why: str = "",
    today: date | None = None,
) -> Referral:
    """Offer a patient who waits a place; *why* (the proposal's words, or one's own) is kept."""
    return ways.step(database, referral_id, WayStatus.OFFERED, on, why, group_id, today=today)


def accept(
    database: Database,
    referral_id: UUID,
    on: date,
    *,
    first: date | None = None,
    because: str = "",
    today: date | None = None,
) -> Referral:
    """The patient wants the place that was offered, and has it: from *first* on, where it is said.

    *because*: why it is to be so though a rule asks.
    """
    return ways.step(
        database, referral_id, WayStatus.PLACED, on, first=first, because=because, today=today
    )


def decline(
    database: Database,
    referral_id: UUID,
    on: date,
    reason: str,
    *,
    stays: bool = True,
    today: date | None = None,
) -> Referral:
    """The patient does not want the place: waits for another (*stays*), or declines it all."""
    status = WayStatus.WAITING if stays else WayStatus.DECLINED
    return ways.step(database, referral_id, status, on, reason, today=today)


# For the other use cases


def load(db: Db, today: date, centre_id: UUID | None = None) -> tuple[Waiting, ...]:
    """Those in line, in order: priority, then the day of the referral.

    Across care providers nobody is seen, wherever they would rather come.
    """
    query = (
        select(
            *ReferralRow.__table__.columns,
            PatientRow.given_name,
            PatientRow.family_name,
            PatientRow.language,
            PatientRow.interpreter,
            PatientRow.access,
            PatientRow.protected,
            PatientRow.times_not,
            CentreRow.waiting_limit,
            CentreRow.name.label("centre_name"),
        )
        .join(PatientRow, PatientRow.id == ReferralRow.patient_id)
        .join(CentreRow, CentreRow.id == ReferralRow.centre_id)
        .where(ReferralRow.status.in_(IN_LINE))
        .order_by(ReferralRow.priority.desc(), ReferralRow.received_on, ReferralRow.id)
    )
    if centre_id:
        query = query.where(
            CentreRow.provider_id == _provider_of(centre_id),
            (ReferralRow.centre_id == centre_id) | (ReferralRow.preferred_centre_id == centre_id),
        )
    rows = db.execute(query).all()
    saw(db, (row.patient_id for row in rows))
    programmes = newest_names(db) if any(row.programme_id for row in rows) else {}
    centres = {row.id: row.name for row in db.execute(select(CentreRow.id, CentreRow.name))}
    offered = {row.offered_group_id for row in rows if row.offered_group_id}
    groups_named = select(GroupRow.id, GroupRow.name).where(GroupRow.id.in_(offered))
    named = {row.id: row.name for row in db.execute(groups_named)}
    return tuple(
        Waiting(
            order=order,
            referral=way_rows.as_referral(row),
            name=f"{row.given_name} {row.family_name}",
            days=max(0, (today - row.received_on).days),
            limit=row.waiting_limit,
            language=row.language,
            interpreter=row.interpreter,
            access=tuple(Access(need) for need in row.access),
            times_not=read(row.times_not),
            protected=row.protected,
            centre_name=row.centre_name,
            programme_name=programmes.get(row.programme_id, ""),
            preferred_centre_name=centres.get(row.preferred_centre_id, ""),
            offered_group_name=named.get(row.offered_group_id, ""),
        )
        for order, row in enumerate(rows, 1)
    )


# Inside


def _provider_of(centre_id: UUID) -> ScalarSelect[UUID]:
    return select(CentreRow.provider_id).where(CentreRow.id == centre_id).scalar_subquery()


def _counted(key: UUID | None, name: str, rows: list[Any], today: date) -> Counted:
    days = [max(0, (today - row.received_on).days) for row in rows]
    states = Counter(row.status for row in rows)
    return Counted(
        key,
        name,
        states[WayStatus.WAITING],
        states[WayStatus.OFFERED],
        sum(day > row.waiting_limit for day, row in zip(days, rows, strict=True)),
        max(days),
    )


def seat_in(db: Db, group: Group, today: date) -> Seat:
    """What the judgement needs to know of the group."""
    programme = db.scalar(
        select(ProgrammeVersionRow.programme_id).where(ProgrammeVersionRow.id == group.programme_id)
    )
    meetings = db.execute(
        select(SessionRow.start, SessionRow.minutes, RoomRow.name, RoomRow.equipment)
        .outerjoin(RoomRow, RoomRow.id == SessionRow.room_id)
        .where(
            SessionRow.group_id == group.id,
            SessionRow.cancelled.is_(False),
            SessionRow.start >= today,
        )
        .order_by(SessionRow.start)
    )
    languages = db.execute(
        select(PatientRow.id, PatientRow.language)
        .join(EnrolmentRow, EnrolmentRow.patient_id == PatientRow.id)
        .where(EnrolmentRow.group_id == group.id, way_rows.HELD)
    ).all()
    saw(db, (row.id for row in languages))
    return Seat(
        group_name=group.name,
        centre_id=group.centre_id,
        centre_name=group.centre_name,
        programme_id=programme,
        programme_name=group.programme_name,
        meetings=tuple(
            Meeting(
                row.start,
                row.start + timedelta(minutes=row.minutes),
                row.name or "",
                frozenset(Equipment(one) for one in row.equipment or ()),
            )
            for row in meetings
        ),
        languages=Counter(row.language for row in languages),
    )
