"""How a patient stands in the list: the name, what to think of, the group."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from painprogram.domain.patients import Found
from painprogram.gui import icons, theme, tokens
from painprogram.gui.panel_paint import box
from painprogram.gui.patients.found_model import ROW, Heading, Index, aside, needs_language
from painprogram.gui.patients.parts import end_of
from painprogram.gui.widgets.text_fit import elide

_CENTRE = Qt.AlignmentFlag.AlignVCenter


class FoundDelegate(QStyledItemDelegate):
    """*opened* is the patient that is shown; *numbers* puts the number in place of the group."""

    opened: UUID | None = None
    numbers = False
    today = date.min

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        heading = isinstance(index.data(ROW), Heading)
        high = QFontMetricsF(theme.font("body")).height()
        return QSize(120, round(max(32.0, high + 14)) if not heading else round(high + 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, colours, where = index.data(ROW), theme.tokens(), option.rect
        state = option.state
        painter.save()
        if isinstance(row, Heading):
            painter.setFont(theme.font("small", theme.font("strong").weight()))
            painter.setPen(colours.text3)
            inside = where.adjusted(tokens.PANEL_EDGE, 6, -tokens.PANEL_EDGE, 0)
            painter.drawText(inside, _CENTRE, row.text)
        elif isinstance(row, Found):
            shown = row.id == self.opened
            if shown:
                painter.fillRect(where, colours.accent_tint)
                painter.fillRect(where.x(), where.y(), 3, where.height(), colours.accent)
            elif state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                painter.fillRect(where, colours.sunken)
            self._patient(painter, where, row, strong=shown)
        else:
            painter.setFont(theme.font("body"))
            painter.setPen(colours.accent)
            inside = where.adjusted(tokens.PANEL_EDGE, 0, -tokens.PANEL_EDGE, 0)
            painter.drawText(inside, _CENTRE, str(index.data()))
        if state & QStyle.StateFlag.State_Selected and not isinstance(row, Heading):
            box(painter, where.adjusted(1, 1, -1, -1), None, colours.accent, line=1)
        painter.restore()

    def _patient(self, painter: QPainter, where: QRect, row: Found, *, strong: bool) -> None:
        colours = theme.tokens()
        inside = where.adjusted(tokens.PANEL_EDGE, 0, -tokens.PANEL_EDGE, 0)
        right = float(inside.right() + 1)
        beside = row.masked if self.numbers else aside(row, self.today)
        if beside:
            font = theme.figures("small")
            metrics = QFontMetricsF(font)
            text = end_of(beside, metrics, inside.width() * (0.55 if self.numbers else 0.4))
            wide = metrics.horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(colours.text3)
            spot = QRectF(right - wide - 1, inside.y(), wide + 2, inside.height())
            painter.drawText(spot, _CENTRE, text)
            right -= wide + tokens.GAP
        side = 14 * theme.scale()
        for name, colour, wanted in (
            ("language", colours.text2, needs_language(row)),
            ("wheelchair", colours.text2, row.access),
            ("shield", colours.block, row.protected),
        ):
            if wanted:
                spot = QRectF(right - side, where.center().y() - side / 2 + 0.5, side, side)
                icons.paint(painter, spot, name, colour)
                right -= side + 4
        font = theme.font("strong" if strong else "body")
        painter.setFont(font)
        painter.setPen(colours.text)
        left = float(inside.x())
        text = elide(row.name, QFontMetricsF(font), right - left - 4)
        painter.drawText(QRectF(left, inside.y(), right - left, inside.height()), _CENTRE, text)
