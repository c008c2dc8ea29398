"""What each key does in a week grid, as plain values."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

STEP = 15  # minutes

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_WAYS = {
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
}

Verb = Literal[
    "walk",
    "extend",
    "mark",
    "move",
    "lane",
    "resize",
    "first",
    "last",
    "day_first",
    "day_last",
    "open",
    "zoom",
    "all",
    "cut",
    "copy",
    "paste",
]
WANTS_CARD = frozenset({"walk", "extend", "move", "lane", "resize", "open", "cut", "copy"})
"""What is done with a card; without one the key is somebody else's."""


@dataclass(frozen=True, slots=True)
class Stroke:
    verb: Verb
    dx: int = 0
    dy: int = 0


_PLAIN: dict[tuple[Qt.Key, bool], Stroke] = {
    (_Key.Key_Home, False): Stroke("day_first"),
    (_Key.Key_End, False): Stroke("day_last"),
    (_Key.Key_Home, True): Stroke("first"),
    (_Key.Key_End, True): Stroke("last"),
    (_Key.Key_Return, False): Stroke("open"),
    (_Key.Key_Enter, False): Stroke("open"),
    (_Key.Key_Plus, True): Stroke("zoom", dy=1),
    (_Key.Key_Equal, True): Stroke("zoom", dy=1),
    (_Key.Key_Minus, True): Stroke("zoom", dy=-1),
    (_Key.Key_0, True): Stroke("zoom"),
}
_STANDARD: tuple[tuple[QKeySequence.StandardKey, Stroke], ...] = (
    (QKeySequence.StandardKey.Cut, Stroke("cut")),
    (QKeySequence.StandardKey.Copy, Stroke("copy")),
    (QKeySequence.StandardKey.Paste, Stroke("paste")),
    (QKeySequence.StandardKey.SelectAll, Stroke("all")),
)


def read(event: QKeyEvent) -> Stroke | None:
    """What *event* asks for; None is a key of somebody else."""
    key, held = Qt.Key(event.key()), event.modifiers()
    alt, ctrl, shift = (
        bool(held & mod) for mod in (_Mod.AltModifier, _Mod.ControlModifier, _Mod.ShiftModifier)
    )
    for standard, stroke in _STANDARD:
        if event.matches(standard):
            return stroke
    way = _WAYS.get(key)
    if way is None:
        return None if alt else _PLAIN.get((key, ctrl))
    dx, dy = way
    if alt and shift:
        return Stroke("resize", dy=dy) if dy and not ctrl else None
    if alt:
        return Stroke("lane", dx=dx) if ctrl and dx else None if ctrl else Stroke("move", dx, dy)
    if ctrl:
        return None if shift else Stroke("mark", dx, dy)
    return Stroke("extend" if shift else "walk", dx, dy)
