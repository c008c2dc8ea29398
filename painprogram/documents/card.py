"""The pocket card: a patient's next times on a small card, eight to a page.

It may be lost, so it says what sort of thing each time is and never what the programme is for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from painprogram import i18n
from painprogram.documents import dates, style
from painprogram.documents.fonts import Weight
from painprogram.documents.style import END, Document, Pen, Type
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.progress import Progress
from painprogram.i18n import N_, _, ngettext

__all__ = ["Card", "CardTime", "cards"]

_WIDE, _HIGH = 105.0, 74.25
_ACROSS, _DOWN = 2, 4
_MARGIN = 7.0
_MARK = 4.0
_CENTRE = Type(10, Weight.SEMIBOLD, style.ACCENT, 4.2)
_NAME = Type(12, Weight.SEMIBOLD, step=4.8)
_DAY = Type(10.5, Weight.SEMIBOLD, step=4.4)
_TIME = Type(10.5, step=4.4)
_WHERE = Type(9.5, step=4.0)
_SMALL = Type(9.5, colour=style.SECONDARY, step=4.0)
_PHONE = Type(14, Weight.BOLD, step=5.6)
_AIR = 0.8
_KINDS = {
    ModuleKind.RELAXATION: N_("Relaxation"),
    ModuleKind.EXERCISE: N_("Exercise"),
    ModuleKind.LECTURE: N_("Lecture"),
    ModuleKind.LINKED: N_("Lecture"),
    ModuleKind.INDIVIDUAL: N_("Individual visit"),
    ModuleKind.MEASUREMENT: N_("Measurement"),
}


@dataclass(frozen=True, slots=True)
class CardTime:
    """A time at which the patient comes."""

    start: datetime
    end: datetime
    kind: ModuleKind
    number: int = 0
    """Which of its sort; 0 where it stands alone."""
    letter: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One patient's card."""

    centre: str
    patient: str = field(repr=False)
    times: tuple[CardTime, ...]
    """All that lie ahead, in order."""
    phone: str
    phone_hours: str
    dated: date
    language: str
    twin: "Card | None" = None
    """The same in Swedish, the next card."""


def cards(contents: Sequence[Card], progress: Progress) -> bytes:
    """One PDF, eight cards to a page with marks to cut at."""
    contents = [each for one in contents for each in (one, one.twin) if each is not None]
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Pocket cards"), first.centre if first else "")
    for start, leaf in _leaves(contents):
        progress.report(start / len(contents))
        pen = Pen(document, style.PORTRAIT)
        _draw_marks(pen)
        for place, content in enumerate(leaf):
            with i18n.using(content.language):
                pen.is_mirrored = i18n.is_right_to_left()
                column, row = place % _ACROSS, place // _ACROSS
                if pen.is_mirrored:  # the page is seen from its other edge
                    column = _ACROSS - 1 - column
                measured = _measured(content)
                high = pen.height if measured.least > _HIGH else _HIGH
                _draw(pen, content, measured, (column * _WIDE, row * _HIGH), high)
        pen.finish()
    return document.saved()


def _leaves(contents: Sequence[Card]) -> Iterator[tuple[int, Sequence[Card]]]:
    """The cards of each page, and which is the first; one of very long names has its own."""
    many = _ACROSS * _DOWN
    leaf: list[Card] = []
    start = 0
    for number, content in enumerate(contents):
        with i18n.using(content.language):
            tall = _measured(content).least > _HIGH
        if leaf and (tall or len(leaf) == many):
            yield start, leaf
            leaf, start = [], number
        leaf.append(content)
        if tall:
            yield start, leaf
            leaf, start = [], number + 1
    if leaf:
        yield start, leaf


@dataclass(frozen=True, slots=True)
class _Measured:
    """A card's lines, and how high the head, the foot and the first time are."""

    centre: tuple[str, ...]
    name: tuple[str, ...]
    phone: tuple[str, ...]
    hours: tuple[str, ...]
    dated: str
    head: float
    foot: float
    first: float

    @property
    def least(self) -> float:
        return self.head + self.first + self.foot


def _measured(content: Card) -> _Measured:
    room = _WIDE - 2 * _MARGIN
    dated = _("Made {date}").format(date=i18n.date_long(content.dated))
    beside = _CENTRE.width(_("My next times")) + 4
    centre = _CENTRE.wrap(content.centre, room - beside) or ("",)
    name = _NAME.wrap(content.patient, room)
    phone = _PHONE.wrap(content.phone, room)
    hours = _SMALL.wrap(content.phone_hours, room - _SMALL.width(dated) - 3)
    head = 9.4 + len(centre) * _CENTRE.step + 1.4 + len(name) * _NAME.step
    foot = _MARGIN + max(1, len(hours)) * _SMALL.step + len(phone) * _PHONE.step
    first = _DAY.step
    if content.times:
        start = _columns(content)[1]
        first += len(_WHERE.wrap(_what(content.times[0]), room - start)) * _WHERE.step
    return _Measured(centre, name, phone, hours, dated, head, foot, first)


