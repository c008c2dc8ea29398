"""A few lines of text in a field."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from painprogram.gui.tokens import SPACE

_SEEN = 3


class Lines(QPlainTextEdit):
    """Says when it is left; *seen* lines high."""

    left = Signal()

    def __init__(self, seen: int = _SEEN) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * seen + 2 * SPACE[3])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def put(self, text: str) -> None:
        """Show *text*; what is shown already keeps its cursor."""
        if self.toPlainText() != text:
            self.setPlainText(text)
        self.document().setModified(False)

    @property
    def is_being_written(self) -> bool:
        return self.hasFocus() and self.document().isModified()
