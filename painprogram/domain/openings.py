"""The next times that suit people, patients and a room at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram.domain.availability import StaffTime
from painprogram.domain.closures import Closure
from painprogram.domain.diary import Diary
from painprogram.domain.rooms import Room

STEP = timedelta(minutes=15)
OPENS, SHUTS = time(8), time(17)
"""Asked for where nobody has a working week of their own."""
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be held, and who and what must be free for it."""

    minutes: int
    staff: frozenset[UUID] = frozenset()
    patients: frozenset[UUID] = frozenset()
    rooms: tuple[Room, ...] | None = None
    """One of these, the most suitable first; None: no room is needed."""
    preparation: int = 0
    """Minutes that leaders and room need before it, and after it."""
    wrap_up: int = 0
    itself: UUID | None = None
    """What is to be moved takes no time from itself."""
    not_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """It can begin at *first*, and each quarter of an hour until *last*, in one room."""

    first: datetime
    last: datetime
    minutes: int
    room_id: UUID | None = None
    room_name: str = ""

    def nearest(self, at: time) -> datetime:
        """The start that is nearest to the clock *at*."""
        wanted = datetime.combine(self.first.date(), at)
        return min(max(wanted, self.first), self.last)


def openings(
    wanted: Wanted,
    diary: Diary,
    times: StaffTime,
    closures: Mapping[date, Sequence[Closure]],
    days: Iterable[date],
) -> Iterator[Opening]:
    """In order of time, over *days*."""
    for day in days:
        if day not in wanted.not_on:
            yield from _on(wanted, diary, times, closures.get(day, ()), day)


def _on(
    wanted: Wanted, diary: Diary, times: StaffTime, closures: Sequence[Closure], day: date
) -> Iterator[Opening]:
    span = _hours(wanted, times, day)
    if span is None:
        return
    begin, end = span
    length = timedelta(minutes=wanted.minutes)
    open_: Opening | None = None
    at = begin
    while at + length <= end:
        room = _suits(wanted, diary, times, closures, at, at + length)
        if open_ is not None and (room is None or room.id != open_.room_id):
            yield open_
            open_ = None
        if room is not None:
            start = at if open_ is None else open_.first
            open_ = Opening(start, at, wanted.minutes, room.id, room.name)
        at += STEP
    if open_ is not None:
        yield open_


@dataclass(frozen=True, slots=True)
class _Place:
    """A room, or that none is needed."""

    id: UUID | None = None
    name: str = ""


def _hours(wanted: Wanted, times: StaffTime, day: date) -> tuple[datetime, datetime] | None:
    """The part of *day* that is asked about; None where it is nobody's working day."""
    begin, end = datetime.combine(day, OPENS), datetime.combine(day, SHUTS)
    known = [times[one] for one in wanted.staff if times[one].week]
    if len(known) < max(1, len(wanted.staff)):
        return (begin, end) if day.weekday() <= _FRIDAY else None
    spans = [list(one.working(day)) for one in known]
    if not all(spans):
        return None
    midnight = datetime.combine(day, time())
    first = max(min(span.start for span in there) for there in spans)
    last = min(max(span.end for span in there) for there in spans)
    return _quarter(max(first, midnight)), min(last, midnight + timedelta(days=1))


def _quarter(at: datetime) -> datetime:
    """*at*, or the next full quarter of an hour."""
    past = timedelta(minutes=at.minute) % STEP
    return at if not past else at + STEP - past


def _suits(
    wanted: Wanted,
    diary: Diary,
    times: StaffTime,
    closures: Sequence[Closure],
    start: datetime,
    end: datetime,
) -> _Place | None:
    """The room it can be held in then; None where it can't."""
    if any(closure.covers(start, end) for closure in closures):
        return None
    early = start - timedelta(minutes=wanted.preparation)
    late = end + timedelta(minutes=wanted.wrap_up)
    for one in wanted.staff:
        mine = times[one]
        if not mine.works(start, end) or diary.meets(one, early, late, wanted.itself):
            return None
        if any(span.meets(start, end) for span in (*mine.absent, *mine.busy)):
            return None
    if any(diary.meets(one, start, end, wanted.itself) for one in wanted.patients):
        return None
    if wanted.rooms is None:
        return _Place()
    free = (one for one in wanted.rooms if not diary.meets(one.id, early, late, wanted.itself))
    room = next(free, None)
    return None if room is None else _Place(room.id, room.name)
