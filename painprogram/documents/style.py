"""The look of every paper: colours, sizes of type, rules, and the pen that draws with them.

Places are in millimetres from the top and from the *start* edge of the page; a baseline is given
for text. Only this module knows where the canvas has its origin, and that the start edge is at the
right in languages that are read from there.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from painprogram import i18n
from painprogram.documents import fonts
from painprogram.documents.fonts import MM, Weight

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Colour = tuple[float, float, float]


def _colour(digits: str) -> Colour:
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


TEXT = _colour("1A1A1A")
SECONDARY = _colour("4A4A4A")
ACCENT = _colour("0F4C5C")
LINE = _colour("8C8C8C")
HAIRLINE = _colour("BDBDBD")
MIDDLE = _colour("DADAD6")
PANEL = _colour("F0F0ED")
WHITE = _colour("FFFFFF")


@dataclass(frozen=True, slots=True)
class Type:
    """A role of text: size in points, line step in millimetres."""

    size: float
    weight: Weight = Weight.REGULAR
    colour: Colour = TEXT
    step: float = 4.9

    def width(self, text: str) -> float:
        return fonts.width(text, self.weight, self.size)

    def widest_word(self, text: str) -> float:
        return fonts.widest_word(text, self.weight, self.size)

    def widest_part(self, text: str) -> float:
        return fonts.widest_part(text, self.weight, self.size)

    def width_on_two_lines(self, text: str) -> float:
        return fonts.width_on_two_lines(text, self.weight, self.size)

    def wrap(self, text: str, room: float) -> tuple[str, ...]:
        return fonts.wrap(text, self.weight, self.size, round(room, 3))


TITLE = Type(27, Weight.BOLD, ACCENT, 10.5)
PHONE = Type(22, Weight.BOLD, step=8.4)
SECTION = Type(16, Weight.BOLD, ACCENT, 6.6)
NAME = Type(15, Weight.SEMIBOLD, step=6.1)
SUBHEADING = Type(12.5, Weight.BOLD, ACCENT, 5.3)
STRONG = Type(11.5, Weight.SEMIBOLD, step=4.9)
"""Day, what, headings of lists."""
PROGRAMME = Type(12, Weight.SEMIBOLD, step=5.2)
PERIOD = Type(12, step=5.2)
NUMBER = Type(12, colour=SECONDARY, step=5.2)
"""The masked identity number."""
CONTACT = Type(13, Weight.SEMIBOLD, step=5.4)
BODY = Type(11)
QUIET = Type(11, colour=SECONDARY)
EMPHASIS = Type(11, Weight.SEMIBOLD)
TIME = Type(11.5)
ITEM = Type(11.5)
"""A goal or an exercise at home."""
CELL = Type(10.5, step=4.15)
"""With whom, where, second lines."""
CHANGE = Type(10.5, Weight.SEMIBOLD, step=4.15)
NOTE = Type(10.5, step=4.6)
"""What is the patient's own, below the table."""
HEAD = Type(10, Weight.SEMIBOLD, SECONDARY, 4.2)
CAPTION = Type(10, colour=SECONDARY, step=4.3)
FOOT = Type(9.5, colour=SECONDARY, step=4.1)
FOOT_STRONG = Type(9.5, Weight.SEMIBOLD, step=4.1)

POSTER_PERIOD = Type(14, Weight.SEMIBOLD, step=5.6)
POSTER_HEAD = Type(13, Weight.SEMIBOLD, step=5.2)
"""Weeks and strands on the poster."""
POSTER_DAY = Type(12.5, Weight.BOLD, step=5.3)
POSTER_LETTER = Type(14, Weight.BOLD)
POSTER_LEAD = Type(11.5, Weight.BOLD)
"""A lecture's letter before its title."""
POSTER_SMALL = Type(10.5, step=4.6)

HEAVY_RULE = 1.4
TABLE_RULE = 1.0
WEEK_RULE = 0.7
HAIR_RULE = 0.4
CORNER = 1.5
PORTRAIT = (210.0, 297.0)
LANDSCAPE = (297.0, 210.0)


class Align(Enum):
    START = auto()
    CENTRE = auto()
    END = auto()


