"""Above the week: which week it is, and what the columns are."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from painprogram import i18n
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.sessions.shown import LaneKind, Shown, View
from painprogram.gui.tokens import GAP, SCREEN_EDGE, TOOLBAR
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _

FILTER_KEY = "Ctrl+F"
_BETWEEN = 12
_LEAST_SPAN = 90


class Toolbar(Ground):
    lanes_chosen = Signal(object)  # LaneKind
    view_chosen = Signal(object)  # View
    filter_asked = Signal()
    plan_asked = Signal(object)  # None
    zoom_asked = Signal(int)
    """Larger (1), smaller (-1), or as usual (0)."""

    def __init__(self, chosen: LaneKind, view: View, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="bottom")
        self._week = Label("", "title")
        self._week.setObjectName("week_title")
        self._span = Elided("", "small", "text2")
        self.views = Segmented(
            _("View of the schedule"),
            [
                Segment(View.WEEK, _("Week"), "week", _key_tip(_("One week"), 1)),
                Segment(View.TERM, _("Term"), "term", _key_tip(_("Groups down, weeks across"), 2)),
                Segment(View.LIST, _("List"), "list", _key_tip(_("One line for each"), 3)),
            ],
        )
        self.views.setObjectName("views_switch")
        self.views.choose(view)
        self.views.chosen.connect(self.view_chosen)
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
        self._filter = PlainButton("filter", "filter", ink="text2")
        self._filter.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._filter.setCheckable(True)
        self._filter.setToolTip(
            f"{_('Show only some groups, leaders, rooms or kinds')} ({FILTER_KEY})"
        )
        self._filter.show_word(_("Filter"), seen=True)
        self._filter.clicked.connect(self.filter_asked)
        self._plan = PlainButton("propose_plan", "magic", ink="text2")
        self._plan.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plan.setToolTip(_("Propose a plan for the groups that are shown"))
        self._plan.clicked.connect(self._ask_plan)
        self._zoom = PlainButton("zoom", trailing="chevron-down", font="small", ink="text2")
        self._zoom.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._zoom.setToolTip(_("How tall an hour is (Ctrl and the wheel)"))
        self._zoom.clicked.connect(self._open_zoom)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 0, SCREEN_EDGE - 4, 0)
        row.setSpacing(_BETWEEN)
        row.addWidget(self._week)
        row.addWidget(self._span)
        row.addWidget(self.views)
        row.addWidget(self.lanes)
        row.addWidget(self._filter)
        row.addWidget(self._plan)
        row.addStretch(1)
        row.addWidget(self._zoom)
        self._row = row
        self._guest: QWidget | None = None
        self._fit()
        self.show_view(view)
        theme.notifier.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_guest(self, guest: QWidget | None) -> None:
        """A switch of the proposal that is shown, at the right; None takes its place away."""
        self._guest = guest
        if guest is not None:
            self._row.addWidget(guest)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is crowded the days go first, then words that have a sign, then the zoom.

        A guest has the place of the views: what it is about stands in the week.
        """
        week = self.view is View.WEEK
        self._filter.show_word(_("Filter"), seen=True)
        guest = self._guest if week else None
        if self._guest is not None:
            self._guest.setVisible(week)
        self.views.setVisible(guest is None)
        self._plan.show_word(_("Plan"), seen=True)
        always = [
            guest or self.views,
            self._filter,
            self._plan,
            *([self._week, self.lanes] if week else []),
        ]
        wanted = sum(part.sizeHint().width() + _BETWEEN for part in always) + 2 * SCREEN_EDGE
        zoom = self._zoom.sizeHint().width() + _BETWEEN if week else 0
        room = self.width() - wanted - zoom
        self._span.setVisible(week and room >= _LEAST_SPAN * theme.scale())
        for button, text in ((self._plan, _("Plan")), (self._filter, _("Filter"))):
            if room < 0:
                word = button.sizeHint().width()
                button.show_word(text, seen=False)
                room += word - button.sizeHint().width()
        self._zoom.setVisible(week and room >= 0)

    def show_days(self, first: date, last: date) -> None:
        self._week.setText(_("Week {number}").format(number=first.isocalendar().week))
        self._span.set_text(span(first, last))
        self._make_room()

    @property
    def view(self) -> View:
        return View(str(self.views.current))

    def show_view(self, view: View) -> None:
        """What is of the week alone is shown with it alone."""
        self.views.choose(view)
        self.lanes.setVisible(view is View.WEEK)
        self._week.setVisible(view is View.WEEK)
        self._make_room()

    def show_zoom(self, zoom: int) -> None:
        self._zoom.show_text(_("{number} %").format(number=zoom))
        self._zoom.setAccessibleName(_("Zoom: {number} %").format(number=zoom))

    def show_filter(self, *, on: bool) -> None:
        self._filter.setChecked(on)
        self._filter.show_tone("accent" if on else "text2", "accent_tint" if on else "")

    def _ask_plan(self) -> None:
        self.plan_asked.emit(None)

    def _open_zoom(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("zoom_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, way, key in (
            (_("Larger"), 1, "Ctrl++"),
            (_("Smaller"), -1, "Ctrl+-"),
            (_("As usual"), 0, "Ctrl+0"),
        ):
            action = menu.addAction(f"{text}\t{key}")
            action.setData(way)
        menu.triggered.connect(self._zoom_picked)
        menu.popup(self._zoom.mapToGlobal(self._zoom.rect().bottomLeft()))

    def _zoom_picked(self, action: QAction) -> None:
        self.zoom_asked.emit(action.data())

    def _fit(self) -> None:
        self._make_room()
        self.setFixedHeight(round(TOOLBAR * theme.scale()))


def _key_tip(text: str, number: int) -> str:
    return f"{text} (Ctrl+Alt+{number})"


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
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{i18n.date_long(last)}"
    start = i18n.date_short(first) if first.year != last.year else i18n.day_month(first)
    return f"{start}–{i18n.date_short(last)}"
