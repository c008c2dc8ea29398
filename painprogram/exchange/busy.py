"""When somebody is busy, by a calendar file of another program; with what never leaves that file.

Times come as wall-clock times of the centre. Whatever is in the file, the work has bounds: bytes,
lines, events, occurrences and seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from time import thread_time
from typing import ParamSpec, TypeVar

from painprogram.domain.availability import Span
from painprogram.domain.errors import Refused
from painprogram.exchange.foreign_events import (
    Event,
    Lasting,
    Moment,
    Moments,
    Skip,
    SkipReason,
    events,
    free_busy,
    here,
    instant,
    stands_for,
    takes_time,
)
from painprogram.exchange.foreign_lines import Component, calendars, no_calendar, too_much
from painprogram.exchange.foreign_zones import Zones
from painprogram.exchange.recurrence import times
from painprogram.i18n import _, ngettext

LARGEST = 20_000_000
"""Bytes of a file."""
MOST_OCCURRENCES = 100_000
LONGEST = 4.0
"""Seconds of work: a busy machine gets no fewer."""
_CANCELLED = {"CANCEL", "CANCELLED"}
_DAY = timedelta(days=1)
_NONE = timedelta()
Check = Callable[[], None]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many events could not be read, for this reason."""

    reason: SkipReason
    count: int

    @property
    def told(self) -> str:
        return _told(self.reason, self.count).format(count=self.count)


@dataclass(frozen=True, slots=True)
class BusyTimes:
    """What a file says of somebody's time, and nothing else that is in it."""

    spans: tuple[Span, ...]
    """In order, apart from each other, within the days that were asked for."""
    events: int = 0
    """In the file, whenever they are; changed occurrences of a series count by themselves."""
    free: int = 0
    """Of these: shown as free, cancelled, or our own sessions come back."""
    skipped: tuple[Skipped, ...] = ()


def _told(reason: SkipReason, count: int) -> str:
    match reason:
        case SkipReason.ZONE:
            return ngettext(
                "{count} event is in a time zone that is not known.",
                "{count} events are in time zones that are not known.",
                count,
            )
        case SkipReason.TIMES:
            return ngettext(
                "{count} event has no times that can be read.",
                "{count} events have no times that can be read.",
                count,
            )
        case SkipReason.RULE:
            return ngettext(
                "{count} event repeats in a way that can't be read.",
                "{count} events repeat in a way that can't be read.",
                count,
            )
        case SkipReason.OFTEN:
            return ngettext(
                "{count} event repeats many times a day.",
                "{count} events repeat many times a day.",
                count,
            )
        case SkipReason.NEVER:
            return ngettext(
                "{count} event repeats on days that never come.",
                "{count} events repeat on days that never come.",
                count,
            )


def read(
    data: bytes, first: date, last: date, *, ours: str = "", seconds: float = LONGEST
) -> BusyTimes:
    """When the calendar in *data* is busy from *first* to *last*, both days in it.

    Events whose key ends with *ours* are our own sessions come back, and make nobody busy. Refused
    with a sentence: what is no calendar, not whole, or more than *seconds* are enough for.
    """
    check = _until(thread_time() + seconds)
    window = Span(datetime.combine(first, time()), datetime.combine(last, time()) + _DAY)
    reading = _Reading(window, ours, check)
    for calendar in calendars(_plain(data), check):
        reading.take(calendar)
    skipped = (Skipped(reason, reading.skipped[reason]) for reason in SkipReason)
    return BusyTimes(
        spans=merged(reading.spans),
        events=reading.events,
        free=reading.free,
        skipped=tuple(each for each in skipped if each.count),
    )


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time, in order and without overlaps."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if found and span.start <= found[-1].end:
            if span.end > found[-1].end:
                found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _plain(data: bytes) -> bytes:
    """As UTF-8 without a mark; letters outside ASCII are in texts, which nobody reads here."""
    if len(data) > LARGEST:
        raise too_large()
    if data[:4] == b"PK\x03\x04":
        raise Refused(_("This is a zip archive. Unpack it, and choose the .ics file in it."))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise no_calendar() from None
    return data.removeprefix(b"\xef\xbb\xbf")


