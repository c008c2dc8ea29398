"""How a row of an own schedule is painted: the difference from the base schedule catches the eye.

Past rows are quiet; what is struck out is the base schedule's; a swap has its new time under it.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
)

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.schedule import STAYS_AWAY, Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.gui import icons, theme, tokens
from painprogram.gui.patients.lines_model import (
    LINE,
    NOTED,
    Column,
    Index,
    LinesModel,
    day_of,
    is_added,
    titled,
    when,
)
from painprogram.gui.patients.parts import end_of
from painprogram.gui.roster_rows import TICKS
from painprogram.gui.tokens import Tokens
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import clock

_CENTRE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
PAD = 6


def row_height(line: Line) -> int:
    high = QFontMetricsF(theme.font("body")).height()
    return round(2 * high + 9) if line.kind is LineKind.SWAP else round(max(30.0, high + 13))


def widths() -> dict[Column, int]:
    """What the columns of a fixed width take; the others share the rest."""
    body, strong = QFontMetricsF(theme.figures("body")), QFontMetricsF(theme.figures("strong"))
    small = QFontMetricsF(theme.font("small", QFont.Weight.DemiBold))
    return {
        Column.WEEK: round(strong.horizontalAdvance("52") + 24),
        Column.TAKES_PART: round(max(28.0, small.horizontalAdvance("Goes") + 14)),
        Column.MARK: round(18 * theme.scale() + 10),
        Column.WHEN: round(_until(body) + body.horizontalAdvance(" H26 A")),
    }


def _until(metrics: QFontMetricsF) -> float:
    """How far a day and its clock reach: the clocks stand under each other."""
    return metrics.horizontalAdvance("Mån 28 mmm") + metrics.horizontalAdvance(" 00.00") + 2


class LinesDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(40, row_height(index.data(LINE)))

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Ticking asks for a reason first; the view does it."""
        del event, model, option, index
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, line, column = index.model(), index.data(LINE), Column(index.column())
        if not isinstance(model, LinesModel):
            return
        colours, where = theme.tokens(), QRect(option.rect)
        state = option.state
        past, off = model.is_past(index.row()), not line.attends
        painter.save()
        self._ground(painter, where, line, past=past, chosen=bool(state & _SELECTED))
        first = model.starts_week(index.row())
        painter.fillRect(
            where.x(), where.y(), where.width(), 1, colours.line2 if first else colours.line
        )
        inside = where.adjusted(PAD, 1, -PAD, 0)
        ink = colours.text3 if past or off else colours.text
        match column:
            case Column.WEEK:
                painter.setFont(theme.figures("strong"))
                painter.setPen(colours.text2)
                painter.drawText(inside.adjusted(PAD, 0, 0, 0), _CENTRE, str(index.data()))
            case Column.TAKES_PART:
                self._tick(painter, inside, line, past=past)
            case Column.MARK:
                self._mark(painter, inside, line, colours)
            case Column.WHEN:
                self._when(painter, inside, line, ink)
            case Column.MODULE:
                self._module(painter, inside, line, ink, past=past)
            case Column.ROOM:
                _text(painter, inside, str(index.data()), theme.font(), ink)
            case Column.WHO:
                quiet = colours.text3 if past else colours.text2
                rest = self._noted(painter, inside, index.data(NOTED), colours)
                _text(painter, rest, str(index.data()), theme.font("small"), quiet)
        if state & _SELECTED and state & QStyle.StateFlag.State_Active:
            painter.fillRect(where.x(), where.y(), where.width(), 1, colours.accent)
            painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.accent)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, where: QRect, line: Line, *, past: bool, chosen: bool) -> None:
        colours = theme.tokens()
        ground: QColor | None = None
        if chosen:
            ground = colours.accent_tint
        elif is_added(line) and not past:
            ground = colours.ok_tint
        elif line.kind in STAYS_AWAY:
            ground = colours.alt
        elif past:
            ground = colours.past
        if ground is not None:
            painter.fillRect(where, ground)

    @staticmethod
    def _tick(painter: QPainter, inside: QRect, line: Line, *, past: bool) -> None:
        option, style = QStyleOptionButton(), QApplication.style()
        side = round(15 * theme.scale())
        option.rect = QRect(inside.x(), inside.center().y() - side // 2, side, side)
        goes = line.kind not in STAYS_AWAY
        option.state = QStyle.StateFlag.State_On if goes else QStyle.StateFlag.State_Off
        if not past:
            option.state |= QStyle.StateFlag.State_Enabled
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter)

    @staticmethod
    def _noted(
        painter: QPainter, inside: QRect, state: AttendanceState | None, colours: Tokens
    ) -> QRect:
        """The sign of how it went, and what is left beside it."""
        if state is None:
            return inside
        side = 14 * theme.scale()
        spot = QRectF(inside.x(), inside.center().y() - side / 2 + 0.5, side, side)
        name, tone = TICKS[state]
        colour = {"ok": colours.ok, "warn": colours.warn, "block": colours.block}
        icons.paint(painter, spot, name, colour.get(tone, colours.text2))
        return inside.adjusted(round(side) + 6, 0, 0, 0)

    @staticmethod
    def _mark(painter: QPainter, inside: QRect, line: Line, colours: Tokens) -> None:
        name, colour = "", colours.text2
        if line.kind is LineKind.SWAP:
            name, colour = "swap", colours.accent
        elif is_added(line):
            name, colour = "plus", colours.ok
        elif line.kind is LineKind.OPT_OUT:
            name = "minus"
        elif line.kind is LineKind.PAUSED:
            name = "pause"
        if name:
            side = 15 * theme.scale()
            spot = QRectF(inside.x() - 2, inside.center().y() - side / 2 + 0.5, side, side)
            icons.paint(painter, spot, name, colour)

    def _when(self, painter: QPainter, inside: QRect, line: Line, ink: QColor) -> None:
        colours = theme.tokens()
        if line.instead_of is None:
            _moment(painter, inside, line.session, ink, struck=not line.attends)
            return
        half = inside.height() // 2
        upper = inside.adjusted(0, 3, 0, -half)
        _moment(painter, upper, line.instead_of, colours.text3, struck=True)
        lower = inside.adjusted(0, half, 0, -3)
        font = theme.figures("small", QFont.Weight.DemiBold)
        first = f"→ {when(line.session)}, "
        rest = lower.width() - QFontMetricsF(font).horizontalAdvance(first)
        group = end_of(line.session.group_name, QFontMetricsF(font), rest)
        _text(painter, lower, f"{first}{group}", font, colours.accent)

    @staticmethod
    def _module(painter: QPainter, inside: QRect, line: Line, ink: QColor, *, past: bool) -> None:
        colours, side = theme.tokens(), 16 * theme.scale()
        colour = QColor(colours.kind(line.session.kind).colour)
        if past or not line.attends:
            colour.setAlphaF(0.75)
        spot = QRectF(inside.x(), inside.center().y() - side / 2 + 0.5, side, side)
        icons.paint(painter, spot, line.session.kind, colour)
        font = theme.font("body", QFont.Weight.Normal if past else QFont.Weight.Medium)
        font.setStrikeOut(not line.attends)
        rest = inside.adjusted(round(side) + tokens.GAP, 0, 0, 0)
        _text(painter, rest, titled(line.instead_of or line.session), font, ink)


_SELECTED = QStyle.StateFlag.State_Selected


def _text(painter: QPainter, inside: QRect, text: str, font: QFont, ink: QColor) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(inside, _CENTRE, elide(text, QFontMetricsF(font), inside.width()))


def _moment(
    painter: QPainter, inside: QRect, session: Session | Visit, ink: QColor, *, struck: bool
) -> None:
    """The day, and the clock in a column of its own."""
    font = theme.figures("body")
    font.setStrikeOut(struck)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(inside, _CENTRE, day_of(session))
    at = QRect(inside.x(), inside.y(), round(_until(metrics)), inside.height())
    painter.drawText(at, _RIGHT, clock(session.start))
