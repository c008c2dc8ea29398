"""A patient as the programme needs to know one; the medical record is elsewhere."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from painprogram.domain.identity import Identity
from painprogram.domain.load import Limits
from painprogram.domain.unsuitable import Unsuitable
from painprogram.domain.ways import Standing, WayStatus
from painprogram.i18n import N_, _

LANGUAGES = {
    "sv": N_("Swedish"),
    "en": N_("English"),
    "ar": N_("Arabic"),
    "fa": N_("Persian"),
    "so": N_("Somali"),
    "uk": N_("Ukrainian"),
    "fi": N_("Finnish"),
    "other": N_("Other language"),
}


class Access(StrEnum):
    """What a patient needs to be able to come and take part."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    HEARING = "hearing"
    LARGE_PRINT = "large_print"
    COMPANION = "companion"

    @property
    def label(self) -> str:
        return _(_ACCESS[self])


_ACCESS = {
    Access.STEP_FREE: N_("Step-free"),
    Access.LIFT: N_("Lift"),
    Access.HEARING: N_("Hearing loop"),
    Access.LARGE_PRINT: N_("Large print"),
    Access.COMPANION: N_("Comes with a companion"),
}


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything kept about a patient. Read through the door that logs it, only."""

    id: UUID
    centre_id: UUID
    given_name: str
    family_name: str
    identity: Identity
    language: str = "sv"
    interpreter: bool = False
    access: tuple[Access, ...] = ()
    phone: str = ""
    address: str = ""
    """Lines of street, postcode and town, as in a window."""
    note: str = ""
    """What else to think of, in practical matters."""
    contact_id: UUID | None = None
    contact_name: str = ""
    protected: bool = False
    times_not: tuple[Unsuitable, ...] = ()
    """Times of the week that do not work."""
    most_visits: int | None = None
    most_minutes: int | None = None
    most_trips: int | None = None
    """What a week may ask of the patient; None: as much as the centre's rules say."""
    version: int = 1

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def limits(self) -> Limits:
        return Limits(self.most_visits, self.most_minutes, self.most_trips)


@dataclass(frozen=True, slots=True)
class Found:
    """A patient in a list: what recognising one takes, no more."""

    id: UUID
    centre_id: UUID
    name: str
    masked: str
    """The number with its last digits hidden."""
    language: str
    interpreter: bool
    access: bool
    protected: bool
    group_id: UUID | None = None
    group_name: str = ""
    standing: Standing = Standing.NOWHERE
    status: WayStatus | None = None
    received_on: date | None = None
    """The day of the referral, where there was one."""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A patient's place in a group (deltagande)."""

    id: UUID
    patient_id: UUID
    group_id: UUID
    group_name: str
    first: date
    last: date | None = None
    """The day the place was given up; None while it is held."""
    lap_end: date | None = None
    """In an open group: the last day of the patient's own lap."""
    reason: str = ""
    moved: bool = False
    """Ended because the patient went on in another group."""
    version: int = 1
