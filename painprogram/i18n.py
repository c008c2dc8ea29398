"""Texts, dates and numbers in the reader's language.

Message keys are English; ``resources/locale/sv/LC_MESSAGES/painprogram.po`` holds the Swedish, and
those of other languages what stands on patients' papers. The compiled ``.mo`` beside it is made on
first use when it is missing or older.
"""

import gettext
import hashlib
import io
import locale
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from painprogram import resources

LANGUAGES = ("sv", "en")
"""The program can be used in these."""
PAPER_LANGUAGES = (*LANGUAGES, "ar", "fa", "so", "uk", "fi")
"""What a patient is given can be printed in these."""
FROM_THE_RIGHT = frozenset({"ar", "fa"})
DOMAIN = "painprogram"

_chosen = "sv"
_override: ContextVar[str | None] = ContextVar("language", default=None)


def set_language(language: str) -> None:
    """Choose the language of the program for every thread; one of ``LANGUAGES``."""
    global _chosen  # noqa: PLW0603 -- one program, one language
    if language not in LANGUAGES:
        raise ValueError(language)
    _chosen = language


def language() -> str:
    """The language texts are in here and now."""
    return _override.get() or _chosen


def is_right_to_left() -> bool:
    """Whether the language in use is read from the right."""
    return language() in FROM_THE_RIGHT


def system_language() -> str:
    """Swedish, unless the machine says another language that we have."""
    code = (locale.getlocale()[0] or "")[:2].lower()
    return code if code in LANGUAGES else "sv"


@contextmanager
def using(wanted: str | None) -> Iterator[None]:
    """Within this block of this thread, texts are in *wanted* (a paper in another language)."""
    token = _override.set(wanted)
    try:
        yield
    finally:
        _override.reset(token)


def _(text: str) -> str:
    """Translate *text*; formatting is done on what comes back."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    return _catalogue(language()).ngettext(one, many, number)


def pgettext(context: str, text: str) -> str:
    return _catalogue(language()).pgettext(context, text)


def in_swedish(text: str) -> str:
    """What is written for the staff on a paper in another language; mark *text* with ``N_``."""
    return _catalogue("sv").gettext(text)


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name
    """Mark *text* for translation where it is written; translate it where it is shown."""
    return text


@cache
def _catalogue(wanted: str) -> gettext.NullTranslations:
    if wanted == "en":
        return gettext.NullTranslations()
    source = resources.path("locale", wanted, "LC_MESSAGES", f"{DOMAIN}.po")
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (
        not source.exists() or compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns
    ):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compile_catalogue(source)))


@cache
def catalogue_digest(wanted: str) -> str:
    """Of all that the catalogue of a language says: other words are another digest."""
    source = resources.path("locale", wanted, "LC_MESSAGES", f"{DOMAIN}.po")
    lines = source.read_text("utf-8").splitlines() if source.exists() else []
    said = "\n".join(line for line in lines if line and not line.startswith("#"))
    return hashlib.sha256(said.encode()).hexdigest()


def compile_catalogue(source: Path) -> bytes:
    """The ``.mo`` of *source*, also written beside it where that is allowed."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    target = source.with_suffix(".mo")
    try:
        partial = target.with_suffix(".mo.new")
        partial.write_bytes(buffer.getvalue())
        partial.replace(target)
    except OSError:  # installed read-only: the catalogue is compiled at each start instead
        pass
    return buffer.getvalue()


# Dates as the field writes them: "tis 10 nov", "v. 46", "10.00–10.45".


_LOCALES = {"sv": "sv_SE", "en": "en_GB"}
"""Of dates; every other language is its own."""
_LONG_DAYS = {"uk": "EEE d MMMM", "fi": "EEE d.M."}
"""In sentences a whole weekday would be inflected."""
_SHORT_DAYS = {"uk": "EEE d MMM", "fi": "EEE d.M."}
_LONG_DATES = {"fi": "d.M.y"}
_DECIMAL_COMMA = frozenset({"sv", "uk", "fi"})


def _format(day: date, pattern: str) -> str:
    return formatted(day, pattern, language())


def formatted(day: date, pattern: str, wanted: str) -> str:
    """*day* by the pattern of CLDR in the language *wanted*, in Latin digits."""
    from babel.dates import format_date

    return format_date(day, pattern, locale=_LOCALES.get(wanted, wanted))


@cache
def _short_names(wanted: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Three-letter days and months without dots."""
    if wanted == "sv":
        return (
            ("mån", "tis", "ons", "tor", "fre", "lör", "sön"),
            ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        )
    if wanted == "en":
        return (
            ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
            ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        )
    days = tuple(formatted(date(2024, 1, day), "EEE", wanted) for day in range(1, 8))
    months = (formatted(date(2024, month, 1), "d MMM", wanted) for month in range(1, 13))
    return days, tuple(month.partition(" ")[2].rstrip(".") for month in months)


def weekday_short(day: date) -> str:
    """``tis``, ``Tue``."""
    return _short_names(language())[0][day.weekday()]


def weekday_name(number: int) -> str:
    """The whole name of weekday *number*, Monday = 0: ``tisdag``, ``Tuesday``."""
    return _format(date(2024, 1, 1 + number), "EEEE")


def day_month(day: date) -> str:
    """``10 nov``, ``10 Nov``."""
    if language() == "fi":
        return f"{day.day}.{day.month}."
    return f"{day.day} {_short_names(language())[1][day.month - 1]}"


def day_short(day: date) -> str:
    """``tis 10 nov``, ``Tue 10 Nov``."""
    return f"{weekday_short(day)} {day_month(day)}"


def day_long(day: date) -> str:
    """``tisdag 10 november``, ``Tuesday 10 November``."""
    return _format(day, _LONG_DAYS.get(language(), "EEEE d MMMM"))


def date_long(day: date) -> str:
    """``10 november 2026``."""
    return _format(day, _LONG_DATES.get(language(), "d MMMM y"))


def date_short(day: date) -> str:
    """``10 nov 2026``."""
    return f"{day_month(day)}{'' if language() == 'fi' else ' '}{day.year}"


def clock(at: time | datetime) -> str:
    """``9.00``, in English ``9:00``; 24 hours in every language."""
    return f"{at.hour}{':' if language() == 'en' else '.'}{at.minute:02}"


def clock_range(start: datetime, end: datetime) -> str:
    """``10.00–10.45``."""
    return f"{clock(start)}–{clock(end)}"


def week(day: date) -> str:
    """``v. 46``, ``week 46`` (ISO 8601)."""
    return _("week {number}").format(number=day.isocalendar().week)


def number(value: float, decimals: int = 0) -> str:
    """As the language writes it, with a no-break space between thousands: ``10 000``, ``2,5``."""
    text = f"{value:,.{decimals}f}"
    if language() in _DECIMAL_COMMA:
        text = text.replace(",", " ").replace(".", ",")
        return text.replace(" ", "\u00a0")
    return text.replace(",", "\u00a0")


def comma(*parts: str) -> str:
    """``Maja Ek, physiotherapist``; what is empty is left out."""
    return ("، " if is_right_to_left() else ", ").join(part for part in parts if part)


def joined(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return _("{first} and {last}").format(first=comma(*parts[:-1]), last=parts[-1])
