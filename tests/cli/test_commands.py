"""The command line: what it lists, makes, prints and finds."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import icalendar
import pytest

from painprogram.domain import identity
from painprogram.domain.rules import Rule
from painprogram.i18n import PAPER_LANGUAGES
from painprogram.usecases import Database, centres, groups, patients, schedules
from tests import make
from tests.cli.told import START, Cli, Told, is_one_sentence, text_of

ROOT = Path(__file__).parents[2]
SERIES = 8


# Lists


def test_that_groups_are_listed_for_people(painprogram: Cli, filled: str) -> None:
    told = painprogram("list", "groups", "--database", filled)

    assert told.code == 0
    assert re.search(r"H26 A +Ekbacken +Open +2027-01-11 +1/12 +[0-9a-f-]{36}\n", told.out)


@pytest.mark.parametrize("noun", ["groups", "sessions", "patients", "staff", "rooms", "templates"])
def test_that_the_keys_of_json_are_the_documented_ones(
    painprogram: Cli, file: Path, noun: str
) -> None:
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    documented = next(line for line in page.splitlines() if line.startswith(f"| {noun} |"))
    described = re.sub(r"\([^)]*\)", "", documented)

    told = painprogram("list", noun, "--json", "--database", file)

    assert told.code == 0
    assert told.entries
    for entry in told.entries:
        assert list(entry) == re.findall(r"`(\w+)`", described)


def test_that_json_has_iso_dates_and_whole_ids(painprogram: Cli, filled: str) -> None:
    told = painprogram("list", "sessions", "--json", "--database", filled)

    first = told.entries[0]
    assert first["start"] == "2027-01-12T13:00:00"
    assert first["title"] == "Relaxation"
    assert (first["number"], first["of"], first["taken"]) == (1, SERIES, 1)
    assert UUID(str(first["id"]))


def test_that_a_list_of_patients_masks_their_numbers(painprogram: Cli, filled: str) -> None:
    told = painprogram("list", "patients", "--json", "--database", filled)

    (patient,) = told.entries
    assert patient["name"] == "Maria Öberg"
    assert patient["masked_number"] == "19300101-••••"
    assert [group["name"] for group in patient["groups"]] == ["H26 A"]  # type: ignore[attr-defined]
    assert make.NUMBERS[0][-4:] not in told.out


def test_that_templates_are_listed_without_a_database(painprogram: Cli) -> None:
    told = painprogram("list", "templates", "--json")

    assert told.code == 0
    assert told.entries[0]["id"] == "smarthantering"
    name = told.entries[0]["name"]
    assert isinstance(name, dict)
    assert (name["sv"], name["en"]) == ("Smärthanteringsprogram", "Pain management programme")
    assert name.keys() == set(PAPER_LANGUAGES)


def test_that_an_empty_list_says_so(painprogram: Cli, url: str) -> None:
    assert painprogram("list", "rooms", "--database", url).out == "Nothing is there yet.\n"
    assert painprogram("list", "rooms", "--json", "--database", url).entries == []


# Starting a group


def test_that_a_dry_run_shows_every_date_and_makes_nothing(painprogram: Cli, filled: str) -> None:
    told = painprogram(*START, "--start", "2026-12-14", "--dry-run", "--database", filled)

    assert told.code == 0
    assert len(re.findall(r"^20\d\d-\d\d-\d\d ", told.out, re.MULTILINE)) == 2 * SERIES + 4
    assert "Exercise: Thu 24 Dec is skipped, Christmas Eve." in told.out
    assert told.out.endswith("Nothing was changed.\n")
    assert "V27 B" not in painprogram("list", "groups", "--database", filled).out


def test_that_a_group_is_started_as_previewed(painprogram: Cli, filled: str) -> None:
    dry = painprogram(*START, "--start", "2027-03-15", "--dry-run", "--database", filled)

    told = painprogram(*START, "--start", "2027-03-15", "--database", filled)

    assert told.code == 0
    assert told.out.splitlines()[:-1] == dry.out.splitlines()[:-1]
    assert "V27 B is made with 20 sessions, as a draft: " in told.out
    listed = painprogram("list", "groups", "--json", "--database", filled).entries[0]
    assert (listed["name"], listed["status"], listed["start"]) == ("V27 B", "draft", "2027-03-15")
    assert str(listed["id"]) in told.out


def test_that_what_clashes_is_shown_with_its_date(painprogram: Cli, filled: str) -> None:
    """The only physician and the only pharmacist can't be at two lectures at once."""
    told = painprogram(*START, "--start", "2027-01-11", "--dry-run", "--database", filled)

    assert re.search("\n    (Karin Holm|Per Sand) has Pain physiology and medicines", told.out)


