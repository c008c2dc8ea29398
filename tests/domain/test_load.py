"""What a week of an own schedule asks of the patient."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from painprogram.domain.load import per_week
from painprogram.domain.programmes import ModuleKind
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
