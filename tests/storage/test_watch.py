"""What one program changes is heard by the others, by itself."""

import queue
import time
from contextlib import closing

import pytest
from sqlalchemy import text

from painprogram.domain.people import Profession
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow, Row
from painprogram.usecases import rooms, staff
from tests import make
from tests.storage.conftest import Programs

PATIENCE = 20
"""Seconds after which what should have been heard is missed."""

Heard = queue.Queue[frozenset[str]]


def listening(database: Database) -> Heard:
    """What *database* tells its listeners from now on."""
    heard: Heard = queue.Queue()
    database.listen(heard.put)
    return heard


def test_that_a_program_hears_which_tables_another_changed(url: str, programs: Programs) -> None:
    ours, theirs = programs(url), programs(url)
    heard = listening(ours)

    where = make.centre(theirs)
    assert heard.get(timeout=PATIENCE) >= {"centre"}
    rooms.add(theirs, where.id, "Rum 4", 4)

    assert heard.get(timeout=PATIENCE) == {"room"}


def test_that_what_another_changed_before_anybody_listened_is_heard(
    url: str, programs: Programs
) -> None:
    ours, theirs = programs(url), programs(url)

    make.centre(theirs)

    assert listening(ours).get(timeout=PATIENCE) == {"care_provider", "centre"}


def test_that_our_own_change_is_told_once_and_when_everything_is_in_place(
    url: str, programs: Programs
) -> None:
    ours, theirs = programs(url), programs(url)
    where = make.centre(ours)
    heard: queue.Queue[object] = queue.Queue()
    ours.listen(lambda tables: heard.put((tables, ours.undo_label)))

    rooms.add(ours, where.id, "Rum 4", 4)
    ours.undo()
    staff.add(theirs, where.id, "Anna Berg", Profession.PHYSIOTHERAPIST)

    label = ours.undo_label
    assert heard.get(timeout=PATIENCE) == ({"room"}, "Add room Rum 4")
    assert heard.get(timeout=PATIENCE) == ({"room"}, label)
    assert heard.get(timeout=PATIENCE) == ({"staff"}, label)  # and nothing in between
    assert heard.empty()


def test_that_a_refused_change_is_told_to_nobody(url: str, programs: Programs) -> None:
    ours = programs(url)
    where = make.centre(ours)
    heard = listening(ours)

    with pytest.raises(ZeroDivisionError), ours.change("Break") as db:  # noqa: PT012
        db.add(RoomRow(centre_id=where.id, name="Rum 5", seats=3, equipment=[]))
        db.flush()
        _ = 1 / 0
    rooms.add(ours, where.id, "Rum 4", 4)

    assert heard.get(timeout=PATIENCE) == {"room"}
    assert heard.empty()


def test_that_a_server_that_comes_back_is_listened_to_again(
    server_url: str, programs: Programs
) -> None:
    ours, theirs = programs(server_url), programs(server_url)
    heard = listening(ours)
    where = make.centre(theirs)
    assert heard.get(timeout=PATIENCE) >= {"centre"}

    with theirs.raw() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
        )

    everything = frozenset(table.name for table in Row.metadata.sorted_tables)
    while heard.get(timeout=PATIENCE) != everything:  # who knows what was missed meanwhile
        pass
    rooms.add(theirs, where.id, "Rum 4", 4)
    assert heard.get(timeout=PATIENCE) == {"room"}
    assert rooms.rooms(ours)[0].name == "Rum 4"


def test_that_closing_ends_the_listening_at_once(url: str) -> None:
    database = Database.open(url)
    heard = listening(database)
    began = time.monotonic()

    database.close()

    assert time.monotonic() - began < 3
    with closing(Database.open(url)) as other:
        make.centre(other)
    assert heard.empty()


def test_that_a_listener_may_close_the_database(url: str, programs: Programs) -> None:
    ours, theirs = Database.open(url), programs(url)
    closed: queue.Queue[str] = queue.Queue()

    def close(_tables: frozenset[str]) -> None:
        ours.close()
        closed.put("closed")

    ours.listen(close)
    make.centre(theirs)

    assert closed.get(timeout=PATIENCE) == "closed"


def test_that_closing_does_not_wait_for_a_server_that_is_gone(
    server_url: str, programs: Programs
) -> None:
    database = Database.open(server_url)
    listening(database)
    with programs(server_url).raw() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    began = time.monotonic()

    database.close()

    assert time.monotonic() - began < 3
