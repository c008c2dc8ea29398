"""What an envelope with a window asks of the paper in it: the address in the window, fold marks.

The window stays where it is in every language: its places are from the left edge of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from painprogram.documents import style
from painprogram.documents.flow import Block, Flow
from painprogram.documents.style import Pen, Type
from painprogram.domain.envelopes import Fold, Window

ADDRESS = Type(12, step=5.2)
_SMALLER = (ADDRESS, Type(11, step=4.8), Type(10, step=4.4), Type(9.5, step=4.0))
"""Of an address with very long lines; window envelopes are read down to 10 points."""
_INSIDE = 10.0
"""From the edges of the window to the address."""
_LEAST_INSIDE = 3.0
_ASCENT = 4.0
"""From the top of a line to its baseline."""
_MARK = 7.0
_AIR = 3.0
"""Between a fold and what it may not cut."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An address as it stands in its window."""

    lines: tuple[str, ...]
    role: Type
    x: float
    y: float
    """Of the first baseline."""


def placed(address: Iterable[str], window: Window) -> Placed:
    """*address* within *window*: as large as it fits, and never outside of it."""
    wanted = tuple(address)
    for inside in (_INSIDE, _LEAST_INSIDE):
        for role in _SMALLER:
            found = _placed(wanted, window, role, inside)
            if found.y + (len(found.lines) - 1) * role.step <= window.bottom - _LEAST_INSIDE + 1:
                return found
    role = _SMALLER[-1]
    most = int((window.height - _LEAST_INSIDE - _ASCENT) / role.step)
    found = _placed(wanted, window, role, _LEAST_INSIDE)
    # Street and town, at the end, are what the letter finds its way by.
    kept = (*found.lines[: most - 2], *found.lines[-2:])
    return Placed(kept, role, found.x, found.y)


def _placed(address: Sequence[str], window: Window, role: Type, inside: float) -> Placed:
    across = min(inside, window.width / 8)
    down = min(inside, window.height / 4) if inside == _INSIDE else inside
    room = window.width - across - _LEAST_INSIDE
    lines = tuple(line for text in address for line in role.wrap(text, room))
    return Placed(lines, role, window.left + across, window.top + down + _ASCENT)


def draw_address(pen: Pen, address: Iterable[str], window: Window) -> None:
    """Names and streets are read from the left whatever language the letter is in."""
    found = placed(address, window)
    with pen.unmirrored():
        pen.lines(found.x, found.y, found.lines, found.role)


def draw_folds(pen: Pen, fold: Fold) -> None:
    """A short line at both edges where the paper is folded."""
    for y in fold.at:
        pen.rule(0.0, _MARK, y, style.HAIR_RULE, style.LINE)
        pen.rule(pen.width - _MARK, pen.width, y, style.HAIR_RULE, style.LINE)


class FoldedFlow(Flow):
    """Puts blocks below each other; those that may not be folded go below a fold in their way."""

    def __init__(self, first: float, later: float, end: float, fold: Fold) -> None:
        super().__init__(first, later, end)
        self._fold = fold
        self.skipped = 0.0
        """Millimetres left empty on the first page, so that a fold cuts nothing."""

    def add_flat(self, block: Block) -> None:
        """Put *block* where no fold cuts it; its air above it may be folded."""
        if not self._cleared(block):
            self.new_page()
            self._cleared(block)
        self.add(block)

    def _cleared(self, block: Block) -> bool:
        """Go below the folds in the way; whether there is room for *block* then."""
        tall = block.height - block.top_gap
        for at in self._fold.at:
            top = self._y + (0.0 if self.is_fresh else block.top_gap)
            if top - _AIR < at < top + tall + _AIR:
                if at + _AIR + tall > self._end:
                    return False
                air = max(0.0, at + _AIR - block.top_gap - self._y)
                self.skipped += air if len(self.pages) == 1 else 0.0
                self.add(Block(air, lambda _pen, _y: None))
        return block.height <= self.room
