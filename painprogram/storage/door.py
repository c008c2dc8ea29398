"""The one door to patient data: what a statement reads is read off its SQL, whoever wrote it.

Rows, columns, aliases, subqueries, joined and refreshed loads and statements by hand all end as a
text that is sent to the engine, so it is there that the door stands. A transaction that was not
opened for patient data and asks for it is a bug, and stops.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Connection, Engine, Select, UpdateBase, event
from sqlalchemy.orm import Session as Db

from painprogram.storage.tables import (
    AttendanceRow,
    CommitmentReviewRow,
    CommitmentRow,
    DeviationRow,
    EnrolmentPauseRow,
    PaperPrintRow,
    PatientRow,
    PrintRow,
    ReferralRow,
    ReferralStepRow,
    Row,
    VisitRow,
    journal,
)

GUARDED: tuple[type[Row], ...] = (
    *(PatientRow, ReferralRow, ReferralStepRow, CommitmentRow, CommitmentReviewRow),
    *(DeviationRow, EnrolmentPauseRow, VisitRow, AttendanceRow),
)
"""The rows that tell of one patient."""
_PLAIN = {
    "patient": {"id", "version", "centre_id", "most_visits", "most_minutes", "most_trips"},
    "commitment": {
        "id",
        "version",
        "patient_id",
        "enrolment_id",
        "number",
        "agreed_on",
        "signed_on",
    },
    "deviation": {
        *("id", "version", "patient_id", "enrolment_id", "kind", "session_id", "to_session_id")
    },
    "visit": {
        *("id", "version", "patient_id", "enrolment_id", "centre_id", "strand", "start"),
        *("minutes", "room_id", "staff_id", "cancelled", "sequence"),
    },
    "referral": {
        *("id", "version", "patient_id", "centre_id", "programme_id", "preferred_centre_id"),
        *("received_on", "priority", "status", "status_on", "next_step", "next_on"),
        "offered_group_id",
    },
    "referral_step": {
        *("id", "version", "patient_id", "referral_id", "status", "status_on", "noted_at")
    },
    "commitment_review": {
        *("id", "version", "patient_id", "enrolment_id", "number", "kind", "reviewed_on")
    },
    "enrolment_pause": {"id", "version", "patient_id", "enrolment_id", "first", "last"},
    "attendance": {
        *("id", "version", "patient_id", "enrolment_id", "occasion_id", "state", "minutes"),
        *("noted_at", "corrects_id"),
    },
    "print": {column.name for column in PrintRow.__table__.columns} - {"content"},
    "paper_print": {column.name for column in PaperPrintRow.__table__.columns} - {"told"},
    "journal": {column.name for column in journal.c} - {"changes"},
}
"""What a schedule needs to know of them (when, where, how many) without knowing whom."""


_COLUMNS = {
    name: frozenset(Row.metadata.tables[name].columns.keys()) - plain
    for name, plain in _PLAIN.items()
}
_OPTION = "painprogram_door"
_NAMED = re.compile("|".join(_COLUMNS), re.IGNORECASE)
_TOKEN = re.compile(
    r"""
      '(?:[^']|'')*' | --[^\n]* | /\*.*?\*/ | %\(\w+\)s | ::\w+       # says nothing of a column
    | (?P<chain>(?:"[^"]+"|[a-z_]\w*)(?:\s*\.\s*(?:"[^"]+"|[a-z_]\w*|\*))*)
    | (?P<sign>\S)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_INSERTED = re.compile(r'(\s*INSERT\s+INTO\s+"?\w+"?)\s*\([^)]*\)(?=\s*VALUES)', re.IGNORECASE)
_ALL = frozenset({"select", "distinct", "all", ","})
"""What stands before a ``*`` that means every column."""
_KEYWORDS = frozenset(
    {
        *("and", "cross", "for", "from", "full", "group", "having", "inner", "join", "left"),
        *("limit", "natural", "on", "only", "or", "order", "outer", "returning", "right"),
        *("select", "set", "union", "using", "values", "where"),
    }
)
"""What may follow a table without being another name for it."""


