"""What every section of the settings has: a title, a line that explains, and one for refusals."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from painprogram.gui.desk import Desk
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label


class Section(QWidget):
    def __init__(self, desk: Desk, name: str, title: str, text: str) -> None:
        super().__init__()
        self.setObjectName(f"section_{name}")
        self.desk = desk
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE[5], SPACE[4], SPACE[5], SPACE[4])
        self.column.setSpacing(SPACE[3])
        self._head = QHBoxLayout()
        self._head.setSpacing(SPACE[2])
        self._head.addWidget(Label(title, "heading", wrap=True), 1)
        self.column.addLayout(self._head)
        if text:
            self.column.addWidget(Label(text, "body", "text2", wrap=True))
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName(f"{name}_wrong")
        self.wrong.hide()
        self.column.addWidget(self.wrong)

    def add_at_title(self, widget: QWidget) -> None:
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def reload(self) -> None:
        """Ask for what is shown; keep what is being typed."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """A refusal, beside what was refused; nothing when it is empty."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
