from datetime import time

import pytest

from painprogram.domain.availability import Weeks, WorkingTime
from painprogram.domain.errors import Refused
from painprogram.domain.working_hours import days_of, minutes, parse, week_of, written

MORNING, AFTERNOON = (time(8), time(12)), (time(13), time(16, 30))


@pytest.mark.parametrize(
    "text",
    [
        "8-12, 13-16.30",
        "08:00–12:00;13:00–16:30",
        " 13 - 16.30 och 8 till 12 ",
        "8 to 12 and 13 to 16:30",
        "kl. 8–12 + kl 13–16.30",
    ],
)
def test_that_hours_are_read_as_people_write_them(text: str) -> None:
    assert parse(text) == (MORNING, AFTERNOON)


def test_that_an_empty_line_is_a_day_off() -> None:
    assert parse("  ") == ()
    assert written(()) == ""


def test_that_what_is_written_is_read_back() -> None:
    assert written((MORNING, AFTERNOON)) == "8–12, 13–16:30"
    assert parse(written((MORNING, AFTERNOON))) == (MORNING, AFTERNOON)


@pytest.mark.parametrize("text", ["8", "8-25", "morning", "8-12 13-16", "8.75-9", "8-12-16", "-"])
def test_that_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="is no working time"):
        parse(text)


def test_that_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(Refused, match="must end after"):
        parse("16-8")


def test_that_what_is_alike_in_both_weeks_holds_every_week() -> None:
    odd = [(MORNING, AFTERNOON), *[()] * 6]
    even = [(MORNING,), *[()] * 6]
    week = week_of({Weeks.ODD: odd, Weeks.EVEN: even})
    assert week == (
        WorkingTime(0, *MORNING),
        WorkingTime(0, *AFTERNOON, Weeks.ODD),
    )
    assert days_of(week, Weeks.ODD)[0] == (MORNING, AFTERNOON)
    assert days_of(week, Weeks.EVEN)[0] == (MORNING,)


def test_that_one_column_is_every_week() -> None:
    week = week_of({Weeks.EVERY: [(MORNING,)] * 5 + [(), ()]})
    assert len(week) == 5
    assert {one.weeks for one in week} == {Weeks.EVERY}
    assert minutes(days_of(week, Weeks.EVEN)) == 5 * 4 * 60
