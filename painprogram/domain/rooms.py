"""Rooms and what stands in them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from painprogram.i18n import N_, _


class Equipment(StrEnum):
    MATS = "mats"
    PROJECTOR = "projector"
    STEP_FREE = "step_free"
    WEIGHTS = "weights"
    HEARING_LOOP = "hearing_loop"

    @property
    def label(self) -> str:
        return _(_TITLES[self])


_TITLES = {
    Equipment.MATS: N_("mats"),
    Equipment.PROJECTOR: N_("projector"),
    Equipment.STEP_FREE: N_("step-free"),
    Equipment.WEIGHTS: N_("weights"),
    Equipment.HEARING_LOOP: N_("hearing loop"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """A room of one centre; *seats* is how many participants it holds."""

    id: UUID
    centre_id: UUID
    name: str
    seats: int
    equipment: tuple[Equipment, ...] = ()
    centre_name: str = ""
    directions: str = ""
    active: bool = True
    version: int = 1
