"""Every date of a group that would be made, painted week by week."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from painprogram.gui import icons, theme
from painprogram.gui.programmes.preview_lines import Line, LineKind, Remark
from painprogram.gui.widgets import text_fit
from painprogram.gui.widgets.bands import BAND, paint_band
from painprogram.i18n import _

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_EDGE, _PAD, _INSET = 6, 5, 14
_WHEN = 92  # the column of days and clocks
_SIGNS = {"block": "warning", "warn": "info", "ok": "check"}


class PreviewList(QListWidget):
    """Keeps its place when the lines change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setAccessibleName(_("Every date of the group"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(PreviewDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._lines: list[Line] = []
        theme.notifier.changed.connect(self._relay)

    @property
    def lines(self) -> list[Line]:
        return self._lines

    def show_lines(self, lines: list[Line]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        row, scrolled = self.currentRow(), self.verticalScrollBar().value()
        self.clear()
        for line in lines:
            item = QListWidgetItem(str(line), self)
            item.setData(_LINE, line)
            item.setToolTip(str(line))
            if line.kind is LineKind.WEEK:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setCurrentRow(min(row, self.count() - 1))
        self.verticalScrollBar().setValue(scrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relay()

    def _relay(self) -> None:
        """Heights hang on the width and the font."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class PreviewDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(_LINE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        small = QFontMetricsF(theme.font("small"))
        if line.kind is LineKind.WEEK:
            return QSize(60, round(QFontMetricsF(theme.font("strong")).height()) + 14)
        height = QFontMetricsF(theme.font("strong")).height() + 2 * _PAD + _EDGE
        if line.detail or line.instead_of:
            height += small.height()
        below = sum(
            len(_wrapped(remark, small, _free(width))) * small.height() + 2
            for remark in line.remarks
        )
        if line.instead_of:  # at the left, beside the remarks
            below = max(below, small.height() + 2)
        height += below
        return QSize(60, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(_LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if line.kind is LineKind.WEEK:
            _paint_week(painter, line, rect)
        else:
            card = rect.adjusted(_INSET - 4, _EDGE / 2, -_INSET + 4, -_EDGE / 2)
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            _paint_ground(painter, line, card, focused=focused)
            _paint_words(painter, line, card.adjusted(BAND + 8, _PAD, -8, -_PAD), rect.width())
        painter.restore()


def _free(width: float) -> float:
    """For the words of a remark, right of its sign."""
    return width - 2 * _INSET - BAND - _WHEN * theme.scale() - 30


def _wrapped(remark: Remark, metrics: QFontMetricsF, width: float) -> list[str]:
    return text_fit.lines(remark.text, metrics, width, 3)


def _paint_week(painter: QPainter, line: Line, rect: QRectF) -> None:
    colours = theme.tokens()
    strong, small = theme.font("strong"), theme.font("small")
    metrics = QFontMetricsF(strong)
    baseline = rect.bottom() - 4 - metrics.descent()
    painter.setFont(strong)
    painter.setPen(colours.text)
    painter.drawText(QPointF(rect.x() + _INSET, baseline), line.title)
    painter.setFont(small)
    painter.setPen(colours.text2)
    x = rect.x() + _INSET + metrics.horizontalAdvance(line.title) + 10
    painter.drawText(QPointF(x, baseline), line.when)


def _paint_ground(painter: QPainter, line: Line, card: QRectF, *, focused: bool) -> None:
    colours = theme.tokens()
    kind = colours.kind(line.module)
    skipped = line.kind is LineKind.SKIPPED
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.closed if skipped else kind.tint)
    painter.drawRoundedRect(card, 4, 4)
    if not skipped:
        shape = QPainterPath()
        shape.addRoundedRect(card, 4, 4)
        painter.save()
        painter.setClipPath(shape)
        band = QRectF(card.x(), card.y(), BAND, card.height())
        paint_band(painter, band, line.module, kind.colour)
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if line.clashing:
        painter.setPen(QPen(colours.block_line, 2))
    elif skipped or line.kind is LineKind.LINKED:
        painter.setPen(QPen(colours.ctl, 1, Qt.PenStyle.DashLine))
    else:
        painter.setPen(QPen(colours.line2, 1))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if focused:
        painter.setPen(QPen(colours.accent, 2))
        painter.drawRoundedRect(card.adjusted(2, 2, -2, -2), 3, 3)


def _paint_words(painter: QPainter, line: Line, rect: QRectF, width: float) -> None:
    colours = theme.tokens()
    strong, small = theme.font("strong"), theme.figures("small")
    metrics, small_metrics = QFontMetricsF(strong), QFontMetricsF(small)
    left = rect.x() + _WHEN * theme.scale()
    skipped = line.kind is LineKind.SKIPPED
    baseline = rect.y() + metrics.ascent()
    painter.setPen(colours.text3 if skipped else colours.text)
    painter.setFont(_struck(strong) if skipped else strong)
    when = text_fit.elide(line.when, metrics, left - rect.x() - 6)
    painter.drawText(QPointF(rect.x(), baseline), when)
    wide = small_metrics.horizontalAdvance(line.number)
    title = text_fit.elide(line.title, metrics, rect.right() - left - wide - 8)
    painter.drawText(QPointF(left, baseline), title)
    painter.setFont(small)
    painter.setPen(colours.text2)
    painter.drawText(QPointF(rect.right() - wide, baseline), line.number)
    y = rect.y() + metrics.height()
    if line.detail or line.instead_of:
        clock = text_fit.elide(line.clock, small_metrics, left - rect.x() - 4)
        painter.drawText(QPointF(rect.x(), y + small_metrics.ascent()), clock)
        detail = text_fit.elide(line.detail, small_metrics, rect.right() - left)
        painter.drawText(QPointF(left, y + small_metrics.ascent()), detail)
        y += small_metrics.height()
    if line.instead_of:
        painter.setFont(_struck(small))
        painter.setPen(colours.text3)
        old = text_fit.elide(line.instead_of, small_metrics, left - rect.x() - 4)
        painter.drawText(QPointF(rect.x(), y + 2 + small_metrics.ascent()), old)
    _paint_remarks(painter, line, QPointF(left, y), width)


def _paint_remarks(painter: QPainter, line: Line, at: QPointF, width: float) -> None:
    colours = theme.tokens()
    small = theme.font("small")
    metrics = QFontMetricsF(small)
    painter.setFont(small)
    y, side = at.y(), 12 * theme.scale()
    for remark in line.remarks:
        ink = colours.colour(remark.tone)
        y += 2
        sign = QRectF(at.x(), y + (metrics.height() - side) / 2, side, side)
        icons.paint(painter, sign, _SIGNS.get(remark.tone, "info"), ink)
        painter.setPen(ink)
        for text in _wrapped(remark, metrics, _free(width)):
            painter.drawText(QPointF(at.x() + side + 5, y + metrics.ascent()), text)
            y += metrics.height()


def _struck(font: QFont) -> QFont:
    struck = QFont(font)
    struck.setStrikeOut(True)
    return struck
