"""What says when, out of another program's iCalendar file; what with, where and with whom is never
even decoded.

Libraries make an object of every line. Here only the few lines that tell the times are kept: so
titles and people can't travel any further, and a large file is read in a moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from painprogram.domain.errors import Refused
from painprogram.i18n import _

MOST_LINES = 1_000_000
MOST_EVENTS = 30_000
DEEPEST = 10
LONGEST_HEAD = 1000
"""Letters before the value of a line."""
_EVENT = frozenset(
    (
        b"UID SEQUENCE STATUS TRANSP DTSTART DTEND DURATION RRULE EXRULE RDATE EXDATE "
        b"RECURRENCE-ID X-MICROSOFT-CDO-BUSYSTATUS X-MICROSOFT-CDO-ALLDAYEVENT"
    ).split()
)
_CHANGE_OF_ZONE = frozenset((b"DTSTART", b"TZOFFSETFROM", b"TZOFFSETTO", b"RRULE", b"RDATE"))
_KEPT = {
    b"VCALENDAR": frozenset((b"METHOD",)),
    b"VEVENT": _EVENT,
    b"VFREEBUSY": frozenset((b"FREEBUSY",)),
    b"VTIMEZONE": frozenset((b"TZID", b"X-LIC-LOCATION")),
    b"STANDARD": _CHANGE_OF_ZONE,
    b"DAYLIGHT": _CHANGE_OF_ZONE,
}
_NOTHING: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class Line:
    """``DTSTART;TZID=Europe/Stockholm:20261123T090000``."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """An event, a time zone … with the lines of it that we know, and what lies in it."""

    kind: bytes
    raw: dict[str, list[list[bytes]]] = field(default_factory=dict)
    """Under its name, each line in the pieces it was folded into."""
    inside: list["Component"] = field(default_factory=list)

    def lines(self, name: str) -> Iterator[Line]:
        return (_parsed(name, pieces) for pieces in self.raw.get(name, ()))

    def line(self, name: str) -> Line | None:
        found = self.raw.get(name)
        return _parsed(name, found[0]) if found else None

    def has(self, name: str) -> bool:
        return name in self.raw

    def word(self, name: str) -> str:
        """The value in capitals; empty where there is none."""
        found = self.line(name)
        return found.value.strip().upper() if found else ""

    def of_kind(self, kind: bytes) -> Iterator["Component"]:
        return (each for each in self.inside if each.kind == kind)


def calendars(data: bytes, check: Callable[[], None]) -> list[Component]:
    """The calendars in *data*, which must be whole; *check* is called often and may raise."""
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        raise too_much()
    scan = _Scan()
    for number, line in enumerate(data.splitlines()):
        if not number % 4096:
            check()
        if line[:1] in (b" ", b"\t"):  # the line before goes on
            if scan.current is not None:
                scan.current.append(line[1:])
        else:
            scan.take(line)
    if scan.open:
        raise Refused(
            _("The calendar file is not whole: its end is missing. Save it again and try anew.")
        )
    if not scan.found:
        raise no_calendar()
    return scan.found


class _Scan:
    """Goes down a file line by line."""

    def __init__(self) -> None:
        self.found: list[Component] = []
        self.open: list[Component] = []
        self.current: list[bytes] | None = None
        """The line that the next one may continue, if we keep it."""
        self._kept = _NOTHING
        self._events = 0

    def take(self, line: bytes) -> None:
        self.current = None
        name = _name(line)
        if name == b"BEGIN":
            self._begin(Component(_kind(line)))
        elif name == b"END":
            if not self.open or self.open.pop().kind != _kind(line):
                raise _damaged()
        elif name in self._kept:
            self.current = [line]
            self.open[-1].raw.setdefault(name.decode(), []).append(self.current)
            return
        elif not self.found and line.strip():
            raise no_calendar()
        else:
            return
        self._kept = _KEPT.get(self.open[-1].kind, _NOTHING) if self.open else _NOTHING

    def _begin(self, opened: Component) -> None:
        self._events += opened.kind == b"VEVENT"
        if self._events > MOST_EVENTS:
            raise too_much()
        if len(self.open) >= DEEPEST:
            raise _damaged()
        if self.open:
            if opened.kind in _KEPT:
                self.open[-1].inside.append(opened)
        elif opened.kind != b"VCALENDAR":
            raise no_calendar()
        else:
            self.found.append(opened)
        self.open.append(opened)


def _name(line: bytes) -> bytes:
    return line.split(b":", 1)[0].split(b";", 1)[0].strip().upper()


def _kind(line: bytes) -> bytes:
    return line.partition(b":")[2].strip().upper()


def _parsed(name: str, pieces: list[bytes]) -> Line:
    text = b"".join(pieces).decode("utf-8", "replace")
    head, _colon, value = text.partition(":")
    if ";" not in head:
        return Line(name, {}, value)
    # Names of zones hold colons, quoted or not (tzone://Microsoft/Utc); times and rules never do.
    head, _colon, value = text.rpartition(":")
    if len(head) > LONGEST_HEAD:
        return Line(name, {}, "")
    pairs = (part.partition("=") for part in _apart(head)[1:])
    return Line(name, {key.strip().upper(): told for key, _equals, told in pairs}, value)


def _apart(head: str) -> list[str]:
    """Between semicolons, but for those in quotes; without the quotes."""
    parts = [""]
    for number, piece in enumerate(head.split('"')):
        if number % 2:
            parts[-1] += piece
        else:
            first, *others = piece.split(";")
            parts[-1] += first
            parts += others
    return parts


def no_calendar() -> Refused:
    return Refused(
        _(
            "This is not a calendar file. Export the calendar as iCalendar (.ics), "
            "and choose that file."
        )
    )


def too_much() -> Refused:
    return Refused(
        _("There is too much in the calendar. Export a shorter time of it: a year or two.")
    )


def _damaged() -> Refused:
    return Refused(_("The calendar file is damaged. Save it again and try anew."))
