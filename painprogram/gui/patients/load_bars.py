"""The load on the patient, week by week: a bar of hours, with the trips under it."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from painprogram.domain.load import WeekLoad
from painprogram.gui import theme
from painprogram.i18n import _, day_month, ngettext, number

_MOST = 10
"""Weeks that can be told apart at this width."""
_BEFORE = 2


def around(weeks: tuple[WeekLoad, ...], today: date) -> tuple[WeekLoad, ...]:
    """As many as there is room for: two that are past, and what comes."""
    ahead = sum(week.monday + timedelta(days=7) > today for week in weeks)
    first = max(0, min(len(weeks) - ahead - _BEFORE, len(weeks) - _MOST))
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
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_weeks(self, weeks: tuple[WeekLoad, ...], today: date) -> None:
        self._weeks, self._today = around(weeks, today), today
        self.setAccessibleName(_("Load per week"))
        self.setAccessibleDescription("\n".join(told(week) for week in self._weeks))
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetricsF(theme.font("caption")).height()
        return QSize(200, round(3 * line + 64 * theme.scale()))

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
        highest = max((week.minutes for week in self._weeks), default=0) or 1
        painter.fillRect(QRectF(0, floor, self.width(), 1), colours.ctl)
        for week, box in self._boxes():
            here = week.monday <= self._today < week.monday + timedelta(days=7)
            past = week.monday + timedelta(days=7) <= self._today
            tall = (floor - line - 2) * week.minutes / highest
            wide = min(18.0 * theme.scale(), box.width() * 0.7)
            bar = QRectF(box.center().x() - wide / 2, floor - tall, wide, tall)
            ink = colours.line2 if past else colours.accent_line
            painter.fillRect(bar, colours.accent if here else ink)
            weight = QFont.Weight.DemiBold if here else QFont.Weight.Normal
            painter.setFont(theme.figures("caption", weight))
            painter.setPen(colours.text if here else colours.text3)
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
