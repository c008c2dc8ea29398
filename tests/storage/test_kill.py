"""The program is killed in the middle of its work; what it said it had done, is done."""

import contextlib
import os
import random
from multiprocessing.connection import Connection, wait
from typing import Any
from uuid import UUID

from painprogram.storage.database import Database
from painprogram.usecases import enrolments, patients, rooms, sessions
from tests import make
from tests.storage import journals, workers

ROUNDS = int(os.environ.get("PAINPROGRAM_KILL_ROUNDS", "25"))
SHORTEST, LONGEST = 0.0, 0.2
"""Seconds from the moment the program is at work until it is killed."""


def test_that_a_killed_program_leaves_every_change_it_told_of_and_none_half(url: str) -> None:
    with contextlib.closing(Database.open(url)) as database:
        group = make.group(database, make.furnished(database), maximum=12)
    chance = random.Random(2026)  # noqa: S311 -- repeatable
    told = 0

    for number in range(ROUNDS):
        said = killed_round(url, group.id, number, chance.uniform(SHORTEST, LONGEST))
        told += len(said)
        with contextlib.closing(Database.open(url)) as database:
            assert database.faults() == []
            assert journals.replayed(database) == journals.stored(database)
            check_all_there(database, group.id, said)

    assert told > ROUNDS  # or nothing was tried


def killed_round(url: str, group_id: UUID, number: int, seconds: float) -> list[Any]:
    """What a program said it had done before it was killed, *seconds* after it began."""
    receiving, sending = workers.context.Pipe(duplex=False)
    process = workers.started(workers.change_until_killed, url, group_id, number, sending)
    sending.close()
    assert receiving.recv() == "at work"
    process.join(seconds)
    assert process.exitcode is None, "it ended by itself"
    process.kill()
    process.join()
    return heard(receiving)


def heard(receiving: Connection) -> list[Any]:
    """Everything that was said in full."""
    found = []
    with contextlib.suppress(EOFError), receiving:
        while wait([receiving], 0):
            found.append(receiving.recv())
    return found


def check_all_there(database: Database, group_id: UUID, said: list[Any]) -> None:
    told = {
        kind: {key for one, key, *_ in said if one == kind}
        for kind in ("session", "room", "patient", "place", "left")
    }
    assert told["room"] <= {room.id for room in rooms.rooms(database)}
    assert told["patient"] <= {found.id for found in patients.find(database, most=100_000)}
    places = {
        place.id: place
        for patient in told["patient"]
        for place in patients.enrolments(database, patient)
    }
    assert told["place"] <= places.keys()
    assert all(places[key].last for key in told["left"])
    moved = {key: sequence for kind, key, *sequence in said if kind == "session"}
    for session in sessions.sessions(database, group_id):
        if session.id in moved:
            assert session.sequence >= moved[session.id][0]
    assert len(enrolments.names(database, group_id)) <= 12
