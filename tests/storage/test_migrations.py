"""The schema's history leads to what the tables say, on both engines, or nowhere."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from painprogram.storage import opening
from painprogram.storage.database import Database
from painprogram.storage.engines import engine_for
from painprogram.storage.tables import Row

FOLDER = Path(opening.__file__).parent / "migrations"


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


def test_that_the_program_knows_its_newest_schema() -> None:
    assert script().get_heads() == [opening.HEAD]


def test_that_revisions_are_ordered_by_their_names() -> None:
    """A file is newer than the program when its revision comes after the newest we know."""
    names = [revision.revision for revision in script().walk_revisions()]

    assert names == sorted(names, reverse=True)
    assert {len(name) for name in names} == {4}


def test_that_the_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.raw() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_that_a_migrated_schema_is_the_one_made_at_once(url: str, new_url: str) -> None:
    """Also in what Alembic's own comparison does not see: checks, defaults, names."""
    migrated, made = engine_for(url), engine_for(new_url)
    with closing_engine(migrated), closing_engine(made):
        with made.begin() as connection:
            Row.metadata.create_all(connection)
        with migrated.connect() as one, made.connect() as other:
            assert described(one) == described(other)


def closing_engine(engine):
    class Disposing:
        close = engine.dispose

    return closing(Disposing())


def described(connection: Connection) -> dict[str, object]:
    """Everything the engine knows of each table, in an order of its own."""
    found = inspect(connection)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in found.get_columns(table)
            },
            "key": found.get_pk_constraint(table),
            "refers": ordered(without_name(key) for key in found.get_foreign_keys(table)),
            "unique": ordered(found.get_unique_constraints(table)),
            "checks": ordered(found.get_check_constraints(table)),
            "indexes": ordered(found.get_indexes(table)),
        }
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


def without_name(key: Any) -> dict[str, object]:
    """SQLite forgets what a reference is called where it came with a column of its own."""
    return {part: value for part, value in key.items() if part != "name"}


def ordered(found: Iterable[object]) -> list[str]:
    """Each as a text, in which a condition is its SQL."""

    def told(value: object) -> object:
        if isinstance(value, dict):
            return {key: told(part) for key, part in sorted(value.items())}
        return value if isinstance(value, list) else str(value)

    return sorted(str(told(each)) for each in found)


def test_that_a_failing_migration_leaves_nothing_behind(
    new_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "migrations"
    (broken / "versions").mkdir(parents=True)
    (broken / "env.py").write_bytes((FOLDER / "env.py").read_bytes())
    first = next(FOLDER.glob("versions/0001_*.py")).read_text("utf-8")
    broken.joinpath("versions", "0001_first.py").write_text(
        first.replace("def _make_unchangeable", "    1 / 0\n\n\ndef _make_unchangeable"), "utf-8"
    )
    monkeypatch.setattr(opening, "_MIGRATIONS", broken)

    with pytest.raises(ZeroDivisionError):
        Database.open(new_url)

    engine = engine_for(new_url)
    with closing_engine(engine), engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    monkeypatch.undo()
    with closing(Database.open(new_url)) as database:
        assert database.faults() == []


def test_that_every_table_of_what_happened_refuses_a_change_by_the_engine_itself(
    database: Database,
) -> None:
    query = (
        "select name from sqlite_master where type = 'trigger'"
        if database.file
        else "select tgname from pg_trigger where not tgisinternal"
    )
    with database.raw() as connection:
        names = sorted(connection.scalars(text(query)))

    tables = (
        *("access_entry", "access_patient", "attendance", "journal", "referral_step"),
        *("roster", "session_event"),
    )
    suffixes = ("no_delete", "no_update") if database.file else ("unchangeable",)
    assert names == [f"{table}_{suffix}" for table in tables for suffix in suffixes]
