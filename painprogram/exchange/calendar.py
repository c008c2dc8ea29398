"""iCalendar (RFC 5545): what other calendars show of our sessions, and our own files read back.

The icalendar library writes and reads. Two things are ours: the time zone (the library's own goes
over to summer time an hour late), and what no calendar should get to see (invisible characters).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
_PRODUCT = "-//painprogram//painprogram//SV"
_CANCELLED_STAYS = timedelta(days=30)
"""How long after its end an event that was taken away is still said to be cancelled."""


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

    @property
    def says(self) -> tuple[object, ...]:
        """What somebody reads in it; not how often and when it was written, nor the reminder."""
        texts = (self.uid, self.summary, self.location, self.description)
        return (self.start, self.end, self.cancelled, *(_cleaned(text).strip() for text in texts))

    def taken_away(self, stamp: datetime) -> "Event":
        """The same event, cancelled at *stamp*."""
        if self.cancelled:
            return self
        return replace(
            self, cancelled=True, sequence=self.sequence + 1, stamp=stamp, alarm_minutes=None
        )


def calendar(name: str, events: Iterable[Event], *, private: bool = False) -> bytes:
    """The file for *events*, named *name* where a program subscribes to it.

    *private* asks calendars that are shared to show only that the time is taken.
    """
    from icalendar import vText

    file = _empty()
    for key, value in (
        ("METHOD", "PUBLISH"),
        ("X-WR-TIMEZONE", ZONE),
        ("X-WR-CALNAME", vText(_one_line(name))),  # escaped: an X- property is not by itself
    ):
        file.add(key, value)
    for event in events:
        file.add_component(_event(event, private=private))
    return bytes(file.to_ical())


def resource(event: Event) -> bytes:
    """What a server keeps of one event: without a METHOD, which RFC 4791 (4.1) forbids there."""
    file = _empty()
    file.add_component(_event(event, private=False))
    return bytes(file.to_ical())


def _empty() -> "icalendar.Calendar":
    from icalendar import Calendar, Timezone

    file = Calendar()
    for key, value in (("VERSION", "2.0"), ("PRODID", _PRODUCT), ("CALSCALE", "GREGORIAN")):
        file.add(key, value)
    file.add_component(Timezone.from_ical(_STOCKHOLM))
    return file


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
    """Without what can't be seen; every kind of new line is ``\\n``.

    ``\\N`` is read as a new line by the library and by others, however it is escaped.
    """
    seen = text if text.isprintable() else _UNSEEN.sub("", _NEW_LINE.sub("\n", text))
    return seen.replace("\\N", "/N")


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
    start = wall_clock(event["DTSTART"].dt)
    end = start + event["DURATION"].dt if "DURATION" in event else start
    alarms = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    return Event(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        start=start,
        end=wall_clock(event["DTEND"].dt) if "DTEND" in event else end,
        summary=str(event.get("SUMMARY", "")),
        location=str(event.get("LOCATION", "")),
        description=str(event.get("DESCRIPTION", "")),
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
        stamp=event["DTSTAMP"].dt,
        alarm_minutes=_minutes_before(alarms),
    )


def _minutes_before(alarms: list[Any]) -> int | None:
    """Of the first reminder; others set theirs at a moment, too."""
    before = [alarm for alarm in alarms if isinstance(alarm, timedelta)]
    return -before[0] // timedelta(minutes=1) if before else None


def wall_clock(at: date | datetime) -> datetime:
    """In Stockholm, whatever zone it came in; a whole day begins at midnight."""
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day)
    return at if at.tzinfo is None else at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)


# What was written before, carried on.


def is_ours(data: bytes) -> bool:
    """Whether this program wrote the file."""
    return f"PRODID:{_PRODUCT}".encode() in data[:1000]


def undated(data: bytes) -> bytes:
    """A calendar without its times of writing: what is compared to see whether it changed."""
    return re.sub(rb"(?m)^DTSTAMP:.*\r?\n", b"", data)


def amended(data: bytes, event: Event) -> bytes:
    """The resource *data* of a server, saying what *event* says; what others put there stays."""
    from icalendar import Calendar

    file = Calendar.from_ical(data)
    (there,) = (each for each in file.walk("VEVENT") if str(each["UID"]) == event.uid)
    ours = _event(event, private=False)
    for key in ("DURATION", "LOCATION", "DESCRIPTION", *ours):
        there.pop(key, None)
    for key, value in ours.items():
        there[key] = value
    if event.cancelled:
        there.subcomponents = []
    return bytes(file.to_ical())


def followed(before: bytes, after: bytes | None, stamp: datetime) -> bytes:
    """The file *after*, as the next version of the file *before*.

    An event that says the same keeps its number and its time of writing, so that the file is the
    same unless something in it changed. What was cancelled and still is stays as it was told:
    whoever does not go there has nothing to learn of where it moved. An event that is no longer
    there is said to be cancelled until it is well past. Without *after* all of them are. *stamp*
    is the time of writing in UTC.
    """
    from icalendar import Calendar

    if after is not None and not before:
        return after
    file: Any = Calendar.from_ical(before if after is None else after)
    earlier = Calendar.from_ical(before).walk("VEVENT")
    old: dict[str, Any] = {str(event["UID"]): event for event in earlier}
    if after is None:
        file.subcomponents = [each for each in file.subcomponents if each.name != "VEVENT"]
    for number, event in enumerate(file.subcomponents):
        was = old.pop(str(event["UID"]), None) if event.name == "VEVENT" else None
        if was is not None and _read(was).cancelled and _read(event).cancelled:
            file.subcomponents[number] = was
        elif was is not None:
            _carry_on(was, event)
    now = wall_clock(stamp.replace(tzinfo=stamp.tzinfo or UTC))
    for was in sorted(old.values(), key=lambda each: (each["DTSTART"].dt, str(each["UID"]))):
        if gone := _taken_away(was, stamp, now):
            file.add_component(gone)
    return bytes(file.to_ical())


def _carry_on(was: Any, event: Any) -> None:
    """The number never falls, and only an event that changed has a new one."""
    earlier, now = _read(was), _read(event)
    if (earlier.says, earlier.alarm_minutes) == (now.says, now.alarm_minutes):
        event["SEQUENCE"], event["DTSTAMP"] = was["SEQUENCE"], was["DTSTAMP"]
    elif earlier.sequence > now.sequence:
        event.pop("SEQUENCE")
        event.add("SEQUENCE", earlier.sequence + 1)


def _taken_away(was: Any, stamp: datetime, now: datetime) -> "icalendar.Event | None":
    """As cancelled; None for what is past: that it was held is no longer said to be wrong."""
    event = _read(was)
    ends = event.end + (_CANCELLED_STAYS if event.cancelled else timedelta())
    if ends <= now:
        return None
    return _event(event.taken_away(stamp), private="CLASS" in was)
