"""What a centre wishes of a plan, and how much: in words, as the planner weighs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from painprogram.i18n import N_, _


class Importance(IntEnum):
    """How much something is wished, in words."""

    NOT_AT_ALL = 0
    LITTLE = 1
    SOMEWHAT = 2
    MUCH = 3
    VERY = 4

    @property
    def label(self) -> str:
        return _(_IMPORTANCES[self])


_IMPORTANCES = {
    Importance.NOT_AT_ALL: N_("Not at all"),
    Importance.LITTLE: N_("A little"),
    Importance.SOMEWHAT: N_("Somewhat"),
    Importance.MUCH: N_("Important"),
    Importance.VERY: N_("Very important"),
}


class PlanWish(StrEnum):
    """What a centre wishes of a plan, in the order it is shown."""

    REGULAR = "regular"
    LEADERS = "leaders"
    ROOMS = "rooms"
    TRIPS = "trips"
    ISOLATED = "isolated"
    COMPACT = "compact"
    REST = "rest"
    APART = "apart"
    HOURS = "hours"
    FAIR = "fair"
    CHANGES = "changes"
    CHOICES = "choices"
    SEATS = "seats"

    @property
    def label(self) -> str:
        return _(_WISHES[self].label)

    @property
    def told(self) -> str:
        """What it means, in a sentence."""
        return _(_WISHES[self].sentence)

    @property
    def counted(self) -> str:
        """What is counted against it: ``Room changes``."""
        return _(_WISHES[self].counted)

    @property
    def usual(self) -> Importance:
        """Where the centre has said nothing."""
        return _WISHES[self].usual


@dataclass(frozen=True, slots=True)
class _Told:
    label: str
    sentence: str
    counted: str
    usual: Importance


_WISHES = {
    PlanWish.REGULAR: _Told(
        N_("Same weekday and time through a series"),
        N_("A series meets on the same weekday at the same time, week after week."),
        N_("Times of the week beyond the first"),
        Importance.MUCH,
    ),
    PlanWish.LEADERS: _Told(
        N_("Same leaders through a series"),
        N_("The patients meet the same colleagues through a whole series."),
        N_("Changes of leader"),
        Importance.MUCH,
    ),
    PlanWish.ROOMS: _Told(
        N_("Same room through a series"),
        N_("A series is held in one room."),
        N_("Changes of room"),
        Importance.SOMEWHAT,
    ),
    PlanWish.TRIPS: _Told(
        N_("Few trips"),
        N_("Patients come on as few days as possible."),
        N_("Trips"),
        Importance.SOMEWHAT,
    ),
    PlanWish.ISOLATED: _Told(
        N_("No visit alone on its day"),
        N_("What a patient has comes together on the same days where it can."),
        N_("Visits alone on their day"),
        Importance.LITTLE,
    ),
    PlanWish.COMPACT: _Told(
        N_("Compact days"),
        N_("What a patient has on one day comes close together, without waiting in between."),
        N_("Long waits between visits of a day"),
        Importance.LITTLE,
    ),
    PlanWish.REST: _Told(
        N_("Days of rest"),
        N_("A patient has a day without visits between days with visits."),
        N_("Visits on days that follow each other"),
        Importance.NOT_AT_ALL,
    ),
    PlanWish.APART: _Told(
        N_("Different days for what should be apart"),
        N_("What the programme wants on different days does not come on the same day."),
        N_("Pairs on one day that should be apart"),
        Importance.MUCH,
    ),
    PlanWish.HOURS: _Told(
        N_("The patients' wishes"),
        N_("Times that do not suit the patients are left out as far as possible."),
        N_("Sessions at times that do not suit"),
        Importance.MUCH,
    ),
    PlanWish.FAIR: _Told(
        N_("Fair load"),
        N_("Colleagues who can lead the same things lead about as many each."),
        N_("Sessions above a fair share"),
        Importance.LITTLE,
    ),
    PlanWish.CHANGES: _Told(
        N_("Few changes"),
        N_("What stands already is changed as little as possible."),
        N_("Changed times, rooms and leaders"),
        Importance.MUCH,
    ),
    PlanWish.CHOICES: _Told(
        N_("Early start for long waits"),
        N_("Where there is a choice, those who have waited longest come first."),
        N_("Waiting, and other groups, in the choices"),
        Importance.SOMEWHAT,
    ),
    PlanWish.SEATS: _Told(
        N_("Filled seats"),
        N_("Where there is a choice between sessions, those that somebody comes to are filled."),
        N_("Empty seats"),
        Importance.NOT_AT_ALL,
    ),
}

Wishes = Mapping[PlanWish, Importance]
"""Of a centre: every wish is there."""


def as_usual() -> dict[PlanWish, Importance]:
    return {wish: wish.usual for wish in PlanWish}
