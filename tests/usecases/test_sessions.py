from datetime import timedelta

import pytest

from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.rules import Rule
from painprogram.storage.database import Database
from painprogram.usecases import history, rooms, sessions, staff
from tests import make

HOUR = timedelta(hours=1)


def test_that_a_moved_session_stands_elsewhere_and_undo_puts_it_back(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]

    moved = sessions.move(database, first.id, first.start + HOUR)

    assert moved.start == first.start + HOUR
    assert history.labels(database)[0] == "Move Relaxation 1"
    assert history.undo(database) == "Move Relaxation 1"
    assert sessions.session(database, first.id).start == first.start
    assert history.redo(database) == "Move Relaxation 1"
    assert sessions.session(database, first.id).start == first.start + HOUR


def test_that_the_calendar_number_only_rises(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]
    sessions.move(database, first.id, first.start)
    assert sessions.session(database, first.id).sequence == 0

    sessions.move(database, first.id, first.start + HOUR)
    history.undo(database)

    assert sessions.session(database, first.id).sequence == 2


def test_that_a_session_must_end_after_it_starts(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]

    with pytest.raises(Refused, match="must end after it starts"):
        sessions.resize(database, first.id, -15)
    with pytest.raises(Refused, match="on the day it starts"):
        sessions.move(database, first.id, first.start.replace(hour=23, minute=30))
    with pytest.raises(Refused, match="not a day to plan"):
        sessions.move(database, first.id, first.start.replace(year=1026))

    assert sessions.session(database, first.id) == first


def test_that_a_move_is_refused_when_another_program_moved_it_first(url: str) -> None:
    ours, theirs = Database.open(url), Database.open(url)
    group = make.group(ours, make.furnished(ours))
    first = make.of_strand(ours, group.id, "relaxation")[0]
    sessions.move(theirs, first.id, first.start + HOUR)

    with pytest.raises(Conflict, match="Somebody else"):
        sessions.move(ours, first.id, first.start + 2 * HOUR, version=first.version)

    assert sessions.session(ours, first.id).start == first.start + HOUR
    ours.close()
    theirs.close()


def test_that_leaders_and_room_can_be_changed_and_come_back_by_undo(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    make.lenient(database, where, Rule.NEEDS, Rule.EQUIPMENT)
    first = make.of_strand(database, group.id, "relaxation")[0]
    other = next(p for p in staff.staff(database) if p.name == "Lena Ek")
    room = next(r for r in rooms.rooms(database) if r.id != first.room_id)

    sessions.change_leaders(database, first.id, [other.id])
    changed = sessions.change_room(database, first.id, room.id)

    assert [leader.name for leader in changed.leaders] == ["Lena Ek"]
    assert changed.room_name == room.name
    history.undo(database)
    history.undo(database)
    again = sessions.session(database, first.id)
    assert (again.leaders, again.room_id) == (first.leaders, first.room_id)


def test_that_a_week_shows_its_sessions_and_what_is_closed(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where)

    week = sessions.week(database, where.id, make.MONDAY)

    assert make.titles(week.sessions)[:2] == ["Relaxation 1", "Exercise 1"]
    assert {session.of for session in week.sessions[:2]} == {8}
    assert week.closures == ()


def test_that_a_cancelled_session_can_be_held_after_all(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]

    assert sessions.cancel(database, first.id).cancelled
    assert not sessions.cancel(database, first.id, cancelled=False).cancelled
