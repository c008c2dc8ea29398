"""Patients: add, change, find. Every reading goes through the door and is logged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased, joinedload

from painprogram.domain.errors import Refused
from painprogram.domain.identity import Identity, IdentityKind
from painprogram.domain.load import check_limits
from painprogram.domain.names import folded
from painprogram.domain.patients import LANGUAGES, Access, Enrolment, Found, Patient
from painprogram.domain.traits import Trait
from painprogram.domain.unsuitable import read as read_times
from painprogram.domain.ways import (
    IN_GROUP,
    IN_LINE,
    NEW,
    ReferralKind,
    Standing,
    WayStatus,
    standing_of,
)
from painprogram.i18n import _
from painprogram.storage import traits
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.ids import new_id
from painprogram.storage.places import MOVED
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    PatientRow,
    ReferralRow,
    StaffRow,
    access_entry,
    access_patient,
)
from painprogram.usecases.centres import named

LONGEST_NOTE = 500
_AT_ONCE = 500
"""Keys in one statement; engines limit the parameters of one."""

_RANKS = {standing: rank for rank, standing in enumerate(reversed(Standing))}


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
    check(patient)
    with database.change(_("Add patient")) as db:
        _check_number(db, patient)
        row = PatientRow(id=patient.id, centre_id=patient.centre_id)
        write(row, patient)
        db.add(row)
        db.flush()
        return as_patient(row)


def update(database: Database, patient: Patient) -> Patient:
    """Change what is known of a patient; refused where somebody else did so meanwhile."""
    check(patient)
    with database.change(_("Change patient")) as db:
        row = db.get_one(PatientRow, patient.id)
        expect(row, patient.version)
        if row.identity_number != patient.identity.number:
            _check_number(db, patient)
        write(row, patient)
        db.flush()
        return as_patient(row)


def patient(database: Database, patient_id: UUID) -> Patient:
    """Everything about one patient."""
    with database.read_patients(_("Open patient")) as db:
        return one(db, patient_id)


def find(
    database: Database,
    text: str = "",
    centre_id: UUID | None = None,
    *,
    most: int = 200,
    standing: Standing | None = None,
    having: Collection[Trait] = (),
    today: date | None = None,
) -> tuple[Found, ...]:
    """Patients whose names begin with the words of *text*, or whose number begins so.

    In order of name, the first *most*; an empty text lists all. With *standing* only those who
    stand there, and only those *having* all that is asked for.
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
                ReferralRow.status,
                ReferralRow.kind,
                ReferralRow.received_on,
                ReferralRow.next_step,
                ReferralRow.next_on,
            )
            .outerjoin(
                EnrolmentRow,
                (EnrolmentRow.patient_id == PatientRow.id) & EnrolmentRow.last.is_(None),
            )
            .outerjoin(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .outerjoin(ReferralRow, ReferralRow.id == _current())
            .where(*_wanted(text, centre_id), *traits.where(db, having, today))
            .order_by(PatientRow.search, PatientRow.id)
            .limit(most)
        )
        if standing is not None:
            query = query.where(_standing() == _RANKS[standing])
        rows = db.execute(query).all()
        saw(db, (row.id for row in rows))
        return tuple(_found(row) for row in rows)


def counts(
    database: Database,
    text: str = "",
    centre_id: UUID | None = None,
    *,
    having: Collection[Trait] = (),
    today: date | None = None,
) -> dict[Standing, int]:
    """How many of those whom *text* finds stand where, however many there are."""
    with database.read_patients(_("Count patients")) as db:
        where = (*_wanted(text, centre_id), *traits.where(db, having, today))
        each = select(_standing().label("rank")).where(*where).subquery("each")
        rows = db.execute(select(each.c.rank, func.count()).group_by(each.c.rank))
        saw(db, ())  # a number tells of nobody
        found = {rank: many for rank, many in rows}  # noqa: C416 -- a Row is no pair
        return {standing: found.get(rank, 0) for standing, rank in _RANKS.items()}


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


