from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from painprogram.domain.laps import WHOLE, Lap, entries, entry, fullest
from painprogram.domain.programmes import Content
from painprogram.usecases import programmes

FIRST = date(2027, 1, 11)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Meeting:
    strand: str
    start: datetime
    cancelled: bool = False


def content() -> Content:
    return replace(programmes.template("smarthantering"), closed=False)


def rounds(many: int) -> list[Meeting]:
    """The founding programme again and again, eight weeks each."""
    found = []
    for week in range(8 * many):
        monday = FIRST + week * WEEK
        days = {"relaxation": 1, "exercise": 3}
        lecture = {1: "lecture_a", 2: "lecture_b", 4: "lecture_c", 6: "lecture_d"}.get(week % 8)
        if lecture:
            days[lecture] = 3
        found += [
            Meeting(strand, datetime.combine(monday + timedelta(days=day), time(10)))
            for strand, day in days.items()
        ]
    return found


def test_that_a_place_without_a_lap_counts_every_day() -> None:
    assert WHOLE.covers(FIRST)


def test_that_a_lap_counts_from_its_first_day_to_its_last_but_for_pauses() -> None:
    lap = Lap(FIRST, FIRST + 4 * WEEK, ((FIRST + WEEK, FIRST + 2 * WEEK),))

    days = [FIRST + n * WEEK for n in range(-1, 6)]

    assert [lap.covers(day) for day in days] == [False, True, False, False, True, True, False]
    assert [lap.holds(day) for day in days] == [False, True, True, True, True, True, False]


def test_that_the_seats_of_the_fullest_day_are_counted() -> None:
    after = FIRST + timedelta(days=1)
    apart = [Lap(FIRST, FIRST), Lap(after, after), Lap(after, None)]

    assert fullest([]) == (0, None)
    assert fullest(apart) == (2, after)
    assert fullest([*apart, Lap(FIRST, after), WHOLE]) == (4, after)


def test_that_a_pause_keeps_the_seat() -> None:
    resting = Lap(FIRST, FIRST + WEEK, ((FIRST, FIRST + WEEK),))

    assert fullest([resting, resting]) == (2, FIRST)


def test_that_a_lap_ends_when_every_part_has_been_met() -> None:
    first = entry(content(), rounds(2), FIRST)
    later = entry(content(), rounds(2), FIRST + 2 * WEEK)

    assert first.last == FIRST + 7 * WEEK + timedelta(days=3)
    assert first.whole
    assert later.last == FIRST + 9 * WEEK + timedelta(days=3)  # relaxation, and lecture A again


def test_that_a_lap_has_no_end_while_some_part_has_too_few_dates() -> None:
    found = entry(content(), rounds(1), FIRST + 2 * WEEK)

    assert found.last is None
    assert dict(found.lacking) == {"relaxation": 2, "exercise": 2, "lecture_a": 1}


def test_that_a_cancelled_meeting_covers_nothing() -> None:
    meetings = [
        replace(one, cancelled=one.strand == "lecture_d" and one.start.date() < FIRST + 8 * WEEK)
        for one in rounds(2)
    ]

    assert entry(content(), meetings, FIRST).last == FIRST + 14 * WEEK + timedelta(days=3)


def test_that_who_comes_after_the_first_lecture_meets_the_others_before_it() -> None:
    found = entry(content(), rounds(2), FIRST + 2 * WEEK)

    assert found.early == (
        ("lecture_b", "lecture_a"),
        ("lecture_c", "lecture_a"),
        ("lecture_d", "lecture_a"),
    )


def test_that_the_first_meeting_of_each_week_is_a_way_in() -> None:
    found = entries(content(), rounds(2), FIRST, FIRST + 8 * WEEK)

    assert [one.first for one in found] == [FIRST + n * WEEK + timedelta(days=1) for n in range(8)]
    assert [one.whole for one in found] == [True, True, *[False] * 5, True]
    assert all(one.last for one in found)
