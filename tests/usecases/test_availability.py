from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from painprogram.domain.availability import (
    ALWAYS,
    AbsenceKind,
    Span,
    StaffTime,
    Weeks,
    WorkingTime,
)
from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession, Staff
from painprogram.usecases import Database, availability, staff
from tests import make

TUESDAY = date(2026, 11, 10)
"""In week 46, which is even."""
MORNING = WorkingTime(1, time(8), time(12))
AFTERNOON = WorkingTime(1, time(13), time(17), Weeks.EVEN)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def anna(database: Database) -> Staff:
    return staff.add(database, make.centre(database).id, "Anna Berg", Profession.PHYSIOTHERAPIST)


def time_of(database: Database, first: date, last: date) -> StaffTime:
    with database.read() as db:
        return availability.staff_time(db, first, last)


def test_that_who_has_no_working_week_may_be_asked_for_at_any_hour(
    database: Database, anna: Staff
) -> None:
    found = time_of(database, TUESDAY, TUESDAY)
    assert found[anna.id] == ALWAYS
    assert found[anna.id].works(at(TUESDAY, 5), at(TUESDAY, 6))


def test_that_a_working_week_holds_in_the_weeks_it_is_for(database: Database, anna: Staff) -> None:
    availability.set_week(database, anna.id, (AFTERNOON, MORNING))
    assert availability.week_of(database, anna.id) == (MORNING, AFTERNOON)
    hers = time_of(database, TUESDAY, TUESDAY + timedelta(days=7))[anna.id]
    assert hers.works(at(TUESDAY, 15), at(TUESDAY, 16))
    assert not hers.works(at(TUESDAY + timedelta(days=7), 15), at(TUESDAY + timedelta(days=7), 16))
    assert not hers.works(at(TUESDAY, 11), at(TUESDAY, 14))


def test_that_a_new_working_week_takes_the_place_of_the_old_and_can_be_undone(
    database: Database, anna: Staff
) -> None:
    availability.set_week(database, anna.id, (MORNING,))
    availability.set_week(database, anna.id, (MORNING, AFTERNOON))
    database.undo()
    assert availability.week_of(database, anna.id) == (MORNING,)
    availability.set_week(database, anna.id, ())
    assert availability.week_of(database, anna.id) == ()


def test_that_a_working_week_that_overlaps_is_refused_and_nothing_changed(
    database: Database, anna: Staff
) -> None:
    availability.set_week(database, anna.id, (MORNING,))
    with pytest.raises(Refused, match="overlap"):
        availability.set_week(database, anna.id, (MORNING, WorkingTime(1, time(11), time(13))))
    assert availability.week_of(database, anna.id) == (MORNING,)


def test_that_extra_time_is_worked_outside_the_week(database: Database, anna: Staff) -> None:
    availability.set_week(database, anna.id, (MORNING,))
    made = availability.add_extra(database, anna.id, Span(at(TUESDAY, 12), at(TUESDAY, 14)))
    hers = time_of(database, TUESDAY, TUESDAY)[anna.id]
    assert hers.works(at(TUESDAY, 11), at(TUESDAY, 14))
    assert availability.extra_times(database, anna.id) == (made,)
    assert availability.extra_times(database, anna.id, TUESDAY + timedelta(days=1)) == ()
    availability.remove_extra(database, made.id)
    assert not time_of(database, TUESDAY, TUESDAY)[anna.id].works(at(TUESDAY, 11), at(TUESDAY, 14))


def test_that_an_absence_is_found_in_every_day_it_touches(database: Database, anna: Staff) -> None:
    span = Span(at(TUESDAY, 10), at(TUESDAY + timedelta(days=2), 0))
    made = availability.add_absence(database, anna.id, span, AbsenceKind.COURSE)
    assert availability.absences(database) == (made,)
    assert time_of(database, TUESDAY, TUESDAY)[anna.id].absent == (span,)
    wednesday, thursday = (TUESDAY + timedelta(days=ahead) for ahead in (1, 2))
    assert time_of(database, wednesday, wednesday)[anna.id].absent == (span,)
    assert time_of(database, thursday, thursday)[anna.id] == ALWAYS
    assert availability.absences(database, anna.id, since=thursday) == ()


def test_that_an_absence_is_entered_once(database: Database, anna: Staff) -> None:
    span = Span(at(TUESDAY, 0), at(TUESDAY + timedelta(days=2), 0))
    made = availability.add_absence(database, anna.id, span)
    with pytest.raises(Refused, match="Anna Berg is already entered as absent"):
        availability.add_absence(database, anna.id, Span(at(TUESDAY, 8), at(TUESDAY, 12)))
    availability.remove_absence(database, made.id)
    assert availability.absences(database) == ()
    with pytest.raises(Refused, match="meanwhile"):
        availability.remove_absence(database, made.id)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (at(TUESDAY, 10), at(TUESDAY, 10), "must end after it starts"),
        (at(TUESDAY, 10), at(date(2029, 11, 10), 10), "two years at most"),
    ],
)
def test_that_an_impossible_absence_is_refused(
    database: Database, anna: Staff, start: datetime, end: datetime, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        availability.add_absence(database, anna.id, Span(start, end))


def test_that_extra_time_is_entered_day_by_day(database: Database, anna: Staff) -> None:
    with pytest.raises(Refused, match="each day by itself"):
        availability.add_extra(
            database, anna.id, Span(at(TUESDAY, 8), at(TUESDAY + timedelta(days=2), 8))
        )
    with pytest.raises(Refused, match="must end after"):
        availability.add_extra(database, anna.id, Span(at(TUESDAY, 8), at(TUESDAY, 8)))


def test_that_the_time_of_somebody_unknown_is_refused(database: Database) -> None:
    with pytest.raises(Refused, match="no longer there"):
        availability.add_absence(database, uuid4(), Span(at(TUESDAY, 8), at(TUESDAY, 9)))
