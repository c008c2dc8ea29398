"""A line of text that is shortened with an ellipsis, never clipped; the whole is its tooltip."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from painprogram.gui import theme
from painprogram.gui.widgets.text_fit import elide


class Elided(QWidget):
    """*role* is a font role of the theme, *ink* a colour role."""

    def __init__(
        self,
        text: str = "",
        role: theme.FontRole = "body",
        ink: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._role, self._ink = "", role, ink
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        theme.notifier.changed.connect(self.update)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str, ink: str | None = None) -> None:
        self._text = text
        self._ink = ink or self._ink
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def shown(self) -> str:
        """What there is room for."""
        return elide(self._text, self._metrics(), self.width())

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(theme.font(self._role))

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        wide = metrics.horizontalAdvance(self._text) + 1
        return QSize(round(wide + 0.5), round(metrics.height() + 0.5) + 2)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(
            min(hint.width(), round(3 * self._metrics().averageCharWidth())), hint.height()
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cut = self.shown != self._text
            QToolTip.showText(event.globalPos(), self._text if cut else self.toolTip(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = self._metrics()
        painter.setFont(theme.font(self._role))
        colours = theme.tokens()
        painter.setPen(colours.colour(self._ink if self.isEnabled() else "ctl"))
        text = self.shown
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - metrics.horizontalAdvance(text) if right else 0.0
        baseline = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, baseline), text)
        painter.end()