START, CENTRE, END = Align.START, Align.CENTRE, Align.END
_OTHER_END = {START: END, CENTRE: CENTRE, END: START}


class Document:
    """A PDF in the making, with our fonts only; the same pages give the same bytes."""

    def __init__(self, title: str, author: str) -> None:
        """In the language in use; *title* and *author* (the centre) tell of no patient."""
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        # Pages of bytes rather than of printable letters: a fifth smaller, and sooner made.
        rl_config.useA85 = 0
        weight_file, name, *_others = Weight.REGULAR.value
        fonts.font(weight_file, name)
        self._file = io.BytesIO()
        self.canvas: Canvas = Canvas(
            self._file,
            initialFontName=name,  # type: ignore[arg-type]  # the stubs say float; it is a name
            invariant=True,
            pageCompression=1,
            lang=i18n.language(),
        )
        self.canvas.setTitle(fonts.clean(title))
        self.canvas.setAuthor(fonts.clean(author))
        self.canvas.setSubject("")
        self.canvas.setCreator("painprogram")
        if i18n.is_right_to_left():
            self.canvas.setViewerPreference("Direction", "R2L")
        self.accent: Colour = ACCENT
        """Drawn where the accent is asked for: a centre's own colour."""
        self._forms: set[str] = set()
        self._shown: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def saved(self) -> bytes:
        """The whole file; nothing can be added to it afterwards."""
        self.canvas.save()
        return self._file.getvalue()

    def mark(self, words: str, level: int = 0) -> None:
        """Let the outline of the file lead to the page that comes next."""
        key = f"page-{self.canvas.getPageNumber()}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(fonts.clean(words), key, level, closed=True)

    def form(self, name: str, reach: int, draw: Callable[["Canvas"], None]) -> str:
        """Something drawn around the origin, *reach* points far, kept to be placed many times."""
        if name not in self._forms:
            self.canvas.beginForm(name, -reach, -reach, reach, reach)
            draw(self.canvas)
            self.canvas.endForm()
            self._forms.add(name)
        return name

    def shown(self, font: str, words: str) -> tuple[tuple[str, str], ...]:
        """*words* as the PDF shows them: names of subsets of *font*, each with its letters."""
        key = (font, words)
        found = self._shown.get(key)
        if found is None:
            from reportlab.pdfbase import pdfmetrics

            face: Any = pdfmetrics.getFont(font)
            inner = vars(self.canvas)["_doc"]  # what a font is asked with
            found = tuple(
                (face.getSubsetInternalName(subset, inner), f"<{codes.hex()}> Tj")
                for subset, codes in face.splitString(words, inner)
            )
            self._shown[key] = found
        return found


