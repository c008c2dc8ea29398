"""Identity numbers: personnummer, samordningsnummer, and a care provider's own reserve number."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _

LONGEST_RESERVE = 20
"""Characters in a reserve number: there is no single standard for them."""
OLDEST = 150
"""Years; a number that says more is mistyped."""
_COORDINATION = 60
"""What a coordination number adds to the day of birth."""
_HYPHENS = str.maketrans(dict.fromkeys("\u00ad‐‑‒–—―−﹣－", "-") | {"＋": "+"})
_DIGITS = "0123456789"
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""Twice each digit, its own digits added."""
_FORM = re.compile(r"([0-9]{6}|[0-9]{8})([-+]?)([0-9]{4})")


class IdentityKind(StrEnum):
    PERSONAL = "personal"
    COORDINATION = "coordination"
    RESERVE = "reserve"

    @property
    def label(self) -> str:
        return _(_TITLES[self])


_TITLES = {
    IdentityKind.PERSONAL: N_("Personal identity number"),
    IdentityKind.COORDINATION: N_("Coordination number"),
    IdentityKind.RESERVE: N_("Reserve number"),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to the health care. Made by :func:`parse`; kept as *kind* and *number*."""

    kind: IdentityKind
    number: str
    """Twelve digits, YYYYMMDDNNNN; a reserve number as it was written."""

    @property
    def formatted(self) -> str:
        """``19670312-1234``."""
        if self.kind is IdentityKind.RESERVE:
            return self.number
        return f"{self.number[:8]}-{self.number[8:]}"

    @property
    def masked(self) -> str:
        """For lists and papers: ``19670312-••••``."""
        if self.kind is IdentityKind.RESERVE:
            return self.number[:2] + "•" * len(self.number[2:])
        return f"{self.number[:8]}-••••"

    @property
    def born(self) -> date | None:
        """None where the number does not say: a reserve number, and a coordination number given
        to somebody whose month (00) or day (60) of birth nobody knows."""
        if self.kind is IdentityKind.RESERVE:
            return None
        year, month, day = int(self.number[:4]), int(self.number[4:6]), int(self.number[6:8])
        if self.kind is IdentityKind.COORDINATION:
            day -= _COORDINATION
        return date(year, month, day) if month and day else None

    def age(self, today: date) -> int | None:
        """Whole years."""
        born = self.born
        if born is None:
            return None
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def parse(text: str, today: date, *, reserve: bool = False) -> Identity:
    """The identity that *text* writes, in any usual form; refused with the part that is wrong.

    Two figures for the year mean the latest year in which the person is born by *today*; with
    ``+`` the latest in which they turn at least 100 this year.
    """
    if reserve:
        return Identity(IdentityKind.RESERVE, _reserve(text))
    if text.isascii() and text.isprintable():
        typed = text.replace(" ", "")
    else:
        typed = "".join(c for c in text if not _invisible(c)).translate(_HYPHENS)
    _check_characters(typed)
    form = _FORM.fullmatch(typed)
    if form is None:
        raise _misformed(typed)
    figures, sign, last = form.groups()
    month, written_day = int(figures[-4:-2]), int(figures[-2:])
    coordination = written_day >= _COORDINATION
    day = written_day - _COORDINATION * coordination
    year = _year(figures[:-4], sign, (month, day), today)
    _check_date(year, month, day, coordination=coordination)
    if not luhn(figures[-6:] + last):
        raise Refused(
            _("The check digit is wrong: the last digit doesn't fit the others. Compare each one.")
        )
    if (year, month, day) > (today.year, today.month, today.day):
        raise Refused(_("The number says that the person is not born yet. Check the year."))
    if year < today.year - OLDEST:
        raise Refused(
            _(
                "The number says that the person is more than {years} years old. Check the year."
            ).format(years=OLDEST)
        )
    kind = IdentityKind.COORDINATION if coordination else IdentityKind.PERSONAL
    return Identity(kind, f"{year:04}{figures[-4:]}{last}")


def luhn(digits: str) -> bool:
    """Whether the last of *digits* is the check digit of the others.

    >>> luhn("6408833231"), luhn("6408833224")
    (True, False)
    """
    total = sum(map(int, digits[::-2])) + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return total % 10 == 0


def _invisible(character: str) -> bool:
    """Spaces, and what comes along unseen when a number is pasted."""
    return character.isspace() or (
        unicodedata.category(character) in {"Cf", "Cc"} and character != "\u00ad"
    )


def _reserve(text: str) -> str:
    shown = "".join(
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    number = " ".join(shown.split())
    if not number:
        raise Refused(_("Write the reserve number."))
    if len(number) > LONGEST_RESERVE:
        raise Refused(
            _("The reserve number is too long: {most} characters at most.").format(
                most=LONGEST_RESERVE
            )
        )
    return number


def _check_characters(typed: str) -> None:
    if not typed:
        raise Refused(_("Write the identity number."))
    strange = next((c for c in typed if c not in _DIGITS and c not in "-+"), None)
    if strange is not None:
        raise Refused(
            _(
                "“{character}” can't stand in an identity number: only the digits 0–9 and a hyphen."
            ).format(character=strange)
        )


def _misformed(typed: str) -> Refused:
    count = sum(c in _DIGITS for c in typed)
    if count not in (10, 12):
        return Refused(
            _("The identity number has {count} digits; it should have 12, or 10.").format(
                count=count
            )
        )
    return Refused(_("The hyphen stands in the wrong place: write the number as YYYYMMDD-NNNN."))


def _year(written: str, sign: str, month_day: tuple[int, int], today: date) -> int:
    turned_100 = today.year - 100
    if len(written) == 4:  # noqa: PLR2004 -- the whole year
        if sign == "+" and int(written) > turned_100:
            raise Refused(_("The plus sign is for those who turn 100 or more. Write a hyphen."))
        return int(written)
    latest = turned_100 if sign == "+" else today.year
    year = latest - (latest - int(written)) % 100
    if year == today.year and month_day > (today.month, today.day):
        year -= 100
    return year


def _check_date(year: int, month: int, day: int, *, coordination: bool) -> None:
    """In a coordination number month 00 and day 60 stand for what nobody knows."""
    if year < 1:
        raise Refused(
            _("The year in the number is {year}; there is no such year.").format(year=f"{year:04}")
        )
    least = 0 if coordination else 1
    if not least <= month <= 12:  # noqa: PLR2004 -- months
        raise Refused(
            _("The month in the number is {month}; it should be 01 to 12.").format(
                month=f"{month:02}"
            )
        )
    last = monthrange(year, month)[1] if month else 31
    if not least <= day <= last:
        raise Refused(
            _(
                "The day in the number is {day}; month {month} of {year} has the days "
                "01 to {last}, or 61 to {last_coordination} in a coordination number."
            ).format(
                day=f"{day + _COORDINATION * coordination:02}",
                month=f"{month:02}",
                year=year,
                last=last,
                last_coordination=last + _COORDINATION,
            )
        )
