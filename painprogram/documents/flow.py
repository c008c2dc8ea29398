"""Dividing what is to be printed among pages: measured blocks that are never split."""

from collections.abc import Callable
from dataclasses import dataclass

from painprogram.documents.style import Pen

Draw = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something that stays whole.

    *height* is the distance in millimetres from the last baseline or rule above it to its own
    last one; *draw* gets the former.
    """

    height: float
    draw: Draw
    top_gap: float = 0.0
    """So much of the height is air that is not needed at the top of a page."""


class Flow:
    """Puts blocks below each other, page after page.

    *first* and *later* are where the first and the other pages begin, *end* where all of them end.
    """

    def __init__(self, first: float, later: float, end: float) -> None:
        self._later = later
        self._end = end
        self._y = first
        self.pages: list[list[tuple[float, Block]]] = [[]]

    @property
    def room(self) -> float:
        """Millimetres left on this page."""
        return self._end - self._y

    @property
    def is_fresh(self) -> bool:
        """Nothing stands on this page yet."""
        return not self.pages[-1]

    def new_page(self) -> None:
        """The next block begins a page."""
        if not self.is_fresh:
            self.pages.append([])
            self._y = self._later

    def add(self, block: Block) -> None:
        """Put *block* below the others, on a new page where it doesn't fit."""
        if block.height > self.room:
            self.new_page()
        top = self._y - (block.top_gap if self.is_fresh else 0.0)
        self.pages[-1].append((top, block))
        self._y = top + block.height
