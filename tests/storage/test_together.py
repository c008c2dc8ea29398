"""Several programs at once on one database."""

from dataclasses import replace

import pytest

from painprogram.domain.errors import Refused
from painprogram.storage.tables import RoomRow
from painprogram.usecases import history, rooms, sessions
from tests import make
from tests.storage import journals, workers
from tests.storage.conftest import Programs

PROGRAMS, CHANGES = 4, 15


def test_that_no_change_of_four_programs_at_once_is_lost(url: str, programs: Programs) -> None:
    database = programs(url)
    group = make.group(database, make.furnished(database))
    session = make.of_strand(database, group.id, "relaxation")[0]
    ready = workers.context.Barrier(PROGRAMS)
    pipes = [workers.context.Pipe(duplex=False) for _ in range(PROGRAMS)]

    others = [
        workers.started(workers.change_many, url, session.id, CHANGES, ready, sending)
        for _receiving, sending in pipes
    ]
    told = [receiving.recv() for receiving, _sending in pipes]
    for program in others:
        program.join()

    assert told == [(CHANGES, [])] * PROGRAMS
    assert sessions.session(database, session.id).sequence == PROGRAMS * CHANGES
    told_of = [entry.label for entry in history.entries(database)]
    assert told_of.count("Change room of Relaxation 1") == PROGRAMS * CHANGES
    assert journals.replayed(database) == journals.stored(database)


def test_that_two_programs_can_open_the_same_new_database_at_once(new_url: str) -> None:
    ready = workers.context.Barrier(PROGRAMS)
    pipes = [workers.context.Pipe(duplex=False) for _ in range(PROGRAMS)]

    others = [
        workers.started(workers.open_new, new_url, ready, sending) for _receiving, sending in pipes
    ]
    told = [receiving.recv() for receiving, _sending in pipes]
    for program in others:
        program.join()

    assert told == [([], ())] * PROGRAMS


def test_that_a_busy_database_is_waited_for_and_then_told_in_a_sentence(
    url: str, programs: Programs
) -> None:
    ours, theirs = programs(url, 0.1), programs(url)
    where = make.centre(ours)
    room = rooms.add(ours, where.id, "Rum 4", 4)

    with theirs.change("Their own") as db:
        db.get_one(RoomRow, room.id).name = "Theirs"
        db.flush()
        with pytest.raises(Refused, match="in use by another program"):
            rooms.update(ours, replace(room, seats=5))

    assert rooms.rooms(ours)[0].name == "Theirs"
