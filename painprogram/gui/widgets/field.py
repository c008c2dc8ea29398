"""A field under its label, with what is wrong right beside it."""

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label


class Field(QWidget):
    """*name* is the editor's object name, *label* its accessible one."""

    def __init__(self, label: str, editor: QWidget, name: str, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        editor.setObjectName(name)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)
        caption = QLabel(label)
        caption.setBuddy(editor)
        self._wrong = Label(colour="block", wrap=True)
        self._wrong.setObjectName(f"{name}_wrong")
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(caption)
        column.addWidget(editor)
        if hint:
            column.addWidget(Label(hint, "small", "text3", wrap=True))
        column.addWidget(self._wrong)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self.clear)

    def say(self, sentence: str) -> None:
        """What is wrong; nothing when *sentence* is empty."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def is_wrong(self) -> bool:
        return bool(self._wrong.text())

    def clear(self) -> None:
        self.say("")
