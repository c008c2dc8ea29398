"""What a list of patients is narrowed to, as the database sees it."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from painprogram.domain.traits import Trait
from painprogram.domain.ways import IN_LINE, NEW
from painprogram.storage.tables import (
    CentreRow,
    CommitmentRow,
    EnrolmentRow,
    PatientRow,
    ReferralRow,
)


def where(db: Db, traits: Collection[Trait], today: date | None) -> tuple[ColumnElement[bool], ...]:
    """Conditions on ``PatientRow``: all of *traits* hold on *today*."""
    return tuple(_each(db, traits, today or date.max))


def _each(db: Db, traits: Collection[Trait], today: date) -> Iterator[ColumnElement[bool]]:
    if Trait.INTERPRETER in traits:
        yield PatientRow.interpreter.is_(True)
    if Trait.UNSIGNED in traits:
        yield _unsigned()
    way = aliased(ReferralRow)
    theirs = exists(way.id).where(way.patient_id == PatientRow.id).correlate(PatientRow)
    if Trait.LATE in traits:
        yield theirs.where(way.next_step != "", way.next_on < today)
    if Trait.OVER_LIMIT in traits:
        limits = db.execute(select(CentreRow.id, CentreRow.waiting_limit)).all()
        over = (
            (way.centre_id == row.id)
            & (way.received_on < today - timedelta(days=row.waiting_limit))
            for row in limits
        )
        yield theirs.where(way.status.in_((*NEW, *IN_LINE)), or_(False, *over))


def _unsigned() -> ColumnElement[bool]:
    """The version that was agreed last, in a place that is held, is not signed."""
    later = aliased(CommitmentRow)
    newer = exists(later.id).where(
        later.enrolment_id == CommitmentRow.enrolment_id,
        later.number > CommitmentRow.number,
        later.agreed_on.is_not(None),
    )
    return (
        exists(CommitmentRow.id)
        .where(
            CommitmentRow.enrolment_id == EnrolmentRow.id,
            EnrolmentRow.patient_id == PatientRow.id,
            EnrolmentRow.last.is_(None),
            CommitmentRow.agreed_on.is_not(None),
            CommitmentRow.signed_on.is_(None),
            ~newer.correlate(CommitmentRow),
        )
        .correlate(PatientRow)
    )
