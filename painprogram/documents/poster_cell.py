"""A session on the poster: a box whose fill repeats the icon of its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from painprogram import i18n
from painprogram.documents import dates, icons, style
from painprogram.documents.style import END, Pen
from painprogram.domain.programmes import ModuleKind
from painprogram.i18n import _, pgettext

_ASIDE = 0.6
"""Air between the box and the lines between weeks."""
_BETWEEN = 1.4
"""Air between two boxes in one week."""
_INSIDE, _INSIDE_END = 2.4, 0.8
_NARROW, _INSIDE_NARROW = 27.0, 1.7
"""In a column narrower than this the words begin nearer to the edge of the box."""
_NO_BREAK = "\u00a0\u00a0"
_LETTER_END = 2.2
_LETTER_GAP = 1.2
"""Least air between the day and the letter beside it."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Millimetres from baseline to baseline within a box, and around the boxes of a row."""

    day: float
    time: float
    title: float
    below_title: float
    number: float
    lowest: float
    """From the last baseline to the bottom of the box."""
    pad: float
    """Above and below the boxes of a row."""
    label: float
    """From the name of a row to what stands below it, there line by line."""
    title_type: style.Type = style.STRONG
    people_type: style.Type = style.POSTER_SMALL


ROOMY = Spacing(6.1, 5.3, 6.4, 5.0, 5.5, 3.3, 2.0, 4.6)
CLOSE = Spacing(5.4, 5.0, 5.5, 4.6, 5.0, 2.4, 1.1, 4.3)
CLOSEST = Spacing(
    day=5.1,
    time=4.8,
    title=5.1,
    below_title=4.3,
    number=4.6,
    lowest=1.9,
    pad=0.8,
    label=4.1,
    title_type=replace(style.STRONG, step=4.5),
    people_type=replace(style.POSTER_SMALL, step=4.1),
)


@dataclass(frozen=True, slots=True)
class PosterCell:
    """One session of a strand."""

    start: datetime
    end: datetime
    number: int = 0
    of: int = 0
    """"Nr 1 av 4"; left out where *of* is 0."""
    letter: str = ""
    title: str = ""
    """What it is about, where the strand has several; may carry soft hyphens."""
    professions: tuple[str, ...] = ()
    """Of the leaders, where they differ within the strand: "läkare", "apotekare"."""
    cancelled: bool = False


class LetterPlace(Enum):
    """Where a lecture's letter stands, with the place it needs."""

    BESIDE = auto()
    """At the end of the day's line."""
    LEADING = auto()
    """Before the title, on its first line."""
    ABOVE = auto()
    """On a line of its own above the title."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the boxes of one strand have in common."""

    kind: ModuleKind
    column: float
    """Width of a week."""
    spacing: Spacing
    letter: LetterPlace

    @property
    def inside(self) -> float:
        return _INSIDE if self.column >= _NARROW else _INSIDE_NARROW

    @property
    def room(self) -> float:
        """For words."""
        return self.column - 2 * _ASIDE - self.inside - _INSIDE_END


def look(
    kind: ModuleKind, column: float, spacing: Spacing, cells: Iterable[PosterCell] = ()
) -> Look:
    """The boxes of *cells* in weeks so wide; all of a strand carry their letter at one place."""
    plain = Look(kind, column, spacing, LetterPlace.BESIDE)
    lettered = [cell for cell in cells if cell.letter]
    days = column - 2 * _ASIDE - plain.inside - _LETTER_END - _LETTER_GAP
    if all(
        style.POSTER_DAY.width(dates.day_tiny(cell.start.date()))
        + style.POSTER_LETTER.width(cell.letter)
        <= days
        for cell in lettered
    ):
        return plain
    if all(style.STRONG.widest_part(_led(cell)) <= plain.room for cell in lettered):
        return replace(plain, letter=LetterPlace.LEADING)
    return replace(plain, letter=LetterPlace.ABOVE)


def _led(cell: PosterCell) -> str:
    """The title behind its letter, from which it is never parted."""
    return f"{cell.letter}{_NO_BREAK}{cell.title}" if cell.letter else cell.title


@dataclass(frozen=True, slots=True)
class _Lines:
    title: tuple[str, ...]
    people: tuple[str, ...]
    number: str

    def height(self, spacing: Spacing) -> float:
        height = spacing.day + spacing.time + spacing.lowest
        if self.title:
            height += spacing.title + (len(self.title) - 1) * spacing.title_type.step
        if self.people:
            height += spacing.below_title + (len(self.people) - 1) * spacing.people_type.step
        return height + (spacing.number if self.number else 0.0)


