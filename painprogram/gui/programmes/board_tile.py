"""One tile of the board: a button, so that keyboard and screen readers reach it by themselves."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from painprogram.domain.programmes import ModuleKind
from painprogram.gui import theme
from painprogram.gui.programmes.board_layout import Tile
from painprogram.gui.tokens import RADIUS
from painprogram.gui.widgets.bands import BAND, paint_band
from painprogram.gui.widgets.text_fit import elide, lines

_LEFT = BAND + 5
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""How far across and down each key goes."""


class TileButton(QAbstractButton):
    """Checked when it is what the inspector shows."""

    def __init__(self, tile: Tile, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.tile = tile
        self.setObjectName(name)
        self.setAccessibleName(tile.words)
        self.setToolTip(tile.words)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.notifier.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ARROWS:
            event.ignore()  # the board moves the choice
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        kind = colours.kind(self.tile.kind)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(shape, kind.tint)
        painter.save()
        painter.setClipPath(shape)
        band = QRectF(0, 0, BAND + 0.5, rect.height())
        if self.tile.kind is ModuleKind.EXERCISE:
            painter.fillRect(band, colours.base)
        paint_band(painter, band, self.tile.kind, kind.colour)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge())
        inset = 1.0 if self.isChecked() else 0.5
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        self._words(painter, rect.adjusted(_LEFT, 4, -4, -3))
        painter.end()

    def _edge(self) -> QPen:
        colours = theme.tokens()
        if self.isChecked():
            return QPen(colours.accent, 2)
        pen = QPen(colours.ctl if self.underMouse() else colours.line2, 1)
        if self.tile.kind is ModuleKind.LINKED:
            pen = QPen(colours.kind(self.tile.kind).colour, 1.5)
            pen.setDashPattern([5, 3])
        return pen

    def _words(self, painter: QPainter, rect: QRectF) -> None:
        if self.tile.kind is ModuleKind.LINKED:
            self._one_line(painter, rect)
            return
        colours, tile = theme.tokens(), self.tile
        title = (
            theme.font("strong")
            if tile.short
            else theme.font("small", theme.font("strong").weight())
        )
        small = theme.font("caption")
        metrics, small_metrics = QFontMetricsF(title), QFontMetricsF(small)
        room = int((rect.height() + 1) // metrics.height())
        most = 1 if tile.short else max(1, min(2, room - (1 if tile.detail else 0)))
        y = rect.y()
        painter.setFont(title)
        painter.setPen(colours.text)
        for line in lines(tile.title, metrics, rect.width(), most):
            painter.drawText(QPointF(rect.x(), y + metrics.ascent()), line)
            y += metrics.height()
        if tile.detail and y + small_metrics.height() <= rect.bottom() + 2:
            painter.setFont(small)
            painter.setPen(colours.text2)
            detail = elide(tile.detail, small_metrics, rect.width())
            painter.drawText(QPointF(rect.x(), y + small_metrics.ascent()), detail)

    def _one_line(self, painter: QPainter, rect: QRectF) -> None:
        colours = theme.tokens()
        strong, small = theme.font("strong"), theme.font("caption")
        metrics, small_metrics = QFontMetricsF(strong), QFontMetricsF(small)
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        title = elide(self.tile.title, metrics, rect.width())
        painter.setFont(strong)
        painter.setPen(colours.text)
        painter.drawText(QPointF(rect.x(), baseline), title)
        x = rect.x() + metrics.horizontalAdvance(title) + 8
        painter.setFont(small)
        painter.setPen(colours.text2)
        detail = elide(self.tile.detail, small_metrics, rect.right() - x)
        painter.drawText(QPointF(x, baseline), detail)
