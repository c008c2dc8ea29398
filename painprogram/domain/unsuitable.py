"""Times of the week that do not work for a patient: ``tue 08:00-12:00``, or a whole ``thu``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from painprogram.domain.errors import Refused
from painprogram.i18n import _, clock, weekday_short

KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST = 14
_NAMES = (
    ("mon", "monday", "mån", "måndag"),
    ("tue", "tuesday", "tis", "tisdag"),
    ("wed", "wednesday", "ons", "onsdag"),
    ("thu", "thursday", "tor", "tors", "torsdag"),
    ("fri", "friday", "fre", "fredag"),
    ("sat", "saturday", "lör", "lördag"),
    ("sun", "sunday", "sön", "söndag"),
)
_SPAN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[.:](\d{2}))?")
_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Unsuitable:
    """*weekday* Monday = 0; without times the whole day."""

    weekday: int
    start: time | None = None
    end: time | None = None

    @property
    def text(self) -> str:
        """As it is kept."""
        day = KEYS[self.weekday]
        return f"{day} {self.start:%H:%M}-{self.end:%H:%M}" if self.start and self.end else day

    @property
    def label(self) -> str:
        """``tis 8.00–12.00``"""
        day = weekday_short(_MONDAY + timedelta(days=self.weekday))
        if self.start is None or self.end is None:
            return day
        return f"{day} {clock(self.start)}–{clock(self.end)}"

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether something from *start* to *end* (of one day) would fall in it."""
        if start.weekday() != self.weekday:
            return False
        if self.start is None or self.end is None:
            return True
        return start.time() < self.end and self.start < end.time()


def read(texts: Iterable[str]) -> tuple[Unsuitable, ...]:
    """What was kept, in order of the week."""
    return _sorted(_one(text) for text in texts)


def written(text: str) -> tuple[Unsuitable, ...]:
    """What somebody wrote, ``tis 8-12, tors``; refused with what can't be understood."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if len(parts) > MOST:
        raise Refused(_("Write at most {most} times that do not work.").format(most=MOST))
    return _sorted(_one(part) for part in parts)


def _sorted(found: Iterable[Unsuitable]) -> tuple[Unsuitable, ...]:
    return tuple(sorted(set(found), key=lambda one: (one.weekday, one.start or time())))


def _one(text: str) -> Unsuitable:
    word, _space, rest = text.strip().partition(" ")
    name = word.casefold().rstrip(".")
    day = next((number for number, names in enumerate(_NAMES) if name in names), None)
    if day is None:
        raise _unread(text)
    if not rest.strip():
        return Unsuitable(day)
    found = _SPAN.fullmatch(rest.strip())
    if found is None:
        raise _unread(text)
    hour, minute, end_hour, end_minute = (int(part or 0) for part in found.groups())
    try:
        start = time(hour, minute)
        end = time(23, 59) if (end_hour, end_minute) == (24, 0) else time(end_hour, end_minute)
    except ValueError as error:
        raise _unread(text) from error
    if end <= start:
        raise _unread(text)
    return Unsuitable(day, start, end)


def _unread(text: str) -> Refused:
    return Refused(
        _(
            "“{text}” is no time of a week. Write a weekday, and from when to when: {sample}."
        ).format(text=text.strip()[:40], sample=Unsuitable(1, time(8), time(12)).label)
    )
