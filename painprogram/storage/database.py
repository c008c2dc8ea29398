"""One open database, and the frame around every reading and every change."""

import json
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import Connection, Engine, event, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm.exc import StaleDataError

from painprogram.domain.actors import Actor
from painprogram.i18n import _
from painprogram.storage import access, door, faults, guards, journals
from painprogram.storage.changes import (
    Change,
    Overtaken,
    RowChange,
    RowChanges,
    Values,
    as_json,
    changed_by_another,
    record,
    replay,
)
from painprogram.storage.engines import BUSY_SECONDS, WRITES, engine_for, file_of
from painprogram.storage.opening import check_file, prepare, quick_check
from painprogram.storage.tables import Row, journal
from painprogram.storage.watch import CHANNEL, Watch, newest

Listener = Callable[[frozenset[str]], None]
_NOTE = insert(journal)
_NOTIFY = text("select pg_notify(:channel, :payload)")


class _Recorded(Db):
    """A transaction that notes what it does to each row."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.rows: RowChanges = {}
        self.entry: int | None = None
        """The number of its line in the journal."""
        self.label = ""
        self.undoes: int | None = None


def add_many(db: Db, table: type[Row], found: Sequence[Values]) -> None:
    """Add rows by the thousand within a change; each says every column but its version.

    Noted like any other, but no object is made of them: those would take most of the time.
    """
    if not isinstance(db, _Recorded):
        raise RuntimeError("a row was added outside database.change")  # noqa: TRY004 -- a bug
    db.flush()
    if found:
        rows = [{**each, "version": 1} for each in found]
        db.connection().execute(insert(Row.metadata.tables[table.__tablename__]), rows)
    for each in found:
        db.rows[table, each["id"]] = RowChange(table, each["id"], None, each)


@contextmanager
def _saving() -> Iterator[None]:
    """A connection that breaks just here leaves open whether the change was kept."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise faults.lost_while_saving() from error
        raise


event.listen(_Recorded, "after_flush", lambda db, _context: record(db, db.rows))


