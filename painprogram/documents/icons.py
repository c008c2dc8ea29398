"""The kinds of modules as form, fill and sign, drawn as lines: they survive a copier.

The word always stands beside the icon. *size* is the height in millimetres; a line is 1 pt thick
at 5.4 mm and grows with the icon.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Literal

from painprogram.documents.fonts import MM, Weight
from painprogram.documents.style import CENTRE, MIDDLE, TEXT, WHITE, Colour, Pen, Type
from painprogram.domain.programmes import ModuleKind

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SHEET = 5.4
POSTER = 8.0

FILLS: dict[ModuleKind, Colour] = {
    ModuleKind.RELAXATION: WHITE,
    ModuleKind.EXERCISE: TEXT,
    ModuleKind.LECTURE: MIDDLE,
    ModuleKind.LINKED: WHITE,
    ModuleKind.INDIVIDUAL: WHITE,
    ModuleKind.MEASUREMENT: WHITE,
}
DASHED = frozenset({ModuleKind.LINKED})

_REACH = 0.65
"""From the centre to where the furthest line ends, as a part of the height."""

_Point = tuple[float, float]


class _Drawing:
    """A square of 1 × 1 around the origin, y upwards, *size* millimetres on paper."""

    def __init__(self, canvas: "Canvas", size: float) -> None:
        self.canvas = canvas
        self._size = size * MM
        canvas.setLineWidth(size / SHEET)
        canvas.setStrokeColorRGB(*TEXT)
        canvas.setFillColorRGB(*TEXT)

    def at(self, x: float, y: float) -> _Point:
        return x * self._size, y * self._size

    def circle(self, x: float, y: float, radius: float, fill: Colour | None) -> None:
        """Filled with *fill* and outlined, or in text colour without outline."""
        if fill is not None:
            self.canvas.setFillColorRGB(*fill)
        outlined: Literal[0, 1] = 0 if fill is None else 1
        self.canvas.circle(*self.at(x, y), radius * self._size, outlined, 1)

    def square(self, fill: Colour, dash: Sequence[float] = ()) -> None:
        self.canvas.setFillColorRGB(*fill)
        if dash:
            unit = self._size / (SHEET * MM)
            self.canvas.setDash([length * unit for length in dash])
        side = 0.9 * self._size
        self.canvas.roundRect(*self.at(-0.45, -0.45), side, side, 0.1 * self._size, 1, 1)
        if dash:
            self.canvas.setDash([])

    def bar(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        self.canvas.setFillColorRGB(*fill)
        self.canvas.rect(*self.at(x, y), width * self._size, height * self._size, 0, 1)

    def line(self, points: Sequence[_Point]) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self.at(*point))
        self.canvas.drawPath(path, 1, 0)

    def curve(self, start: _Point, *bends: tuple[_Point, _Point, _Point]) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*self.at(*start))
        for one, two, end in bends:
            path.curveTo(*self.at(*one), *self.at(*two), *self.at(*end))
        self.canvas.drawPath(path, 1, 0)


def draw(pen: Pen, kind: ModuleKind, x: float, y: float, size: float, letter: str = "") -> None:
    """Draw the icon of *kind* with its centre at (*x*, *y*); *letter* marks a lecture's part."""
    lettered = kind is ModuleKind.LECTURE and bool(letter)
    sign = _tile if lettered else _SIGNS[kind]
    name = f"icon-{'letter' if lettered else kind.value}-{size:g}"
    reach = ceil(size * MM * _REACH)
    pen.place(pen.document.form(name, reach, lambda canvas: sign(_Drawing(canvas, size))), x, y)
    if lettered:
        role = _letter(size)
        pen.text(x, y + role.size * 0.33 / MM, letter, role, CENTRE)


@cache
def _letter(size: float) -> Type:
    return Type(size * 10.8 / SHEET, Weight.BOLD)


def _tile(drawing: _Drawing) -> None:
    """What the letter of a lecture stands on."""
    drawing.square(MIDDLE)


def _relaxation(drawing: _Drawing) -> None:
    drawing.circle(0, 0, 0.47, WHITE)
    for y in (0.1, -0.14):
        drawing.curve(
            (-0.28, y - 0.03),
            ((-0.16, y + 0.17), (-0.1, y + 0.12), (0, y)),
            ((0.1, y - 0.12), (0.16, y - 0.17), (0.28, y + 0.03)),
        )


def _exercise(drawing: _Drawing) -> None:
    drawing.circle(0, 0, 0.47, TEXT)
    drawing.bar(-0.2, -0.045, 0.4, 0.09, WHITE)
    for side in (-1, 1):
        drawing.bar(side * 0.2 - 0.045, -0.2, 0.09, 0.4, WHITE)
        drawing.bar(side * 0.31 - 0.035, -0.12, 0.07, 0.24, WHITE)


def _lecture(drawing: _Drawing) -> None:
    drawing.square(MIDDLE)
    for y, end in ((0.2, 0.25), (0, 0.25), (-0.2, 0.08)):
        drawing.line([(-0.25, y), (end, y)])


def _linked(drawing: _Drawing) -> None:
    drawing.square(WHITE, dash=(2.0, 1.4))
    for side in (-1, 1):
        drawing.curve(
            (0, 0.16),
            ((side * 0.06, 0.24), (side * 0.2, 0.24), (side * 0.29, 0.19)),
            ((side * 0.29, 0.1), (side * 0.29, -0.1), (side * 0.29, -0.19)),
            ((side * 0.2, -0.14), (side * 0.06, -0.14), (0, -0.22)),
        )
    drawing.line([(0, 0.16), (0, -0.22)])


def _individual(drawing: _Drawing) -> None:
    canvas = drawing.canvas
    canvas.setFillColorRGB(*WHITE)
    path = canvas.beginPath()
    path.moveTo(*drawing.at(0, 0.53))
    for corner in ((0.53, 0), (0, -0.53), (-0.53, 0)):
        path.lineTo(*drawing.at(*corner))
    path.close()
    canvas.drawPath(path, 1, 1)
    canvas.setFillColorRGB(*TEXT)
    drawing.circle(0, 0.14, 0.09, None)
    path = canvas.beginPath()
    path.moveTo(*drawing.at(-0.18, -0.18))
    path.curveTo(*drawing.at(-0.18, 0.07), *drawing.at(0.18, 0.07), *drawing.at(0.18, -0.18))
    path.close()
    canvas.drawPath(path, 0, 1)


def _measurement(drawing: _Drawing) -> None:
    drawing.square(WHITE)
    for x, height in ((-0.27, 0.16), (-0.08, 0.3), (0.11, 0.46)):
        drawing.bar(x, -0.24, 0.14, height, TEXT)


_SIGNS: dict[ModuleKind, Callable[[_Drawing], None]] = {
    ModuleKind.RELAXATION: _relaxation,
    ModuleKind.EXERCISE: _exercise,
    ModuleKind.LECTURE: _lecture,
    ModuleKind.LINKED: _linked,
    ModuleKind.INDIVIDUAL: _individual,
    ModuleKind.MEASUREMENT: _measurement,
}
