"""Texts to choose from, one line each: shortened where they are longer."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from painprogram.gui import icons, theme
from painprogram.gui.tokens import ICON

_WIDE = 300
_KEY = Qt.ItemDataRole.UserRole


class TextList(QListWidget):
    """*high* pixels at least."""

    def __init__(self, name: str, spoken: str, high: int) -> None:
        super().__init__()
        self._high = high
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def add(self, key: str, text: str) -> None:
        item = QListWidgetItem(" ".join(text.split()), self)
        item.setData(_KEY, key)
        item.setToolTip(text)

    def sign(self, row: int, icon: str, role: str, spoken: str) -> None:
        """What the sign before a line says is also what is read out."""
        item = self.item(row)
        item.setIcon(icons.icon(icon, role))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    @property
    def keys(self) -> list[str]:
        return [str(self.item(row).data(_KEY)) for row in range(self.count())]

    @property
    def key(self) -> str:
        """Of the line that is chosen; empty where none is."""
        item = self.currentItem()
        return str(item.data(_KEY)) if item else ""

    def _dress(self) -> None:
        side = round(ICON * theme.scale())
        self.setIconSize(QSize(side, side))
        self.setFixedWidth(round(_WIDE * theme.scale()))
        self.setMinimumHeight(round(self._high * theme.scale()))
