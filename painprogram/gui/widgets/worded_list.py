"""A list whose lines are as high as their words take; Enter goes to the one that is chosen."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from painprogram.gui import theme


class WordedList(QListWidget):
    """A subclass sets its delegate, and says in ``_go`` what Enter does."""

    def __init__(self, name: str, ground: str = "base", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentItem())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()

    def _go(self, item: QListWidgetItem | None) -> None:
        """Nothing, unless there is somewhere to go."""

    def _lay_out(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.tokens().colour(self._ground))
        self.setPalette(palette)
        self._lay_out()
