"""Lists for other programs: Excel or text. The name of a file tells what it is, and of nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from painprogram.domain.errors import Refused
from painprogram.domain.identity import IdentityKind
from painprogram.domain.imports import Field
from painprogram.domain.names import folded
from painprogram.domain.patients import LANGUAGES, Patient
from painprogram.domain.people import Staff
from painprogram.exchange import spreadsheet
from painprogram.exchange.spreadsheet import Cell
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import PatientRow
from painprogram.usecases import files
from painprogram.usecases.patients import several
from painprogram.usecases.staff import staff

ENDINGS = ("xlsx", "csv")
_PATIENT = (
    *(Field.FAMILY_NAME, Field.GIVEN_NAME, Field.IDENTITY, Field.RESERVE, Field.LANGUAGE),
    *(Field.INTERPRETER, Field.PHONE, Field.ADDRESS, Field.ACCESS, Field.CONTACT, Field.NOTE),
)
_STAFF = Field.NAME, Field.PROFESSION, Field.PHONE, Field.COMPETENCES


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, and how many are in it."""

    path: Path
    rows: int
    left_out: int = 0
    """Patients with protected identity: their data leaves the program in no list."""


def suggested(kind: str, today: date, ending: str = "xlsx") -> str:
    """A file name for a list of ``patients`` or ``staff``."""
    title = _("Patients") if kind == "patients" else _("Colleagues")
    return files.name_for(f"{title} {today}", ending)


def patients(database: Database, path: Path, centre_id: UUID) -> Exported:
    """The patients of a centre, in order of name, as *path* ends; read again by an import."""
    _check(path)
    with database.read_patients(_("Export patients")) as db:
        here = PatientRow.centre_id == centre_id
        keys = db.scalars(select(PatientRow.id).where(here, ~PatientRow.protected)).all()
        left_out = db.scalar(select(func.count()).where(here, PatientRow.protected)) or 0
        found = list(several(db, keys).values())
        saw(db, keys)
    found.sort(key=lambda one: (folded(one.family_name), folded(one.given_name), one.id))
    rows = [_patient(one) for one in found]
    _write(path, _("Patients"), _PATIENT, rows)
    return Exported(path, len(rows), left_out)


def colleagues(database: Database, path: Path, centre_id: UUID) -> Exported:
    """Those who work at a centre, as *path* ends; read again by an import."""
    _check(path)
    rows = [_colleague(one) for one in staff(database, centre_id)]
    _write(path, _("Colleagues"), _STAFF, rows)
    return Exported(path, len(rows))


def _patient(one: Patient) -> Sequence[Cell]:
    reserve = one.identity.kind is IdentityKind.RESERVE
    return (
        one.family_name,
        one.given_name,
        "" if reserve else one.identity.formatted,
        one.identity.number if reserve else "",
        _(LANGUAGES[one.language]),
        _("Yes") if one.interpreter else _("No"),
        one.phone,
        one.address,
        ", ".join(need.label for need in one.access),
        one.contact_name,
        one.note,
    )


def _colleague(one: Staff) -> Sequence[Cell]:
    return one.name, one.profession.label, one.phone, ", ".join(one.competences)


def _check(path: Path) -> None:
    if path.suffix.lower().removeprefix(".") not in ENDINGS:
        raise Refused(_("A list is written as .xlsx or .csv: let the name of the file end so."))


def _write(path: Path, title: str, fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> None:
    header = [each.label for each in fields]
    if path.suffix.lower() == ".csv":
        files.write(path, spreadsheet.as_csv(header, rows))
    else:
        files.write(path, spreadsheet.as_excel(title, header, rows))
