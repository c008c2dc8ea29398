"""Columns by their headings, as a file and as a choice; and what a script is told."""

import json

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.imports import (
    Difference,
    Fault,
    Field,
    ImportKind,
    Judged,
    Verdict,
    as_choice,
    as_file,
    fingerprint,
    from_choice,
    from_file,
    guessed,
    lacking,
    outcome,
    titled,
    told_plainly,
)

PATIENTS, STAFF = ImportKind.PATIENTS, ImportKind.STAFF
HEADER = ("Personnummer", "Namn", "", "Telefon")


@pytest.mark.parametrize(
    "header",
    [
        ("Förnamn", "Efternamn", "Personnummer", "Språk", "Tolk", "Telefon", "Adress"),
        (
            *("First name", "SURNAME", "Personal identity number", "Language", "Interpreter"),
            *("Phone number", "Street address"),
        ),
        ("Tilltalsnamn", "efternamn ", "Personnr.", "Modersmål", "Tolkbehov?", "Mobil", "ADRESS"),
        (
            *("given_name", "family_name", "identity_number", "language", "interpreter"),
            *("phone", "address"),
        ),
        ("Förnamn*", "Efternamn:", "Personnummer (12 siffror)", "Språk", "Tolk", "Tel.", "Adress"),
    ],
)
def test_that_headings_are_known_in_swedish_and_english(header: tuple[str, ...]) -> None:
    wanted = ("given_name", "family_name", "identity_number", "language", "interpreter")

    assert guessed(header, PATIENTS) == {
        Field(name): at for at, name in enumerate((*wanted, "phone", "address"))
    }


def test_that_the_first_of_two_columns_is_taken_and_what_is_unknown_left() -> None:
    assert guessed(("Mobil", "Telefon", "Blodgrupp", ""), PATIENTS) == {Field.PHONE: 0}


def test_that_a_name_in_two_columns_needs_no_third() -> None:
    found = guessed(("Patient", "Förnamn", "Efternamn"), PATIENTS)

    assert found == {Field.GIVEN_NAME: 1, Field.FAMILY_NAME: 2}


def test_that_colleagues_have_columns_of_their_own() -> None:
    found = guessed(("Namn", "Yrke", "Telefon", "Kompetens", "Personnummer"), STAFF)

    assert list(found) == [Field.NAME, Field.PROFESSION, Field.PHONE, Field.COMPETENCES]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({}, ["name", "identity number"]),
        ({Field.NAME: 0}, ["identity number"]),
        ({Field.GIVEN_NAME: 0, Field.IDENTITY: 1}, ["family name"]),
        ({Field.NAME: 0, Field.GIVEN_NAME: 2, Field.RESERVE: 1}, ["not both"]),
        ({Field.NAME: 0, Field.RESERVE: 1}, []),
    ],
)
def test_that_what_is_lacking_is_said(columns: dict[Field, int], told: list[str]) -> None:
    found = lacking(columns, PATIENTS)

    assert len(found) == len(told)
    assert all(words in sentence for words, sentence in zip(told, found, strict=True))


def test_that_a_column_without_heading_has_its_letters() -> None:
    assert [titled(HEADER, at) for at in (0, 2, 27)] == ["Personnummer", "Column C", "Column AB"]


def test_that_a_file_of_columns_says_what_is_what() -> None:
    told = '{"Personnummer": "identity_number", "Namn": "name", "Telefon": null}'

    found = from_file(told, HEADER, PATIENTS)

    assert found == {Field.IDENTITY: 0, Field.NAME: 1}
    assert from_file(as_file(found, HEADER), HEADER, PATIENTS) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "should look like"),
        ('{"Namn": 3}', "should look like"),
        ('{"Efternamn": "name"}', "no column Efternamn.*Personnummer, Namn, –, Telefon"),
        ('{"Namn": "shoe size"}', "shoe size is no field.*identity_number"),
        ('{"Namn": "profession"}', "profession is no field"),
        ('{"Namn": "name", "Telefon": "name"}', "Two columns"),
    ],
)
def test_that_a_file_of_columns_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        from_file(text, HEADER, PATIENTS)


def test_that_a_choice_is_known_again_by_the_same_headings_in_another_order() -> None:
    chosen = {Field.IDENTITY: 0, Field.NAME: 1}
    other = ("Telefon", "Namn", "Personnummer", "")

    kept = as_choice(chosen, HEADER)

    assert fingerprint(other) == fingerprint(HEADER)
    assert fingerprint((*HEADER, "Ort")) != fingerprint(HEADER)
    assert from_choice(kept, other, PATIENTS) == {Field.IDENTITY: 2, Field.NAME: 1}


def test_that_what_is_remembered_tells_no_heading() -> None:
    kept = as_choice({Field.IDENTITY: 0}, HEADER) + fingerprint(HEADER)

    assert not [heading for heading in HEADER if heading and heading in kept]


@pytest.mark.parametrize("text", ["", "{}", "[1, 2, 3, 4]", '["name"]', "[" * 100_000])
def test_that_a_choice_that_can_not_be_read_is_forgotten(text: str) -> None:
    assert from_choice(text, HEADER, PATIENTS) is None


def test_that_a_script_is_told_rows_and_reasons_and_of_nobody() -> None:
    result = outcome(
        PATIENTS,
        [
            Judged(2, Verdict.CHANGED, "Anna Ek", (), (Difference("Phone", "070-1", "070-2"),)),
            Judged(3, Verdict.REFUSED, "Nils Ek", (Fault("Personnummer", "Wrong."),)),
        ],
    )

    told = told_plainly(result)

    assert result.stopped
    assert result.writes == 1
    assert told["counts"]["changed"] == 1
    assert told["rows"][0]["changes"] == ["Phone"]
    assert told["rows"][1]["faults"] == [{"column": "Personnummer", "reason": "Wrong."}]
    assert not [word for word in ("Anna", "Nils", "070") if word in json.dumps(told)]
