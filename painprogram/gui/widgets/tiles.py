"""Buttons of one size side by side, in as many columns as have room for the widest."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from painprogram.gui.tokens import GAP


class Tiles(QLayout):
    """*most* columns at most; with less room a divisor of it, so that rows stay even."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._most = most
        self.setSpacing(GAP)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = self._shown()
        rows = -(-len(shown) // self.columns(width)) if shown else 0
        return max(0, rows * (self._tile().height() + self.spacing()) - self.spacing())

    def sizeHint(self) -> QSize:
        wide = self._most * (self._tile().width() + self.spacing()) - self.spacing()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSize(self) -> QSize:
        return self._tile()

    def columns(self, width: int) -> int:
        tile = self._tile().width() + self.spacing()
        fit = max(1, (width + self.spacing()) // max(1, tile))
        return next(n for n in range(self._most, 0, -1) if self._most % n == 0 and n <= fit)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        columns, high, gap = self.columns(rect.width()), self._tile().height(), self.spacing()
        wide = (rect.width() - gap * (columns - 1)) / columns
        for at, item in enumerate(self._shown()):
            row, column = divmod(at, columns)
            left, right = round(column * (wide + gap)), round(column * (wide + gap) + wide)
            top = rect.y() + row * (high + gap)
            item.setGeometry(QRect(rect.x() + left, top, right - left, high))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _tile(self) -> QSize:
        found = QSize(1, 1)
        for item in self._shown():
            found = found.expandedTo(item.sizeHint()).expandedTo(item.minimumSize())
        return found
