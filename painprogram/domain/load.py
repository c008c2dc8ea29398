"""How much a patient's own schedule asks of them, week by week, and how much it may ask."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from painprogram.domain.errors import Refused
from painprogram.domain.rules import Rule, Rules
from painprogram.domain.schedule import Line
from painprogram.i18n import _, ngettext, number


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One ISO week of a patient; what they abstain from and what is cancelled is not in it."""

    monday: date
    minutes: int
    visits: int
    """Sessions and individual visits."""
    days: int
    """Days with a visit: each is a trip to the centre."""

    @property
    def hours(self) -> float:
        return self.minutes / 60

    @property
    def week(self) -> int:
        return self.monday.isocalendar().week


class Measure(StrEnum):
    """What can be too much in a week."""

    VISITS = "visits"
    MINUTES = "minutes"
    TRIPS = "trips"

    def told(self, many: int) -> str:
        """``6.5 h``, ``5 visits``, ``4 trips``"""
        if self is Measure.MINUTES:
            return _("{hours} h").format(hours=hours(many))
        if self is Measure.VISITS:
            return ngettext("{number} visit", "{number} visits", many).format(number=many)
        return ngettext("{number} trip", "{number} trips", many).format(number=many)

    @property
    def rule(self) -> Rule:
        return _RULES[self]


_RULES = {
    Measure.VISITS: Rule.VISITS_WEEK,
    Measure.MINUTES: Rule.HOURS_WEEK,
    Measure.TRIPS: Rule.TRIPS_WEEK,
}
_OF: dict[Measure, Callable[[WeekLoad], int]] = {
    Measure.VISITS: lambda week: week.visits,
    Measure.MINUTES: lambda week: week.minutes,
    Measure.TRIPS: lambda week: week.days,
}


def hours(minutes: int) -> str:
    """As few decimals as tell it: ``6``, ``6.5``, ``6.25``."""
    for places in (0, 1):
        if minutes * 10**places % 60 == 0:
            return number(minutes / 60, places)
    return number(minutes / 60, 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a week may ask of one patient; None where nothing is said of it."""

    visits: int | None = None
    minutes: int | None = None
    trips: int | None = None

    def of(self, measure: Measure) -> int | None:
        return {
            Measure.VISITS: self.visits,
            Measure.MINUTES: self.minutes,
            Measure.TRIPS: self.trips,
        }[measure]

    def by_rule(self) -> dict[Rule, int]:
        """As the rules of a plan ask for it; without what is not said."""
        return {one.rule: most for one in Measure if (most := self.of(one)) is not None}


UNLIMITED = Limits()


def limits_of(own: Limits, rules: Rules) -> Limits:
    """The patient's own limits, and the centre's where the patient has none."""
    found = {
        one: rules.most(one.rule) if (most := own.of(one)) is None else most for one in Measure
    }
    return Limits(found[Measure.VISITS], found[Measure.MINUTES], found[Measure.TRIPS])


def check_limits(limits: Limits) -> None:
    """Refuse a limit that no week can have."""
    for measure in Measure:
        most, unit = limits.of(measure), measure.rule.unit
        largest = 7 if measure is Measure.TRIPS or unit is None else unit.largest
        if most is not None and not 1 <= most <= largest:
            raise Refused(
                _("A week can ask at least {least} and at most {most} of the patient.").format(
                    least=measure.told(1), most=measure.told(largest)
                )
            )


@dataclass(frozen=True, slots=True)
class Excess:
    """A week that asks more than the patient can take of something."""

    week: WeekLoad
    measure: Measure
    has: int
    most: int

    @property
    def words(self) -> str:
        """``Week 49: 6.5 h, the limit is 6 h``"""
        return _("Week {week}: {has}, the limit is {most}").format(
            week=self.week.week, has=self.measure.told(self.has), most=self.measure.told(self.most)
        )


def beyond(weeks: Iterable[WeekLoad], limits: Limits) -> tuple[Excess, ...]:
    """Everything in *weeks* that is over a limit, in order of time."""
    found = []
    for week in weeks:
        for measure in Measure:
            has, most = _OF[measure](week), limits.of(measure)
            if most is not None and has > most:
                found.append(Excess(week, measure, has, most))
    return tuple(found)


def per_week(lines: Iterable[Line]) -> tuple[WeekLoad, ...]:
    """The weeks that have something in them, in order of time."""
    weeks: dict[date, list[Line]] = {}
    for line in lines:
        if line.attends:
            day = line.start.date()
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append(line)
    return tuple(
        WeekLoad(
            monday,
            minutes=sum(line.session.minutes for line in held),
            visits=len(held),
            days=len({line.start.date() for line in held}),
        )
        for monday, held in sorted(weeks.items())
    )
