"""The next times that suit: pure values, no database."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from painprogram.domain.availability import Availability, Span, StaffTime, WorkingTime
from painprogram.domain.clashes import Occasion
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.diary import Diary
from painprogram.domain.openings import Opening, Wanted, openings
from painprogram.domain.rooms import Room

FRIDAY = date(2026, 11, 13)
HALL = Room(uuid4(), uuid4(), "Stora salen", 16)
SMALL = Room(uuid4(), HALL.centre_id, "Rum 4", 4)


def at(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time(hour, minute))


def taken(key: UUID, begin: datetime, end: datetime) -> Occasion:
    return Occasion(uuid4(), "Annat", begin, end, frozenset({key}))


def in_room(room: Room, begin: datetime, end: datetime) -> Occasion:
    return Occasion(uuid4(), "Annat", begin, end, room=room.id)


def found(
    wanted: Wanted,
    *held: Occasion,
    times: StaffTime | None = None,
    closed: Closure | None = None,
    days: int = 1,
) -> list[tuple[datetime, datetime, str]]:
    shut = {closed.first: (closed,)} if closed else {}
    ahead = (FRIDAY + timedelta(days=number) for number in range(days))
    there = openings(wanted, Diary(held), times or StaffTime(), shut, ahead)
    return [(one.first, one.last, one.room_name) for one in there]


def test_that_a_free_day_is_one_opening_from_eight_until_it_must_begin() -> None:
    assert found(Wanted(60)) == [(at(8), at(16), "")]


def test_that_a_weekend_is_not_offered_to_those_without_a_working_week() -> None:
    assert [one[0].date() for one in found(Wanted(60), days=4)] == [
        FRIDAY,
        FRIDAY + timedelta(days=3),
    ]


def test_that_leaders_and_patients_must_all_be_free() -> None:
    leader, patient = uuid4(), uuid4()
    wanted = Wanted(60, frozenset({leader}), frozenset({patient}))
    there = found(wanted, taken(leader, at(10), at(11)), taken(patient, at(13), at(14)))
    assert there == [(at(8), at(9), ""), (at(11), at(12), ""), (at(14), at(16), "")]


def test_that_the_most_suitable_free_room_is_taken() -> None:
    wanted = Wanted(60, rooms=(HALL, SMALL))
    there = found(wanted, in_room(HALL, at(9), at(16)), in_room(SMALL, at(12), at(15)))
    assert there == [
        (at(8), at(8), "Stora salen"),
        (at(8, 15), at(11), "Rum 4"),
        (at(15), at(15, 45), "Rum 4"),
        (at(16), at(16), "Stora salen"),
    ]
    assert found(Wanted(60, rooms=())) == []


def test_that_preparation_and_wrap_up_need_the_room_too() -> None:
    wanted = Wanted(60, rooms=(HALL,), preparation=15, wrap_up=10)
    there = found(wanted, in_room(HALL, at(10), at(15)))
    assert there == [(at(8), at(8, 45), "Stora salen"), (at(15, 15), at(16), "Stora salen")]


def test_that_working_hours_absence_and_busy_times_are_kept_clear_of() -> None:
    leader = uuid4()
    time_ = Availability(
        week=(WorkingTime(4, time(7, 40), time(12)), WorkingTime(4, time(13), time(18))),
        absent=(Span(at(15), at(16)),),
        busy=(Span(at(9), at(9, 30)),),
    )
    there = found(Wanted(60, frozenset({leader})), times=StaffTime({leader: time_}))
    assert there == [
        (at(7, 45), at(8), ""),
        (at(9, 30), at(11), ""),
        (at(13), at(14), ""),
        (at(16), at(17), ""),
    ]


def test_that_who_works_on_saturdays_is_offered_saturdays() -> None:
    leader = uuid4()
    week = Availability(week=(WorkingTime(5, time(9), time(11)),))
    there = found(Wanted(60, frozenset({leader})), times=StaffTime({leader: week}), days=3)
    saturday = FRIDAY + timedelta(days=1)
    assert there == [(at(9, day=saturday), at(10, day=saturday), "")]


def test_that_closed_days_are_skipped_and_half_days_end_early() -> None:
    red = Closure(ClosureKind.RED_DAY, FRIDAY, FRIDAY, "röd dag")
    half = Closure(ClosureKind.HALF_DAY, FRIDAY, FRIDAY, "halvdag", time(12))
    assert found(Wanted(60), closed=red) == []
    assert found(Wanted(60), closed=half) == [(at(8), at(11), "")]


def test_that_what_is_moved_stands_in_no_way_of_its_own() -> None:
    leader = uuid4()
    itself = taken(leader, at(8), at(17))
    assert found(Wanted(60, frozenset({leader})), itself) == []
    there = found(Wanted(60, frozenset({leader}), itself=itself.id), itself)
    assert there == [(at(8), at(16), "")]


def test_that_the_nearest_start_to_an_hour_lies_within_the_opening() -> None:
    opening = Opening(at(10), at(11, 30), 60)
    assert [opening.nearest(time(hour)) for hour in (8, 11, 15)] == [at(10), at(11), at(11, 30)]
