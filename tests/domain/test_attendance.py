from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from painprogram import i18n
from painprogram.domain.attendance import (
    AttendanceState,
    Mark,
    check_mark,
    check_note,
    in_force,
    is_short_notice,
)
from painprogram.domain.errors import Refused

DAY = date(2027, 1, 12)
AT = datetime(2027, 1, 12, 9)


def mark(state: AttendanceState, after: int = 0, corrects: UUID | None = None) -> Mark:
    return Mark(uuid4(), state, None, "", AT + timedelta(minutes=after), "Anna", corrects)


def test_that_the_newest_mark_that_nobody_corrects_holds() -> None:
    wrong = mark(AttendanceState.NO_SHOW)
    right = mark(AttendanceState.LATE, 5, wrong.id)

    assert in_force([]) is None
    assert in_force([wrong, right]) == right
    assert in_force([right, wrong]) == right


def test_that_of_two_who_noted_at_once_the_later_holds() -> None:
    first, second = mark(AttendanceState.PRESENT), mark(AttendanceState.ABSENT, 1)

    assert in_force([second, first]) == second


def test_that_a_mark_taken_back_is_none() -> None:
    wrong = mark(AttendanceState.PRESENT)

    assert in_force([wrong, mark(AttendanceState.WITHDRAWN, 1, wrong.id)]) is None


def test_that_a_clock_that_jumped_back_changes_nothing() -> None:
    wrong = mark(AttendanceState.NO_SHOW, 60)
    right = mark(AttendanceState.PRESENT, -60, wrong.id)

    assert in_force([wrong, right]) == right


def test_that_somebody_came_also_late_or_for_a_part() -> None:
    came = {state for state in AttendanceState if state.came}

    assert came == {AttendanceState.PRESENT, AttendanceState.PARTLY, AttendanceState.LATE}


def test_that_minutes_are_said_where_they_mean_something() -> None:
    late = Mark(uuid4(), AttendanceState.LATE, 12, "", AT, "Anna")
    present = Mark(uuid4(), AttendanceState.PRESENT, None, "", AT, "Anna")

    assert (late.words, present.words) == ("Late 12 minutes", "Present")


@pytest.mark.parametrize("state", [AttendanceState.PRESENT, AttendanceState.NO_SHOW])
def test_that_nobody_has_come_before_the_day(state: AttendanceState) -> None:
    with pytest.raises(Refused, match="still to come"):
        check_mark(state, None, 45, DAY, DAY - timedelta(days=1))

    check_mark(state, None, 45, DAY, DAY)


def test_that_notice_of_an_absence_is_given_before_the_day() -> None:
    check_mark(AttendanceState.EXCUSED, None, 45, DAY, DAY - timedelta(days=9))
    check_mark(AttendanceState.ABSENT, None, 45, DAY, DAY - timedelta(days=9))


@pytest.mark.parametrize(
    ("state", "minutes"),
    [
        (AttendanceState.LATE, 0),
        (AttendanceState.LATE, -5),
        (AttendanceState.LATE, 46),
        (AttendanceState.PRESENT, 5),
        (AttendanceState.NO_SHOW, 5),
    ],
)
def test_that_minutes_fit_what_they_are_of(state: AttendanceState, minutes: int) -> None:
    with pytest.raises(Refused, match=r"[Mm]inutes"):
        check_mark(state, minutes, 45, DAY, DAY)


def test_that_late_minutes_may_be_all_there_are() -> None:
    check_mark(AttendanceState.LATE, 45, 45, DAY, DAY)
    check_mark(AttendanceState.LATE, None, 45, DAY, DAY)


def test_that_a_note_is_short() -> None:
    assert check_note("  Bussen   var sen ") == "Bussen var sen"
    with pytest.raises(Refused, match="too long"):
        check_note("x" * 201)


def test_that_a_change_close_to_the_day_is_at_short_notice() -> None:
    assert is_short_notice(DAY, DAY, 2)
    assert is_short_notice(DAY - timedelta(days=2), DAY, 2)
    assert not is_short_notice(DAY - timedelta(days=3), DAY, 2)
    assert is_short_notice(DAY + timedelta(days=1), DAY, 0)


def test_that_every_state_has_a_name_in_both_languages() -> None:
    english = {state.label for state in AttendanceState}
    i18n.set_language("sv")

    assert len(english) == len({state.label for state in AttendanceState}) == 7
