"""A stretch of weeks to plan in: a school term, half a year or a year, by ISO weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from painprogram.domain.closures import Closure
from painprogram.i18n import N_, _

WEEK = timedelta(days=7)
_SPRING, _AUTUMN = (2, 23), (34, 51)
"""The weeks in which groups run, as a rule: not over Christmas, not in summer."""
_HALF = 26
_FRIDAY = 4


class Reach(StrEnum):
    """How much is looked at in one go."""

    TERM = "term"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def label(self) -> str:
        return _(_REACHES[self])


_REACHES = {
    Reach.TERM: N_("Term"),
    Reach.HALF_YEAR: N_("Half-year"),
    Reach.YEAR: N_("Year"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """The first or second (*half* 0 or 1) of the two terms or halves of *year*, or the year."""

    reach: Reach
    year: int
    half: int = 0

    @property
    def first(self) -> date:
        """A Monday."""
        return date.fromisocalendar(self.year, self._weeks[0], 1)

    @property
    def last(self) -> date:
        """A Sunday."""
        return date.fromisocalendar(self.year, self._weeks[1], 7)

    @property
    def _weeks(self) -> tuple[int, int]:
        last = date(self.year, 12, 28).isocalendar().week  # always in the year's last week
        if self.reach is Reach.YEAR:
            return 1, last
        if self.reach is Reach.HALF_YEAR:
            return (_HALF + 1, last) if self.half else (1, _HALF)
        return _AUTUMN if self.half else _SPRING

    @property
    def title(self) -> str:
        if self.reach is Reach.YEAR:
            return str(self.year)
        names = {
            (Reach.TERM, 0): _("Spring term {year}"),
            (Reach.TERM, 1): _("Autumn term {year}"),
            (Reach.HALF_YEAR, 0): _("First half of {year}"),
            (Reach.HALF_YEAR, 1): _("Second half of {year}"),
        }
        return names[self.reach, self.half].format(year=self.year)

    def beside(self, step: int) -> "Period":
        """The one *step* periods later; earlier where it is negative."""
        if self.reach is Reach.YEAR:
            return Period(self.reach, self.year + step)
        year, half = divmod(2 * self.year + self.half + step, 2)
        return Period(self.reach, year, half)


def around(day: date, reach: Reach) -> Period:
    """The period of *day*; between two terms it is the one that comes.

    >>> around(date(2027, 7, 1), Reach.TERM).first
    datetime.date(2027, 8, 23)
    >>> around(date(2026, 12, 24), Reach.TERM).first
    datetime.date(2027, 1, 11)
    """
    year, week, _weekday = day.isocalendar()
    if reach is Reach.YEAR:
        return Period(reach, year)
    if reach is Reach.HALF_YEAR:
        return Period(reach, year, int(week > _HALF))
    if week > _AUTUMN[1]:
        return Period(reach, year + 1)
    return Period(reach, year, int(week > _SPRING[1]))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class TermWeek:
    """A week with the closures that touch it."""

    monday: date
    closures: tuple[Closure, ...] = ()

    @cached_property
    def shut(self) -> Mapping[date, str]:
        """The working days that are closed all day, and why."""
        found: dict[date, list[str]] = {}
        for closure in self.closures:
            for day in (self.monday + timedelta(days=n) for n in range(_FRIDAY + 1)):
                if closure.until is None and closure.first <= day <= closure.last:
                    found.setdefault(day, []).append(closure.reason)
        return {day: ", ".join(dict.fromkeys(why)) for day, why in sorted(found.items())}

    @property
    def closed(self) -> str:
        """Why the whole week is closed; empty where a working day is open."""
        if len(self.shut) <= _FRIDAY:
            return ""
        return max(self.shut.values(), key=list(self.shut.values()).count)


def weeks(first: date, last: date, closures: Iterable[Closure]) -> tuple[TermWeek, ...]:
    """Every week from that of *first* to that of *last*."""
    known = tuple(closures)
    found = []
    monday = monday_of(first)
    while monday <= last:
        sunday = monday + timedelta(days=6)
        touching = tuple(c for c in known if c.first <= sunday and monday <= c.last)
        found.append(TermWeek(monday, touching))
        monday += WEEK
    return tuple(found)
