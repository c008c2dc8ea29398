"""The typefaces on paper: cleaning, measuring and breaking text into lines.

Widths are in millimetres, sizes in points. Arabic and Persian are in Vazirmatn, all else in Source
Sans 3; a letter it lacks is taken from DejaVu Sans, and one that neither has prints as a visible
replacement mark.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import Protocol

from painprogram import i18n, resources
from painprogram.documents import direction

MM = 72 / 25.4
"""Points in a millimetre."""
REPLACEMENT = "\ufffd"
SOFT_HYPHEN = "\u00ad"
_REMEMBERED = 1 << 14
"""Strings whose measure is kept: the same rows stand on every sheet of a group."""


class Weight(Enum):
    """Files and names in the PDF: the first font, for letters it lacks, for Arabic."""

    REGULAR = (
        "SourceSans3_400Regular.ttf",
        "SourceSans3",
        "DejaVuSans.ttf",
        "DejaVuSans",
        "Vazirmatn_400Regular.ttf",
        "Vazirmatn",
    )
    SEMIBOLD = (
        "SourceSans3_600SemiBold.ttf",
        "SourceSans3-SemiBold",
        "DejaVuSans-Bold.ttf",
        "DejaVuSans-Bold",
        "Vazirmatn_600SemiBold.ttf",
        "Vazirmatn-SemiBold",
    )
    BOLD = (
        "SourceSans3_700Bold.ttf",
        "SourceSans3-Bold",
        "DejaVuSans-Bold.ttf",
        "DejaVuSans-Bold",
        "Vazirmatn_700Bold.ttf",
        "Vazirmatn-Bold",
    )


SMALLER = {weight.value[5]: 0.92 for weight in Weight}
"""Fonts that look larger than the first one: what every size is multiplied by."""


class _Face(Protocol):
    charWidths: Mapping[int, float]  # noqa: N815 -- reportlab's name
    charToGlyph: Mapping[int, int]  # noqa: N815 -- reportlab's name


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn: pieces by font, and how wide they are at 1 pt."""

    runs: tuple[tuple[str, str, float], ...]
    """Name of the font, text, width in millimetres at 1 pt."""
    width: float
    """Millimetres at 1 pt."""


@cache
def font(file: str, name: str) -> _Face:
    """Register the font once for the whole program; return its measures."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    loaded = ttfonts.TTFont(name, str(resources.path("fonts", file)))
    pdfmetrics.registerFont(loaded)
    face: _Face = loaded.face
    return face


_SUPPLEMENTARY = re.compile("[\U00010000-\U0010ffff]")
"""Emoji and historic scripts: they print, but can't be copied out of the PDF as what they are."""
_BREAKS = re.compile(rf" |(?<=[-/–])(?=[^ ])|{SOFT_HYPHEN}")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


@lru_cache(_REMEMBERED)
def clean(text: str) -> str:
    """*text* as it may stand on paper: one line, no control characters, no changes of direction.

    Soft hyphens and no-break spaces stay, and what keeps two letters of Persian apart.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    kept = []
    for letter in text:
        category = unicodedata.category(letter)
        if letter == SOFT_HYPHEN or category[0] != "C":
            kept.append(letter)
        elif category in {"Cs", "Co", "Cn"}:
            kept.append(REPLACEMENT)
        elif letter == direction.ZWNJ and kept and direction.is_arabic(kept[-1]):
            kept.append(letter)
    return "".join(kept)


def line(text: str, weight: Weight) -> Line:
    """*text* cleaned and measured, with a fallback where the first font lacks a letter."""
    found = plain_line(text, weight)
    return found or _line_from_the_right(text, weight, i18n.is_right_to_left())


@lru_cache(_REMEMBERED)
def plain_line(text: str, weight: Weight) -> Line | None:
    """None where something in it runs from right to left: that depends on the paper."""
    text = clean(text).replace(SOFT_HYPHEN, "")
    first = font(*weight.value[:2])
    if all(ord(letter) in first.charToGlyph for letter in text):
        width = _width(text, first)
        return Line(((weight.value[1], text, width),), width)
    if direction.runs_from_the_right(text):
        return None
    return _in_fonts(text, weight)


@lru_cache(_REMEMBERED)
def _line_from_the_right(text: str, weight: Weight, right_to_left: bool) -> Line:  # noqa: FBT001
    """Of a paper that is read from the right, or of a name on one that isn't."""
    text = clean(text).replace(SOFT_HYPHEN, "")
    return _in_fonts(direction.visual(text, right_to_left=right_to_left), weight)


