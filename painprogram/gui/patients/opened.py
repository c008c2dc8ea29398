"""A patient as opened on the screen: all that the tabs show, asked for in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.commitments import Commitment, Review
from painprogram.domain.completion import Completion
from painprogram.domain.load import UNLIMITED, Limits, limits_of
from painprogram.domain.patients import Enrolment, Found, Patient
from painprogram.domain.people import Staff
from painprogram.domain.referrals import Way
from painprogram.domain.schedule import Line
from painprogram.domain.traits import Choice, Trait
from painprogram.domain.ways import Standing
from painprogram.usecases import (
    Database,
    attendance,
    commitments,
    patients,
    rests,
    reviews,
    rules,
    schedules,
    signing,
    staff,
    ways,
)
from painprogram.usecases import completion as completed
from painprogram.usecases.rests import Rest
from painprogram.usecases.signing import SheetPrinted


@dataclass(frozen=True, slots=True)
class Opened:
    """*place* is the place whose schedule and commitment are shown, if the patient has any."""

    patient: Patient
    staff: tuple[Staff, ...]
    """Those who work now, in order of name."""
    contact: Staff | None = None
    places: tuple[Enrolment, ...] = ()
    place: Enrolment | None = None
    lines: tuple[Line, ...] = ()
    noted: Mapping[UUID, tuple[AttendanceState, int | None]] = field(default_factory=dict)
    """The patient's attendance, by session and visit."""
    commitment: Commitment | None = None
    earlier: tuple[Commitment, ...] = ()
    limits: Limits = UNLIMITED
    """What a week may ask: the patient's own, else the centre's."""
    rests: tuple[Rest, ...] = ()
    reviews: tuple[Review, ...] = ()
    completion: Completion | None = None
    sheet: SheetPrinted | None = None
    """The one that was printed last."""
    ways: tuple[Way, ...] = ()
    """The one under way first."""


def open_patient(
    database: Database, patient_id: UUID, place_id: UUID | None, today: date
) -> Opened:
    """The patient with the place *place_id*, or with the one that is held now."""
    patient = patients.patient(database, patient_id)
    people = staff.staff(database, former=True)
    places = patients.enrolments(database, patient_id)
    place = next((one for one in places if one.id == place_id), places[0] if places else None)
    found = Opened(
        patient,
        tuple(person for person in people if person.active),
        contact=next((p for p in people if p.id == patient.contact_id), None),
        places=places,
        ways=ways.of_patient(database, patient_id, today),
    )
    if place is None:
        return found
    versions = commitments.history(database, place.id)
    newest = versions[0] if versions else commitments.commitment(database, place.id)
    return replace(
        found,
        place=place,
        lines=schedules.own(database, place.id).lines,
        noted=attendance.of_patient(database, patient_id),
        commitment=newest,
        earlier=versions[1:],
        limits=limits_of(patient.limits, rules.levels(database, patient.centre_id)),
        rests=rests.rests(database, place.id),
        reviews=reviews.reviews(database, place.id) if versions else (),
        completion=completed.of(database, place.id, today),
        sheet=signing.last_sheet(database, place.id),
    )


@dataclass(frozen=True, slots=True)
class Search:
    """The patients that a text finds, and how many stand where, found or not yet asked for."""

    text: str
    found: tuple[Found, ...]
    counts: dict[Standing, int]
    more: bool
    """Whether there are more than were asked for."""
    standing: Standing | None = None
    """Only those who stand there were asked for."""
    having: frozenset[Trait] = frozenset()


def search(
    database: Database,
    text: str,
    centre_id: UUID,
    most: int,
    choice: Choice,
    today: date,
) -> Search:
    standing, having = choice.standing, choice.traits
    found = patients.find(
        database, text, centre_id, most=most, standing=standing, having=having, today=today
    )
    counts = patients.counts(database, text, centre_id, having=having, today=today)
    return Search(text, found, counts, len(found) >= most, standing, having)
