"""The band and the sign of a kind, at the left of a line."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import RADIUS
from painprogram.gui.widgets.bands import BAND, paint_band

_SIDE = 30


class KindSign(QWidget):
    """*name* is said by a screen reader: colour and pattern never speak alone."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self._kind = kind
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        side = round(_SIDE * theme.scale())
        return QSize(side + BAND, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        kind = theme.tokens().kind(self._kind)
        rect = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(rect, RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(rect, kind.tint)
        paint_band(painter, QRectF(0, 0, BAND, rect.height()), self._kind, kind.colour)
        side = 16 * theme.scale()
        middle = BAND + (rect.width() - BAND - side) / 2
        where = QRectF(middle, (rect.height() - side) / 2, side, side)
        icons.paint(painter, where, self._kind, kind.colour)
        painter.end()
