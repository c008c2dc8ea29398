"""From a programme and a start week to dates: what stands when, what is skipped, and why."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, count
from string import ascii_uppercase
from typing import Protocol, TypeVar
from uuid import UUID

from painprogram import i18n
from painprogram.domain.closures import Closure, closed_by
from painprogram.domain.errors import Refused
from painprogram.domain.programmes import Content, Module, Placement, Strand
from painprogram.domain.rooms import Room
from painprogram.i18n import _

WEEK = timedelta(days=7)
MOST_WEEKS = 104
"""A series that finds no open day for so long is refused rather than looked for for ever."""
WORKDAYS = 5
JULY = 7
QUARTER = timedelta(minutes=15)
SOME_DAY = date(2000, 1, 3)
MORNING, EVENING = time(8), time(17)
"""Between which a group is put beside another."""


@dataclass(frozen=True, slots=True)
class StrandPlan:
    """When, where and with whom a strand is to meet. *week* 1 is the group's first."""

    weekday: int
    start: time
    week: int = 1
    room_id: UUID | None = None
    leaders: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A session that would be made."""

    strand: str
    module: Module
    number: int
    of: int
    start: datetime
    minutes: int
    letter: str = ""
    room_id: UUID | None = None
    leaders: tuple[UUID, ...] = ()

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


class NoteKind(StrEnum):
    SKIPPED = "skipped"
    MOVED = "moved"
    ORDER = "order"
    TOGETHER = "together"
    """On the same day as a strand it should be apart from."""
    LATE = "late"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Note:
    """What the preview says beside the dates."""

    kind: NoteKind
    strand: str
    title: str
    day: date | None
    reason: str
    moved_to: date | None = None

    def __str__(self) -> str:
        day = i18n.day_short(self.day) if self.day else ""
        if self.kind is NoteKind.SKIPPED:
            return _("{title}: {day} is skipped, {reason}.").format(
                title=self.title, day=day, reason=self.reason
            )
        if self.kind is NoteKind.MOVED and self.moved_to:
            return _("{title}: moved from {day} to {other}, {reason}.").format(
                title=self.title,
                day=day,
                other=i18n.day_short(self.moved_to),
                reason=self.reason,
            )
        return _("{title}: {reason}").format(title=self.title, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Every date of a group, in order of time, and the notes."""

    sessions: tuple[Dated, ...]
    notes: tuple[Note, ...] = field(default=())


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def timetable(
    content: Content,
    start: date,
    plans: Mapping[str, StrandPlan],
    closures: Iterable[Closure],
) -> Timetable:
    """Dates for every group strand of *content* that *plans* names.

    A series goes on one rhythm longer for each closed day, so that "n of m" stays right; a single
    session moves to the nearest open workday of its week that the series leave free. Nothing
    stands before *start*.
    """
    shut = tuple(closures)
    sessions: list[Dated] = []
    notes: list[Note] = []
    for placement, place in ((Placement.SERIES, _series), (Placement.ONCE, _single)):
        for strand in content.strands:
            plan = plans.get(strand.key)
            if plan is not None and strand.placement is placement:
                placing = _Placing(strand, content.module(strand.module), start, plan, shut)
                made, said = place(placing, sessions)
                sessions += made
                notes += said
    sessions.sort(key=lambda session: (session.start, session.strand))
    notes += order_notes(content, sessions, start)
    order = {strand.key: n for n, strand in enumerate(content.strands)}
    notes.sort(key=lambda note: (note.day or date.max, order[note.strand]))
    return Timetable(tuple(sessions), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Placing:
    """One strand that is to have dates."""

    strand: Strand
    module: Module
    start: date
    plan: StrandPlan
    shut: tuple[Closure, ...]

    def day(self, number: int) -> date:
        """The day of the rhythm's *number*-th beat, from 0."""
        week = self.plan.week - 1 + number * self.strand.every_weeks
        return monday(self.start) + week * WEEK + timedelta(days=self.plan.weekday)

    def at(self, day: date) -> datetime:
        return datetime.combine(day, self.plan.start)

    def closure(self, day: date) -> Closure | None:
        return closed_by(self.shut, self.at(day), self.module.minutes)

    def dated(self, day: date, number: int) -> Dated:
        return Dated(
            self.strand.key,
            self.module,
            number,
            self.strand.occurrences,
            self.at(day),
            self.module.minutes,
            self.strand.letter,
            self.plan.room_id,
            self.plan.leaders,
        )

    def note(self, kind: NoteKind, day: date, reason: str, moved_to: date | None = None) -> Note:
        return Note(kind, self.strand.key, str(self.module.name), day, reason, moved_to)


def _series(placing: _Placing, _taken: Iterable[Dated]) -> tuple[list[Dated], list[Note]]:
    made: list[Dated] = []
    notes: list[Note] = []
    many = placing.strand.occurrences
    for beat in count():
        day = placing.day(beat)
        if day >= horizon(placing.start):
            raise Refused(
                _(
                    "{title}: no open days are found for {many} sessions. Choose another day."
                ).format(title=placing.module.name, many=many)
            )
        if day < placing.start:
            continue
        closure = placing.closure(day)
        if closure:
            notes.append(placing.note(NoteKind.SKIPPED, day, closure.reason))
        else:
            made.append(placing.dated(day, len(made) + 1))
        if len(made) == many:
            break
    return made, notes


def _single(placing: _Placing, taken: list[Dated]) -> tuple[list[Dated], list[Note]]:
    wished = placing.day(0)
    while wished < placing.start:
        wished += WEEK
    closure = placing.closure(wished)
    if closure is None:
        return [placing.dated(wished, 1)], []
    for day in nearest_workdays(wished, placing.start):
        made = placing.dated(day, 1)
        if placing.closure(day) is None and not overlaps(made, taken):
            return [made], [placing.note(NoteKind.MOVED, wished, closure.reason, day)]
    raise Refused(
        _("{title}: no open day is found near {day}. Choose another week.").format(
            title=placing.module.name, day=i18n.day_short(wished)
        )
    )


def nearest_workdays(wished: date, start: date) -> Iterator[date]:
    """The other workdays of the week of *wished* from near to far, then the same of later weeks.

    None of them before *start*.
    """
    week = wished
    while week < horizon(start):
        days = [monday(week) + timedelta(days=n) for n in range(WORKDAYS)]
        if week != wished:
            days = [week, *days]
        yield from sorted(
            (day for day in days if day >= start), key=lambda day: (abs(day - week), day)
        )
        week += WEEK


def horizon(start: date) -> date:
    """The first day on which nothing is looked for any more."""
    return monday(start) + MOST_WEEKS * WEEK


class Span(Protocol):
    """What has a beginning and an end."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


S = TypeVar("S", bound=Span)


def overlaps(one: Span, others: Iterable[S]) -> list[S]:
    """Those of *others* that take place at the same time; touching is not overlapping."""
    return [other for other in others if one.start < other.end and other.start < one.end]


def order_notes(
    content: Content, sessions: Iterable[Dated], start: date | None = None
) -> Iterator[Note]:
    """Strands out of order, on the same day as one they should be apart from, or too late.

    *sessions* in order of time; too late only where the *start* of the first week is told.
    """
    by_strand: dict[str, list[Dated]] = defaultdict(list)
    for session in sessions:
        by_strand[session.strand].append(session)
    for strand in content.strands:
        own = by_strand.get(strand.key)
        if not own:
            continue
        title = str(content.module(strand.module).name)
        for key in strand.after:
            earlier = by_strand.get(key)
            if earlier and earlier[-1].end > own[0].start:
                reason = _("should come after {other}.").format(other=earlier[-1].module.name)
                yield Note(NoteKind.ORDER, strand.key, title, own[0].start.date(), reason)
        for key in strand.apart_from:
            other = by_strand.get(key, [])
            shared = {s.start.date() for s in own} & {s.start.date() for s in other}
            if shared:
                reason = _("should not meet on the same day as {other}.").format(
                    other=other[0].module.name
                )
                yield Note(NoteKind.TOGETHER, strand.key, title, min(shared), reason)
        if strand.latest_week and start:
            last = own[-1].start.date()
            if last >= monday(start) + strand.latest_week * WEEK:
                reason = _("should come in week {week} of the programme at the latest.").format(
                    week=strand.latest_week
                )
                yield Note(NoteKind.LATE, strand.key, title, last, reason)


def proposed(content: Content) -> dict[str, StrandPlan]:
    """The times the programme itself proposes; a strand without any stands on Monday at nine."""
    return {
        strand.key: StrandPlan(
            strand.weekday if strand.weekday is not None else 0,
            strand.start or time(9),
            max(1, strand.week),
        )
        for strand in content.strands
        if strand.placement in (Placement.SERIES, Placement.ONCE)
    }


def usual_plans(sessions: Iterable[Dated], start: date) -> dict[str, StrandPlan]:
    """How each strand of a group that began in the week of *start* meets, as a rule."""
    by_strand: dict[str, list[Dated]] = defaultdict(list)
    for one in sorted(sessions, key=lambda one: one.start):
        by_strand[one.strand].append(one)
    plans = {}
    for key, held in by_strand.items():
        slots = Counter((one.start.weekday(), one.start.time()) for one in held)
        weekday, at = max(slots, key=lambda slot: slots[slot])
        rooms = Counter(one.room_id for one in held)
        leaders = Counter(one.leaders for one in held)
        plans[key] = StrandPlan(
            weekday,
            at,
            max(1, (monday(held[0].start.date()) - monday(start)) // WEEK + 1),
            max(rooms, key=lambda room: rooms[room]),
            max(leaders, key=lambda one: leaders[one]),
        )
    return plans


def besides(plan: StrandPlan, module: Module) -> Iterator[StrandPlan]:
    """The same day right after *plan*, and right before it, with time to clear up between."""
    midnight = datetime.combine(SOME_DAY, time())
    first, last = (datetime.combine(SOME_DAY, one) for one in (MORNING, EVENING))
    start = datetime.combine(SOME_DAY, plan.start)
    length = timedelta(minutes=module.minutes)
    step = length + timedelta(minutes=module.wrap_up + module.preparation)
    later, earlier = start + step, start - step
    later += (midnight - later) % QUARTER
    earlier -= (earlier - midnight) % QUARTER
    for at in (later, earlier):
        if first <= at and at + length <= last:
            yield replace(plan, start=at.time())


def next_name(content: Content, start: date, taken: Iterable[str]) -> str:
    """A name for a group that starts on *start*: its term, then the first letter that is free.

    An activity has the programme's name before the term.
    """
    spring = start.month < JULY
    term = _("Spring {year}") if spring else _("Autumn {year}")
    term = term.format(year=f"{start.year % 100:02}")
    known = {name.casefold() for name in taken}
    if content.activity:
        first = f"{content.name} {term}"
        names = chain([first], (f"{first} {letter}" for letter in ascii_uppercase[1:]))
    else:
        names = chain(f"{term} {letter}" for letter in ascii_uppercase)
    return next((name for name in names if name.casefold() not in known), term)


def name_after(pattern: str, content: Content, start: date, taken: Iterable[str]) -> str:
    """The same for a group that follows *pattern*: what stands before the term there, stays.

    ``Smärta H26 A`` is followed by ``Smärta V27 A``, and has ``Smärta H26 B`` beside it.
    """
    terms = (re.escape(_("Spring {year}")), re.escape(_("Autumn {year}")))
    usual = "|".join(term.replace(re.escape("{year}"), r"\d\d") for term in terms)
    found = None if content.activity else re.fullmatch(rf"(.*?)(?:{usual}) [A-Z]", pattern)
    before = found[1] if found else ""
    own = [name.removeprefix(before) for name in taken if name.startswith(before)]
    return before + next_name(content, start, own)


def lacking(module: Module, room: Room, participants: int) -> tuple[str, ...]:
    """What *room* lacks for *module* with so many participants, in words; empty when it will do."""
    found = [item.label for item in module.equipment if item not in room.equipment]
    if room.seats < participants:
        found.append(
            _("seats for {many} (it has {seats})").format(many=participants, seats=room.seats)
        )
    return tuple(found)
