"""Above the week: which week it is, and what the columns are."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from painprogram import i18n
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.sessions.shown import LaneKind, Shown
from painprogram.gui.tokens import GAP, SCREEN_EDGE, TOOLBAR
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _


class Toolbar(Ground):
    lanes_chosen = Signal(object)  # LaneKind

    def __init__(self, chosen: LaneKind, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="bottom")
        self._week = Label("", "title")
        self._week.setObjectName("week_title")
        self._span = Elided("", "small", "text2")
        self.lanes = Segmented(
            _("Columns of each day"),
            [
                Segment(LaneKind.ROOM, _("Room"), tooltip=_("A column for each room")),
                Segment(LaneKind.LEADER, _("Leader"), tooltip=_("A column for each colleague")),
                Segment(LaneKind.GROUP, _("Group"), tooltip=_("A column for each group")),
            ],
        )
        self.lanes.setObjectName("lanes")
        self.lanes.choose(chosen)
        self.lanes.chosen.connect(self.lanes_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 0, SCREEN_EDGE - 4, 0)
        row.setSpacing(12)
        row.addWidget(self._week)
        row.addWidget(self._span)
        row.addWidget(self.lanes)
        row.addStretch(1)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def show_days(self, first: date, last: date) -> None:
        self._week.setText(_("Week {number}").format(number=first.isocalendar().week))
        self._span.set_text(span(first, last))

    def _fit(self) -> None:
        self.setFixedHeight(round(TOOLBAR * theme.scale()))


class QuietWeek(Ground):
    """A week without sessions says so, and where the nearest ones are."""

    week_asked = Signal(object)  # date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="bottom")
        self._text = Label(_("No sessions this week."), "body", "text2")
        self._before = _way("previous_sessions", "chevron-left")
        self._after = _way("next_sessions", "chevron-right")
        self._days: tuple[date | None, date | None] = (None, None)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 6, SCREEN_EDGE, 6)
        row.setSpacing(GAP)
        row.addWidget(self._text)
        row.addWidget(self._before)
        row.addWidget(self._after)
        row.addStretch(1)
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        self.hide()

    def show_week(self, shown: Shown) -> None:
        self._days = shown.before, shown.after
        for button, day, words in (
            (self._before, shown.before, _("Last before: {week}")),
            (self._after, shown.after, _("Next: {week}")),
        ):
            button.setVisible(day is not None)
            if day is not None:
                button.setText(words.format(week=_week_of(day)))
                button.setAccessibleName(button.text())
        self.setVisible(shown.is_empty and shown.days != ())

    def _go_before(self) -> None:
        self.week_asked.emit(self._days[0])

    def _go_after(self) -> None:
        self.week_asked.emit(self._days[1])


def _way(name: str, sign: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setProperty("small", True)
    button.setIcon(icon(sign))
    return button


def _week_of(day: date) -> str:
    """``v. 46, 9–13 november 2026``"""
    monday = day - timedelta(days=day.weekday())
    return f"{i18n.week(day)}, {span(monday, monday + timedelta(days=4))}"


def span(first: date, last: date) -> str:
    """``9–13 november 2026``, ``30 nov–4 dec 2026``, ``28 dec 2026–1 jan 2027``"""
    if first.month == last.month:
        return f"{first.day}–{i18n.date_long(last)}"
    start = i18n.date_short(first) if first.year != last.year else i18n.day_month(first)
    return f"{start}–{i18n.date_short(last)}"
