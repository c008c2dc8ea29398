"""A patient rests from the group and keeps the place."""

from datetime import date, timedelta

import pytest

from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.schedule import LineKind
from painprogram.storage.database import Database
from painprogram.usecases import groups, history, rests, schedules, sessions
from tests import make

FIRST = make.MONDAY + timedelta(weeks=1)
LAST = FIRST + timedelta(days=6)


@pytest.fixture
def place(database: Database):
    where = make.furnished(database)
    return make.placed(database, where, make.group(database, where).id)


def paused(database: Database, place) -> list[date]:
    own = schedules.own(database, place.id)
    return [line.start.date() for line in own.lines if line.kind is LineKind.PAUSED]


def test_that_nobody_expects_who_rests_and_the_seat_is_kept(database: Database, place) -> None:
    missed = rests.missed(database, place.id, FIRST, LAST)
    made = rests.rest(database, place.id, FIRST, LAST, "Operation")

    assert rests.rests(database, place.id) == (made,)
    assert paused(database, place) == [line.start.date() for line in missed] != []
    taken = {one.start.date(): one.taken for one in sessions.sessions(database, place.group_id)}
    assert {taken[day] for day in paused(database, place)} == {0}
    assert groups.group(database, place.group_id).taken == 1
    assert rests.missed(database, place.id, FIRST, LAST) == ()


def test_that_the_patient_comes_back_earlier_or_later(database: Database, place) -> None:
    made = rests.rest(database, place.id, FIRST, LAST, "Operation")
    longer = rests.change(database, made, FIRST, LAST + timedelta(weeks=1), "Operation")
    with pytest.raises(Conflict):
        rests.come_back(database, made, FIRST)

    back = rests.come_back(database, longer, LAST + timedelta(days=1))

    assert back is not None
    assert back.last == LAST
    assert rests.come_back(database, back, FIRST) is None
    assert rests.rests(database, place.id) == ()
    assert history.undo(database) == "Change the pause of the patient's place"
    assert len(rests.rests(database, place.id)) == 1


def test_that_a_pause_is_taken_away(database: Database, place) -> None:
    rests.remove(database, rests.rest(database, place.id, FIRST, LAST, "Operation"))

    assert paused(database, place) == []


def test_that_a_pause_needs_a_reason_and_days_of_its_own(database: Database, place) -> None:
    made = rests.rest(database, place.id, FIRST, LAST, "Operation")

    with pytest.raises(Refused, match="reason"):
        rests.rest(database, place.id, FIRST, LAST, " ")
    with pytest.raises(Refused, match="has a pause already from"):
        rests.rest(database, place.id, LAST, LAST + timedelta(days=3), "Resa")
    with pytest.raises(Refused, match="can't end before"):
        rests.change(database, made, LAST, FIRST, "Operation")
    with pytest.raises(Refused, match="366 days at most"):
        rests.change(database, made, FIRST, FIRST + timedelta(days=400), "Operation")
    assert rests.change(database, made, FIRST, FIRST, "Operation").last == FIRST


def test_that_a_seat_somebody_else_took_meanwhile_is_not_taken_twice(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, maximum=1)
    place = make.placed(database, where, group.id)
    with make.unwatched(database, where):
        other = make.group(database, where, "H26 B")
    guest = make.placed(database, where, other.id, 1, "Nils")
    made = rests.rest(database, place.id, FIRST, LAST, "Operation")
    there = next(
        one
        for one in make.of_strand(database, group.id, "relaxation")
        if FIRST <= one.start.date() <= LAST
    )
    own = make.of_strand(database, other.id, "relaxation")[0]
    schedules.swap(database, guest.id, own.id, there.id, "Arbetar", because="sagt")

    with pytest.raises(Refused, match="full"):
        rests.remove(database, made)
    assert rests.rests(database, place.id) == (made,)
