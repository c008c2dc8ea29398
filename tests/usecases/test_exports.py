"""Lists out: what is written is what an import reads, of nobody in the file's name."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from painprogram import i18n
from painprogram.domain import identity
from painprogram.domain.errors import Refused
from painprogram.domain.imports import ImportKind, Verdict
from painprogram.domain.patients import Access
from painprogram.domain.people import Profession
from painprogram.domain.progress import Progress
from painprogram.usecases import Database, exports, imports, patients, staff
from tests import make


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("ending", exports.ENDINGS)
def test_that_an_exported_list_is_read_again_unchanged(
    database: Database, tmp_path: Path, ending: str, language: str
) -> None:
    i18n.set_language(language)
    where = make.centre(database)
    berg = staff.add(database, where.id, "Anna Berg", Profession.NURSE, phone="036-1")
    staff.update(database, replace(berg, competences=("KBT", "ACT")))
    whole = make.patient(database, where, "Anna", "Öberg", 0)
    patients.update(
        database,
        replace(
            whole,
            language="ar",
            interpreter=True,
            access=(Access.HEARING, Access.LARGE_PRINT),
            phone="070-1",
            address="Storgatan 1\n123 45 Ekbacken",
            note="Ringer; helst före nio",
            contact_id=berg.id,
        ),
    )
    number = identity.parse("TF 12", make.TODAY, reserve=True)
    patients.add(database, patients.new(where.id, "Bo", "Ek", number))
    people, colleagues = tmp_path / f"p.{ending}", tmp_path / f"s.{ending}"

    assert exports.patients(database, people, where.id).rows == 2
    assert exports.colleagues(database, colleagues, where.id).rows == 1

    for kind, file in ((ImportKind.PATIENTS, people), (ImportKind.STAFF, colleagues)):
        table = imports.opened(file, make.TODAY)
        columns = imports.columns_of(table, kind)
        found = imports.judged(database, Progress(), kind, table, columns, where.id, make.TODAY)
        assert set(found.counts) == {Verdict.UNCHANGED}, found.rows


def test_that_protected_identities_leave_in_no_list(database: Database, tmp_path: Path) -> None:
    where = make.centre(database)
    secret = make.patient(database, where, "Hemlig", "Person", 3)
    patients.update(database, replace(secret, protected=True))
    seen = make.patient(database, where, "Anna", "Öberg", 0)

    found = exports.patients(database, tmp_path / "lista.csv", where.id)

    assert (found.rows, found.left_out) == (1, 1)
    assert "Hemlig" not in found.path.read_text("utf-8-sig")
    assert "Export patients" in {one.action for one in patients.readings(database, seen.id)}
    assert "Export patients" not in {one.action for one in patients.readings(database, secret.id)}


def test_that_nothing_leaves_as_a_formula(database: Database, tmp_path: Path) -> None:
    where = make.centre(database)
    make.patient(database, where, "=HYPERLINK(1)", "@Ek", 0)

    file = exports.patients(database, tmp_path / "lista.xlsx", where.id).path
    text = exports.patients(database, tmp_path / "lista.csv", where.id).path

    sheet = openpyxl.load_workbook(file).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert ";'=HYPERLINK(1);" in text.read_text("utf-8-sig")


def test_that_the_name_of_a_file_tells_what_it_is_and_of_nobody() -> None:
    assert exports.suggested("patients", make.TODAY) == "Patients 2026-11-22.xlsx"
    assert exports.suggested("staff", make.TODAY, "csv") == "Colleagues 2026-11-22.csv"


def test_that_another_ending_is_refused_before_anything_is_read(
    database: Database, tmp_path: Path
) -> None:
    where = make.centre(database)
    known = make.patient(database, where)

    with pytest.raises(Refused, match=r"\.xlsx or \.csv"):
        exports.patients(database, tmp_path / "lista.pdf", where.id)

    assert "Export patients" not in {one.action for one in patients.readings(database, known.id)}
    assert not list(tmp_path.glob("lista*"))
