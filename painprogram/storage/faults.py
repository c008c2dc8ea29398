"""What an engine's own error means to the user, as far as it is no bug of ours."""

from sqlalchemy.exc import DBAPIError

from painprogram.domain.errors import Conflict, Refused
from painprogram.i18n import _
from painprogram.storage.changes import changed_by_another

_DISK = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_NOLFS")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def as_refusal(error: DBAPIError) -> Refused | None:
    """The sentence for *error*; None where it is a bug and must reach the crash dialog."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        if "FOREIGN KEY" in str(error.orig):  # some of them under the name of a trigger's refusal
            return changed_by_another()
        return of_file(str(name))
    return _of_server(str(getattr(error.orig, "sqlstate", None) or ""), error)


def lost_while_saving() -> Refused:
    """The connection broke after the server was told to keep the change: it may have, or not."""
    return Refused(
        _(
            "The connection to the shared database was lost while saving. "
            "Look whether the change is there before you make it again."
        )
    )


def of_file(name: str) -> Refused | None:
    """The same by the name that SQLite gives an error."""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return _in_use()
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return _read_only()
    if name.startswith("SQLITE_FULL"):
        return _full()
    if name.startswith(_DISK):
        return Refused(
            _("The disk could not be read or written. Nothing was changed; check the disk.")
        )
    if name.startswith(_DAMAGED):
        return Refused(
            _("The database is damaged. Nothing was changed; open the newest copy of it instead.")
        )
    if name == "SQLITE_CONSTRAINT_UNIQUE":
        return changed_by_another()
    return None


def _of_server(state: str, error: DBAPIError) -> Refused | None:
    """*state* is the server's five-letter code (SQLSTATE); empty where there was no answer."""
    if state == "55P03":  # a lock was not given in time
        return _in_use()
    if state in {"25006", "42501"}:  # a read-only server; no right to do it
        return _read_only()
    if state == "53100":
        return _full()
    if state in {"40001", "40P01"}:
        return Conflict(_("Two changes met. Nothing was changed; try again."))
    if state in {"23505", "23503"}:
        return changed_by_another()
    if error.connection_invalidated or state[:2] in {"08", "57", "53"} or not state:
        return Refused(_("The shared database can't be reached. Nothing was changed; try again."))
    return None


def _in_use() -> Refused:
    return Refused(_("The database is in use by another program. Nothing was changed; try again."))


def _read_only() -> Refused:
    return Refused(_("The database can't be written to. Nothing was changed."))


def _full() -> Refused:
    return Refused(_("The disk is full. Nothing was changed; make room and try again."))
