"""What the three grounds mean while a card is dragged, and the keys that help."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from painprogram.gui import theme
from painprogram.gui.tokens import RADIUS_CHIP, SCREEN_EDGE
from painprogram.gui.widgets.bands import dots, hatch
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import _


class SlotLegend(QWidget):
    """*title* says what is under way; the bar is shown for as long as the drag lasts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def set_title(self, title: str) -> None:
        self._title = title
        words = [title, _("Free"), _("To be acknowledged"), _("Blocked")]
        self.setAccessibleName(" · ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, max(30, round(QFontMetricsF(theme.font("small")).height()) + 14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, ratio = theme.tokens(), self.devicePixelRatioF()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.base)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
        x = self._word(painter, float(SCREEN_EDGE), self._title, strong=True) + 22
        for text, fill, edge, pattern, line in (
            (_("Free"), colours.free_fill, colours.free_line, None, Qt.PenStyle.SolidLine),
            (
                _("To be acknowledged"),
                colours.ack_fill,
                colours.ack_line,
                dots(colours.ack_line, ratio),
                Qt.PenStyle.DashLine,
            ),
            (
                _("Blocked"),
                colours.blocked_fill,
                colours.blocked_line,
                hatch(colours.blocked_line, 7, ratio),
                Qt.PenStyle.SolidLine,
            ),
        ):
            box = QRectF(round(x) + 0.5, round(self.height() / 2) - 6.5, 21, 13)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(box, fill)
            if pattern is not None:
                painter.fillRect(box, pattern)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(edge, 1, line))
            painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
            x = self._word(painter, box.right() + 8, text) + 22
        self._keys(painter, x)
        painter.end()

    def _word(self, painter: QPainter, x: float, text: str, *, strong: bool = False) -> float:
        """Write *text* at *x*; where it ends."""
        font = theme.font("small", QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        metrics = QFontMetricsF(font)
        text = elide(text, metrics, max(0.0, self.width() - x - SCREEN_EDGE))
        painter.setFont(font)
        painter.setPen(theme.tokens().text if strong else theme.tokens().text2)
        baseline = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, baseline), text)
        return x + metrics.horizontalAdvance(text)

    def _keys(self, painter: QPainter, from_x: float) -> None:
        """At the right, where there is room: the key in its box and what it does."""
        metrics, colours = QFontMetricsF(theme.font("small")), theme.tokens()
        pairs = [(_("Esc"), _("cancels")), (_("Alt+arrow keys"), _("moves without the mouse"))]
        wide = sum(
            metrics.horizontalAdvance(key) + metrics.horizontalAdvance(text) + 36
            for key, text in pairs
        )
        x = self.width() - wide - SCREEN_EDGE + 16
        if x < from_x:
            return
        for key, text in pairs:
            box = QRectF(x, 0, metrics.horizontalAdvance(key) + 10, metrics.height() + 3)
            box.moveCenter(QPointF(box.center().x(), self.height() / 2))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.line2, 1))
            painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
            self._word(painter, x + 5, key)
            x = self._word(painter, box.right() + 8, text) + 18
