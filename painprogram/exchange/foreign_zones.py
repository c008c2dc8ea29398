"""Time zones as other programs name them: by city, by Windows' names, or by a definition inside
the file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from painprogram.exchange.foreign_lines import Component
from painprogram.exchange.foreign_values import Unreadable, day_or_time, offset
from painprogram.exchange.recurrence import Frequency, Rule, UnreadableRule, parse, times

MOST_CHANGES = 300
"""Changes between winter and summer time that one zone may list."""
MOST_ZONES = 500
"""In one file."""
_LONGEST_NAME = 200
_DAY = timedelta(days=1)
_UTC = {"utc", "gmt", "z", "etc/utc", "tzone://microsoft/utc"}
Check = Callable[[], None]


class Zones:
    """The zones of one file, found by the names it uses."""

    def __init__(self, definitions: Iterable[Component], check: Check) -> None:
        self._check = check
        self._defined = {
            line.value.strip().strip('"'): each
            for each in definitions
            if (line := each.line("TZID")) is not None
        }
        self._found: dict[str, tzinfo | None] = {}

    def named(self, name: str) -> tzinfo | None:
        """None where nobody knows what zone it is."""
        name = name.strip().strip('"')
        if name not in self._found:
            self._check()
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> tzinfo | None:
        if len(self._found) >= MOST_ZONES:
            return None
        if known := _known(name):
            return known
        defined = self._defined.get(name)
        if defined is None:
            return None
        city = defined.line("X-LIC-LOCATION")
        if city and (known := _known(city.value.strip())):
            return known
        try:
            return _Defined(tuple(_changes(defined)), self._check)
        except (Unreadable, UnreadableRule):
            return None


def _known(name: str) -> tzinfo | None:
    if name.lower() in _UTC:
        return UTC
    if not name or len(name) > _LONGEST_NAME:
        return None
    parts = name.split("/")  # older programs: /mozilla.org/20070129_1/Europe/Stockholm
    wanted = (_windows().get(name, name), "/".join(parts[-3:]), "/".join(parts[-2:]))
    return next((found for each in wanted if (found := _by_city(each))), None)


def _by_city(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # what looks like a path, a folder, or nothing at all
        return None


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return dict(WINDOWS_TO_OLSON)


@dataclass(frozen=True, slots=True)
class _Change:
    """From these times on, the clock is *after* from UTC; until then it was *before*."""

    start: datetime
    before: timedelta
    after: timedelta
    rule: Rule | None
    until: datetime | None
    more: tuple[datetime, ...]


def _changes(zone: Component) -> Iterable[_Change]:
    if not 1 <= len(zone.inside) <= MOST_CHANGES:
        raise Unreadable
    for part in zone.inside:
        start, before, after = (
            part.line(name) for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")
        )
        if start is None or before is None or after is None:
            raise Unreadable
        told = part.line("RRULE")
        rule = parse(told.value) if told else None
        if rule and (rule.frequency is not Frequency.YEARLY or rule.count):
            raise Unreadable
        more = [day_or_time(each)[0] for line in part.lines("RDATE") for each in _list(line.value)]
        if len(more) > MOST_CHANGES:
            raise Unreadable
        yield _Change(
            start=day_or_time(start.value)[0],
            before=offset(before.value),
            after=offset(after.value),
            rule=rule,
            # In UTC: a day more lets the last change in, and no other.
            until=day_or_time(rule.until)[0] + _DAY if rule and rule.until else None,
            more=tuple(more),
        )


def _list(value: str) -> Iterable[str]:
    return (each.partition("/")[0] for each in value.split(","))


class _Defined(tzinfo):
    """A zone by its definition in the file."""

    def __init__(self, changes: tuple[_Change, ...], check: Check) -> None:
        self._changes = changes
        self._check = check
        self._years: dict[int, list[tuple[datetime, timedelta]]] = {}
        self._earliest = min(changes, key=lambda change: change.start)

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        if at is None:
            return None
        wall = at.replace(tzinfo=None)
        for year in range(wall.year, self._earliest.start.year - 1, -1):
            passed = [after for since, after in self._of_year(year) if since <= wall]
            if passed:
                return passed[-1]
        return self._earliest.before

    def dst(self, _at: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _at: datetime | None) -> str | None:
        return None

    def _of_year(self, year: int) -> list[tuple[datetime, timedelta]]:
        if year not in self._years:
            self._check()
            first, end = datetime(year, 1, 1), datetime(year + 1, 1, 1)
            self._years[year] = sorted(
                (since, change.after)
                for change in self._changes
                for since in self._since(change, first, end)
            )
        return self._years[year]

    def _since(self, change: _Change, first: datetime, end: datetime) -> Iterable[datetime]:
        yield from (each for each in (change.start, *change.more) if first <= each < end)
        if change.rule:
            yield from times(change.rule, change.start, first, end, self._check, change.until)
