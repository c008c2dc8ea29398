"""iCalendar (RFC 5545): what other calendars show of our sessions, and our own files read back.

The icalendar library writes and reads. Two things are ours: the time zone (the library's own goes
over to summer time an hour late), and what no calendar should get to see (invisible characters).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from painprogram.domain.errors import Refused
from painprogram.i18n import _

if TYPE_CHECKING:
    import icalendar

MIME = "text/calendar; charset=utf-8"
ZONE = "Europe/Stockholm"
LARGEST = 20_000_000
"""Bytes in a file that is read."""

_NEW_LINE = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufeff\ufffe\uffff]")
_STOCKHOLM = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""
"""The zone by the rule that has held since 1996; no session is older."""


@dataclass(frozen=True, slots=True)
class Event:
    """A session as a calendar shows it. Times are wall-clock times of the centre."""

    uid: str
    """The same for as long as the session lives: calendars know it by this."""
    sequence: int
    """Rises with each change."""
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    cancelled: bool
    stamp: datetime
    """When this was written down, UTC."""
    alarm_minutes: int | None = None
    """Before the start; None: no reminder."""


def calendar(name: str, events: Iterable[Event], *, private: bool = False) -> bytes:
    """The file for *events*, named *name* where a program subscribes to it.

    *private* asks calendars that are shared to show only that the time is taken.
    """
    from icalendar import Calendar, Timezone, vText

    file = Calendar()
    for key, value in (
        ("VERSION", "2.0"),
        ("PRODID", "-//painprogram//painprogram//SV"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-TIMEZONE", ZONE),
        ("X-WR-CALNAME", vText(_one_line(name))),  # escaped: an X- property is not by itself
    ):
        file.add(key, value)
    file.add_component(Timezone.from_ical(_STOCKHOLM))
    for event in events:
        file.add_component(_event(event, private=private))
    return bytes(file.to_ical())


def _event(event: Event, *, private: bool) -> "icalendar.Event":
    from icalendar import Event as Component

    if event.start.tzinfo is not None or event.end.tzinfo is not None:
        raise ValueError("an event stands at a wall-clock time, without a zone")
    stockholm = ZoneInfo(ZONE)
    made = Component()
    made.add("UID", _one_line(event.uid))
    made.add("DTSTAMP", event.stamp.replace(tzinfo=event.stamp.tzinfo or UTC).astimezone(UTC))
    made.add("SEQUENCE", event.sequence)
    made.add("DTSTART", event.start.replace(tzinfo=stockholm))
    made.add("DTEND", event.end.replace(tzinfo=stockholm))
    made.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("TRANSP", "TRANSPARENT" if event.cancelled else "OPAQUE")
    made.add("SUMMARY", _one_line(event.summary))
    if location := _one_line(event.location):
        made.add("LOCATION", location)
    if description := _cleaned(event.description).strip():
        made.add("DESCRIPTION", description)
    if private:
        made.add("CLASS", "PRIVATE")
    if event.alarm_minutes is not None and not event.cancelled:
        made.add_component(_alarm(event.alarm_minutes, _one_line(event.summary)))
    return made


def _alarm(minutes: int, words: str) -> "icalendar.Alarm":
    from icalendar import Alarm

    made = Alarm()
    made.add("ACTION", "DISPLAY")
    made.add("TRIGGER", timedelta(minutes=-minutes))
    made.add("DESCRIPTION", words)
    return made


def _cleaned(text: str) -> str:
    """Without what can't be seen; every kind of new line is ``\\n``."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _NEW_LINE.sub("\n", text))


def _one_line(text: str) -> str:
    return " ".join(_cleaned(text).split())


# Our own files, read back.


def read(data: bytes) -> tuple[Event, ...]:
    """The events of a calendar that :func:`calendar` wrote; another's repetitions are refused."""
    from icalendar import Calendar

    if len(data) > LARGEST:
        raise Refused(
            _("The calendar is too large: {most} MB at most.").format(most=LARGEST // 1_000_000)
        )
    try:
        found = Calendar.from_ical(data)
        return tuple(_read(event) for event in found.walk("VEVENT"))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise Refused(_("This is not a calendar file, or it is damaged.")) from error


def _read(event: Any) -> Event:
    if "RRULE" in event or "RDATE" in event:
        raise Refused(
            _("“{name}” repeats; such events can't be read.").format(
                name=_one_line(str(event.get("SUMMARY", "")))[:40]
            )
        )
    start = _wall_clock(event["DTSTART"].dt)
    alarms = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    return Event(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        start=start,
        end=_wall_clock(event["DTEND"].dt) if "DTEND" in event else start,
        summary=str(event.get("SUMMARY", "")),
        location=str(event.get("LOCATION", "")),
        description=str(event.get("DESCRIPTION", "")),
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
        stamp=event["DTSTAMP"].dt,
        alarm_minutes=-alarms[0] // timedelta(minutes=1) if alarms else None,
    )


def _wall_clock(at: date | datetime) -> datetime:
    """In Stockholm, whatever zone it came in; a whole day begins at midnight."""
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day)
    return at if at.tzinfo is None else at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
