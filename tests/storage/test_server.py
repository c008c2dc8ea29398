"""What only a shared server can do to a change: meet another, break off, come back."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from painprogram.domain.errors import Conflict, Refused
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow
from painprogram.usecases import enrolments, rooms
from tests import make
from tests.storage import journals
from tests.storage.conftest import Programs

CUT_OTHERS = text(
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)


def test_that_two_changes_that_wait_for_each_other_end_in_a_conflict(
    server_url: str, programs: Programs
) -> None:
    ours, theirs = programs(server_url), programs(server_url)
    where = make.centre(ours)
    one, other = (rooms.add(ours, where.id, name, 4) for name in ("Rum 1", "Rum 2"))
    met = threading.Barrier(2)
    told: list[str] = []

    def change(database: Database, first, second) -> None:
        with suppress(threading.BrokenBarrierError):
            try:
                with database.change("Both rooms") as db:
                    db.get_one(RoomRow, first.id).seats += 1
                    db.flush()
                    met.wait(20)
                    db.get_one(RoomRow, second.id).seats += 1
            except Conflict as conflict:
                told.append(str(conflict))

    threads = [
        threading.Thread(target=change, args=(ours, one, other)),
        threading.Thread(target=change, args=(theirs, other, one)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 1  # in one order or the other, both can't be
    assert told[0] in (
        "Two changes met. Nothing was changed; try again.",
        "Somebody else has changed the same thing meanwhile. Look at it as it is now, and redo.",
    )
    assert {room.seats for room in rooms.rooms(ours)} == {5}
    assert journals.replayed(ours) == journals.stored(ours)


def test_that_a_connection_lost_in_a_change_leaves_nothing_half(
    server_url: str, programs: Programs
) -> None:
    ours, theirs = programs(server_url), programs(server_url)
    where = make.centre(ours)

    lost = pytest.raises(Refused, match=r"can't be reached\. Nothing was changed")
    with lost, ours.change("Build") as db:
        db.add(RoomRow(centre_id=where.id, name="Rum 5", seats=3, equipment=[]))
        db.flush()
        with theirs.raw() as connection:
            connection.execute(CUT_OTHERS)

    assert rooms.rooms(ours) == ()
    assert ours.undo_label != "Build"
    assert rooms.add(ours, where.id, "Rum 6", 4).name == "Rum 6"
    assert journals.replayed(ours) == journals.stored(ours)


def test_that_a_connection_lost_between_two_use_cases_is_not_noticed(
    server_url: str, programs: Programs
) -> None:
    ours, theirs = programs(server_url), programs(server_url)
    where = make.centre(ours)

    with theirs.raw() as connection:
        connection.execute(CUT_OTHERS)

    assert rooms.add(ours, where.id, "Rum 6", 4).name == "Rum 6"


def test_that_a_connection_lost_while_saving_leaves_it_open_whether_it_was(
    server_url: str, programs: Programs
) -> None:
    """The server has kept it, but its answer never came: "nothing was changed" would be a lie."""
    theirs = programs(server_url)
    where = make.centre(theirs)
    server = urlsplit(server_url)
    assert server.hostname
    assert server.port
    with line_to((server.hostname, server.port)) as (port, line):
        ours = programs(server_url.replace(f":{server.port}/", f":{port}/"))
        line.breaks_at_commit.set()

        with pytest.raises(Refused, match=r"lost while saving\. Look whether the change is there"):
            rooms.add(ours, where.id, "Rum 6", 4)

    assert [room.name for room in rooms.rooms(theirs)] == ["Rum 6"]


class Line:
    """Passes everything between a program and the server, until it is told to break."""

    def __init__(self, server: tuple[str, int]) -> None:
        self.breaks_at_commit = threading.Event()
        self._server = server
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self._broken: set[socket.socket] = set()

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _address = listener.accept()
                upstream = socket.create_connection(self._server)
                self._sockets += [client, upstream]
                self._start(self._ask, client, upstream)
                self._start(self._answer, upstream, client)

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()

    def _start(self, work: Callable[..., None], *between: socket.socket) -> None:
        self._threads.append(threading.Thread(target=work, args=between))
        self._threads[-1].start()

    def _ask(self, client: socket.socket, upstream: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if self.breaks_at_commit.is_set() and b"COMMIT" in data:
                    self._broken.add(upstream)
                upstream.sendall(data)
            upstream.shutdown(socket.SHUT_WR)

    def _answer(self, upstream: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while (data := upstream.recv(65536)) and upstream not in self._broken:
                client.sendall(data)
            client.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(server: tuple[str, int]) -> Iterator[tuple[int, Line]]:
    line = Line(server)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        serving = threading.Thread(target=line.serve, args=(listener,))
        serving.start()
        yield listener.getsockname()[1], line
        listener.shutdown(socket.SHUT_RDWR)
    serving.join()
    line.close()


def test_that_the_last_place_goes_to_one_of_two_who_ask_at_once(
    server_url: str, programs: Programs
) -> None:
    ours, theirs = programs(server_url), programs(server_url)
    where = make.furnished(ours)
    group = make.group(ours, where, maximum=1)
    known = [make.patient(ours, where, number=number) for number in range(2)]
    met = threading.Barrier(2)
    told: list[str] = []

    def enrol(database: Database, patient) -> None:
        met.wait(20)
        try:
            enrolments.enrol(database, patient.id, group.id, make.TODAY)
            told.append("placed")
        except Refused as full:
            told.append(str(full))

    threads = [
        threading.Thread(target=enrol, args=pair)
        for pair in zip((ours, theirs), known, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told.count("placed") == 1
    assert [sentence for sentence in told if "H26 A" in sentence]
    assert len(enrolments.names(ours, group.id)) == 1
