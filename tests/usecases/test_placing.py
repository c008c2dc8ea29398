from datetime import datetime, time, timedelta

from painprogram.domain import placing as rules
from painprogram.domain.placing import Verdict
from painprogram.domain.rooms import Equipment
from painprogram.domain.rules import Rule
from painprogram.storage.database import Database
from painprogram.usecases import centres, placing, schedules, sessions
from tests import make

HOUR = timedelta(hours=1)


def test_that_the_board_holds_the_week_of_every_centre(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    other = make.centre(database, "Bankeryd")
    make.hall(database, other, "Salen")
    theirs = make.group(database, other, "H26 B")
    place = make.placed(database, where, group.id)
    start = datetime.combine(make.MONDAY, time(9))
    visit = schedules.add_visit(database, place.id, start, 45, title="Samtal").lines
    first = [make.of_strand(database, one.id, "relaxation")[0] for one in (group, theirs)]

    board = placing.prepared(database, where.id, make.MONDAY)

    keys = {line.session.id for line in visit if line.session.start == start}
    assert {session.id for session in first} | keys <= set(board.occasions)
    assert board.occasions[first[0].id].equipment == (Equipment.MATS, Equipment.STEP_FREE)
    assert {room.name for room in board.rooms.values()} >= {"Stora salen", "Salen"}
    assert all(one.start >= start - 9 * HOUR for one in board.occasions.values())


def test_that_a_leader_lent_to_another_centre_blocks_the_hour_there(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    first = make.of_strand(database, group.id, "relaxation")[0]
    other = make.centre(database, "Bankeryd")
    make.hall(database, other, "Salen")
    theirs = make.group(database, other, "H26 B")
    there = make.of_strand(database, theirs.id, "relaxation")[0]
    leader = first.leaders[0].staff_id
    sessions.move(database, there.id, first.start.replace(hour=15), staff=[leader])

    board = placing.prepared(database, where.id, make.MONDAY)
    parts = rules.stretches(board, board.occasions[first.id], first.start.date(), time(8), time(17))

    (blocked,) = [
        part for part in parts if part.verdict is Verdict.BLOCKED and part.other == there.id
    ]
    assert blocked.start == first.start.replace(hour=15)
    assert blocked.reasons[0].startswith(f"{first.leaders[0].name} is busy: Relaxation 1 (H26 B)")


def test_that_the_board_knows_the_closed_days_of_its_centre(database: Database) -> None:
    where = make.furnished(database)
    centres.close(database, where.id, make.MONDAY, make.MONDAY, "staff day")

    assert [c.reason for c in placing.prepared(database, where.id, make.MONDAY).closures] == [
        "staff day"
    ]


def test_that_the_nearest_weeks_with_sessions_are_known(database: Database) -> None:
    where = make.furnished(database)
    assert sessions.nearest(database, where.id, make.MONDAY) == (None, None)
    group = make.group(database, where)
    every = sessions.sessions(database, group.id)
    first, last = every[0].start.date(), every[-1].start.date()

    assert sessions.nearest(database, where.id, first) == (None, first)
    assert sessions.nearest(database, where.id, last + timedelta(days=1)) == (last, None)


def test_that_participants_are_named_through_the_door_only(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id, 0, "Vera")
    make.placed(database, where, group.id, 1, "Olle")
    first = make.of_strand(database, group.id, "relaxation")[0]
    schedules.opt_out(database, place.id, first.id, "Reser")

    (who,) = sessions.participants(database, first.id)

    assert (who.name, who.interpreter, who.access) == ("Olle Öberg", False, False)


def test_that_time_room_and_leader_change_in_one_step(database: Database) -> None:
    where = make.furnished(database)
    make.lenient(database, where, Rule.NEEDS)
    group = make.group(database, where)
    first, other = make.of_strand(database, group.id, "relaxation")[0], "Lena Ek"
    board = placing.prepared(database, where.id, make.MONDAY)
    lena = next(one for one in board.staff.values() if one.name == other)

    moved = sessions.move(
        database, first.id, first.start + HOUR, minutes=60, staff=[lena.id], version=first.version
    )

    assert (moved.minutes, [leader.name for leader in moved.leaders]) == (60, [other])
    assert moved.sequence == first.sequence + 1
    database.undo()
    again = sessions.session(database, first.id)
    assert (again.start, again.minutes, again.leaders) == (first.start, 45, first.leaders)
