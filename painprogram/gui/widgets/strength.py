"""How much of something, as a row of boxes; the words beside it say the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from painprogram.gui import theme

_SIDE, _GAP = 11, 3


class Strength(QWidget):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._filled = most, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_strength(self, filled: int) -> None:
        self._filled = filled
        self.update()

    def sizeHint(self) -> QSize:
        side = _SIDE * theme.scale()
        return QSize(round(self._most * (side + _GAP)), round(side) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = _SIDE * theme.scale()
        for at in range(self._most):
            on = at < self._filled
            painter.setPen(QPen(colours.accent if on else colours.ctl, 1))
            painter.setBrush(colours.accent if on else Qt.GlobalColor.transparent)
            box = QRectF(at * (side + _GAP) + 0.5, 1, side - 1, side - 1)
            painter.drawRoundedRect(box, 2, 2)
        painter.end()
