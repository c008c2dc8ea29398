"""A database as large as a cluster's after twenty years, for the benchmarks of reading.

One group of each centre is made by the use cases; the others are its rows again, weeks before or
after it, written bare. Patients and places likewise: here only size and shape count.
"""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from painprogram.domain.names import folded
from painprogram.storage.database import Database
from painprogram.storage.engines import WRITES
from painprogram.storage.ids import new_id
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    PatientRow,
    Row,
    SessionRow,
)
from painprogram.usecases import sessions
from tests import make

CENTRES, PATIENTS, SESSIONS, WEEKS = 10, 10_000, 50_000, 20 * 52
PLACES = 8
"""Taken in each group."""
_GIVEN = ("Anna", "Björn", "Cecilia", "Dilan", "Eva", "Farid", "Gunnel", "Hassan", "Inga", "Åke")
_FAMILY = ("Öberg", "Ström", "Ek", "Nordin", "Hadad", "Lindqvist", "Åström", "Wik", "Berg", "Dahl")
_AT_ONCE = 5_000

Values = dict[str, Any]


def build(file: Path, *, sessions_wanted: int = SESSIONS, patients: int = PATIENTS) -> Database:
    """Open a new database at *file* with about so many sessions, in order of time around today."""
    database = Database.open(str(file))
    chance = random.Random(1)  # noqa: S311 -- the same at every run
    rows: dict[type[Row], list[Values]] = {
        kind: [] for kind in (PatientRow, GroupRow, SessionRow, LeaderRow, EnrolmentRow)
    }
    for number in range(CENTRES):
        where = make.furnished(database, f"Centre {number}")
        group = make.group(database, where)
        held = sessions.sessions(database, group.id)
        known = [_patient(where.id, number, one) for one in range(patients // CENTRES)]
        rows[PatientRow] += known
        for copy in range(sessions_wanted // CENTRES // len(held)):
            _again(rows, group, held, chance, copy)
            for one in chance.sample(known, PLACES):
                rows[EnrolmentRow].append(_place(one, rows[GroupRow][-1]))
    with database.raw() as opened:
        connection = opened.execution_options(**{WRITES: True})
        for table, found in rows.items():
            for first in range(0, len(found), _AT_ONCE):
                connection.execute(sa.insert(table), found[first : first + _AT_ONCE])
        connection.commit()
    return database


def _again(
    rows: dict[type[Row], list[Values]], group: Any, held: Any, chance: random.Random, number: int
) -> None:
    """*group* once more, in another week of the twenty years."""
    away = timedelta(weeks=chance.randrange(-WEEKS // 2, WEEKS // 2))
    made = new_id()
    rows[GroupRow].append(
        {
            "id": made,
            "version": 1,
            "centre_id": group.centre_id,
            "programme_version_id": group.programme_id,
            "name": f"Group {number}",
            "letter": "G",
            "status": group.status,
            "start": group.start + away,
            "minimum": group.minimum,
            "maximum": group.maximum,
            "activity": False,
        }
    )
    for session in held:
        key = new_id()
        rows[SessionRow].append(
            {
                "id": key,
                "version": 1,
                "centre_id": session.centre_id,
                "group_id": made,
                "strand": session.strand,
                "module": session.module,
                "number": session.number,
                "start": session.start + away,
                "minutes": session.minutes,
                "room_id": session.room_id,
                "cancelled": False,
                "sequence": 0,
            }
        )
        for position, leader in enumerate(session.leaders):
            rows[LeaderRow].append(
                {
                    "id": new_id(),
                    "version": 1,
                    "session_id": key,
                    "staff_id": leader.staff_id,
                    "profession": leader.profession,
                    "position": position,
                }
            )


def _patient(centre_id: Any, centre: int, number: int) -> Values:
    """No number of a person that could live: the form alone is right."""
    given, family = _GIVEN[number % 10], _FAMILY[number // 10 % 10]
    return {
        "id": new_id(),
        "version": 1,
        "centre_id": centre_id,
        "given_name": given,
        "family_name": family,
        "identity_kind": "reserve",
        "identity_number": f"R{centre:02}{number:06}",
        "search": folded(f"{family} {given}"),
        "language": "sv",
        "interpreter": False,
        "access": [],
        "phone": "",
        "address": "",
        "note": "",
        "protected": False,
    }


def _place(patient: Values, group: Values) -> Values:
    return {
        "id": new_id(),
        "version": 1,
        "patient_id": patient["id"],
        "group_id": group["id"],
        "first": group["start"],
        "last": None,
        "reason": "",
    }
