"""Health centres and the people who work there."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from uuid import UUID

from painprogram.i18n import N_, _


class CentreKind(StrEnum):
    """What a centre calls itself; a setting, since regions use different words."""

    VARDCENTRAL = "vårdcentral"
    HALSOCENTRAL = "hälsocentral"
    MOTTAGNING = "mottagning"


@dataclass(frozen=True, slots=True)
class CareProvider:
    """The legal border of patient data (vårdgivare)."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Centre:
    """A unit with staff, rooms and patients of its own."""

    id: UUID
    name: str
    provider_id: UUID
    kind: CentreKind = CentreKind.VARDCENTRAL
    provider_name: str = ""
    phone: str = ""
    phone_hours: str = ""
    address: str = ""
    directions: str = ""
    cancelling: str = ""
    """What the papers say under "Om du inte kan komma"; empty leaves the heading out."""
    half_day_until: time | None = None
    """On half days (skärtorsdag, valborg …) nothing may end later than this; None: whole days."""
    calendar_title: str = ""
    """What calendars of patients call a session; empty: the programme's public name."""
    calendar_alarm: int | None = None
    """Minutes before the start at which patients' calendars remind; None: not at all."""
    waiting_limit: int = 60
    """Days from the referral within which a place is to be offered."""
    short_notice: int = 2
    """Days before a session: what changes then, or later, comes at short notice."""
    version: int = 1


class Profession(StrEnum):
    """Yrkeskategori: what somebody is trained as. Not a permission."""

    PHYSIOTHERAPIST = "physiotherapist"
    PSYCHOLOGIST = "psychologist"
    PHYSICIAN = "physician"
    PHARMACIST = "pharmacist"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    NURSE = "nurse"
    COUNSELLOR = "counsellor"
    REHAB_COORDINATOR = "rehab_coordinator"
    DIETITIAN = "dietitian"
    ASSISTANT_NURSE = "assistant_nurse"

    @property
    def label(self) -> str:
        """In the reader's language and in lower case, as after a name."""
        return _(_TITLES[self])


_TITLES = {
    Profession.PHYSIOTHERAPIST: N_("physiotherapist"),
    Profession.PSYCHOLOGIST: N_("psychologist"),
    Profession.PHYSICIAN: N_("physician"),
    Profession.PHARMACIST: N_("pharmacist"),
    Profession.OCCUPATIONAL_THERAPIST: N_("occupational therapist"),
    Profession.NURSE: N_("nurse"),
    Profession.COUNSELLOR: N_("counsellor"),
    Profession.REHAB_COORDINATOR: N_("rehabilitation coordinator"),
    Profession.DIETITIAN: N_("dietitian"),
    Profession.ASSISTANT_NURSE: N_("assistant nurse"),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who works at a centre (medarbetare); an account is something else."""

    id: UUID
    centre_id: UUID
    name: str
    profession: Profession
    phone: str = ""
    centre_name: str = ""
    active: bool = True
    version: int = 1
    competences: tuple[str, ...] = ()
    """Trainings and modules they can lead, in the centre's own words."""

    @property
    def initials(self) -> str:
        return initials(self.name)


def initials(name: str) -> str:
    """First and last: ``Anna Maria Berg`` is ``AB``.

    >>> initials("Åsa af Ekenstam")
    'ÅE'
    """
    words = [word for word in name.split() if word[0].isupper()] or name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]])
