"""Groups to plan, and looking at what stands."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from painprogram.domain.availability import Span
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.plans import PlanProposal, PlanScope, PlanWanted
from painprogram.domain.rules import Level
from painprogram.domain.sessions import Session
from painprogram.usecases import Database, clashes, plans, sessions, staff
from tests import make

STEPS = 20_000
YEAR = Span(datetime(2027, 1, 1), datetime(2027, 12, 31))


def rivals(database: Database, centre: Centre) -> tuple[Group, Group]:
    """Two groups whose lectures want the same colleagues at the same time."""
    first = make.group(database, centre)
    with make.unwatched(database, centre):
        second = make.group(database, centre, "H26 B")
    return first, second


def kept(folder: Path, *, rivalling: bool) -> Path:
    """A file with a centre and one group, or two rivals: made once, and copied for each test."""
    made = folder / "term.ppdb"
    database = Database.open(str(made))
    centre = make.furnished(database)
    if rivalling:
        rivals(database, centre)
    else:
        make.group(database, centre)
    database.close()
    return made


@contextmanager
def copied(made: Path, folder: Path) -> Iterator[Database]:
    for file in made.parent.glob(f"{made.name}*"):
        shutil.copy(file, folder / file.name)
    database = Database.open(str(folder / made.name))
    yield database
    database.close()


def plan(
    database: Database, *wanted: Group, scope: PlanScope = PlanScope.ALL, **more: Any
) -> tuple[PlanProposal, ...]:
    asked = PlanWanted(tuple(one.id for one in wanted), scope=scope, steps=STEPS)
    return plans.propose(database, make.NO_PROGRESS, replace(asked, **more), make.TODAY)


def blocking(database: Database) -> int:
    found = clashes.found(database, make.MONDAY, make.MONDAY + timedelta(days=120))
    return sum(one.level is Level.BLOCKS for one in found)


def to_answer_for(database: Database) -> set[object]:
    """What blocks or must be acknowledged, as far as it can be compared."""
    found = clashes.found(database, make.MONDAY, make.MONDAY + timedelta(days=120))
    return {(c.rule, c.occasion, c.other) for c in found if c.level is not Level.INFORMATION}


def standing(database: Database, *of: Group) -> dict[UUID, object]:
    every = [one for group in of for one in sessions.sessions(database, group.id)]
    return {one.id: (one.start, one.room_id, one.leaders) for one in every}


def called(database: Database, name: str) -> UUID:
    return next(one.id for one in staff.staff(database) if one.name.startswith(name))


def lecture(database: Database, group: Group, strand: str = "lecture_a") -> Session:
    return make.of_strand(database, group.id, strand)[0]
