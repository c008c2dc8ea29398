"""Rules of repetition, against the same rules by dateutil."""

from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painprogram.exchange.recurrence import (
    NeverComes,
    TooOften,
    UnreadableRule,
    parse,
    times,
)

BY_ANOTHER = import_module("dateutil.rrule")
START = datetime(2026, 1, 5, 9)
FIRST, END = datetime(2026, 10, 25), datetime(2028, 5, 23)


def unbounded() -> None:
    """Nothing stops these."""


def found(text: str, start: datetime = START, first: datetime = FIRST) -> list[datetime]:
    return list(times(parse(text), start, first, END, unbounded))


def days(text: str, start: datetime = START) -> list[str]:
    return [f"{at:%Y-%m-%d}" for at in found(text, start)[:4]]


@pytest.mark.parametrize(
    ("text", "first_days"),
    [
        ("FREQ=DAILY;INTERVAL=100", ["2026-11-01", "2027-02-09", "2027-05-20", "2027-08-28"]),
        ("FREQ=WEEKLY;INTERVAL=4", ["2026-11-09", "2026-12-07", "2027-01-04", "2027-02-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2026-10-31", "2026-12-31", "2027-01-31", "2027-03-31"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2026-10-30", "2026-11-27", "2026-12-25", "2027-01-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["2028-02-29"]),
        (
            "FREQ=YEARLY;BYDAY=SU;BYMONTH=3;BYMONTHDAY=25,26,27,28,29,30,31",
            ["2027-03-28", "2028-03-26"],
        ),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", ["2026-12-28"]),
        ("FREQ=YEARLY;BYWEEKNO=20", ["2027-05-17", "2028-05-15"]),
        ("FREQ=YEARLY;BYYEARDAY=-1", ["2026-12-31", "2027-12-31"]),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT", ["2027-01-05", "2028-01-05"]),
        ("FREQ=DAILY;COUNT=3", []),
        ("FREQ=DAILY;INTERVAL=999999999", []),
    ],
)
def test_that_a_rule_comes_round(text: str, first_days: list[str]) -> None:
    assert days(text) == first_days


def test_that_a_yearly_day_may_be_older_than_computers() -> None:
    assert days("FREQ=YEARLY", datetime(1931, 4, 30, 8)) == ["2027-04-30", "2028-04-30"]


def test_that_the_count_is_from_the_start_not_from_the_window() -> None:
    assert len(found("FREQ=DAILY;COUNT=300")) == 300 - (FIRST.date() - START.date()).days
    assert found("FREQ=DAILY;COUNT=293") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FREQ=SECONDLY", TooOften),
        ("FREQ=MINUTELY;INTERVAL=9999", TooOften),
        ("FREQ=HOURLY;COUNT=1", TooOften),
        ("FREQ=DAILY;BYHOUR=8,9,10;BYMINUTE=0,1,2,3,4,5,6,7,8", TooOften),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", NeverComes),
        ("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=-31", NeverComes),
        ("", UnreadableRule),
        ("FREQ=", UnreadableRule),
        ("FREQ=SOMETIMES", UnreadableRule),
        ("FREQ=DAILY;INTERVAL=0", UnreadableRule),
        ("FREQ=DAILY;INTERVAL=-1", UnreadableRule),
        ("FREQ=DAILY;COUNT=" + "9" * 5000, UnreadableRule),
        ("FREQ=DAILY;FREQ=WEEKLY", UnreadableRule),
        ("FREQ=WEEKLY;BYDAY=XX", UnreadableRule),
        ("FREQ=MONTHLY;BYDAY=99MO", UnreadableRule),
        ("FREQ=MONTHLY;BYMONTHDAY=0", UnreadableRule),
        ("FREQ=MONTHLY;BYMONTHDAY=32", UnreadableRule),
        ("FREQ=YEARLY;BYEASTER=1", UnreadableRule),
        ("RSCALE=HEBREW;FREQ=YEARLY", UnreadableRule),
    ],
)
def test_that_a_rule_nobody_can_follow_is_told_apart(text: str, why: type[Exception]) -> None:
    with pytest.raises(why) as raised:
        parse(text)
    assert raised.type is why


def test_that_a_rule_can_be_stopped_while_it_searches() -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    rule = parse("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=9999")
    with pytest.raises(Stop):
        list(times(rule, START, FIRST, END, stop))


def some(least: int, most: int, *, both: bool = False) -> st.SearchStrategy[str]:
    numbers = st.integers(least, most)
    if both:
        numbers = numbers | st.integers(-most, -least)
    return st.lists(numbers, min_size=1, max_size=3).map(lambda each: ",".join(map(str, each)))


WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
PLAIN_DAYS = st.lists(WEEKDAYS, min_size=1, max_size=3, unique=True).map(",".join)
NTH = st.integers(-5, 5).filter(bool)
NTH_DAYS = st.tuples(NTH, WEEKDAYS).map(lambda pair: f"{pair[0]}{pair[1]}")
PARTS = {
    "DAILY": {"BYMONTH": some(1, 12), "BYMONTHDAY": some(1, 31, both=True), "BYDAY": PLAIN_DAYS},
    "WEEKLY": {"BYMONTH": some(1, 12), "BYDAY": PLAIN_DAYS, "WKST": WEEKDAYS},
    "MONTHLY": {
        "BYMONTH": some(1, 12),
        "BYMONTHDAY": some(1, 28, both=True),
        "BYDAY": PLAIN_DAYS | NTH_DAYS,
        "BYSETPOS": some(1, 4, both=True),
    },
    "YEARLY": {
        "BYMONTH": some(1, 12),
        "BYMONTHDAY": some(1, 28, both=True),
        "BYYEARDAY": some(1, 366, both=True),
        "BYDAY": PLAIN_DAYS | NTH_DAYS,
        "BYSETPOS": some(1, 4, both=True),
    },
}
SHARED: dict[str, st.SearchStrategy[str]] = {
    "INTERVAL": st.integers(1, 5).map(str),
    "COUNT": st.integers(1, 200).map(str),
    "BYHOUR": some(0, 23),
}


@st.composite
def rules(draw: Any) -> str:
    frequency = draw(st.sampled_from(sorted(PARTS)))
    parts = {**PARTS[frequency], **SHARED}
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True))
    return ";".join([f"FREQ={frequency}", *(f"{each}={draw(parts[each])}" for each in chosen)])


def by_another(text: str, start: datetime) -> list[datetime]:
    """By dateutil, which searches until the last year there is: here, that is soon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datetime.MAXYEAR", END.year)
        return [at for at in BY_ANOTHER.rrulestr(text, dtstart=start) if at < END]


@settings(deadline=None)
@given(rules(), st.dates(date(2019, 1, 1), date(2027, 12, 31)), st.integers(0, 23))
def test_that_dateutil_finds_the_same(text: str, day: date, hour: int) -> None:
    start = datetime(day.year, day.month, day.day, hour)
    try:
        rule = parse(text)
    except NeverComes:
        assert by_another(text, start) == []
        return

    mine = list(times(rule, start, start - timedelta(days=1), END, unbounded))

    assert mine == by_another(text, start)
    assert list(times(rule, start, FIRST, END, unbounded)) == [at for at in mine if at >= FIRST]
