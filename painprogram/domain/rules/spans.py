"""The times of a day that a rule takes from one thing, so that they can be painted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram import i18n
from painprogram.domain.availability import Span
from painprogram.domain.clashes import alone
from painprogram.domain.rules import Level, Rule
from painprogram.domain.rules.board import Board, Finding
from painprogram.domain.rules.fitting import too_few
from painprogram.domain.rules.loads import gathered, with_more
from painprogram.domain.rules.occasion import Clash, Course, Occasion
from painprogram.domain.rules.times import written
from painprogram.domain.rules.words import sentence
from painprogram.i18n import _, ngettext

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that takes the time from *start* to *end*; *other* is the occasion that does."""

    rule: Rule
    level: Level
    start: datetime
    end: datetime
    reason: str
    other: UUID | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """When a colleague can not be asked for, and by which rule."""

    rule: Rule
    start: datetime
    end: datetime


def obstacles(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    """What *held* would meet wherever in *day*: closed first, then people, room, patients."""
    yield from _closed(board, held, day)
    yield from _taken(board, held, day)
    yield from _leaders_away(board, held, day)
    yield from _out_of_order(board, held, day)
    yield from _whole_day(board, held, day)


def remarks(board: Board, held: Occasion) -> Iterator[Finding]:
    """What *held* lacks wherever in the day it stands: leaders, room, participants."""
    for clash in (*alone(held), *too_few(held, board.around)):
        text = sentence(clash, board.names, None, turned=False)
        yield Finding(clash.rule, board.level(clash.rule, held), text)


def away(board: Board, staff: UUID, day: date) -> tuple[Away, ...]:
    """When a colleague is absent, busy or does not work on *day*, in order of time."""
    around = board.around
    found = [Away(Rule.ABSENT, *_cut(span, day)) for span in around.absent_on(staff, day)]
    found += [Away(Rule.BUSY, *_cut(span, day)) for span in around.busy_on(staff, day)]
    found += [Away(Rule.HOURS, span.start, span.end) for span in _off(board, staff, day)]
    there = (one for one in found if one.start < one.end)
    return tuple(sorted(there, key=lambda one: (one.start, one.end)))


def _day(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time())
    return start, start + DAY


def _cut(span: Span, day: date) -> tuple[datetime, datetime]:
    start, end = _day(day)
    return max(start, span.start), min(end, span.end)


def _off(board: Board, staff: UUID, day: date) -> Iterator[Span]:
    """What is left of *day* when the working hours are taken out of it."""
    theirs = board.around.time[staff]
    if not theirs.week:
        return
    at, end = _day(day)
    for span in theirs.working(day):
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < end:
        yield Span(at, end)


def _closed(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    begin, end = _day(day)
    for closure in board.around.closures_on(held.centre, day):
        start = datetime.combine(day, closure.until) if closure.until else begin
        reason = _("The centre is closed: {reason}.").format(reason=closure.reason)
        yield Obstacle(Rule.CLOSED, board.level(Rule.CLOSED, held), start, end, reason)


def _taken(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    for other in board.standing.on(day):
        if other.id == held.id:
            continue
        same_room = held.room is not None and held.room == other.room
        led = held.staff & other.staff
        if not (same_room or led or not held.patients.isdisjoint(other.patients)):
            continue
        for rule, reason in _shared(board, held, other):
            level = board.level(rule, held, other.id)
            yield Obstacle(rule, level, other.start, other.end, reason, other.id)
        if same_room or led:
            yield from _buffers(board, held, other, held.room if same_room else min(led))


def _shared(board: Board, held: Occasion, other: Occasion) -> Iterator[tuple[Rule, str]]:
    when = i18n.clock_range(other.start, other.end)
    for one in sorted(held.staff & other.staff):
        yield (
            Rule.STAFF,
            _("{name} is busy: {title} {time}.").format(
                name=board.names.get(one, ""), title=other.title, time=when
            ),
        )
    if held.room is not None and held.room == other.room:
        yield (
            Rule.ROOM,
            _("{room} is taken: {title} {time}.").format(
                room=board.names.get(held.room, ""), title=other.title, time=when
            ),
        )
    both = len(held.patients & other.patients)
    if both:
        yield (
            Rule.PATIENT,
            ngettext(
                "A patient has {title} {time}.", "{number} patients have {title} {time}.", both
            ).format(number=both, title=other.title, time=when),
        )


def _buffers(
    board: Board, held: Occasion, other: Occasion, about: UUID | None
) -> Iterator[Obstacle]:
    """The minutes before and after *other* in which *held* would be too close to it."""
    clash = Clash(Rule.BUFFER, held.id, other.id, about)
    level, reason = board.level(Rule.BUFFER, held, other.id), ""
    for start, end in (
        (other.start - timedelta(minutes=held.wrap_up + other.preparation), other.start),
        (other.end, other.end + timedelta(minutes=other.wrap_up + held.preparation)),
    ):
        if start < end:
            reason = reason or sentence(clash, board.names, other, turned=False)
            yield Obstacle(Rule.BUFFER, level, start, end, reason, other.id)


def _leaders_away(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    if not board.around.time.of:
        return
    for one in sorted(held.staff):
        for span in away(board, one, day):
            detail = ""
            if span.rule is not Rule.HOURS:
                source = _source(board, one, day, span)
                detail = written(source)
            clash = Clash(span.rule, held.id, None, one, detail)
            text = sentence(clash, board.names, None, turned=False)
            level = board.level(span.rule, held)
            yield Obstacle(span.rule, level, span.start, span.end, text)


def _source(board: Board, staff: UUID, day: date, cut: Away) -> Span:
    """The whole absence or busy time that *cut* is the part of this day of."""
    spans = (board.around.absent_on if cut.rule is Rule.ABSENT else board.around.busy_on)(
        staff, day
    )
    return next(span for span in spans if _cut(span, day) == (cut.start, cut.end))


def _out_of_order(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    course = board.around.courses.get(held.group) if held.group else None
    if course is None:
        return
    begin, end = _day(day)
    for clash, start, until in _order_spans(held, course, begin, end):
        if start < end and begin < until:
            turned = clash.occasion != held.id
            other = clash.occasion if turned else clash.other
            text = sentence(clash, board.names, board.known(other), turned=turned)
            level = board.level(Rule.ORDER, held, other)
            yield Obstacle(Rule.ORDER, level, max(begin, start), min(end, until), text, other)


def _order_spans(
    held: Occasion, course: Course, begin: datetime, end: datetime
) -> Iterator[tuple[Clash, datetime, datetime]]:
    for before in course.before_me(held.strand):
        yield Clash(Rule.ORDER, held.id, before.id), begin, before.end
    for later in course.after_me(held.strand):
        yield Clash(Rule.ORDER, later.id, held.id), later.start, end


def _whole_day(board: Board, held: Occasion, day: date) -> Iterator[Obstacle]:
    """Days that have passed, that are too late, and on which a patient would have too much."""
    begin, end = _day(day)
    there = _moved_to_day(held, day)
    found = list(gathered(with_more(there, board.standing.week_of(day), board.around)))
    if board.around.today is not None and day < board.around.today:
        found.append(Clash(Rule.PAST, held.id))
    if held.latest is not None and day >= held.latest:
        found.append(Clash(Rule.BEYOND, held.id))
    for clash in found:
        text = sentence(clash, board.names, None, turned=False)
        yield Obstacle(clash.rule, board.level(clash.rule, held), begin, end, text)


def _moved_to_day(held: Occasion, day: date) -> Occasion:
    start = datetime.combine(day, held.start.time())
    return replace(held, start=start, end=start + (held.end - held.start))
