"""Colours, fonts and the look of every control, in light and dark.

``apply`` is called once at the start and again when the choice changes; ``tokens`` gives the
colours in force. What paints itself listens to ``notifier.changed``.
"""

from dataclasses import fields
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from painprogram.gui.focus_ring import FocusRing
from painprogram.gui.panel_style import PanelStyle
from painprogram.gui.tokens import Kind, Tokens

Scheme = Literal["system", "light", "dark"]
FontRole = Literal["caption", "small", "body", "strong", "title", "heading", "figure"]

# The only colours of the program: role, light, dark.
_ROLES = """
window       #F2F4F6 #15181D
base         #FFFFFF #1C2026
alt          #F8F9FB #21262D
sunken       #E9ECF0 #111418
raised       #FFFFFF #262C34
line         #DFE3E9 #303741
line2        #C9D0D9 #424B57
ctl          #7F8A99 #77828F
text         #18202C #E8ECF1
text2        #414C5C #BBC4CF
text3        #586474 #9BA6B3
accent       #1F56A5 #8AB6F5
accent_tint  #E5EEF9 #22344E
accent_line  #9DBCE6 #3F6398
on_accent    #FFFFFF #0C1B33
ok           #17633F #7FD0A3
ok_tint      #E2F2E9 #1B3428
ok_line      #5FA782 #4B8A69
warn         #754700 #F0BE5E
warn_tint    #FFF2D6 #392C12
warn_line    #C78A14 #B98A2C
block        #A0142C #FF99A6
block_tint   #FCE7EA #44202A
block_line   #C5223E #E5566C
tip          #222B38 #EDF0F4
tip_text     #F4F6F9 #18202C
tip_text2    #BFC8D4 #4A5563
ink          #18202C #E8ECF1
past         #F6F7F9 #191D22
grid         #EBEEF2 #262C34
grid_hour    #DDE2E8 #323943
closed       #F6ECEC #2A2023
closed_line  #E6D2D3 #463238
free_fill    #E4F3EA #182A21
free_line    #A5D0B8 #35664D
ack_fill     #FFF6E3 #2B2518
ack_line     #E6C98C #6E5726
blocked_fill #F4F0F1 #22252B
blocked_line #DCCACE #4A3B41
shade        #000000 #000000
"""

# Kind, light colour and tint, dark colour and tint.
_KINDS = """
relaxation  #1A7D67 #E1F2EC #3EC8A6 #17352D
exercise    #A85B05 #FCEEDC #F0762F #3D2719
lecture     #7456D2 #EEEBFB #CAAFFF #2C2748
individual  #463B00 #F3EFD6 #EFDC72 #34301A
measurement #4B596F #E8ECF2 #D9E4EE #2B333D
linked      #74063F #F9E4EE #C978B4 #3A1F33
"""

_FONTS: dict[FontRole, tuple[float, QFont.Weight]] = {
    "caption": (-2, QFont.Weight.Normal),
    "small": (-1, QFont.Weight.Normal),
    "body": (0, QFont.Weight.Normal),
    "strong": (0, QFont.Weight.DemiBold),
    "title": (2, QFont.Weight.DemiBold),
    "heading": (5, QFont.Weight.DemiBold),
    "figure": (10, QFont.Weight.DemiBold),
}
_SMALLEST = 8.0


def _theme(*, dark: bool) -> Tokens:
    names = {field.name for field in fields(Tokens)} - {"kinds", "dark"}
    rows = (line.split() for line in _ROLES.strip().splitlines())
    values = {name: QColor(pair[dark]) for name, *pair in rows}
    if values.keys() != names:
        raise ValueError(values.keys() ^ names)
    kinds = {
        name: Kind(QColor(pairs[2 * dark]), QColor(pairs[2 * dark + 1]))
        for name, *pairs in (line.split() for line in _KINDS.strip().splitlines())
    }
    return Tokens(**values, kinds=kinds, dark=dark)


LIGHT = _theme(dark=False)
DARK = _theme(dark=True)


class Notifier(QObject):
    """Says when the colours or the font have changed."""

    changed = Signal()


notifier = Notifier()


class _InForce:
    """What the program looks like now."""

    tokens = LIGHT
    scheme: Scheme = "system"
    style: PanelStyle | None = None
    ring: FocusRing | None = None


def tokens() -> Tokens:
    """The colours in force."""
    return _InForce.tokens


def font(role: FontRole = "body", weight: QFont.Weight | None = None) -> QFont:
    """The program's font in the size of *role*, measured from the system's; never under 8 pt."""
    found = QApplication.font()
    step, usual = _FONTS[role]
    found.setPointSizeF(max(_SMALLEST, QFontInfo(found).pointSizeF() + step))
    found.setWeight(weight or usual)
    return found


def figures(role: FontRole = "body", weight: QFont.Weight | None = None) -> QFont:
    """As ``font``, with figures of one width for tables and clocks."""
    found = font(role, weight)
    found.setFeature(QFont.Tag("tnum"), 1)
    return found


def scale() -> float:
    """How much larger than 10 pt the system's font is; sizes that hold text grow with it."""
    return max(1.0, QFontInfo(QApplication.font()).pointSizeF() / 10)


def palette(colours: Tokens) -> QPalette:
    """The theme as Qt's own controls want it."""
    role, found = QPalette.ColorRole, QPalette()
    for name, colour in {
        role.Window: colours.window,
        role.Base: colours.base,
        role.AlternateBase: colours.alt,
        role.Button: colours.raised,
        role.WindowText: colours.text,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.BrightText: colours.block,
        role.PlaceholderText: colours.text3,
        role.Highlight: colours.accent_tint,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.raised,
        role.Midlight: colours.line,
        role.Mid: colours.line2,
        role.Dark: colours.ctl,
        role.Shadow: colours.line2,
        role.ToolTipBase: colours.tip,
        role.ToolTipText: colours.tip_text,
    }.items():
        found.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        found.setColor(QPalette.ColorGroup.Disabled, name, colours.ctl)
    return found


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress *app* in *scheme*; ``system`` follows the machine from now on."""
    hints = app.styleHints()
    _InForce.scheme = scheme
    if _InForce.style is None or app.style() is not _InForce.style:
        _InForce.style = PanelStyle(tokens, font)
        app.setStyle(_InForce.style)
    if _InForce.ring is None:
        _InForce.ring = FocusRing(tokens)
        app.focusChanged.connect(_InForce.ring.follow)
        hints.colorSchemeChanged.connect(_follow)
    if scheme == "system":
        hints.unsetColorScheme()
    else:
        wanted = Qt.ColorScheme.Dark if scheme == "dark" else Qt.ColorScheme.Light
        hints.setColorScheme(wanted)  # the window frame, where the platform can
    _dress(app)


def _follow() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _dress(app)


def _dress(app: QApplication) -> None:
    scheme = _InForce.scheme
    system_is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    dark = scheme == "dark" or (scheme == "system" and system_is_dark)
    _InForce.tokens = DARK if dark else LIGHT
    app.setPalette(palette(_InForce.tokens))
    notifier.changed.emit()