def _columns(content: Card) -> tuple[float, float]:
    """From the start of a card's text: where times begin, and what and where."""
    days = [_DAY.width(_day(one)) for one in content.times]
    times = [_TIME.width(i18n.clock_range(one.start, one.end)) for one in content.times]
    day_room = max(days, default=0.0) + 3
    return day_room, day_room + max(times, default=0.0) + 3


def _day(one: CardTime) -> str:
    return dates.day(one.start.date(), dates.DayStyle.SHORT)


def _draw_marks(pen: Pen) -> None:
    """Small crosses where the cards meet, and ticks at the edges of the page."""
    for column in range(_ACROSS + 1):
        for row in range(_DOWN + 1):
            x, y = column * _WIDE, row * _HIGH
            start, end = max(0.0, x - _MARK), min(pen.width, x + _MARK)
            top, bottom = max(0.0, y - _MARK), min(pen.height, y + _MARK)
            if 0 < row < _DOWN:
                pen.rule(start, end, y, style.HAIR_RULE, style.LINE)
            if 0 < column < _ACROSS:
                pen.upright(x, top, bottom, style.HAIR_RULE, style.LINE)


def _draw(
    pen: Pen, content: Card, measured: _Measured, place: tuple[float, float], high: float
) -> None:
    left, top = place
    start, end = left + _MARGIN, left + _WIDE - _MARGIN
    pen.lines(start, top + 9.4, measured.centre, _CENTRE)
    pen.text(end, top + 9.4, _("My next times"), _CENTRE, END)
    y = top + 10.8 + len(measured.centre) * _CENTRE.step
    pen.lines(start, y, measured.name, _NAME)
    y += max(0, len(measured.name) - 1) * _NAME.step
    pen.rule(start, end, y + 2.2, style.TABLE_RULE, style.ACCENT)
    _draw_times(pen, content, (start, end), y + 7.6, top + high - measured.foot)
    _draw_foot(pen, measured, (start, end), top + high - _MARGIN)


def _draw_times(
    pen: Pen, content: Card, edges: tuple[float, float], first: float, last: float
) -> None:
    """As many as there is room for; how many more there are is said below."""
    start, end = edges
    if not content.times:
        pen.text(start, first, _("No times are planned."), _TIME)
        return
    times, what = _columns(content)
    y = first
    for number, one in enumerate(content.times):
        lines = _WHERE.wrap(_what(one), end - start - what)
        height = max(0, len(lines) - 1) * _WHERE.step
        further = _DAY.step + _AIR if number + 1 < len(content.times) else 0.0
        if y + height + further > last and number:
            left = len(content.times) - number
            more = ngettext(
                "and {number} more in your schedule", "and {number} more in your schedule", left
            )
            pen.text(start, y, more.format(number=left), _SMALL)
            return
        pen.text(start, y, _day(one), _DAY)
        pen.text(start + times, y, i18n.clock_range(one.start, one.end), _TIME)
        pen.lines(start + what, y, lines, _WHERE)
        y += height + _DAY.step + _AIR


def _what(one: CardTime) -> str:
    """``Relaxation 3, Hall``."""
    if one.letter:
        what = _("Lecture {letter}").format(letter=one.letter)
    else:
        kind = _(_KINDS[one.kind])
        what = f"{kind} {one.number}" if one.number else kind
    return i18n.comma(what, one.room)


def _draw_foot(pen: Pen, measured: _Measured, edges: tuple[float, float], y: float) -> None:
    """*y* is the lowest baseline."""
    start, end = edges
    pen.text(end, y, measured.dated, _SMALL, END)
    hours = measured.hours if measured.phone else ()
    pen.lines(start, y - max(0, len(hours) - 1) * _SMALL.step, hours, _SMALL)
    if not measured.phone:
        return
    y -= max(1, len(hours)) * _SMALL.step + 0.6
    pen.lines(start, y - (len(measured.phone) - 1) * _PHONE.step, measured.phone, _PHONE)
    words = _("Call if you can't come")
    aside = start + _PHONE.width(measured.phone[-1]) + 3
    if aside + _WHERE.width(words) <= end:
        pen.text(aside, y, words, _WHERE)
