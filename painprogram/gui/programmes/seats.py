"""Taken and free seats as a bar with its figures."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from painprogram.gui import theme
from painprogram.i18n import _

_BAR = 4
_WIDE = 72


def paint_seats(painter: QPainter, rect: QRectF, taken: int, maximum: int) -> None:
    """The bar at the left, the figures at the right of *rect*; a full group is told by colour
    and by its figures."""
    colours = theme.tokens()
    font = theme.figures("small")
    metrics = QFontMetricsF(font)
    text = f"{taken}/{maximum}"
    wide = metrics.horizontalAdvance(text)
    middle = rect.center().y()
    bar = QRectF(rect.x(), middle - _BAR / 2, max(0.0, rect.width() - wide - 6), _BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.line2)
    painter.drawRoundedRect(bar, 2, 2)
    share = min(1.0, taken / maximum) if maximum else 0.0
    painter.setBrush(colours.warn_line if taken >= maximum else colours.accent)
    painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * share, _BAR), 2, 2)
    painter.setFont(font)
    painter.setPen(colours.text2)
    baseline = middle + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(rect.right() - wide, baseline), text)
    painter.restore()


class Seats(QWidget):
    """The same, as a widget that says it in words to who can't see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken, self._maximum = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_seats(self, taken: int, maximum: int) -> None:
        self._taken, self._maximum = taken, maximum
        words = _("{taken} of {maximum} seats taken").format(taken=taken, maximum=maximum)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.figures("small"))
        text = metrics.horizontalAdvance(f"{self._taken}/{self._maximum}")
        return QSize(round(_WIDE * theme.scale() + text + 6), round(metrics.height()) + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_seats(painter, QRectF(self.rect()), self._taken, self._maximum)
        painter.end()
