"""Opening a database: is it ours, can it be written, is its schema today's? Then migrate."""

import os
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage import faults
from painprogram.storage.copying import APPLICATION, copied, folder_of
from painprogram.storage.door import held_open
from painprogram.storage.engines import WRITES, on_local_disk

HEAD = "0002"
"""The newest schema; a test compares it with the migrations."""
_SQLITE_MAGIC = b"SQLite format 3\0"
_PAGE_SIZE_AT, _APPLICATION_AT, _HEAD_SIZE = 16, 68, 100
_LARGEST_PAGE = 65536
"""Bytes; written as 1 in a file's head, where there is no room for it."""
_MIGRATIONS = Path(__file__).parent / "migrations"


def check_file(file: Path, *, create: bool) -> None:
    """Refuse what can't be opened, before anything touches it."""
    try:
        there, folder, proper = file.exists(), file.is_dir(), file.is_file()
    except OSError as error:  # too long, or with signs no name may have
        raise _no_file(file) from error
    if "\0" in str(file):
        raise _no_file(file)
    if folder:
        raise Refused(_("{file} is a folder, not a database.").format(file=file))
    if not there:
        if not create:
            raise Refused(_("There is no database at {file}.").format(file=file))
        _check_folder(file.absolute().parent)
        return
    if not proper:
        raise _no_file(file)
    _check_head(file)
    try:
        with file.open("r+b"):
            pass
    except OSError as error:
        raise Refused(
            _("{file} can't be written to. Ask for the right to change it, or copy it.").format(
                file=file
            )
        ) from error
    _check_folder(file.absolute().parent)


def _check_head(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD_SIZE)
            size = opened.seek(0, os.SEEK_END)
    except OSError as error:
        raise Refused(_("{file} can't be read.").format(file=file)) from error
    if head and not head.startswith(_SQLITE_MAGIC):
        raise Refused(
            _("{file} is no database of this program. Nothing was changed.").format(file=file)
        )
    mark = int.from_bytes(head[_APPLICATION_AT : _APPLICATION_AT + 4])
    if head and mark != APPLICATION:
        raise _of_another_program(str(file))
    if head and not _is_whole(file, head, size):
        raise _damaged(str(file))


def _is_whole(file: Path, head: bytes, size: int) -> bool:
    """Whether no page was cut off; SQLite takes less than one for a new database.

    Where a crash left something to finish, SQLite does that as it opens the file.
    """
    page = int.from_bytes(head[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2])
    page = page if page > 1 else _LARGEST_PAGE
    unfinished = any(file.with_name(f"{file.name}{end}").exists() for end in ("-wal", "-journal"))
    return size >= page and (size % page == 0 or unfinished)


def _check_folder(folder: Path) -> None:
    """The database keeps files of its own beside it; trying leaves nothing behind."""
    if not folder.is_dir():
        raise Refused(_("The folder {folder} does not exist.").format(folder=folder))
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Refused(
            _("The folder {folder} can't be written to. Choose another.").format(folder=folder)
        ) from error


def prepare(engine: Engine, name: str, *, create: bool) -> None:
    """See that the schema is today's; make or upgrade it where needed."""
    try:
        with engine.connect() as connection:
            found = revision(connection, name)
        if found is None and not create:
            raise Refused(
                _("{file} is no database of this program. Nothing was changed.").format(file=name)
            )
        if found is not None and found != HEAD and engine.name == "sqlite":
            _copy_first(engine, found)
        if found != HEAD:
            _upgrade(engine)
        if engine.name == "sqlite":
            _choose_journal(engine)
    except DBAPIError as error:
        refusal = _of_file(error, name) if engine.name == "sqlite" else _of_server(error, name)
        if refusal is None:
            raise
        raise refusal from error


