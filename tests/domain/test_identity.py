import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from painprogram import i18n, resources
from painprogram.domain.errors import Refused
from painprogram.domain.identity import Identity, IdentityKind, luhn, parse

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    with i18n.using("en"):
        yield


def published(name: str) -> list[str]:
    return resources.path("example", name).read_text("ascii").split()


PERSONAL = published("personnummer.txt")
COORDINATION = published("samordningsnummer.txt")


def with_check_digit(nine: str) -> str:
    return next(f"{nine}{last}" for last in range(10) if luhn(f"{nine}{last}"))


def number(born: date, serial: int, *, coordination: bool = False) -> str:
    day = born.day + 60 * coordination
    short = with_check_digit(f"{born:%y%m}{day:02}{serial:03}")
    return f"{born.year // 100:02}{short}"


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [(IdentityKind.PERSONAL, PERSONAL), (IdentityKind.COORDINATION, COORDINATION)],
)
def test_that_every_published_test_number_is_accepted(
    kind: IdentityKind, numbers: list[str]
) -> None:
    assert len(numbers) > 900
    for twelve in numbers:
        identity = parse(twelve, TODAY)
        assert identity == Identity(kind, twelve)
        assert parse(identity.formatted, TODAY) == identity
        known = twelve[4:6] != "00" and twelve[6:8] != "60"
        assert (identity.born is not None) == known
        assert (identity.age(TODAY) is not None) == known


def test_that_one_wrong_digit_never_passes_for_the_same_number() -> None:
    for twelve in PERSONAL[::40] + COORDINATION[::20]:
        for place in range(2, 12):
            for digit in set("0123456789") - {twelve[place]}:
                with pytest.raises(Refused):
                    parse(twelve[:place] + digit + twelve[place + 1 :], TODAY)


@pytest.mark.parametrize("text", ["196408833224", "830488-5912", "19830488-5912"])
def test_that_published_numbers_with_a_wrong_check_digit_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="check digit"):
        parse(text, TODAY)


def test_that_a_coordination_number_adds_sixty_to_the_day() -> None:
    identity = parse("196408833231", TODAY)

    assert identity.kind is IdentityKind.COORDINATION
    assert identity.born == date(1964, 8, 23)
    assert identity.formatted == "19640883-3231"
    assert identity.masked == "19640883-••••"


@pytest.mark.parametrize("date_of_birth", ["670083", "670360", "670060"])
def test_that_a_coordination_number_may_leave_month_and_day_of_birth_unknown(
    date_of_birth: str,
) -> None:
    ten = with_check_digit(f"{date_of_birth}123")
    identity = parse(ten, TODAY)

    assert identity == Identity(IdentityKind.COORDINATION, f"19{ten}")
    assert identity.born is None


@given(
    born=st.dates(date(1900, 1, 1), date(2060, 12, 31)),
    serial=st.integers(0, 999),
    days=st.integers(0, 36_500),
    coordination=st.booleans(),
)
@example(born=date(1926, 12, 1), serial=123, days=36_499, coordination=False)
@example(born=date(2024, 2, 29), serial=1, days=0, coordination=True)
def test_that_every_way_of_writing_a_number_says_the_same(
    born: date, serial: int, days: int, *, coordination: bool
) -> None:
    today = born + timedelta(days)
    twelve = number(born, serial, coordination=coordination)
    expected = parse(twelve, today)
    older = today.year - born.year >= 100
    ways = [f"{twelve[:8]}-{twelve[8:]}", f"{twelve[2:8]}{'+' if older else '-'}{twelve[8:]}"]
    if (born.month, born.day) > (today.month, today.day) or not older:
        ways += [f"{twelve[2:8]}-{twelve[8:]}", twelve[2:]]

    assert expected.number == twelve
    assert expected.born == born
    for way in ways:
        assert parse(way, today) == expected
        assert parse(f" {way.replace('-', ' – ')}\u00a0\n", today) == expected


def test_that_a_plus_sign_is_somebody_who_turns_a_hundred_or_more() -> None:
    nine = with_check_digit("261201123")

    assert parse(f"{nine[:6]}+{nine[6:]}", TODAY).number == f"19{nine}"
    assert parse(f"{nine[:6]}-{nine[6:]}", TODAY).number == f"19{nine}"
    assert parse(f"{nine[:6]}-{nine[6:]}", date(2026, 12, 1)).number == f"20{nine}"
    assert parse(f"{nine[:6]}+{nine[6:]}", date(2026, 12, 1)).number == f"19{nine}"
    with pytest.raises(Refused, match="more than 150 years old"):
        parse(f"{nine[:6]}+{nine[6:]}", date(2025, 12, 31))
    assert parse(f"1926{nine[2:6]}+{nine[6:]}", TODAY).number == f"19{nine}"


