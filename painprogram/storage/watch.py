"""Hears of other programs' changes: LISTEN/NOTIFY on PostgreSQL, ``data_version`` on SQLite."""

import json
import logging
import threading
from collections.abc import Callable

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError

from painprogram.storage.tables import Row, journal

CHANNEL = "painprogram"
LOOK_SECONDS = 0.7
"""Between two looks at the file."""
LISTEN_SECONDS = 0.3
"""The longest wait for a listening thread to see that it is to stop."""
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.1, 5.0

log = logging.getLogger(__name__)


def newest(connection: Connection) -> int:
    """The number of the journal's newest entry."""
    return connection.scalar(select(func.max(journal.c.seq))) or 0


class Watch(threading.Thread):
    """Calls *tell* with the tables that another program changed after *since*, until stopped.

    A lost connection is tried again for as long as the program runs; whatever may have been
    missed meanwhile is told as a change of everything.
    """

    def __init__(
        self, engine: Engine, identity: str, since: int, tell: Callable[[frozenset[str]], None]
    ) -> None:
        super().__init__(name="watch", daemon=True)
        self._engine = engine
        self._identity = identity
        self._last = since
        self._tell = tell
        self._stopped = threading.Event()
        self._retry = FIRST_RETRY_SECONDS

    def stop(self) -> None:
        """Returns soon, even where a server does not answer."""
        self._stopped.set()
        if threading.current_thread() is not self:
            self.join(3 * LISTEN_SECONDS)

    def run(self) -> None:
        look = self._look_at_file if self._engine.name == "sqlite" else self._listen
        missed = False
        while not self._stopped.is_set():
            try:
                with self._engine.connect() as connection:
                    look(connection, missed=missed)
            except (DBAPIError, self._engine.dialect.loaded_dbapi.Error, OSError):
                if not self._stopped.is_set():
                    log.warning("lost touch with the database; trying again")
                missed = True
                self._stopped.wait(self._retry)
                self._retry = min(2 * self._retry, LONGEST_RETRY_SECONDS)

    def _look_at_file(self, connection: Connection, *, missed: bool) -> None:
        """``data_version`` changes when any other connection has written."""
        seen = -1
        if missed:
            self._tell_all()
        while not self._stopped.is_set():
            version = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
            connection.rollback()  # or the next look would see this same state
            if version != seen:
                self._tell_news(connection)
                seen = version
            self._stopped.wait(LOOK_SECONDS)

    def _listen(self, connection: Connection, *, missed: bool) -> None:
        listening = connection.execution_options(isolation_level="AUTOCOMMIT")
        driver = listening.connection.driver_connection
        try:
            listening.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._tell_news(listening)
            if missed:
                self._tell_all()
            while driver is not None and not self._stopped.is_set():
                for note in driver.notifies(timeout=LISTEN_SECONDS):
                    news = json.loads(note.payload)
                    if news["by"] != self._identity:
                        self._tell(frozenset(news["tables"]))
        finally:
            listening.invalidate()  # its LISTEN must not go back to the pool

    def _tell_news(self, connection: Connection) -> None:
        """The tables that others changed after the last entry we know of."""
        found = connection.execute(
            select(journal.c.seq, journal.c.program, journal.c.tables)
            .where(journal.c.seq > self._last)
            .order_by(journal.c.seq)
        ).all()
        connection.rollback()
        self._retry = FIRST_RETRY_SECONDS
        self._last = found[-1].seq if found else self._last
        tables = frozenset(
            name for row in found if row.program != self._identity for name in row.tables
        )
        if tables:
            self._tell(tables)

    def _tell_all(self) -> None:
        self._tell(frozenset(table.name for table in Row.metadata.sorted_tables))
