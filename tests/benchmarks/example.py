"""The example database, built through the use cases, against its rows written bare.

Bare: each transaction's rows inserted by the driver, with the same safety on disk, and nothing
read, checked, journalled or kept for undo.
"""

import json
import tempfile
import time
from datetime import date
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import select

from painprogram.storage.database import Database
from painprogram.storage.tables import journal
from painprogram.usecases import example
from tests.benchmarks.runner import Result, compare

DAY = date(2026, 11, 22)


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        made = iter(range(1000))
        entries: list[list[str]] = []

        def through_the_use_cases() -> float:
            database = Database.open(str(Path(folder) / f"{next(made)}.ppdb"))
            start = time.perf_counter()
            example.build(database, DAY)
            seconds = time.perf_counter() - start
            if not entries:
                with database.raw() as connection:
                    entries.extend(
                        [json.dumps(row) for row in rows]
                        for rows in connection.scalars(select(journal.c.changes))
                    )
            database.close()
            return seconds

        def bare() -> float:
            connection = sqlite.connect(
                str(Path(folder) / f"{next(made)}.bare"), isolation_level=None
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("CREATE TABLE row (content TEXT)")
            start = time.perf_counter()
            for rows in entries:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT INTO row VALUES (?)", [(row,) for row in rows])
                connection.execute("COMMIT")
            seconds = time.perf_counter() - start
            connection.close()
            return seconds

        return [compare("example database / its rows bare", through_the_use_cases, bare, rounds=3)]
