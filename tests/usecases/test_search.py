from sqlalchemy import select

from painprogram.storage.database import Database
from painprogram.storage.tables import access_entry
from painprogram.usecases import enrolments, search
from tests import make


def looked(database: Database) -> list[str]:
    with database.raw() as connection:
        return list(connection.scalars(select(access_entry.c.action)))


def titles(database: Database, text: str, centre) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in search.search(database, text, centre.id)]


def test_that_one_field_finds_patients_groups_and_colleagues(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where)
    make.patient(database, where, "Anna", "Hedin")

    assert titles(database, "anna", where) == [("patient", "Anna Hedin"), ("staff", "Anna Berg")]
    assert titles(database, "H26", where) == [("group", "H26 A")]
    assert titles(database, "pain", where) == [("group", "H26 A")]
    assert titles(database, "psychologist", where) == [("staff", "Sofia Nyström")]
    assert titles(database, "ÅBERG mar", where) == [("staff", "Maria Åberg")]
    assert titles(database, "nna", where) == titles(database, "  ", where) == []


def test_that_a_patient_in_two_groups_is_found_once_with_both(database: Database) -> None:
    where = make.furnished(database)
    one = make.patient(database, where)
    for name in ("H26 A", "H26 B"):
        group = make.group(database, where, name)
        enrolments.enrol(database, one.id, group.id, make.TODAY, because="sagt")

    (hit,) = search.search(database, "öberg", where.id)

    assert hit.id == one.id
    assert set(hit.detail.split(" · ")) == {one.identity.masked, "H26 A", "H26 B"}


def test_that_patients_of_another_centre_are_not_found(database: Database) -> None:
    where, other = make.centre(database), make.centre(database, "Sjövik")
    make.patient(database, other)

    assert titles(database, "öberg", where) == []


def test_that_one_letter_looks_at_no_patient(database: Database) -> None:
    where = make.centre(database)
    make.patient(database, where)
    before = looked(database)

    assert titles(database, "ö", where) == []
    assert looked(database) == before
    assert titles(database, "öb", where) == [("patient", "Maria Öberg")]
    assert looked(database)[len(before) :] == ["List patients"]
