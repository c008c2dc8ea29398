"""Colleagues: who works where, and as what."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from painprogram.domain.names import folded
from painprogram.domain.people import Profession, Staff
from painprogram.i18n import _
from painprogram.storage.changes import changed_by_another, expect
from painprogram.storage.database import Database
from painprogram.storage.tables import StaffRow
from painprogram.usecases.centres import LONGEST_NAME, named


def staff(
    database: Database, centre_id: UUID | None = None, *, former: bool = False
) -> tuple[Staff, ...]:
    """Colleagues of one centre, or of all; *former* also shows those who have left."""
    with database.read() as db:
        query = select(StaffRow).options(joinedload(StaffRow.centre))
        if centre_id:
            query = query.where(StaffRow.centre_id == centre_id)
        if not former:
            query = query.where(StaffRow.active)
        found = (as_staff(row) for row in db.scalars(query))
        return tuple(sorted(found, key=lambda person: folded(person.name)))


def add(
    database: Database, centre_id: UUID, name: str, profession: Profession, *, phone: str = ""
) -> Staff:
    wanted = named(name, _("the colleague"))
    with database.change(_("Add colleague {name}").format(name=wanted)) as db:
        row = StaffRow(centre_id=centre_id, name=wanted, profession=profession, phone=phone.strip())
        db.add(row)
        db.flush()
        return as_staff(row)


def update(database: Database, person: Staff) -> Staff:
    """Change name, profession, phone, competences, or whether somebody still works here."""
    wanted = named(person.name, _("the colleague"))
    with database.change(_("Change colleague {name}").format(name=wanted)) as db:
        row = db.get(StaffRow, person.id)
        if row is None:
            raise changed_by_another()
        expect(row, person.version)
        row.name = wanted
        row.profession = person.profession
        row.phone = person.phone.strip()
        row.active = person.active
        row.competences = list(_competences(person.competences))
        db.flush()
        return as_staff(row)


def _competences(told: Iterable[str]) -> tuple[str, ...]:
    """Each once, however it is written, in the order they were told."""
    kept: dict[str, str] = {}
    for one in told:
        if clean := " ".join(one.split())[:LONGEST_NAME]:
            kept.setdefault(folded(clean), clean)
    return tuple(kept.values())


def as_staff(row: StaffRow) -> Staff:
    return Staff(
        id=row.id,
        centre_id=row.centre_id,
        name=row.name,
        profession=Profession(row.profession),
        phone=row.phone,
        centre_name=row.centre.name,
        active=row.active,
        version=row.version,
        competences=tuple(row.competences),
    )
