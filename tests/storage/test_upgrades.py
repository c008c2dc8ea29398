"""A small database of every past schema comes up to today's with nothing lost, or stays as it was.

``tests/data/schemas/NNNN.json`` holds the rows that the program of that schema wrote itself.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from painprogram.domain.errors import Refused
from painprogram.storage import backup, copying, opening
from painprogram.storage.copying import APPLICATION
from painprogram.storage.database import Database
from painprogram.storage.door import held_open
from painprogram.storage.engines import WRITES, engine_for
from painprogram.storage.tables import Row
from painprogram.usecases import checks, history, rooms, sessions
from tests import make

DATA = Path(__file__).parents[1] / "data" / "schemas"
FOLDER = Path(opening.__file__).parent / "migrations"
SCHEMAS = tuple(sorted(path.stem for path in DATA.glob("*.json")))


@contextmanager
def engine_at(url: str) -> Iterator[sa.Engine]:
    engine = engine_for(url)
    try:
        yield engine
    finally:
        engine.dispose()


def old(url: str, schema: str) -> dict[str, list[dict[str, Any]]]:
    """Make the database as it was at *schema*; its rows by table, as today's types have them."""
    noted = json.loads((DATA / f"{schema}.json").read_text("utf-8"))
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    rows = {}
    options = {WRITES: True} | held_open()
    with (
        engine_at(url) as engine,
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        if engine.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
        for table in Row.metadata.sorted_tables:
            if table.name in noted:
                rows[table.name] = written(connection, table, noted[table.name])
        if engine.name == "postgresql":
            last = max(row["seq"] for row in rows["journal"])
            connection.execute(sa.text(f"select setval('journal_seq_seq', {last})"))
    return rows


def written(connection: sa.Connection, table: sa.Table, noted: Any) -> list[dict[str, Any]]:
    columns = noted["columns"]
    as_it_was = sa.table(table.name, *(sa.column(name, table.c[name].type) for name in columns))
    rows = [
        {name: typed(table.c[name], raw) for name, raw in zip(columns, row, strict=True)}
        for row in noted["rows"]
    ]
    if rows:
        connection.execute(sa.insert(as_it_was), rows)
    return rows


def typed(column: sa.Column[Any], raw: Any) -> Any:
    if raw is None:
        return None
    if isinstance(column.type, sa.JSON):
        return json.loads(raw)
    kind = column.type.python_type
    if kind is UUID:
        return UUID(raw)
    if kind in (datetime, date, time):
        return kind.fromisoformat(raw)
    return kind(raw)


def rows_of(connection: sa.Connection, tables: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What stands today in the columns that were there before."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, before in tables.items():
        if not before:
            found[name] = []
            continue
        table = Row.metadata.tables[name]
        asked = sa.select(*(table.c[column] for column in before[0]))
        found[name] = [dict(row._mapping) for row in connection.execute(asked)]
    return found


def in_order(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    return {name: sorted(str(row) for row in rows) for name, rows in tables.items()}


def test_that_every_schema_before_todays_is_kept_as_an_example() -> None:
    every = sorted(path.name[:4] for path in (FOLDER / "versions").glob("0*.py"))

    assert [*SCHEMAS, opening.HEAD] == every


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_nothing_is_lost_when_it_comes_up_to_todays_schema(new_url: str, schema: str) -> None:
    before = old(new_url, schema)

    with closing(Database.open(new_url, create=False)) as database:
        with database.raw() as connection:
            assert in_order(rows_of(connection, before)) == in_order(before)
        assert database.faults() == []
        assert [found for found in checks.check(database, make.TODAY) if found.broken] == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_an_upgraded_database_works_on(new_url: str, schema: str) -> None:
    old(new_url, schema)

    with closing(Database.open(new_url, create=False)) as database:
        where = rooms.rooms(database)[0].centre_id
        rooms.add(database, where, "Nya rummet", 4)
        week = sessions.week(database, where, make.MONDAY)

        assert history.undo_recorded(database) == "Add room Nya rummet"
        assert history.undo_recorded(database) is None
        assert week.sessions


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_a_copy_of_the_old_file_is_made_first(tmp_path: Path, schema: str) -> None:
    file = tmp_path / "Centre.ppdb"
    before = old(str(file), schema)

    Database.open(str(file), create=False).close()

    [(_made, copy)] = backup.copies(copying.folder_of(file))
    with engine_at(str(copy)) as engine, engine.connect() as connection:
        assert connection.scalar(sa.text("select version_num from alembic_version")) == schema
        assert connection.scalar(sa.text("select count(*) from session")) == len(before["session"])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_without_a_copy_nothing_is_changed(tmp_path: Path, schema: str) -> None:
    file = tmp_path / "Centre.ppdb"
    old(str(file), schema)
    copying.folder_of(file).write_text("in the way")
    content = file.read_bytes()

    with pytest.raises(Refused, match="copied"):
        Database.open(str(file), create=False)

    assert file.read_bytes() == content


@pytest.mark.parametrize("schema", SCHEMAS)
def test_that_an_upgrade_that_fails_leaves_what_was_there(
    new_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: str
) -> None:
    before = old(new_url, schema)
    broken = tmp_path / "migrations"
    (broken / "versions").mkdir(parents=True)
    for path in FOLDER.glob("**/*.py"):
        text = path.read_text("utf-8")
        if path.name.startswith(opening.HEAD):
            text = text.replace("\n\n\ndef _add", "\n    1 / 0\n\n\ndef _add")
            assert "1 / 0" in text
        (broken / path.relative_to(FOLDER)).write_text(text, "utf-8")
    monkeypatch.setattr(opening, "_MIGRATIONS", broken)

    with pytest.raises(ZeroDivisionError):
        Database.open(new_url, create=False)

    with engine_at(new_url) as engine, engine.connect() as connection:
        assert connection.scalar(sa.text("select version_num from alembic_version")) == schema
        assert "absence" not in sa.inspect(connection).get_table_names()
        many = connection.scalar(sa.text("select count(*) from session"))
        assert many == len(before["session"])
    monkeypatch.undo()
    with closing(Database.open(new_url, create=False)) as database:
        assert database.faults() == []
