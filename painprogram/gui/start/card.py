"""One of a few big choices: a sign, what it is called, and what comes of it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.panel_paint import box
from painprogram.gui.tokens import RADIUS_PANEL, SPACE
from painprogram.gui.widgets.label import Label

_SIGN = 44


class Card(QAbstractButton):
    def __init__(self, icon: str, title: str, text: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(SPACE[1])
        words.addStretch(1)
        for label in (Label(title, "title", wrap=True), Label(text, "body", "text2", wrap=True)):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            words.addWidget(label)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE[5], SPACE[4], SPACE[4], SPACE[4])
        line.setSpacing(SPACE[5])
        line.addWidget(_Sign(icon))
        line.addLayout(words, 1)
        line.addWidget(_Sign("chevron-right", round_=False))
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        over = self.underMouse() and self.isEnabled()
        fill = colours.accent_tint if self.isDown() else colours.alt if over else colours.raised
        edge = colours.accent if over or self.hasFocus() else colours.ctl
        box(painter, self.rect(), fill, edge, radius=RADIUS_PANEL)
        painter.end()


class _Sign(QWidget):
    def __init__(self, icon: str, *, round_: bool = True) -> None:
        super().__init__()
        self._icon, self._round = icon, round_
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        side = round((_SIGN if round_ else 20) * theme.scale())
        self.setFixedSize(side, side)
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        where = QRectF(self.rect())
        if self._round:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_tint)
            painter.drawEllipse(where)
            inset = self.width() * 0.25
            where = where.adjusted(inset, inset, -inset, -inset)
        icons.paint(painter, where, self._icon, colours.accent if self._round else colours.text3)
        painter.end()
