"""Things to test on, made through the use cases as a user would."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select

from painprogram import resources
from painprogram.domain import identity
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.patients import Enrolment, Patient
from painprogram.domain.people import Centre, Profession, Staff
from painprogram.domain.progress import Progress
from painprogram.domain.rooms import Equipment, Room
from painprogram.domain.rules import Level, Rule
from painprogram.domain.sessions import Session
from painprogram.storage.tables import EnrolmentPauseRow
from painprogram.usecases import (
    Database,
    centres,
    enrolments,
    groups,
    patients,
    programmes,
    rooms,
    rules,
    sessions,
    staff,
    starting,
)

TODAY = date(2026, 11, 22)
MONDAY = date(2027, 1, 11)
"""A start with no red day in the eight weeks after it."""
STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
NO_PROGRESS = Progress()
NUMBERS = tuple(resources.path("example", "personnummer.txt").read_text("ascii").split())

_TEAM = (
    ("Anna Berg", Profession.PHYSIOTHERAPIST),
    ("Erik Lund", Profession.PHYSIOTHERAPIST),
    ("Karin Holm", Profession.PHYSICIAN),
    ("Per Sand", Profession.PHARMACIST),
    ("Maria Åberg", Profession.OCCUPATIONAL_THERAPIST),
    ("Sofia Nyström", Profession.PSYCHOLOGIST),
    ("Lena Ek", Profession.COUNSELLOR),
)


def centre(database: Database, name: str = "Ekbacken", provider: str = "Region Norr") -> Centre:
    return centres.add(
        database,
        name,
        provider,
        phone="036-000 00 10",
        phone_hours="måndag–fredag kl. 8.00–9.30",
        address="Storgatan 1\n123 45 Ekbacken",
    )


def centre_of(database: Database, centre_id: UUID) -> Centre:
    return next(one for one in centres.centres(database) if one.id == centre_id)


def team(database: Database, where: Centre) -> tuple[Staff, ...]:
    """One of each profession that the founding programme asks for, and a second for exercise."""
    return tuple(staff.add(database, where.id, name, work) for name, work in _TEAM)


def hall(database: Database, where: Centre, name: str = "Stora salen", seats: int = 16) -> Room:
    needed = (Equipment.MATS, Equipment.PROJECTOR, Equipment.STEP_FREE, Equipment.WEIGHTS)
    return rooms.add(database, where.id, name, seats, equipment=needed)


def furnished(database: Database, name: str = "Ekbacken") -> Centre:
    """A centre with its team and three rooms."""
    made = centre(database, name)
    team(database, made)
    hall(database, made)
    hall(database, made, "Gymmet", 12)
    hall(database, made, "Rum 4", 4)
    return made


def group(
    database: Database,
    where: Centre,
    name: str = "H26 A",
    start: date = MONDAY,
    *,
    maximum: int = 12,
    template: str = "smarthantering",
    status: GroupStatus = GroupStatus.OPEN,
) -> Group:
    """A group of the founding programme, open for enrolment."""
    content = programmes.template(template)
    new = starting.suggestion(database, content, where.id, name, start)
    new = replace(new, minimum=min(new.minimum, maximum), maximum=maximum)
    made = starting.start(database, new)
    return made if made.status is status else groups.set_status(database, made.id, status)


def open_group(
    database: Database,
    where: Centre,
    name: str = "Öppen",
    start: date = MONDAY,
    *,
    maximum: int = 12,
) -> Group:
    """An open group of the founding programme: patients come along the way."""
    content = replace(programmes.template("smarthantering"), key="oppet", closed=False)
    new = starting.suggestion(database, content, where.id, name, start)
    new = replace(new, minimum=min(new.minimum, maximum), maximum=maximum)
    made = starting.start(database, new)
    return groups.set_status(database, made.id, GroupStatus.OPEN)


_DOUBLE = (Rule.STAFF, Rule.ROOM, Rule.PATIENT, Rule.NEEDS, Rule.SEATS, Rule.EQUIPMENT)


def lenient(database: Database, where: Centre, *wanted: Rule) -> None:
    """Let clashes of these rules come about without a word."""
    for rule in wanted or _DOUBLE:
        rules.set_level(database, where.id, rule, Level.INFORMATION)


@contextmanager
def unwatched(database: Database, where: Centre, *wanted: Rule) -> Iterator[None]:
    """What is done within comes about whatever these rules say; afterwards they hold again."""
    lenient(database, where, *wanted)
    yield
    for rule in wanted or _DOUBLE:
        rules.as_usual(database, where.id, rule)


def patient(
    database: Database, where: Centre, given: str = "Maria", family: str = "Öberg", number: int = 0
) -> Patient:
    """*number* chooses among the published test numbers."""
    known = identity.parse(NUMBERS[number], TODAY)
    return patients.add(database, patients.new(where.id, given, family, known))


def placed(
    database: Database, where: Centre, group_id: UUID, number: int = 0, given: str = "Maria"
) -> Enrolment:
    made = patient(database, where, given, "Öberg", number)
    return enrolments.enrol(database, made.id, group_id, TODAY)


def rest(database: Database, place: Enrolment, first: date, last: date) -> UUID:
    """A pause of one patient; the key of its row."""
    with database.change("Rest") as db:
        row = EnrolmentPauseRow(
            patient_id=place.patient_id,
            enrolment_id=place.id,
            first=first,
            last=last,
            reason="Sjuk",
        )
        db.add(row)
        db.flush()
        return row.id


def end_rest(database: Database, place: Enrolment) -> None:
    """The patient comes back: every pause is taken away."""
    with database.change("Come back") as db:
        of_place = select(EnrolmentPauseRow).where(EnrolmentPauseRow.enrolment_id == place.id)
        for row in db.scalars(of_place):
            db.delete(row)


def of_strand(database: Database, group_id: UUID, strand: str) -> tuple[Session, ...]:
    return tuple(s for s in sessions.sessions(database, group_id) if s.strand == strand)


def titles(found: Iterable[Session]) -> list[str]:
    return [session.numbered_title for session in found]
