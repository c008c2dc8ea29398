"""The days on which a place in a group counts, and the lap of a patient in an open group.

A closed group starts and ends together: a place in it counts at every session. In an open group
each patient comes along the way, and stays until every part has been met: that is the lap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from painprogram.domain.errors import Refused
from painprogram.domain.programmes import Content, Placement, Strand
from painprogram.i18n import _

Span = tuple[date, date]
"""The first and the last day."""


@dataclass(frozen=True, slots=True)
class Lap:
    """The days on which a place counts; without any, all of the group's.

    This is the one definition of who is expected: everything that lists, counts, prints or checks
    the patients of a session asks it.
    """

    first: date | None = None
    last: date | None = None
    pauses: tuple[Span, ...] = ()
    """When the patient rests; the seat is kept."""

    def holds(self, day: date) -> bool:
        """Whether a seat is taken on *day*."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def rests(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.pauses)

    def covers(self, day: date) -> bool:
        """Whether the patient is to come to what the group does on *day*."""
        return self.holds(day) and not self.rests(day)


WHOLE = Lap()


def fullest(laps: Iterable[Lap]) -> tuple[int, date | None]:
    """How many seats are taken at most on one day, and the first such day (None: from ever)."""
    changes: dict[date, int] = defaultdict(int)
    now = 0
    for lap in laps:
        if lap.first is None:
            now += 1
        else:
            changes[lap.first] += 1
        if lap.last is not None:
            changes[lap.last + timedelta(days=1)] -= 1
    most, when = now, None
    for day in sorted(changes):
        now += changes[day]
        if now > most:
            most, when = now, day
    return most, when


class Meeting(Protocol):
    """A session of the group's base schedule, seen from the group."""

    @property
    def strand(self) -> str: ...
    @property
    def start(self) -> datetime: ...
    @property
    def cancelled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A day on which a patient can come into an open group, and what the lap would be like."""

    first: date
    last: date | None
    """None while some part has too few dates yet."""
    lacking: tuple[tuple[str, int], ...] = ()
    """Strands that have too few dates, and how many are lacking."""
    early: tuple[tuple[str, str], ...] = ()
    """Strands that would be met before another that they should come after."""
    taken: int = 0
    """Seats that are taken on the fullest day of the lap."""
    maximum: int = 0

    @property
    def free(self) -> int:
        return max(0, self.maximum - self.taken)

    @property
    def whole(self) -> bool:
        """Every part is met, each in its order."""
        return not self.lacking and not self.early


def entry(content: Content, meetings: Iterable[Meeting], first: date) -> Entry:
    """The lap of a patient who comes on *first*: until each part has been met often enough.

    The meetings of a strand are of one module, so any of them counts. Linked lectures are not
    waited for, unless they are core.
    """
    days: dict[str, list[datetime]] = defaultdict(list)
    for meeting in meetings:
        if not meeting.cancelled and meeting.start.date() >= first:
            days[meeting.strand].append(meeting.start)
    spans: dict[str, tuple[datetime, datetime]] = {}
    lacking = []
    for strand in filter(_is_met, content.strands):
        own = sorted(days[strand.key])[: strand.occurrences]
        if own:
            spans[strand.key] = own[0], own[-1]
        if len(own) < strand.occurrences:
            lacking.append((strand.key, strand.occurrences - len(own)))
    last = max((end.date() for _begun, end in spans.values()), default=None)
    return Entry(first, None if lacking else last, tuple(lacking), tuple(_early(content, spans)))


def entries(
    content: Content, meetings: Iterable[Meeting], since: date, until: date | None = None
) -> tuple[Entry, ...]:
    """Each week's first day of the group from *since* on, with the lap that begins there."""
    every = sorted(meetings, key=lambda one: one.start)
    weeks: dict[date, date] = {}
    for meeting in every:
        day = meeting.start.date()
        if not meeting.cancelled and since <= day and (until is None or day <= until):
            weeks.setdefault(day - timedelta(days=day.weekday()), day)
    return tuple(entry(content, every, day) for day in weeks.values())


def _is_met(strand: Strand) -> bool:
    return strand.placement in (Placement.SERIES, Placement.ONCE) or (
        strand.placement is Placement.LINKED and strand.core
    )


def _early(
    content: Content, spans: dict[str, tuple[datetime, datetime]]
) -> Iterator[tuple[str, str]]:
    for strand in content.strands:
        for other in strand.after:
            if strand.key in spans and other in spans and spans[strand.key][0] < spans[other][1]:
                yield strand.key, other


def check_lap(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Refused(_("The lap can't end before it begins."))