def _wanted(text: str, centre_id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    where = (_matches(text),) if text.strip() else ()
    return (*where, PatientRow.centre_id == centre_id) if centre_id else where


def _rank(way: type[ReferralRow]) -> ColumnElement[int]:
    """How much a way says of where the patient stands: the one under way most."""
    return case(
        (way.status.in_(IN_GROUP), _RANKS[Standing.IN_GROUP]),
        (way.status.in_(IN_LINE), _RANKS[Standing.IN_LINE]),
        (way.status.in_(NEW), _RANKS[Standing.NEW]),
        (way.next_step != "", _RANKS[Standing.FOLLOW_UP]),
        else_=_RANKS[Standing.DONE],
    )


@cache
def _current() -> ScalarSelect[UUID]:
    """The way that says where the patient stands: the newest of those that say most."""
    other = aliased(ReferralRow)
    return (
        select(other.id)
        .where(other.patient_id == PatientRow.id)
        .order_by(_rank(other).desc(), other.received_on.desc(), other.id)
        .limit(1)
        .correlate(PatientRow)
        .scalar_subquery()
    )


@cache
def _standing() -> ColumnElement[int]:
    """The rank of where the patient stands: by the ways and, without one, by the place."""
    other, place = aliased(ReferralRow), aliased(EnrolmentRow)
    said = (
        select(func.max(_rank(other)))
        .where(other.patient_id == PatientRow.id)
        .correlate(PatientRow)
        .scalar_subquery()
    )
    held = exists(place.id).where(place.patient_id == PatientRow.id, place.last.is_(None))
    placed = case(
        (held.correlate(PatientRow), _RANKS[Standing.IN_GROUP]), else_=_RANKS[Standing.NOWHERE]
    )
    return func.coalesce(said, placed)


def _found(row: Any) -> Found:
    direct = row.kind == ReferralKind.DIRECT
    return Found(
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
        standing=standing_of(row.status, row.next_step, placed=row.group_id is not None),
        status=WayStatus(row.status) if row.status else None,
        received_on=None if direct else row.received_on,
        next_on=row.next_on,
    )


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


def several(db: Db, keys: Iterable[UUID]) -> dict[UUID, Patient]:
    """Many patients, by columns: whoever shows them says to the door whose data it was."""
    columns = [column for column in PatientRow.__table__.columns if column.name != "search"]
    found = {}
    wanted = sorted(keys)
    for first in range(0, len(wanted), _AT_ONCE):
        part = PatientRow.id.in_(wanted[first : first + _AT_ONCE])
        for row in db.execute(
            select(*columns, StaffRow.name.label("contact_name"))
            .outerjoin(StaffRow, StaffRow.id == PatientRow.contact_id)
            .where(part)
        ):
            found[row.id] = _patient(row, row.contact_name or "")
    return found


def gone() -> Refused:
    return Refused(_("The patient is no longer there."))


def as_patient(row: PatientRow) -> Patient:
    return _patient(row, row.contact.name if row.contact else "")


def _patient(row: Any, contact_name: str) -> Patient:
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
        contact_name=contact_name,
        protected=row.protected,
        times_not=read_times(row.times_not),
        most_visits=row.most_visits,
        most_minutes=row.most_minutes,
        most_trips=row.most_trips,
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
        lap_end=row.lap_end,
        reason=row.reason,
        moved=row.ended_as == MOVED,
        version=row.version,
    )


def write(row: PatientRow, patient: Patient) -> None:
    """Everything that is known of a patient, into the row."""
    for column, value in values_of(patient).items():
        setattr(row, column, value)


def values_of(patient: Patient) -> dict[str, Any]:
    """The columns of a patient's row, but its key, version and centre."""
    given = named(patient.given_name, _("the patient"))
    family = named(patient.family_name, _("the patient"))
    return {
        "given_name": given,
        "family_name": family,
        "search": _words(f"{family} {given}"),
        "identity_kind": patient.identity.kind,
        "identity_number": patient.identity.number,
        "language": patient.language,
        "interpreter": patient.interpreter,
        "access": sorted(patient.access),
        "phone": patient.phone.strip(),
        "address": "" if patient.protected else patient.address.strip(),
        "note": patient.note.strip(),
        "contact_id": patient.contact_id,
        "protected": patient.protected,
        "times_not": [time.text for time in patient.times_not],
        "most_visits": patient.most_visits,
        "most_minutes": patient.most_minutes,
        "most_trips": patient.most_trips,
    }


def check(patient: Patient) -> None:
    """Refuse what no patient can be, whoever else there is."""
    if patient.language not in LANGUAGES:
        raise Refused(_("Choose one of the languages in the list."))
    if len(patient.note) > LONGEST_NOTE:
        raise Refused(
            _("The note is too long: {most} characters at most.").format(most=LONGEST_NOTE)
        )
    if len(patient.phone) > 40:  # noqa: PLR2004 -- longer than any number
        raise Refused(_("The phone number is too long."))
    check_limits(patient.limits)


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
