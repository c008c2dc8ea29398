"""What stands over the dates when there is no open lecture to link in, with what to do."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from painprogram.domain.planning import Note
from painprogram.gui import icons, theme
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, joined

_SIGN = 16


class MissingLectures(QWidget):
    """Hidden while nothing is missing."""

    def __init__(self, pressed: Callable[[], object]) -> None:
        super().__init__()
        self.text = Label("", "body", "text", wrap=True)
        self.text.setObjectName("missing_lectures")
        self.button = QPushButton(_("Plan open lectures"))
        self.button.setObjectName("plan_lectures")
        self.button.setAccessibleName(self.button.text())
        self.button.setAutoDefault(False)
        self.button.clicked.connect(pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(14 + _SIGN + 8, 8, 14, 10)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addWidget(self.button, 0)
        self.hide()
        theme.notifier.changed.connect(self.update)

    def say(self, notes: Sequence[Note], *, can_be_planned: bool) -> None:
        text = ""
        if notes:
            text = _("{titles}: {reason}").format(
                titles=joined([note.title for note in notes]), reason=notes[0].reason
            )
        self.text.setText(text)
        self.button.setVisible(can_be_planned)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.warn_tint)
        sign = QRectF(14, self.text.y() + 1, _SIGN, _SIGN)
        icons.paint(painter, sign, "linked", colours.warn)
        painter.end()
