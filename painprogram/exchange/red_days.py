"""Sweden's red days, and the days before them, from the calendar rules of the holidays library."""

from datetime import date, time, timedelta
from functools import cache

from painprogram.domain.closures import Closure, ClosureKind
from painprogram.i18n import N_, _, joined, language

_RED = {
    "Nyårsdagen": N_("New Year's Day"),
    "Trettondedag jul": N_("Epiphany"),
    "Långfredagen": N_("Good Friday"),
    "Påskdagen": N_("Easter Sunday"),
    "Annandag påsk": N_("Easter Monday"),
    "Första maj": N_("May Day"),
    "Kristi himmelsfärdsdag": N_("Ascension Day"),
    "Nationaldagen": N_("National Day"),
    "Pingstdagen": N_("Whit Sunday"),
    "Annandag pingst": N_("Whit Monday"),
    "Midsommardagen": N_("Midsummer Day"),
    "Alla helgons dag": N_("All Saints' Day"),
    "Juldagen": N_("Christmas Day"),
    "Annandag jul": N_("Boxing Day"),
}
_EVES = {
    "Påskafton": N_("Holy Saturday"),
    "Midsommarafton": N_("Midsummer Eve"),
    "Julafton": N_("Christmas Eve"),
    "Nyårsafton": N_("New Year's Eve"),
}
"""Not red in the calendar, and closed all the same."""
_DAY_BEFORE = {
    "Trettondedag jul": N_("Epiphany Eve"),
    "Långfredagen": N_("Maundy Thursday"),
    "Första maj": N_("Walpurgis Night"),
    "Kristi himmelsfärdsdag": N_("the day before Ascension Day"),
    "Alla helgons dag": N_("the day before All Saints' Day"),
}
"""Half days where the centre has them; the library does not name every one."""


def red_days(first: date, last: date, half_day_until: time | None) -> tuple[Closure, ...]:
    """From *first* to *last* in order; half days only when it is said until when they last.

    Weekends are not red days here, and neither is the Friday after Ascension Day: a centre that
    closes then says so itself.
    """
    return tuple(
        closure
        for year in range(first.year, last.year + 1)
        for closure in _closures(year, half_day_until, language())
        if first <= closure.first <= last
    )


@cache
def _closures(year: int, half_day_until: time | None, _language: str) -> tuple[Closure, ...]:
    """Of one year, with reasons in the language they are cached for."""
    named = _named(year)
    days: dict[date, tuple[ClosureKind, list[str], time | None]] = {}
    for day, names in named.items():
        red = [_(_RED.get(name, name)) for name in names if name not in _EVES]
        eves = [_(_EVES[name]) for name in names if name in _EVES]
        days[day] = (ClosureKind.RED_DAY if red else ClosureKind.EVE, red or eves, None)
    if half_day_until is not None:
        for day, names in named.items():
            for name in names:
                before = day - timedelta(1)
                if name in _DAY_BEFORE and before not in named:
                    half = days.setdefault(before, (ClosureKind.HALF_DAY, [], half_day_until))
                    half[1].append(_(_DAY_BEFORE[name]))
    return tuple(
        Closure(kind, day, day, joined(reasons), until)
        for day, (kind, reasons, until) in sorted(days.items())
    )


@cache
def _named(year: int) -> dict[date, list[str]]:
    """The library's own Swedish names of what is closed all day."""
    import holidays

    public = holidays.country_holidays("SE", years=year, categories=("public",), language="sv")
    others = holidays.country_holidays(
        "SE", years=year, categories=("de_facto", "optional"), language="sv"
    )
    found: dict[date, list[str]] = {
        day: [name for name in public.get_list(day) if name != "Söndag"] for day in public
    }
    for day in others:
        for name in others.get_list(day):
            if name in _EVES:
                found.setdefault(day, []).append(name)
    return {day: names for day, names in sorted(found.items()) if names}
