"""Where in a week something could stand: free, to be acknowledged, or blocked, and why.

Pure over a frozen *board* of the week; nothing is looked up, so a drag can ask at every step.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TypeVar
from uuid import UUID

from painprogram import i18n
from painprogram.domain.clashes import ClashKind, Occasion, missing_professions
from painprogram.domain.closures import Closure
from painprogram.domain.people import Staff
from painprogram.domain.rooms import Equipment, Room
from painprogram.i18n import _, ngettext

K = TypeVar("K", bound=Hashable)


class Verdict(StrEnum):
    FREE = "free"
    ACKNOWLEDGE = "acknowledge"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Board:
    """What the rules need to know of a week: everything that stands in it, at every centre."""

    monday: date
    occasions: Mapping[UUID, Occasion] = field(default_factory=dict)
    equipment: Mapping[UUID, tuple[Equipment, ...]] = field(default_factory=dict)
    """What the module of an occasion needs."""
    closures: tuple[Closure, ...] = ()
    rooms: Mapping[UUID, Room] = field(default_factory=dict)
    staff: Mapping[UUID, Staff] = field(default_factory=dict)

    @cached_property
    def by_day(self) -> Mapping[date, tuple[Occasion, ...]]:
        days: dict[date, list[Occasion]] = defaultdict(list)
        for occasion in self.occasions.values():
            days[occasion.start.date()].append(occasion)
        return {day: tuple(there) for day, there in days.items()}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that takes the time from *start* to *end*; *other* is the occasion that does."""

    kind: ClashKind
    start: datetime
    end: datetime
    reason: str
    other: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day with one verdict; the hardest reason stands first."""

    start: datetime
    end: datetime
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    other: UUID | None = None


def as_led_by(board: Board, held: Occasion, staff: Iterable[UUID]) -> Occasion:
    """*held* with other leaders."""
    wanted = tuple(dict.fromkeys(staff))
    known = tuple(board.staff[one].profession.value for one in wanted if one in board.staff)
    return replace(held, staff=frozenset(wanted), professions=known)


def in_room(board: Board, held: Occasion, room: UUID | None) -> Occasion:
    """*held* in another room, or in none."""
    found = board.rooms.get(room) if room else None
    return replace(held, room=room, seats=found.seats if found else None)


def moved_to(held: Occasion, start: datetime, minutes: int | None = None) -> Occasion:
    length = held.end - held.start if minutes is None else timedelta(minutes=minutes)
    return replace(held, start=start, end=start + length)


def stretches(
    board: Board, held: Occasion, day: date, first: time, last: time
) -> tuple[Stretch, ...]:
    """The part of *day* from *first* to *last* as it is for *held*, with its leaders and room."""
    begin, end = datetime.combine(day, first), datetime.combine(day, last)
    in_the_way = [o for o in obstacles(board, held, day) if o.start < end and begin < o.end]
    standing = tuple(remarks(board, held))
    edges = {begin, end}
    for one in in_the_way:
        edges |= {max(begin, one.start), min(end, one.end)}
    cuts = sorted(edges)
    parts: list[Stretch] = []
    for start, until in pairwise(cuts):
        there = [one for one in in_the_way if one.start < until and start < one.end]
        parts.append(_part(start, until, there, standing, held.end - held.start))
    return tuple(_joined(parts))


def _part(
    start: datetime,
    end: datetime,
    there: list[Obstacle],
    standing: tuple[str, ...],
    length: timedelta,
) -> Stretch:
    if there:
        reasons = tuple(dict.fromkeys(one.reason for one in there))
        other = next((one.other for one in there if one.other), None)
        return Stretch(start, end, Verdict.BLOCKED, reasons + standing, other)
    if end - start < length:
        only = _("Only {minutes} minutes are free here.").format(
            minutes=(end - start) // timedelta(minutes=1)
        )
        return Stretch(start, end, Verdict.BLOCKED, (only, *standing))
    return Stretch(start, end, Verdict.ACKNOWLEDGE if standing else Verdict.FREE, standing)


def _joined(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours that say the same become one."""
    before: Stretch | None = None
    for part in parts:
        if before is None:
            before = part
        elif replace(part, start=before.start) == replace(before, end=part.end):
            before = replace(before, end=part.end)
        else:
            yield before
            before = part
    if before is not None:
        yield before


def obstacles(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    """What can't be at once with *held* on *day*: closed first, then people, room and patients."""
    for closure in board.closures:
        if closure.first <= day <= closure.last:
            start = datetime.combine(day, closure.until or time())
            end = datetime.combine(day, time()) + timedelta(days=1)
            reason = _("The centre is closed: {reason}.").format(reason=closure.reason)
            yield Obstacle(ClashKind.CLOSED, start, end, reason)
    for other in board.by_day.get(day, ()):
        if other.id != held.id and _meet(held, other):
            for kind, reason in _shared(board, held, other):
                yield Obstacle(kind, other.start, other.end, reason, other.id)


def _meet(held: Occasion, other: Occasion) -> bool:
    """Whether they want anybody or anything in common."""
    return (
        (held.room is not None and held.room == other.room)
        or not held.staff.isdisjoint(other.staff)
        or not held.patients.isdisjoint(other.patients)
    )


def _shared(board: Board, held: Occasion, other: Occasion) -> Iterator[tuple[ClashKind, str]]:
    when = i18n.clock_range(other.start, other.end)
    for one in sorted(held.staff & other.staff):
        person = board.staff.get(one)
        yield (
            ClashKind.STAFF,
            _("{name} is busy: {title} {time}.").format(
                name=person.name if person else "", title=other.title, time=when
            ),
        )
    if held.room is not None and held.room == other.room:
        room = board.rooms.get(held.room)
        yield (
            ClashKind.ROOM,
            _("{room} is taken: {title} {time}.").format(
                room=room.name if room else "", title=other.title, time=when
            ),
        )
    both = len(held.patients & other.patients)
    if both:
        yield (
            ClashKind.PATIENT,
            ngettext(
                "A patient has {title} {time}.", "{number} patients have {title} {time}.", both
            ).format(number=both, title=other.title, time=when),
        )


def remarks(board: Board, held: Occasion) -> Iterator[str]:
    """What must be acknowledged wherever in the week *held* stands in its room."""
    yield from room_remarks(board, held)
    for clash in missing_professions(held):
        yield _("No {profession} leads it.").format(profession=clash.detail)


def room_remarks(board: Board, held: Occasion) -> Iterator[str]:
    """What its room lacks: equipment, seats."""
    room = board.rooms.get(held.room) if held.room else None
    if room is None:
        return
    lacking = [e.label for e in board.equipment.get(held.id, ()) if e not in room.equipment]
    if lacking:
        yield _("{room} lacks {equipment}.").format(room=room.name, equipment=i18n.joined(lacking))
    if len(held.patients) > room.seats:
        yield _("{room} has {seats} seats; {taken} are expected.").format(
            room=room.name, seats=room.seats, taken=len(held.patients)
        )


def nearest_free(
    options: Iterable[tuple[K, Stretch]], wanted: datetime, minutes: int
) -> tuple[K, datetime] | None:
    """The free place closest in time to *wanted*: its lane and start; None where there is none."""
    length = timedelta(minutes=minutes)
    best: tuple[timedelta, K, datetime] | None = None
    for lane, stretch in options:
        if stretch.verdict is not Verdict.FREE or stretch.end - stretch.start < length:
            continue
        start = min(max(wanted, stretch.start), stretch.end - length)
        away = abs(start - wanted)
        if best is None or away < best[0]:
            best = away, lane, start
    return best and best[1:]
