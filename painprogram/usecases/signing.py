"""A commitment that is signed on paper: when, and on which version of the sheet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from painprogram.domain.commitments import Commitment
from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CommitmentRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    PrintRow,
    StaffRow,
)
from painprogram.usecases import commitments, printed, sheets

SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class SheetPrinted:
    """The version of a patient's sheet that was printed last."""

    number: int
    printed_on: date
    same: bool | None = None
    """Whether it has the commitment as it is written now; None: it is not known."""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A place whose commitment nobody has signed."""

    enrolment_id: UUID
    patient_id: UUID
    name: str
    group_id: UUID
    group_name: str
    first: date
    agreed_on: date | None
    """None: not agreed, or not even written."""


def last_sheet(database: Database, enrolment_id: UUID) -> SheetPrinted | None:
    """The sheet that the patient has in hand; None where none was printed."""
    with database.read_patients(_("Open commitment")) as db:
        place = db.get_one(EnrolmentRow, enrolment_id)
        saw(db, [place.patient_id])
        row = _last(db, place)
        if row is None:
            return None
        now = sheets.promise(db, place, commitments.load(db, enrolment_id), row.language)
        return SheetPrinted(row.number, row.printed_on, printed.promises_as(row.content, now))


def sign(
    database: Database,
    commitment: Commitment,
    day: date,
    *,
    number: int | None = None,
    staff_id: UUID | None = None,
) -> Commitment:
    """Mark the commitment as signed on *day*, on version *number* of the sheet.

    Without *number* it is the one that was printed last, if any. One that is not agreed yet is
    agreed by it, with *staff_id*.
    """
    with database.change(_("Mark commitment as signed")) as db:
        row = commitments.written(db, commitment)
        if row.signed_on is not None:
            raise Refused(_("The commitment is already signed."))
        if row.agreed_on is None:
            if staff_id is None:
                raise Refused(_("Choose the colleague that the patient agrees with."))
            row.agreed_on, row.agreed_by = day, db.get_one(StaffRow, staff_id).id
        elif day < row.agreed_on:
            raise Refused(_("The commitment can't be signed before it was agreed."))
        place = db.get_one(EnrolmentRow, row.enrolment_id)
        last = _last(db, place)
        if number is not None and (last is None or not 1 <= number <= last.number):
            raise Refused(
                _("No sheet with the version {number} was printed.").format(number=number)
            )
        row.signed_on = day
        row.signed_number = number if number is not None else (last.number if last else None)
        db.flush()
        db.expire(row, ["agreed_staff"])
        return commitments.as_commitment(row)


def unsign(database: Database, commitment: Commitment) -> Commitment:
    """It was not signed after all; that it is agreed stands."""
    with database.change(_("Mark commitment as not signed")) as db:
        row = commitments.newest(db, commitment)
        if row is None or row.signed_on is None:
            raise Refused(_("The commitment is not signed."))
        row.signed_on = row.signed_number = None
        db.flush()
        return commitments.as_commitment(row)


def unsigned(database: Database, centre_id: UUID | None = None) -> tuple[Unsigned, ...]:
    """The places held in groups under way whose newest commitment is not signed."""
    with database.read_patients(_("List commitments that are not signed")) as db:
        newest = aliased(CommitmentRow)
        number = (
            select(func.max(newest.number))
            .where(newest.enrolment_id == EnrolmentRow.id)
            .correlate(EnrolmentRow)
            .scalar_subquery()
        )
        query = (
            select(
                EnrolmentRow.id,
                EnrolmentRow.patient_id,
                EnrolmentRow.first,
                PatientRow.given_name,
                PatientRow.family_name,
                GroupRow.id.label("group_id"),
                GroupRow.name.label("group_name"),
                CommitmentRow.agreed_on,
            )
            .join(PatientRow, PatientRow.id == EnrolmentRow.patient_id)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .outerjoin(
                CommitmentRow,
                (CommitmentRow.enrolment_id == EnrolmentRow.id) & (CommitmentRow.number == number),
            )
            .where(
                EnrolmentRow.last.is_(None),
                GroupRow.status != GroupStatus.CANCELLED,
                CommitmentRow.signed_on.is_(None),
            )
            .order_by(EnrolmentRow.first, PatientRow.search)
        )
        if centre_id:
            query = query.where(GroupRow.centre_id == centre_id)
        rows = db.execute(query).all()
        saw(db, (row.patient_id for row in rows))
        return tuple(
            Unsigned(
                row.id,
                row.patient_id,
                f"{row.given_name} {row.family_name}",
                row.group_id,
                row.group_name,
                row.first,
                row.agreed_on,
            )
            for row in rows
        )


def _last(db: Db, place: EnrolmentRow) -> PrintRow | None:
    return db.scalars(
        select(PrintRow)
        .where(
            PrintRow.kind == SHEET,
            PrintRow.group_id == place.group_id,
            PrintRow.patient_id == place.patient_id,
        )
        .order_by(PrintRow.printed_on.desc(), PrintRow.number.desc())
        .limit(1)
    ).first()
