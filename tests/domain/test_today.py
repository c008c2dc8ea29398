from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from painprogram.domain.today import (
    MOST,
    SHOWN,
    Ahead,
    Goal,
    Line,
    Matter,
    Urgency,
    Where,
    Whose,
    at,
    section,
    together,
    until,
    urgency,
)

TODAY = date(2026, 11, 24)


def lines(many: int, matter: Matter = Matter.WAY, mine: int = 0) -> list[Line]:
    return [
        Line(matter, str(number), Goal(Where.PATIENT, UUID(int=number)), "Open", mine=mine)
        for number in range(many)
    ]


def test_that_a_matter_shows_its_first_lines_and_says_how_many_more_there_are() -> None:
    found = section(Matter.WAY, lines(9), Whose.ALL)

    assert (len(found.lines), found.hidden, found.many) == (SHOWN, 9 - SHOWN, 9)


def test_that_one_line_more_is_shown_rather_than_told_of() -> None:
    found = section(Matter.WAY, lines(SHOWN + 1), Whose.ALL)

    assert (len(found.lines), found.hidden) == (SHOWN + 1, 0)


def test_that_an_opened_matter_shows_many_but_not_a_list_without_end() -> None:
    found = section(Matter.WAY, lines(200), Whose.ALL, {Matter.WAY})

    assert (len(found.lines), found.hidden, found.many) == (MOST, 200 - MOST, 200)


def test_that_what_is_not_mine_is_counted_and_not_shown() -> None:
    found = section(Matter.WAY, [*lines(2), *lines(1, mine=1)], Whose.MINE)

    assert [line.mine for line in found.lines] == [1]
    assert found.counts == {Whose.ALL: 3, Whose.MINE: 1, Whose.RECEPTION: 0}


def test_that_the_reception_sees_papers_signatures_and_attendance() -> None:
    every = {matter: section(matter, lines(1, matter), Whose.RECEPTION) for matter in Matter}

    assert {matter for matter, one in every.items() if one.lines} == {
        *(Matter.COMMITMENT, Matter.SHEETS, Matter.ATTENDANCE)
    }


def test_that_a_line_for_several_things_counts_as_many() -> None:
    line = Line(Matter.SHEETS, "sheets", Goal(Where.QUEUE), "Print", many=5, mine=2)

    assert section(Matter.SHEETS, [line], Whose.ALL).counts == {
        Whose.ALL: 5,
        Whose.MINE: 2,
        Whose.RECEPTION: 5,
    }


def test_that_sections_stand_in_the_order_of_the_screen_without_empty_ones() -> None:
    found = [
        section(matter, lines(number, matter), Whose.ALL)
        for matter, number in ((Matter.WAY, 1), (Matter.PAUSE, 0), (Matter.CLASH, 1))
    ]

    assert [one.matter for one in together(found)] == [Matter.CLASH, Matter.WAY]


def test_that_what_was_found_ahead_is_cut_as_the_rest() -> None:
    key = uuid4()
    ahead = Ahead(tuple(lines(8, Matter.CLASH)), {key: "Anna has two"})

    clash, draft, sheets = ahead.sections(Whose.ALL)

    assert (len(clash.lines), clash.hidden) == (SHOWN, 3)
    assert (draft.lines, sheets.lines) == ((), ())


@pytest.mark.parametrize(
    ("days", "told", "how"),
    [
        (-2, "2 days late", Urgency.LATE),
        (-1, "1 day late", Urgency.LATE),
        (0, "today", Urgency.SOON),
        (1, "tomorrow", Urgency.SOON),
        (3, "in 3 days", Urgency.SOON),
        (4, "in 4 days", Urgency.LATER),
    ],
)
def test_that_a_day_is_told_by_how_near_it_is(days: int, told: str, how: Urgency) -> None:
    day = TODAY + timedelta(days=days)

    assert (until(day, TODAY), urgency(day, TODAY)) == (told, how)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (datetime(2026, 11, 24, 13, 30), "today 13:30"),
        (datetime(2026, 11, 25, 9), "tomorrow 9:00"),
        (datetime(2026, 12, 3, 9), "Thu 3 Dec"),
    ],
)
def test_that_a_time_is_told_with_its_clock_where_it_is_near(start: datetime, told: str) -> None:
    assert at(start, TODAY) == told