class Database:
    """One open database: the centre's own file, or the shared server.

    Safe to use from several threads. Listeners are called on the thread that changed something,
    or on the one that watches for other programs' changes.
    """

    def __init__(self, url: str, actor: Actor, *, create: bool, patience: float) -> None:
        self.url = url
        self.actor = actor
        self.file = file_of(url)
        if self.file is not None:
            check_file(self.file, create=create)
        self._engine = engine_for(url, patience)
        door.guard(self._engine)
        self._to_read = self._engine.execution_options(
            **(
                {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
                if self._engine.name == "postgresql"
                else {}
            )
        )
        self._to_write = self._engine.execution_options(**{WRITES: True})
        self.name = self.file.name if self.file else str(self._engine.url.database)
        try:
            prepare(self._engine, self.name, create=create)
            with self._faults(), self._engine.connect() as connection:
                self._opened_at = newest(connection)
        except BaseException:
            self._engine.dispose()
            raise
        self._identity = uuid.uuid4().hex
        self._undo: list[Change] = []
        self._redo: list[Change] = []
        self._stacks = threading.Lock()
        self._thread = threading.local()
        self._listeners: list[Listener] = []
        self._watch: Watch | None = None

    @classmethod
    def open(
        cls,
        url: str,
        *,
        actor: Actor | None = None,
        create: bool = True,
        patience: float = BUSY_SECONDS,
    ) -> Self:
        """Open the file or server at *url*, bringing its schema up to date.

        Refused, with a sentence and nothing changed, for what is no database of ours, is newer,
        can't be written, is locked or can't be reached; with *create* False also for what is not
        there. Whatever others have locked is waited for during *patience* seconds.
        """
        return cls(url, actor or Actor(""), create=create, patience=patience)

    # Reading

    @contextmanager
    def read(self) -> Iterator[Db]:
        """A consistent look at everything but patient data."""
        with self._looking() as db:
            yield db

    @contextmanager
    def read_patients(self, action: str) -> Iterator[Db]:
        """A consistent look that may see patient data; *action* is what the log says was done.

        The entry is written before the values leave the use case: no log, no data.
        """
        with self._looking() as db:
            opened = door.open_door(db)
            yield db
        opened.close()
        if opened.seen:
            with self._writing() as db:
                access.log(db, self.actor, action, opened.seen)

    @contextmanager
    def _looking(self) -> Iterator[Db]:
        with self._faults(), Db(self._to_read) as db:
            yield db
            if db.new or db.dirty or db.deleted:
                raise RuntimeError("a row was changed outside database.change")

    # Changing

    @contextmanager
    def change(self, label: str, *, undoable: bool = True) -> Iterator[Db]:
        """One transaction: all of it, or nothing; recorded for the journal and for undo.

        *label* is in the user's words. With *undoable* False it can't be taken back (a printout
        has left the printer), but stands in the journal like everything.
        """
        with self._recorded(label, undoable=undoable) as db:
            yield db
        if db.rows and undoable:
            with self._stacks:
                self._undo.append(Change.undoable(label, db.rows.values(), db.entry))
                self._redo.clear()
        self._announce(db.rows)

    def undo(self) -> str | None:
        """Take back the last change of this program; the label, or None when there is none.

        Conflict where somebody has touched the same rows since; that step is then forgotten, or
        those before it could never be reached.
        """
        return self._replay(self._undo, self._redo, _("Undo: {label}"))

    def redo(self) -> str | None:
        return self._replay(self._redo, self._undo, _("Redo: {label}"))

    def undo_recorded(self) -> str | None:
        """Take back what this actor did last, also in a program that has ended; its label.

        As :meth:`undo`, but by the journal. None where nothing is left to take back.
        """
        with self._recorded() as db:
            found = journals.newest_done(db, self.actor.name)
            if found is not None:
                db.undoes = found.entry
                db.label = _("Undo: {label}").format(label=found.label)
                access.saw(db, access.touched({(row.table, row.id): row for row in found.rows}))
                replay(db, found.reversed())
        with self._stacks:  # it may have been this program's own
            self._undo = [one for one in self._undo if found is None or one.entry != found.entry]
        self._announce(db.rows)
        return found.label if found else None

    @property
    def undo_label(self) -> str | None:
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        return self._redo[-1].label if self._redo else None

    def forget_undo(self) -> None:
        """What was done so far is where undo ends (after the example is built)."""
        with self._stacks:
            self._undo.clear()
            self._redo.clear()

    # Others

    def listen(self, listener: Listener, *, to_others: bool = True) -> None:
        """Call *listener* with the names of the tables after each change, ours and others'."""
        self._listeners.append(listener)
        if to_others and self._watch is None:
            self._watch = Watch(self._engine, self._identity, self._opened_at, self._tell)
            self._watch.start()

    def faults(self) -> list[str]:
        """What the engine finds broken in the file; empty when nothing is."""
        with self._faults():
            return quick_check(self._engine)

    def raw(self) -> AbstractContextManager[Connection]:
        """A bare connection, for copies, benchmarks and the tests of this layer."""
        return self._engine.connect().execution_options(**door.held_open())

    def close(self) -> None:
        self._listeners.clear()
        if self._watch:
            self._watch.stop()
        self._engine.dispose()

    # Inside

    @contextmanager
    def _writing(self) -> Iterator[_Recorded]:
        if getattr(self._thread, "writes", False):  # it would wait for itself
            raise RuntimeError("a change was begun inside another")
        self._thread.writes = True
        try:
            with self._faults(), _Recorded(self._to_write) as db:
                yield db
                db.flush()
                with _saving():
                    db.commit()
        finally:
            self._thread.writes = False

    @contextmanager
    def _recorded(
        self, label: str = "", *, undoable: bool = True, undoes: int | None = None
    ) -> Iterator[_Recorded]:
        with self._writing() as db:
            db.label, db.undoes = label, undoes
            opened = door.open_door(db)
            yield db
            db.flush()
            if db.rows:
                guards.check(db, db.rows)
                self._write_journal(db, undoable=undoable)
            opened.seen |= access.touched(db.rows)
            opened.close()
            access.log(db, self.actor, db.label, opened.seen)

    def _write_journal(self, db: _Recorded, *, undoable: bool) -> None:
        tables = sorted({table.__tablename__ for table, _id in db.rows})
        noted: Any = db.execute(
            _NOTE,
            {
                "at": datetime.now(UTC).replace(tzinfo=None),
                "program": self._identity,
                "who": self.actor.name,
                "centre_id": self.actor.centre_id,
                "label": db.label,
                "tables": tables,
                "changes": as_json(db.rows.values()),
                "undoable": undoable,
                "undoes": db.undoes,
            },
        )
        db.entry = noted.inserted_primary_key[0]
        if self._engine.name == "postgresql":
            payload = json.dumps({"by": self._identity, "tables": tables})
            db.execute(_NOTIFY, {"channel": CHANNEL, "payload": payload})

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Every engine error that is no bug becomes a sentence."""
        try:
            yield
        except StaleDataError as error:
            raise changed_by_another() from error
        except DBAPIError as error:
            refusal = faults.as_refusal(error)
            if refusal is None:
                raise
            raise refusal from error

    def _announce(self, rows: RowChanges) -> None:
        """Last of all, so that whoever listens finds everything in place."""
        if rows:
            self._tell(frozenset(table.__tablename__ for table, _id in rows))

    def _tell(self, tables: frozenset[str]) -> None:
        for listener in list(self._listeners):
            listener(tables)

    def _replay(self, source: list[Change], target: list[Change], wording: str) -> str | None:
        with self._stacks:
            if not source:
                return None
            change = source[-1].reversed()
            try:
                with self._recorded(wording.format(label=change.label), undoes=change.entry) as db:
                    replay(db, change)
            except Overtaken:
                source.pop()
                raise
            source.pop()
            target.append(replace(change, entry=db.entry))
        self._announce(db.rows)
        return change.label
