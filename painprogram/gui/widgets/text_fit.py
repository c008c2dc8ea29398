"""Words into a given width: broken at spaces and soft hyphens, the rest elided, never clipped."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

SOFT_HYPHEN = "\u00ad"


def elide(text: str, metrics: QFontMetricsF, width: float) -> str:
    plain = text.replace(SOFT_HYPHEN, "")
    if metrics.horizontalAdvance(plain) <= width:
        return plain
    return metrics.elidedText(plain, Qt.TextElideMode.ElideRight, width)


def lines(text: str, metrics: QFontMetricsF, width: float, most: int) -> list[str]:
    """At most *most* lines of *text*; the last one is elided where more is left."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < most - 1:
        head, rest = _first_line(rest, metrics, width)
        found.append(elide(head, metrics, width))
    if rest:
        found.append(elide(rest, metrics, width))
    return found


def _first_line(text: str, metrics: QFontMetricsF, width: float) -> tuple[str, str]:
    plain = text.replace(SOFT_HYPHEN, "")
    if metrics.horizontalAdvance(plain) <= width:
        return plain, ""
    best: tuple[str, str] | None = None
    for at, sign in enumerate(text):
        if sign not in (" ", SOFT_HYPHEN):
            continue
        head = text[:at].replace(SOFT_HYPHEN, "") + ("-" if sign == SOFT_HYPHEN else "")
        if metrics.horizontalAdvance(head) > width:
            break
        best = head, text[at + 1 :].lstrip(" ")
    if best is not None:
        return best
    first, _space, rest = text.partition(" ")  # the first word alone is too long: it is elided
    return first, rest
