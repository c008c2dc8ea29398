"""Lines in scripts that run from right to left, in the order in which they are seen.

A line is handed over after wrapping. Within a line that runs from the right, names, numbers,
phone numbers and times keep their own direction, each as one run.
"""

import re
from functools import cache
from typing import Any

ZWNJ = "\u200c"
"""Keeps two letters of Persian apart; it has no form of its own."""
_FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LETTER_FROM_THE_RIGHT = re.compile(f"[{_FROM_THE_RIGHT}]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_FOREIGN = rf"[^\W_{_FROM_THE_RIGHT}]|[•%°\u0300-\u036f]"
_FOREIGN_RUN = re.compile(rf"[+@#(\[]*(?:{_FOREIGN})(?:[^{_FROM_THE_RIGHT}]*(?:{_FOREIGN}))?[)\]]*")
_NUMBER_BEFORE_BRACKET = re.compile(r"([+\d](?:[\d .,:/–-]*\d)?)(\s+)(?=\()")
"""They belong to different things: "12 (Hälsan)"."""
_OWN_RUN = re.compile(
    rf"[{_FROM_THE_RIGHT}](?:(?:(?!{_FOREIGN}).)*[{_FROM_THE_RIGHT}])?", re.DOTALL
)
_ISOLATES = re.compile("[\u2066-\u2069]")
_INVISIBLE = re.compile("[\u2066-\u2069\u200c\u200d]")
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _END = "\u2066", "\u2067", "\u2069"
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_HEH_WITH_HAMZA = "\u0647\u0654", "\u06c0"
"""Two letters, and the one that fonts have."""


def runs_from_the_right(text: str) -> bool:
    """Whether something in *text* is written from right to left."""
    return _LETTER_FROM_THE_RIGHT.search(text) is not None


def is_arabic(letter: str) -> bool:
    """A letter or sign of Arabic or Persian, in whatever form."""
    return _ARABIC.match(letter) is not None


def isolated(line: str, *, right_to_left: bool) -> str:
    """*line* with what runs the other way shut off from its neighbours.

    What is left over outside of them then follows the direction of the line.
    """
    if right_to_left:
        return _FOREIGN_RUN.sub(_shut_off_foreign, line)
    return _OWN_RUN.sub(lambda run: f"{_RIGHT_TO_LEFT}{run[0]}{_END}", line)


def _shut_off_foreign(run: re.Match[str]) -> str:
    """Brackets at its ends belong to it where both are there, and to the line otherwise."""
    number = _NUMBER_BEFORE_BRACKET.match(run[0])
    if number:
        rest = _FOREIGN_RUN.sub(_shut_off_foreign, run[0][number.end() :])
        return f"{_LEFT_TO_RIGHT}{number[1]}{_END}{number[2]}{rest}"
    words, before, after = run[0], "", ""
    while words[0] in "([" and words.count(words[0]) > words.count(_partner(words[0])):
        before, words = before + words[0], words[1:]
    while words[-1] in ")]" and words.count(words[-1]) > words.count(_partner(words[-1])):
        after, words = words[-1] + after, words[:-1]
    while words[0] == "(" and words[-1] == ")" and words.find(")") == len(words) - 1:
        before, words, after = before + "(", words[1:-1], ")" + after
    return f"{before}{_LEFT_TO_RIGHT}{words}{_END}{after}"


def _partner(bracket: str) -> str:
    return bracket.translate(_MIRRORED)


def visual(line: str, *, right_to_left: bool) -> str:
    """*line* in the order in which it is seen from the left, letters in their joined forms."""
    from bidi import get_display

    shaped = _reshaper().reshape(line.replace(*_HEH_WITH_HAMZA))
    mirrored = _mirrored(isolated(shaped, right_to_left=right_to_left), right_to_left)
    seen = get_display(mirrored, base_dir="R" if right_to_left else "L")
    return _INVISIBLE.sub("", str(seen))


def _mirrored(line: str, right_to_left: bool) -> str:  # noqa: FBT001 -- the direction outside
    """Brackets turned wherever they are read from the right."""
    parts = []
    turned = right_to_left
    at = 0
    for sign in _ISOLATES.finditer(line):
        piece = line[at : sign.start()]
        parts += [piece.translate(_MIRRORED) if turned else piece, sign[0]]
        turned = right_to_left if sign[0] == _END else sign[0] == _RIGHT_TO_LEFT
        at = sign.end()
    piece = line[at:]
    return "".join([*parts, piece.translate(_MIRRORED) if turned else piece])


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "support_zwj": True})
