"""New dates for what is left of a group: after a pause, or when all of it moves.

Each strand keeps its weekday, its time and its rhythm, each session its number and its length.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram import i18n
from painprogram.domain.closures import Closure, closed_by
from painprogram.domain.errors import Refused
from painprogram.domain.planning import (
    WEEK,
    WORKDAYS,
    Dated,
    Note,
    NoteKind,
    horizon,
    monday,
    nearest_workdays,
    order_notes,
    overlaps,
)
from painprogram.domain.programmes import Content, Placement, Strand
from painprogram.i18n import _

DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Planned:
    """A session of the group as it stands, or stood when the group was paused."""

    id: UUID
    dated: Dated

    @property
    def day(self) -> date:
        return self.dated.start.date()


@dataclass(frozen=True, slots=True)
class Redating:
    """The new time of every session that gets one, and what the preview says beside them."""

    sessions: Mapping[UUID, Dated]
    notes: tuple[Note, ...] = ()


def weeks_until(left: Iterable[Planned], day: date) -> timedelta:
    """How much later the rest of a group goes on, so that nothing stands before *day*.

    Whole weeks, as few as it takes: each strand keeps its weekday, and all of them their order.
    """
    first = min(usual.first for usual in _usual(left, ()).values())
    return max(0, -((first - day) // WEEK)) * WEEK


def redated(
    content: Content,
    left: Iterable[Planned],
    standing: Iterable[Planned],
    by: timedelta,
    closures: Iterable[Closure],
) -> Redating:
    """Give *left* new dates, *by* so much later (or earlier) than they had.

    A series takes one beat for each session, and one more for each closed day, so that "n of m"
    stays right; what was moved by hand stands in line again. A single session on a closed day
    moves to the nearest open workday. What came after another strand waits for it. *standing* are
    the sessions that stay where they are: no series goes on before its last one.
    """
    remaining, kept = tuple(left), tuple(standing)
    run = _Run(content, remaining, kept, by, tuple(closures))
    for strand in _in_order(content, run.usual):
        run.place(strand)
    dated = sorted(run.made.values(), key=lambda one: (one.start, one.strand))
    notes = [*run.notes, *order_notes(content, dated)]
    place = {strand.key: number for number, strand in enumerate(content.strands)}
    notes.sort(key=lambda note: (note.day or date.max, place[note.strand]))
    return Redating(run.made, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Usual:
    """Where a strand stands in its weeks, and what is left of it in order of number."""

    first: date
    """The day of the rhythm on which the first one left stands."""
    start: time
    left: Sequence[Planned]


def _usual(left: Iterable[Planned], standing: Iterable[Planned]) -> dict[str, _Usual]:
    by_strand: dict[str, list[Planned]] = defaultdict(list)
    for one in left:
        by_strand[one.dated.strand].append(one)
    before = Counter((one.dated.strand, _slot(one)) for one in standing)
    found = {}
    for key, held in by_strand.items():
        held.sort(key=lambda one: (one.dated.number, one.dated.start))
        slots = Counter(_slot(one) for one in held)
        weekday, start = max(slots, key=lambda slot: (slots[slot], before[key, slot]))
        first = monday(held[0].day) + timedelta(days=weekday)
        found[key] = _Usual(first, start, held)
    return found


def _slot(one: Planned) -> tuple[int, time]:
    return one.dated.start.weekday(), one.dated.start.time()


def _in_order(content: Content, keys: Iterable[str]) -> Iterator[Strand]:
    """Series first, and each strand after those it comes after."""
    left = set(keys)
    waiting = [strand for strand in content.strands if strand.key in left]
    waiting.sort(key=lambda strand: strand.placement is Placement.ONCE)
    while waiting:
        ready = next((one for one in waiting if not left & set(one.after)), waiting[0])
        yield ready
        waiting.remove(ready)
        left.remove(ready.key)


class _Run:
    """The new dates as they come about, strand by strand."""

    def __init__(
        self,
        content: Content,
        left: Sequence[Planned],
        standing: Sequence[Planned],
        by: timedelta,
        shut: tuple[Closure, ...],
    ) -> None:
        self.usual = _usual(left, standing)
        self.made: dict[UUID, Dated] = {}
        self.notes: list[Note] = []
        self._content, self._shut = content, shut
        self._left = [one.dated for one in left]
        self._standing = [one.dated for one in standing]
        self._by = by
        wished = [self._wished(usual.first) for usual in self.usual.values()]
        self._earliest = min(wished, default=date.min)

    def place(self, strand: Strand) -> None:
        usual = self.usual[strand.key]
        floor, waits_for = self._floor(strand, usual)
        if strand.placement is Placement.ONCE:
            self._singles(strand, usual, floor, waits_for)
        else:
            self._series(strand, usual, floor, waits_for)

    def _wished(self, day: date) -> date:
        """The day so much later; a strand that stood in the week doesn't go to the weekend."""
        wished = day + self._by
        if wished.weekday() < WORKDAYS or day.weekday() >= WORKDAYS:
            return wished
        return monday(wished) + (WEEK if self._by > timedelta() else FRIDAY * DAY)

    def _floor(self, strand: Strand, usual: _Usual) -> tuple[datetime, str]:
        """From when on the strand may go on, and the title of the strand it waits for."""
        floor, title = datetime.combine(self._earliest, time()), ""
        for dated in self._standing:
            if dated.strand == strand.key and dated.number < usual.left[0].dated.number:
                floor = max(floor, datetime.combine(dated.start.date() + DAY, time()))
        first = min(one.dated.start for one in usual.left)
        for key in strand.after:
            if any(one.strand == key and one.end > first for one in self._old):
                continue  # somebody has changed the order knowingly
            for dated in (*self.made.values(), *self._standing):
                if dated.strand == key and dated.end > floor:
                    floor, title = dated.end, str(dated.module.name)
        return floor, title

    @property
    def _old(self) -> Iterator[Dated]:
        yield from self._standing
        yield from self._left

    def _series(self, strand: Strand, usual: _Usual, floor: datetime, waits_for: str) -> None:
        rhythm = strand.every_weeks * WEEK
        beat = wished = self._wished(usual.first)
        self._tell_weekend(strand, usual.first, wished)
        while datetime.combine(beat, usual.start) < floor:
            beat += rhythm
        if beat != wished and waits_for:
            self._note(NoteKind.MOVED, strand, wished, _after(waits_for), beat)
        for one in usual.left:
            at = datetime.combine(beat, usual.start)
            while closure := closed_by(self._shut, at, one.dated.minutes):
                self._note(NoteKind.SKIPPED, strand, at.date(), closure.reason)
                at += rhythm
                self._within(strand, at.date())
            self._within(strand, at.date())
            self.made[one.id] = replace(one.dated, start=at)
            beat = at.date() + rhythm

    def _singles(self, strand: Strand, usual: _Usual, floor: datetime, waits_for: str) -> None:
        for one in usual.left:
            wished = self._wished(one.day)
            self._tell_weekend(strand, one.day, wished)
            at = datetime.combine(wished, one.dated.start.time())
            while at < floor:
                at += WEEK
            if at.date() != wished and waits_for:
                self._note(NoteKind.MOVED, strand, wished, _after(waits_for), at.date())
            self.made[one.id] = self._open(strand, replace(one.dated, start=at), floor)

    def _open(self, strand: Strand, dated: Dated, floor: datetime) -> Dated:
        """*dated*, on the nearest open workday that is free of the other strands."""
        wished = dated.start.date()
        closure = closed_by(self._shut, dated.start, dated.minutes)
        if closure is None:
            return dated
        taken = (*self.made.values(), *self._standing)
        for day in nearest_workdays(wished, floor.date()):
            found = replace(dated, start=datetime.combine(day, dated.start.time()))
            shut = closed_by(self._shut, found.start, found.minutes)
            if not shut and found.start >= floor and not overlaps(found, taken):
                self._note(NoteKind.MOVED, strand, wished, closure.reason, day)
                return found
        raise Refused(
            _("{title}: no open day is found near {day}. Choose another week.").format(
                title=dated.module.name, day=i18n.day_short(wished)
            )
        )

    def _within(self, strand: Strand, day: date) -> None:
        if day >= horizon(self._earliest):
            many = len(self.usual[strand.key].left)
            raise Refused(
                _(
                    "{title}: no open days are found for {many} sessions. Choose another day."
                ).format(title=self._title(strand), many=many)
            )

    def _tell_weekend(self, strand: Strand, day: date, wished: date) -> None:
        if wished != day + self._by:
            self._note(NoteKind.MOVED, strand, day + self._by, _("weekend"), wished)

    def _note(
        self, kind: NoteKind, strand: Strand, day: date, reason: str, moved_to: date | None = None
    ) -> None:
        self.notes.append(Note(kind, strand.key, self._title(strand), day, reason, moved_to))

    def _title(self, strand: Strand) -> str:
        return str(self._content.module(strand.module).name)


def _after(title: str) -> str:
    return _("it comes after {other}").format(other=title)