def _lines(cell: PosterCell, look: Look) -> _Lines:
    number = ""
    if cell.of:
        number = _("No. {number} of {total}").format(number=cell.number, total=cell.of)
    title = style.STRONG.wrap(
        _led(cell) if look.letter is LetterPlace.LEADING else cell.title, look.room
    )
    if look.letter is LetterPlace.ABOVE and cell.letter:
        title = (cell.letter, *title)
    return _Lines(
        title,
        style.POSTER_SMALL.wrap(i18n.joined(list(cell.professions)), look.room),
        number,
    )


def stack_height(cells: Sequence[PosterCell], look: Look) -> float:
    """Millimetres that the boxes of one week need."""
    heights = [_lines(cell, look).height(look.spacing) for cell in cells]
    return sum(heights) + max(0, len(heights) - 1) * _BETWEEN


def draw_stack(
    pen: Pen,
    look: Look,
    cells: Sequence[PosterCell],
    x: float,
    y: float,
    height: float,
) -> None:
    """Draw the boxes of one week, whose column begins at *x*; together they are *height* high."""
    air = (height - stack_height(cells, look)) / max(1, len(cells))
    for cell in cells:
        lines = _lines(cell, look)
        tall = lines.height(look.spacing) + air
        _draw(pen, look, cell, lines, (x + _ASIDE, y, look.column - 2 * _ASIDE, tall))
        y += tall + _BETWEEN


def _draw(
    pen: Pen,
    look: Look,
    cell: PosterCell,
    lines: _Lines,
    box: tuple[float, float, float, float],
) -> None:
    x, y, width, height = box
    spacing = look.spacing
    fill = style.WHITE if cell.cancelled else icons.FILLS[look.kind]
    ink = style.WHITE if fill == style.TEXT else style.TEXT
    dash = (2.6, 1.8) if look.kind in icons.DASHED else ()
    pen.box(x, y, width, height, fill=fill, edge=style.TEXT, corner=style.CORNER, dash=dash)
    start = x + look.inside
    at = y + spacing.day
    pen.text(start, at, dates.day_tiny(cell.start.date()), style.POSTER_DAY, colour=ink)
    if cell.letter and look.letter is LetterPlace.BESIDE:
        pen.text(x + width - _LETTER_END, at, cell.letter, style.POSTER_LETTER, END, ink)
    at += spacing.time
    if cell.cancelled:
        _draw_cancelled(pen, start, at)
    else:
        pen.text(start, at, i18n.clock_range(cell.start, cell.end), style.BODY, colour=ink)
    if lines.title:
        at += spacing.title
        lead = "" if look.letter is LetterPlace.BESIDE else cell.letter
        at = _draw_title(pen, lines.title, lead, (start, at), ink, spacing.title_type)
    if lines.people and not cell.cancelled:
        at += spacing.below_title
        pen.lines(start, at, lines.people, spacing.people_type, ink)
    if lines.number:
        pen.text(start, y + height - spacing.lowest, lines.number, style.POSTER_SMALL, colour=ink)


def _draw_cancelled(pen: Pen, start: float, baseline: float) -> None:
    """The word in a frame where the time would be."""
    word = pgettext("session", "Cancelled")
    wide = style.STRONG.width(word) + 2.6
    pen.box(start - 1.3, baseline - 3.95, wide, 5.3, edge=style.TEXT, corner=1.0)
    pen.text(start, baseline, word, style.STRONG)


def _draw_title(
    pen: Pen,
    lines: Sequence[str],
    lead: str,
    place: tuple[float, float],
    ink: style.Colour,
    role: style.Type,
) -> float:
    """The first line may begin with the letter *lead*, which is bolder; returns the last."""
    x, y = place
    first, *rest = lines
    after = x
    if lead and first.startswith(lead):
        pen.text(x, y, lead, style.POSTER_LEAD, colour=ink)
        after += role.width(f"{lead}{_NO_BREAK}.") - role.width(".")
        first = first.removeprefix(lead).removeprefix(_NO_BREAK)
    pen.text(after, y, first, role, colour=ink)
    return pen.lines(x, y + role.step, rest, role, ink) if rest else y
