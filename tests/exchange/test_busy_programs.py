"""Calendars as other programs write them, and what another reader finds in them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar, Event

from painprogram.domain.availability import Span
from painprogram.exchange.busy import BusyTimes, merged, read
from painprogram.exchange.foreign_events import takes_time
from painprogram.exchange.foreign_lines import calendars

FOLDER = Path(__file__).parents[1] / "data" / "calendars"
PROGRAMS = sorted(file.stem for file in FOLDER.glob("*.ics"))
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 6)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def data(program: str) -> bytes:
    return (FOLDER / f"{program}.ics").read_bytes()


def told(found: BusyTimes) -> list[str]:
    return [f"{span.start:%a %d %H:%M}-{span.end:%a %d %H:%M}" for span in found.spans]


def fortnight(program: str) -> list[str]:
    return told(read(data(program), FIRST, LAST))


def test_that_outlook_for_windows_is_read() -> None:
    assert fortnight("outlook-desktop") == [
        "Mon 23 08:30-Mon 23 09:15",
        "Tue 24 10:00-Tue 24 11:00",
        "Wed 25 12:00-Wed 25 13:00",  # tentative
        "Thu 03 00:00-Sat 05 00:00",  # out of office
    ]


def test_that_outlook_on_the_web_is_read() -> None:
    assert fortnight("outlook-web") == [
        "Tue 24 10:00-Tue 24 11:00",  # 11.00 in Helsinki, by the file's own definition
        "Wed 25 08:00-Wed 25 08:30",
        "Thu 26 00:00-Sat 28 00:00",
        "Mon 30 16:00-Mon 30 17:30",
    ]


def test_that_google_is_read() -> None:
    assert fortnight("google") == [
        "Tue 24 09:00-Tue 24 09:30",
        "Wed 25 07:00-Wed 25 07:30",
        "Wed 25 16:00-Wed 25 17:00",  # moved here from Tuesday
        "Thu 26 16:00-Thu 26 16:30",  # 10.00 in New York
        "Sat 28 07:00-Sat 28 07:30",
        "Mon 30 00:00-Tue 01 00:00",
        "Tue 01 07:00-Tue 01 07:30",
        "Fri 04 07:00-Fri 04 07:30",
    ]


def test_that_nextcloud_is_read() -> None:
    assert fortnight("nextcloud") == [
        "Thu 26 08:00-Thu 26 09:30",
        "Fri 27 08:00-Fri 27 09:30",
        "Mon 30 23:30-Tue 01 00:30",
        "Thu 03 08:00-Thu 03 09:30",
    ]


def test_that_apple_is_read() -> None:
    assert fortnight("apple") == [
        "Mon 23 17:30-Mon 23 18:15",
        "Wed 25 07:00-Wed 25 07:30",
        "Thu 26 12:00-Thu 26 16:30",  # until 19.00 in Tehran
        "Tue 01 00:00-Wed 02 00:00",
    ]


def test_that_thunderbird_is_read() -> None:
    assert fortnight("thunderbird") == [
        "Mon 23 13:00-Mon 23 13:20",
        "Tue 24 13:00-Tue 24 13:20",
        "Thu 26 13:00-Thu 26 13:20",
        "Fri 27 13:00-Fri 27 13:20",
        "Mon 30 09:00-Tue 01 11:00",
        "Fri 04 14:00-Fri 04 15:00",
    ]


@pytest.mark.parametrize("program", PROGRAMS)
def test_that_every_event_is_counted(program: str) -> None:
    found = read(data(program), FIRST, LAST)
    skipped = [each.told for each in found.skipped]

    assert found.events == data(program).count(b"BEGIN:VEVENT")
    assert 0 < found.free < found.events
    assert skipped == (
        ["1 event is in a time zone that is not known."] if program == "thunderbird" else []
    )


@pytest.mark.parametrize("program", PROGRAMS)
def test_that_titles_places_and_people_never_get_out(program: str) -> None:
    assert b"Hemlig" in data(program).replace(b"\r\n ", b"").replace(b"\r\n\t", b"")

    found = read(data(program), date(2020, 1, 1), date(2030, 1, 1))

    assert "Hemlig" not in repr(found)


# Another reader.


def by_another(program: str, first: date, last: date) -> tuple[Span, ...]:
    """What recurring-ical-events makes of the same file."""
    start = datetime.combine(first, time(), STOCKHOLM)
    end = datetime.combine(last + timedelta(days=1), time(), STOCKHOLM)
    file = Calendar.from_ical(data(program))
    assert isinstance(file, Calendar)
    found = recurring_ical_events.of(file, keep_recurrence_attributes=True).between(start, end)
    return merged(
        Span(max(since, first_of(first)), min(until, first_of(last) + timedelta(days=1)))
        for since, until in (wall_clock(event) for event in found if takes(event))
        if since < until
    )


def first_of(day: date) -> datetime:
    return datetime.combine(day, time())


def takes(event: Event) -> bool:
    """By the one rule of ours that another reader does not have."""
    wrapped = b"BEGIN:VCALENDAR\r\n" + event.to_ical() + b"END:VCALENDAR\r\n"
    (calendar,) = calendars(wrapped, lambda: None)
    return takes_time(calendar.inside[0])


def wall_clock(event: Event) -> Iterator[datetime]:
    for at in (event.start, event.end):
        if not isinstance(at, datetime):
            yield first_of(at)
        elif at.tzinfo is None:
            yield at
        else:
            yield at.astimezone(STOCKHOLM).replace(tzinfo=None)


WITHOUT_UNKNOWN_ZONES = [each for each in PROGRAMS if each != "thunderbird"]


@pytest.mark.parametrize("program", WITHOUT_UNKNOWN_ZONES)
def test_that_another_reader_finds_the_same_times(program: str) -> None:
    first, last = date(2026, 10, 25), date(2028, 5, 22)

    assert read(data(program), first, last).spans == by_another(program, first, last)
