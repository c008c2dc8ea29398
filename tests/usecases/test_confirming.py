from datetime import date, timedelta

import pytest

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.ways import WayStatus
from painprogram.storage.database import Database
from painprogram.usecases import attendance, confirming, groups, laps, sessions, ways
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, where: Centre) -> Group:
    made = make.group(database, where)
    for number, name in enumerate(("Maria", "Nils")):
        make.placed(database, where, made.id, number, name)
    return groups.group(database, made.id)


def told(database: Database, today: date) -> list[str]:
    found = confirming.to_confirm(database, today=today)
    assert confirming.count(database, today=today) == sum(len(one.ways) for one in found)
    return [one.told for one in found]


def confirm(database: Database, today: date) -> int:
    (one,) = confirming.to_confirm(database, today=today)
    keys = [way.referral.id for way in one.ways]
    return confirming.confirm(database, one.status, keys, today=today)


def first_and_last(group: Group) -> tuple[date, date]:
    assert group.first
    assert group.last
    return group.first, group.last


def test_that_a_group_is_proposed_when_it_has_begun_and_when_it_has_ended(
    database: Database, group: Group
) -> None:
    first, last = first_and_last(group)

    assert told(database, first - DAY) == []
    assert told(database, first) == ["2 patients have begun in H26 A: confirm"]
    assert confirm(database, first + DAY) == 2
    assert told(database, last) == []
    assert told(database, last + DAY) == ["2 patients have come to the end of H26 A: confirm"]
    assert confirm(database, last + 5 * DAY) == 2
    assert told(database, last + 5 * DAY) == []

    every = ways.ways(database, today=last + 5 * DAY)
    assert {(one.status, one.referral.status_on) for one in every} == {(WayStatus.COMPLETED, last)}
    assert {step.on for step in every[0].steps} <= {first, last, make.TODAY}


def test_that_one_who_lacks_a_core_part_is_told_apart(database: Database, group: Group) -> None:
    first, last = first_and_last(group)
    found = {one.name: one for one in ways.ways(database, today=first)}
    maria = found["Maria Öberg"].referral.patient_id
    for session in sessions.sessions(database, group.id):
        state = (
            AttendanceState.NO_SHOW if session.strand == "lecture_a" else AttendanceState.PRESENT
        )
        attendance.note(database, session.id, maria, state, today=last + DAY)

    (one,) = confirming.to_confirm(database, today=last + DAY)

    assert set(one.lacking) == {found["Maria Öberg"].referral.id}


def test_that_a_lap_of_ones_own_ends_before_the_group(database: Database, where: Centre) -> None:
    group = make.open_group(database, where)
    place = make.placed(database, where, group.id)
    end = make.MONDAY + 30 * DAY
    laps.set_lap(database, place.id, make.MONDAY, end)

    assert told(database, end) == ["1 patient has begun in Öppen: confirm"]
    assert told(database, end + DAY) == ["1 patient has come to the end of Öppen: confirm"]
    assert confirm(database, end + 9 * DAY) == 1
    assert ways.ways(database, today=end)[0].referral.status_on == end


def test_that_all_go_on_or_none(database: Database, group: Group) -> None:
    first, _last = first_and_last(group)
    (one,) = confirming.to_confirm(database, today=first)
    keys = [way.referral.id for way in one.ways]
    ways.step(database, keys[0], WayStatus.STOPPED, first, "Wants to stop", today=first)

    with pytest.raises(Refused, match="can't become"):
        confirming.confirm(database, WayStatus.UNDER_WAY, keys, today=first)

    assert told(database, first) == ["1 patient has begun in H26 A: confirm"]
