"""What each key does in a term grid, as plain values."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
Verb = Literal[
    "walk", "page", "edge", "corner", "shift", "shift_row", "open", "next", "keep", "zoom"
]


@dataclass(frozen=True, slots=True)
class Stroke:
    verb: Verb
    dx: int = 0
    dy: int = 0


_WAYS = {
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
}
_OTHERS: dict[tuple[Qt.Key, bool], Stroke] = {
    (_Key.Key_Home, False): Stroke("edge", dx=-1),
    (_Key.Key_End, False): Stroke("edge", dx=1),
    (_Key.Key_Home, True): Stroke("corner", dx=-1, dy=-1),
    (_Key.Key_End, True): Stroke("corner", dx=1, dy=1),
    (_Key.Key_PageUp, False): Stroke("page", dy=-1),
    (_Key.Key_PageDown, False): Stroke("page", dy=1),
    (_Key.Key_Return, False): Stroke("open"),
    (_Key.Key_Enter, False): Stroke("open"),
    (_Key.Key_Space, False): Stroke("next", dx=1),
    (_Key.Key_Plus, True): Stroke("zoom", dy=1),
    (_Key.Key_Equal, True): Stroke("zoom", dy=1),
    (_Key.Key_Minus, True): Stroke("zoom", dy=-1),
    (_Key.Key_0, True): Stroke("zoom"),
}


def read(event: QKeyEvent) -> Stroke | None:
    """What *event* asks for; None is a key of somebody else."""
    key, held = Qt.Key(event.key()), event.modifiers()
    alt, ctrl, shift = (
        bool(held & mod) for mod in (_Mod.AltModifier, _Mod.ControlModifier, _Mod.ShiftModifier)
    )
    way = _WAYS.get(key)
    if key == _Key.Key_Space and shift and not (alt or ctrl):
        return Stroke("keep")
    if way is None:
        return None if alt else _OTHERS.get((key, ctrl))
    dx, dy = way
    if alt:
        return Stroke("shift_row" if shift else "shift", dx=dx) if dx and not ctrl else None
    return None if ctrl or shift else Stroke("walk", dx, dy)
