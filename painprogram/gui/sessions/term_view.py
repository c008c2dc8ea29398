"""The term: groups down, weeks across, as the third way to see the schedule."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from painprogram.domain.terms import WEEK, Period, Reach, around, monday_of
from painprogram.gui.desk import Desk
from painprogram.gui.sessions import term_rows
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.menu import CardMenu, together
from painprogram.gui.sessions.shown import Held
from painprogram.gui.sessions.term_bar import TermBar
from painprogram.gui.sessions.term_reading import TermReader
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.termgrid import Cell, TermGrid
from painprogram.i18n import _
from painprogram.usecases.terms import Term

_REACH = "schedule reach"
_WIDTHS = {Reach.TERM: 38, Reach.HALF_YEAR: 32, Reach.YEAR: 18}
"""The least width of a week at 10 pt; a year is seen whole on a usual screen."""
_AHEAD_IN_VIEW = (4, 2, 0)
"""Weeks after the one that is sought that are in view as well, where there are so many."""
_NEARER = (Reach.YEAR, Reach.HALF_YEAR, Reach.TERM)


def within(period: Period) -> str:
    """Its title inside a sentence."""
    return period.title[:1].lower() + period.title[1:]


class TermView(QWidget):
    """Whoever holds it carries out what it asks for; see ``verb_asked``."""

    session_chosen = Signal(object)
    """``Session`` or ``Visit``, or None when nothing is chosen any more."""
    week_asked = Signal(object)
    """A date: show its week."""
    selection_changed = Signal()
    weeks_asked = Signal(int)
    """Move what is selected by so many weeks."""
    verb_asked = Signal(str)
    """As the inspector's, to be done with ``held``; besides them ``cut``, ``copy`` and ``paste``
    (in the week of ``day``); with the whole of ``group_id``: ``group_week_earlier`` and
    ``group_week_later``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("term_view")
        self._desk = desk
        known = {reach.value: reach for reach in Reach}
        reach = known.get(desk.settings.text(_REACH), Reach.TERM)
        self._period = around(desk.today(), reach)
        self._day = desk.today()
        self._term: Term | None = None
        self._filters = Filters()
        self._read = False
        self._seeks = True
        """Whether the week of *day* is to be scrolled into view when the term has been read."""
        self._build(reach)
        self._wire()

    def _build(self, reach: Reach) -> None:
        self.bar = TermBar(reach)
        self.grid = TermGrid()
        self.grid.setObjectName("term")
        self.grid.set_least_width(_WIDTHS[reach])
        self._empty = Empty("term", "")
        start = self._empty.add_button(_("Start a group"), self._desk.start_asked.emit, icon="plus")
        start.setObjectName("start_in_term")
        start.setAccessibleName(_("Start a group"))
        self._start = start
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.grid)
        self.bar.show_period(self._period)

    def _wire(self) -> None:
        grid, bar = self.grid, self.bar
        grid.mark_chosen.connect(self._mark_chosen)
        grid.current_changed.connect(self._cell_changed)
        grid.week_activated.connect(self._open_week)
        grid.row_activated.connect(self._desk.group_asked)
        grid.shift_asked.connect(self._shift)
        grid.kept_changed.connect(self.selection_changed)
        grid.row_shift_asked.connect(self._shift_group)
        grid.zoom_asked.connect(self._zoom)
        grid.context_menu_asked.connect(self._menu)
        bar.step_asked.connect(self.step)
        bar.reach_chosen.connect(self.show_reach)
        self._desk.centre_changed.connect(self._centre_changed)
        self._reader = TermReader(self._desk, self)
        self._reader.arrived.connect(self._show)
        for keys, verb in (
            (Qt.Key.Key_F2, self._ask_time),
            (Qt.Key.Key_Delete, self._ask_cancel),
            (QKeySequence.StandardKey.Cut, self._ask_cut),
            (QKeySequence.StandardKey.Copy, self._ask_copy),
            (QKeySequence.StandardKey.Paste, self._ask_paste),
        ):
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), grid, verb, context=within)

    # What is shown

    @property
    def period(self) -> Period:
        return self._period

    @property
    def held(self) -> Held | None:
        """The session or visit that is chosen."""
        key = self.grid.chosen
        found = key[1] if isinstance(key, tuple) else None
        return self._term.one(found) if self._term and isinstance(found, UUID) else None

    @property
    def selection(self) -> tuple[Held, ...]:
        """Those chosen together, else the one that is chosen."""
        kept = {key[1] for key in self.grid.kept if isinstance(key, tuple)}
        term = self._term
        several = [term.one(key) for key in kept if isinstance(key, UUID)] if term else []
        found = [one for one in (*several, None if several else self.held) if one is not None]
        return tuple(sorted(found, key=lambda one: (one.start, one.id)))

    @property
    def group_id(self) -> UUID | None:
        """The group whose row the keyboard is in."""
        cell = self.grid.current
        return cell.row if cell is not None and isinstance(cell.row, UUID) else None

    @property
    def day(self) -> date:
        """The Monday of the week the keyboard is in, or the day that was last shown."""
        cell = self.grid.current
        return cell.monday if cell is not None else self._day

    def show_from(self, day: date) -> None:
        """Show the term (half-year, year) of *day*."""
        self._day, self._seeks = day, True
        self._show_period(around(day, self._period.reach))

    def step(self, many: int) -> None:
        """*many* terms (half-years, years) ahead."""
        self._show_period(self._period.beside(many))
        self._day = self._period.first

    def show_reach(self, reach: Reach) -> None:
        """A term, half a year or a year around where the keyboard is."""
        self._desk.settings.put(_REACH, reach.value)
        day = self.day if self._period.first <= self.day <= self._period.last else self._day
        self.grid.set_least_width(_WIDTHS[reach])
        self._show_period(around(day, reach))

    def set_filters(self, filters: Filters) -> None:
        self._filters = filters
        self._fill()

    def choose(self, key: UUID) -> None:
        """Choose the session or visit *key*, where it is in view."""
        held = self._term.one(key) if self._term else None
        if held is not None:
            self.grid.choose((held.group_id, held.id))

    def reload(self) -> None:
        """Read anew; what is chosen, and where the keyboard is, stays."""
        self._reader.read(self._period.first, self._period.last)

    def _show_period(self, period: Period) -> None:
        if period != self._period:
            self._period = period
            self.bar.show_period(period)
        self.reload()

    def _centre_changed(self) -> None:
        self._term = None
        self.grid.go(None)
        self.grid.show_term((), ())
        if self._read:
            self.reload()

    def _show(self, term: Term) -> None:
        self._term, self._read = term, True
        self._fill()

    def _fill(self) -> None:
        term, today = self._term, self._desk.today()
        if term is None:
            return
        rows = term_rows.lines(term, self._filters, today)
        self.grid.show_term(term_rows.columns(term, today), rows)
        self._stack.setCurrentWidget(self.grid if rows else self._empty)
        if not rows:
            self._tell_empty(filtered=bool(term.groups))
        elif self._seeks:
            self._seeks = False
            row = self.group_id or rows[0].key
            for ahead in _AHEAD_IN_VIEW:
                self.grid.show_cell(Cell(row, monday_of(self._day) + ahead * WEEK))

    def _tell_empty(self, *, filtered: bool) -> None:
        words = (
            _("No group in {period} fits what is chosen in the filters.")
            if filtered
            else _("{centre} has no group in {period}.")
        )
        named = {"centre": self._desk.centre.name, "period": within(self._period)}
        self._empty.set_text(words.format(**named))
        self._start.setVisible(not filtered)

    # What is asked for

    def _shift(self, _key: object, weeks: int) -> None:
        self.weeks_asked.emit(weeks)

    def _mark_chosen(self, _key: object) -> None:
        self.session_chosen.emit(self.held)

    def _cell_changed(self, cell: Cell | None) -> None:
        if cell is not None:
            self._day = cell.monday

    def _open_week(self, monday: date) -> None:
        held = self.held
        self.week_asked.emit(held.start.date() if held else monday)

    def _shift_group(self, _row: object, weeks: int) -> None:
        self.verb_asked.emit("group_week_later" if weeks > 0 else "group_week_earlier")

    def _zoom(self, way: int) -> None:
        at = _NEARER.index(self._period.reach) + way if way else len(_NEARER) - 1
        wanted = _NEARER[min(max(at, 0), len(_NEARER) - 1)]
        if wanted is not self._period.reach:
            self.show_reach(wanted)

    def _menu(self, _key: object, where: QPoint) -> None:
        held, several = self.held, self.selection
        if len(several) > 1:
            menu = CardMenu(None, self.verb_asked.emit, self)
            menu.add(together())
            menu.open_at(where)
        elif held is not None:
            CardMenu(held, self.verb_asked.emit, self).open_at(where)

    def _ask_time(self) -> None:
        self._ask("time")

    def _ask_cancel(self) -> None:
        held = self.held
        if held is not None and not held.cancelled:
            self._ask("cancel")

    def _ask_cut(self) -> None:
        self._ask("cut")

    def _ask_copy(self) -> None:
        self._ask("copy")

    def _ask_paste(self) -> None:
        self.verb_asked.emit("paste")

    def _ask(self, verb: str) -> None:
        if self.held is not None:
            self.verb_asked.emit(verb)
