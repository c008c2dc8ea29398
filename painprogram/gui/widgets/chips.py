"""A chip: a word or two on a tinted ground, with a sign where tone alone would have to speak."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import RADIUS_CHIP
from painprogram.gui.widgets.text_fit import elide

Tone = Literal["neutral", "accent", "ok", "warn", "block"]
_ROLES: dict[Tone, tuple[str, str]] = {
    "neutral": ("sunken", "text2"),
    "accent": ("accent_tint", "accent"),
    "ok": ("ok_tint", "ok"),
    "warn": ("warn_tint", "warn"),
    "block": ("block_tint", "block"),
}
_PAD = 7


class Chip(QWidget):
    """Not a button; its text is its accessible name."""

    def __init__(
        self, text: str = "", tone: Tone = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone, icon)
        theme.notifier.changed.connect(self.update)

    @property
    def text(self) -> str:
        return self._text

    @property
    def tone(self) -> Tone:
        return self._tone

    def show_text(self, text: str, tone: Tone | None = None, icon: str | None = None) -> None:
        """Show *text*; tone and icon stay where none is given."""
        self._text = text
        self._tone = tone or self._tone
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font("small"))
        wide = metrics.horizontalAdvance(self._text) + 2 * _PAD + 1
        if self._icon:
            wide += self._side() + 5
        return QSize(round(wide), round(metrics.height()) + 6)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 48), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    @staticmethod
    def _side() -> float:
        return 13 * theme.scale()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        ground, ink = (colours.colour(role) for role in _ROLES[self._tone])
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CHIP, RADIUS_CHIP)
        x, middle = float(_PAD), self.height() / 2
        if self._icon:
            side = self._side()
            icons.paint(painter, QRectF(x, middle - side / 2, side, side), self._icon, ink)
            x += side + 5
        painter.setFont(font)
        painter.setPen(ink)
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, baseline), elide(self._text, metrics, self.width() - x - 4))
        painter.end()
