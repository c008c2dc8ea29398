"""The attendance list of a group or a session: for the staff, on A4 lying down.

Up to eight occasions and eleven people stand on a page; more go on on the next, each with its
heads and its legend. What it may say of whom is decided by whoever fills it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from painprogram import i18n
from painprogram.documents import icons, style
from painprogram.documents.attendance_signs import BETWEEN, SIGN_ROOM, Sign, legend, letter
from painprogram.documents.framed import Frame
from painprogram.documents.style import CENTRE, END, Document, Pen, Type
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.progress import Progress
from painprogram.i18n import _

__all__ = ["Attendance", "Attending", "Occasion", "Sign", "attendance_lists"]

_START, _END = 14.0, 283.0
_NUMBER, _NAME, _BORN = 14.0, 22.0, 72.0
_FIRST = 91.5
"""The middle of the first occasion; the others follow at equal distances."""
_STEP = 18.05
_MOST_OCCASIONS, _MOST_PEOPLE = 8, 11
_ROW, _LEAST_AIR = 8.6, 4.6
"""A row, and what one has above and below its lines together."""
_SUMS = 18.3
"""Height of the two rows below the people."""
_MOST_LABEL, _MOST_NAME = 3, 4
"""Lines; a longer name has the width of the page, above its signs."""
_BOX_WIDE, _BOX_HIGH = 8.2, 7.0
_LOWEST = 194.8
"""The last baseline of the legend."""
_NAME_TYPE = style.STRONG
_DATE = Type(11.5, style.POSTER_DAY.weight, step=4.9)
_SIGN = Type(11.5, style.POSTER_DAY.weight, step=4.9)
_LABEL = Type(9.5, colour=style.SECONDARY, step=4.1)
_NOTE = Type(9.5, step=4.0)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One column."""

    start: datetime
    kind: ModuleKind
    label: str
    """``Relaxation 1``; may carry soft hyphens."""
    letter: str = ""
    came: int | None = None
    """How many of those on the list were there; None while it is not noted."""
    initials: str = ""
    """Of whoever led it, where it is noted."""


@dataclass(frozen=True, slots=True)
class Attending:
    """One row. Whose identity is protected has no name here, and nothing else."""

    name: str = field(repr=False)
    signs: tuple[Sign, ...]
    """One for each occasion; empty where nothing of the kind may stand on paper."""
    born: str = ""
    note: str = ""
    moves: tuple[str, ...] = ()
    """For each occasion what is said of going to another one; else empty."""
    quiet: bool = False
    """A seat rather than a name."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Everything that stands on one list, in the language it is in."""

    centre: str
    group: str
    programme: str
    about: str
    """Period and rooms."""
    numbers: tuple[str, ...]
    """Lines under the group: how many take part, how many seats there are."""
    occasions: tuple[Occasion, ...]
    people: tuple[Attending, ...]
    version: str
    """``Schedule version 5``."""
    filled: date | None
    """The last day that is noted."""
    initials: bool
    language: str
    printed: datetime = field(compare=False, repr=False)


