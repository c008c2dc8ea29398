"""What a colour is for, and the sizes all screens share. The values stand in ``theme``."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor

SPACE = (2, 4, 8, 12, 16, 24, 32)
SCREEN_EDGE, PANEL_EDGE, GAP, ICON_GAP = 16, 14, 8, 6
TOP_BAR, STATUS_BAR, TOOLBAR, BANNER = 44, 28, 42, 36
RAIL, RAIL_ITEM, INSPECTOR = 72, 56, 268
CONTROL, CONTROL_SMALL, CONTROL_BIG = 28, 24, 40
LIST_ITEM, TABLE_ITEM, TAB = 32, 28, 36
RADIUS_CHIP, RADIUS, RADIUS_PANEL = 3, 4, 6
ICON, ICON_CARD = 16, 13


@dataclass(frozen=True, slots=True)
class Kind:
    """The colour and the ground of one kind of card; its icon and band go with its name."""

    colour: QColor
    tint: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: every colour by what it is for. ``_tint`` is a ground, ``_line`` an edge."""

    window: QColor
    base: QColor
    alt: QColor
    sunken: QColor
    raised: QColor
    line: QColor
    line2: QColor
    ctl: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_tint: QColor
    accent_line: QColor
    on_accent: QColor
    ok: QColor
    ok_tint: QColor
    ok_line: QColor
    warn: QColor
    warn_tint: QColor
    warn_line: QColor
    block: QColor
    block_tint: QColor
    block_line: QColor
    tip: QColor
    tip_text: QColor
    tip_text2: QColor
    ink: QColor
    past: QColor
    grid: QColor
    grid_hour: QColor
    closed: QColor
    closed_line: QColor
    free_fill: QColor
    free_line: QColor
    ack_fill: QColor
    ack_line: QColor
    blocked_fill: QColor
    blocked_line: QColor
    shade: QColor
    kinds: Mapping[str, Kind]
    dark: bool

    def kind(self, name: str) -> Kind:
        """The kind *name*; an unknown one is neutral."""
        return self.kinds.get(name) or Kind(self.text2, self.sunken)

    def colour(self, role: str) -> QColor:
        """The colour of *role*: a field of this class or the name of a kind."""
        if role in self.kinds:
            return self.kinds[role].colour
        found = getattr(self, role)
        if not isinstance(found, QColor):
            raise TypeError(role)
        return found
