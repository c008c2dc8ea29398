from datetime import datetime, time

import pytest

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.unsuitable import Unsuitable, read, written


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tis 8-12", ["tue 08:00-12:00"]),
        ("Tuesday 8.30–12", ["tue 08:30-12:00"]),
        ("tors; mån 13:15-14", ["mon 13:15-14:00", "thu"]),
        ("fre 8-24", ["fri 08:00-23:59"]),
        ("tis 8-12, tisdag 08:00-12:00", ["tue 08:00-12:00"]),
        ("", []),
    ],
)
def test_that_a_time_is_understood_as_people_write_it(text: str, kept: list[str]) -> None:
    found = written(text)

    assert [one.text for one in found] == kept
    assert read(kept) == found


@pytest.mark.parametrize("text", ["any time", "tis 12-8", "tis 8", "tis 25-26", "8-12", "tis 8-8"])
def test_that_what_is_no_time_is_refused_with_a_sample(text: str) -> None:
    with pytest.raises(Refused, match=r"is no time of a week.*Tue 8:00–12:00"):
        written(text)


def test_that_it_is_shown_in_the_language_in_use() -> None:
    one = Unsuitable(1, time(8), time(12))

    assert one.label == "Tue 8:00–12:00"
    with i18n.using("sv"):
        assert one.label == "tis 8.00–12.00"


def test_that_touching_is_not_meeting() -> None:
    one = Unsuitable(1, time(8), time(12))
    tuesday = datetime(2027, 1, 12)

    assert one.meets(tuesday.replace(hour=11), tuesday.replace(hour=13))
    assert not one.meets(tuesday.replace(hour=12), tuesday.replace(hour=13))
    assert not one.meets(datetime(2027, 1, 13, 9), datetime(2027, 1, 13, 10))
    assert Unsuitable(1).meets(tuesday.replace(hour=20), tuesday.replace(hour=21))
