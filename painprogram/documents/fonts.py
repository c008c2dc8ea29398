"""The typefaces on paper: cleaning, measuring and breaking text into lines.

Widths are in millimetres, sizes in points. Source Sans 3 comes first; a letter it lacks is taken
from DejaVu Sans, and one that neither has prints as a visible replacement mark.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby
from typing import Protocol

from painprogram import resources

MM = 72 / 25.4
"""Points in a millimetre."""
REPLACEMENT = "\ufffd"
SOFT_HYPHEN = "\u00ad"
_REMEMBERED = 1 << 14
"""Strings whose measure is kept: the same rows stand on every sheet of a group."""


class Weight(Enum):
    """A weight with its file, its name in the PDF, and what stands in for missing letters."""

    REGULAR = ("SourceSans3_400Regular.ttf", "SourceSans3", "DejaVuSans.ttf", "DejaVuSans")
    SEMIBOLD = (
        "SourceSans3_600SemiBold.ttf",
        "SourceSans3-SemiBold",
        "DejaVuSans-Bold.ttf",
        "DejaVuSans-Bold",
    )
    BOLD = ("SourceSans3_700Bold.ttf", "SourceSans3-Bold", "DejaVuSans-Bold.ttf", "DejaVuSans-Bold")


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

    Soft hyphens and no-break spaces stay.
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
    return "".join(kept)


def _is_right_to_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _visual(text: str) -> str:
    """Letters of Arabic and Hebrew names in the order in which they are seen from the left."""
    if not any(map(_is_right_to_left, text)):
        return text
    words = [(word, any(map(_is_right_to_left, word))) for word in re.findall(r"\s+|[^\s]+", text)]
    ordered: list[str] = []
    pending: list[str] = []
    for index, (word, backwards) in enumerate(words):
        between = word.isspace() and any(is_rtl for _word, is_rtl in words[index + 1 : index + 2])
        if backwards or (pending and between):
            pending.append("".join(reversed(re.findall(r".[\u0300-\u036f\u064b-\u065f]*", word))))
        else:
            ordered += [*reversed(pending), word]
            pending = []
    return "".join([*ordered, *reversed(pending)])


@lru_cache(_REMEMBERED)
def line(text: str, weight: Weight) -> Line:
    """*text* cleaned and measured, with a fallback where the first font lacks a letter."""
    text = _visual(clean(text).replace(SOFT_HYPHEN, ""))
    file, name, fallback_file, fallback_name = weight.value
    first = font(file, name)
    if all(ord(letter) in first.charToGlyph for letter in text):
        width = _width(text, first)
        return Line(((name, text, width),), width)
    second = font(fallback_file, fallback_name)
    letters = [
        (letter, True)
        if ord(letter) in first.charToGlyph
        else (letter if ord(letter) in second.charToGlyph else REPLACEMENT, False)
        for letter in _SUPPLEMENTARY.sub(REPLACEMENT, text)
    ]
    runs = []
    for has_it, group in groupby(letters, key=lambda pair: pair[1]):
        piece = "".join(letter for letter, _has_it in group)
        face = first if has_it else second
        runs.append((name if has_it else fallback_name, piece, _width(piece, face)))
    return Line(tuple(runs), sum(width for _font, _piece, width in runs))


def _width(text: str, face: _Face) -> float:
    widths = face.charWidths
    return sum(widths[ord(letter)] for letter in text) / 1000 / MM


def width(text: str, weight: Weight, size: float) -> float:
    """Millimetres that *text* takes on one line."""
    return line(text, weight).width * size


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
