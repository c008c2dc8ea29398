"""The pattern at the left edge of a card and the patterns of grounds: kinds without colour."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform

BAND = 5

_tiles: dict[tuple[str, int, float], QPixmap] = {}


def paint_band(painter: QPainter, rect: QRectF, kind: str, colour: QColor) -> None:
    """The band of *kind* into *rect*; the caller has clipped to the shape of the card."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, top, bottom = rect.x(), rect.y(), rect.bottom()
    if kind == "exercise":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2.4, c=Qt.PenCapStyle.FlatCap))
        slopes = [QLineF(x - 2, y + 7, x + 7, y - 2) for y in _steps(top - BAND, bottom + BAND, 5)]
        painter.drawLines(slopes)
    elif kind == "individual":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for y in _steps(top, bottom + 6, 6):
            painter.drawEllipse(QPointF(x + 2.9, y + 3), 2.3, 2.3)
    else:
        painter.drawRects(_bars(kind, rect))
    painter.restore()


def _bars(kind: str, rect: QRectF) -> list[QRectF]:
    x, top, wide = rect.x(), rect.y(), rect.width()
    if kind == "lecture":
        return [QRectF(x, y + 1, wide, 3) for y in _steps(top, rect.bottom(), 5)]
    if kind == "measurement":
        ticks = [QRectF(x, y, wide, 1) for y in _steps(top + 4, rect.bottom(), 5)]
        return [QRectF(x, top, 2, rect.height()), *ticks]
    if kind == "linked":
        return [QRectF(x, y, wide, 8) for y in _steps(top + 2, rect.bottom(), 12)]
    return [rect]


def _steps(start: float, stop: float, pitch: float) -> list[float]:
    return [start + i * pitch for i in range(int((stop - start) / pitch) + 1)]


def hatch(colour: QColor, pitch: int, ratio: float) -> QBrush:
    """Lines at 45°, one pixel each *pitch* across them, for a screen of *ratio*."""
    return _brush(f"hatch{pitch}", colour, round(pitch * 2**0.5), ratio)


def dots(colour: QColor, ratio: float, pitch: int = 8) -> QBrush:
    """A dot each *pitch*."""
    return _brush(f"dots{pitch}", colour, pitch, ratio)


def _brush(name: str, colour: QColor, pitch: int, ratio: float) -> QBrush:
    key = (name, colour.rgba(), ratio)
    tile = _tiles.get(key)
    if tile is None:
        side = round(pitch * ratio)
        tile = QPixmap(side, side)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        if name.startswith("hatch"):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, ratio))
            for shift in (-side, 0, side):
                painter.drawLine(QLineF(shift - 2, side + 2, shift + side + 2, -2))
        else:
            edge = max(1, round(1.5 * ratio))
            at = (side - edge) // 2
            painter.fillRect(at, at, edge, edge, colour)
        painter.end()
        _tiles[key] = tile
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush
