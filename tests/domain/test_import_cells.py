"""What stands in a cell: understood when it is plain, explained when it is not."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painprogram.domain import import_cells
from painprogram.domain.errors import Refused
from painprogram.domain.identity import luhn
from painprogram.domain.import_cells import Reading, explained
from painprogram.domain.imports import Field, Line
from painprogram.domain.patients import Access
from painprogram.domain.people import Profession

TODAY = date(2026, 11, 22)
NUMBER = "19300101-6595"
ANNA = UUID(int=7)


def read(**cells: str) -> Line:
    """A row with a right number and name, and *cells* beside them or in their place."""
    whole = {"identity_number": NUMBER, "name": "Anna Ek", **cells}
    columns = {Field(name): at for at, name in enumerate(whole)}
    at = Reading(TODAY, {"anna berg": [ANNA], "eva ek": [ANNA, UUID(int=8)]})
    return import_cells.patient_line(2, tuple(whole.values()), columns, tuple(whole), at)


def staff(**cells: str) -> Line:
    columns = {Field(name): at for at, name in enumerate(cells)}
    known = {"läkare": Profession.PHYSICIAN}
    at = Reading(TODAY, {}, lambda text: known.get(text.casefold()))
    return import_cells.staff_line(2, tuple(cells.values()), columns, tuple(cells), at)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Anna Ek", ("Anna", "Ek")),
        ("Anna  Maria Ek", ("Anna Maria", "Ek")),
        ("Ek, Anna Maria", ("Anna Maria", "Ek")),
        ("von  Otter ,Åsa", ("Åsa", "von Otter")),
    ],
)
def test_that_a_name_in_one_column_is_divided(written: str, names: tuple[str, str]) -> None:
    told = read(name=written).told

    assert (told["given_name"], told["family_name"]) == names


@pytest.mark.parametrize("written", ["Anna", "Ek,", ", Anna", "A" * 201 + " Ek"])
def test_that_half_a_name_is_refused(written: str) -> None:
    assert [fault.column for fault in read(name=written).faults] == ["name"]


def test_that_a_row_without_name_or_number_says_so() -> None:
    faults = read(name="", identity_number="").faults

    assert [(x.column, x.reason) for x in faults] == [
        ("name", "The row has no name."),
        ("identity_number", "The row has no identity number."),
    ]


@pytest.mark.parametrize("written", [NUMBER, "193001016595", "3001016595", "'300101-6595"])
def test_that_a_number_is_read_in_every_form(written: str) -> None:
    assert explained(written, TODAY).formatted == NUMBER


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("19300101-6596", "check digit is wrong"),
        ("20991231-1234", "check digit|not born yet"),
        ("209912311235", "check digit|not born yet"),
        ("1,96703E+11", "shortened the number.*last digits are lost"),
        ("1.99001189804E+11", "shortened the number"),
        ("########", "widen the column"),
        ("1990-01-18", "last four digits are missing"),
        ("1990-01-18 00:00", "last four digits are missing"),
        ("19900118", "last four digits are missing"),
        ("101239876", "9 digits.*zeros at the beginning"),
        ("1019876", "7 digits.*zeros at the beginning"),
        ("99001189804", "11 digits"),
        ("TF-1234", "reserve number stands in a column of its own"),
        ("19901318-9804", "month"),
    ],
)
def test_that_a_spoilt_number_is_explained(written: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        explained(written, TODAY)


def test_that_somebody_born_tomorrow_is_named_as_such() -> None:
    last = next(digit for digit in "0123456789" if luhn(f"261123000{digit}"))

    with pytest.raises(Refused, match="not born yet"):
        explained(f"20261123-000{last}", TODAY)


def test_that_a_reserve_number_is_taken_from_its_column() -> None:
    line = read(identity_number="", reserve_number="TF 1234")

    assert line.told["identity"].number == "TF 1234"
    assert line.key == "TF 1234"


@pytest.mark.parametrize(
    ("written", "code"),
    [("Svenska", "sv"), ("ARABIC", "ar"), ("fa", "fa"), ("Farsi", "fa"), ("Annat språk", "other")],
)
def test_that_languages_are_known(written: str, code: str) -> None:
    assert read(language=written).told["language"] == code


def test_that_a_language_without_texts_is_kept_as_another_and_said() -> None:
    line = read(language="Tigrinja")

    assert line.told["language"] == "other"
    assert line.remarks == ("“Tigrinja” is kept as Other language.",)


def test_that_what_is_no_language_is_refused_with_those_there_are() -> None:
    (fault,) = read(language="Klingon").faults

    assert "“Klingon” is no language we know" in fault.reason
    assert "Somali" in fault.reason


@pytest.mark.parametrize(
    ("written", "meant"), [("Ja", True), ("X", True), ("1", True), ("nej", False), ("-", False)]
)
def test_that_yes_and_no_are_read(written: str, meant: bool) -> None:  # noqa: FBT001
    assert read(interpreter=written).told["interpreter"] is meant


def test_that_neither_yes_nor_no_is_refused() -> None:
    assert read(interpreter="kanske").faults[0].reason == "“kanske” says neither yes nor no."


@pytest.mark.parametrize("written", ["Ja", "Skyddad", "sekretessmarkering"])
def test_that_protection_is_known_by_its_names_and_keeps_no_address_in_silence(
    written: str,
) -> None:
    line = read(protected=written, address="Storgatan 1")

    assert line.told["protected"] is True
    assert line.remarks == ("The address is not kept: the identity is protected.",)


def test_that_needs_are_read_together() -> None:
    told = read(access="Hiss, rullstol och stor stil").told

    assert told["access"] == tuple(sorted((Access.LIFT, Access.STEP_FREE, Access.LARGE_PRINT)))
    assert read(access="Inga").told["access"] == ()
    assert "no need we know" in read(access="sol").faults[0].reason


def test_that_a_phone_number_that_lost_its_zero_is_remarked_on_and_not_changed() -> None:
    line = read(phone="701234567")

    assert line.told["phone"] == "701234567"
    assert "first zero" in line.remarks[0]
    assert read(phone="070-123 45 67").remarks == ()
    assert read(phone="0" * 41).faults


@pytest.mark.parametrize(
    "cells",
    [
        {"address": "Storgatan 1, 123 45 Ekbacken"},
        {"address": "Storgatan 1\r\n123 45  Ekbacken"},
        {"address": "Storgatan 1", "postcode": "12345", "town": "Ekbacken"},
    ],
)
def test_that_an_address_is_lines_as_in_a_window(cells: dict[str, str]) -> None:
    assert read(**cells).told["address"] == "Storgatan 1\n123 45 Ekbacken"


def test_that_a_contact_person_is_a_colleague_there_is_one_of() -> None:
    assert read(contact="Berg, Anna").told["contact_id"] == ANNA
    assert "Nobody called “Nils Ny”" in read(contact="Nils Ny").faults[0].reason
    assert "Several" in read(contact="Eva Ek").faults[0].reason


def test_that_an_empty_cell_tells_nothing() -> None:
    told = read(phone="", language="", access="", note="").told

    assert set(told) == {"given_name", "family_name", "identity"}


def test_that_a_colleague_is_read_with_one_name_and_a_profession() -> None:
    line = staff(name="Berg, Åsa", profession="Läkare", competences="KBT, ACT; KBT")

    assert line.told == {
        "name": "Åsa Berg",
        "profession": Profession.PHYSICIAN,
        "competences": ("KBT", "ACT"),
    }
    assert staff(given_name="Åsa", family_name="Berg", profession="Läkare").key == line.key
    assert staff(name="Bo", profession="snickare").faults[0].column == "profession"


def test_that_a_list_that_begins_with_a_person_is_refused() -> None:
    import_cells.check_headings(("Namn", "Personnummer"), TODAY)
    with pytest.raises(Refused, match="row of headings"):
        import_cells.check_headings(("Anna Ek", NUMBER), TODAY)


@given(st.dictionaries(st.sampled_from([str(each) for each in Field]), st.text(max_size=60)))
def test_that_any_cells_are_read_or_refused(cells: dict[str, str]) -> None:
    line = read(**cells)

    assert all(fault.column and fault.reason for fault in line.faults)
    assert line.faults or line.told["identity"]
