"""A term of one centre out of a cluster's twenty years, against the same rows by raw SQL.

The raw side asks the database the very same questions, and leaves the answers as they come. The
goal is for the whole size; at a tenth of it there is next to nothing to read.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Engine, event

from painprogram.domain.terms import Period, Reach
from painprogram.storage.database import Database
from painprogram.usecases import centres, terms
from tests.benchmarks import cluster
from tests.benchmarks.runner import Result, compare, timed

_MOST = 3
Asked = list[tuple[str, Sequence[Any]]]


def measure() -> list[Result]:
    results = []
    for many, note in ((cluster.SESSIONS // 10, ""), (cluster.SESSIONS, " (ten times)")):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "cluster.ppdb"
            with closing(cluster.build(file, sessions_wanted=many)) as database:
                for reach in Reach:
                    name = f"{reach.value} of {many:,} sessions{note} / raw SQL"
                    goal = _MOST if many == cluster.SESSIONS else None
                    results.append(_read(database, file, reach, name, goal))
    return results


def _read(database: Database, file: Path, reach: Reach, name: str, goal: float | None) -> Result:
    where = centres.centres(database)[0].id
    period = Period(reach, date.today().year)  # noqa: DTZ011 -- the sessions lie around today
    with _heard() as asked:
        found = terms.term(database, where, period.first, period.last)
    with closing(sqlite.connect(str(file))) as raw:

        def bare() -> None:
            for statement, values in asked:
                raw.execute(statement, values).fetchall()

        return compare(
            f"{name}, {len(found.sessions)} of them in {len(asked)} questions",
            timed(lambda: terms.term(database, where, period.first, period.last)),
            timed(bare),
            rounds=15,
            most=goal,
        )


@contextmanager
def _heard() -> Iterator[Asked]:
    """Every question that is asked meanwhile, as the driver gets it."""
    asked: Asked = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, tuple(_bare(value) for value in values)))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def _bare(value: Any) -> Any:
    return str(value) if isinstance(value, (date, datetime)) else value