class Pen:
    """Draws on one page of a document; the text lies above everything else on the page.

    It writes the operators of the PDF itself: a page has hundreds of them, and only what differs
    from the one before is said. In a language that is read from the right the page is mirrored,
    pictures and letters are not.
    """

    def __init__(self, document: Document, size: tuple[float, float]) -> None:
        """A page in the language in use."""
        self.document = document
        self.is_mirrored = i18n.is_right_to_left()
        self._canvas = document.canvas
        self.width, self.height = size
        self._canvas.setPageSize((self.width * MM, self.height * MM))
        self._words: list[str] = []
        self._font: tuple[str, float] | None = None
        self._colour: Colour | None = None
        self._weight: float | None = None
        self._stroked: Colour | None = None
        self._filled: Colour | None = None

    def finish(self) -> None:
        """Close the page."""
        if self._words:
            self._canvas.addLiteral("\n".join(["BT", *self._words, "ET"]))
        self._canvas.showPage()

    @contextmanager
    def unmirrored(self) -> Iterator[None]:
        """Within this block *x* is from the left edge: the window of an envelope stays there."""
        before, self.is_mirrored = self.is_mirrored, False
        try:
            yield
        finally:
            self.is_mirrored = before

    def text(
        self,
        x: float,
        y: float,
        words: str,
        role: Type,
        align: Align = START,
        colour: Colour | None = None,
    ) -> float:
        """Write one line with its baseline at *y*; return how wide it is."""
        if not words:
            return 0.0
        line = fonts.plain_line(words, role.weight) or fonts.line(words, role.weight)
        size = role.size
        width = line.width * size
        if self.is_mirrored:
            x = self.width - x
            align = _OTHER_END[align]
        if align is not START:
            x -= width if align is END else width / 2
        wanted = self._tint(colour or role.colour)
        if wanted is not self._colour:
            self._words.append(f"{_rgb(wanted)} rg")
            self._colour = wanted
        height = (self.height - y) * MM
        for name, piece, wide in line.runs:
            place = f"1 0 0 1 {x * MM:.3f} {height:.3f} Tm"
            drawn = size * fonts.SMALLER[name] if name in fonts.SMALLER else size
            for inner, letters in self.document.shown(name, piece):
                if (inner, drawn) != self._font:
                    self._font = (inner, drawn)
                    self._words.append(f"{inner} {drawn:g} Tf")
                self._words.append(f"{place} {letters}" if place else letters)
                place = ""
            x += wide * size
        return width

    def lines(
        self, x: float, y: float, lines: Sequence[str], role: Type, colour: Colour | None = None
    ) -> float:
        """Write *lines* below each other, the first at *y*; return the last baseline."""
        for number, words in enumerate(lines):
            self.text(x, y + number * role.step, words, role, colour=colour)
        return y + max(0, len(lines) - 1) * role.step

    def rule(self, start: float, end: float, y: float, weight: float, colour: Colour) -> None:
        """A horizontal line, *weight* points thick."""
        self._stroke(weight, colour)
        if self.is_mirrored:
            start, end = self.width - end, self.width - start
        height = (self.height - y) * MM
        self._canvas.addLiteral(
            f"n {start * MM:.3f} {height:.3f} m {end * MM:.3f} {height:.3f} l S"
        )

    def upright(self, x: float, top: float, bottom: float, weight: float, colour: Colour) -> None:
        """A vertical line, *weight* points thick."""
        self._stroke(weight, colour)
        at, high, low = self._left(x) * MM, (self.height - top) * MM, (self.height - bottom) * MM
        self._canvas.addLiteral(f"n {at:.3f} {high:.3f} m {at:.3f} {low:.3f} l S")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        edge: Colour | None = None,
        weight: float = 1.0,
        corner: float = 0.0,
        dash: Sequence[float] = (),
    ) -> None:
        """A rectangle whose top start corner is at (*x*, *y*)."""
        canvas = self._canvas
        if fill is not None and fill is not self._filled:
            canvas.addLiteral(f"{_rgb(fill)} rg")
            self._filled = fill
        if edge is not None:
            self._stroke(weight, edge)
            if dash:
                canvas.setDash(list(dash))
        left, bottom = self._left(x, width) * MM, (self.height - y - height) * MM
        painted: tuple[Literal[0, 1], Literal[0, 1]] = (
            0 if edge is None else 1,
            0 if fill is None else 1,
        )
        if corner:
            canvas.roundRect(left, bottom, width * MM, height * MM, corner * MM, *painted)
        else:
            canvas.rect(left, bottom, width * MM, height * MM, *painted)
        if dash:
            canvas.setDash([])

    def place(self, form: str, x: float, y: float) -> None:
        """Put *form* with its origin at (*x*, *y*)."""
        left, height = self._left(x) * MM, (self.height - y) * MM
        self._canvas.addLiteral(f"q 1 0 0 1 {left:.3f} {height:.3f} cm")
        self._canvas.doForm(form)
        self._canvas.addLiteral("Q")

    def _left(self, x: float, width: float = 0.0) -> float:
        """How far from the left something lies that begins at *x*."""
        return self.width - x - width if self.is_mirrored else x

    def _tint(self, colour: Colour) -> Colour:
        return self.document.accent if colour is ACCENT else colour

    def _stroke(self, weight: float, colour: Colour) -> None:
        colour = self._tint(colour)
        if weight != self._weight:
            self._canvas.addLiteral(f"{weight:g} w")
            self._weight = weight
        if colour is not self._stroked:
            self._canvas.addLiteral(f"{_rgb(colour)} RG")
            self._stroked = colour


@cache
def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:.4g}" for part in colour)
