"""A group that is started after the pattern of another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, next_start
from painprogram.domain.people import Centre
from painprogram.storage.database import Database
from painprogram.usecases import groups, pauses, sessions, shifting, staff, starting
from tests import make

WEEK = timedelta(weeks=1)
AUTUMN = date(2027, 9, 6)


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    made = make.group(database, centre, "V27 A", maximum=10)
    anna, erik, *_ = staff.staff(database)
    return groups.set_owner(database, made.id, anna.id, erik.id)


def test_that_a_new_run_meets_as_the_group_does(database: Database, group: Group) -> None:
    for one in make.of_strand(database, group.id, "relaxation"):
        sessions.move(database, one.id, one.start.replace(hour=15))

    new = starting.like(database, group.id, AUTUMN, beside=False)

    assert (new.name, new.start, new.minimum, new.maximum) == ("Autumn 27 A", AUTUMN, 6, 10)
    assert (new.owner_id, new.deputy_id) == (group.owner_id, group.deputy_id)
    made = starting.start(database, new)
    old, now = (sessions.sessions(database, one.id) for one in (group, made))
    assert [
        (s.strand, s.number, s.start.weekday(), s.start.time(), s.room_id, s.leaders) for s in now
    ] == [
        (s.strand, s.number, s.start.weekday(), s.start.time(), s.room_id, s.leaders) for s in old
    ]
    assert (made.owner_id, made.deputy_id) == (group.owner_id, group.deputy_id)


def test_that_a_paused_or_moved_group_is_a_pattern_too(database: Database, group: Group) -> None:
    fresh = starting.like(database, group.id, AUTUMN, beside=False)
    shifting.move(database, group.id, 14, date(2027, 2, 1))
    pauses.pause(database, group.id, date(2027, 2, 15), "Few can come")

    new = starting.like(database, group.id, AUTUMN, beside=False)

    assert {key: (plan.weekday, plan.start) for key, plan in new.strands.items()} == {
        key: (plan.weekday, plan.start) for key, plan in fresh.strands.items()
    }
    assert new.strands["relaxation"] == fresh.strands["relaxation"]


def test_that_a_parallel_group_meets_beside_the_other_with_the_same_people(
    database: Database, group: Group
) -> None:
    new = starting.like(database, group.id, group.start, beside=True)

    assert starting.preview(database, new).clashes == {}
    first = make.of_strand(database, group.id, "relaxation")[0]
    plan = new.strands["relaxation"]
    assert plan.weekday == first.start.weekday()
    assert plan.start > first.end.time()
    assert plan.leaders == tuple(leader.staff_id for leader in first.leaders)
    assert plan.room_id == first.room_id


def test_that_what_a_group_is_called_before_its_term_stays(
    database: Database, centre: Centre
) -> None:
    first = make.group(database, centre, "Pain Spring 27 A")

    beside = starting.like(database, first.id, first.start, beside=True)
    later = starting.like(database, first.id, AUTUMN, beside=False)

    assert (beside.name, later.name) == ("Pain Spring 27 B", "Pain Autumn 27 A")


def test_that_who_is_taken_or_gone_is_replaced(database: Database, group: Group) -> None:
    anna = next(p for p in staff.staff(database) if p.name == "Anna Berg")
    staff.update(database, replace(anna, active=False))

    new = starting.like(database, group.id, AUTUMN, beside=False)

    assert anna.id not in {one for plan in new.strands.values() for one in plan.leaders}
    assert new.owner_id is None
    assert new.deputy_id is None, "a deputy stands in for somebody"


def test_that_a_day_no_group_starts_on_is_refused(database: Database, group: Group) -> None:
    with pytest.raises(Refused, match="is not a day to plan"):
        starting.like(database, group.id, date(1999, 1, 1), beside=False)


def test_when_a_new_run_could_begin(database: Database, group: Group) -> None:
    assert group.last
    after = group.last - timedelta(days=group.last.weekday()) + WEEK
    assert next_start(group, make.TODAY, beside=False) == after
    assert next_start(group, make.TODAY, beside=True) == group.start
    assert next_start(group, date(2028, 1, 5), beside=True) == date(2028, 1, 10)
    assert next_start(group, date(2028, 1, 5), beside=False) == date(2028, 1, 10)
