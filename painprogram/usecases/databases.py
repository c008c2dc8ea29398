"""What there is to know about the open database itself."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, PatientRow


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """*place* is a file, or the server without account and password; *size* in bytes."""

    name: str
    place: str
    shared: bool
    size: int
    patients: int


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a shared database answers: its name, and how many centres are in it."""

    name: str
    centres: int


def greet(url: str) -> Greeting:
    """Try whether the database at *url* can be opened; refused with a sentence where it can't."""
    database = Database.open(url, create=False)
    try:
        with database.read() as db:
            return Greeting(database.name, db.scalar(select(func.count(CentreRow.id))) or 0)
    finally:
        database.close()


def facts(database: Database) -> DatabaseFacts:
    """Where the database lies, how large it is, and how many patients there are in it."""
    with database.read_patients(_("Count patients")) as db:
        patients = db.scalar(select(func.count(PatientRow.id))) or 0
        if database.file is None:
            size = db.scalar(select(func.pg_database_size(func.current_database()))) or 0
            return DatabaseFacts(database.name, _server(database.url), True, size, patients)
    parts = (database.file, database.file.with_name(f"{database.file.name}-wal"))
    size = sum(part.stat().st_size for part in parts if part.exists())
    place = str(database.file.absolute())
    return DatabaseFacts(database.name, place, False, size, patients)


def _server(url: str) -> str:
    """``server:port/database`` of an address, and nothing that lets anybody in."""
    parsed = urlsplit(url)
    host = parsed.hostname or parse_qs(parsed.query).get("host", [""])[0]
    port = f":{parsed.port}" if parsed.port else ""
    return f"{host}{port}{parsed.path}"