class Door:
    """Held open by one transaction: whose data it has seen."""

    __slots__ = ("asked", "seen", "told")

    def __init__(self) -> None:
        self.seen: set[UUID] = set()
        self.asked = False
        self.told = False

    def close(self) -> None:
        """Patient data that was read, with nobody named, would leave no trace in the log."""
        if self.asked and not self.told and not self.seen:
            raise RuntimeError("patient data was read, and saw() was not told whose")


def open_door(db: Db) -> Door:
    """Let this transaction load patient data; the door fills with the patients it has seen."""
    door = Door()
    db.info[_OPTION] = door
    db.connection(execution_options={_OPTION: door})
    return door


def held_open() -> dict[str, Any]:
    """Options of a connection for the upkeep of the database, whose door is not watched."""
    return {_OPTION: Door()}


def saw(db: Db, patients: Iterable[UUID]) -> None:
    """Say which patients were read by columns alone; rows say it by themselves."""
    door: Door = db.info[_OPTION]
    door.told = True
    door.seen.update(patients)


def guard(engine: Engine) -> None:
    """Stop every statement on *engine* that asks for patient data outside the door."""
    event.listen(engine, "before_cursor_execute", _before)


def _before(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _executemany: bool,  # noqa: FBT001 -- as SQLAlchemy calls it
) -> None:
    built = getattr(context.compiled if context else None, "statement", None)
    ours = isinstance(built, Select | CompoundSelect | UpdateBase)
    found = reads(statement) if ours else names(statement)
    if found is None:
        return
    door: Door | None = connection.get_execution_options().get(_OPTION)
    if door is None:
        raise RuntimeError(f"{found} was read outside the door")
    door.asked = True


@lru_cache(maxsize=4096)
def names(statement: str) -> str | None:
    """The first guarded table that a statement written by hand names at all."""
    for chain, _before in _chains(statement):
        for name in chain:
            if name in _COLUMNS:
                return name
    return None


@lru_cache(maxsize=4096)
def reads(statement: str) -> str | None:
    """The first guarded column that a statement built by SQLAlchemy uses."""
    if not _NAMED.search(statement):
        return None
    chains = list(_chains(_INSERTED.sub(r"\1", statement)))
    tables = _tables(chains)
    if not tables:
        return None
    bare = frozenset[str]().union(*(_COLUMNS[table] for table in tables.values()))
    for chain, before in chains:
        column = chain[-1]
        if len(chain) > 1:
            table = tables.get(chain[-2])
            if table and (column in _COLUMNS[table] or column == "*"):
                return f"{table}.{column}"
        elif (before in _ALL) if column == "*" else (column in bare and before != "as"):
            return column
    return None


def _chains(statement: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each dotted name (and each ``*``), and the word before it; in lower case."""
    before = ""
    for found in _TOKEN.finditer(statement):
        if chain := found["chain"]:
            parts = tuple(part.strip().strip('"').lower() for part in chain.split("."))
            yield parts, before
            before = parts[-1]
        elif sign := found["sign"]:
            if sign == "*":
                yield ("*",), before
            before = sign


def _tables(chains: list[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    """The guarded tables of a statement, by the names that it gives them."""
    tables = {}
    for number, (chain, _before) in enumerate(chains):
        if (table := chain[-1]) not in _COLUMNS:
            continue
        tables[table] = table
        last = table
        for (name, *more), before in chains[number + 1 : number + 3]:
            if before != last or more or name in _KEYWORDS:
                break
            if name != "as":
                tables[name] = table
                break
            last = name
    return tables


def _loaded(row: Row, context: Any) -> None:
    """A row says by itself whose it is."""
    door: Door | None = context.session.info.get(_OPTION)
    if door is None:
        raise RuntimeError(f"{type(row).__name__} was read outside the door")
    door.seen.add(row.id if isinstance(row, PatientRow) else row.patient_id)  # type: ignore[attr-defined]


for _table in GUARDED:
    event.listen(_table, "load", _loaded)
