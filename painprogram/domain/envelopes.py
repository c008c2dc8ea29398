"""Envelopes with a window: where it lies on the folded paper, and where the paper is folded.

Millimetres on the page as it is printed, from its left and upper edges, whatever way it is read.
"""

from dataclasses import dataclass
from enum import StrEnum

from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
HIGHEST, LOWEST = 30.0, 130.0
"""Between these a window may lie: the sender stands above it, the letter below."""
NARROWEST, FLATTEST = 60.0, 20.0


class Envelope(StrEnum):
    """The positions of the Swedish standard, or the measures of one's own envelope."""

    H2 = "h2"
    V2 = "v2"
    OWN = "own"

    @property
    def label(self) -> str:
        return _(_ENVELOPES[self])


_ENVELOPES = {
    Envelope.H2: N_("Window at the right (H2)"),
    Envelope.V2: N_("Window at the left (V2)"),
    Envelope.OWN: N_("Measures of our own"),
}


class Fold(StrEnum):
    """How the paper is folded to fit in the envelope."""

    HALF = "half"
    THIRDS = "thirds"
    NONE = "none"

    @property
    def label(self) -> str:
        return _(_FOLDS[self])

    @property
    def at(self) -> tuple[float, ...]:
        """How far from the upper edge."""
        return _AT[self]


_FOLDS = {
    Fold.HALF: N_("Once, in the middle (C5)"),
    Fold.THIRDS: N_("Twice, in three parts (C65)"),
    Fold.NONE: N_("Not at all (C4)"),
}
_AT = {Fold.HALF: (148.5,), Fold.THIRDS: (99.0, 198.0), Fold.NONE: ()}


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the page that shows through the envelope."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


WINDOWS = {
    Envelope.H2: Window(100.0, 40.0, 95.0, 40.0),
    Envelope.V2: Window(15.0, 44.0, 105.0, 35.0),
}
"""First values: the standard's millimetres were not verified, hence the calibration sheet."""


def check_window(window: Window) -> Window:
    """Refuse a window that isn't on the page, or leaves no room for sender and letter."""
    if window.width < NARROWEST or window.height < FLATTEST:
        raise Refused(
            _(
                "The window is too small: an address needs at least {width} × {height} "
                "millimetres. Measure the window again."
            ).format(width=int(NARROWEST), height=int(FLATTEST))
        )
    if window.left < 0 or window.right > PAGE_WIDTH:
        raise Refused(
            _("The window is not on the paper: left edge and width are at most {most} mm.").format(
                most=int(PAGE_WIDTH)
            )
        )
    if window.top < HIGHEST or window.bottom > LOWEST:
        raise Refused(
            _(
                "The window must lie between {highest} and {lowest} mm from the upper edge: the "
                "sender stands above it and the letter below."
            ).format(highest=int(HIGHEST), lowest=int(LOWEST))
        )
    return window
