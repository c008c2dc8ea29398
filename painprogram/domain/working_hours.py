"""A day's working hours as they are written: ``8–12, 13–16.30``."""

import re
from collections.abc import Iterable, Mapping
from datetime import time

from painprogram import i18n
from painprogram.domain.availability import Weeks, WorkingTime
from painprogram.domain.errors import Refused
from painprogram.i18n import _

Hours = tuple[tuple[time, time], ...]
WEEKDAYS = 7

_PARTED = re.compile(r"\s*(?:,|;|\boch\b|\band\b|\+|&)\s*")
_SPAN = re.compile(
    r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|—|till|to)\s*(\d{1,2})(?:[.:](\d{2}))?"
)


def parse(text: str) -> Hours:
    """The stretches of a day, in order; empty text is a day off.

    >>> parse("13-16.30, 8–12")  # doctest: +NORMALIZE_WHITESPACE
    ((datetime.time(8, 0), datetime.time(12, 0)),
     (datetime.time(13, 0), datetime.time(16, 30)))
    """
    found = [_span(part, text) for part in _PARTED.split(text.strip()) if part]
    return tuple(sorted(found))


def written(hours: Hours) -> str:
    """As ``parse`` reads it: full hours without minutes."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in hours)


def week_of(days: Mapping[Weeks, Iterable[Hours]]) -> tuple[WorkingTime, ...]:
    """A working week from the hours of its days, Monday first.

    What is the same in odd and in even weeks holds every week.
    """
    found: set[WorkingTime] = set()
    told = {weeks: [set(hours) for hours in each] for weeks, each in days.items()}
    odd = told.get(Weeks.ODD, [])
    even = told.get(Weeks.EVEN, [])
    both = [first & second for first, second in zip(odd, even, strict=False)]
    every = told.get(Weeks.EVERY, both)
    for weekday, hours in enumerate(every):
        found |= {WorkingTime(weekday, start, end) for start, end in hours}
    for weeks, there in ((Weeks.ODD, odd), (Weeks.EVEN, even)):
        for weekday, hours in enumerate(there):
            only = hours - every[weekday]
            found |= {WorkingTime(weekday, start, end, weeks) for start, end in only}
    return tuple(sorted(found, key=lambda one: (one.weekday, one.start, one.weeks)))


def days_of(week: Iterable[WorkingTime], weeks: Weeks) -> tuple[Hours, ...]:
    """The hours of each day, Monday first, in odd or in even weeks."""
    held = [one for one in week if one.weeks in (Weeks.EVERY, weeks)]
    return tuple(
        tuple(sorted((one.start, one.end) for one in held if one.weekday == weekday))
        for weekday in range(WEEKDAYS)
    )


def minutes(hours: Iterable[Hours]) -> int:
    """How long these days are together."""
    return sum(_minutes(end) - _minutes(start) for day in hours for start, end in day)


def _span(part: str, text: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise _unreadable(text)
    first, first_minute, last, last_minute = (int(number or 0) for number in match.groups())
    try:
        start, end = time(first, first_minute), time(last, last_minute)
    except ValueError as error:
        raise _unreadable(text) from error
    if end <= start:
        raise Refused(
            _("“{text}”: a working time must end after it starts.").format(text=_short(text))
        )
    return start, end


def _unreadable(text: str) -> Refused:
    return Refused(
        _("“{text}” is no working time. Write for example 8–12, 13–16.30.").format(
            text=_short(text)
        )
    )


def _short(text: str) -> str:
    return " ".join(text.split())[:40]


def _clock(at: time) -> str:
    return i18n.clock(at) if at.minute else str(at.hour)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
