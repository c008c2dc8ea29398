"""The list of one centre's patients, searched as one types, against the same SQL raw."""

import itertools
import random
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlite

from painprogram.domain.names import folded
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.ways import OPEN, WayStatus, due, first_step, steps_in
from painprogram.storage.database import Database
from painprogram.storage.engines import WRITES
from painprogram.storage.ids import new_id
from painprogram.storage.tables import EnrolmentRow, PatientRow, ReferralRow, Row
from painprogram.usecases import patients, waiting, way_lists, ways
from tests import make
from tests.benchmarks.runner import Result, compare, growth, timed

PATIENTS = 10_000
LISTED = 200
LIMIT = 60
WAITING = 0.03
"""The part of all patients ever known who wait for a place at one time."""
_GIVEN = ("Anna", "Björn", "Cecilia", "Dilan", "Eva", "Farid", "Gunnel", "Hassan", "Inga", "Åke")
_FAMILY = ("Öberg", "Ström", "Ek", "Nordin", "Hadad", "Lindqvist", "Åström", "Wik", "Berg", "Dahl")
_AT_ONCE = 5_000


def measure() -> list[Result]:
    results = []
    kept: dict[int, Database] = {}
    with tempfile.TemporaryDirectory() as folder:
        for many in (PATIENTS // 10, PATIENTS):
            file = Path(folder) / f"{many}.ppdb"
            kept[many] = build(file, many)
            where = str(kept[many].file)
            note = "" if many == PATIENTS else " (a tenth)"
            results += _searches(kept[many], where, f"of {many:,}{note}")
        database = kept[PATIENTS]
        results.append(_waiting(database))
        results.append(_opened(database))
        results.append(
            growth("search", lambda many: patients.find(kept[many], "öb an"), PATIENTS // 10)
        )
        for each in kept.values():
            each.close()
    return results


def build(file: Path, many: int) -> Database:
    """A new database at *file* with *many* patients of one centre, most of them long since done."""
    database = Database.open(str(file))
    where = make.furnished(database)
    group = make.group(database, where, maximum=200)
    chance = random.Random(1)  # noqa: S311 -- the same at every run
    rows: dict[type[Row], list[dict[str, Any]]] = {
        kind: [] for kind in (PatientRow, ReferralRow, EnrolmentRow)
    }
    names = itertools.cycle(itertools.product(_FAMILY, _GIVEN))
    for number in range(many):
        family, given = next(names)
        patient = _patient(where.id, given, family, number)
        referral = _referral(patient, chance)
        rows[PatientRow].append(patient)
        rows[ReferralRow].append(referral)
        if referral["status"] in (WayStatus.PLACED, WayStatus.COMPLETED):
            rows[EnrolmentRow].append(_place(patient, referral, group.id))
    with database.raw() as bare, bare.execution_options(**{WRITES: True}) as connection:
        for table, found in rows.items():
            for first in range(0, len(found), _AT_ONCE):
                connection.execute(sa.insert(table), found[first : first + _AT_ONCE])
        connection.commit()
    return database


def _patient(centre_id: Any, given: str, family: str, number: int) -> dict[str, Any]:
    """No number of a person that could live: the form alone is right."""
    return {
        "id": new_id(),
        "version": 1,
        "centre_id": centre_id,
        "given_name": given,
        "family_name": f"{family}-{number:05}",
        "identity_kind": "reserve",
        "identity_number": f"R{number:08}",
        "search": folded(f"{family} {number:05} {given}"),
        "language": "sv",
        "interpreter": False,
        "access": [],
        "phone": "",
        "address": "",
        "note": "",
        "protected": False,
        "times_not": [],
    }


def _referral(patient: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    values = ReferralValues(make.TODAY - timedelta(days=chance.randrange(1, 7000)))
    draw = chance.random()
    status = WayStatus.COMPLETED
    if draw < WAITING:
        status = WayStatus.WAITING
        values = ReferralValues(make.TODAY - timedelta(days=chance.randrange(1, 90)))
    elif draw < 2 * WAITING:
        status = chance.choice([one for one in OPEN if one is not WayStatus.WAITING])
    closed = status is WayStatus.COMPLETED and chance.random() < 0.9
    step = None if closed else first_step(status, values.kind)
    assert step is None or step in steps_in(status, values.kind)
    return {
        "id": new_id(),
        "version": 1,
        "patient_id": patient["id"],
        "centre_id": patient["centre_id"],
        "received_on": values.received_on,
        "kind": values.kind.value,
        "from_whom": "",
        "reason": "",
        "needs": [],
        "priority": 0,
        "programme_id": None,
        "preferred_centre_id": None,
        "status": status.value,
        "status_on": values.received_on,
        "next_step": step.value if step else "",
        "next_on": due(step, values.received_on, values.received_on, LIMIT),
        "offered_group_id": None,
        "end_reason": "",
    }


def _place(patient: dict[str, Any], referral: dict[str, Any], group_id: Any) -> dict[str, Any]:
    ended = referral["status"] == WayStatus.COMPLETED
    return {
        "id": new_id(),
        "version": 1,
        "patient_id": patient["id"],
        "group_id": group_id,
        "referral_id": referral["id"],
        "first": referral["received_on"],
        "last": make.TODAY if ended else None,
        "reason": "",
        "ended_as": "completed" if ended else "",
    }


class _Raw:
    """What a use case sends to the engine, sent again with nothing around it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sent: list[tuple[str, Any, bool]] = []

    def listen(self, database: Database, work: Any) -> None:
        with database.raw() as connection:
            engine = connection.engine
        sent = self._sent

        def note(
            _c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, many: Any
        ) -> None:
            sent.append((statement, parameters, bool(many)))

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    def again(self) -> None:
        """The statements of each transaction, the log's among them, on a connection of its own."""
        with closing(sqlite.connect(self._file, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous = FULL")
            fresh = {key: new_id().hex for key in self._entries()}
            for statement, parameters, many in self._sent:
                if statement.startswith("BEGIN"):
                    continue
                if statement.startswith("INSERT"):
                    if not raw.in_transaction:
                        raw.execute("BEGIN IMMEDIATE")
                    rows = parameters if many else [parameters]
                    raw.executemany(
                        statement, [[fresh.get(value, value) for value in row] for row in rows]
                    )
                else:
                    raw.execute(statement, parameters).fetchall()
            if raw.in_transaction:
                raw.execute("COMMIT")

    def _entries(self) -> set[Any]:
        """The keys of the entries in the log: each time they are others."""
        return {
            row[0]
            for statement, parameters, many in self._sent
            if statement.startswith("INSERT INTO access_patient")
            for row in (parameters if many else [parameters])
        }


def _searches(database: Database, file: str, note: str) -> list[Result]:
    found = []
    goal = None if note.endswith(")") else 2  # of few, the way to the engine is most of it
    for name, work, most in (
        ("list", lambda: patients.find(database), None),
        ("search", lambda: patients.find(database, "öb an"), goal),
        ("counts", lambda: patients.counts(database), goal),
    ):
        found.append(_against(database, file, f"{name} {note} / the same SQL", work, most))
    return found


def _against(
    database: Database, file: str, name: str, work: Any, most: float | None = None
) -> Result:
    raw = _Raw(file)
    raw.listen(database, work)
    return compare(name, timed(work), timed(raw.again), rounds=9, most=most)


def _waiting(database: Database) -> Result:
    file = str(database.file)
    name = f"waiting list of {PATIENTS * WAITING:,.0f} / the same SQL"

    def work() -> None:
        waiting.waiting(database, today=make.TODAY)
        way_lists.count_without_next_step(database)

    return _against(database, file, name, work)


def _opened(database: Database) -> Result:
    """A patient's card, as far as the way goes."""
    one = patients.find(database, most=1)[0]
    file = str(database.file)

    def work() -> None:
        patients.patient(database, one.id)
        ways.of_patient(database, one.id, make.TODAY)

    return _against(database, file, "card / the same SQL", work)
