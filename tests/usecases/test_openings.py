from datetime import datetime, time, timedelta

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.rooms import Equipment
from painprogram.domain.sessions import Session
from painprogram.usecases import Database, centres, openings, rooms, sessions
from painprogram.usecases.openings import Request
from tests import make


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, where: Centre) -> Group:
    return make.group(database, where)


def a_session(database: Database, group: Group) -> Session:
    """The second of a series, with a leader and a room."""
    return next(
        one
        for one in sessions.sessions(database, group.id)
        if one.number == 2 and one.room_id and one.leaders
    )


def test_that_every_time_proposed_can_be_moved_to_without_a_word(
    database: Database, where: Centre, group: Group
) -> None:
    make.placed(database, where, group.id)
    session = a_session(database, group)
    asked = openings.of_session(database, session.id)
    found = openings.next_times(database, asked, make.MONDAY, days=14)
    assert found
    week = [one for one in found if one.first.date() >= session.start.date()][:3]
    for opening in week:
        for start in {opening.first, opening.last}:
            moved = sessions.move(database, session.id, start, room_id=opening.room_id)
            assert moved.start == start


def test_that_the_days_of_the_rest_of_the_series_are_left_out(
    database: Database, group: Group
) -> None:
    session = a_session(database, group)
    asked = openings.of_session(database, session.id)
    others = {
        one.start.date()
        for one in sessions.sessions(database, group.id)
        if one.strand == session.strand and one.id != session.id
    }
    found = openings.next_times(database, asked, make.MONDAY, days=30)
    assert others
    assert others.isdisjoint(one.first.date() for one in found)


def test_that_its_own_room_comes_first_and_another_only_if_it_suits(
    database: Database, where: Centre, group: Group
) -> None:
    session = a_session(database, group)
    asked = openings.of_session(database, session.id)
    found = openings.next_times(database, asked, make.MONDAY, days=5)
    assert found[0].room_id == session.room_id
    bare = rooms.add(database, where.id, "Kal", 16)
    again = openings.next_times(database, asked, make.MONDAY, days=30)
    assert bare.id not in {one.room_id for one in again}


def test_that_the_patients_of_a_group_are_free(
    database: Database, where: Centre, group: Group
) -> None:
    make.placed(database, where, group.id)
    session = a_session(database, group)
    day = session.start.date()
    asked = Request(where.id, session.minutes, group_id=group.id, needs_room=False)
    for opening in openings.next_times(database, asked, day, days=1):
        assert opening.last + timedelta(minutes=opening.minutes) <= session.start or (
            opening.first >= session.end
        )


def test_that_closed_days_are_no_time_for_all(database: Database, where: Centre) -> None:
    centres.close(database, where.id, make.MONDAY, make.MONDAY, "Planeringsdag")
    asked = Request(where.id, 60)
    assert openings.next_times(database, asked, make.MONDAY, days=1) == ()
    tuesday = make.MONDAY + timedelta(days=1)
    [opening] = openings.next_times(database, asked, tuesday, days=1)
    assert opening.first == datetime.combine(tuesday, time(8))


def test_that_a_room_nobody_has_is_told(database: Database, where: Centre) -> None:
    asked = Request(where.id, 60, seats=40, equipment=(Equipment.MATS,))
    with pytest.raises(Refused, match="No room of the centre has 40 seats and mats"):
        openings.next_times(database, asked, make.MONDAY)


@pytest.mark.parametrize("minutes", [0, 600])
def test_that_a_length_no_session_has_is_refused(
    database: Database, where: Centre, minutes: int
) -> None:
    with pytest.raises(Refused, match="lasts between"):
        openings.next_times(database, Request(where.id, minutes), make.MONDAY)


def test_that_only_so_many_are_told(database: Database, where: Centre) -> None:
    assert len(openings.next_times(database, Request(where.id, 60), make.MONDAY, many=3)) == 3
