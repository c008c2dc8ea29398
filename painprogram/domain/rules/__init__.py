"""The rules of a plan: what each one means, and how hard a centre takes it.

Each rule itself is a named function in a module of this package, by theme.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _


class Level(StrEnum):
    BLOCKS = "blocks"
    ACKNOWLEDGE = "acknowledge"
    INFORMATION = "information"

    @property
    def label(self) -> str:
        return _(_LEVELS[self])


_LEVELS = {
    Level.BLOCKS: N_("Blocks"),
    Level.ACKNOWLEDGE: N_("Must be acknowledged with a reason"),
    Level.INFORMATION: N_("Information"),
}
HARDEST_FIRST = (Level.BLOCKS, Level.ACKNOWLEDGE, Level.INFORMATION)


def hardest(levels: Iterable[Level]) -> Level:
    """The hardest of *levels*; information where there is none."""
    return min(levels, key=HARDEST_FIRST.index, default=Level.INFORMATION)


class Rule(StrEnum):
    STAFF = "staff"
    ROOM = "room"
    PATIENT = "patient"
    NEEDS = "needs"
    COMPETENCE = "competence"
    SEATS = "seats"
    EQUIPMENT = "equipment"
    HOURS = "hours"
    ABSENT = "absent"
    BUSY = "busy"
    BUFFER = "buffer"
    ORDER = "order"
    CLOSED = "closed"
    VISITS_DAY = "visits_day"
    HOURS_DAY = "hours_day"
    VISITS_WEEK = "visits_week"
    HOURS_WEEK = "hours_week"
    TRIPS_WEEK = "trips_week"
    FEW = "few"
    MANY = "many"
    PAST = "past"
    """Holds what is moved or made: what has simply happened is no clash."""
    BEYOND = "beyond"

    @property
    def label(self) -> str:
        return _(_TOLD[self].label)

    @property
    def told(self) -> str:
        """What it means, in a sentence."""
        return _(_TOLD[self].sentence)

    @property
    def usual(self) -> Level:
        """The level where the centre has set none."""
        return _TOLD[self].level

    @property
    def usual_most(self) -> int | None:
        """The limit where the centre has set none; None for a rule without a limit."""
        return _TOLD[self].most

    @property
    def unit(self) -> "Unit | None":
        return _TOLD[self].unit


class Unit(StrEnum):
    """What the limit of a rule counts."""

    VISITS = "visits"
    MINUTES = "minutes"
    DAYS = "days"

    @property
    def largest(self) -> int:
        """The highest limit that can be set."""
        return _LARGEST[self]


_LARGEST = {Unit.VISITS: 50, Unit.MINUTES: 7 * 24 * 60, Unit.DAYS: 60}


@dataclass(frozen=True, slots=True)
class _Told:
    label: str
    sentence: str
    level: Level
    most: int | None = None
    unit: Unit | None = None


_TOLD = {
    Rule.STAFF: _Told(
        N_("Leader double-booked"),
        N_("A colleague is wanted in two places at once, whichever centre they are at."),
        Level.BLOCKS,
    ),
    Rule.ROOM: _Told(
        N_("Room double-booked"),
        N_("Two sessions or visits are in the same room at the same time."),
        Level.BLOCKS,
    ),
    Rule.PATIENT: _Told(
        N_("Patient double-booked"),
        N_("A patient is to come to two places at once; own schedules are counted in."),
        Level.ACKNOWLEDGE,
    ),
    Rule.NEEDS: _Told(
        N_("Profession missing"),
        N_("The module asks for a profession that none of the leaders has."),
        Level.ACKNOWLEDGE,
    ),
    Rule.COMPETENCE: _Told(
        N_("Competence missing"),
        N_("The module asks for a competence that none of the leaders has."),
        Level.INFORMATION,
    ),
    Rule.SEATS: _Told(
        N_("Room too small"),
        N_("More are expected than the room has seats; own schedules are counted in."),
        Level.ACKNOWLEDGE,
    ),
    Rule.EQUIPMENT: _Told(
        N_("Room lacks equipment"),
        N_("The room lacks something that the module needs, such as mats or a projector."),
        Level.ACKNOWLEDGE,
    ),
    Rule.HOURS: _Told(
        N_("Outside working hours"),
        N_("A leader does not work then, by their base working week and extra time."),
        Level.ACKNOWLEDGE,
    ),
    Rule.ABSENT: _Told(
        N_("Leader absent"),
        N_("A leader is absent then."),
        Level.BLOCKS,
    ),
    Rule.BUSY: _Told(
        N_("Leader busy"),
        N_("A leader is busy then, by their own calendar."),
        Level.ACKNOWLEDGE,
    ),
    Rule.BUFFER: _Told(
        N_("Preparation or wrap-up overlaps"),
        N_(
            "There is too little time between two sessions to wrap up the one and prepare the next."
        ),
        Level.INFORMATION,
    ),
    Rule.ORDER: _Told(
        N_("Wrong order"),
        N_("A session stands before one that it should come after."),
        Level.ACKNOWLEDGE,
    ),
    Rule.CLOSED: _Told(
        N_("Closed day"),
        N_("The centre is closed: a red day, an eve, or a closed day or week of its own."),
        Level.BLOCKS,
    ),
    Rule.VISITS_DAY: _Told(
        N_("Visits in a day"),
        N_("A patient has more visits in a day than this."),
        Level.ACKNOWLEDGE,
        3,
        Unit.VISITS,
    ),
    Rule.HOURS_DAY: _Told(
        N_("Hours in a day"),
        N_("A patient's visits in a day last longer than this together."),
        Level.ACKNOWLEDGE,
        4 * 60,
        Unit.MINUTES,
    ),
    Rule.VISITS_WEEK: _Told(
        N_("Visits in a week"),
        N_("A patient has more visits in a week than this."),
        Level.INFORMATION,
        6,
        Unit.VISITS,
    ),
    Rule.HOURS_WEEK: _Told(
        N_("Hours in a week"),
        N_("A patient's visits in a week last longer than this together."),
        Level.INFORMATION,
        8 * 60,
        Unit.MINUTES,
    ),
    Rule.TRIPS_WEEK: _Told(
        N_("Trips in a week"),
        N_("A patient has to come on more days of a week than this."),
        Level.INFORMATION,
        4,
        Unit.DAYS,
    ),
    Rule.FEW: _Told(
        N_("Too few participants"),
        N_(
            "Fewer are expected than the group or the module needs, so many days before it is held."
        ),
        Level.INFORMATION,
        14,
        Unit.DAYS,
    ),
    Rule.MANY: _Told(
        N_("Too many participants"),
        N_("More are expected than the module, the group or the seats of a linked group allow."),
        Level.ACKNOWLEDGE,
    ),
    Rule.PAST: _Told(
        N_("Before today"),
        N_("Something is moved to a day that has passed."),
        Level.ACKNOWLEDGE,
    ),
    Rule.BEYOND: _Told(
        N_("After the programme's end"),
        N_("A session stands more than four weeks after the last week of its programme."),
        Level.INFORMATION,
    ),
}
OF_ONE_PATIENT = frozenset(
    {Rule.VISITS_DAY, Rule.HOURS_DAY, Rule.VISITS_WEEK, Rule.HOURS_WEEK, Rule.TRIPS_WEEK}
)
"""How much a patient can take: about a person and a day or week, not about one session."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How hard a rule is taken, and its limit where it has one."""

    level: Level
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The levels and limits of one centre; what is not set is as usual."""

    set: Mapping[Rule, Setting] = field(default_factory=dict)

    def level(self, rule: Rule) -> Level:
        found = self.set.get(rule)
        return found.level if found else rule.usual

    def most(self, rule: Rule) -> int:
        """The limit of a rule that has one."""
        found = self.set.get(rule)
        limit = found.most if found and found.most is not None else rule.usual_most
        assert limit is not None  # noqa: S101 -- asked of rules with a limit only
        return limit


AS_USUAL = Rules()


def check_most(rule: Rule, most: int | None) -> None:
    """Refuse a limit that the rule can't have."""
    if most is None:
        return
    if rule.unit is None:
        raise Refused(_("{rule} has no limit to set.").format(rule=rule.label))
    if not 1 <= most <= rule.unit.largest:
        raise Refused(
            _("{rule}: the limit must be from {least} to {most}.").format(
                rule=rule.label, least=1, most=rule.unit.largest
            )
        )
