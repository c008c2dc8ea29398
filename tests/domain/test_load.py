"""What a week of an own schedule asks of the patient."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.load import Limits, WeekLoad, beyond, check_limits, limits_of, per_week
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.rules import AS_USUAL, Level, Rule, Rules, Setting
from painprogram.domain.schedule import Line, LineKind
from painprogram.domain.sessions import Session, Visit


def session(start: str, minutes: int = 60) -> Session:
    return Session(
        id=uuid4(),
        group_id=uuid4(),
        centre_id=uuid4(),
        strand="exercise",
        module="exercise",
        kind=ModuleKind.EXERCISE,
        number=1,
        of=8,
        title="Exercise",
        card_title="Exercise",
        start=datetime.fromisoformat(start),
        minutes=minutes,
        group_name="Autumn A",
    )


def visit(start: str, minutes: int = 45) -> Visit:
    return Visit(
        id=uuid4(),
        enrolment_id=uuid4(),
        patient_id=uuid4(),
        centre_id=uuid4(),
        kind=ModuleKind.INDIVIDUAL,
        title="First visit",
        start=datetime.fromisoformat(start),
        minutes=minutes,
        group_id=uuid4(),
        group_name="Autumn A",
    )


def test_that_two_sessions_on_one_day_are_one_trip() -> None:
    lines = [
        Line(LineKind.BASE, session("2026-11-10 10:00", 45)),
        Line(LineKind.BASE, session("2026-11-10 13:00", 90)),
        Line(LineKind.BASE, session("2026-11-12 10:00", 60)),
    ]

    (week,) = per_week(lines)

    assert (week.visits, week.days, week.hours) == (3, 2, 3.25)


def test_that_what_the_patient_abstains_from_weighs_nothing() -> None:
    lines = [
        Line(LineKind.BASE, session("2026-11-10 10:00")),
        Line(LineKind.OPT_OUT, session("2026-11-12 10:00")),
        Line(LineKind.OPT_OUT, session("2026-11-17 10:00")),
    ]

    assert [(week.week, week.visits) for week in per_week(lines)] == [(46, 1)]


def test_that_a_cancelled_session_weighs_nothing() -> None:
    cancelled = replace(session("2026-11-10 10:00"), cancelled=True)

    assert per_week([Line(LineKind.BASE, cancelled)]) == ()


def test_that_a_swap_weighs_in_the_week_the_patient_goes() -> None:
    base, other = session("2026-11-10 10:00"), session("2026-11-18 10:00", 75)

    (week,) = per_week([Line(LineKind.SWAP, other, base, "works on Tuesdays")])

    assert (week.monday, week.minutes) == (date(2026, 11, 16), 75)


def test_that_additions_and_individual_visits_count() -> None:
    lines = [
        Line(LineKind.ADDITION, session("2026-11-09 09:00", 60)),
        Line(LineKind.VISIT, visit("2026-11-13 15:00", 45)),
    ]

    (week,) = per_week(lines)

    assert (week.minutes, week.visits, week.days) == (105, 2, 2)


def test_that_weeks_come_in_order_of_time_over_the_turn_of_the_year() -> None:
    lines = [
        Line(LineKind.BASE, session("2027-01-05 10:00")),
        Line(LineKind.BASE, session("2026-12-29 10:00")),
        Line(LineKind.BASE, session("2027-01-03 10:00")),
    ]

    weeks = per_week(lines)

    assert [(week.monday, week.week) for week in weeks] == [
        (date(2026, 12, 28), 53),
        (date(2027, 1, 4), 1),
    ]
    assert [week.visits for week in weeks] == [2, 1]


def test_that_an_empty_schedule_has_no_weeks() -> None:
    assert per_week([]) == ()


def loads(*minutes: int) -> tuple[WeekLoad, ...]:
    first = date(2026, 11, 9)
    return tuple(
        WeekLoad(first + timedelta(weeks=n), minutes=many, visits=3, days=2)
        for n, many in enumerate(minutes)
    )


def test_that_the_weeks_over_the_limit_are_named() -> None:
    found = beyond(loads(360, 390, 120), Limits(minutes=360))

    assert [excess.words for excess in found] == ["Week 47: 6.5 h, the limit is 6 h"]


def test_that_visits_and_trips_have_limits_of_their_own() -> None:
    found = beyond(loads(120), Limits(visits=2, trips=1))

    assert [excess.words for excess in found] == [
        "Week 46: 3 visits, the limit is 2 visits",
        "Week 46: 2 trips, the limit is 1 trip",
    ]


def test_that_the_patients_own_limit_goes_before_the_centres() -> None:
    centre = Rules({Rule.HOURS_WEEK: Setting(Level.INFORMATION, 300)})

    known = limits_of(Limits(minutes=120), centre)

    assert (known.minutes, known.trips) == (120, AS_USUAL.most(Rule.TRIPS_WEEK))
    assert limits_of(Limits(), centre).minutes == 300


@pytest.mark.parametrize("limits", [Limits(trips=8), Limits(visits=0), Limits(minutes=-1)])
def test_that_a_limit_no_week_can_have_is_refused(limits: Limits) -> None:
    with pytest.raises(Refused, match="A week can ask at least"):
        check_limits(limits)
