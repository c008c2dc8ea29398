"""Red days are given as closures, so that each calendar trap stands in the test itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.errors import Refused
from painprogram.domain.planning import (
    NoteKind,
    StrandPlan,
    Timetable,
    lacking,
    next_name,
    proposed,
    timetable,
)
from painprogram.domain.programmes import (
    NO_TEXT,
    Commitment,
    Content,
    Module,
    ModuleKind,
    Placement,
    Strand,
    Text,
)
from painprogram.domain.rooms import Equipment, Room

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
AFTERNOON = time(13)


def named(text: str) -> Text:
    return Text({"sv": text})


RELAXATION = Module("relaxation", ModuleKind.RELAXATION, named("Relaxation"), 45)
EXERCISE = Module("exercise", ModuleKind.EXERCISE, named("Exercise"), 60)
PAIN = Module("pain", ModuleKind.LECTURE, named("Pain"), 90)
BALANCE = Module("balance", ModuleKind.LECTURE, named("Balance"), 90)


def programme(*strands: Strand, weeks: int = 12) -> Content:
    modules = (RELAXATION, EXERCISE, PAIN, BALANCE)
    return Content("test", named("Test"), weeks, 6, 12, modules, strands, Commitment(()))


def series(occurrences: int = 8, *, every_weeks: int = 1, module: Module = RELAXATION) -> Strand:
    return Strand(module.key, module.key, Placement.SERIES, occurrences, every_weeks)


def lecture(key: str = "a", module: Module = PAIN, **said: Any) -> Strand:
    return replace(Strand(key, module.key, Placement.ONCE, letter=key.upper()), **said)


def closed(
    first: date, last: date | None = None, reason: str = "closed", until: time | None = None
) -> Closure:
    kind = ClosureKind.OWN if until is None else ClosureKind.HALF_DAY
    return Closure(kind, first, last or first, reason, until)


def planned(
    strand: Strand,
    start: date,
    weekday: int,
    closures: Iterable[Closure] = (),
    *,
    at: time = AFTERNOON,
    week: int = 1,
) -> Timetable:
    plans = {strand.key: StrandPlan(weekday, at, week)}
    return timetable(programme(strand), start, plans, closures)


def days(found: Timetable) -> list[date]:
    return [session.start.date() for session in found.sessions]


def skipped(found: Timetable) -> list[tuple[date | None, str]]:
    return [(n.day, n.reason) for n in found.notes if n.kind is NoteKind.SKIPPED]


# Series.


@pytest.mark.parametrize(
    ("start", "weekday", "closures", "missing"),
    [
        pytest.param(
            date(2027, 3, 1),
            FRIDAY,
            [closed(date(2027, 3, 26), reason="Good Friday")],
            [date(2027, 3, 26)],
            id="Easter",
        ),
        pytest.param(
            date(2027, 3, 8),
            MONDAY,
            [closed(date(2027, 3, 29), reason="Easter Monday")],
            [date(2027, 3, 29)],
            id="Easter Monday",
        ),
        pytest.param(
            date(2027, 4, 12),
            THURSDAY,
            [closed(date(2027, 5, 6), reason="Ascension Day")],
            [date(2027, 5, 6)],
            id="Ascension Day",
        ),
        pytest.param(
            date(2027, 5, 31),
            FRIDAY,
            [
                closed(date(2027, 6, 25), reason="Midsummer Eve"),
                closed(date(2027, 6, 26), reason="Midsummer Day"),
            ],
            [date(2027, 6, 25)],
            id="midsummer",
        ),
        pytest.param(
            date(2026, 11, 16),
            THURSDAY,
            [
                closed(date(2026, 12, 24), reason="Christmas Eve"),
                closed(date(2026, 12, 25), reason="Christmas Day"),
                closed(date(2026, 12, 31), reason="New Year's Eve"),
            ],
            [date(2026, 12, 24), date(2026, 12, 31)],
            id="Christmas",
        ),
        pytest.param(
            date(2027, 10, 4),
            TUESDAY,
            [closed(date(2027, 11, 1), date(2027, 11, 7), "autumn break")],
            [date(2027, 11, 2)],
            id="a closed week",
        ),
    ],
)
def test_that_n_of_m_stays_right_over_closed_days(start, weekday, closures, missing) -> None:
    found = planned(series(8), start, weekday, closures)

    assert [(s.number, s.of) for s in found.sessions] == [(n, 8) for n in range(1, 9)]
    assert {day.weekday() for day in days(found)} == {weekday}
    assert [day for day, _reason in skipped(found)] == missing
    whole = [start + timedelta(days=weekday, weeks=n) for n in range(8 + len(missing))]
    assert sorted(days(found) + missing) == whole


def test_that_a_skipped_day_says_why() -> None:
    ascension = closed(date(2027, 5, 6), reason="Ascension Day")

    (note,) = planned(series(8), date(2027, 4, 12), THURSDAY, [ascension]).notes

    assert str(note) == "Relaxation: Thu 6 May is skipped, Ascension Day."


def test_that_a_series_every_other_week_keeps_its_rhythm_after_a_closed_day() -> None:
    closure = closed(date(2027, 1, 26))

    found = planned(series(3, every_weeks=2), date(2027, 1, 11), TUESDAY, [closure])

    assert days(found) == [date(2027, 1, 12), date(2027, 2, 9), date(2027, 2, 23)]


def test_that_a_series_begins_in_the_week_it_is_given() -> None:
    found = planned(series(2), date(2027, 1, 11), TUESDAY, week=3)

    assert days(found) == [date(2027, 1, 26), date(2027, 2, 2)]


def test_that_nothing_stands_before_the_start_even_in_its_week() -> None:
    wednesday = date(2027, 1, 13)

    assert days(planned(series(2), wednesday, TUESDAY)) == [date(2027, 1, 19), date(2027, 1, 26)]
    assert days(planned(lecture(), wednesday, TUESDAY)) == [date(2027, 1, 19)]
    assert days(planned(series(1), wednesday, WEDNESDAY)) == [wednesday]


def test_that_a_half_day_stands_only_against_what_ends_too_late() -> None:
    half = closed(date(2027, 3, 25), reason="Maundy Thursday", until=time(12))
    start = date(2027, 3, 22)

    assert days(planned(series(1), start, THURSDAY, [half], at=time(11, 15))) == [date(2027, 3, 25)]
    assert days(planned(series(1), start, THURSDAY, [half], at=time(11, 16))) == [date(2027, 4, 1)]


def test_that_week_53_is_a_week_like_others() -> None:
    found = planned(series(4), date(2026, 12, 14), WEDNESDAY)

    assert [day.isocalendar()[:2] for day in days(found)] == [
        (2026, 51),
        (2026, 52),
        (2026, 53),
        (2027, 1),
    ]


@pytest.mark.parametrize(
    ("start", "offsets"),
    [
        pytest.param(date(2027, 3, 22), {1, 2}, id="to summer time, 28 March"),
        pytest.param(date(2027, 10, 25), {2, 1}, id="to winter time, 31 October"),
    ],
)
def test_that_the_clock_on_the_wall_stays_when_the_clocks_change(start, offsets) -> None:
    found = planned(series(2), start, TUESDAY)

    assert [s.start.time() for s in found.sessions] == [AFTERNOON, AFTERNOON]
    assert [s.end - s.start for s in found.sessions] == [timedelta(minutes=45)] * 2
    zone = ZoneInfo("Europe/Stockholm")
    in_utc = [s.start.replace(tzinfo=zone).astimezone(UTC).hour for s in found.sessions]
    assert {13 - hour for hour in in_utc} == offsets


def test_that_a_series_that_finds_no_open_day_is_refused() -> None:
    for_ever = closed(date(2027, 1, 1), date(2035, 1, 1))

    with pytest.raises(Refused) as refused:
        planned(series(8, every_weeks=4), date(2027, 1, 11), TUESDAY, [for_ever])

    assert str(refused.value) == (
        "Relaxation: no open days are found for 8 sessions. Choose another day."
    )


def test_that_a_leap_day_is_a_day() -> None:
    assert days(planned(series(2), date(2028, 2, 22), TUESDAY)) == [
        date(2028, 2, 22),
        date(2028, 2, 29),
    ]


# Single sessions.


def test_that_a_lecture_on_a_closed_day_moves_to_the_nearest_open_day_of_its_week() -> None:
    ascension = closed(date(2027, 5, 6), reason="Ascension Day")
    bridge = closed(date(2027, 5, 7), reason="closed bridge day")

    found = planned(lecture(), date(2027, 5, 3), THURSDAY, [ascension])
    with_bridge = planned(lecture(), date(2027, 5, 3), THURSDAY, [ascension, bridge])

    assert days(found) == [date(2027, 5, 5)]
    assert days(with_bridge) == [date(2027, 5, 5)]
    (note,) = found.notes
    assert (note.kind, note.day, note.moved_to) == (
        NoteKind.MOVED,
        date(2027, 5, 6),
        date(2027, 5, 5),
    )
    assert str(note) == "Pain: moved from Thu 6 May to Wed 5 May, Ascension Day."


def test_that_a_lecture_never_moves_to_before_the_start() -> None:
    ascension = closed(date(2027, 5, 6))

    assert days(planned(lecture(), date(2027, 5, 6), THURSDAY, [ascension])) == [date(2027, 5, 7)]


def test_that_a_lecture_in_a_closed_week_moves_to_its_day_in_the_next() -> None:
    week = closed(date(2027, 11, 1), date(2027, 11, 7))

    assert days(planned(lecture(), date(2027, 11, 1), THURSDAY, [week])) == [date(2027, 11, 11)]


def test_that_a_moved_lecture_does_not_land_on_a_session_of_the_group() -> None:
    content = programme(lecture(), series(2))
    plans = {
        "a": StrandPlan(THURSDAY, time(13)),
        "relaxation": StrandPlan(WEDNESDAY, time(13, 30)),
    }

    found = timetable(content, date(2027, 5, 3), plans, [closed(date(2027, 5, 6))])

    assert {s.strand: s.start for s in found.sessions if s.number == 1} == {
        "relaxation": datetime(2027, 5, 5, 13, 30),
        "a": datetime(2027, 5, 7, 13),
    }


def test_that_a_lecture_that_finds_no_open_day_is_refused() -> None:
    for_ever = closed(date(2027, 1, 1), date(2035, 1, 1))

    with pytest.raises(Refused) as refused:
        planned(lecture(), date(2027, 1, 11), THURSDAY, [for_ever])

    assert str(refused.value) == (
        "Pain: no open day is found near Thu 14 Jan. Choose another week."
    )


# What is said about the whole.


def notes_of(content: Content, plans: dict[str, StrandPlan]) -> list[tuple[NoteKind, str]]:
    found = timetable(content, date(2027, 1, 11), plans, ())
    return [(note.kind, str(note)) for note in found.notes]


def test_that_a_lecture_before_the_one_it_builds_on_is_noted() -> None:
    content = programme(lecture("a"), lecture("b", BALANCE, after=("a",)))
    wrong = {"a": StrandPlan(THURSDAY, AFTERNOON, 3), "b": StrandPlan(THURSDAY, AFTERNOON, 2)}
    right = {"a": StrandPlan(THURSDAY, AFTERNOON, 2), "b": StrandPlan(THURSDAY, AFTERNOON, 3)}

    assert notes_of(content, wrong) == [(NoteKind.ORDER, "Balance: should come after Pain.")]
    assert notes_of(content, right) == []


def test_that_a_lecture_later_than_its_latest_week_is_noted() -> None:
    content = programme(lecture("a", latest_week=3))

    assert notes_of(content, {"a": StrandPlan(FRIDAY, AFTERNOON, 3)}) == []
    assert notes_of(content, {"a": StrandPlan(MONDAY, AFTERNOON, 4)}) == [
        (NoteKind.LATE, "Pain: should come in week 3 of the programme at the latest.")
    ]


def test_that_strands_that_should_be_apart_are_noted_on_the_same_day() -> None:
    exercise = replace(series(3, module=EXERCISE), apart_from=("relaxation",))
    content = programme(series(3), exercise)
    relaxing = StrandPlan(TUESDAY, AFTERNOON)

    apart = {"relaxation": relaxing, "exercise": StrandPlan(THURSDAY, time(10))}
    together = {"relaxation": relaxing, "exercise": StrandPlan(TUESDAY, time(10))}

    assert notes_of(content, apart) == []
    assert notes_of(content, together) == [
        (NoteKind.TOGETHER, "Exercise: should not meet on the same day as Relaxation.")
    ]


def test_that_sessions_and_notes_come_in_order_of_time() -> None:
    content = programme(lecture("a"), series(3))
    plans = {"a": StrandPlan(THURSDAY, AFTERNOON, 2), "relaxation": StrandPlan(TUESDAY, AFTERNOON)}
    closures = [closed(date(2027, 1, 19)), closed(date(2027, 1, 21))]

    found = timetable(content, date(2027, 1, 11), plans, closures)

    assert [s.start for s in found.sessions] == sorted(s.start for s in found.sessions)
    assert [note.day for note in found.notes] == [date(2027, 1, 19), date(2027, 1, 21)]


def test_that_a_strand_without_a_plan_and_visits_have_no_date() -> None:
    visit = Strand("visit", "pain", Placement.VISIT)
    content = programme(series(2), visit)

    assert proposed(content) == {"relaxation": StrandPlan(0, time(9), 1)}
    assert (
        timetable(content, date(2027, 1, 11), {"visit": StrandPlan(0, time(9))}, ()).sessions == ()
    )


@given(
    start=st.dates(date(2025, 1, 1), date(2035, 1, 1)),
    weekday=st.integers(0, 4),
    shut=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 14)), max_size=8),
    many=st.integers(1, 12),
    rhythm=st.integers(1, 3),
)
def test_that_whatever_is_closed_every_session_stands_once_on_an_open_day(
    start, weekday, shut, many, rhythm
) -> None:
    closures = [
        closed(start + timedelta(days=first), start + timedelta(days=first + length))
        for first, length in shut
    ]

    found = planned(series(many, every_weeks=rhythm), start, weekday, closures)

    assert [s.number for s in found.sessions] == list(range(1, many + 1))
    assert days(found) == sorted(set(days(found)))
    assert all(day >= start and day.weekday() == weekday for day in days(found))
    assert not any(c.first <= day <= c.last for c in closures for day in days(found))


# What a new group is offered.


@pytest.mark.parametrize(
    ("start", "taken", "name"),
    [
        (date(2026, 8, 24), (), "Autumn 26 A"),
        (date(2027, 1, 11), ("Autumn 26 A",), "Spring 27 A"),
        (date(2027, 1, 11), ("spring 27 a", "Spring 27 C"), "Spring 27 B"),
    ],
)
def test_that_a_group_is_named_after_its_term_and_the_next_letter(start, taken, name) -> None:
    assert next_name(programme(), start, taken) == name


def test_that_an_activity_is_named_after_its_programme() -> None:
    activity = replace(programme(), activity=True, name=named("Open lectures"))

    assert next_name(activity, date(2027, 1, 11), ()) == "Open lectures Spring 27"
    taken = ["Open lectures Spring 27"]
    assert next_name(activity, date(2027, 1, 11), taken) == "Open lectures Spring 27 B"


def test_that_it_is_said_what_a_room_lacks() -> None:
    module = replace(RELAXATION, equipment=(Equipment.MATS, Equipment.STEP_FREE), name=NO_TEXT)
    room = Room(uuid4(), uuid4(), "Room 4", 8, (Equipment.STEP_FREE,))

    assert lacking(module, room, 8) == ("mats",)
    assert lacking(module, room, 12) == ("mats", "seats for 12 (it has 8)")
    assert lacking(module, replace(room, equipment=module.equipment), 8) == ()
