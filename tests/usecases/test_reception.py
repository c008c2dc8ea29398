from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.domain.attendance import AttendanceState, EventKind
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.people import Centre
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import (
    attendance,
    groups,
    patients,
    prints,
    publications,
    reception,
    schedules,
    session_events,
    sessions,
)
from tests import make

HOUR = timedelta(hours=1)


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    return make.group(database, centre)


@pytest.fixture
def first(database: Database, group: Group) -> Session:
    return make.of_strand(database, group.id, "relaxation")[0]


def test_that_the_day_is_told_by_time_in_numbers(
    database: Database, centre: Centre, group: Group, first: Session
) -> None:
    today = first.start.date()
    places = [make.placed(database, centre, group.id, n, f"P{n}") for n in range(3)]
    schedules.add_visit(database, places[0].id, first.start - HOUR, 30, title="Samtal")
    attendance.note(database, first.id, places[0].patient_id, AttendanceState.LATE, today=today)
    attendance.note(database, first.id, places[1].patient_id, AttendanceState.EXCUSED, today=today)

    found = reception.day(database, centre.id, today)

    assert [(x.occasion.start, x.expected, x.came, x.left) for x in found.lines][:2] == [
        (first.start - HOUR, 1, 0, 1),
        (first.start, 3, 1, 1),
    ]
    assert "Samtal" not in str(found)  # what a visit is for is read by the door


def test_that_the_day_says_what_became_of_a_session(
    database: Database, centre: Centre, first: Session
) -> None:
    today = first.start.date()
    session_events.cancelled(database, first.id, today=today)

    (line,) = (
        x for x in reception.day(database, centre.id, today).lines if x.occasion.id == first.id
    )

    assert line.event is not None
    assert (line.event.kind, line.event.short_notice) == (EventKind.CANCELLED, True)


def test_that_a_cancelled_group_meets_nobody(
    database: Database, centre: Centre, group: Group, first: Session
) -> None:
    groups.set_status(database, group.id, GroupStatus.CANCELLED)

    assert reception.day(database, centre.id, first.start.date()).lines == ()


def test_that_an_empty_day_is_empty(database: Database, centre: Centre) -> None:
    assert reception.day(database, centre.id, make.TODAY).lines == ()


def test_that_a_person_is_shown_with_the_day_and_what_comes_next(
    database: Database, centre: Centre, group: Group, first: Session
) -> None:
    place = make.placed(database, centre, group.id)
    today = first.start.date()
    attendance.note(database, first.id, place.patient_id, AttendanceState.PRESENT, today=today)

    found = reception.person(database, place.patient_id, today, today)

    noted = {x.occasion.id: x.mark.state for x in found.here if x.mark}
    assert noted == {first.id: AttendanceState.PRESENT}
    base = sessions.sessions(database, group.id)
    assert found.next is not None
    assert found.next.id == next(x.id for x in base if x.start.date() > today)
    assert found.place == (group.id, place.id)
    assert "••••" in found.masked


def test_that_a_protected_identity_shows_as_such_and_nothing_more(
    database: Database, centre: Centre
) -> None:
    one = make.patient(database, centre)
    patients.update(database, replace(one, protected=True))

    found = reception.person(database, one.id, make.TODAY, make.TODAY)

    assert (found.protected, found.masked, found.place, found.next) == (True, "", None, None)


def test_that_a_sheet_out_of_date_says_old_and_new(
    database: Database, centre: Centre, group: Group, first: Session
) -> None:
    place, other = (make.placed(database, centre, group.id, n, f"P{n}") for n in range(2))
    publications.publish(database, group.id)
    prints.many_sheets(database, Progress(), [place.id], make.TODAY)
    sessions.move(database, first.id, first.start + HOUR)
    publications.publish(database, group.id)

    found = reception.person(database, place.patient_id, make.TODAY, make.TODAY)
    (late,) = found.outdated
    (change,) = late.changes
    assert (change.old != change.new, found.never) == (True, ())
    assert reception.to_print(database, Progress(), make.TODAY, centre.id) == 1

    without = reception.person(database, other.patient_id, make.TODAY, make.TODAY)
    assert [x.enrolment_id for x in without.never] == [other.id]


def test_that_looking_at_somebody_is_logged(database: Database, centre: Centre) -> None:
    one = make.patient(database, centre)

    reception.person(database, one.id, make.TODAY, make.TODAY)

    newest = patients.readings(database, one.id)[0]
    assert newest.action == "Open patient at the reception"
