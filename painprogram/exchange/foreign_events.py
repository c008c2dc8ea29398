"""One event of another program's calendar: when it is, how often, and whether it takes the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from painprogram.exchange.foreign_lines import Component, Line
from painprogram.exchange.foreign_values import LATEST, Unreadable, day_or_time, length
from painprogram.exchange.foreign_zones import Zones
from painprogram.exchange.recurrence import NeverComes, Rule, TooOften, UnreadableRule, parse

HERE = ZoneInfo("Europe/Stockholm")
LONGEST = timedelta(days=100 * 366)
LONGEST_REPEATED = timedelta(days=366)
MOST_DATES = 10_000
"""That one event names by themselves."""
_DAY = timedelta(days=1)
_NONE = timedelta()


class SkipReason(StrEnum):
    """Why an event can't be read."""

    ZONE = "zone"
    TIMES = "times"
    RULE = "rule"
    OFTEN = "often"
    NEVER = "never"


class Skip(Exception):
    """This event can't be read; the others can."""

    def __init__(self, reason: SkipReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall-clock time in a zone; without one, wherever the reader is."""

    wall: datetime
    zone: tzinfo | None = None
    whole_day: bool = False

    def instant(self) -> datetime:
        return instant(self.wall, self.zone)


@dataclass(frozen=True, slots=True)
class Lasting:
    """Some of it by the clock on the wall, the rest exactly: they differ as the clocks change."""

    by_clock: timedelta = _NONE
    exact: timedelta = _NONE

    @property
    def total(self) -> timedelta:
        return self.by_clock + self.exact


@dataclass(slots=True)
class Moments:
    """Occurrences of a series, by their days or by their instants."""

    days: set[date] = field(default_factory=set)
    instants: set[datetime] = field(default_factory=set)
    walls: set[date] = field(default_factory=set)
    """The days of the instants, for series of whole days that are told otherwise."""

    def add(self, moment: Moment) -> None:
        if moment.whole_day:
            self.days.add(moment.wall.date())
        else:
            self.instants.add(moment.instant())
            self.walls.add(moment.wall.date())

    def have(self, moment: Moment) -> bool:
        day = moment.wall.date()
        if moment.whole_day:
            return day in self.days or day in self.walls
        return day in self.days or (bool(self.instants) and moment.instant() in self.instants)


@dataclass(slots=True)
class Event:
    start: Moment
    lasting: Lasting
    takes_time: bool
    replaces: Moment | None = None
    """The occurrence of a series that this one stands for."""
    onwards: bool = False
    """And for all that come after it."""
    rules: list[tuple[Rule, datetime | None]] = field(default_factory=list)
    """With the last wall-clock time they hold for."""
    never: list[tuple[Rule, datetime | None]] = field(default_factory=list)
    more: list[tuple[Moment, Lasting]] = field(default_factory=list)
    left_out: Moments = field(default_factory=Moments)

    @property
    def shift(self) -> timedelta:
        return self.start.wall - self.replaces.wall if self.replaces else _NONE


def instant(wall: datetime, zone: tzinfo | None) -> datetime:
    return wall.replace(tzinfo=zone or HERE).astimezone(UTC)


def here(at: datetime) -> datetime:
    """The wall-clock time of the centre."""
    return at.astimezone(HERE).replace(tzinfo=None)


def takes_time(component: Component) -> bool:
    """Whether it makes somebody busy; whole days only where the file says so.

    Tentative, out of office and working elsewhere all mean that the person is not to be had here.
    """
    if component.word("STATUS") == "CANCELLED":
        return False
    if status := component.word("X-MICROSOFT-CDO-BUSYSTATUS"):
        return status != "FREE"
    if shown := component.word("TRANSP"):
        return shown == "OPAQUE"
    start = component.line("DTSTART")
    whole_day = start is not None and start.value.strip().isdecimal()
    return not (whole_day or component.word("X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE")


def events(component: Component, zones: Zones) -> Iterator[Event]:
    """The event in *component*, which takes time; Skip where its times can't be told."""
    with _skipping():
        yield _event(component, zones)


def stands_for(component: Component, zones: Zones) -> Iterator[tuple[Moment, bool]]:
    """The occurrence of a series it is told anew in *component*, and whether all later ones too."""
    with _skipping():
        if line := component.line("RECURRENCE-ID"):
            onwards = line.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
            yield _moment(line, line.value, zones), onwards


def free_busy(component: Component) -> Iterator[Event]:
    """The busy times of a file that tells no more than those."""
    with _skipping():
        for line, period in _listed(component, "FREEBUSY"):
            if line.parameters.get("FBTYPE", "BUSY").upper() != "FREE":
                start, lasting = _period(line, period, None)
                yield Event(start, lasting, takes_time=True)


@contextmanager
def _skipping() -> Iterator[None]:
    """The errors of a library or of our own say what stood there: they end here."""
    try:
        yield
    except TooOften:
        raise Skip(SkipReason.OFTEN) from None
    except NeverComes:
        raise Skip(SkipReason.NEVER) from None
    except UnreadableRule:
        raise Skip(SkipReason.RULE) from None
    except (Unreadable, OverflowError, ValueError):
        raise Skip(SkipReason.TIMES) from None


def _event(component: Component, zones: Zones) -> Event:
    line = component.line("DTSTART")
    if line is None:
        raise Unreadable
    start = _moment(line, line.value, zones)
    found = Event(start, _lasting(component, start, zones), takes_time=True)
    if component.has("RECURRENCE-ID"):
        return found  # one of a series does not repeat by itself
    for name, rules in (("RRULE", found.rules), ("EXRULE", found.never)):
        for each in component.lines(name):
            rule = parse(each.value)
            rules.append((rule, _until(rule, start)))
    for each, value in _listed(component, "RDATE"):
        if "/" in value:
            found.more.append(_period(each, value, zones))
        else:
            found.more.append((_moment(each, value, zones), found.lasting))
    for each, value in _listed(component, "EXDATE"):
        found.left_out.add(_moment(each, value, zones))
    if found.rules and found.lasting.total > LONGEST_REPEATED:
        raise Unreadable
    return found


def _listed(component: Component, name: str) -> Iterator[tuple[Line, str]]:
    many = 0
    for line in component.lines(name):
        many += line.value.count(",") + 1
        if many > MOST_DATES:
            raise Unreadable
        for value in line.value.split(","):
            if value.strip():
                yield line, value


def _moment(line: Line, value: str, zones: Zones | None) -> Moment:
    wall, whole_day, utc = day_or_time(value)
    name = line.parameters.get("TZID", "")
    if whole_day:
        return Moment(wall, None, whole_day=True)
    if utc:
        return Moment(wall, UTC)
    if not name:
        return Moment(wall)
    zone = zones.named(name) if zones else None
    if zone is None:
        raise Skip(SkipReason.ZONE)
    return Moment(wall, zone)


def _period(line: Line, value: str, zones: Zones | None) -> tuple[Moment, Lasting]:
    since, _slash, until = value.partition("/")
    start = _moment(line, since, zones)
    if until[:1] in ("P", "+"):
        return start, _checked(Lasting(*length(until)))
    return start, _between(start, _moment(line, until, zones))


def _lasting(component: Component, start: Moment, zones: Zones) -> Lasting:
    if line := component.line("DTEND"):
        return _between(start, _moment(line, line.value, zones))
    if line := component.line("DURATION"):
        return _checked(Lasting(*length(line.value)))
    return Lasting(_DAY if start.whole_day else _NONE)


def _between(start: Moment, end: Moment) -> Lasting:
    if start.whole_day is not end.whole_day:
        raise Unreadable
    if start.whole_day:
        return _checked(Lasting((end.wall - start.wall) or _DAY))
    if start.zone is end.zone and end.wall >= start.wall:
        return _checked(Lasting(end.wall - start.wall))
    return _checked(Lasting(exact=end.instant() - start.instant()))


def _checked(lasting: Lasting) -> Lasting:
    if not _NONE <= lasting.total <= LONGEST:
        raise Unreadable
    return lasting


def _until(rule: Rule, start: Moment) -> datetime | None:
    """The last wall-clock time the rule holds for, in the zone of the event."""
    year = rule.until[:4]
    if not year or (year.isdecimal() and int(year) > LATEST):  # for ever, as some programs say it
        return None
    try:
        wall, whole_day, utc = day_or_time(rule.until)
    except Unreadable:
        raise UnreadableRule from None
    if utc:
        wall = wall.replace(tzinfo=UTC).astimezone(start.zone or HERE).replace(tzinfo=None)
    if whole_day or start.whole_day:
        wall = wall.replace(hour=23, minute=59, second=59)
    return wall
