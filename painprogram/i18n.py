"""Texts, dates and numbers in the reader's language.

Message keys are English; ``resources/locale/sv/LC_MESSAGES/painprogram.po`` holds the Swedish.
The compiled ``.mo`` beside it is made on first use when it is missing or older.
"""

import gettext
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


def _format(day: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale="sv_SE" if language() == "sv" else "en_GB")


@cache
def _short_names(wanted: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Three-letter days and months without dots."""
    if wanted == "sv":
        return (
            ("mån", "tis", "ons", "tor", "fre", "lör", "sön"),
            ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        )
    return (
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    )


def weekday_short(day: date) -> str:
    """``tis``, ``Tue``."""
    return _short_names(language())[0][day.weekday()]


def weekday_name(number: int) -> str:
    """The whole name of weekday *number*, Monday = 0: ``tisdag``, ``Tuesday``."""
    return _format(date(2024, 1, 1 + number), "EEEE")


def day_month(day: date) -> str:
    """``10 nov``, ``10 Nov``."""
    return f"{day.day} {_short_names(language())[1][day.month - 1]}"


def day_short(day: date) -> str:
    """``tis 10 nov``, ``Tue 10 Nov``."""
    return f"{weekday_short(day)} {day_month(day)}"


def day_long(day: date) -> str:
    """``tisdag 10 november``, ``Tuesday 10 November``."""
    return _format(day, "EEEE d MMMM")


def date_long(day: date) -> str:
    """``10 november 2026``."""
    return _format(day, "d MMMM y")


def date_short(day: date) -> str:
    """``10 nov 2026``."""
    return f"{day_month(day)} {day.year}"


def clock(at: time | datetime) -> str:
    """``9.00`` in Swedish, ``9:00`` in English (24 hours in both)."""
    return f"{at.hour}{'.' if language() == 'sv' else ':'}{at.minute:02}"


def clock_range(start: datetime, end: datetime) -> str:
    """``10.00–10.45``."""
    return f"{clock(start)}–{clock(end)}"


def week(day: date) -> str:
    """``v. 46``, ``week 46`` (ISO 8601)."""
    return _("week {number}").format(number=day.isocalendar().week)


def number(value: float, decimals: int = 0) -> str:
    """As the language writes it, with a no-break space between thousands: ``10 000``, ``2,5``."""
    text = f"{value:,.{decimals}f}"
    if language() == "sv":
        text = text.replace(",", " ").replace(".", ",")
    return text.replace("," if language() == "en" else " ", "\u00a0")


def joined(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
