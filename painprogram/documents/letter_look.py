"""The sizes of a letter in usual and in large print, and its sender above the window."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from painprogram import i18n
from painprogram.documents import style
from painprogram.documents.face import Face
from painprogram.documents.fonts import Weight
from painprogram.documents.style import ACCENT, SECONDARY, Pen, Type
from painprogram.domain.envelopes import PAGE_WIDTH, Window

START_EDGE, END_EDGE = 25.0, 187.0
ROOM = END_EDGE - START_EDGE
_SENDER_TOP = 17.0
_AIR = 4.0
"""Between the sender and the window."""
_WIDE, _NARROW = 102.0, 45.0
"""Of the sender: date and logo stand beside it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Types, and what else grows with them, in millimetres."""

    heading: Type
    body: Type
    strong: Type
    section: Type
    when: Type
    phone: Type
    sender: Type
    sender_lines: Type
    date: Type
    foot: Type
    foot_strong: Type
    icon: float
    inside: float
    """Of a panel, from its edge."""
    above: float
    """Down to the baseline of the heading."""


@lru_cache(64)
def look(face: Face, *, large: bool) -> Look:
    """As the centre's face has it."""
    tinted = face.tinted
    if large:
        return Look(
            heading=tinted(Type(30, Weight.BOLD, ACCENT, 11.5)),
            body=Type(18, step=8.0),
            strong=Type(18, Weight.SEMIBOLD, step=8.0),
            section=Type(20, Weight.SEMIBOLD, step=8.6),
            when=Type(26, Weight.BOLD, step=10.2),
            phone=Type(30, Weight.BOLD, step=12.0),
            sender=Type(14, Weight.SEMIBOLD, step=5.6),
            sender_lines=Type(14, colour=SECONDARY, step=5.6),
            date=Type(14, step=5.6),
            foot=Type(14, colour=SECONDARY, step=5.4),
            foot_strong=Type(14, Weight.SEMIBOLD, step=5.4),
            icon=13.0,
            inside=6.0,
            above=11.0,
        )
    return Look(
        heading=tinted(Type(20, Weight.BOLD, ACCENT, 8.0)),
        body=Type(12, step=5.7),
        strong=Type(12, Weight.SEMIBOLD, step=5.7),
        section=Type(13, Weight.SEMIBOLD, step=5.7),
        when=Type(18, Weight.BOLD, step=7.2),
        phone=style.PHONE,
        sender=Type(12, Weight.SEMIBOLD, step=5.2),
        sender_lines=Type(10.5, colour=SECONDARY, step=4.7),
        date=Type(11, step=4.9),
        foot=style.FOOT,
        foot_strong=style.FOOT_STRONG,
        icon=9.0,
        inside=5.0,
        above=8.5,
    )


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, in lines with their places; *rest* is what has no room beside the window."""

    placed: tuple[tuple[float, float, str, Type], ...]
    rest: tuple[str, ...]

    def draw(self, pen: Pen) -> None:
        for x, y, words, role in self.placed:
            pen.text(x, y, words, role)


def sender(lines: Sequence[str], window: Window, look: Look) -> Sender:
    """The sender at the top start, never in the window: above it, and then beside it.

    Places are from the start edge, in the language in use.
    """
    window_start, window_end = window.left, window.right
    if i18n.is_right_to_left():
        window_start, window_end = PAGE_WIDTH - window.right, PAGE_WIDTH - window.left
    before = window_start - _AIR - START_EDGE
    if before >= _NARROW:
        columns = [(START_EDGE, _SENDER_TOP, min(before, _WIDE), window.bottom)]
    else:
        columns = [(START_EDGE, _SENDER_TOP, _WIDE, window.top - _AIR / 2)]
        after = window_end + _AIR
        if END_EDGE - after >= _NARROW:
            columns.append((after, window.top + _AIR, END_EDGE - after, window.bottom))
    placed: list[tuple[float, float, str, Type]] = []
    left = [(text, look.sender_lines if number else look.sender) for number, text in _some(lines)]
    for x, top, room, lowest in columns:
        y = top
        while left:
            words, role = left[0]
            wrapped = role.wrap(words, room)
            if y + (len(wrapped) - 1) * role.step > lowest:
                break
            for line in wrapped:
                placed.append((x, y, line, role))
                y += role.step
            left.pop(0)
    return Sender(tuple(placed), tuple(words for words, _role in left))


def _some(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    return enumerate(line for line in lines if line.strip())
