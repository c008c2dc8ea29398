"""A line across the top of a screen that says what is the matter and what can be done."""

from collections.abc import Callable
from html import escape
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import BANNER, GAP, SCREEN_EDGE

BannerTone = Literal["warn", "block", "ok", "accent"]
_ICONS: dict[BannerTone, str] = {
    "warn": "pen",
    "block": "blocked",
    "ok": "check",
    "accent": "info",
}


class Banner(QWidget):
    """Hidden until it has something to say."""

    def __init__(
        self, tone: BannerTone = "warn", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone: BannerTone = tone
        self._icon = icon or _ICONS[tone]
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SCREEN_EDGE + 24, 4, SCREEN_EDGE - 4, 4)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._text, 1)
        self.setMinimumHeight(BANNER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        theme.notifier.changed.connect(self.update)

    def say(self, text: str, lead: str = "") -> None:
        """Show *text* after a strong *lead*, both plain; an empty text hides the banner."""
        words = [f"<b>{escape(lead)}</b>"] if lead else []
        self._text.setText(" · ".join([*words, escape(text)]))
        plain = " · ".join(part for part in (lead, text) if part)
        self.setAccessibleName(plain)
        self._text.setAccessibleName(plain)
        self.setVisible(bool(text))

    def add_button(
        self, text: str, pressed: Callable[[], object], *, primary: bool = False
    ) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.setProperty("small", True)
        button.clicked.connect(lambda _on=False: pressed())
        self._row.addWidget(button)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.colour(f"{self._tone}_tint"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        side = 16 * theme.scale()
        where = QRectF(SCREEN_EDGE, (self.height() - side) / 2, side, side)
        icons.paint(painter, where, self._icon, colours.colour(self._tone))
        painter.end()
