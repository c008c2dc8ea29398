"""Patients: add, change, find. Every reading goes through the door and is logged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.errors import Refused
from painprogram.domain.identity import Identity, IdentityKind
from painprogram.domain.names import folded
from painprogram.domain.patients import LANGUAGES, Access, Enrolment, Found, Patient
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.ids import new_id
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    PatientRow,
    access_entry,
    access_patient,
)
from painprogram.usecases.centres import named

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """A line of a patient's access log; *at* in UTC."""

    at: datetime
    who: str
    action: str


def new(centre_id: UUID, given_name: str, family_name: str, identity: Identity) -> Patient:
    """A patient that is not in the database yet: fill in what else is known, then *add*."""
    return Patient(new_id(), centre_id, given_name, family_name, identity)


def add(database: Database, patient: Patient) -> Patient:
    """Add a patient; refused where the number is already at the centre."""
    _check(patient)
    with database.change(_("Add patient")) as db:
        _check_number(db, patient)
        row = PatientRow(id=patient.id, centre_id=patient.centre_id)
        _write(row, patient)
        db.add(row)
        db.flush()
        return as_patient(row)


def update(database: Database, patient: Patient) -> Patient:
    """Change what is known of a patient; refused where somebody else did so meanwhile."""
    _check(patient)
    with database.change(_("Change patient")) as db:
        row = db.get_one(PatientRow, patient.id)
        expect(row, patient.version)
        if row.identity_number != patient.identity.number:
            _check_number(db, patient)
        _write(row, patient)
        db.flush()
        return as_patient(row)


def patient(database: Database, patient_id: UUID) -> Patient:
    """Everything about one patient."""
    with database.read_patients(_("Open patient")) as db:
        return one(db, patient_id)


