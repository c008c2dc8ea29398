"""What stands where there is nothing yet: a sign, what to do next, and the button for it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import SPACE

_WIDEST = 420


class Empty(QWidget):
    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = _Sign(icon)
        self._text = QLabel()
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setMaximumWidth(round(_WIDEST * theme.scale()))
        self._text.setMinimumWidth(round(_WIDEST * theme.scale() / 2))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(SPACE[4])
        self._column.addStretch(2)
        self._column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._text, 100)
        across.addStretch(1)
        self._column.addLayout(across)
        self._column.addStretch(3)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)

    def add_button(
        self, text: str, pressed: Callable[[], object], *, icon: str = "", primary: bool = True
    ) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("primary", primary)
        if icon:
            button.setIcon(icons.icon(icon))
        button.clicked.connect(lambda _on=False: pressed())
        at = self._column.count() - 1
        self._column.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button


class _Sign(QWidget):
    """The icon, large and quiet, on a round ground."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        side = round(64 * theme.scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sunken)
        painter.drawEllipse(QRectF(self.rect()))
        inset = self.width() * 0.28
        where = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        icons.paint(painter, where, self._icon, colours.text3)
        painter.end()
