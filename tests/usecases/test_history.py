"""Undo and redo of what a user did, and the log of who did what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.domain.actors import Actor
from painprogram.domain.errors import Conflict, Refused
from painprogram.storage.database import Database
from painprogram.usecases import (
    enrolments,
    groups,
    history,
    patients,
    rooms,
    schedules,
    sessions,
)
from tests import make

HOUR = timedelta(hours=1)


def test_that_there_is_nothing_to_undo_at_first(database: Database) -> None:
    assert history.labels(database) == (None, None)
    assert (history.undo(database), history.redo(database)) == (None, None)


def test_that_steps_are_taken_back_one_by_one_and_made_again(database: Database) -> None:
    where = make.centre(database)
    names = ["Rum 1", "Rum 2", "Rum 3"]
    for name in names:
        rooms.add(database, where.id, name, 4)

    undone = [history.undo(database) for _ in names]
    assert undone == ["Add room Rum 3", "Add room Rum 2", "Add room Rum 1"]
    assert rooms.rooms(database) == ()
    assert history.labels(database)[1] == "Add room Rum 1"
    redone = [history.redo(database) for _ in names]

    assert redone == undone[::-1]
    assert [room.name for room in rooms.rooms(database)] == names
    assert history.labels(database) == ("Add room Rum 3", None)


def test_that_a_new_change_ends_what_could_be_made_again(database: Database) -> None:
    where = make.centre(database)
    rooms.add(database, where.id, "Rum 1", 4)
    history.undo(database)

    rooms.add(database, where.id, "Rum 2", 4)

    assert history.labels(database) == ("Add room Rum 2", None)
    assert history.redo(database) is None


def test_that_a_whole_group_goes_and_comes_back_in_one_step(database: Database) -> None:
    where = make.furnished(database)
    lectures = make.group(database, where, "Föreläsningar", template="oppna-forelasningar")
    made = make.group(database, where)
    history.undo(database)  # opened
    draft = groups.group(database, made.id)
    schedule = sessions.sessions(database, made.id)

    assert history.undo(database) == "Start group H26 A"
    assert [group.id for group in groups.groups(database)] == [lectures.id]
    assert history.redo(database) == "Start group H26 A"

    again = sessions.sessions(database, made.id)
    assert groups.group(database, made.id) == draft
    assert [plain(session) for session in again] == [plain(session) for session in schedule]


def plain(session):
    """A session but for the numbers that say that it was written again."""
    return replace(session, sequence=0, version=0)


def test_that_undo_raises_the_number_of_the_calendar_event(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]

    sessions.move(database, first.id, first.start + HOUR)
    history.undo(database)
    assert sessions.session(database, first.id).sequence == first.sequence + 2
    history.redo(database)

    assert sessions.session(database, first.id).sequence == first.sequence + 3


def test_that_what_is_made_again_is_new_to_a_calendar(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    start = make.of_strand(database, group.id, "relaxation")[0].start + HOUR
    schedules.add_visit(database, place.id, start, 60, title="Samtal")
    numbers = []

    for _ in range(2):
        lines = schedules.own(database, place.id).lines
        numbers += [line.session.sequence for line in lines if line.session.title == "Samtal"]
        history.undo(database)
        history.redo(database)

    assert numbers == [0, 1]


def test_that_undo_is_refused_where_somebody_else_touched_the_same_and_then_forgotten(
    url: str,
) -> None:
    ours, theirs = Database.open(url), Database.open(url)
    where = make.centre(ours)
    room = rooms.add(ours, where.id, "Rum 1", 4)
    other = rooms.add(ours, where.id, "Rum 2", 4)
    larger = rooms.update(ours, replace(room, seats=6))
    rooms.update(theirs, replace(larger, name="Blå rummet"))

    with pytest.raises(Conflict, match="Somebody else"):
        history.undo(ours)

    found = {room.id: (room.name, room.seats) for room in rooms.rooms(ours)}
    assert found == {room.id: ("Blå rummet", 6), other.id: ("Rum 2", 4)}
    assert history.undo(ours) == "Add room Rum 2"
    ours.close()
    theirs.close()


def test_that_a_room_is_not_taken_away_while_somebody_else_uses_it(url: str) -> None:
    ours, theirs = Database.open(url), Database.open(url)
    where = make.furnished(ours)
    group = make.group(ours, where)
    room = make.hall(ours, where, "Rum 9", 14)
    first = make.of_strand(ours, group.id, "relaxation")[0]
    sessions.change_room(theirs, first.id, room.id)

    with pytest.raises(Conflict):
        history.undo(ours)

    assert sessions.session(ours, first.id).room_name == "Rum 9"
    ours.close()
    theirs.close()


def test_that_undo_keeps_the_maximum_of_a_group(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, maximum=1)
    place = make.placed(database, where, group.id)
    other = make.patient(database, where, number=1)
    enrolments.leave(database, place.id, make.TODAY, "Flyttar")
    database_of_others = Database.open(database.url)
    enrolments.enrol(database_of_others, other.id, group.id, make.TODAY)
    database_of_others.close()

    with pytest.raises(Refused, match="H26 A"):
        history.undo(database)

    assert [name for _id, name in enrolments.names(database, group.id)] == ["Maria Öberg"]
    assert history.labels(database)[0] == "End the patient's place in the group"


def test_that_a_patient_and_a_place_can_be_taken_back(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    history.undo(database)
    history.undo(database)
    assert patients.find(database) == ()
    history.redo(database)
    history.redo(database)

    assert patients.enrolments(database, place.patient_id)[0].id == place.id


def test_that_the_change_log_says_who_did_what_the_newest_first(url: str) -> None:
    database = Database.open(url, actor=Actor("Anna Berg"))
    where = make.centre(database)
    rooms.add(database, where.id, "Rum 1", 4)
    history.undo(database)

    found = history.entries(database, many=2)

    assert [(entry.who, entry.label) for entry in found] == [
        ("Anna Berg", "Undo: Add room Rum 1"),
        ("Anna Berg", "Add room Rum 1"),
    ]
    assert found[0].at >= found[1].at
    database.close()
