"""What is shown while the database is being made or opened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_STEPS = 1000


class UnderWay(QWidget):
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", "heading", wrap=True)
        self.title.setObjectName("under_way")
        self._bar = QProgressBar()
        self._bar.setObjectName("progress")
        self._bar.setTextVisible(False)
        self._text = Label("", "body", "text2", wrap=True)
        self._text.setObjectName("progress_text")
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setObjectName("cancel")
        self.cancel.clicked.connect(self._cancelled)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[4])
        for widget in (self.title, self._bar, self._text):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)

    def begin(self, title: str) -> None:
        self.title.setText(title)
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)  # how long is not known yet
        self._text.setText("")
        self.cancel.setEnabled(True)

    def show_progress(self, fraction: float, text: str) -> None:
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(min(max(fraction, 0.0), 1.0) * _STEPS))
        if self.cancel.isEnabled():
            self._text.setText(text)

    def _cancelled(self) -> None:
        self.cancel.setEnabled(False)
        self._text.setText(_("Stopping …"))
        self.cancel_asked.emit()
