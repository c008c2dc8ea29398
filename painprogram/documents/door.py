"""What hangs on the door of a room: a day or some days of it, to be read from a metre.

Everybody who passes can read it, so it says when and what sort of thing, never what for or who.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from painprogram import i18n
from painprogram.documents import dates, framed, style
from painprogram.documents.flow import Block, Draw, Flow
from painprogram.documents.fonts import Weight
from painprogram.documents.framed import Frame
from painprogram.documents.style import Document, Pen, Type
from painprogram.domain.progress import Progress
from painprogram.i18n import _, pgettext

__all__ = ["DoorList", "Taken", "door_lists"]

_BELOW = 4.0


@dataclass(frozen=True, slots=True)
class Taken:
    """A time at which the room is taken."""

    start: datetime
    end: datetime
    what: str
    """``Relaxation``, ``Lecture A``: never a title that tells what the patients have."""
    leaders: tuple[str, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class DoorList:
    """One room's times in order, in the language they are in."""

    centre: str
    room: str
    first: date
    last: date
    taken: tuple[Taken, ...]
    language: str
    printed: datetime = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes for one day, which has the page to itself, and for several."""

    room: Type
    day: Type
    time: Type
    what: Type
    who: Type
    times: float
    """Width of the times with the air behind them."""


_ONE_DAY = _Look(
    Type(60, Weight.BOLD, style.ACCENT, 23),
    Type(28, Weight.SEMIBOLD, step=11),
    Type(32, Weight.SEMIBOLD, step=12),
    Type(32, step=12.5),
    Type(20, colour=style.SECONDARY, step=8.5),
    74.0,
)
_DAYS = _Look(
    Type(44, Weight.BOLD, style.ACCENT, 17),
    Type(22, Weight.BOLD, step=9),
    Type(20, Weight.SEMIBOLD, step=8.2),
    Type(20, step=8.2),
    Type(18, colour=style.SECONDARY, step=7.4),
    50.0,
)


_SMALLER = tuple(Type(size, Weight.BOLD, style.ACCENT, size * 0.39) for size in (34, 24, 18))
"""For names of rooms that would take more than two lines."""


def _fitting(words: str, roles: Sequence[Type], room: float, lines: int) -> Type:
    """The first of *roles* in which *words* take so many lines at most, or the last."""
    return next((role for role in roles if len(role.wrap(words, room)) <= lines), roles[-1])


def door_lists(contents: Sequence[DoorList], progress: Progress) -> bytes:
    """One PDF; each room from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Room's door list"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        with i18n.using(content.language):
            _draw(document, content)
    return document.saved()


def _draw(document: Document, content: DoorList) -> None:
    one_day = content.first == content.last
    look = _ONE_DAY if one_day else _DAYS
    frame = Frame(
        content.centre,
        "",
        _("As planned on {date} at {time}. Ask reception about later changes.").format(
            date=i18n.date_long(content.printed.date()), time=i18n.clock(content.printed)
        ),
        content.room,
    )
    flow = frame.flow()
    room = _fitting(content.room, (look.room, *_SMALLER), frame.room, 2)
    flow.add(framed.text(frame.start, frame.room, content.room, room, room.step * 1.05))
    days = _day(content.first) if one_day else dates.period(content.first, content.last)
    role = look.day if one_day else Type(18, step=8)
    flow.add(framed.text(frame.start, frame.room, days, role, role.step * 1.4))
    if not content.taken:
        words = _("Nothing is booked.")
        flow.add(framed.text(frame.start, frame.room, words, look.what, look.what.step * 2))
    for day, held in groupby(content.taken, key=lambda one: one.start.date()):
        _add_day(flow, frame, look, None if one_day else day, list(held))
    frame.draw(document, flow, content.room)


def _day(day: date) -> str:
    words = i18n.day_long(day)
    return words[:1].upper() + words[1:]


def _add_day(
    flow: Flow, frame: Frame, look: _Look, day: date | None, held: Sequence[Taken]
) -> None:
    """A day's heading stays with its first time."""
    blocks = [_time(frame, look, one) for one in held]
    if day is not None:
        heading = framed.text(frame.start, frame.room, _day(day), look.day, look.day.step * 1.35)
        blocks[0] = framed.joined([heading, Block(2.6, _heading_rule(frame, 2.6)), blocks[0]])
    else:
        blocks[0] = framed.joined([Block(10.0, _heading_rule(frame, 5.0)), blocks[0]])
    for block in blocks:
        flow.add(block)


def _heading_rule(frame: Frame, below: float) -> Draw:
    def draw(pen: Pen, y: float) -> None:
        pen.rule(frame.start, frame.end, y + below, style.TABLE_RULE, style.TEXT)

    return draw


def _time(frame: Frame, look: _Look, one: Taken) -> Block:
    x, room = frame.start + look.times, frame.room - look.times
    role = _fitting(one.what, (look.what, look.who), room, 4)
    what = role.wrap(one.what, room)
    who = look.who.wrap(i18n.joined(list(one.leaders)), room)
    state = pgettext("session", "Cancelled")
    if one.cancelled:
        who = (state,)
    first = role.step * 0.95
    lowest = first + max(0, len(what) - 1) * look.what.step
    height = lowest + len(who) * look.who.step + _BELOW

    def draw(pen: Pen, y: float) -> None:
        colour = style.SECONDARY if one.cancelled else None
        times = i18n.clock_range(one.start, one.end)
        pen.text(frame.start, y + first, times, look.time, colour=colour)
        pen.lines(x, y + first, what, role, colour)
        strong = Type(look.who.size, Weight.SEMIBOLD, step=look.who.step)
        pen.lines(x, y + lowest + look.who.step, who, strong if one.cancelled else look.who)
        pen.rule(frame.start, frame.end, y + height, style.HAIR_RULE, style.HAIRLINE)

    return Block(height, draw)
