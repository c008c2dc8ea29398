"""Values of an iCalendar file: days, times, lengths, offsets from UTC."""

import re
from datetime import datetime, timedelta

EARLIEST, LATEST = 1600, 2400
"""Years; beyond them nobody has a calendar."""

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?", re.ASCII)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)


class Unreadable(Exception):
    """A value that is none. It says nothing about the value, which may be anybody's words."""


def day_or_time(text: str) -> tuple[datetime, bool, bool]:
    """Wall-clock time as written, whether it is a whole day, and whether it is in UTC."""
    found = _TIME.fullmatch(text.strip().upper())
    if not found:
        raise Unreadable
    *numbers, utc = found.groups()
    year, month, day, hour, minute, second = (int(each or 0) for each in numbers)
    if not EARLIEST <= year <= LATEST:
        raise Unreadable
    try:
        at = datetime(year, month, day, hour, minute, min(second, 59))  # 60: a leap second
    except ValueError:
        raise Unreadable from None
    return at, numbers[3] is None, utc == "Z"


def length(text: str) -> tuple[timedelta, timedelta]:
    """Days, which follow the clock on the wall, and the rest, which is exact."""
    found = _LENGTH.fullmatch(text.strip().upper())
    if not found or not any(found.groups()[1:]):
        raise Unreadable
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    if found[1] == "-":
        raise Unreadable
    return (
        timedelta(weeks=weeks, days=days),
        timedelta(hours=hours, minutes=minutes, seconds=seconds),
    )


def offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        raise Unreadable
    hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    if hours >= 24:  # noqa: PLR2004 -- a day
        raise Unreadable
    away = timedelta(hours=hours, minutes=min(minutes, 59), seconds=min(seconds, 59))
    return -away if found[1] == "-" else away
