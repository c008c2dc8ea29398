"""``icon("name")``: one drawing, tinted by what it means, sharp at every scale, in both themes.

The drawings are ``resources/icons/*.svg`` on a grid of 20 with lines of 1.5 in ``currentColor``.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from painprogram import resources
from painprogram.gui.theme import notifier, tokens

_SMALL = 14  # drawn with a line of 2, or it would fade beside text
_pixmaps: dict[tuple[str, int, int, bool], QPixmap] = {}
_engines: list[QIconEngine] = []  # Qt keeps the engine, this keeps its Python half


def names() -> frozenset[str]:
    """Every icon there is."""
    return frozenset(file.stem for file in resources.path("icons").glob("*.svg"))


@cache
def icon(name: str, role: str = "text") -> QIcon:
    """The icon *name* in the colour of *role*: a field of ``Tokens`` or the name of a kind."""
    _source(name)
    tokens().colour(role)
    engine = _Tinted(name, role)
    _engines.append(engine)
    return QIcon(engine)


def pixmap(name: str, colour: QColor, side: float, ratio: float = 1.0) -> QPixmap:
    """The drawing in *colour*, *side* logical pixels wide, for a screen of *ratio*."""
    pixels = max(1, round(side * ratio))
    key = (name, colour.rgba(), pixels, side <= _SMALL)
    found = _pixmaps.get(key)
    if found is None:
        found = QPixmap(pixels, pixels)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        _renderer(name, colour.name(), bold=side <= _SMALL).render(
            painter, QRectF(0, 0, pixels, pixels)
        )
        painter.end()
        _pixmaps[key] = found
    if found.devicePixelRatio() != ratio:
        found = QPixmap(found)
        found.setDevicePixelRatio(ratio)
    return found


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw the icon into *rect*, as large as its shorter side, in the middle."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatioF()
    found = pixmap(name, colour, side, ratio)
    corner = rect.center() - QPointF(side / 2, side / 2)
    x, y = round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio
    painter.drawPixmap(QPointF(x, y), found)


@cache
def _source(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, colour: str, *, bold: bool) -> QSvgRenderer:
    drawing = _source(name).replace("currentColor", colour)
    if bold:
        drawing = drawing.replace('stroke-width="1.5"', 'stroke-width="2"')
    return QSvgRenderer(QByteArray(drawing.encode()))


class _Tinted(QIconEngine):
    """Asks for the colour each time it paints, so that a change of theme needs no new icons."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint(painter, QRectF(rect), self._name, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        return pixmap(self._name, self._colour(mode), min(size.width(), size.height()), scale)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def isNull(self) -> bool:
        return False

    def clone(self) -> QIconEngine:
        twin = _Tinted(self._name, self._role)
        _engines.append(twin)
        return twin

    def _colour(self, mode: QIcon.Mode) -> QColor:
        colours = tokens()
        return colours.ctl if mode == QIcon.Mode.Disabled else colours.colour(self._role)


notifier.changed.connect(_pixmaps.clear)
