"""The programme as weeks × strands, with what must come before what and hours per week."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from painprogram.domain.programmes import Content
from painprogram.gui import icons, theme
from painprogram.gui.programmes import wording
from painprogram.gui.programmes.board_layout import Layout, Line, layout
from painprogram.gui.programmes.board_tile import ARROWS, TileButton
from painprogram.gui.widgets.text_fit import elide, lines
from painprogram.i18n import _

_HEAD, _LABEL, _COLUMN, _WIDEST = 32, 150, 53, 132
_TILE, _GAP, _PAD = 50, 6, 12
_LOW = 28  # a tile that is long and low
_RAIL = 14  # room for the links under the tiles
_LOAD = 84


class Board(QScrollArea):
    """Scrolls when the programme is longer than the window is wide."""

    chosen = Signal(str)
    """A strand's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board")
        self.setAccessibleName(_("The programme week by week"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas = _Canvas()
        self._canvas.chosen.connect(self.chosen)
        self._canvas.reached.connect(self.ensureWidgetVisible)
        self.setWidget(self._canvas)

    def show_content(self, content: Content) -> None:
        self._canvas.show_layout(layout(content))
        self.ensureVisible(0, 0)

    def choose(self, strand: str) -> None:
        """Without a signal."""
        self._canvas.choose(strand)

    def tiles(self) -> list[TileButton]:
        return self._canvas.buttons()


class _Canvas(QWidget):
    chosen = Signal(str)
    reached = Signal(QWidget)
    """By an arrow key: it must be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self._layout = Layout((), (), 0)
        self._rows: list[list[TileButton]] = []
        theme.notifier.changed.connect(self._redress)

    def buttons(self) -> list[TileButton]:
        return [button for row in self._rows for button in row]

    def show_layout(self, wanted: Layout) -> None:
        if wanted == self._layout:
            return
        for button in self.buttons():
            button.hide()
            button.deleteLater()
        self._layout = wanted
        self._rows = []
        number = 0
        for line in wanted.lines:
            row = []
            for tile in line.tiles:
                button = TileButton(tile, f"tile_{number}", self)
                button.clicked.connect(self._clicked)
                button.show()
                row.append(button)
                number += 1
            self._rows.append(row)
        if number:
            self.buttons()[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._redress()

    def choose(self, strand: str) -> None:
        found = next((b for b in self.buttons() if b.tile.strand == strand), None)
        self._mark(found)

    def _mark(self, chosen: TileButton | None) -> None:
        """One tile is chosen, and one is in the tab order: the same."""
        for button in self.buttons():
            button.setChecked(button is chosen)
            if chosen is not None:
                on = button is chosen
                button.setFocusPolicy(
                    Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
                )

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, TileButton):
            self._mark(button)
            self.chosen.emit(button.tile.strand)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        button = self.focusWidget()
        if step is None or not isinstance(button, TileButton):
            super().keyPressEvent(event)
            return
        found = self._neighbour(button, *step)
        if found is not None:
            self._mark(found)
            found.setFocus(Qt.FocusReason.TabFocusReason)
            self.reached.emit(found)
            self.chosen.emit(found.tile.strand)

    def _neighbour(self, button: TileButton, across: int, down: int) -> TileButton | None:
        at = next(n for n, row in enumerate(self._rows) if button in row)
        if across:
            row = sorted(self._rows[at], key=lambda b: (b.tile.first, b.tile.lane))
            place = row.index(button) + across
            return row[place] if 0 <= place < len(row) else None
        if not 0 <= at + down < len(self._rows):
            return None
        return min(
            self._rows[at + down], key=lambda b: abs(b.tile.first - button.tile.first), default=None
        )

    # Measures

    def _redress(self) -> None:
        self.setMinimumSize(self._least())
        self._place()
        self.update()

    def _least(self) -> QSize:
        scale = theme.scale()
        wide = (_LABEL + len(self._layout.columns) * _COLUMN + 8) * scale
        return QSize(round(wide), round(self._top(len(self._layout.lines)) + _LOAD * scale))

    @staticmethod
    def _tile(line: Line) -> int:
        return _LOW if line.low else _TILE

    def _height(self, line: Line) -> float:
        rail = _RAIL if line.links else 0
        tiles = line.lanes * (self._tile(line) + _GAP) - _GAP
        return (2 * _PAD + tiles + rail) * theme.scale()

    def _top(self, row: int) -> float:
        return _HEAD * theme.scale() + sum(self._height(one) for one in self._layout.lines[:row])

    def _column(self) -> float:
        scale = theme.scale()
        many = max(1, len(self._layout.columns))
        free = (self.width() - (_LABEL + 8) * scale) / many
        return max(_COLUMN * scale, min(_WIDEST * scale, free))

    def _place(self) -> None:
        scale, wide = theme.scale(), self._column()
        for number, row in enumerate(self._rows):
            high = self._tile(self._layout.lines[number])
            for button in row:
                tile = button.tile
                x = _LABEL * scale + tile.first * wide + 4
                y = self._top(number) + (_PAD + tile.lane * (high + _GAP)) * scale
                across = (tile.last - tile.first + 1) * wide - 8
                button.setGeometry(QRect(round(x), round(y), round(across), round(high * scale)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._redress()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_lines(painter)
        for number, line in enumerate(self._layout.lines):
            self._paint_label(painter, line, self._top(number))
            self._paint_links(painter, line, self._rows[number])
        self._paint_load(painter)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        colours, scale, wide = theme.tokens(), theme.scale(), self._column()
        head, bottom = _HEAD * scale, self._top(len(self._layout.lines))
        right = _LABEL * scale + len(self._layout.columns) * wide
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for number, column in enumerate(self._layout.columns):
            x = _LABEL * scale + number * wide
            painter.setPen(colours.grid)
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(colours.text2)
            box = QRectF(x, 0, wide, head)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignCenter, elide(column.title, metrics, wide - 4)
            )
        painter.setPen(colours.line)
        for row in range(len(self._layout.lines)):
            y = self._top(row)
            painter.drawLine(QPointF(0, y), QPointF(right, y))
        painter.setPen(colours.line2)
        painter.drawLine(QPointF(0, bottom), QPointF(right, bottom))

    def _paint_label(self, painter: QPainter, line: Line, top: float) -> None:
        colours, scale = theme.tokens(), theme.scale()
        strong, small = theme.font("strong"), theme.font("caption")
        metrics, small_metrics = QFontMetricsF(strong), QFontMetricsF(small)
        x, y, side = 16.0, top + _PAD * scale, 16 * scale
        sign = QRectF(x, y + (metrics.height() - side) / 2, side, side)
        icons.paint(painter, sign, line.kind, colours.kind(line.kind).colour)
        painter.setFont(strong)
        painter.setPen(colours.text)
        left = x + side + 6
        free = _LABEL * scale - left - 6
        for text in lines(line.title, metrics, free, 2):
            painter.drawText(QPointF(left, y + metrics.ascent()), text)
            y += metrics.height()
        painter.setFont(small)
        painter.setPen(colours.text2)
        for text in lines(line.detail, small_metrics, _LABEL * scale - x - 6, 2):
            painter.drawText(QPointF(x, y + 2 + small_metrics.ascent()), text)
            y += small_metrics.height()

    def _paint_links(self, painter: QPainter, line: Line, row: list[TileButton]) -> None:
        """From under the first down to a rail, along it, and up into each that comes after."""
        if not line.links:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().text2, 1.2))
        painter.setBrush(theme.tokens().text2)
        rail = max(b.geometry().bottom() for b in row) + 9 * theme.scale()
        for earlier, later in line.links:
            start, end = row[earlier].geometry(), row[later].geometry()
            x1, x2 = start.center().x() + 0.5, end.center().x() + 0.5
            painter.drawPolyline(
                [
                    QPointF(x1, start.bottom() + 1),
                    QPointF(x1, rail),
                    QPointF(x2, rail),
                    QPointF(x2, end.bottom() + 5),
                ]
            )
            tip = QPointF(x2, end.bottom() + 2)
            painter.drawPolygon(
                QPolygonF([tip, QPointF(x2 - 3.5, tip.y() + 5), QPointF(x2 + 3.5, tip.y() + 5)])
            )
        painter.restore()

    def _paint_load(self, painter: QPainter) -> None:
        colours, scale, wide = theme.tokens(), theme.scale(), self._column()
        top = self._top(len(self._layout.lines))
        strong, small = theme.font("strong"), theme.figures("caption")
        metrics, small_metrics = QFontMetricsF(strong), QFontMetricsF(small)
        y = top + 12 * scale
        painter.setFont(strong)
        painter.setPen(colours.text)
        free = _LABEL * scale - 22
        painter.drawText(
            QPointF(16, y + metrics.ascent()), elide(_("For each patient"), metrics, free)
        )
        y += metrics.height() + 2
        words = [_("hours in the week")]
        if self._layout.any_week:
            more = wording.hours(self._layout.any_week)
            words.append(_("and {hours} in linked lectures").format(hours=more))
        painter.setFont(small)
        painter.setPen(colours.text2)
        for text in words:
            painter.drawText(
                QPointF(16, y + small_metrics.ascent()), elide(text, small_metrics, free)
            )
            y += small_metrics.height()
        most = max((column.minutes for column in self._layout.columns), default=0) or 1
        floor = top + (_LOAD - 10) * scale
        tallest = floor - top - 12 * scale - small_metrics.height()
        for number, column in enumerate(self._layout.columns):
            x = _LABEL * scale + number * wide
            high = tallest * column.minutes / most
            bar = QRectF(x + wide * 0.2, floor - high, wide * 0.6, high)
            painter.fillRect(bar, colours.accent_line)
            if column.minutes:
                text = wording.hours(column.minutes)
                box = QRectF(
                    x, floor - high - small_metrics.height() - 2, wide, small_metrics.height()
                )
                painter.setPen(colours.text2)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
