"""How the width of the sheet's table is shared among its columns, and what a row takes in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from painprogram import i18n
from painprogram.documents import icons, style
from painprogram.documents.dates import DayStyle
from painprogram.i18n import _

START_EDGE, END_EDGE = 17.0, 193.0
BASELINE = 4.9
"""Of the first line, from the top of the row."""
_ONE_LINE, _TWO_LINES = 7.05, 10.5
_WEEK = 11.5
_BEHIND_WEEK = 2.4
_BETWEEN = 2.0
"""Least air before "with whom" and "where"."""
_ROUNDING = 0.01
_LEAST_WHAT = 28.0
_MOST_WHO, _MOST_WHERE = 0.42, 0.4
"""The part of what "what", "with whom" and "where" share that a long word may claim."""
_TRIED_WHAT, _TRIED_WHERE = 24, 3
"""Widths of these columns that are compared, at most."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column begins."""

    day: float
    time_end: float
    """Times end here."""
    icon: float
    """The middle of the icons."""
    what: float
    who: float
    where: float

    @property
    def what_room(self) -> float:
        return self.who - self.what - _BETWEEN

    @property
    def who_room(self) -> float:
        return self.where - self.who - _BETWEEN

    @property
    def where_room(self) -> float:
        return END_EDGE - self.where


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a row that may need several lines."""

    title: str
    subtitle: str
    own: str
    """The line about what is the patient's own."""
    people: tuple[tuple[str, str], ...]
    """Name and profession; the latter empty where it has been said before."""
    room: str
    two_lines: bool
    """Something stands below the day."""
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    role: style.Type
    y: float
    """From the top of the row."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A row in its columns."""

    height: float
    what: tuple[Line, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """The columns that were chosen, and how days are written for their sake."""

    columns: Columns
    day_style: DayStyle


@lru_cache(256)
def best(
    some: tuple[tuple[Words, int], ...],
    days: tuple[float, ...],
    times: float,
    language: str,  # noqa: ARG001 -- part of the key: it decides the heads
) -> Sharing:
    """The columns that make the lowest table: each of *some* words as often as is said.

    *days* is how wide they are in each style, *times* the same of the times.
    """
    styles = dict(zip(reversed(days), reversed(DayStyle), strict=True))  # the longest that differ
    plain = [words for words, _many in some]
    ways = (
        (_worth(some, columns, day_style), columns, day_style)
        for wide, day_style in styles.items()
        for columns in _possible(plain, wide, times)
    )
    _worth_of_it, columns, day_style = min(ways, key=itemgetter(0))
    return Sharing(_evened(plain, columns), day_style)


def _worth(
    some: Iterable[tuple[Words, int]], columns: Columns, day_style: DayStyle
) -> tuple[float, ...]:
    """The smallest is best: no word broken, low, rooms on a line, whole days, few lines."""
    broken = rooms = lines = 0
    height = 0.0
    for words, many in some:
        laid = lay(words, columns)
        height += many * laid.height
        lines += many * (len(laid.what) + len(laid.who) + len(laid.where))
        rooms += many * len(laid.where)
        broken += many * _is_broken(words, columns)
    return broken, round(height, 2), rooms, day_style.value, lines


def _is_broken(words: Words, columns: Columns) -> bool:
    """Whether something is cut between two letters."""
    return (
        style.STRONG.widest_part(words.title) > columns.what_room
        or style.CELL.widest_part(words.room) > columns.where_room
        or any(
            style.CELL.widest_part(part) > columns.who_room
            for pair in words.people
            for part in pair
        )
    )


def _possible(some: list[Words], days: float, times: float) -> Iterator[Columns]:
    """Day and time as wide as their text; the rest shared in some ways.

    "What" and "where" are as wide as one of their texts, or so that it takes two lines; "with
    whom" gets what is left.
    """
    day = START_EDGE + max(_WEEK, style.HEAD.width(_("Week")) + _BEHIND_WEEK)
    time_end = day + days + 3.2 + times
    icon = time_end + 2.6 + icons.SHEET / 2
    what = icon + icons.SHEET / 2 + 2.7
    free = END_EDGE - what - 2 * _BETWEEN
    pairs = [pair for words in some for pair in words.people]
    parts = (style.CELL.widest_part(part) for pair in pairs for part in pair)
    who_least = max(
        min(max(parts, default=0.0), free * _MOST_WHO), style.HEAD.width(_("With whom"))
    )
    titles = _useful_widths(style.STRONG, (words.title for words in some))
    rooms = _useful_widths(style.CELL, (words.room for words in some))
    where_least, where_most = style.HEAD.width(_("Where")), free * _MOST_WHERE
    for where_room in dict.fromkeys(
        min(max(each, where_least), where_most) for each in rooms[:_TRIED_WHERE]
    ):
        most = max(free - where_room - who_least, _LEAST_WHAT)
        for what_room in dict.fromkeys(min(max(each, _LEAST_WHAT), most) for each in titles):
            who = what + what_room + _BETWEEN
            yield Columns(day, time_end, icon, what, who, END_EDGE - where_room)


def _evened(some: Iterable[Words], columns: Columns) -> Columns:
    """What no text needs, shared among "what", "with whom" and "where"."""
    laid = [lay(words, columns) for words in some]
    what = max(
        (min(line.role.width(line.text), columns.what_room) for each in laid for line in each.what),
        default=0.0,
    )
    who = max((style.CELL.width(text) for each in laid for text in each.who), default=0.0)
    where = max((style.CELL.width(text) for each in laid for text in each.where), default=0.0)
    who = max(who, style.HEAD.width(_("With whom")))
    where = max(where, style.HEAD.width(_("Where")))
    spare = columns.what_room + columns.who_room + columns.where_room - what - who - where
    air = max(0.0, spare - 3 * _ROUNDING) / 3 + _ROUNDING
    where_start = END_EDGE - where - air
    return replace(columns, who=where_start - _BETWEEN - who - air, where=where_start)


def _useful_widths(role: style.Type, texts: Iterable[str]) -> list[float]:
    """Column widths at which some of *texts* takes a line less, the widest first.

    For each text all of it, and its narrowest shape on two lines; none narrower than a word.
    """
    known = {text for text in texts if text}
    least = max((role.widest_part(text) for text in known), default=0.0)
    wholes = sorted({role.width(text) for text in known}, reverse=True)[:_TRIED_WHAT]
    halves = sorted({role.width_on_two_lines(text) for text in known}, reverse=True)[:_TRIED_WHAT]
    found = sorted({max(width, least) for width in (*wholes, *halves)}, reverse=True)
    step = max(1, -(-len(found) // _TRIED_WHAT))
    return [width + _ROUNDING for width in found[::step]] or [least]


def _whole(name: str, profession: str) -> str:
    return i18n.comma(name, profession) if name and profession else name or profession


def lay(words: Words, columns: Columns) -> Laid:
    """Break *words* into the lines of *columns*."""
    who: list[str] = []
    for name, profession in words.people:
        whole = _whole(name, profession)
        if style.CELL.width(whole) <= columns.who_room:
            who.append(whole)
        else:  # the name first, the profession below: a name is never cut
            who += style.CELL.wrap(name, columns.who_room)
            who += style.CELL.wrap(profession, columns.who_room)
    where = style.CELL.wrap(words.room, columns.where_room)
    what = _what(words, columns, len(who), len(where))
    lines = max(len(who), len(where), 2 if words.two_lines else 1)
    bottom = max(what[-1].y if what else BASELINE, BASELINE + (lines - 1) * style.CELL.step)
    padding = _ONE_LINE - BASELINE if bottom == BASELINE else _TWO_LINES - BASELINE - 4.15
    return Laid(bottom + padding, what, tuple(who), where)


def _what(words: Words, columns: Columns, who_lines: int, where_lines: int) -> tuple[Line, ...]:
    """The lines of the column "what"."""
    title_role = style.QUIET if words.cancelled else style.STRONG
    lines = []
    y = BASELINE
    for text in title_role.wrap(words.title, columns.what_room):
        lines.append(Line(text, title_role, y))
        y += style.STRONG.step
    y += style.CELL.step - style.STRONG.step
    for text in style.CELL.wrap(words.subtitle, columns.what_room):
        lines.append(Line(text, style.CELL, y))
        y += style.CELL.step
    # What is changed may run on below "with whom" and "where", when nothing stands there.
    room = columns.what_room
    above = y - style.CELL.step / 2
    if BASELINE + (who_lines - 1) * style.CELL.step < above:
        room = columns.who - columns.what + columns.who_room
        if BASELINE + (where_lines - 1) * style.CELL.step < above:
            room = END_EDGE - columns.what
    for text in style.CHANGE.wrap(words.own, room):
        lines.append(Line(text, style.CHANGE, y))
        y += style.CELL.step
    return tuple(lines)
