from datetime import date, time

import pytest

from painprogram import i18n
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.terms import Period, Reach, around, weeks


def closed(first: date, last: date, reason: str = "sportlov", until: time | None = None) -> Closure:
    return Closure(ClosureKind.OWN, first, last, reason, until)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2027, 2, 9), date(2027, 1, 11), date(2027, 6, 13)),
        (date(2027, 1, 5), date(2027, 1, 11), date(2027, 6, 13)),
        (date(2027, 7, 14), date(2027, 8, 23), date(2027, 12, 26)),
        (date(2026, 12, 31), date(2027, 1, 11), date(2027, 6, 13)),
    ],
)
def test_that_a_term_is_found_around_a_day(day: date, first: date, last: date) -> None:
    term = around(day, Reach.TERM)

    assert (term.first, term.last) == (first, last)


def test_that_a_half_year_and_a_year_reach_week_53() -> None:
    half, year = around(date(2026, 12, 31), Reach.HALF_YEAR), around(date(2026, 12, 31), Reach.YEAR)

    assert (half.first, half.last) == (date(2026, 6, 29), date(2027, 1, 3))
    assert (year.first, year.last) == (date(2025, 12, 29), date(2027, 1, 3))


@pytest.mark.parametrize("reach", list(Reach))
def test_that_the_next_period_begins_after_this_one_and_back_is_here(reach: Reach) -> None:
    here = around(date(2027, 2, 9), reach)

    assert here.last < here.beside(1).first
    assert here.beside(-1).last < here.first
    assert here.beside(1).beside(-1) == here
    assert here.beside(3).beside(-3) == here


def test_that_a_period_has_a_name_in_both_languages() -> None:
    assert Period(Reach.TERM, 2027).title == "Spring term 2027"
    assert Period(Reach.YEAR, 2027).title == "2027"
    assert around(date(2027, 9, 1), Reach.HALF_YEAR).title == "Second half of 2027"
    assert {reach: reach.label for reach in Reach} == {
        Reach.TERM: "Term",
        Reach.HALF_YEAR: "Half-year",
        Reach.YEAR: "Year",
    }
    assert i18n.language() == "en"


def test_that_a_week_is_closed_only_when_no_working_day_is_open() -> None:
    first, last = date(2027, 2, 15), date(2027, 2, 28)

    whole, part = weeks(first, last, [closed(first, date(2027, 2, 23))])

    assert whole.closed == "sportlov"
    assert part.closed == ""
    assert part.shut == {date(2027, 2, 22): "sportlov", date(2027, 2, 23): "sportlov"}


def test_that_a_half_day_does_not_close_a_day() -> None:
    (week,) = weeks(
        date(2027, 3, 22),
        date(2027, 3, 28),
        [closed(date(2027, 3, 25), date(2027, 3, 25), "half", time(12))],
    )

    assert week.shut == {}
    assert len(week.closures) == 1


def test_that_a_day_closed_for_two_reasons_says_both_once() -> None:
    day = date(2027, 3, 26)
    (week,) = weeks(
        day,
        day,
        [closed(day, day, "Good Friday"), closed(day, day, "Good Friday"), closed(day, day)],
    )

    assert week.shut == {day: "Good Friday, sportlov"}
