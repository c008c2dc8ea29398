"""Whom a paper is wanted about, where others than those in a group now may be meant."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.papers import Wanted
from painprogram.domain.patients import Patient
from painprogram.i18n import _
from painprogram.storage.tables import EnrolmentRow
from painprogram.usecases import paper_places
from painprogram.usecases.schedule_batches import parts

_MISTAKEN = "withdrawn"
"""How a place ended that should not have been given."""


def places_ever(db: Db, wanted: Wanted) -> tuple[UUID, ...]:
    """As ``paper_places.places``, but of a group also those that have ended.

    Of a patient the place held now, or else the last.
    """
    if wanted.places or not (wanted.group or wanted.patient):
        return paper_places.places(db, wanted)
    query = select(EnrolmentRow.id).where(EnrolmentRow.ended_as != _MISTAKEN)
    if wanted.group:
        query = query.where(EnrolmentRow.group_id == wanted.group)
    if wanted.patient:
        query = query.where(EnrolmentRow.patient_id == wanted.patient).limit(1)
    newest = (EnrolmentRow.last.is_(None).desc(), EnrolmentRow.first.desc(), EnrolmentRow.id)
    found = tuple(db.scalars(query.order_by(*newest)))
    if not found and wanted.patient:
        raise Refused(_("The patient has no place in a group."))
    return found


def patients_of(db: Db, wanted: Wanted) -> set[UUID]:
    """The patient that is asked for, or those who have the places."""
    if wanted.patient:
        return {wanted.patient}
    return {
        patient
        for part in parts(paper_places.places(db, wanted))
        for patient in db.scalars(select(EnrolmentRow.patient_id).where(EnrolmentRow.id.in_(part)))
    }


def named_order(one: Patient) -> tuple[str, ...]:
    """As lists of patients are ordered."""
    return folded(one.family_name), folded(one.given_name), str(one.id)
