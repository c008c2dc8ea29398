"""Programs of their own that change a database through the use cases, and say what they did."""

import multiprocessing
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import BrokenBarrierError
from typing import Any
from uuid import UUID

from painprogram import i18n
from painprogram.domain.actors import Actor
from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.identity import Identity, IdentityKind
from painprogram.storage.database import Database
from painprogram.usecases import enrolments, history, patients, rooms, sessions
from tests import make

_kind = "spawn" if sys.platform == "win32" else "forkserver"
context: Any = multiprocessing.get_context(_kind)
if _kind == "forkserver":
    context.set_forkserver_preload(
        ["tests.storage.workers", "babel.dates", "sqlcipher3.dbapi2", "psycopg"]
    )


i18n.set_language("en")  # a process of its own knows nothing of ours


def started(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    process: BaseProcess = context.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def change_until_killed(url: str, group_id: UUID, seed: int, told: Connection) -> None:
    """Moves, patients, places, undo: each is told on *told* once the use case has returned."""
    database = Database.open(url, actor=Actor("killed"))
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    ours = sessions.sessions(database, group_id)
    where = ours[0].centre_id
    sessions.move(database, ours[0].id, ours[0].start)  # what is imported late is there now
    told.send("at work")
    number = 0
    while True:
        kind = chance.choice(("move", "patient", "place", "undo", "room"))
        if kind == "move":
            session = chance.choice(ours)
            start = session.start + timedelta(minutes=5 * chance.randrange(12))
            moved = sessions.move(database, session.id, start)
            told.send(("session", moved.id, moved.sequence))
        elif kind == "room":
            told.send(("room", rooms.add(database, where, f"Rum {seed}-{number}", 4).id))
        elif kind == "undo":
            if (database.undo_label or "").startswith("Move"):  # the number of a session stays
                history.undo(database)
                history.redo(database)
        else:
            identity = Identity(IdentityKind.RESERVE, f"{seed}-{number}")
            known = patients.add(database, patients.new(where, "Maria", "Öberg", identity))
            told.send(("patient", known.id))
            if kind == "place":
                with suppress(Refused):  # killed rounds have left it full
                    place = enrolments.enrol(database, known.id, group_id, make.TODAY)
                    told.send(("place", place.id))
                    enrolments.leave(database, place.id, make.TODAY, "Flyttar")
                    told.send(("left", place.id))
        number += 1


def change_many(url: str, session_id: UUID, times: int, ready: Any, told: Connection) -> None:
    """The same session again and again; tells how often it was changed, and what was refused."""
    database = Database.open(url, patience=30)
    room = sessions.session(database, session_id).room_id
    with suppress(BrokenBarrierError):
        ready.wait(30)
    done = 0
    refused: list[str] = []
    while done < times and not refused:
        try:
            sessions.change_room(database, session_id, room)
            done += 1
        except Conflict:
            continue  # somebody was first: do it over
        except Refused as error:
            refused.append(str(error))
    database.close()
    told.send((done, refused))


def open_new(url: str, ready: Any, told: Connection) -> None:
    """Opens an address at which there is no database yet, at the same moment as others."""
    with suppress(BrokenBarrierError):
        ready.wait(30)
    try:
        database = Database.open(url)
        found = (database.faults(), rooms.rooms(database))
        database.close()
        told.send(found)
    except Refused as error:
        told.send(str(error))
