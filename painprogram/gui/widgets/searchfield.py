"""A field to search in: its sign at the left, a button to empty it, Esc does the same."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from painprogram.gui import icons
from painprogram.i18n import _


class SearchField(QLineEdit):
    """``textChanged`` tells each letter; *name* is the placeholder and the accessible name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addAction(icons.icon("search", "text2"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(
            icons.icon("cross", "text2"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setText(_("Clear"))
        self._clear.setToolTip(_("Clear"))
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(_("Clear") if button.defaultAction() is self._clear else name)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)
