from datetime import timedelta

import pytest

from painprogram.domain.errors import Refused
from painprogram.usecases import Database, enrolments, history, laps, rounds, sessions
from tests import make

WEEK = timedelta(weeks=1)


def test_that_an_open_group_goes_round_and_laps_get_their_end(database: Database) -> None:
    where = make.furnished(database)
    group = make.open_group(database, where)
    late = make.patient(database, where)
    place = enrolments.enrol(database, late.id, group.id, make.MONDAY + 2 * WEEK)

    found = rounds.preview(database, group.id)
    after = rounds.add(database, group.id)

    assert place.lap_end is None
    assert group.last is not None
    assert (found.first, found.last) == (group.last + timedelta(days=5), after.last)
    assert len(found.timetable.sessions) == 20
    assert after.sessions == 2 * group.sessions
    (lap,) = laps.laps(database, group.id)
    assert lap.last == make.MONDAY + 9 * WEEK + timedelta(days=3)
    relaxation = make.of_strand(database, group.id, "relaxation")
    assert [one.number for one in relaxation] == [*range(1, 9), *range(1, 9)]
    assert {one.of for one in relaxation} == {8}
    assert {one.room_name for one in relaxation} == {"Gymmet"}
    history.undo(database)
    assert len(sessions.sessions(database, group.id)) == 20
    assert laps.laps(database, group.id)[0].last is None


def test_that_a_third_round_follows_the_second(database: Database) -> None:
    group = make.open_group(database, make.furnished(database))
    rounds.add(database, group.id)

    found = rounds.preview(database, group.id)

    second = rounds.add(database, group.id).first
    assert second is not None
    assert found.first > second
    assert len(laps.entry_points(database, group.id, make.TODAY)) >= 24
    whole = [one.first for one in laps.entry_points(database, group.id, make.TODAY) if one.whole]
    assert whole[0] == make.MONDAY + timedelta(days=1)


def test_that_a_closed_group_has_runs_and_not_rounds(database: Database) -> None:
    group = make.group(database, make.furnished(database))

    with pytest.raises(Refused, match="start a new run"):
        rounds.preview(database, group.id)