def too_large() -> Refused:
    return Refused(
        _(
            "The calendar file is too large: {most} MB at most. "
            "Export a shorter time of it: a year or two."
        ).format(most=LARGEST // 1_000_000)
    )


def _until(end: float) -> Check:
    def check() -> None:
        if thread_time() > end:
            raise too_much()

    return check


class _Reading:
    """Gathers the busy times of one file."""

    def __init__(self, window: Span, ours: str, check: Check) -> None:
        self.spans: list[Span] = []
        self.skipped: Counter[SkipReason] = Counter()
        self.events = self.free = self._many = 0
        self._window = window
        self._ours = ours.lower()
        self._check = check

    def take(self, calendar: Component) -> None:
        found = list(calendar.of_kind(b"VEVENT"))
        self.events += len(found)
        if calendar.word("METHOD") in _CANCELLED:
            self.free += len(found)
            return
        zones = Zones(calendar.of_kind(b"VTIMEZONE"), self._check)
        series: list[tuple[str, Component]] = []
        single: list[tuple[str, Component]] = []
        for component in found:
            line = component.line("UID")
            key = line.value.strip() if line else f"\n{len(series)}"  # not the same as any other
            if self._ours and key.lower().endswith(self._ours):
                self.free += 1
            elif component.has("RECURRENCE-ID"):
                single.append((key, component))
            else:
                series.append((key, component))
        instead = self._overrides(single, zones)
        self._take_series(series, instead, zones)
        for component in calendar.of_kind(b"VFREEBUSY"):
            self.events += 1
            for one in self._tried(free_busy, component):
                self._expand(one)

    def _overrides(
        self, single: list[tuple[str, Component]], zones: Zones
    ) -> dict[str, list[Event]]:
        """The changed occurrences of each series; those that take time are taken here."""
        newest: dict[tuple[str, Moment], tuple[int, Component, bool]] = {}
        for key, component in single:
            self._check()
            for moment, onwards in self._tried(stands_for, component, zones):
                self.free += 1  # until it is known to be in force, and to take time
                number = _sequence(component)
                if newest.get((key, moment), (-1,))[0] <= number:
                    newest[key, moment] = number, component, onwards
        instead: dict[str, list[Event]] = defaultdict(list)
        for (key, moment), (_number, component, onwards) in newest.items():
            if not takes_time(component):
                instead[key].append(Event(moment, Lasting(), False, moment, onwards))
                continue
            self.free -= 1
            for one in self._tried(events, component, zones):
                one.replaces, one.onwards = moment, onwards
                instead[key].append(one)
                self._expand(one)
        return instead

    def _take_series(
        self, series: list[tuple[str, Component]], instead: dict[str, list[Event]], zones: Zones
    ) -> None:
        newest: dict[str, int] = {}
        for key, component in series:
            newest[key] = max(newest.get(key, 0), _sequence(component))
        for key, component in series:
            self._check()
            if not takes_time(component) or _sequence(component) < newest[key]:
                self.free += 1
                continue
            for one in self._tried(events, component, zones):
                self._expand(one, instead.get(key, ()))

    def _tried(self, make: Callable[P, Iterable[T]], *told: P.args, **named: P.kwargs) -> list[T]:
        """What *make* finds; where it can't be read, nothing, and the reason is noted."""
        try:
            return list(make(*told, **named))
        except Skip as skip:
            self.skipped[skip.reason] += 1
            return []

    def _expand(self, one: Event, instead: Sequence[Event] = ()) -> None:
        gone = Moments()
        onwards: list[tuple[datetime, Event]] = []
        for each in instead:
            if each.replaces is not None:
                gone.add(each.replaces)
                if each.onwards:
                    onwards.append((each.replaces.instant(), each))
        onwards.sort(key=lambda pair: pair[0])
        shifts = [abs(each.shift) for _since, each in onwards]
        for moment, lasting in self._occurrences(one, max(shifts, default=_NONE)):
            if one.left_out.have(moment) or gone.have(moment):
                continue
            if onwards and (found := _latest(onwards, moment)):
                if found.takes_time:
                    moved = replace(moment, wall=moment.wall + found.shift)
                    self._add(moved, found.lasting)
            else:
                self._add(moment, lasting)

    def _occurrences(self, one: Event, further: timedelta) -> Iterator[tuple[Moment, Lasting]]:
        """All that may meet the window, perhaps some twice; *further* away than they stand."""
        start = one.start
        first = self._window.start - _DAY - further - one.lasting.total
        end = self._window.end + _DAY + further
        seen = {
            at
            for rule, until in one.never
            for at in times(rule, start.wall, first, end, self._check, until)
        }
        if start.wall not in seen:
            yield start, one.lasting
        for rule, until in one.rules:
            for at in times(rule, start.wall, first, end, self._check, until):
                if at not in seen:
                    yield replace(start, wall=at), one.lasting
        yield from one.more

    def _add(self, moment: Moment, lasting: Lasting) -> None:
        wall = moment.wall
        if lasting.total == _NONE:  # a reminder
            return
        if wall > self._window.end + _DAY or wall + lasting.total < self._window.start - _DAY:
            return
        self._many += 1
        if self._many > MOST_OCCURRENCES:
            raise too_much()
        span = _here(moment, lasting)
        start, end = max(span.start, self._window.start), min(span.end, self._window.end)
        if start < end:
            self.spans.append(Span(start, end))


def _here(moment: Moment, lasting: Lasting) -> Span:
    """As the centre's clock shows it."""
    if moment.whole_day:
        return Span(moment.wall, moment.wall + lasting.total)
    since = moment.instant()
    until = instant(moment.wall + lasting.by_clock, moment.zone) + lasting.exact
    start, end = here(since), here(until)
    if end <= start < here(since + _DAY):  # within the hour that comes twice
        end = start + (until - since)
    return Span(start, end)


def _latest(onwards: list[tuple[datetime, Event]], moment: Moment) -> Event | None:
    """The change that holds for this occurrence and those after it."""
    at = moment.instant()
    return next((each for since, each in reversed(onwards) if since <= at), None)


def _sequence(component: Component) -> int:
    number = component.word("SEQUENCE")[:9]
    return int(number) if number.isdecimal() else 0
