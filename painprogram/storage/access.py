"""The log of everybody who went through the door to patient data (see ``door``).

``Database.read_patients(action)``, or a change, opens the door; each such transaction leaves one
entry that names the patients it saw or wrote. It hangs on the database layer, so a use case can't
forget it.
"""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session as Db

from painprogram.domain.actors import Actor
from painprogram.storage.changes import RowChanges
from painprogram.storage.door import GUARDED, saw
from painprogram.storage.ids import new_id
from painprogram.storage.tables import EnrolmentRow, PatientRow, access_entry, access_patient

__all__ = ["log", "saw", "touched"]


def touched(rows: RowChanges) -> set[UUID]:
    """The patients whose data a change wrote."""
    found = set()
    for change in rows.values():
        values = change.after or change.before or {}
        if change.table is PatientRow:
            found.add(change.id)
        elif change.table in GUARDED or change.table is EnrolmentRow:
            found.add(values["patient_id"])
    return found


def log(db: Db, actor: Actor, action: str, patients: set[UUID]) -> None:
    """One entry: who, when, at which unit, doing what, with whose data."""
    if not patients:
        return
    entry = new_id()
    at = datetime.now(UTC).replace(tzinfo=None)
    db.execute(
        insert(access_entry),
        {"id": entry, "at": at, "who": actor.name, "centre_id": actor.centre_id, "action": action},
    )
    db.execute(
        insert(access_patient),
        [{"entry_id": entry, "patient_id": patient} for patient in sorted(patients)],
    )
