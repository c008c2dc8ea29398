"""The days that a paper is about, the moment at which it is taken out, and the staff's language."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Wanted
from painprogram.i18n import _

ZONE = "Europe/Stockholm"


@dataclass(frozen=True, slots=True)
class Days:
    """From *first* to *last*; None is without an end."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def of(self, column: InstrumentedAttribute[datetime]) -> list[ColumnElement[bool]]:
        """What a wall-clock time in *column* must fulfil."""
        found: list[ColumnElement[bool]] = []
        if self.first is not None:
            found.append(column >= datetime.combine(self.first, time()))
        if self.last is not None:
            found.append(column < datetime.combine(self.last, time()) + timedelta(days=1))
        return found


def within(wanted: Wanted, first: date | None, last: date | None) -> Days:
    """The days that are asked for, else those (as many from ``wanted.first`` on)."""
    found = Days(wanted.first or first, wanted.last or last)
    if wanted.first and not wanted.last and first and last:
        found = Days(wanted.first, wanted.first + (last - first))
    if found.first and found.last and found.last < found.first:
        raise Refused(_("The last day is before the first: choose other days."))
    return found


def staff_language(wanted: Wanted) -> str:
    """Of a paper for those who work here: one of the program's, whatever else is asked for."""
    return wanted.language if wanted.language in i18n.LANGUAGES else i18n.language()


def now_on(today: date) -> datetime:
    """The clock of the moment, on the day that counts as today."""
    return datetime.combine(today, datetime.now(ZoneInfo(ZONE)).time().replace(microsecond=0))
