"""How the parts of the schedule stand together: bars, views, inspector, clashes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from painprogram.gui.desk import Desk
from painprogram.gui.draft_banner import DraftBanner
from painprogram.gui.sessions.clash_panel import ClashPanel
from painprogram.gui.sessions.filter_bar import FilterBar
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.inspector import Inspector
from painprogram.gui.sessions.shown import LaneKind, Shown, View
from painprogram.gui.sessions.toolbar import FILTER_KEY, QuietWeek, Toolbar
from painprogram.gui.sessions.views import Views
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.weekgrid import WeekGrid
from painprogram.i18n import _

_FILTERS, _VIEW, _ZOOM = "schedule filters", "schedule view", "schedule zoom"


class Whole(QStackedWidget):
    """Everything, or that there is no group yet. What was chosen last is remembered."""

    filters_changed = Signal()
    view_changed = Signal()

    def __init__(self, desk: Desk, kind: LaneKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        known = {view.value: view for view in View}
        view = known.get(desk.settings.text(_VIEW), View.WEEK)
        filters = Filters.from_text(desk.settings.text(_FILTERS))
        self.grid = WeekGrid()
        self.grid.setObjectName("week")
        self.toolbar = Toolbar(kind, view)
        self.filter_bar = FilterBar(filters)
        self.filter_bar.setVisible(filters.are_on)
        self.drafts = DraftBanner(desk)
        self.quiet = QuietWeek()
        self.views = Views(self._week(), desk)
        self.views.set_filters(filters)
        self.inspector = Inspector(desk)
        self.panel = ClashPanel(desk)
        self._none = Empty("calendar", "")
        start = self._none.add_button(_("Start a group"), desk.start_asked.emit, icon="plus")
        start.setObjectName("start_group")
        start.setAccessibleName(_("Start a group"))
        self._lay()
        self._wire()
        self._show_zoom(self._remembered_zoom())
        self.toolbar.show_filter(on=filters.are_on)

    def _week(self) -> QWidget:
        week = QWidget()
        column = QVBoxLayout(week)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.quiet)
        column.addWidget(self.grid, 1)
        week.setFocusProxy(self.grid)
        return week

    def _lay(self) -> None:
        self.middle = QVBoxLayout()
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(0)
        self.middle.addWidget(self.toolbar)
        self.middle.addWidget(self.filter_bar)
        self.middle.addWidget(self.drafts)
        self.middle.addWidget(self.views, 1)
        self.middle.addWidget(self.panel)
        self._all = QWidget()
        self._row = row = QHBoxLayout(self._all)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self.middle, 1)
        row.addWidget(self.inspector)
        self._guests: tuple[QWidget, ...] = ()
        self.addWidget(self._all)
        self.addWidget(self._none)

    def _wire(self) -> None:
        self.toolbar.view_chosen.connect(self.view_chosen)
        self.toolbar.filter_asked.connect(self.toggle_filter)
        self.toolbar.zoom_asked.connect(self.grid.step_zoom)
        self.filter_bar.changed.connect(self._filters_chosen)
        self.grid.zoom_changed.connect(self._show_zoom)
        for number, show in enumerate((self._show_week, self._show_term, self._show_list), 1):
            QShortcut(QKeySequence(f"Ctrl+Alt+{number}"), self, show)
        QShortcut(QKeySequence(FILTER_KEY), self, self.toggle_filter)

    # What there is

    def show_groups(self, *, there: bool) -> None:
        """Without a group there is nothing to plan but one."""
        if not there:
            name = self._desk.centre.name
            self._none.set_text(_("{centre} has no group yet.").format(centre=name))
        self.setCurrentWidget(self._all if there else self._none)

    def show_filtered(self, shown: Shown) -> None:
        self.filter_bar.show_choices(shown, counted=self.views.current is View.WEEK)

    # Guests

    def host(self, panel: QWidget, above: QWidget, below: QWidget, switch: QWidget) -> None:
        """Give a proposal its places: in place of the inspector, over and under the week."""
        self.let_go_of_guests()
        self._guests = (panel, above, below, switch)
        self.inspector.hide()
        self.middle.insertWidget(0, above)
        self.middle.addWidget(below)
        self._row.addWidget(panel)
        self.toolbar.show_guest(switch)
        panel.show()

    def let_go_of_guests(self) -> None:
        """They are the proposal's own: who made them takes them away."""
        for guest in self._guests:
            guest.hide()
            guest.setParent(None)
        self._guests = ()
        self.toolbar.show_guest(None)
        self.inspector.show()

    # Which view

    def view_chosen(self, view: View) -> None:
        self._desk.settings.put(_VIEW, view.value)
        self.toolbar.show_view(view)
        self.view_changed.emit()

    def _show_week(self) -> None:
        self.view_chosen(View.WEEK)

    def _show_term(self) -> None:
        self.view_chosen(View.TERM)

    def _show_list(self) -> None:
        self.view_chosen(View.LIST)

    # What of it

    @property
    def filters(self) -> Filters:
        return self.filter_bar.filters

    def toggle_filter(self) -> None:
        """Open the bar, and go there; close it where it does nothing."""
        opened = self.filter_bar.isHidden()
        self.filter_bar.setVisible(opened or self.filters.are_on)
        self.toolbar.show_filter(on=self.filters.are_on)
        if not self.filter_bar.isHidden():
            self.filter_bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.views.give_focus()

    def use_filters(self, filters: Filters) -> None:
        """Filter by these from now on."""
        self.filter_bar.use(filters)
        self._filters_chosen(filters)

    def _filters_chosen(self, filters: Filters) -> None:
        self._desk.settings.put(_FILTERS, filters.to_text() or None)
        self.views.set_filters(filters)
        self.toolbar.show_filter(on=filters.are_on)
        if filters.are_on:
            self.filter_bar.show()
        self.filters_changed.emit()

    # How large

    def _remembered_zoom(self) -> int:
        text = self._desk.settings.text(_ZOOM)
        self.grid.set_zoom(int(text) if text.isdecimal() else self.grid.zoom)
        return self.grid.zoom

    def _show_zoom(self, zoom: int) -> None:
        self.toolbar.show_zoom(zoom)
        if self._desk.settings.text(_ZOOM, "100") != str(zoom):
            self._desk.settings.put(_ZOOM, str(zoom))
