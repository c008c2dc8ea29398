"""When an iCalendar rule (RRULE) comes round, within bounds that no file can stretch.

Libraries search an impossible rule (31 February) for thousands of years, and a thread can't be
stopped. Here the days of the window are asked one by one whether the rule has them, so the work is
bounded by the window, and *check* is called on the way: it may raise to stop.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, time, timedelta
from enum import StrEnum
from itertools import product
from typing import Any

MOST_TIMES_A_DAY = 24
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_DAY = timedelta(days=1)


class UnreadableRule(Exception):
    """The rule breaks the standard, or uses what we don't know."""


class TooOften(UnreadableRule):
    """More often than some times a day: that is nobody's calendar."""


class NeverComes(UnreadableRule):
    """The rule names only days that no year has."""


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """Parts as RFC 5545 names them; an empty one limits nothing."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: str = ""
    """As written: what it means hangs on the zone of the event."""
    months: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    """Monday = 0."""
    nth_weekdays: frozenset[tuple[int, int]] = frozenset()
    """``(-1, 6)``: the last Sunday."""
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    seconds: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0


_NUMBERS = {
    "BYMONTH": ("months", 1, 12),
    "BYWEEKNO": ("weeks", -53, 53),
    "BYYEARDAY": ("year_days", -366, 366),
    "BYMONTHDAY": ("month_days", -31, 31),
    "BYHOUR": ("hours", 0, 23),
    "BYMINUTE": ("minutes", 0, 59),
    "BYSECOND": ("seconds", 0, 59),
    "BYSETPOS": ("positions", -366, 366),
}


def parse(text: str) -> Rule:
    """The rule in *text*; UnreadableRule, TooOften or NeverComes where it can't be followed."""
    parts: dict[str, str] = {}
    for part in text.upper().strip().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts:
            raise UnreadableRule
        parts[name] = value
    for name, value in (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT")):  # what holds anyway
        if parts.get(name) == value:
            del parts[name]
    named = parts.pop("FREQ", "")
    if named in _OFTEN:
        raise TooOften
    try:
        rule = replace(Rule(Frequency(named)), **dict(_read(*part) for part in parts.items()))
    except ValueError:
        raise UnreadableRule from None
    if max(1, len(rule.hours)) * max(1, len(rule.minutes)) * max(1, len(rule.seconds)) > (
        MOST_TIMES_A_DAY
    ):
        raise TooOften
    months = rule.months or range(1, 13)
    longest = max(_LONGEST_MONTH[month - 1] for month in months)
    if rule.month_days and all(abs(day) > longest for day in rule.month_days):
        raise NeverComes
    return rule


def _read(name: str, value: str) -> tuple[str, Any]:
    """The field and the value of one part; ValueError where it is none."""
    if name in _NUMBERS:
        field, least, most = _NUMBERS[name]
        numbers = frozenset(int(each) for each in value.split(","))
        if not all(least <= each <= most for each in numbers) or (least < 0 and 0 in numbers):
            raise ValueError
        return field, numbers
    if name in ("INTERVAL", "COUNT"):
        number = int(value)
        if number < 1:
            raise ValueError
        return name.lower(), number
    if name == "BYDAY":
        return _weekdays(value)
    if name == "WKST":
        return "week_start", _WEEKDAYS.index(value)
    if name == "UNTIL":
        return "until", value
    raise ValueError


def _weekdays(value: str) -> tuple[str, Any]:
    found = [(each[:-2], _WEEKDAYS.index(each[-2:])) for each in value.split(",")]
    if not any(number for number, _day in found):
        return "weekdays", frozenset(day for _number, day in found)
    if not all(number for number, _day in found):  # "every Monday and the first Tuesday"
        raise ValueError
    nth = frozenset((int(number), day) for number, day in found)
    if any(not 1 <= abs(number) <= 53 for number, _day in nth):  # noqa: PLR2004 -- weeks of a year
        raise ValueError
    return "nth_weekdays", nth


def times(
    rule: Rule,
    start: datetime,
    first: datetime,
    end: datetime,
    check: Callable[[], None],
    until: datetime | None = None,
) -> Iterator[datetime]:
    """When *rule* comes round from *first* until before *end*, in order; counted from *start*.

    All of it in the wall-clock time of the event, *until* too (which is still in it).
    """
    settled = _settled(rule, start)
    clock = sorted(time(*each) for each in product(settled.hours, settled.minutes, settled.seconds))
    left = rule.count
    since = start if left is not None or first < start else first
    for days in _periods(settled, start.date(), since.date(), end.date()):
        check()
        found = [datetime.combine(day, at) for day in days if _fits(settled, day) for at in clock]
        for at in _positioned(found, rule.positions):
            if at >= end or (until is not None and at > until):
                return
            if at < start:
                continue
            if left is not None:
                left -= 1
            if at >= first:
                yield at
            if left == 0:
                return


def _settled(rule: Rule, start: datetime) -> Rule:
    """What the rule leaves open, it takes from the start."""
    rule = replace(
        rule,
        hours=rule.hours or frozenset((start.hour,)),
        minutes=rule.minutes or frozenset((start.minute,)),
        seconds=rule.seconds or frozenset((start.second,)),
    )
    if rule.frequency in (Frequency.DAILY, Frequency.WEEKLY):  # numbers count in months and years
        plain = rule.weekdays | {day for _number, day in rule.nth_weekdays}
        rule = replace(rule, weekdays=plain, nth_weekdays=frozenset())
    weekday = rule.weekdays or rule.nth_weekdays
    if weekday or rule.month_days or rule.year_days or rule.frequency is Frequency.DAILY:
        return rule
    if rule.frequency is Frequency.WEEKLY or rule.weeks:
        return replace(rule, weekdays=frozenset((start.weekday(),)))
    if rule.frequency is Frequency.YEARLY and not rule.months:
        rule = replace(rule, months=frozenset((start.month,)))
    return replace(rule, month_days=frozenset((start.day,)))


def _periods(rule: Rule, start: date, since: date, last: date) -> Iterator[list[date]]:
    """The days of each day, week, month or year the rule stops at, from that of *since* on."""
    if rule.frequency is Frequency.DAILY:
        base, length = start.toordinal(), 1
        for at in _steps(base, since.toordinal(), last.toordinal(), rule.interval):
            yield [date.fromordinal(at)]
    elif rule.frequency is Frequency.WEEKLY:
        length = 7
        base = start.toordinal() - (start.weekday() - rule.week_start) % 7
        step = length * rule.interval
        for at in _steps(base, since.toordinal() - 6, last.toordinal(), step):
            yield [date.fromordinal(at + day) for day in range(length)]
    elif rule.frequency is Frequency.MONTHLY:
        base = start.year * 12 + start.month - 1
        until = last.year * 12 + last.month - 1
        for at in _steps(base, since.year * 12 + since.month - 1, until, rule.interval):
            if not rule.months or at % 12 + 1 in rule.months:
                yield _days_of_month(at // 12, at % 12 + 1)
    else:
        for year in _steps(start.year, since.year, min(last.year, MAXYEAR), rule.interval):
            months = sorted(rule.months) or range(1, 13)
            yield [day for month in months for day in _days_of_month(year, month)]


def _steps(base: int, since: int, last: int, step: int) -> Iterator[int]:
    """*base* and every *step* on, from *since* to *last*."""
    at = base + max(0, -(-(since - base) // step)) * step
    while at <= last:
        yield at
        at += step


def _days_of_month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.weekdays and day.weekday() not in rule.weekdays:
        return False
    if rule.month_days:
        length = monthrange(day.year, day.month)[1]
        if not {day.day, day.day - length - 1} & rule.month_days:
            return False
    if rule.year_days or (rule.nth_weekdays and not _within_month(rule)):
        number = day.timetuple().tm_yday
        length = 366 if isleap(day.year) else 365
        if rule.year_days and not {number, number - length - 1} & rule.year_days:
            return False
        if rule.nth_weekdays and not _nth(day, number, length) & rule.nth_weekdays:
            return False
    if rule.nth_weekdays and _within_month(rule):
        length = monthrange(day.year, day.month)[1]
        if not _nth(day, day.day, length) & rule.nth_weekdays:
            return False
    return not rule.weeks or bool(_week_numbers(day, rule.week_start) & rule.weeks)


def _within_month(rule: Rule) -> bool:
    """Whether "the first Monday" is of the month, or of the year."""
    return rule.frequency is Frequency.MONTHLY or bool(rule.months)


def _nth(day: date, number: int, length: int) -> set[tuple[int, int]]:
    """``{(1, 0), (-4, 0)}``: the first Monday, and the fourth from the end."""
    return {
        ((number - 1) // 7 + 1, day.weekday()),
        (-((length - number) // 7) - 1, day.weekday()),
    }


def _week_numbers(day: date, week_start: int) -> set[int]:
    """The number of the week of *day*, from the start and from the end of its year."""
    number, year = _week_of(day, week_start)
    last, _year = _week_of(date(year, 12, 28), week_start)  # always in the year's last week
    return {number, number - last - 1}


def _week_of(day: date, week_start: int) -> tuple[int, int]:
    """A week belongs to the year that has its fourth day."""
    fourth = day + _DAY * (3 - (day.weekday() - week_start) % 7)
    return (fourth.timetuple().tm_yday - 1) // 7 + 1, fourth.year


def _positioned(found: list[datetime], positions: frozenset[int]) -> list[datetime]:
    if not positions:
        return found
    many = len(found)
    at = {each - 1 if each > 0 else many + each for each in positions}
    return [found[each] for each in sorted(at) if 0 <= each < many]
