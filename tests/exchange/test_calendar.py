import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.exchange.calendar import Event, calendar, read

TZ = import_module("dateutil.tz")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
EVENT = Event(
    uid="0d0f2c5e-6f0a-4b6e-9d7e-2f4f7e0d9a11",
    sequence=3,
    start=datetime(2026, 11, 24, 13, 0),
    end=datetime(2026, 11, 24, 13, 45),
    summary="Gruppträff på vårdcentralen",
    location="Rörelsesalen, Storgatan 14; plan 2",
    description="Ta med mjuka kläder.\nHälsningar, Björkvikens vårdcentral, våning 2",
    cancelled=False,
    stamp=datetime(2026, 11, 22, 6, 50, 1, tzinfo=UTC),
    alarm_minutes=60,
)


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    with i18n.using("en"):
        yield


def by_icalendar(data: bytes) -> list[Any]:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def by_vobject(data: bytes) -> Any:
    return vobject.readOne(data.decode("utf-8"))


def test_that_an_event_comes_back_as_it_was() -> None:
    assert read(calendar("Min grupp", [EVENT])) == (EVENT,)


def test_that_the_lines_are_the_ones_calendars_know() -> None:
    data = calendar("Anna, tisdagar", [EVENT]).decode("utf-8")
    lines = data.replace("\r\n ", "").split("\r\n")
    start, end = lines.index("BEGIN:VEVENT"), lines.index("BEGIN:VALARM")

    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//painprogram//painprogram//SV",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert "X-WR-CALNAME:Anna\\, tisdagar" in lines
    assert sorted(lines[start + 1 : end]) == [
        "DESCRIPTION:Ta med mjuka kläder.\\nHälsningar\\, Björkvikens vårdcentral\\, våning 2",
        "DTEND;TZID=Europe/Stockholm:20261124T134500",
        "DTSTAMP:20261122T065001Z",
        "DTSTART;TZID=Europe/Stockholm:20261124T130000",
        "LOCATION:Rörelsesalen\\, Storgatan 14\\; plan 2",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "SUMMARY:Gruppträff på vårdcentralen",
        "TRANSP:OPAQUE",
        "UID:0d0f2c5e-6f0a-4b6e-9d7e-2f4f7e0d9a11",
    ]
    assert sorted(lines[end:]) == [
        "",
        "ACTION:DISPLAY",
        "BEGIN:VALARM",
        "DESCRIPTION:Gruppträff på vårdcentralen",
        "END:VALARM",
        "END:VCALENDAR",
        "END:VEVENT",
        "TRIGGER:-PT1H",
    ]


def test_that_a_cancelled_event_says_so_and_reminds_of_nothing() -> None:
    (event,) = by_icalendar(calendar("x", [replace(EVENT, cancelled=True, sequence=4)]))

    assert (str(event["UID"]), event["SEQUENCE"]) == (EVENT.uid, 4)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert event.walk("VALARM") == []


def test_that_a_private_event_says_so() -> None:
    assert b"CLASS" not in calendar("x", [EVENT])
    assert by_icalendar(calendar("x", [EVENT], private=True))[0]["CLASS"] == "PRIVATE"


def test_that_a_calendar_may_be_empty() -> None:
    data = calendar("Tom", [])

    assert read(data) == ()
    assert by_vobject(data).x_wr_calname.value == "Tom"


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2026-03-28T13:00", "2026-03-28T12:00"),
        ("2026-03-29T01:30", "2026-03-29T00:30"),
        ("2026-03-29T03:30", "2026-03-29T01:30"),
        ("2026-03-30T13:00", "2026-03-30T11:00"),
        ("2026-10-24T13:00", "2026-10-24T11:00"),
        ("2026-10-25T01:30", "2026-10-24T23:30"),
        ("2026-10-25T03:30", "2026-10-25T02:30"),
        ("2026-10-26T13:00", "2026-10-26T12:00"),
        ("2027-01-07T09:00", "2027-01-07T08:00"),
        ("2020-12-31T23:00", "2020-12-31T22:00"),
        ("2035-07-01T09:00", "2035-07-01T07:00"),
    ],
)
def test_that_a_wall_clock_time_is_the_right_instant_for_every_reader(wall: str, utc: str) -> None:
    start = datetime.fromisoformat(wall)
    data = calendar("x", [replace(EVENT, start=start, end=start + timedelta(minutes=20))])
    instant = datetime.fromisoformat(utc).replace(tzinfo=UTC)

    assert by_icalendar(data)[0]["DTSTART"].dt.astimezone(UTC) == instant
    assert by_vobject(data).vevent.dtstart.value.astimezone(UTC) == instant
    assert instant_by_its_own_zone(data, start) == instant


def instant_by_its_own_zone(data: bytes, wall: datetime) -> datetime:
    """By the rules in the file alone, as a program without a time zone database must do it."""
    zone = data[data.index(b"BEGIN:VTIMEZONE") : data.index(b"END:VTIMEZONE") + 13]
    return wall.replace(tzinfo=TZ.tzical(io.StringIO(zone.decode())).get()).astimezone(UTC)


