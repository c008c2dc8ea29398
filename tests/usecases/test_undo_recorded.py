"""Undo by the journal: from a script, each command of which is a program of its own."""

from datetime import timedelta

import pytest

from painprogram.domain.actors import Actor
from painprogram.domain.errors import Conflict
from painprogram.storage.database import Database
from painprogram.usecases import enrolments, groups, history, prints, rooms, sessions
from tests import make
from tests.storage import journals

HOUR = timedelta(hours=1)


def undone(url: str, who: str = "") -> str | None:
    """What another program takes back."""
    database = Database.open(url, actor=Actor(who))
    try:
        return history.undo_recorded(database)
    finally:
        database.close()


def test_that_everything_is_taken_back_in_order_until_nothing_is_left(
    url: str, database: Database
) -> None:
    before = journals.stored(database)
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    enrolments.leave(database, place.id, make.TODAY, "Flyttar")

    labels = []
    while label := undone(url):
        labels.append(label)

    assert labels[0] == "End the patient's place in the group"
    assert "Start group H26 A" in labels
    assert journals.stored(database) == before


def test_that_what_was_taken_back_and_made_again_is_taken_back_once(
    url: str, database: Database
) -> None:
    where = make.centre(database)
    rooms.add(database, where.id, "Rum 1", 4)
    rooms.add(database, where.id, "Rum 2", 4)
    history.undo(database)
    history.redo(database)
    history.undo(database)
    history.redo(database)

    assert undone(url) == "Add room Rum 2"
    assert undone(url) == "Add room Rum 1"


def test_that_what_the_same_program_did_is_not_offered_again(database: Database) -> None:
    where = make.centre(database)
    rooms.add(database, where.id, "Rum 1", 4)

    assert history.undo_recorded(database) == "Add room Rum 1"

    assert history.labels(database)[0] == "Add health centre Ekbacken"


def test_that_nobody_takes_back_what_somebody_else_did(url: str, database: Database) -> None:
    make.centre(database)

    assert undone(url, "Anna Berg") is None
    assert undone(url) == "Add health centre Ekbacken"


def test_that_what_has_left_the_printer_is_not_taken_back(url: str, database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]
    sessions.resize(database, first.id, 50)
    prints.poster(database, group.id, make.TODAY)

    assert undone(url) == "Change the length of Relaxation 1"


def test_that_times_and_keys_come_back_as_they_were(url: str, database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]
    sessions.move(database, first.id, first.start + HOUR)

    undone(url)

    again = sessions.session(database, first.id)
    assert (again.start, again.room_id, again.leaders) == (
        first.start,
        first.room_id,
        first.leaders,
    )
    assert again.sequence == first.sequence + 2


def test_that_it_is_refused_where_somebody_touched_the_same_since(
    url: str, database: Database
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    other = Database.open(url, actor=Actor("Anna Berg"))
    groups.set_size(other, group.id, 3, 9)
    other.close()

    with pytest.raises(Conflict, match="Somebody else"):
        undone(url)

    assert groups.group(database, group.id).maximum == 9
