"""The journal, read again from its beginning: it must end in what the tables say."""

from typing import Any

from sqlalchemy import select

from painprogram.storage.changes import RowChange, as_json
from painprogram.storage.database import Database
from painprogram.storage.tables import Row, journal

State = dict[tuple[str, str], dict[str, Any]]


def replayed(database: Database) -> State:
    """Every row as the entries of the journal leave it, from nothing on."""
    state: State = {}
    with database.raw() as connection:
        entries = connection.scalars(select(journal.c.changes).order_by(journal.c.seq)).all()
    for entry in entries:
        for table, key, before, after in entry:
            assert state.pop((table, key), None) == before, f"{table} {key}: a change is missing"
            if after is not None:
                state[table, key] = after
    return state


def stored(database: Database) -> State:
    """Every row as it is."""
    state: State = {}
    with database.raw() as connection:
        for mapper in Row.registry.mappers:
            for found in connection.execute(select(mapper.local_table)).mappings():
                values = {key: value for key, value in found.items() if key != "version"}
                [[table, key, _before, after]] = as_json(
                    [RowChange(mapper.class_, values["id"], None, values)]
                )
                state[table, key] = after
    return state


def entries(database: Database) -> list[Any]:
    with database.raw() as connection:
        return list(connection.execute(select(journal).order_by(journal.c.seq)))
