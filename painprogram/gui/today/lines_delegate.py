"""How a line of what waits is drawn: what, detail, when, and the verb as a link."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from painprogram.domain.today import Line, Matter, Seats, Section, Urgency
from painprogram.gui import icons, theme, tokens
from painprogram.gui.panel_paint import box
from painprogram.gui.today.lines_model import ROW, More
from painprogram.gui.widgets.text_fit import elide

_ICONS = {
    Matter.CLASH: ("warning", "block"),
    Matter.ABSENCE: ("person", "warn"),
    Matter.DECISION: ("flag", "warn"),
    Matter.PAUSE: ("pause", "text2"),
    Matter.DRAFT: ("pen", "text2"),
    Matter.COMMITMENT: ("signature", "warn"),
    Matter.SHEETS: ("printer", "text2"),
    Matter.WAIT: ("clock", "text2"),
    Matter.WAY: ("followup", "text2"),
    Matter.ATTENDANCE: ("check", "text2"),
}
_TONES = {
    Urgency.LATE: ("block_tint", "block"),
    Urgency.SOON: ("warn_tint", "warn"),
    Urgency.LATER: ("sunken", "text2"),
}
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_INDENT = 24
"""Of a line under its heading: the heading's icon and its gap."""
_NARROW = 700
"""Below this, at 10 pt, a line is written on two."""
_CHIP = 7
_SEAT, _BETWEEN, _MOST_SEATS = 9, 2.5, 16
_WHAT = 0.32
"""The part of the width that is for what the line is about."""
_Index = QModelIndex | QPersistentModelIndex


