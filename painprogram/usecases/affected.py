"""Who and what a decision on a group affects: patients, sessions, visits, those who wait."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import Group
from painprogram.domain.patients import Patient
from painprogram.domain.ways import WayStatus
from painprogram.i18n import _
from painprogram.storage.places import HELD
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    ProgrammeVersionRow,
    ReferralRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import patients


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a place in the group, or with an offer of one."""

    patient_id: UUID
    name: str
    reach: str
    protected: bool
    way: UUID | None
    status: WayStatus | None
    place: UUID | None = None


def people(db: Db, group_id: UUID) -> list[Person]:
    """Those with a place, by priority and in the order they got it; then those offered one."""
    held = db.execute(
        select(
            EnrolmentRow.patient_id,
            EnrolmentRow.id.label("place"),
            EnrolmentRow.referral_id.label("way"),
            ReferralRow.status,
        )
        .outerjoin(ReferralRow, ReferralRow.id == EnrolmentRow.referral_id)
        .where(EnrolmentRow.group_id == group_id, HELD)
        .order_by(
            ReferralRow.priority.desc(),
            EnrolmentRow.first,
            ReferralRow.received_on,
            EnrolmentRow.id,
        )
    ).all()
    offers = db.execute(
        select(ReferralRow.patient_id, ReferralRow.id.label("way"), ReferralRow.status)
        .where(ReferralRow.offered_group_id == group_id, ReferralRow.status == WayStatus.OFFERED)
        .order_by(ReferralRow.priority.desc(), ReferralRow.received_on, ReferralRow.id)
    ).all()
    known = patients.several(db, {row.patient_id for row in (*held, *offers)})
    return [
        *(_person(row, known[row.patient_id], row.place) for row in held),
        *(_person(row, known[row.patient_id], None) for row in offers),
    ]


def _person(row: Any, patient: Patient, place: UUID | None) -> Person:
    return Person(
        patient.id,
        patient.name,
        _reach(patient),
        patient.protected,
        row.way,
        WayStatus(row.status) if row.status else None,
        place,
    )


def _reach(patient: Patient) -> str:
    if patient.protected:
        return _("Protected identity: as agreed with the patient")
    if patient.address.strip():
        return _("Letter")
    return patient.phone or _("No address or phone is known")


def sessions_ahead(db: Db, group_id: UUID, today: date) -> list[UUID]:
    return list(
        db.scalars(
            select(SessionRow.id).where(
                SessionRow.group_id == group_id,
                SessionRow.cancelled.is_(False),
                SessionRow.start >= midnight(today),
            )
        )
    )


def visits_ahead(db: Db, group_id: UUID, today: date) -> list[UUID]:
    return list(
        db.scalars(
            select(VisitRow.id)
            .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
            .where(
                EnrolmentRow.group_id == group_id,
                HELD,
                VisitRow.cancelled.is_(False),
                VisitRow.start >= midnight(today),
            )
        )
    )


def programme_of(db: Db, group: Group) -> UUID | None:
    return db.scalar(
        select(ProgrammeVersionRow.programme_id).where(ProgrammeVersionRow.id == group.programme_id)
    )


def provider_of(db: Db, centre_id: UUID) -> UUID:
    return db.get_one(CentreRow, centre_id).provider_id


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def waiting_here(db: Db, group: Group) -> list[UUID]:
    programme = programme_of(db, group)
    return list(
        db.scalars(
            select(ReferralRow.id).where(
                ReferralRow.status == WayStatus.WAITING,
                ReferralRow.centre_id == group.centre_id,
                ReferralRow.preferred_centre_id.is_(None),
                (ReferralRow.programme_id == programme) | ReferralRow.programme_id.is_(None),
            )
        )
    )
