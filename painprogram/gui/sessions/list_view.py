"""The list: the same sessions and visits as lines of a table, from a day on."""

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.terms import WEEK, Reach, around
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.list_bar import ListBar
from painprogram.gui.sessions.list_model import Entry
from painprogram.gui.sessions.list_table import ListTable
from painprogram.gui.sessions.menu import CardMenu
from painprogram.gui.sessions.shown import Held
from painprogram.gui.sessions.term_reading import TermReader
from painprogram.gui.widgets.empty import Empty
from painprogram.i18n import _, ngettext
from painprogram.usecases.terms import Term

_WHOLE = "schedule list whole term"
_AHEAD = 26 * WEEK
"""How far ahead of its first day the list goes."""


class ListView(QWidget):
    """Whoever holds it carries out what it asks for; see ``verb_asked``."""

    session_chosen = Signal(object)
    """``Session`` or ``Visit``, or None when nothing is chosen any more."""
    selection_changed = Signal()
    """``selection`` is another."""
    week_asked = Signal(object)
    """A date: show its week."""
    verb_asked = Signal(str)
    """As the inspector's, to be done with ``held``; besides them, with all of ``selection``:
    ``day_earlier``, ``day_later``, ``quarter_earlier``, ``quarter_later``, ``cancel``, ``cut``,
    ``copy``; and ``paste`` (in the week of ``day``)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list_view")
        self._desk = desk
        self._from = desk.today()
        self._whole = desk.settings.text(_WHOLE) == "yes"
        self._term: Term | None = None
        self._filters = Filters()
        self._sought: UUID | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self.bar = ListBar()
        self.table = ListTable()
        self._empty = Empty("list", "")
        self._start = self._empty.add_button(
            _("Start a group"), self._desk.start_asked.emit, icon="plus"
        )
        self._start.setObjectName("start_in_list")
        self._start.setAccessibleName(_("Start a group"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self.bar.show_from(self._from, whole=self._whole)

    def _wire(self) -> None:
        table, bar = self.table, self.bar
        table.held_changed.connect(self._told)
        table.several_changed.connect(self.selection_changed)
        table.opened.connect(self._open)
        table.verb_asked.connect(self.verb_asked)
        table.menu_asked.connect(self._menu)
        table.sorted_by.connect(bar.show_sort)
        bar.day_chosen.connect(self.show_from)
        bar.whole_chosen.connect(self.show_whole)
        bar.sort_chosen.connect(self._sort)
        self._desk.centre_changed.connect(self._centre_changed)
        self._reader = TermReader(self._desk, self)
        self._reader.arrived.connect(self._show)

    # What is shown

    @property
    def held(self) -> Held | None:
        """The session or visit that has the keyboard."""
        return self.table.held

    @property
    def selection(self) -> tuple[Held, ...]:
        """All that are selected, in the order of the lines."""
        return self.table.selection

    @property
    def group_id(self) -> UUID | None:
        """The group of what has the keyboard."""
        return self.held.group_id if self.held else None

    @property
    def day(self) -> date:
        """The day of what has the keyboard, or the first of the list."""
        held = self.held
        return held.start.date() if held else self._from

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that are read."""
        if self._whole:
            term = around(self._from, Reach.TERM)
            return term.first, term.last
        return self._from, self._from + _AHEAD - timedelta(days=1)

    def show_from(self, day: date) -> None:
        """Show what stands from *day* on; the whole term of it where that is chosen."""
        self._from = day
        self.bar.show_from(day, whole=self._whole)
        self.reload()

    def show_whole(self, on: bool) -> None:  # noqa: FBT001 -- a signal's
        """The whole term of the day the list begins with, or only from that day on."""
        self._whole = on
        self._desk.settings.put(_WHOLE, "yes" if on else "no")
        self.bar.show_from(self._from, whole=on)
        self.reload()

    def set_filters(self, filters: Filters) -> None:
        self._filters = filters
        self._fill()

    def choose(self, key: UUID) -> None:
        """Give the line of a session or visit the keyboard; when it has been read, if need be."""
        if self.table.lines.row_of(key) is None:
            self._sought = key
        else:
            self.table.choose([key], key)
            self.table.scrollTo(self.table.currentIndex())

    def reload(self) -> None:
        """Read anew; what is selected, and where the keyboard is, stays."""
        self._reader.read(*self.span)

    def _centre_changed(self) -> None:
        if self._term is not None:
            self._term = None
            self.table.show_entries((), ())
            self.reload()

    def _show(self, term: Term) -> None:
        self._term = term
        self._fill()
        if self._sought is not None and self.table.lines.row_of(self._sought) is not None:
            sought, self._sought = self._sought, None
            self.choose(sought)

    def _fill(self) -> None:
        term = self._term
        if term is None:
            return
        today, lets = self._desk.today(), self._filters.lets
        entries = [Entry(held, term, today) for held in term.held if lets(held)]
        self.table.show_entries(entries, term.weeks)
        self._stack.setCurrentWidget(self.table if entries else self._empty)
        many = ngettext("{number} session", "{number} sessions", len(entries))
        told = many.format(number=i18n.number(len(entries)))
        if self._whole:
            told = f"{around(self._from, Reach.TERM).title}: {told}"
        self.bar.show_count(told if entries else "")
        if not entries:
            self._tell_empty(filtered=bool(term.held))

    def _tell_empty(self, *, filtered: bool) -> None:
        first, last = self.span
        words = (
            _("Nothing from {first} to {last} fits what is chosen in the filters.")
            if filtered
            else _("{centre} has no sessions from {first} to {last}.")
        )
        days = {"first": i18n.date_short(first), "last": i18n.date_short(last)}
        self._empty.set_text(words.format(centre=self._desk.centre.name, **days))
        self._start.setVisible(not filtered)

    # What is asked for

    def _told(self) -> None:
        self.session_chosen.emit(self.held)

    def _open(self) -> None:
        if self.held is not None:
            self.week_asked.emit(self.held.start.date())

    def _sort(self, column: int, descending: bool) -> None:  # noqa: FBT001 -- a signal's
        self.table.arrange(column, descending=descending)

    def _menu(self, where: QPoint) -> None:
        held = self.held
        if held is not None:
            CardMenu(held, self.verb_asked.emit, self).open_at(where)
