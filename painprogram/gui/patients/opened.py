"""A patient as opened on the screen: all that the tabs show, asked for in one go."""

from dataclasses import dataclass
from uuid import UUID

from painprogram.domain.commitments import Commitment
from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment, Found, Patient
from painprogram.domain.people import Staff
from painprogram.domain.schedule import Line
from painprogram.usecases import Database, commitments, groups, patients, schedules, staff


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
    commitment: Commitment | None = None
    earlier: tuple[Commitment, ...] = ()


def open_patient(database: Database, patient_id: UUID, place_id: UUID | None = None) -> Opened:
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
    )
    if place is None:
        return found
    versions = commitments.history(database, place.id)
    newest = versions[0] if versions else commitments.commitment(database, place.id)
    return Opened(
        found.patient,
        found.staff,
        found.contact,
        places,
        place,
        schedules.own(database, place.id).lines,
        newest,
        versions[1:],
    )


@dataclass(frozen=True, slots=True)
class Search:
    """The patients that a text finds, with the groups they are in."""

    text: str
    found: tuple[Found, ...]
    groups: dict[UUID, Group]
    more: bool
    """Whether there are more than were asked for."""


def search(database: Database, text: str, centre_id: UUID, most: int) -> Search:
    found = patients.find(database, text, centre_id, most=most)
    known = {group.id: group for group in groups.groups(database)}
    return Search(text, found, known, more=len(found) >= most)
