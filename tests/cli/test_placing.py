"""The commands about patients: who waits, who is placed where, who came, and tables taken in."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from painprogram.domain.attendance import AttendanceState
from painprogram.usecases import Database, attendance, groups, patients, schedules, sessions, staff
from tests import make
from tests.cli.told import Cli, is_one_sentence

TABLE = """\
Förnamn;Efternamn;Personnummer;Telefon
Åsa;Ek;{first};070-174 06 50
Nils;Öst;{second};
"""


def opened(filled: str, read: Any) -> Any:
    database = Database.open(filled)
    try:
        return read(database)
    finally:
        database.close()


def group_of(filled: str) -> Any:
    return opened(filled, lambda database: groups.groups(database)[0])


def added(filled: str, number: int = 3) -> Any:
    def add(database: Database) -> Any:
        where = groups.groups(database)[0].centre_id
        return make.patient(database, make.centre_of(database, where), "Åsa", "Ek", number)

    return opened(filled, add)


def session_of(filled: str) -> Any:
    def first(database: Database) -> Any:
        return make.of_strand(database, groups.groups(database)[0].id, "relaxation")[0]

    return opened(filled, first)


def test_that_a_patient_gets_a_place_until_the_group_is_full(
    painprogram: Cli, told, filled: str
) -> None:
    patient, group = added(filled), group_of(filled)
    opened(filled, lambda database: groups.set_size(database, group.id, 1, 2))

    done = told("enrol", "--patient", patient.id, "--group", "H26", "--on", "2026-12-01")
    assert done["first"] == "2026-12-01"
    assert group_of(filled).taken == 2
    other = added(filled, 4)
    said = painprogram("enrol", "--patient", other.id, "--group", "H26", "--database", filled)

    assert said.code == 1
    assert "full" in said.err
    assert group_of(filled).taken == 2


def test_that_an_own_schedule_differs_with_its_reason(told, filled: str) -> None:
    session = session_of(filled)

    told(
        *("deviate", "--patient", "Öberg", "--session", session.id, "--as", "opt-out"),
        *("--reason", "Works then"),
    )

    def lines(database: Database) -> Any:
        patient = patients.find(database)[0]
        place = patients.enrolments(database, patient.id)[0]
        return schedules.own(database, place.id).lines

    differing = [line for line in opened(filled, lines) if line.reason]
    assert [(line.session.id, line.reason) for line in differing] == [(session.id, "Works then")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as", "swap"), "A swap needs --to"),
        (("--as", "opt-out", "--to", "x"), "A swap needs --to"),
        (("--as", "swap", "--to", "x"), "no id of a session"),
        (("--as", "opt-out", "--group", "Nowhere"), "no group called"),
    ],
)
def test_that_a_difference_that_makes_no_sense_is_refused(
    painprogram: Cli, filled: str, arguments: tuple[str, ...], words: str
) -> None:
    session = session_of(filled)

    said = painprogram(
        *("deviate", "--patient", "Öberg", "--session", session.id, *arguments),
        *("--reason", "x", "--database", filled),
    )

    assert said.code == 1
    assert words in said.err
    assert said.err.count("\n") == 1


def test_that_attendance_is_noted_and_corrected_and_both_are_kept(told, filled: str) -> None:
    session = session_of(filled)
    note = ("attendance", "--session", session.id, "--patient", "Öberg")

    first = told(*note, "--as", "excused", "--note", "Rang")
    second = told(*note, "--as", "absent")

    assert (first["corrected"], second["corrected"]) == (False, True)
    sheet = opened(filled, lambda database: attendance.sheet_of(database, session.id))
    states = [mark.state for mark in sheet.attendees[0].marks]
    assert states == [AttendanceState.ABSENT, AttendanceState.EXCUSED]


def test_that_nobody_came_to_what_is_still_ahead(painprogram: Cli, filled: str) -> None:
    session = session_of(filled)

    said = painprogram(
        *("attendance", "--session", session.id, "--patient", "Öberg", "--as", "present"),
        *("--database", filled),
    )

    assert said.code == 1
    assert is_one_sentence(said.err)


def test_that_a_forecast_says_what_it_builds_on(painprogram: Cli, told, filled: str) -> None:
    found = told("forecast", "--group", "H26")

    assert (found["taken"], found["minimum"], found["enough"]) == (1, 6, False)
    assert found["why"]
    words = painprogram("forecast", "--group", "H26", "--database", filled)
    assert all(sentence in words.out for sentence in found["why"])


def test_that_nobody_waits_at_first(painprogram: Cli, told, filled: str) -> None:
    assert told("waiting") == []
    assert painprogram("waiting", "--database", filled).out == "Nobody waits.\n"


def test_that_a_table_of_patients_is_judged_first_and_then_taken_in(
    told, filled: str, tmp_path: Path
) -> None:
    file = tmp_path / "patients.csv"
    file.write_text(TABLE.format(first=make.NUMBERS[5], second=make.NUMBERS[6]), "cp1252")

    shown = told("import", "patients", file, "--dry-run", entry="import (a table)")
    done = told("import", "patients", file, entry="import (a table)")
    again = told("import", "patients", file, entry="import (a table)")

    assert (shown["done"], shown["counts"]["new"]) == (False, 2)
    assert (done["done"], done["counts"]["new"]) == (True, 2)
    assert again["counts"]["unchanged"] == 2
    names = opened(filled, lambda database: {one.name for one in patients.find(database)})
    assert {"Åsa Ek", "Nils Öst"} <= names
    assert not any(name in json.dumps(done) for name in ("Ek", "Öst", make.NUMBERS[5]))


def test_that_one_wrong_row_leaves_everything_as_it_was(
    painprogram: Cli, filled: str, tmp_path: Path
) -> None:
    file = tmp_path / "patients.csv"
    file.write_text(TABLE.format(first=make.NUMBERS[5], second="196408833224"), "utf-8")

    said = painprogram("import", "patients", file, "--database", filled)

    assert said.code == 1
    assert "Row 3, Personnummer: " in said.out
    assert is_one_sentence(said.err)
    assert len(opened(filled, patients.find)) == 1


def test_that_colleagues_come_by_a_table_with_columns_of_another_name(
    told, filled: str, tmp_path: Path
) -> None:
    file, columns = tmp_path / "staff.csv", tmp_path / "columns.json"
    file.write_text("Vem,Vad\nÅke Ny,sjukgymnast\n", "utf-8")
    columns.write_text('{"Vem": "name", "Vad": "profession"}', "utf-8")

    told("import", "staff", file, "--map", columns, entry="import (a table)")

    found = opened(filled, lambda database: {one.name: one for one in staff.staff(database)})
    assert found["Åke Ny"].profession.value == "physiotherapist"


def test_that_whose_calendar_it_is_must_be_said(painprogram: Cli, filled: str) -> None:
    said = painprogram("import", "busy", "x.ics", "--database", filled)

    assert said.code == 1
    assert "--staff" in said.err


def test_that_a_swap_takes_a_parallel_session(told, filled: str) -> None:
    def beside(database: Database) -> Any:
        where = make.centre_of(database, groups.groups(database)[0].centre_id)
        make.hall(database, where, "Salen", 14)
        other = make.group(database, where, "H26 B", date(2027, 3, 15))
        return make.of_strand(database, other.id, "relaxation")[0]

    session, other = session_of(filled), opened(filled, beside)

    told(
        *("deviate", "--patient", "Öberg", "--session", session.id, "--as", "swap"),
        *("--to", other.id, "--reason", "Works then"),
    )

    taken = opened(filled, lambda database: sessions.session(database, other.id).taken)
    assert taken == 1
