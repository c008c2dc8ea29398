import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.identity import parse
from painprogram.storage.database import Database
from painprogram.storage.tables import PatientRow, access_entry, access_patient
from painprogram.usecases import commitments, enrolments, patients, prints, schedules
from tests import make


def logged(database: Database) -> list[str]:
    with database.raw() as connection:
        return list(connection.scalars(select(access_entry.c.action).order_by(access_entry.c.at)))


def test_that_a_patient_is_found_by_the_beginning_of_any_name_or_number(
    database: Database,
) -> None:
    where = make.centre(database)
    asa = make.patient(database, where, "Åsa Maria", "Öberg-Ek", 0)
    make.patient(database, where, "Nils", "Berg", 4)

    def found(text: str) -> list[str]:
        return [one.name for one in patients.find(database, text)]

    assert found("") == ["Nils Berg", "Åsa Maria Öberg-Ek"]
    assert found("åsa") == found("ÖBERG") == found("mar öb") == ["Åsa Maria Öberg-Ek"]
    assert found(asa.identity.number[:8]) == found(asa.identity.number[2:8]) == [asa.name]
    assert found("berg%") == found("_") == found("erg") == []


def test_that_a_list_never_shows_a_whole_number(database: Database) -> None:
    where = make.centre(database)
    made = make.patient(database, where)

    (found,) = patients.find(database)

    assert found.masked == f"{made.identity.number[:8]}-••••"
    assert made.identity.number[8:] not in repr(found)


def test_that_the_same_number_is_refused_at_the_same_centre(database: Database) -> None:
    where, other = make.centre(database), make.centre(database, "Sjövik")
    make.patient(database, where)

    with pytest.raises(Refused, match=re.escape("already registered")):
        make.patient(database, where, "Någon", "Annan")

    assert make.patient(database, other).centre_id == other.id


def test_that_a_patient_somebody_else_changed_is_not_written_over(database: Database) -> None:
    where = make.centre(database)
    shown = make.patient(database, where)
    patients.update(database, replace(shown, phone="070-1"))

    with pytest.raises(Conflict):
        patients.update(database, replace(shown, phone="070-2"))

    assert patients.patient(database, shown.id).phone == "070-1"


def test_that_protected_identity_keeps_no_address(database: Database) -> None:
    where = make.centre(database)
    shown = make.patient(database, where)

    kept = patients.update(database, replace(shown, address="Storgatan 1", protected=True))

    assert kept.address == ""


def test_that_patient_data_cannot_be_read_outside_the_door(database: Database) -> None:
    where = make.centre(database)
    made = make.patient(database, where)

    with database.read() as db:
        with pytest.raises(RuntimeError, match="outside the door"):
            db.get(PatientRow, made.id)
        with pytest.raises(RuntimeError, match="outside the door"):
            db.execute(select(PatientRow.family_name))
        with pytest.raises(RuntimeError, match="outside the door"):
            db.execute(select(PatientRow.id).where(PatientRow.search == "x"))


def test_that_each_use_case_leaves_one_entry_in_the_access_log(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    made = make.patient(database, where)
    place = enrolments.enrol(database, made.id, group.id, make.TODAY)
    session = make.of_strand(database, group.id, "relaxation")[0]
    before = len(logged(database))

    patients.patient(database, made.id)
    patients.find(database, "öberg")
    enrolments.names(database, group.id)
    schedules.own(database, place.id)
    schedules.opt_out(database, place.id, session.id, "Resa")
    shown = commitments.commitment(database, place.id)
    commitments.write(database, shown, sentences=("Jag kommer.",), goals=(), home=())
    prints.sheet(database, place.id, make.TODAY, record=False)

    assert logged(database)[before:] == [
        "Open patient",
        "List patients",
        "List participants",
        "Open own schedule",
        "Opt out of a session",
        "Open commitment",
        "Write commitment",
        "Preview schedule",
    ]
    with database.raw() as connection:
        assert set(connection.scalars(select(access_patient.c.patient_id))) == {made.id}
    assert patients.readings(database, made.id)[0].action == "Preview schedule"


def test_that_a_refused_change_leaves_no_entry(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, maximum=1)
    make.placed(database, where, group.id, 0)
    other = make.patient(database, where, "Nils", "Ek", 1)
    before = logged(database)

    with pytest.raises(Refused):
        enrolments.enrol(database, other.id, group.id, make.TODAY)

    assert logged(database) == before


def test_that_a_reserve_number_is_kept_as_it_is(database: Database) -> None:
    where = make.centre(database)
    number = parse("R12-34 AB", make.TODAY, reserve=True)

    made = patients.add(database, patients.new(where.id, "Okänd", "Person", number))

    assert patients.patient(database, made.id).identity == number