def test_that_a_template_nobody_has_is_refused(painprogram: Cli, file: Path) -> None:
    told = painprogram(
        *("start-group", "--template", "yoga", "--name", "Y", "--centre", "ekbacken"),
        *("--start", "2027-03-15", "--database", file),
    )

    assert told.code == 1
    assert told.err.startswith("There is no template called yoga. There are: smarthantering")


def test_that_a_profession_nobody_has_is_refused(painprogram: Cli, tmp_path: Path) -> None:
    database = Database.open(str(tmp_path / "new.ppdb"))
    make.centre(database)
    database.close()

    told = painprogram(*START, "--start", "2027-03-15", "--database", tmp_path / "new.ppdb")

    assert told.code == 1
    assert "but no colleague is." in told.err
    assert (
        painprogram("list", "groups", "--json", "--database", tmp_path / "new.ppdb").entries == []
    )


# Papers and calendars


def test_that_a_sheet_is_printed_in_the_language_asked_for(
    painprogram: Cli, filled: str, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.pdf"

    told = painprogram(
        *("--database", filled, "print", "sheet", "--group", "H26 A", "--patient", "maria"),
        *("--out", out, "--language", "en", "--untranslated"),
    )

    assert (told.code, told.err) == (0, "")
    assert "Maria Öberg" in text_of(out)
    assert "Relaxation 8" in text_of(out)


def test_that_without_a_patient_everybodys_sheets_are_printed(
    painprogram: Cli, filled: str, tmp_path: Path
) -> None:
    database = Database.open(filled)
    group = groups.groups(database)[0]
    make.placed(database, make.centre(database, "Viken"), group.id, 1, "Anna")
    database.close()
    out = tmp_path / "sheets.pdf"

    told = painprogram("print", "sheet", "--group", "h26", "--out", out, "--database", filled)

    assert told.code == 0
    assert "Anna Öberg" in text_of(out)
    assert "Maria Öberg" in text_of(out)


def test_that_a_base_schedule_is_printed(painprogram: Cli, filled: str, tmp_path: Path) -> None:
    out = tmp_path / "poster.pdf"
    out.write_text("an older one")

    told = painprogram("print", "poster", "--group", "H26 A", "--out", out, "--database", filled)

    assert told.code == 0
    assert "H26 A" in text_of(out)
    assert [one.name for one in tmp_path.glob("*.new")] == []


@pytest.mark.parametrize("whose", ["group", "patient", "staff", "room"])
def test_that_calendars_are_exported(
    painprogram: Cli, filled: str, tmp_path: Path, whose: str
) -> None:
    name = {"group": "H26 A", "patient": "Öberg", "staff": "Anna Berg", "room": "Gymmet"}[whose]
    out = tmp_path / "calendar.ics"

    told = painprogram("export", "calendar", f"--{whose}", name, "--out", out, "--database", filled)

    assert told.code == 0
    assert icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert "Öberg" not in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("gone/poster.pdf", r"The folder .*gone does not exist\."),
        (".", r".* is no file, so it can't be replaced\."),
    ],
)
def test_that_a_file_that_cannot_be_written_is_refused(
    painprogram: Cli, file: Path, tmp_path: Path, place: str, sentence: str
) -> None:
    told = painprogram(
        *("print", "poster", "--group", "H26 A", "--database", file),
        *("--out", tmp_path / place),
    )

    assert told.code == 1
    assert re.fullmatch(sentence + r"\n", told.err)


