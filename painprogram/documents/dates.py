"""Dates as papers write them, in the language in use; the rest of them is in ``i18n``."""

from datetime import date
from enum import Enum
from functools import lru_cache

from painprogram import i18n


class DayStyle(Enum):
    """How much of a day's names is written; the weekday is always there."""

    WHOLE = 0
    """``torsdag 12 november``"""
    SHORT_MONTH = 1
    """``torsdag 12 nov``"""
    SHORT = 2
    """``tors 12 nov``"""


_PATTERNS = {
    DayStyle.WHOLE: "EEEE d MMMM",
    DayStyle.SHORT_MONTH: "EEEE d MMM",
    DayStyle.SHORT: "EEE d MMM",
}


@lru_cache(4096)
def _day(when: date, language: str, pattern: str) -> str:
    return _format(when, pattern, language) if language == "sv" else i18n.day_short(when)


def day(when: date, how: DayStyle = DayStyle.WHOLE) -> str:
    """``tisdag 6 april``; in English always ``Tue 6 Apr``: its names are long."""
    return _day(when, i18n.language(), _PATTERNS[how])


@lru_cache(1024)
def _long(when: date, language: str) -> str:  # noqa: ARG001 -- part of the key
    return i18n.date_long(when)


def long(when: date) -> str:
    """``6 april 2027``."""
    return _long(when, i18n.language())


def day_tiny(when: date) -> str:
    """``tors 8/4``, ``Thu 8/4``: in a cell of the poster, below the week with its month."""
    return f"{_format(when, 'EEE', i18n.language())} {when.day}/{when.month}"


def period(first: date, last: date, *, with_year: bool = True) -> str:
    """``6 april – 25 maj 2027``; both years where they differ."""
    language = i18n.language()
    if first.year != last.year:
        return f"{long(first)} – {long(last)}"
    end = long(last) if with_year else _format(last, "d MMMM", language)
    if first == last:
        return end
    return f"{_format(first, 'd MMMM', language)} – {end}"


def week_days(first: date, last: date, *, short: bool = False) -> str:
    """The days of a week: ``5–9 april``, ``31 maj – 4 juni``, *short* ``16–20 nov``."""
    language = i18n.language()
    if first.month == last.month:
        return f"{first.day}–{_format(last, 'd MMM' if short else 'd MMMM', language)}"
    pattern = "d MMM"
    return f"{_format(first, pattern, language)} – {_format(last, pattern, language)}"


@lru_cache(4096)
def _format(when: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    locale = "sv_SE" if language == "sv" else "en_GB"
    return format_date(when, pattern, locale=locale).replace(".", "")