def revision(connection: Connection, name: str) -> str | None:
    """The schema's revision; None for an empty database. Refused where we can't work with it."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables or "journal" not in tables:
        raise _of_another_program(name)
    found = connection.scalar(text("select version_num from alembic_version"))
    if found is None:
        raise _damaged(name)
    if str(found) > HEAD:
        raise Refused(
            _(
                "{file} was made by a newer version of this program. Update the program; "
                "nothing was changed."
            ).format(file=name)
        )
    return str(found)


def _copy_first(engine: Engine, schema: str) -> None:
    """A copy of the file as it was, beside it; refused, and nothing changed, where none is made.

    A server is copied where it runs, by those who look after it.
    """
    folder = folder_of(Path(str(engine.url.database)))
    try:
        with engine.connect().execution_options(**held_open()) as source:
            now = datetime.now()  # noqa: DTZ005 -- names are for people who look into the folder
            copied(source, folder, now, schema)
    except OSError as error:
        raise Refused(
            _(
                "The database must be upgraded for this version of the program, and can't be "
                "copied to {folder} first: {reason}. Nothing was changed."
            ).format(folder=folder, reason=(error.strerror or "").lower())
        ) from error


def _upgrade(engine: Engine) -> None:
    """All the steps to today's schema in one transaction: a failure leaves what was there."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    options = {WRITES: True} | held_open()
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.name == "postgresql":  # two programs may open a new database at once
            connection.execute(text("select pg_advisory_xact_lock(7204511)"))
        else:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _choose_journal(engine: Engine) -> None:
    """WAL lets others read while one writes; network drives lack what it needs. The file keeps it.

    Where another program is busy with the file it stays as it is: safe too, only slower.
    """
    wanted = "wal" if on_local_disk(Path(str(engine.url.database))) else "delete"
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
            with suppress(engine.dialect.loaded_dbapi.OperationalError):
                cursor.execute(f"PRAGMA journal_mode = {wanted}")
        cursor.close()


def quick_check(engine: Engine) -> list[str]:
    """What the engine itself finds broken in the file; empty when nothing is."""
    if engine.name != "sqlite":
        return []
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA integrity_check")
        found = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        found += [f"{row[0]}: {row[2]}" for row in cursor.fetchall()]
        cursor.close()
    return found


# In words


def _no_file(file: Path) -> Refused:
    return Refused(_("{file} is not the name of a file.").format(file=str(file).replace("\0", "")))


def _of_another_program(name: str) -> Refused:
    return Refused(
        _("{file} is a database of another program. Nothing was changed.").format(file=name)
    )


def _damaged(name: str) -> Refused:
    return Refused(
        _("{file} is damaged. Nothing was changed; open the newest copy of it instead.").format(
            file=name
        )
    )


def _of_file(error: DBAPIError, name: str) -> Refused | None:
    """The sentence for what SQLite says while the file is opened."""
    kind = str(getattr(error.orig, "sqlite_errorname", ""))
    if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return Refused(
            _("{file} is locked by another program. Close that program, or try again.").format(
                file=name
            )
        )
    if kind.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
        return _damaged(name)
    return faults.as_refusal(error)


def _of_server(error: DBAPIError, name: str) -> Refused | None:
    """The sentence for a server that can't be reached, or does not let us in.

    A refused connection comes without a code, so its words are looked at; where they are in a
    language we do not know, the sentence names everything that may be wrong.
    """
    if getattr(error.orig, "sqlstate", None) == "42501":
        return _no_rights(name)
    if not isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", None):
        return faults.as_refusal(error)
    said = str(error.orig).lower()
    if "password" in said or "role" in said or "authentication" in said:
        return Refused(
            _("The server did not accept the account or the password. Check both, and try again.")
        )
    if "permission denied" in said:
        return _no_rights(name)
    if "does not exist" in said:
        return Refused(
            _("There is no database {name} on the server. Check the address.").format(name=name)
        )
    if "fatal" in said:
        return Refused(
            _(
                "The server did not let us in to {name}. Check account, password and address, "
                "or try again later."
            ).format(name=name)
        )
    return Refused(
        _("The shared database {name} can't be reached. Check the address and the network.").format(
            name=name
        )
    )


def _no_rights(name: str) -> Refused:
    return Refused(
        _(
            "Your account may not use the shared database {name}. "
            "Ask whoever looks after the server for the right."
        ).format(name=name)
    )