def test_that_a_patient_without_a_place_in_the_group_is_refused(
    painprogram: Cli, file: Path, tmp_path: Path
) -> None:
    database = Database.open(str(file))
    make.patient(database, make.centre(database, "Viken"), "Nils", "Ek", 1)
    database.close()

    told = painprogram(
        *("print", "sheet", "--group", "H26 A", "--patient", "Nils Ek"),
        *("--out", tmp_path / "sheet.pdf", "--database", file),
    )

    assert told == Told(1, "", "The patient has no place in H26 A.\n")
    assert not (tmp_path / "sheet.pdf").exists()


# Names


@pytest.fixture
def crowded(file: Path) -> Path:
    """Two rooms, two groups and two patients that share a beginning."""
    database = Database.open(str(file))
    viken = make.centre(database, "Viken")
    make.hall(database, viken, "Gymmet")
    ekbacken = groups.groups(database)[0].centre_id
    make.patient(database, viken, "Marianne", "Öberg", 1)
    reserve = identity.parse("R24-0117", make.TODAY, reserve=True)
    patients.add(database, patients.new(ekbacken, "Dilnoza", "Karimova", reserve))
    database.close()
    return file


def test_that_a_name_that_fits_several_is_refused_with_all_of_them(
    painprogram: Cli, crowded: Path, tmp_path: Path
) -> None:
    told = painprogram(
        *("export", "calendar", "--room", "gymmet", "--out", tmp_path / "x.ics"),
        *("--database", crowded),
    )

    assert told.code == 1
    assert "Gymmet (Ekbacken), Gymmet (Viken)." in told.err
    assert is_one_sentence(told.err)


@pytest.mark.parametrize(
    "text",
    [
        "Maria Öberg",
        "maria ÖBERG",
        make.NUMBERS[0],
        make.NUMBERS[0][2:8] + "-" + make.NUMBERS[0][8:],
    ],
)
def test_that_a_patient_is_found_by_whole_name_and_by_number(
    painprogram: Cli, crowded: Path, tmp_path: Path, text: str
) -> None:
    out = tmp_path / "x.ics"

    told = painprogram("export", "calendar", "--patient", text, "--out", out, "--database", crowded)

    assert (told.code, told.err) == (0, "")
    assert icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")


def test_that_a_patient_is_found_by_id_and_by_reserve_number(
    painprogram: Cli, crowded: Path, tmp_path: Path
) -> None:
    listed = painprogram("list", "patients", "--json", "--database", crowded).entries
    key = next(one["id"] for one in listed if one["name"] == "Dilnoza Karimova")

    for text in (key, "R24-0117", "r24"):
        told = painprogram(
            *("export", "calendar", "--patient", text, "--out", tmp_path / "x.ics"),
            *("--database", crowded),
        )
        assert (told.code, told.err) == (0, "")


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--group", "V99"),
        ("--patient", "Nobody"),
        ("--staff", ""),
        ("--room", "11111111-2222-3333-4444-555555555555"),
    ],
)
def test_that_a_name_nobody_has_is_refused(
    painprogram: Cli, crowded: Path, tmp_path: Path, option: str, name: str
) -> None:
    told = painprogram(
        *("export", "calendar", option, name, "--out", tmp_path / "x.ics", "--database", crowded),
    )

    assert told.code == 1
    assert told.err.startswith("There is no ")


# Checking


def test_that_a_clash_is_told_and_the_database_is_sound(painprogram: Cli, filled: str) -> None:
    database = Database.open(filled)
    group = groups.groups(database)[0]
    first = make.of_strand(database, group.id, "relaxation")[0]
    patient = patients.find(database)[0]
    place = patients.enrolments(database, patient.id)[0]
    (where,) = centres.centres(database)
    with make.unwatched(database, where, Rule.PATIENT):
        schedules.add_visit(database, place.id, first.start, 45, title="Talk")
    database.close()

    told = painprogram("check", "--database", filled)

    assert told.code == 0
    assert "is sound (schema " in told.out
    assert "1 clash\n" in told.out
    assert "A patient has" in told.out


def test_that_what_is_broken_is_told_with_exit_code_1(painprogram: Cli, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update patient_group set maximum = 0")
        connection.commit()

    told = painprogram("check", "--database", file)

    assert told.code == 1
    assert "H26 A has 0 places, but 1 are taken.\n" in told.out
    assert is_one_sentence(told.err)
