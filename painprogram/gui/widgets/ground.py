"""What other things stand on or beside: a coloured ground, and an icon that only shows."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import ICON

Edge = Literal["", "left", "top", "right", "bottom"]


class Ground(QWidget):
    """A widget on one of the theme's colours, which follows the theme; *edge* has a hairline."""

    def __init__(
        self, role: str = "base", parent: QWidget | None = None, *, edge: Edge = ""
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._edge: Edge = edge
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, where = QPainter(self), theme.tokens(), self.rect()
        painter.fillRect(where, colours.colour(self._role))
        edges = {
            "left": QRect(0, 0, 1, where.height()),
            "right": QRect(where.right(), 0, 1, where.height()),
            "top": QRect(0, 0, where.width(), 1),
            "bottom": QRect(0, where.bottom(), where.width(), 1),
        }
        if self._edge:
            painter.fillRect(edges[self._edge], colours.line)
        painter.end()


class Sign(QWidget):
    """An icon that only shows; the words beside it say the same."""

    def __init__(self, name: str, role: str = "text2", side: int = ICON) -> None:
        super().__init__()
        self._name, self._role, self._side = name, role, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_sign(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self._side * theme.scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.tokens().colour(self._role)
        icons.paint(painter, QRectF(self.rect()), self._name, colour)
        painter.end()
