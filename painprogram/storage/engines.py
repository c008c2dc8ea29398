"""The two engines behind one door: the centre's own SQLite file, or the cluster's PostgreSQL."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage.tables import ready_for_postgresql

WRITES = "writes"
"""Execution option of a connection that will write: SQLite then takes its lock at once."""
BUSY_SECONDS = 5.0
_HABITS = """
PRAGMA cipher_log_level = NONE;
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA recursive_triggers = ON;
PRAGMA cell_size_check = ON;
PRAGMA trusted_schema = OFF;
"""
# recursive_triggers: REPLACE is a deletion too, and must not get round those who refuse one


def file_of(url: str) -> Path | None:
    """The database file that *url* names, or None for a server. A plain path is a file too."""
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    return None if re.match(r"[a-z][a-z0-9+]+://", url) else Path(url)


def engine_for(url: str, patience: float = BUSY_SECONDS) -> Engine:
    """An engine with our habits: real transactions, foreign keys, full safety on disk.

    What others have locked, and a server that is silent, is waited for during *patience* seconds.
    """
    file = file_of(url)
    return _server(url, patience) if file is None else _sqlite(file, patience)


def _server(url: str, patience: float) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() != "postgresql":
        raise Refused(
            _("“{url}” is no address of a shared database. It looks like {example}.").format(
                url=_without_password(url), example="postgresql://name@server/database"
            )
        )
    ready_for_postgresql()
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={
            "application_name": "painprogram",
            "connect_timeout": max(2, round(patience)),
            "options": f"-c lock_timeout={round(1000 * patience)}",
            # a server that is gone without a word is noticed
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        },
    )


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:@/]*):.*@", r"\1@", url)


def _sqlite(file: Path, patience: float) -> Engine:
    import sqlcipher3.dbapi2

    engine = create_engine(
        URL.create("sqlite", database=str(file)),  # a file's name may hold what a URL may not
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        connect_args={"timeout": patience, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _habits(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        connection.executescript(_HABITS).close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def on_local_disk(file: Path) -> bool:
    """WAL needs shared memory, which network drives do not have."""
    resolved = str(file.resolve())
    if resolved.startswith("\\\\"):
        return False
    try:
        mounts = Path("/proc/mounts").read_text("utf-8")
    except OSError:
        return True
    lines = [line.split()[1:3] for line in mounts.splitlines()]
    under = [(len(at), kind) for at, kind in lines if resolved.startswith(at)]
    return not max(under, default=(0, ""))[1].startswith(("nfs", "cifs", "smb", "fuse.sshfs", "9p"))