def _in_fonts(text: str, weight: Weight) -> Line:
    """*text*, as it is seen from the left, in pieces by font."""
    first_file, first, second_file, second, arabic_file, arabic = weight.value
    faces = {first: font(first_file, first), second: font(second_file, second)}
    text = _SUPPLEMENTARY.sub(REPLACEMENT, text)
    is_arabic = list(map(direction.is_arabic, text))
    if any(is_arabic):
        faces[arabic] = font(arabic_file, arabic)
        is_arabic = _with_signs(text, is_arabic)
    letters = []
    for letter, in_arabic in zip(text, is_arabic, strict=True):
        order = (arabic, first, second) if in_arabic else (first, second)
        plain = unicodedata.normalize("NFKC", letter) if in_arabic else letter
        found = ((each, name) for each in (letter, plain) for name in order)
        known = (pair for pair in found if _has(faces[pair[1]], pair[0]))
        letters.append(next(known, (REPLACEMENT, second)))
    runs = []
    for name, group in groupby(letters, key=lambda pair: pair[1]):
        piece = "".join(letter for letter, _name in group)
        runs.append((name, piece, _width(piece, faces[name]) * SMALLER.get(name, 1.0)))
    return Line(tuple(runs), sum(width for _font, _piece, width in runs))


def _has(face: _Face, letters: str) -> bool:
    """A form of a letter that stands alone may be missing, and be drawn as the letter."""
    return len(letters) == 1 and ord(letters) in face.charToGlyph


def _with_signs(text: str, is_arabic: list[bool]) -> list[bool]:
    """Spaces and signs too are in the font for Arabic, but for those within other words."""
    found = list(is_arabic)
    known = [at for at, letter in enumerate(text) if is_arabic[at] or letter.isalnum()]
    for before, after in pairwise([-1, *known, len(text)]):
        beside = [is_arabic[at] for at in (before, after) if 0 <= at < len(text)]
        found[before + 1 : after] = [any(beside)] * (after - before - 1)
    return found


def _width(text: str, face: _Face) -> float:
    widths = face.charWidths
    return sum(widths[ord(letter)] for letter in text) / 1000 / MM


def width(text: str, weight: Weight, size: float) -> float:
    """Millimetres that *text* takes on one line."""
    return (plain_line(text, weight) or line(text, weight)).width * size


@lru_cache(_REMEMBERED)
def wrap(text: str, weight: Weight, size: float, room: float) -> tuple[str, ...]:
    """*text* in lines of at most *room* millimetres; nothing is left out.

    Lines break at spaces and, where a word is too long, at its soft hyphens, after a hyphen or
    slash, and at last between letters.
    """
    text = clean(text)
    if width(text, weight, size) <= room:
        return (text,) if text else ()
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        joined = f"{current} {word}" if current else word
        if width(joined, weight, size) <= room:
            current = joined
            continue
        if current:
            lines.append(current)
        *full, current = _pieces(word, weight, size, room)
        lines += full
    return tuple([*lines, current] if current else lines)


def _pieces(word: str, weight: Weight, size: float, room: float) -> list[str]:
    """*word* in pieces that fit; only the last may be continued by the next word."""
    pieces = [word]
    while width(pieces[-1], weight, size) > room and len(pieces[-1]) > 1:
        rest = pieces.pop()
        fitting = 1
        while fitting < len(rest) and width(rest[: fitting + 1], weight, size) <= room:
            fitting += 1
        pieces += _split(rest, fitting, weight, size, room)
    return pieces


def _split(rest: str, fitting: int, weight: Weight, size: float, room: float) -> tuple[str, str]:
    """Break *rest* at the best place among its first *fitting* letters."""
    for at in range(fitting, 1, -1):
        if rest[at - 1] == SOFT_HYPHEN and width(f"{rest[:at]}-", weight, size) <= room:
            return f"{rest[: at - 1]}-", rest[at:]
        if rest[at - 1] in "-/–" and at < len(rest):
            return rest[:at], rest[at:]
    return rest[:fitting], rest[fitting:]


def widest_word(text: str, weight: Weight, size: float) -> float:
    """Millimetres a column needs so that no word of *text* is broken."""
    return max((width(word, weight, size) for word in clean(text).split(" ")), default=0.0)


@lru_cache(_REMEMBERED)
def widest_part(text: str, weight: Weight, size: float) -> float:
    """Millimetres a column needs so that nothing is broken between two letters."""
    parts = _BREAKS.split(clean(text).replace(SOFT_HYPHEN, f"-{SOFT_HYPHEN}"))
    return max((width(part, weight, size) for part in parts), default=0.0)


@lru_cache(_REMEMBERED)
def width_on_two_lines(text: str, weight: Weight, size: float) -> float:
    """Millimetres of the narrowest column in which *text* takes two lines, broken at a space."""
    words = clean(text).split(" ")
    ways = [
        max(width(" ".join(words[:at]), weight, size), width(" ".join(words[at:]), weight, size))
        for at in range(1, len(words))
    ]
    return min(ways, default=width(text, weight, size))