class LinesDelegate(QStyledItemDelegate):
    narrow = False
    _verbs = 0.0
    """As wide as the widest verb."""
    _strips = 0.0
    """As wide as the widest group's seats."""

    def measure(self, sections: Iterable[Section]) -> None:
        """The columns stand alike in all sections."""
        metrics = QFontMetricsF(_link_font())
        lines = [line for one in sections for line in one.lines]
        self._verbs = max((metrics.horizontalAdvance(line.verb) for line in lines), default=0.0)
        self._strips = max((_strip(line.seats) for line in lines if line.seats), default=0.0)

    def set_width(self, width: int) -> bool:
        """Whether lines are as high as before."""
        before, self.narrow = self.narrow, width < _NARROW * theme.scale()
        return before != self.narrow

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        row, high = index.data(ROW), QFontMetricsF(theme.font("body")).height()
        if isinstance(row, Section):
            return QSize(120, round(max(36.0, high + 18)))
        if isinstance(row, Line) and self.narrow:
            return QSize(120, round(2 * high + 16))
        return QSize(120, round(max(float(tokens.LIST_ITEM), high + 13)))

    def link(self, line: Line, where: QRect) -> QRect:
        """The verb of a line in its row."""
        wide = round(QFontMetricsF(_link_font()).horizontalAdvance(line.verb) + _arrow() + 12)
        high = where.height() // 2 if self.narrow else where.height()
        return QRect(where.right() - tokens.SCREEN_EDGE - wide + 5, where.y(), wide + 8, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, colours, where, state = index.data(ROW), theme.tokens(), option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Section):
            self._heading(painter, where, row)
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(where, colours.accent_tint)
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(where, colours.alt)
            if isinstance(row, Line):
                self._line(painter, where, row)
            else:
                self._more(painter, where, row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            box(painter, where.adjusted(1, 1, -1, -1), None, colours.accent, line=2)
        painter.restore()

    def _heading(self, painter: QPainter, where: QRect, row: Section) -> None:
        colours, side = theme.tokens(), tokens.ICON * theme.scale()
        inside = where.adjusted(tokens.SCREEN_EDGE, 4, -tokens.SCREEN_EDGE, 0)
        name, role = _ICONS[row.matter]
        spot = QRectF(inside.x(), inside.center().y() - side / 2 + 0.5, side, side)
        icons.paint(painter, spot, name, colours.colour(role))
        x = inside.x() + side + tokens.ICON_GAP + 2
        many = str(row.many)
        small = theme.figures("small")
        count = QFontMetricsF(small).horizontalAdvance(many)
        font = theme.font("strong")
        metrics = QFontMetricsF(font)
        title = elide(row.title, metrics, inside.right() - x - count - 10)
        _write(painter, QRectF(x, inside.y(), inside.right() - x, inside.height()), title, font)
        x += metrics.horizontalAdvance(title) + 8
        rest = QRectF(x, inside.y(), count + 4, inside.height())
        _write(painter, rest, many, small, colours.text3)

    def _more(self, painter: QPainter, where: QRect, row: More) -> None:
        inside = QRectF(where).adjusted(_left(), 0, -tokens.SCREEN_EDGE, 0)
        font = _link_font()
        text = elide(row.text, QFontMetricsF(font), inside.width())
        _write(painter, inside, text, font, theme.tokens().accent)

    def _line(self, painter: QPainter, where: QRect, row: Line) -> None:
        inside = QRectF(where).adjusted(_left(), 0, -tokens.SCREEN_EDGE, 0)
        if self.narrow:
            half = inside.height() / 2
            top = QRectF(inside.x(), inside.y() + 3, inside.width(), half - 2)
            under = QRectF(inside.x(), inside.y() + half, inside.width(), half - 3)
            end = self._verb(painter, top, row)
            _what(painter, _until(top, end), row)
            end = _when(painter, under, row)
            _detail(painter, _until(under, end), row, 0)
            return
        self._verb(painter, inside, row)
        verbs = self._verbs + _arrow() + 8
        left = _until(inside, inside.right() - verbs - 20)
        end = _when(painter, left, row)
        wide = _WHAT * inside.width()
        _what(painter, QRectF(left.x(), left.y(), wide - 12, left.height()), row)
        rest = QRectF(left.x() + wide, left.y(), end - left.x() - wide, left.height())
        _detail(painter, rest, row, self._strips)

    def _verb(self, painter: QPainter, where: QRectF, row: Line) -> float:
        """The link at the right; where it begins."""
        colour, font, side = theme.tokens().accent, _link_font(), _arrow()
        wide = QFontMetricsF(font).horizontalAdvance(row.verb) + 2
        sign = QRectF(where.right() - side, where.center().y() - side / 2, side, side)
        icons.paint(painter, sign, "chevron-right", colour)
        x = where.right() - side - 6 - wide
        _write(painter, QRectF(x, where.y(), wide, where.height()), row.verb, font, colour)
        return x - 12


def _left() -> int:
    return round(tokens.SCREEN_EDGE + _INDENT * theme.scale())


def _until(where: QRectF, end: float) -> QRectF:
    return QRectF(where.x(), where.y(), max(0.0, end - where.x()), where.height())


def _link_font() -> QFont:
    return theme.font("body", QFont.Weight.Medium)


def _arrow() -> float:
    return 14 * theme.scale()


def _what(painter: QPainter, where: QRectF, row: Line) -> None:
    colours = theme.tokens()
    if row.protected:
        side = 14 * theme.scale()
        spot = QRectF(where.right() - side, where.center().y() - side / 2, side, side)
        icons.paint(painter, spot, "shield", colours.block)
        where = _until(where, spot.x() - 4)
    font = theme.font("strong" if row.strong else "body")
    metrics = QFontMetricsF(font)
    text = _shortened(row.what, metrics, where.width(), names=row.strong and not row.rest)
    _write(painter, where, text, font)
    x = metrics.horizontalAdvance(text) + metrics.horizontalAdvance(" ")
    rest = where.width() - x
    if row.rest and text == row.what and rest > 3 * metrics.averageCharWidth():
        font = theme.font("body")
        words = _shortened(row.rest, QFontMetricsF(font), rest, names=True)
        _write(painter, QRectF(where.x() + x, where.y(), rest, where.height()), words, font)


def _shortened(text: str, metrics: QFontMetricsF, width: float, *, names: bool) -> str:
    """Names of groups differ in their last words, so they are shortened before those."""
    if not names:
        return elide(text, metrics, width)
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _detail(painter: QPainter, where: QRectF, row: Line, strips: float) -> None:
    if row.seats is not None and where.width() > 2 * strips > 0 and _strip(row.seats):
        _seats(painter, where, row.seats)
        where = where.adjusted(strips + 14, 0, 0, 0)
    font = theme.figures("small")
    text = elide(row.detail, QFontMetricsF(font), max(0.0, where.width() - 8))
    _write(painter, where, text, font, theme.tokens().text2)


def _when(painter: QPainter, where: QRectF, row: Line) -> float:
    """The chip at the right; where it begins."""
    if not row.when:
        return where.right()
    ground, ink = (theme.tokens().colour(role) for role in _TONES[row.urgency])
    font = theme.figures("small")
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance(row.when) + 2 * _CHIP
    high = metrics.height() + 6
    chip = QRectF(where.right() - wide, where.center().y() - high / 2 + 0.5, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(chip, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
    _write(painter, chip.adjusted(_CHIP, 0, 0, 0), row.when, font, ink)
    return chip.x() - 12


def _strip(seats: Seats) -> float:
    """As wide as the boxes of a group; 0 where they would be too many to be counted."""
    if seats.maximum > _MOST_SEATS:
        return 0.0
    return seats.maximum * (_SEAT + _BETWEEN) * theme.scale()


def _seats(painter: QPainter, where: QRectF, seats: Seats) -> None:
    """A box for each seat: taken, expected (dashed), free; a stroke where it is enough."""
    colours, side = theme.tokens(), _SEAT * theme.scale()
    pitch = side + _BETWEEN * theme.scale()
    top = where.center().y() - side / 2
    for number in range(seats.maximum):
        spot = QRectF(where.x() + number * pitch, top, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        if number < seats.taken:
            painter.setPen(QPen(colours.accent, 1))
            painter.setBrush(colours.accent)
        elif number < seats.forecast:
            painter.setPen(QPen(colours.accent, 1, Qt.PenStyle.DotLine))
            painter.setBrush(colours.accent_tint)
        else:
            painter.setPen(QPen(colours.line2, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(spot, 2, 2)
    x = where.x() + seats.minimum * pitch - _BETWEEN * theme.scale() / 2
    painter.fillRect(QRectF(x - 1, top - 4, 2, side + 8), colours.ink)


def _write(
    painter: QPainter, where: QRectF, text: str, font: QFont, colour: QColor | None = None
) -> None:
    painter.setFont(font)
    painter.setPen(colour or theme.tokens().text)
    painter.drawText(where.adjusted(0, 0, 4, 0), _CENTRE, text)