TWELVE = PERSONAL[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write the identity number."),
        (" \n", "Write the identity number."),
        ("-", "The identity number has 0 digits; it should have 12, or 10."),
        (TWELVE[:-1], "The identity number has 11 digits; it should have 12, or 10."),
        (TWELVE + "1", "The identity number has 13 digits; it should have 12, or 10."),
        (
            TWELVE[:6] + "-" + TWELVE[6:],
            "The hyphen stands in the wrong place: write the number as YYYYMMDD-NNNN.",
        ),
        (
            TWELVE[:8] + "--" + TWELVE[8:],
            "The hyphen stands in the wrong place: write the number as YYYYMMDD-NNNN.",
        ),
        (
            "١٩٦٧٠٣١٢١٢٣٤",
            "“١” can't stand in an identity number: only the digits 0–9 and a hyphen.",
        ),
        (
            "19670312-12T4",
            "“T” can't stand in an identity number: only the digits 0–9 and a hyphen.",
        ),
        ("19671312-1234", "The month in the number is 13; it should be 01 to 12."),
        ("19670012-1234", "The month in the number is 00; it should be 01 to 12."),
        ("19671372-1234", "The month in the number is 13; it should be 01 to 12."),
        (
            "19670229-1234",
            (
                "The day in the number is 29; month 02 of 1967 has the days 01 to 28, "
                "or 61 to 88 in a coordination number."
            ),
        ),
        (
            "19670492-1234",
            (
                "The day in the number is 92; month 04 of 1967 has the days 01 to 30, "
                "or 61 to 90 in a coordination number."
            ),
        ),
        (
            "00000101-1234",
            "The year in the number is 0000; there is no such year.",
        ),
        (
            number(date(2027, 1, 1), 5),
            "The number says that the person is not born yet. Check the year.",
        ),
        (
            number(date(1767, 1, 1), 5),
            "The number says that the person is more than 150 years old. Check the year.",
        ),
        (
            f"{TWELVE[:8]}+{TWELVE[8:]}",
            "The plus sign is for those who turn 100 or more. Write a hyphen.",
        ),
        (
            TWELVE[:-1] + str((int(TWELVE[-1]) + 1) % 10),
            "The check digit is wrong: the last digit doesn't fit the others. Compare each one.",
        ),
    ],
)
def test_that_a_refusal_says_which_part_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, TODAY)

    assert str(refused.value) == sentence


@given(text=st.text(), today=st.dates(), reserve=st.booleans())
@example(text="²", today=TODAY, reserve=False)
@example(text="0000000000", today=date.min, reserve=False)
def test_that_any_text_is_an_identity_or_refused(text: str, today: date, *, reserve: bool) -> None:
    try:
        identity = parse(text, today, reserve=reserve)
    except Refused:
        return
    assert parse(identity.formatted, today, reserve=reserve) == identity


@given(st.text(st.characters(categories=("Nd", "Pd", "No")), min_size=10, max_size=13))
def test_that_only_the_digits_0_to_9_are_digits(text: str) -> None:
    try:
        identity = parse(text, TODAY)
    except Refused:
        return
    assert identity.number.isascii()
    assert all(c in "0123456789" or unicodedata.category(c) == "Pd" for c in text)


def test_that_age_is_counted_in_whole_years() -> None:
    born = parse(number(date(2004, 2, 29), 17), TODAY)

    assert [born.age(date(2026, 2, 28)), born.age(date(2026, 3, 1))] == [21, 22]


def test_that_a_reserve_number_is_kept_as_written_and_hidden() -> None:
    identity = parse("  SU\t123‑ABC\x00 ", TODAY, reserve=True)

    assert identity == Identity(IdentityKind.RESERVE, "SU 123‑ABC")
    assert identity.formatted == "SU 123‑ABC"
    assert identity.masked == "SU••••••••"
    assert identity.born is None
    assert identity.age(TODAY) is None


@pytest.mark.parametrize(("text", "match"), [(" \x00", "Write the"), ("1" * 21, "too long")])
def test_that_a_reserve_number_has_between_1_and_20_characters(text: str, match: str) -> None:
    with pytest.raises(Refused, match=match):
        parse(text, TODAY, reserve=True)