@given(st.datetimes(datetime(1997, 1, 1), datetime(2037, 12, 30)))
def test_that_the_zone_in_the_file_is_stockholms(start: datetime) -> None:
    start = start.replace(microsecond=0)
    expected = start.replace(tzinfo=STOCKHOLM).astimezone(UTC)
    there = expected.astimezone(STOCKHOLM).replace(tzinfo=None)
    if there == start:  # a time that exists
        data = calendar("x", [replace(EVENT, start=start, end=start)])
        offset = {timedelta(0), timedelta(hours=1)}  # the hour that comes twice
        twice = start.replace(tzinfo=STOCKHOLM, fold=1).astimezone(UTC) != expected
        apart = instant_by_its_own_zone(data, start) - expected
        assert apart in offset if twice else not apart


ANY_TEXT = st.text(max_size=300) | st.text(st.sampled_from('åäö;,\\:"\n\r\tn END:VEVENT=🙂e\u0301'))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_that_no_text_can_spoil_the_file(
    name: str, summary: str, location: str, description: str
) -> None:
    event = replace(EVENT, summary=summary, location=location, description=description)
    data = calendar(name, [event, EVENT])
    lines = data.split(b"\r\n")
    (one, other) = by_icalendar(data)
    seen = by_vobject(data)

    assert max(map(len, lines)) <= 75
    assert not any(byte < 0x20 for line in lines for byte in line)
    assert [line.decode("utf-8") for line in lines]
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 2
    assert len(seen.vevent_list) == 2
    assert read(data)[1] == EVENT
    assert str(one["SUMMARY"]) == seen.vevent_list[0].summary.value
    assert str(other["UID"]) == EVENT.uid
    if summary.isprintable():
        assert str(one["SUMMARY"]) == " ".join(summary.split()).replace("\\N", "/N")
    if description.replace("\n", "").isprintable():
        assert str(one.get("DESCRIPTION", "")) == description.strip().replace("\\N", "/N")


def test_that_a_backslash_before_a_capital_is_no_new_line() -> None:
    (one,) = by_icalendar(calendar("x", [replace(EVENT, location="Plan 2\\Norr")]))

    assert str(one["LOCATION"]) == "Plan 2/Norr"


@pytest.mark.parametrize(
    ("hostile", "seen"),
    [
        ("a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a END:VEVENT BEGIN:VEVENT"),
        ("a\u2028BEGIN:VEVENT\x85x\x0by", "a BEGIN:VEVENT x y"),
        ("a\x00\x1b\u202eb\ud800", "ab"),
        ("\\n\\,\\;", "\\n\\,\\;"),
        ('";:,\\', '";:,\\'),
        ("", ""),
    ],
)
def test_that_a_hostile_summary_is_text(hostile: str, seen: str) -> None:
    data = calendar(hostile, [replace(EVENT, summary=hostile)])

    assert str(by_icalendar(data)[0]["SUMMARY"]) == seen
    assert by_vobject(data).vevent.summary.value == seen
    assert by_vobject(data).x_wr_calname.value == seen


def test_that_a_long_line_is_folded_between_letters() -> None:
    for shift in range(4):
        summary = "x" * shift + "åäö🙂" * 100
        data = calendar("x", [replace(EVENT, summary=summary)])
        assert max(len(line) for line in data.split(b"\r\n")) <= 75
        assert str(by_icalendar(data)[0]["SUMMARY"]) == summary


def test_that_a_time_with_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="wall-clock"):
        calendar("x", [replace(EVENT, start=datetime(2026, 1, 1, tzinfo=UTC))])


# Reading.


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BEGIN:VCALENDAR",
        b"\xff\xfe",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        calendar("x", [EVENT]).replace(b"DTSTART;TZID=Europe/Stockholm:2026", b"DTSTART:x"),
        calendar("x", [EVENT]).replace(b"END:VEVENT", b""),
    ],
)
def test_that_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="not a calendar file"):
        read(data)


def test_that_an_event_that_repeats_is_refused() -> None:
    data = calendar("x", [EVENT]).replace(
        b"SEQUENCE:3\r\n", b"SEQUENCE:3\r\nRRULE:FREQ=SECONDLY\r\n"
    )
    with pytest.raises(Refused, match=r"“Gruppträff på vårdcentralen” repeats"):
        read(data)


WRITTEN = calendar("x", [EVENT])


@given(st.integers(0, len(WRITTEN)), st.integers(0, 30), st.binary(max_size=6))
def test_that_a_damaged_calendar_is_read_or_refused(start: int, length: int, put: bytes) -> None:
    try:
        events = read(WRITTEN[:start] + put + WRITTEN[start + length :])
    except Refused:
        return
    assert all(isinstance(event, Event) for event in events)
