from collections.abc import Iterator
from datetime import date, time

import pytest

from painprogram import i18n
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.exchange.red_days import red_days


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    with i18n.using("en"):
        yield


def year(number: int, until: time | None = None) -> tuple[Closure, ...]:
    return red_days(date(number, 1, 1), date(number, 12, 31), until)


def days(closures: tuple[Closure, ...], kind: ClosureKind) -> list[str]:
    return [f"{c.first:%m-%d}" for c in closures if c.kind is kind]


# As printed in the almanac; Easter, Ascension, Whit Sunday, Midsummer and All Saints' move.
FIXED = ["01-01", "01-06", "05-01", "06-06", "12-25", "12-26"]
MOVING = {
    2020: ["04-10", "04-12", "04-13", "05-21", "05-31", "06-20", "10-31"],
    2024: ["03-29", "03-31", "04-01", "05-09", "05-19", "06-22", "11-02"],
    2025: ["04-18", "04-20", "04-21", "05-29", "06-08", "06-21", "11-01"],
    2026: ["04-03", "04-05", "04-06", "05-14", "05-24", "06-20", "10-31"],
    2027: ["03-26", "03-28", "03-29", "05-06", "05-16", "06-26", "11-06"],
    2028: ["04-14", "04-16", "04-17", "05-25", "06-04", "06-24", "11-04"],
}
EVES = {
    2020: ["04-11", "06-19", "12-24", "12-31"],
    2024: ["03-30", "06-21", "12-24", "12-31"],
    2025: ["04-19", "06-20", "12-24", "12-31"],
    2026: ["04-04", "06-19", "12-24", "12-31"],
    2027: ["03-27", "06-25", "12-24", "12-31"],
    2028: ["04-15", "06-23", "12-24", "12-31"],
}
HALF_DAYS = {
    2020: ["01-05", "04-09", "04-30", "05-20", "10-30"],
    2024: ["01-05", "03-28", "04-30", "05-08", "11-01"],
    2025: ["01-05", "04-17", "04-30", "05-28", "10-31"],
    2026: ["01-05", "04-02", "04-30", "05-13", "10-30"],
    2027: ["01-05", "03-25", "04-30", "05-05", "11-05"],
    2028: ["01-05", "04-13", "04-30", "05-24", "11-03"],
}


@pytest.mark.parametrize("number", MOVING)
def test_that_red_days_are_those_of_the_almanac(number: int) -> None:
    assert days(year(number), ClosureKind.RED_DAY) == sorted(FIXED + MOVING[number])


@pytest.mark.parametrize("number", EVES)
def test_that_the_great_eves_are_closed_too(number: int) -> None:
    closures = year(number)

    assert days(closures, ClosureKind.EVE) == EVES[number]
    assert all(c.until is None for c in closures)


@pytest.mark.parametrize("number", HALF_DAYS)
def test_that_half_days_are_there_when_it_is_said_how_long_they_are(number: int) -> None:
    half = [c for c in year(number, time(12)) if c.kind is ClosureKind.HALF_DAY]

    assert [f"{c.first:%m-%d}" for c in half] == HALF_DAYS[number]
    assert {c.until for c in half} == {time(12)}
    assert days(year(number), ClosureKind.HALF_DAY) == []


def test_that_the_friday_after_ascension_day_is_a_working_day() -> None:
    assert red_days(date(2027, 5, 7), date(2027, 5, 7), time(12)) == ()


def test_that_only_what_lies_within_is_given_in_order() -> None:
    closures = red_days(date(2026, 12, 24), date(2027, 1, 6), time(12))

    assert [(f"{c.first}", c.kind, c.reason) for c in closures] == [
        ("2026-12-24", ClosureKind.EVE, "Christmas Eve"),
        ("2026-12-25", ClosureKind.RED_DAY, "Christmas Day"),
        ("2026-12-26", ClosureKind.RED_DAY, "Boxing Day"),
        ("2026-12-31", ClosureKind.EVE, "New Year's Eve"),
        ("2027-01-01", ClosureKind.RED_DAY, "New Year's Day"),
        ("2027-01-05", ClosureKind.HALF_DAY, "Epiphany Eve"),
        ("2027-01-06", ClosureKind.RED_DAY, "Epiphany"),
    ]
    assert all(c.first == c.last for c in closures)
    assert red_days(date(2026, 12, 24), date(2026, 12, 23), None) == ()


def test_that_two_red_days_on_one_date_are_one_closed_day() -> None:
    closures = red_days(date(2008, 4, 30), date(2008, 5, 1), time(12))

    assert [(c.kind, c.reason) for c in closures] == [
        (ClosureKind.HALF_DAY, "Walpurgis Night and the day before Ascension Day"),
        (ClosureKind.RED_DAY, "May Day and Ascension Day"),
    ]


def test_that_a_day_before_that_is_red_itself_stays_closed_all_day() -> None:
    for number in range(1990, 2060):
        closures = year(number, time(12))
        assert len({c.first for c in closures}) == len(closures)
        red = {c.first for c in year(number)}
        assert {c.first for c in closures if c.until is None} == red


def test_that_the_sunday_of_any_week_is_no_red_day() -> None:
    assert red_days(date(2026, 11, 1), date(2026, 11, 30), time(12)) == ()
