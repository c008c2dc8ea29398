"""The load on the patient, week by week: a bar of hours, with the trips under it.

Weeks that ask more than the patient can take are hatched, and named below with what is too much.
"""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from painprogram.domain.load import UNLIMITED, Excess, Limits, WeekLoad, beyond, hours
from painprogram.gui import theme
from painprogram.gui.widgets.ground import Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, day_month, ngettext, number

_MOST = 10
"""Weeks that can be told apart at this width."""
_BEFORE = 2
_SAID = 4
"""Sentences about weeks that are too much; the rest is counted."""
_FAR = 2
"""A limit this many times higher than any week is not drawn: it would flatten the bars."""


def ahead(weeks: tuple[WeekLoad, ...], today: date) -> tuple[WeekLoad, ...]:
    """The week that is, and those that come."""
    return tuple(week for week in weeks if week.monday + timedelta(days=7) > today)


def around(weeks: tuple[WeekLoad, ...], today: date) -> tuple[WeekLoad, ...]:
    """As many as there is room for: two that are past, and what comes."""
    first = max(0, min(len(weeks) - len(ahead(weeks, today)) - _BEFORE, len(weeks) - _MOST))
    return weeks[first : first + _MOST]


def _hours(week: WeekLoad) -> str:
    whole = week.minutes % 60 == 0
    return number(week.hours, 0 if whole else 1)


def told(week: WeekLoad) -> str:
    """``Week 46, from 9 nov: 3 hours, 3 visits, 2 trips``."""
    visits = ngettext("{number} visit", "{number} visits", week.visits).format(number=week.visits)
    trips = ngettext("{number} trip", "{number} trips", week.days).format(number=week.days)
    return _("Week {week}, from {day}: {hours} h, {visits}, {trips}").format(
        week=week.week, day=day_month(week.monday), hours=_hours(week), visits=visits, trips=trips
    )


class LoadBars(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("load")
        self._weeks: tuple[WeekLoad, ...] = ()
        self._over: frozenset[date] = frozenset()
        self._limit: int | None = None
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_weeks(
        self, weeks: tuple[WeekLoad, ...], today: date, limits: Limits | None = None
    ) -> None:
        self._weeks, self._today = around(weeks, today), today
        found = beyond(self._weeks, limits or UNLIMITED)
        self._over = frozenset(one.week.monday for one in found)
        self._limit = limits.minutes if limits else None
        self.setAccessibleName(_("Load per week"))
        lines = [told(week) for week in self._weeks] + [one.words for one in found]
        self.setAccessibleDescription("\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetricsF(theme.font("caption")).height()
        return QSize(200, round(4 * line + 64 * theme.scale()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = [w for w, box in self._boxes() if box.contains(event.pos())]
            QToolTip.showText(event.globalPos(), told(found[0]) if found else "", self)
            return True
        return super().event(event)

    def _boxes(self) -> list[tuple[WeekLoad, QRectF]]:
        share = self.width() / max(6, len(self._weeks))
        return [
            (week, QRectF(at * share, 0, share, self.height()))
            for at, week in enumerate(self._weeks)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.tokens()
        small = theme.figures("caption")
        line = QFontMetricsF(small).height()
        floor = self.height() - 2 * line - 2
        tallest = max((week.minutes for week in self._weeks), default=0) or 1
        drawn = self._limit is not None and self._limit <= _FAR * tallest
        highest = max(tallest, self._limit) if drawn and self._limit else tallest
        room = floor - 2 * line - 2
        painter.fillRect(QRectF(0, floor, self.width(), 1), colours.ctl)
        if drawn and self._limit:
            self._paint_limit(painter, floor - room * self._limit / highest, self._limit)
        for week, box in self._boxes():
            here = week.monday <= self._today < week.monday + timedelta(days=7)
            past = week.monday + timedelta(days=7) <= self._today
            over = week.monday in self._over
            tall = room * week.minutes / highest
            wide = min(18.0 * theme.scale(), box.width() * 0.7)
            bar = QRectF(box.center().x() - wide / 2, floor - tall, wide, tall)
            ink = colours.line2 if past else colours.accent_line
            if over:
                painter.fillRect(bar, colours.warn_tint)
                painter.fillRect(bar, QBrush(colours.warn_line, Qt.BrushStyle.BDiagPattern))
                painter.setPen(colours.warn_line)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
            else:
                painter.fillRect(bar, colours.accent if here else ink)
            weight = QFont.Weight.DemiBold if here else QFont.Weight.Normal
            painter.setFont(theme.figures("caption", weight))
            quiet = colours.warn if over else colours.text3
            painter.setPen(colours.text if here else quiet)
            above = QRectF(box.x() - 4, bar.top() - line - 1, box.width() + 8, line)
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(above, middle, _hours(week))
            painter.drawText(
                QRectF(box.x() - 4, floor + 2, box.width() + 8, line), middle, str(week.week)
            )
            painter.setFont(small)
            painter.drawText(
                QRectF(box.x() - 4, floor + 2 + line, box.width() + 8, line),
                middle,
                f"{week.days}×",
            )
        painter.end()

    def _paint_limit(self, painter: QPainter, y: float, minutes: int) -> None:
        """A dashed line over the bars, with what it stands for."""
        colours = theme.tokens()
        painter.setPen(QPen(colours.warn_line, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.setFont(theme.figures("caption"))
        painter.setPen(colours.warn)
        line = QFontMetricsF(painter.font()).height()
        words = _("limit {hours} h").format(hours=hours(minutes))
        where = QRectF(0, 0, self.width(), line)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class ExcessList(QWidget):
    """The weeks that ask too much, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("excess")
        self.texts: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_excess(self, found: tuple[Excess, ...]) -> None:
        texts = tuple(one.words for one in found)
        if len(texts) > _SAID:
            more = len(texts) - _SAID + 1
            rest = ngettext("and {number} more", "and {number} more", more)
            texts = (*texts[: _SAID - 1], rest.format(number=more))
        if texts == self.texts:
            return
        self.texts = texts
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for text in texts:
            self._column.addWidget(_warned(text))
        self.setVisible(bool(texts))


def _warned(text: str) -> QWidget:
    found = QWidget()
    row = QHBoxLayout(found)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Sign("warning", "warn"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "small", wrap=True), 1)
    return found
