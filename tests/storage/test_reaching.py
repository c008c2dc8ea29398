"""A server that can't be reached, or does not let us in, gets one sentence."""

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from painprogram.storage.database import Database
from tests.storage.refusals import refused


@pytest.mark.parametrize(
    "address",
    [
        "mysql://a:secret@b/c",
        "http://a:secret@b",
        "http://a:b@secret@c",
        "postgresql//:",
        "postgresql://a:b:c/d",
    ],
)
def test_that_an_address_of_nothing_we_know_is_told_of(tmp_path: Path, address: str) -> None:
    sentence = refused(tmp_path / address if "://" not in address else address)

    assert "is no address" in sentence or "does not exist" in sentence


def test_that_a_server_that_is_not_there_is_told_of() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    sentence = refused(f"postgresql://anna:secret@127.0.0.1:{port}/pain")

    assert sentence == (
        "The shared database pain can't be reached. Check the address and the network."
    )


def test_that_a_server_that_is_silent_is_not_waited_for_long() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]

        assert "can't be reached" in refused(f"postgresql://anna:secret@127.0.0.1:{port}/pain")


ANSWERS = {
    'password authentication failed for user "anna"': "did not accept the account or the password",
    'lösenordsautentisering misslyckades för användare "anna"': "The server did not let us in",
    "sorry, too many clients already": "The server did not let us in to pain",
}


@pytest.mark.parametrize(("said", "sentence"), ANSWERS.items())
def test_that_a_server_that_does_not_let_us_in_is_told_of(said: str, sentence: str) -> None:
    with answering(said) as port:
        assert sentence in refused(f"postgresql://anna:secret@127.0.0.1:{port}/pain")


@contextlib.contextmanager
def answering(said: str) -> Iterator[int]:
    """Speaks as much of PostgreSQL's protocol as it takes to refuse everybody."""
    fields = b"".join([b"SFATAL\0", b"C28P01\0", b"M" + said.encode() + b"\0", b"\0"])

    def answer() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = server.accept()
                with client:
                    while (size := client.recv(4)) and struct.unpack("!i", size)[0] == 8:
                        client.recv(4)
                        client.sendall(b"N")  # no encryption here: begin
                    client.recv(4096)
                    client.sendall(b"E" + struct.pack("!i", 4 + len(fields)) + fields)

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_that_a_database_the_server_does_not_have_is_told_of(server_url: str) -> None:
    assert refused(server_url.rpartition("/")[0] + "/nowhere") == (
        "There is no database nowhere on the server. Check the address."
    )
    sentence = refused(server_url.replace("painprogram@", "somebody:secret@"))
    assert "did not accept the account or the password" in sentence


@pytest.fixture
def stranger(server_url: str) -> Iterator[str]:
    """The address of the database for somebody who has no right in it."""
    name = f"stranger_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE ROLE {name} LOGIN")
        yield server_url.replace("painprogram@", f"{name}:secret@")
        server.execute(f"DROP ROLE {name}")


def test_that_a_database_without_rights_is_told_of(server_url: str, stranger: str) -> None:
    told = "Your account may not use the shared database"
    assert told in refused(stranger)  # nothing may be read

    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"REVOKE CONNECT ON DATABASE {server_url.rpartition('/')[2]} FROM PUBLIC")
    assert told in refused(stranger)  # nobody is let in


def test_that_an_empty_database_without_the_right_to_make_tables_is_told_of(
    server_url: str, stranger: str
) -> None:
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")
        server.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")

    assert "Your account may not use the shared database" in refused(stranger)


def test_that_a_shared_database_of_another_program_is_left_alone(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")
        server.execute("CREATE TABLE alembic_version (version_num text)")

        assert "a database of another program" in refused(server_url)
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == [("alembic_version",)]


def test_that_a_newer_shared_database_is_left_alone(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("UPDATE alembic_version SET version_num = '9999'")

        assert "was made by a newer version" in refused(server_url)


def test_that_an_empty_shared_database_is_made_only_where_it_is_asked_for(
    server_url: str,
) -> None:
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")

    assert "no database of this program" in refused(server_url, create=False)
    Database.open(server_url).close()
