"""Calendar files that are broken, endless or huge: refused or skipped, in words, and soon."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painprogram.domain.errors import Refused
from painprogram.exchange.busy import LARGEST, LONGEST, BusyTimes, read
from painprogram.exchange.foreign_events import SkipReason
from painprogram.exchange.foreign_lines import MOST_EVENTS
from tests.exchange.test_busy_programs import PROGRAMS, data

FIRST, LAST = date(2026, 10, 25), date(2028, 5, 22)
MARKER = "Hemlig"
SOON = 2.0
"""Seconds of work after which the end must have come, also on a slow machine."""


def calendar(*parts: str) -> bytes:
    text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))
    return text.replace("\n", "\r\n").encode()


def event(number: int, *lines: str) -> str:
    told = (f"UID:{number}", f"SUMMARY:{MARKER}", *lines)
    return "\n".join(("BEGIN:VEVENT", *told, "END:VEVENT"))


def many(number: int, *lines: str) -> bytes:
    return calendar(*(event(each, *lines) for each in range(number)))


AT = "DTSTART;TZID=Europe/Stockholm:20260105T090000"
SEEN = "DTSTART;TZID=Europe/Stockholm:20261124T090000\nDURATION:PT1H"


def tried(file: bytes, seconds: float = LONGEST) -> BusyTimes | str:
    """What is found, or the sentence of the refusal; soon, and without a word of the file."""
    begun = thread_time()
    found: BusyTimes | str
    try:
        found = read(file, FIRST, LAST, seconds=seconds)
    except Refused as refused:
        found = str(refused)
    assert thread_time() - begun < seconds + SOON
    assert MARKER not in repr(found)
    return found


def zipped(file: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("calendar.ics", file)
    return held.getvalue()


WHOLE = calendar(event(1, SEEN))
REFUSED = {
    "not a calendar file": [
        b"",
        b"\r\n\r\n",
        bytes(range(256)) * 100,
        b"%PDF-1.7\n%\xe2\xe3",
        b"\xff\xfe\x00\xd8\x00",
        b"BEGIN:VEVENT\r\nDTSTART:20261124T090000\r\nEND:VEVENT\r\n",
        b"<html>\n" + WHOLE,
        b"Subject;Start Date;Hemlig\r\n",
    ],
    "zip archive": [zipped(WHOLE)],
    "not whole": [WHOLE[: -len("END:VCALENDAR\r\n")], WHOLE[:100], b"BEGIN:VCALENDAR"],
    "damaged": [
        WHOLE[:-5],
        WHOLE.replace(b"END:VEVENT\r\n", b""),
        WHOLE.replace(b"END:VEVENT", b"END:VTODO"),
        WHOLE + b"END:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 1000,
    ],
    "too large": [WHOLE + b" " * LARGEST],
    "too much": [
        many(MOST_EVENTS + 1, SEEN),
        many(300, AT, "DURATION:PT1H", "RRULE:FREQ=DAILY"),
        calendar("\n" * 1_000_001),
    ],
}


@pytest.mark.parametrize(
    ("words", "number"),
    [(words, number) for words, files in REFUSED.items() for number in range(len(files))],
)
def test_that_what_cannot_be_trusted_is_refused_in_words(words: str, number: int) -> None:
    told = tried(REFUSED[words][number])

    assert isinstance(told, str)
    assert words in told


ENDLESS: dict[str, Callable[[], bytes]] = {
    "a count of all time": lambda: many(
        500, "DTSTART:16010101T000000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=999999999"
    ),
    "positions in years of hours": lambda: many(
        50,
        "DTSTART:16010101T000000",
        "DURATION:PT1H",
        "RRULE:FREQ=YEARLY;COUNT=999;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR,SA,SU;"
        "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23",
    ),
}


@pytest.mark.parametrize("name", sorted(ENDLESS))
def test_that_work_without_end_is_ended(name: str) -> None:
    assert "too much" in str(tried(ENDLESS[name](), seconds=1))


BEARABLE: dict[str, Callable[[], bytes]] = {
    "never": lambda: many(5000, AT, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31"),
    "secondly": lambda: many(5000, AT, "RRULE:FREQ=SECONDLY;COUNT=999999999999"),
    "nearly never": lambda: many(
        500, AT, "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
    ),
    "far steps": lambda: many(
        5000, AT, "DURATION:PT1H", "RRULE:FREQ=YEARLY;INTERVAL=99999999999999"
    ),
    "unknown zones": lambda: calendar(
        *(event(each, f"DTSTART;TZID=Zone {each}:20261124T090000") for each in range(20_000))
    ),
    "many exceptions": lambda: many(
        1, AT, "RRULE:FREQ=DAILY", "EXDATE:" + ",".join(["20270101T090000"] * 500_000)
    ),
    "one long line": lambda: calendar(event(1, SEEN, f"DESCRIPTION:{'x' * 15_000_000}")),
    "one long name": lambda: calendar(event(1, SEEN, f"DTEND;{';' * 15_000_000}")),
    "folded to pieces": lambda: calendar(event(1, SEEN, "UID:x" + "\n x" * 900_000)),
}


@pytest.mark.parametrize("name", sorted(BEARABLE))
def test_that_what_is_strange_but_bounded_is_borne(name: str) -> None:
    found = tried(BEARABLE[name]())

    assert isinstance(found, BusyTimes)
    assert found.events >= 1


def test_that_a_zone_cannot_be_made_to_search_for_ever() -> None:
    change = (
        "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:{rule}\nEND:STANDARD\n"
    )
    zone = "BEGIN:VTIMEZONE\nTZID:Egen\n{changes}END:VTIMEZONE"
    at = event(1, "DTSTART;TZID=Egen:20261124T090000", "DURATION:PT1H")
    rare = change.format(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO")
    endless = change.format(rule="FREQ=SECONDLY")

    assert isinstance(tried(calendar(zone.format(changes=rare * 300), at)), BusyTimes)
    for changes in (rare * 301, endless):
        found = tried(calendar(zone.format(changes=changes), at))
        assert isinstance(found, BusyTimes)
        assert [each.reason for each in found.skipped] == [SkipReason.ZONE]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp1252", "utf-8"])
def test_that_a_calendar_may_be_in_any_usual_coding(coding: str) -> None:
    text = calendar(event(1, SEEN, "LOCATION:Åre")).decode()

    found = tried(text.encode(coding))
    assert isinstance(found, BusyTimes)
    assert len(found.spans) == 1


@pytest.mark.parametrize("new_line", ["\n", "\r", "\r\n"])
def test_that_a_calendar_may_have_any_new_lines(new_line: str) -> None:
    file = WHOLE.replace(b"\r\n", new_line.encode())

    assert tried(file) == read(WHOLE, FIRST, LAST)


def test_that_a_full_calendar_of_years_takes_seconds_at_most() -> None:
    """About 5 MB: single events, series and long descriptions, as of ten years."""
    words = f"DESCRIPTION:{MARKER} " + ("x" * 70 + "\n ") * 12
    start = date(2018, 1, 1)
    events = (
        event(
            each,
            f"DTSTART;TZID=Europe/Stockholm:{start + timedelta(days=each):%Y%m%d}T090000",
            "DURATION:PT1H",
            words,
            *(["RRULE:FREQ=WEEKLY;BYDAY=MO,WE"] if each % 40 == 0 else []),
        )
        for each in range(4500)
    )
    found = tried(calendar(*events))

    assert isinstance(found, BusyTimes)
    assert len(found.spans) > 500


# Damage.


@settings(deadline=None)
@given(
    st.sampled_from(PROGRAMS),
    st.floats(0, 1),
    st.integers(0, 60),
    st.binary(max_size=8) | st.sampled_from([b"\r\n", b"BEGIN:VEVENT\r\n", b";", b"99999999"]),
)
def test_that_a_damaged_calendar_is_read_or_refused(
    program: str, where: float, length: int, put: bytes
) -> None:
    file = data(program)
    at = int(where * len(file))

    tried(file[:at] + put + file[at + length :])


NAMES = st.sampled_from(
    [
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "TRANSP",
        "STATUS",
    ]
)
VALUES = (
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
    | st.text("0123456789TZ-+/,;:=PYMDWHS", max_size=30)
    | st.sampled_from(
        [
            "20261124T090000",
            "20261124T100000Z",
            "20261124",
            "24001231T235959",
            "16000101",
            "PT1H",
            "P99999W",
            "FREQ=DAILY",
            "FREQ=YEARLY;BYDAY=-53MO;BYWEEKNO=-53",
            "FREQ=MONTHLY;INTERVAL=9999999999999;BYSETPOS=366",
            "20261124T090000/PT999999999S",
        ]
    )
)
LINES = st.lists(
    st.tuples(NAMES, st.sampled_from(["", ";TZID=Europe/Stockholm", ";VALUE=DATE"]), VALUES).map(
        lambda parts: f"{parts[0]}{parts[1]}:{parts[2]}"
    ),
    max_size=8,
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=4))
def test_that_any_event_is_read_or_skipped(told: list[list[str]]) -> None:
    found = tried(calendar(*(event(1, *lines) for lines in told)))

    if isinstance(found, BusyTimes):
        ends = [span.end for span in found.spans]
        assert all(span.start < span.end for span in found.spans)
        assert all(end < span.start for end, span in zip(ends, found.spans[1:], strict=False))
