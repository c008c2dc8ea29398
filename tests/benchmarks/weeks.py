"""The week of one centre out of a cluster's twenty years, against the same rows by raw SQL."""

import tempfile
from collections import Counter
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import select

from painprogram.domain.planning import monday
from painprogram.storage.database import Database
from painprogram.storage.tables import SessionRow
from painprogram.usecases import centres, sessions
from tests.benchmarks import cluster
from tests.benchmarks.runner import Result, compare, timed

_RAW = """
    SELECT s.id, s.group_id, s.strand, s.module, s.number, s.start, s.minutes, s.room_id,
           s.cancelled, s.sequence, s.version, g.name, g.letter, g.maximum, r.name,
           v.id, v.content
    FROM session s
    JOIN patient_group g ON g.id = s.group_id
    JOIN programme_version v ON v.id = g.programme_version_id
    LEFT JOIN room r ON r.id = s.room_id
    WHERE s.centre_id = ? AND s.start >= ? AND s.start < ?
"""
_RAW_LEADERS = """
    SELECT l.session_id, l.profession, t.name
    FROM leader l JOIN session s ON s.id = l.session_id JOIN staff t ON t.id = l.staff_id
    WHERE s.centre_id = ? AND s.start >= ? AND s.start < ?
"""
_RAW_TAKEN = """
    SELECT e.group_id, count(*) FROM enrolment e
    WHERE e.last IS NULL AND e.group_id IN
        (SELECT group_id FROM session WHERE centre_id = ? AND start >= ? AND start < ?)
    GROUP BY e.group_id
"""


def measure() -> list[Result]:
    results = []
    for many, note in ((cluster.SESSIONS // 10, ""), (cluster.SESSIONS, " (ten times)")):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "cluster.ppdb"
            with closing(cluster.build(file, sessions_wanted=many)) as database:
                results.append(_week(database, file, f"week of {many:,} sessions{note} / raw SQL"))
    return results


def _week(database: Database, file: Path, name: str) -> Result:
    where = centres.centres(database)[0].id
    day = _fullest(database, where)
    start = datetime.combine(day, time())
    span = (where.hex, str(start), str(start + timedelta(days=7)))
    with closing(sqlite.connect(str(file))) as raw:

        def bare() -> None:
            for query in (_RAW, _RAW_LEADERS, _RAW_TAKEN):
                raw.execute(query, span).fetchall()

        return compare(
            name,
            timed(lambda: sessions.week(database, where, day)),
            timed(bare),
            rounds=15,
            most=3,
        )


def _fullest(database: Database, where: object) -> date:
    """The Monday of the week with most to show."""
    with database.read() as db:
        starts = db.scalars(select(SessionRow.start).where(SessionRow.centre_id == where))
        weeks = Counter(monday(start.date()) for start in starts)
    return weeks.most_common(1)[0][0]
