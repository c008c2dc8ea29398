"""A button that is only its words, with a sign before them and one after; tinted where it warns."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import CONTROL, CONTROL_SMALL, RADIUS
from painprogram.gui.widgets.text_fit import elide

_PAD, _GAP = 8, 7


class PlainButton(QAbstractButton):
    """*tint* is a colour role for the ground, *ink* one for words and signs."""

    def __init__(
        self,
        name: str,
        icon: str = "",
        trailing: str = "",
        *,
        font: theme.FontRole = "strong",
        ink: str = "text",
        tint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon, self._trailing = icon, trailing
        self._font_role: theme.FontRole = font
        self._ink, self._tint = ink, tint
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def show_word(self, text: str, *, seen: bool) -> None:
        """Where there is no room for *text* the sign alone is seen; a screen reader reads both."""
        self.show_text(text if seen else "")
        self.setAccessibleName(text)

    def show_tone(self, ink: str, tint: str) -> None:
        """Other colour roles, when what it stands for is on or off."""
        self._ink, self._tint = ink, tint
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(self._font_role))
        signs = sum(self._side() + _GAP for sign in (self._icon, self._trailing) if sign)
        least = CONTROL_SMALL if self._font_role == "small" else CONTROL
        return QSize(
            round(metrics.horizontalAdvance(self.text()) + signs + 2 * _PAD + 1),
            max(least, round(metrics.height()) + 6),
        )

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 72), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, font = theme.tokens(), theme.font(self._font_role)
        metrics, ink = QFontMetricsF(font), colours.colour(self._ink)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._tint or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour(self._tint or "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        side, middle, x = self._side(), self.height() / 2, float(_PAD)
        if self._icon:
            icons.paint(painter, QRectF(x, middle - side / 2, side, side), self._icon, ink)
            x += side + _GAP
        end = self.width() - _PAD - (side + _GAP if self._trailing else 0)
        painter.setFont(font)
        painter.setPen(ink)
        words = elide(self.text(), metrics, end - x + 1)
        painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), words)
        if self._trailing:
            x += metrics.horizontalAdvance(words) + _GAP
            icons.paint(painter, QRectF(x, middle - side / 2, side, side), self._trailing, ink)
        painter.end()

    def _side(self) -> float:
        return (13 if self._font_role == "small" else 16) * theme.scale()