def attendance_lists(contents: Sequence[Attendance], progress: Progress) -> bytes:
    """One PDF; each list from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Attendance list"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        with i18n.using(content.language):
            _draw(document, content)
    return document.saved()


def _draw(document: Document, content: Attendance) -> None:
    frame = _frame(content)
    leaves = list(_leaves(content, frame))
    for number, (columns, people, first) in enumerate(leaves, start=1):
        pen = Pen(document, frame.size)
        if number == 1:
            frame.mark(document, f"{_('Attendance list')} {content.group}")
        frame.draw_around(pen, number, len(leaves))
        y = _draw_head(pen, content, columns, frame)
        _draw_columns(pen, content, columns, y)
        _draw_people(pen, content, columns, people, first, y)
        pen.finish()


def _frame(content: Attendance) -> Frame:
    remark = (
        _("With initials only.") if content.initials else _("For staff only. Keep it locked up.")
    )
    parts = [
        _("{version}, printed {date} at {time}.").format(
            version=content.version,
            date=i18n.date_long(content.printed.date()),
            time=i18n.clock(content.printed),
        )
    ]
    if content.filled:
        parts.append(_("Filled in up to {day}.").format(day=i18n.day_long(content.filled)))
    parts.append(_("Enter it in the program the same day, and hand the list to reception."))
    return Frame(content.centre, remark, " ".join(parts), landscape=True)


# Which columns and which people stand on which page

_Span = range


def _leaves(content: Attendance, frame: Frame) -> Iterable[tuple[_Span, Sequence[Attending], int]]:
    """Columns, people, and the number of the first of them."""
    many = len(content.occasions)
    for start in range(0, max(many, 1), _MOST_OCCASIONS):
        columns = range(start, min(start + _MOST_OCCASIONS, many))
        room = _LOWEST - _below() - _table_top(content, columns, frame)
        first = 0
        while True:
            last = _fitting(content, columns, first, room)
            yield columns, content.people[first:last], first + 1
            first = last
            if first >= len(content.people):
                break


def _fitting(content: Attendance, columns: _Span, first: int, room: float) -> int:
    taken, last = 0.0, first
    while last < len(content.people) and last - first < _MOST_PEOPLE:
        taken += _measured(content.people[last], columns).height
        if taken > room and last > first:
            break
        last += 1
    return last


def _name_room(one: Attending) -> float:
    return (_BORN if one.born or one.signs else _FIRST - _STEP / 2) - _NAME - 2


def _note_start(columns: _Span) -> float:
    return _FIRST + (len(columns) - 0.5) * _STEP + 2.0


@dataclass(frozen=True, slots=True)
class _Measured:
    name: tuple[str, ...]
    note: tuple[str, ...]
    role: Type
    above: float
    """Millimetres that a name of many lines takes above the signs."""
    height: float


def _measured(one: Attending, columns: _Span) -> _Measured:
    role = style.TIME if one.quiet else _NAME_TYPE
    room = _FIRST - _STEP / 2 - _NAME - 2 if one.quiet else _name_room(one)
    name = role.wrap(one.name, room)
    note = _NOTE.wrap(_note(one, columns), _END - _note_start(columns))
    below = max(_ROW, (len(note) - 1) * _NOTE.step + _LEAST_AIR)
    if len(name) > _MOST_NAME:
        name = role.wrap(one.name, _END - _NAME)
        above = len(name) * role.step + 1.0
        return _Measured(name, note, role, above, above + below)
    tall = (len(name) - 1) * role.step + _LEAST_AIR + 1.2
    return _Measured(name, note, role, 0.0, max(below, tall))


def _note(one: Attending, columns: _Span) -> str:
    """What to think of on these occasions."""
    moves = [one.moves[column] for column in columns] if one.moves else []
    return ", ".join(part for part in (one.note, *moves) if part)


def _below() -> float:
    """Millimetres from the last row to the last baseline of the legend."""
    return _SUMS + 4.5 + (len(legend(_END - _START)) - 1) * _NOTE.step


# The top of a page


def _titles(content: Attendance, columns: _Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = (_END - _START) * 0.62
    shown = [content.occasions[number] for number in columns]
    what = style.STRONG.wrap(i18n.joined(_together(shown)), room)
    return what, style.BODY.wrap(f"{content.programme}, {content.about}", room)


def _together(shown: Sequence[Occasion]) -> list[str]:
    """``Relaxation 1–3``, ``Lecture A``."""
    numbers: dict[str, list[int]] = {}
    for one in shown:
        words, _space, number = one.label.rpartition(" ")
        if number.isdecimal():
            numbers.setdefault(words, []).append(int(number))
        else:
            numbers.setdefault(one.label, [])
    return [
        words
        if not known
        else f"{words} {min(known)}"
        if len(known) == 1
        else f"{words} {min(known)}–{max(known)}"
        for words, known in numbers.items()
    ]


def _labels(content: Attendance, columns: _Span) -> list[tuple[str, ...]]:
    """What is too long for its column is told by its sort; its name stands above the table."""
    labels = []
    for one in (content.occasions[number] for number in columns):
        lines = _LABEL.wrap(one.label, _STEP - 1.0)
        if len(lines) > _MOST_LABEL:
            lines = _LABEL.wrap(one.kind.label, _STEP - 1.0)
        labels.append(lines)
    return labels


def _table_top(content: Attendance, columns: _Span, frame: Frame) -> float:
    """Where the rule under the heads lies."""
    what, about = _titles(content, columns)
    start = frame.top + 15.3 + len(what) * 4.9 + len(about) * 4.9
    right = frame.top + 9.5 + (len(_group(content)) - 1) * 5.2 + len(_numbers(content)) * 5.6
    tall = max((len(each) for each in _labels(content, columns)), default=1)
    return max(start + 0.8, right) + 13.2 + tall * _LABEL.step + 4.1 + 1.8


def _group(content: Attendance) -> tuple[str, ...]:
    words = _("Group {name}").format(name=content.group)
    return style.PROGRAMME.wrap(words, (_END - _START) * 0.36) or ("",)


def _numbers(content: Attendance) -> list[str]:
    room = (_END - _START) * 0.36
    return [line for words in content.numbers for line in style.BODY.wrap(words, room)]


def _draw_head(pen: Pen, content: Attendance, columns: _Span, frame: Frame) -> float:
    title = Type(24, style.TITLE.weight, style.ACCENT)
    y = frame.top + 11.0
    pen.text(_START, y, _("Attendance list"), title)
    what, about = _titles(content, columns)
    y = pen.lines(_START, y + 7.6, what, style.STRONG) if what else y
    pen.lines(_START, y + 5.9, about, style.BODY)
    at = frame.top + 9.5
    for line in _group(content):
        pen.text(_END, at, line, style.PROGRAMME, END)
        at += 5.2
    for line in _numbers(content):
        at += 0.4
        pen.text(_END, at, line, style.BODY, END)
        at += 5.2
    return _table_top(content, columns, frame)


def _draw_columns(pen: Pen, content: Attendance, columns: _Span, rule: float) -> None:
    labels = _labels(content, columns)
    tall = max((len(each) for each in labels), default=1)
    lowest = rule - 1.9
    for place, number in enumerate(columns):
        one, x = content.occasions[number], _FIRST + place * _STEP
        pen.text(x, lowest, i18n.clock(one.start), _LABEL, CENTRE)
        for line, words in enumerate(labels[place]):
            at = lowest - (tall - line) * _LABEL.step
            pen.text(x, at, words, _LABEL, CENTRE)
        top = lowest - (tall + 1) * _LABEL.step
        pen.text(x, top - 0.3, i18n.day_month(one.start.date()), _DATE, CENTRE)
        icons.draw(pen, one.kind, x, top - 7.4, icons.SHEET, one.letter)
    pen.text(_NUMBER, lowest, _("No."), style.HEAD)
    pen.text(_NAME, lowest, _("Initials") if content.initials else _("Name"), style.HEAD)
    if any(one.born for one in content.people):
        pen.text(_BORN, lowest, _("Born"), style.HEAD)
    if not content.initials:
        pen.text(_note_start(columns), lowest, _("Think of"), style.HEAD)
    pen.rule(_START, _END, rule, style.TABLE_RULE, style.TEXT)


# The rows


def _draw_people(
    pen: Pen,
    content: Attendance,
    columns: _Span,
    people: Sequence[Attending],
    first: int,
    top: float,
) -> None:
    y = top
    for number, one in enumerate(people, start=first):
        measured = _measured(one, columns)
        _draw_person(pen, one, measured, columns, number, y)
        y += measured.height
        if number - first + 1 < len(people):
            pen.rule(_START, _END, y, style.HAIR_RULE, style.HAIRLINE)
    if not content.people:
        pen.text(_NAME, y + 6.2, _("Nobody is on this list yet."), style.BODY)
        y += _ROW
    pen.rule(_START, _END, y, style.TABLE_RULE, style.TEXT)
    if first + len(people) > len(content.people):
        _draw_sums(pen, content, columns, y)
        y += _SUMS
    y += 4.5
    for line in legend(_END - _START):
        x = _START - 2
        for sign, words in line:
            _draw_sign(pen, sign, x + SIGN_ROOM / 2 - 1, y - 1.3)
            x += SIGN_ROOM + pen.text(x + SIGN_ROOM, y, words, _NOTE) + BETWEEN
        y += _NOTE.step


def _draw_person(
    pen: Pen, one: Attending, measured: _Measured, columns: _Span, number: int, y: float
) -> None:
    middle = y + (measured.above + measured.height) / 2
    role, name, note = measured.role, measured.name, measured.note
    start = middle + 1.45 - (len(name) - 1) * role.step / 2
    if measured.above:
        start = y + role.step
    pen.text(_NUMBER, start, str(number), style.QUIET)
    pen.lines(_NAME, start, name, role)
    pen.text(_BORN, middle + 1.45, one.born, style.BODY)
    if not one.signs:
        words = _("Noted in the program, not on paper")
        pen.text(_FIRST - _STEP / 2 + 2, middle + 1.3, words, style.QUIET)
        return
    for place, column in enumerate(columns):
        _draw_sign(pen, one.signs[column], _FIRST + place * _STEP, middle)
    pen.lines(_note_start(columns), middle + 1.3 - (len(note) - 1) * _NOTE.step / 2, note, _NOTE)


def _draw_sign(pen: Pen, sign: Sign, x: float, middle: float) -> None:
    """With its middle there."""
    if sign is Sign.OPEN:
        edge = (x - _BOX_WIDE / 2, middle - _BOX_HIGH / 2)
        pen.box(*edge, _BOX_WIDE, _BOX_HIGH, edge=style.TEXT, weight=0.8)
    elif sign is Sign.NOT_EXPECTED:
        pen.rule(x - 1.9, x + 1.9, middle, 0.8, style.TEXT)
    elif sign is Sign.ELSEWHERE:
        pen.box(x - 3.2, middle - 2.9, 6.4, 5.8, fill=style.MIDDLE)
        pen.text(x, middle + 1.35, "→", _SIGN, CENTRE)
    else:
        role = style.TIME if sign is Sign.PRESENT else _SIGN
        pen.text(x, middle + 1.4, letter(sign), role, CENTRE)


def _draw_sums(pen: Pen, content: Attendance, columns: _Span, top: float) -> None:
    for number, words in enumerate((_("There, of this list"), _("Leader's signature"))):
        at = top + number * 8.4 + 6.8
        pen.text(_NAME, at, words, style.EMPHASIS)
        for place, column in enumerate(columns):
            one, x = content.occasions[column], _FIRST + place * _STEP
            shown = one.initials if number else ("" if one.came is None else str(one.came))
            if shown:
                pen.text(x, at, shown, style.BODY if number else _SIGN, CENTRE)
            else:
                pen.rule(x - 5, x + 5, at + 1.0, style.WEEK_RULE, style.TEXT)
