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
    "sv": ("EEEE d MMMM", "EEEE d MMM", "EEE d MMM"),
    "so": ("EEEE d MMMM", "EEEE d MMM", "EEEE d MMM"),
    "uk": ("EEE d MMMM",) * 3,
}
"""By language, in each style; other languages write days in one way only."""


@lru_cache(4096)
def _day(when: date, language: str, how: DayStyle) -> str:
    if language in _PATTERNS:
        return _format(when, _PATTERNS[language][how.value], language)
    return i18n.day_long(when) if i18n.is_right_to_left() else i18n.day_short(when)


def day(when: date, how: DayStyle = DayStyle.WHOLE) -> str:
    """``tisdag 6 april``; weekdays that are long are short: ``Tue 6 Apr``, ``чт 22 квітня``."""
    return _day(when, i18n.language(), how)


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
    pattern = "d.M." if language == "fi" else "d MMMM"
    if first.year != last.year:
        return f"{long(first)} – {long(last)}"
    end = long(last) if with_year else _format(last, pattern, language)
    if first == last:
        return end
    return f"{_format(first, pattern, language)} – {end}"


def week_days(first: date, last: date, *, short: bool = False) -> str:
    """The days of a week: ``5–9 april``, ``31 maj – 4 juni``, *short* ``16–20 nov``."""
    language = i18n.language()
    if first.month == last.month:
        return f"{first.day}–{_format(last, 'd MMM' if short else 'd MMMM', language)}"
    pattern = "d MMM"
    return f"{_format(first, pattern, language)} – {_format(last, pattern, language)}"


@lru_cache(4096)
def _format(when: date, pattern: str, language: str) -> str:
    words = i18n.formatted(when, pattern, language)
    return words if language == "fi" else words.replace(".", "")
