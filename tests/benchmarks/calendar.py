"""10,000 calendar events out, against the icalendar library told the same by hand, and back in."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar

from painprogram.exchange.calendar import ZONE, Event, calendar, read
from tests.benchmarks.runner import Result, compare, growth, timed

MANY = 10_000
EVENT = Event(
    uid="",
    sequence=3,
    start=datetime(2026, 11, 24, 13, 0),
    end=datetime(2026, 11, 24, 13, 45),
    summary="Gruppträff på vårdcentralen",
    location="Rörelsesalen, Storgatan 14; plan 2",
    description="Frågor? Ring 031-390 06 12.",
    cancelled=False,
    stamp=datetime(2026, 11, 22, 6, 50, 1, tzinfo=UTC),
)


def measure() -> list[Result]:
    events = made(MANY)
    ours, bare = calendar("x", events), by_the_library(events)
    return [
        compare(
            f"{MANY:,} calendar events out / bare icalendar",
            timed(lambda: calendar("x", events)),
            timed(lambda: by_the_library(events)),
            rounds=3,
            most=1.2,
        ),
        compare(
            f"{MANY:,} calendar events in / bare icalendar",
            timed(lambda: read(ours)),
            timed(lambda: icalendar.Calendar.from_ical(bare)),
            rounds=3,
            most=1.3,
        ),
        growth("calendar events out", lambda many: calendar("x", made(many)), 200),
    ]


def made(many: int) -> list[Event]:
    return [replace(EVENT, uid=f"{number}@painprogram") for number in range(many)]


def by_the_library(events: list[Event]) -> bytes:
    zone = ZoneInfo(ZONE)
    written = icalendar.Calendar()
    written.add("VERSION", "2.0")
    written.add("PRODID", "x")
    for event in events:
        one = icalendar.Event()
        one.add("UID", event.uid)
        one.add("DTSTAMP", event.stamp)
        one.add("SEQUENCE", event.sequence)
        one.add("DTSTART", event.start.replace(tzinfo=zone))
        one.add("DTEND", event.end.replace(tzinfo=zone))
        one.add("STATUS", "CONFIRMED")
        one.add("TRANSP", "OPAQUE")
        one.add("SUMMARY", event.summary)
        one.add("LOCATION", event.location)
        one.add("DESCRIPTION", event.description)
        written.add_component(one)
    return bytes(written.to_ical())
