"""Today and tomorrow at the side: cards by time; Enter shows the session on the schedule."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from painprogram import i18n
from painprogram.gui import icons, theme, tokens
from painprogram.gui.panel_paint import box
from painprogram.gui.today.days_model import ROW, Card, DaysModel, Head, Note, Now, Row
from painprogram.gui.widgets.bands import BAND, paint_band
from painprogram.gui.widgets.text_fit import elide, lines

_CENTRE = Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAD = 6
_BESIDE = 0.36
"""The part of a card that the group's name may take."""
_LEAST = 0.22
"""What it has even beside a long title."""
_NOTE = 2
"""Lines of what stands against a card."""
_Index = QModelIndex | QPersistentModelIndex


class DaysView(QListView):
    chosen = Signal(object)
    """The key of a session or a visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = DaysModel(self)
        self._paints = _Cards(self)
        self.setModel(self.days)
        self.setItemDelegate(self._paints)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.activated.connect(self._open)
        theme.notifier.changed.connect(self._dress)
        self._dress()

    @property
    def card(self) -> Card | None:
        """The one the keyboard is on."""
        at = self.currentIndex().row()
        row = self.days.rows[at] if 0 <= at < len(self.days.rows) else None
        return row if isinstance(row, Card) else None

    def show_rows(self, rows: list[Row]) -> None:
        """Show these; what is chosen and the scrolling stay."""
        chosen, top = self.card, self.verticalScrollBar().value()
        self._paints.measure(rows)
        self.days.show_rows(rows)
        at = self.days.row_of(chosen.id) if chosen else -1
        if at >= 0:
            self.setCurrentIndex(self.days.index(at))
        self.verticalScrollBar().setValue(top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), self.currentIndex().row()
        if key in _STEPS:
            self._go(self.days.step(at, _STEPS[key]))
        elif key == Qt.Key.Key_Home:
            self._go(self.days.step(-1, 1))
        elif key == Qt.Key.Key_End:
            self._go(self.days.step(len(self.days.rows), -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid():
            self._go(self.days.step(-1, 1))

    def _go(self, row: int) -> None:
        if 0 <= row < len(self.days.rows):
            self.setCurrentIndex(self.days.index(row))

    def _open(self, index: QModelIndex) -> None:
        row = self.days.rows[index.row()] if index.isValid() else None
        if isinstance(row, Card):
            self.chosen.emit(row.id)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.tokens().alt)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()


class _Cards(QStyledItemDelegate):
    _times = 0.0

    def measure(self, rows: list[Row]) -> None:
        metrics = QFontMetricsF(theme.figures("strong"))
        cards = [row for row in rows if isinstance(row, Card)]
        self._times = max((metrics.horizontalAdvance(_time(row)) for row in cards), default=0.0)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        row, high = index.data(ROW), QFontMetricsF(theme.font("body")).height()
        if isinstance(row, Head):
            return QSize(120, round(high + 24))
        if isinstance(row, Card):
            return QSize(120, round(high + _small().height() + 2 * _PAD + 10))
        if isinstance(row, Now):
            return QSize(120, round(high + 4))
        many = len(self._note(row, self._width())) if isinstance(row, Note) else 1
        return QSize(120, round(many * _small().height() + 8))

    def _width(self) -> float:
        view = self.parent()
        return view.viewport().width() if isinstance(view, QListView) else 300.0

    @staticmethod
    def _note(row: Note, width: float) -> list[str]:
        sign = 20 * theme.scale() if row.clash else 0
        return lines(row.text, _small(), width - 2 * tokens.PANEL_EDGE - sign - 4, _NOTE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, where, state = index.data(ROW), option.rect, option.state
        inside = QRectF(where).adjusted(tokens.PANEL_EDGE, 0, -tokens.PANEL_EDGE, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Head):
            self._head(painter, inside, row)
        elif isinstance(row, Now):
            _now(painter, inside, row)
        elif isinstance(row, Note):
            self._write_note(painter, inside, row)
        else:
            card = inside.adjusted(0, 3, 0, -3)
            self._card(painter, card, row)
            if state & QStyle.StateFlag.State_Selected:
                shown = state & QStyle.StateFlag.State_HasFocus
                ring = QRect(card.toRect()).adjusted(-1, -1, 1, 1)
                box(painter, ring, None, theme.tokens().accent, line=2 if shown else 1)
        painter.restore()

    def _head(self, painter: QPainter, where: QRectF, row: Head) -> None:
        where = where.adjusted(0, 6, 0, 0)
        small = theme.font("small")
        day = elide(row.day, QFontMetricsF(small), where.width() * 0.65)
        wide = QFontMetricsF(small).horizontalAdvance(day)
        spot = QRectF(where.right() - wide - 1, where.y(), wide + 3, where.height())
        _write(painter, spot, day, small, "text3")
        _write(painter, where, row.text, theme.font("title"), "text")

    def _write_note(self, painter: QPainter, where: QRectF, row: Note) -> None:
        colours, side, x = theme.tokens(), 14 * theme.scale(), where.x() + 2
        high = _small().height()
        if row.clash:
            spot = QRectF(x, where.y() + 1 + (high - side) / 2, side, side)
            icons.paint(painter, spot, "warning", colours.block)
            x += side + tokens.ICON_GAP
        for number, text in enumerate(self._note(row, self._width())):
            spot = QRectF(x, where.y() + 1 + number * high, where.right() - x, high)
            _write(painter, spot, text, theme.font("small"), "block" if row.clash else "text3")

    def _card(self, painter: QPainter, where: QRectF, row: Card) -> None:
        colours = theme.tokens()
        kind = "linked" if getattr(row.held.occasion, "linked", False) else row.held.occasion.kind
        ground = colours.kind(kind)
        shape = QPainterPath()
        shape.addRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
        plain = row.cancelled or row.past
        painter.fillPath(shape, colours.base if row.cancelled else ground.tint)
        if row.past and not row.cancelled:
            painter.fillPath(shape, colours.past)
        painter.save()
        painter.setClipPath(shape)
        band = QRectF(where.x(), where.y(), BAND, where.height())
        paint_band(painter, band, kind, ground.colour)
        painter.restore()
        edge = colours.block_line if row.clashing else colours.line2
        style = Qt.PenStyle.DashLine if row.cancelled else Qt.PenStyle.SolidLine
        painter.setPen(QPen(edge, 1.5 if row.clashing else 1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        self._words(painter, where.adjusted(BAND + 8, _PAD, -8, -_PAD), row, quiet=plain)

    def _words(self, painter: QPainter, where: QRectF, row: Card, *, quiet: bool) -> None:
        colours, side = theme.tokens(), 16 * theme.scale()
        ink = "text3" if quiet else "text"
        _write(painter, where, _time(row), theme.figures("strong"), ink)
        x = where.x() + self._times + 8
        spot = QRectF(x, where.center().y() - side / 2, side, side)
        kind = "linked" if getattr(row.held.occasion, "linked", False) else row.held.occasion.kind
        icons.paint(painter, spot, kind, colours.kind(kind).colour)
        x += side + 8
        half = where.height() / 2
        top = QRectF(x, where.y(), where.right() - x, half)
        under = QRectF(x, where.y() + half, where.right() - x, half)
        most = _BESIDE * (where.right() - where.x())
        title = theme.font("strong")
        title.setStrikeOut(row.cancelled)
        left = top.width() - QFontMetricsF(title).horizontalAdvance(row.title) - 10
        group = _end_of(row.beside, max(_LEAST * top.width(), min(left, most)))
        end = _aside(painter, top, group, most)
        fitting = elide(row.title, QFontMetricsF(title), end - x - 8)
        _write(painter, top, fitting, title, ink)
        end = _aside(painter, under, row.state, most)
        fitting = elide(row.under, _small(), end - x - 8)
        _write(painter, under, fitting, theme.font("small"), "text3" if quiet else "text2")


def _time(row: Card) -> str:
    return i18n.clock(row.held.occasion.start)


def _small() -> QFontMetricsF:
    return QFontMetricsF(theme.font("small"))


def _end_of(name: str, most: float) -> str:
    """A name by its last words, which tell groups apart: ``… H26 A``."""
    metrics, words = QFontMetricsF(theme.figures("small")), name.split(" ")
    for first in range(len(words)):
        shown = " ".join(words[first:]) if not first else f"… {' '.join(words[first:])}"
        if metrics.horizontalAdvance(shown) <= most:
            return shown
    return elide(name, metrics, most)


def _aside(painter: QPainter, where: QRectF, text: str, most: float) -> float:
    """At the right; where it begins."""
    font = theme.figures("small")
    metrics = QFontMetricsF(font)
    shown = elide(text, metrics, most)
    wide = metrics.horizontalAdvance(shown)
    spot = QRectF(where.right() - wide, where.y(), wide, where.height())
    _write(painter, spot, shown, font, "text2")
    return where.right() - wide


def _now(painter: QPainter, where: QRectF, row: Now) -> None:
    """A stroke across with a dot at its left end and the time at its right."""
    colours, font = theme.tokens(), theme.figures("caption", QFont.Weight.DemiBold)
    wide = QFontMetricsF(font).horizontalAdvance(row.text)
    y = round(where.center().y())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ink)
    painter.drawEllipse(QPointF(where.x() + 1, y), 4, 4)
    painter.drawRect(QRectF(where.x(), y - 1, where.width() - wide - 8, 2))
    spot = QRectF(where.right() - wide, where.y(), wide, where.height())
    _write(painter, spot, row.text, font, "ink")


def _write(painter: QPainter, where: QRectF, text: str, font: QFont, role: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.tokens().colour(role))
    painter.drawText(where.adjusted(0, 0, 4, 0), _CENTRE, text)
