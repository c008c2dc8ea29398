"""Red days are given as closures, so that each calendar trap stands in the test itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.errors import Refused
from painprogram.domain.planning import Dated, NoteKind, StrandPlan, timetable
from painprogram.domain.programmes import (
    Commitment,
    Content,
    Module,
    ModuleKind,
    Placement,
    Strand,
    Text,
)
from painprogram.domain.redating import Planned, Redating, redated, weeks_until

WEEK = timedelta(weeks=1)
START = date(2027, 1, 11)
"""A Monday."""


def module(key: str, kind: ModuleKind = ModuleKind.RELAXATION, minutes: int = 45) -> Module:
    return Module(key, kind, Text({"sv": key.capitalize()}), minutes)


MODULES = (
    module("relaxation"),
    module("exercise", ModuleKind.EXERCISE, 60),
    module("pain", ModuleKind.LECTURE, 90),
    module("balance", ModuleKind.LECTURE, 90),
)
RELAXATION = Strand("relaxation", "relaxation", Placement.SERIES, 8)
EXERCISE = Strand("exercise", "exercise", Placement.SERIES, 8)
PAIN = Strand("pain", "pain", Placement.ONCE, letter="A")
BALANCE = Strand("balance", "balance", Placement.ONCE, letter="B", after=("pain",))
PLANS = {
    "relaxation": StrandPlan(1, time(13)),
    "exercise": StrandPlan(3, time(10)),
    "pain": StrandPlan(3, time(13), 5),
    "balance": StrandPlan(0, time(13), 6),
}


def content(*strands: Strand) -> Content:
    found = strands or (RELAXATION, EXERCISE, PAIN, BALANCE)
    return Content("test", Text({"sv": "Test"}), 8, 6, 12, MODULES, found, Commitment(()))


def group(*strands: Strand, closures: Iterable[Closure] = ()) -> tuple[Planned, ...]:
    """What a group of these strands stands as."""
    made = timetable(content(*strands), START, PLANS, closures).sessions
    return tuple(Planned(UUID(int=number), dated) for number, dated in enumerate(made, 1))


def closed(first: date, last: date | None = None, reason: str = "closed") -> Closure:
    return Closure(ClosureKind.OWN, first, last or first, reason)


def parted(planned: Iterable[Planned], day: date) -> tuple[list[Planned], list[Planned]]:
    """What stands before *day*, and what is left from then on."""
    known = list(planned)
    return [p for p in known if p.day < day], [p for p in known if p.day >= day]


def moved(
    planned: Iterable[Planned],
    by: timedelta,
    since: date = START,
    closures: Iterable[Closure] = (),
    *strands: Strand,
) -> Redating:
    standing, left = parted(planned, since)
    return redated(content(*strands), left, standing, by, closures)


def resumed(planned: Iterable[Planned], paused: date, day: date, *shut: Closure) -> Redating:
    standing, left = parted(planned, paused)
    return redated(content(), left, standing, weeks_until(left, day), shut)


def days(found: Redating, strand: str) -> list[date]:
    return [one.start.date() for one in of(found, strand)]


def of(found: Redating, strand: str) -> list[Dated]:
    return sorted(
        (one for one in found.sessions.values() if one.strand == strand),
        key=lambda one: one.number,
    )


def said(found: Redating) -> list[str]:
    return [str(note) for note in found.notes]


def test_that_a_group_moved_by_weeks_is_the_same_group_later() -> None:
    before = group()

    found = moved(before, 2 * WEEK)

    assert {key: one.start for key, one in found.sessions.items()} == {
        one.id: one.dated.start + 2 * WEEK for one in before
    }
    assert found.notes == ()


def test_that_only_what_lies_ahead_moves() -> None:
    before = group()
    since = date(2027, 2, 2)

    found = moved(before, WEEK, since)

    assert {one.id for one in before if one.day < since}.isdisjoint(found.sessions)
    assert days(found, "relaxation")[0] == date(2027, 2, 9)


def test_that_numbers_minutes_rooms_and_leaders_are_kept() -> None:
    before = group()

    found = moved(before, 3 * WEEK, date(2027, 2, 2))

    for one in before:
        if one.id in found.sessions:
            assert replace(found.sessions[one.id], start=one.dated.start) == one.dated


def test_that_a_closed_day_takes_a_beat_of_a_series_and_is_told() -> None:
    shut = closed(date(2027, 2, 9), reason="Stocktaking")

    found = moved(group(), 2 * WEEK, START, [shut])

    assert days(found, "relaxation") == [date(2027, 1, 26) + n * WEEK for n in range(9) if n != 2]
    assert [one.number for one in of(found, "relaxation")] == list(range(1, 9))
    assert said(found) == ["Relaxation: Tue 9 Feb is skipped, Stocktaking."]


def test_that_a_gap_for_a_closed_day_is_left_behind_with_it() -> None:
    easter = closed(date(2027, 2, 2))
    before = group(closures=[easter])
    assert date(2027, 2, 2) not in [p.day for p in before]

    found = moved(before, 6 * WEEK)

    assert days(found, "relaxation") == [date(2027, 2, 23) + n * WEEK for n in range(8)]


def test_that_a_lecture_on_a_closed_day_moves_to_the_nearest_open_workday() -> None:
    shut = closed(date(2027, 2, 18), reason="Day of planning")

    found = moved(group(), WEEK, START, [shut])

    assert days(found, "pain") == [date(2027, 2, 17)]
    assert "Pain: moved from Thu 18 Feb to Wed 17 Feb, Day of planning." in said(found)


def test_that_a_moved_lecture_takes_no_time_of_the_other_strands() -> None:
    before = [
        replace(one, dated=replace(one.dated, start=one.dated.start.replace(hour=13)))
        if one.dated.strand == "relaxation"
        else one
        for one in group(RELAXATION, PAIN)
    ]
    shut = closed(date(2027, 2, 17), date(2027, 2, 18))

    found = moved(before, WEEK, START, [shut], RELAXATION, PAIN)

    assert days(found, "pain") == [date(2027, 2, 19)], "on Tuesday there is relaxation"


def test_that_what_comes_after_another_strand_waits_for_it() -> None:
    holiday = closed(date(2027, 2, 15), date(2027, 2, 22), "Winter break")

    found = moved(group(), WEEK, START, [holiday])

    (pain,), (balance,) = of(found, "pain"), of(found, "balance")
    assert pain.start == datetime(2027, 2, 25, 13)
    assert balance.start == datetime(2027, 3, 1, 13)
    assert "Balance: moved from Mon 22 Feb to Mon 1 Mar, it comes after Pain." in said(found)
    assert NoteKind.ORDER not in [note.kind for note in found.notes]


def test_that_an_order_that_somebody_broke_knowingly_stays_broken() -> None:
    early = datetime(2027, 1, 13, 8)
    before = [
        replace(one, dated=replace(one.dated, start=early))
        if one.dated.strand == "balance"
        else one
        for one in group()
    ]

    found = moved(before, WEEK)

    assert days(found, "balance") == [date(2027, 1, 20)]
    assert "Balance: should come after Pain." in said(found)


def test_that_a_session_moved_by_hand_stands_in_line_again() -> None:
    before = [
        replace(one, dated=replace(one.dated, start=datetime(2027, 2, 5, 8)))
        if (one.dated.strand, one.dated.number) == ("relaxation", 4)
        else one
        for one in group()
    ]

    found = moved(before, WEEK)

    assert {(one.start.weekday(), one.start.time()) for one in of(found, "relaxation")} == {
        (1, time(13))
    }


def test_that_of_two_ways_to_stand_the_one_that_was_usual_before_is_taken() -> None:
    before = [
        replace(one, dated=replace(one.dated, start=one.dated.start + timedelta(days=1)))
        if (one.dated.strand, one.dated.number) == ("relaxation", 7)
        else one
        for one in group()
    ]

    found = moved(before, WEEK, date(2027, 2, 23))

    assert [one.number for one in of(found, "relaxation")] == [7, 8]
    assert days(found, "relaxation") == [date(2027, 3, 2), date(2027, 3, 9)]


def test_that_days_move_the_weekday_and_no_strand_goes_to_the_weekend() -> None:
    found = moved(group(), timedelta(days=2))

    assert {day.weekday() for day in days(found, "relaxation")} == {3}
    assert days(found, "exercise")[0] == date(2027, 1, 18)
    assert {day.weekday() for day in days(found, "exercise")} == {0}
    assert "Exercise: moved from Sat 16 Jan to Mon 18 Jan, weekend." in said(found)


def test_that_days_back_leave_the_weekend_on_the_friday_before() -> None:
    found = moved(group(BALANCE), timedelta(days=-1), START, (), BALANCE)

    assert days(found, "balance") == [date(2027, 2, 12)]


def test_that_a_series_never_goes_back_before_what_has_been_held() -> None:
    before = group()
    since = date(2027, 2, 2)

    found = moved(before, -2 * WEEK, since)

    assert days(found, "relaxation")[0] == date(2027, 2, 2), "the third was on 26 January"
    assert [one.number for one in of(found, "relaxation")] == [4, 5, 6, 7, 8]


# After a pause.


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 6, 14), date(2027, 6, 15)),  # Monday of the week
        (date(2027, 6, 15), date(2027, 6, 15)),
        (date(2027, 6, 16), date(2027, 6, 22)),
        (date(2027, 2, 1), date(2027, 2, 2)),  # at once
    ],
)
def test_that_nothing_stands_before_the_day_a_group_is_resumed(day: date, first: date) -> None:
    found = resumed(group(), date(2027, 2, 1), day)

    assert min(one.start.date() for one in found.sessions.values()) == first
    assert days(found, "relaxation")[0] == first


def test_that_a_resumed_group_keeps_the_order_among_its_strands() -> None:
    before = group()
    paused = date(2027, 2, 3)  # between relaxation and exercise

    found = resumed(before, paused, date(2027, 9, 6))

    old = [p.id for p in sorted(before, key=lambda p: p.dated.start) if p.day >= paused]
    new = sorted(found.sessions, key=lambda key: found.sessions[key].start)
    assert new == old
    assert days(found, "exercise")[0] == date(2027, 9, 9)
    assert days(found, "relaxation")[0] == date(2027, 9, 14)


def test_that_a_strand_every_other_week_keeps_its_rhythm() -> None:
    every_other = replace(RELAXATION, every_weeks=2)
    before = group(every_other)

    found = redated(content(every_other), before[2:], before[:2], 20 * WEEK, ())

    assert days(found, "relaxation") == [date(2027, 6, 29) + n * 2 * WEEK for n in range(6)]


def test_that_days_that_are_closed_for_ever_are_refused() -> None:
    for_ever = closed(date(2027, 1, 1), date(2032, 1, 1))

    with pytest.raises(Refused, match="Relaxation: no open days are found for 8 sessions"):
        moved(group(RELAXATION), WEEK, START, [for_ever], RELAXATION)
    with pytest.raises(Refused, match="Pain: no open day is found near Thu 18 Feb"):
        moved(group(PAIN), WEEK, START, [for_ever], PAIN)


_shut = st.lists(st.integers(0, 400), max_size=60, unique=True)


@given(st.integers(-40, 300), st.integers(0, 60), _shut)
def test_that_nothing_is_lost_doubled_or_put_on_a_closed_day(
    by: int, since: int, shut: list[int]
) -> None:
    before = group()
    closures = [closed(START + timedelta(days=day - 50)) for day in shut]
    standing, left = parted(before, START + timedelta(days=since))

    found = redated(content(), left, standing, timedelta(days=by), closures)

    assert set(found.sessions) == {one.id for one in left}
    shut_days = {closure.first for closure in closures}
    assert not shut_days & {one.start.date() for one in found.sessions.values()}
    assert all(one.start.weekday() < 5 for one in found.sessions.values())
    for strand in ("relaxation", "exercise"):
        ordered: list[Any] = [p.dated.start for p in standing if p.dated.strand == strand]
        ordered += [one.start for one in of(found, strand)]
        assert ordered == sorted(set(ordered))
    after, before_it = of(found, "balance"), of(found, "pain")
    if after and before_it:
        assert after[0].start >= before_it[0].end