def find(
    database: Database, text: str = "", centre_id: UUID | None = None, *, most: int = 200
) -> tuple[Found, ...]:
    """Patients whose names begin with the words of *text*, or whose number begins so.

    In order of name, the first *most*; an empty text lists all.
    """
    with database.read_patients(_("List patients")) as db:
        query = (
            select(
                PatientRow.id,
                PatientRow.centre_id,
                PatientRow.given_name,
                PatientRow.family_name,
                PatientRow.identity_kind,
                PatientRow.identity_number,
                PatientRow.language,
                PatientRow.interpreter,
                PatientRow.access,
                PatientRow.protected,
                GroupRow.id.label("group_id"),
                GroupRow.name.label("group_name"),
            )
            .outerjoin(
                EnrolmentRow,
                (EnrolmentRow.patient_id == PatientRow.id) & EnrolmentRow.last.is_(None),
            )
            .outerjoin(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .order_by(PatientRow.search, PatientRow.id)
            .limit(most)
        )
        if centre_id:
            query = query.where(PatientRow.centre_id == centre_id)
        query = query.where(_matches(text))
        rows = db.execute(query).all()
        saw(db, (row.id for row in rows))
        return tuple(
            Found(
                id=row.id,
                centre_id=row.centre_id,
                name=f"{row.given_name} {row.family_name}",
                masked=_identity(row.identity_kind, row.identity_number).masked,
                language=row.language,
                interpreter=row.interpreter,
                access=bool(row.access),
                protected=row.protected,
                group_id=row.group_id,
                group_name=row.group_name or "",
            )
            for row in rows
        )


def enrolments(database: Database, patient_id: UUID) -> tuple[Enrolment, ...]:
    """The places a patient has and has had, the newest first."""
    with database.read() as db:
        rows = db.scalars(
            select(EnrolmentRow)
            .where(EnrolmentRow.patient_id == patient_id)
            .options(joinedload(EnrolmentRow.group))
            .order_by(EnrolmentRow.last.is_not(None), EnrolmentRow.first.desc())
        )
        return tuple(as_enrolment(row) for row in rows)


def readings(database: Database, patient_id: UUID, most: int = 200) -> tuple[Reading, ...]:
    """Who has read or changed the patient's data, the newest first."""
    with database.read() as db:
        rows = db.execute(
            select(access_entry.c.at, access_entry.c.who, access_entry.c.action)
            .join(access_patient, access_patient.c.entry_id == access_entry.c.id)
            .where(access_patient.c.patient_id == patient_id)
            .order_by(access_entry.c.at.desc())
            .limit(most)
        )
        return tuple(Reading(*row) for row in rows)


def _words(text: str) -> str:
    """The parts of a double name are found each by itself."""
    return folded(text.replace("-", " "))


def _matches(text: str) -> ColumnElement[bool]:
    """By the beginning of the number, with or without century; else by name or reserve number."""
    digits = "".join(text.split()).replace("-", "").replace("+", "")
    if digits.isdigit():
        return or_(
            PatientRow.identity_number.startswith(digits),
            PatientRow.identity_number.like(f"__{digits}%"),
        )
    words = [
        or_(
            PatientRow.search.startswith(word, autoescape=True),
            PatientRow.search.contains(f" {word}", autoescape=True),
        )
        for word in _words(text).split()
    ]
    reserve = func.lower(PatientRow.identity_number)
    return or_(
        and_(true(), *words),
        reserve.startswith(" ".join(text.lower().split()), autoescape=True),
    )


# For the other use cases


def one(db: Db, patient_id: UUID) -> Patient:
    row = db.get(PatientRow, patient_id)
    if row is None:
        raise gone()
    return as_patient(row)


def gone() -> Refused:
    return Refused(_("The patient is no longer there."))


def as_patient(row: PatientRow) -> Patient:
    return Patient(
        id=row.id,
        centre_id=row.centre_id,
        given_name=row.given_name,
        family_name=row.family_name,
        identity=_identity(row.identity_kind, row.identity_number),
        language=row.language,
        interpreter=row.interpreter,
        access=tuple(Access(need) for need in row.access),
        phone=row.phone,
        address=row.address,
        note=row.note,
        contact_id=row.contact_id,
        contact_name=row.contact.name if row.contact else "",
        protected=row.protected,
        version=row.version,
    )


def as_enrolment(row: EnrolmentRow) -> Enrolment:
    return Enrolment(
        id=row.id,
        patient_id=row.patient_id,
        group_id=row.group_id,
        group_name=row.group.name,
        first=row.first,
        last=row.last,
        reason=row.reason,
        version=row.version,
    )


def _write(row: PatientRow, patient: Patient) -> None:
    row.given_name = named(patient.given_name, _("the patient"))
    row.family_name = named(patient.family_name, _("the patient"))
    row.search = _words(f"{row.family_name} {row.given_name}")
    row.identity_kind = patient.identity.kind
    row.identity_number = patient.identity.number
    row.language = patient.language
    row.interpreter = patient.interpreter
    row.access = sorted(patient.access)
    row.phone = patient.phone.strip()
    row.address = "" if patient.protected else patient.address.strip()
    row.note = patient.note.strip()
    row.contact_id = patient.contact_id
    row.protected = patient.protected


def _check(patient: Patient) -> None:
    if patient.language not in LANGUAGES:
        raise Refused(_("Choose one of the languages in the list."))
    if len(patient.note) > LONGEST_NOTE:
        raise Refused(
            _("The note is too long: {most} characters at most.").format(most=LONGEST_NOTE)
        )
    if len(patient.phone) > 40:  # noqa: PLR2004 -- longer than any number
        raise Refused(_("The phone number is too long."))


def _check_number(db: Db, patient: Patient) -> None:
    same = select(func.count()).where(
        PatientRow.centre_id == patient.centre_id,
        PatientRow.identity_number == patient.identity.number,
        PatientRow.id != patient.id,
    )
    if db.scalar(same):
        raise Refused(
            _("A patient with the number {number} is already registered at the centre.").format(
                number=patient.identity.masked
            )
        )


def _identity(kind: str, number: str) -> Identity:
    return Identity(IdentityKind(kind), number)
