"""A thousand patient sheets out of a database, as somebody prints them: read, drawn, remembered.

Against the same marks on a bare canvas and by platypus (see ``sheets``), which read nothing: what
a batch costs beside its drawing is in the ratio.
"""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from painprogram.documents.sheet import Sheet
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.progress import Progress
from painprogram.i18n import using
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow
from painprogram.usecases import papers
from painprogram.usecases.papers import Made
from tests import make
from tests.benchmarks import cluster, sheets
from tests.benchmarks.runner import Result, compare, growth, timed

MANY = 1_000
SESSIONS = 2_800
"""In groups of eight that is a little more than a thousand places."""


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder, using("sv"):
        database = cluster.build(
            Path(folder) / "batch.ppdb", sessions_wanted=SESSIONS, patients=MANY
        )
        places = everybody(database)
        drawn = content(database, places)
        marks, forms = sheets.noted(drawn)
        today = date(2026, 11, 22)
        results = [
            compare(
                f"{len(drawn):,} sheets out of a database / bare canvas, the same marks drawn",
                timed(lambda: printed(database, places, today)),
                timed(lambda: sheets.on_a_bare_canvas(marks, forms)),
                rounds=3,
                most=sheets.SLACK,
            ),
            compare(
                f"{len(drawn):,} sheets out of a database / platypus, drawn alone",
                timed(lambda: printed(database, places, today)),
                timed(lambda: sheets.by_platypus(drawn, forms)),
                rounds=1,
                most=1 / 6,
            ),
            growth(
                "sheets out of a database",
                lambda many: printed(database, places[:many], today),
                MANY // 10,
                rounds=3,
            ),
        ]
        database.close()
        return results


def everybody(database: Database) -> tuple[UUID, ...]:
    with database.read() as db:
        return tuple(db.scalars(select(EnrolmentRow.id).order_by(EnrolmentRow.id).limit(MANY)))


def content(database: Database, places: Sequence[UUID]) -> list[Sheet]:
    batch = papers.maker(Kind.SHEET)(
        database, Progress(), Wanted(Kind.SHEET, places=tuple(places)), make.TODAY
    )
    return [item.content.paper for item in batch.items]


def printed(database: Database, places: Sequence[UUID], today: date) -> Made:
    wanted = Wanted(Kind.SHEET, places=tuple(places))
    return papers.make(database, Progress(), wanted, today, record=True)
