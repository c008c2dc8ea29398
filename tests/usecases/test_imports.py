"""Lists into the database: a dry run first, then every row in one step or none at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from painprogram.domain.errors import Refused
from painprogram.domain.imports import Field, ImportKind, Outcome, Verdict
from painprogram.domain.patients import Access, Patient
from painprogram.domain.people import Centre, Profession
from painprogram.domain.progress import Progress
from painprogram.exchange.spreadsheet import LARGEST, Cell, as_csv, as_excel
from painprogram.storage.tables import access_entry, access_patient, journal
from painprogram.usecases import Database, imports, patients, staff
from painprogram.usecases.imports import Table
from tests import make

HEADER = ("Förnamn", "Efternamn", "Personnummer", "Telefon", "Skyddad identitet")
ANNA = ("Anna", "Öberg", make.NUMBERS[0], "070-1", "")
BO = ("Bo", "Ek", make.NUMBERS[1], "", "")
EVA = ("Eva", "Dahl", make.NUMBERS[2], "070-3", "Nej")
STAFF = ("Namn", "Yrkeskategori", "Telefon", "Kompetenser")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Table:
    return Table(header, rows)


def look(
    database: Database, where: Centre, found: Table, kind: ImportKind = ImportKind.PATIENTS
) -> Outcome:
    columns = imports.columns_of(found, kind)
    return imports.judged(database, Progress(), kind, found, columns, where.id, make.TODAY)


def carry_out(
    database: Database, where: Centre, found: Table, kind: ImportKind = ImportKind.PATIENTS
) -> Outcome:
    columns = imports.columns_of(found, kind)
    return imports.carry_out(database, kind, found, columns, where.id, make.TODAY)


def verdicts(outcome: Outcome) -> list[tuple[int, str]]:
    return [(one.row, str(one.verdict)) for one in outcome.rows]


def names(database: Database, where: Centre) -> list[str]:
    return [one.name for one in patients.find(database, "", where.id)]


def entries(database: Database) -> list[str]:
    with database.raw() as connection:
        return list(connection.scalars(select(access_entry.c.action).order_by(access_entry.c.at)))


def labels(database: Database) -> list[str]:
    with database.raw() as connection:
        return list(connection.scalars(select(journal.c.label).order_by(journal.c.seq)))


def by_number(database: Database, where: Centre, number: str) -> Patient:
    (found,) = patients.find(database, number, where.id)
    return patients.patient(database, found.id)


def test_that_a_dry_run_judges_every_row_and_writes_nothing(database: Database) -> None:
    where = make.centre(database)
    make.patient(database, where, "Anna", "Öberg", 0)
    before = labels(database)

    found = look(database, where, table(ANNA, BO, BO, ("Nils", "Ek", "1", "", "")))

    assert verdicts(found) == [(2, "changed"), (3, "new"), (4, "duplicate"), (5, "refused")]
    assert found.stopped
    assert not found.done
    assert [x.reason for x in found.rows[2].faults] == ["The same number stands in row 3."]
    assert found.rows[3].faults[0].column == "Personnummer"
    (phone,) = found.rows[0].differences
    assert (phone.what, phone.old, phone.new) == ("Phone", "", "070-1")
    assert labels(database) == before


def test_that_a_list_is_one_step_with_one_entry_in_each_log(database: Database) -> None:
    where = make.centre(database)
    label_count, entry_count = len(labels(database)), len(entries(database))

    found = carry_out(database, where, table(ANNA, BO, EVA))

    assert found.done
    assert found.counts == {Verdict.NEW: 3}
    assert labels(database)[label_count:] == ["Import patients"]
    assert entries(database)[entry_count:] == ["Import patients"]
    with database.raw() as connection:
        assert connection.scalar(select(func.count()).select_from(access_patient)) == 3
    assert names(database, where) == ["Eva Dahl", "Bo Ek", "Anna Öberg"]


def test_that_one_undo_takes_all_of_it_back_and_redo_brings_it_again(database: Database) -> None:
    where = make.centre(database)
    anna = make.patient(database, where, "Anna", "Öberg", 0)
    carry_out(database, where, table(ANNA, BO, EVA))

    assert database.undo() == "Import patients"
    assert names(database, where) == ["Anna Öberg"]
    assert patients.patient(database, anna.id).phone == ""
    assert database.redo() == "Import patients"
    assert names(database, where) == ["Eva Dahl", "Bo Ek", "Anna Öberg"]
    assert patients.patient(database, anna.id).phone == "070-1"


def test_that_one_wrong_row_stops_them_all(database: Database) -> None:
    where = make.centre(database)
    before = labels(database)

    found = carry_out(database, where, table(ANNA, BO, ("Eva", "", make.NUMBERS[2], "", "")))

    assert not found.done
    assert found.stopped
    assert names(database, where) == []
    assert labels(database) == before


def test_that_the_same_list_again_changes_nothing(database: Database) -> None:
    where = make.centre(database)
    carry_out(database, where, table(ANNA, BO))
    before = labels(database)

    found = carry_out(database, where, table(ANNA, BO))

    assert found.counts == {Verdict.UNCHANGED: 2}
    assert labels(database) == before


def test_that_an_empty_cell_leaves_what_is_known(database: Database) -> None:
    where = make.centre(database)
    known = make.patient(database, where, "Anna", "Öberg", 0)
    known = patients.update(
        database, replace(known, phone="070-9", note="Ringer", access=(Access.LIFT,))
    )

    carry_out(database, where, table(("Anna", "Öberg", make.NUMBERS[0], "", "Nej"), BO))

    after = patients.patient(database, known.id)
    assert (after.phone, after.note, after.access) == ("070-9", "Ringer", (Access.LIFT,))
    assert after.version == known.version


def test_that_what_changes_is_written_with_the_rest(database: Database) -> None:
    where = make.centre(database)
    make.patient(database, where, "Ana", "Öberg", 0)

    found = carry_out(database, where, table(ANNA))

    assert {x.what for x in found.rows[0].differences} == {"Given name", "Phone"}
    assert by_number(database, where, make.NUMBERS[0]).name == "Anna Öberg"
    assert names(database, where) == ["Anna Öberg"]


def test_that_another_centres_patient_is_somebody_new_here(database: Database) -> None:
    where, other = make.centre(database), make.centre(database, "Lövsta")
    make.patient(database, other, "Anna", "Öberg", 0)

    assert carry_out(database, where, table(ANNA)).counts == {Verdict.NEW: 1}
    assert len(names(database, other)) == 1


def test_that_a_file_never_lifts_a_protected_identity(database: Database) -> None:
    where = make.centre(database)
    eva = make.patient(database, where, "Eva", "Dahl", 2)
    patients.update(database, replace(eva, protected=True))

    found = carry_out(database, where, table(EVA))

    assert verdicts(found) == [(2, "refused")]
    assert "protected here" in found.rows[0].faults[0].reason
    assert found.rows[0].faults[0].column == "Skyddad identitet"


def test_that_a_protected_patient_is_imported_without_address(database: Database) -> None:
    where = make.centre(database)
    header = (*HEADER, "Adress")

    carry_out(database, where, table((*ANNA[:4], "Ja", "Storgatan 1"), header=header))

    found = by_number(database, where, make.NUMBERS[0])
    assert found.protected
    assert found.address == ""


def test_that_a_dry_run_is_logged_for_those_it_compared_alone(database: Database) -> None:
    where = make.centre(database)
    anna = make.patient(database, where, "Anna", "Öberg", 0)
    other = make.patient(database, where, "Per", "Ström", 5)

    look(database, where, table(ANNA, BO))

    wanted = "Compare patients with a file"
    assert wanted in {one.action for one in patients.readings(database, anna.id)}
    assert wanted not in {one.action for one in patients.readings(database, other.id)}


def test_that_a_contact_person_and_the_rest_are_kept(database: Database) -> None:
    where = make.centre(database)
    person = staff.add(database, where.id, "Anna Berg", Profession.NURSE)
    header = ("Namn", "Pnr", "Språk", "Tolk", "Adress", "Behov", "Kontaktperson", "Anteckning")
    row = ("Ek, Bo", make.NUMBERS[1], "Arabiska", "Ja", "Storgatan 1, 123 45 Ekbacken", "Hiss")

    found = carry_out(database, where, table((*row, "Anna Berg", "Ringer"), header=header))

    assert found.done
    bo = by_number(database, where, make.NUMBERS[1])
    assert (bo.name, bo.language, bo.interpreter) == ("Bo Ek", "ar", True)
    assert (bo.address, bo.access) == ("Storgatan 1\n123 45 Ekbacken", (Access.LIFT,))
    assert (bo.contact_id, bo.note) == (person.id, "Ringer")


def test_that_nothing_is_read_before_the_columns_are_known(database: Database) -> None:
    where = make.centre(database)
    unknown = table(("Anna", "1"), header=("X", "Y"))

    assert len(look(database, where, unknown).lacks) == 2
    assert carry_out(database, where, unknown).stopped


def test_that_long_lists_are_compared_in_parts(database: Database) -> None:
    where = make.centre(database)
    rows = [("Gun", f"Ek{at}", make.NUMBERS[at], "", "") for at in range(1200)]

    assert carry_out(database, where, table(*rows)).counts == {Verdict.NEW: 1200}
    changed = [(*row[:3], "070-1", "") for row in rows]
    assert carry_out(database, where, table(*changed)).counts == {Verdict.CHANGED: 1200}
    assert by_number(database, where, make.NUMBERS[1199]).phone == "070-1"


# Colleagues


def test_that_colleagues_are_known_again_by_name(database: Database) -> None:
    where = make.centre(database)
    staff.add(database, where.id, "Anna Berg", Profession.NURSE)
    gone = staff.add(database, where.id, "Per Sand", Profession.PHARMACIST)
    staff.update(database, replace(gone, active=False))
    rows = (
        ("Berg, ANNA", "Sjuksköterska", "036-1", "KBT, ACT"),
        ("Åsa Ny", "Sjukgymnast", "", ""),
        ("Per Sand", "", "", ""),
    )

    found = carry_out(database, where, table(*rows, header=STAFF), ImportKind.STAFF)

    assert verdicts(found) == [(2, "changed"), (3, "new"), (4, "unchanged")]
    assert "No longer works here" in found.rows[2].remarks[0]
    people = {one.name: one for one in staff.staff(database, where.id)}
    assert set(people) == {"ANNA Berg", "Åsa Ny"}
    assert people["ANNA Berg"].competences == ("KBT", "ACT")
    assert people["Åsa Ny"].profession is Profession.PHYSIOTHERAPIST
    assert database.undo() == "Import colleagues"
    assert [one.name for one in staff.staff(database, where.id)] == ["Anna Berg"]


def test_that_a_colleague_is_refused_for_a_reason(database: Database) -> None:
    where = make.centre(database)
    for _twice in range(2):
        staff.add(database, where.id, "Anna Berg", Profession.NURSE)
    rows = (
        ("Anna Berg", "Läkare", "", ""),
        ("Åsa Ny", "", "", ""),
        ("Bo Ek", "Snickare", "", ""),
        ("Eva Ek", "Läkare", "", ""),
        ("Ek, Eva", "Läkare", "", ""),
    )

    found = look(database, where, table(*rows, header=STAFF), ImportKind.STAFF)

    told = [(x.column, x.reason) for one in found.rows for x in one.faults]
    assert [column for column, _reason in told] == [
        "Namn",
        "Yrkeskategori",
        "Yrkeskategori",
        "Namn",
    ]
    assert "Several colleagues" in told[0][1]
    assert told[1][1] == "The row has no profession."
    assert "“Snickare” is no profession" in told[2][1]
    assert told[3][1] == "The same name stands in row 5."


# Files


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_that_a_file_is_read_however_it_was_saved(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    file = tmp_path / "lista.csv"
    lines = [separator.join(row) for row in (HEADER, ANNA, BO)]
    file.write_bytes("\r\n".join(lines).encode(encoding))

    found = imports.opened(file, make.TODAY)

    assert found.header == HEADER
    assert found.rows == (ANNA, BO)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no rows"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no table"),
        (b"%PDF-1.7\0\0\0\1", "no table"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old or protected"),
        (b"x" * (LARGEST + 2), "too large"),
        ("Anna;Öberg;193001016595\r\nBo;Ek;193001017072\r\n".encode(), "row of headings"),
    ],
)
def test_that_a_file_that_is_no_list_is_refused_in_words(
    tmp_path: Path, data: bytes, told: str
) -> None:
    file = tmp_path / "lista.xlsx"
    file.write_bytes(data)

    with pytest.raises(Refused, match=told):
        imports.opened(file, make.TODAY)


def test_that_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for file in (tmp_path / "no.csv", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(Refused, match="can't be read"):
            imports.opened(file, make.TODAY)


def test_that_numbers_and_dates_of_excel_are_explained(database: Database, tmp_path: Path) -> None:
    where = make.centre(database)
    file = tmp_path / "lista.xlsx"
    whole, short = int(make.NUMBERS[0]), int("0101011234")
    rows: list[list[Cell]] = [
        ["Anna", "Öberg", whole, "", ""],
        ["Bo", "Ek", short, "", ""],
        ["Eva", "Dahl", make.TODAY, "", ""],
    ]
    file.write_bytes(as_excel("Lista", HEADER, rows))

    found = look(database, where, imports.opened(file, make.TODAY))

    assert verdicts(found) == [(2, "new"), (3, "refused"), (4, "refused")]
    assert "zeros at the beginning" in found.rows[1].faults[0].reason
    assert "day of birth" in found.rows[2].faults[0].reason


def test_that_a_formula_in_a_list_stays_text(database: Database, tmp_path: Path) -> None:
    where = make.centre(database)
    file = tmp_path / "lista.csv"
    file.write_bytes(as_csv(HEADER, [("=1+1", "<b>Ek</b>", make.NUMBERS[0], "+46 70 1", "")]))

    found = imports.opened(file, make.TODAY)

    assert carry_out(database, where, found).done
    assert by_number(database, where, make.NUMBERS[0]).family_name == "<b>Ek</b>"


def test_that_columns_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    found = table(ANNA)
    file.write_bytes('\ufeff{"Personnummer": "identity_number", "Förnamn": "name"}'.encode())

    columns = imports.columns_in(file, found, ImportKind.PATIENTS)

    assert columns == {Field.IDENTITY: 2, Field.NAME: 0}
    for data in (b"\xff\xfe{", b"{" * 200_000, b"x"):
        file.write_bytes(data)
        with pytest.raises(Refused, match=r"JSON|too large"):
            imports.columns_in(file, found, ImportKind.PATIENTS)
