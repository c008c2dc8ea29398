"""The three ways to look at the schedule: a week, the term, a list. They share what is beside them.

The term and the list are built when they are first wanted.
"""

from datetime import date
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from painprogram.gui.desk import Desk
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.shown import Held, View

if TYPE_CHECKING:  # each is imported when it is first wanted
    from painprogram.gui.sessions.list_view import ListView
    from painprogram.gui.sessions.term_view import TermView


class Other(Protocol):
    """The term or the list."""

    @property
    def held(self) -> Held | None:
        """What is chosen there."""
        ...

    @property
    def group_id(self) -> UUID | None:
        """The group whose row the keyboard is in."""
        ...

    @property
    def day(self) -> date:
        """Of the week the keyboard is in."""
        ...

    def reload(self) -> None: ...
    def show_from(self, day: date) -> None: ...
    def set_filters(self, filters: Filters) -> None: ...


class Views(QStackedWidget):
    session_chosen = Signal(object)  # Session | Visit
    week_asked = Signal(object)  # date
    verb_asked = Signal(str)
    weeks_asked = Signal(int)
    """Move what is selected by so many weeks."""
    selection_changed = Signal()
    """Of the term or the list."""

    def __init__(self, week: QWidget, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        self._desk = desk
        self._made: dict[View, QWidget] = {View.WEEK: week}
        self._filters = Filters()
        self._current = View.WEEK
        self.addWidget(week)
        self.setFocusProxy(week)

    @property
    def current(self) -> View:
        return self._current

    @property
    def other(self) -> Other | None:
        """The term or the list, when one of them is shown."""
        return None if self._current is View.WEEK else cast("Other", self._made[self._current])

    @property
    def chosen(self) -> tuple[Held, ...]:
        """What is selected in the term or the list."""
        found: object = getattr(self.other, "selection", None)
        if isinstance(found, tuple):
            return found
        held = self.other.held if self.other is not None else None
        return (held,) if held is not None else ()

    def show_view(self, view: View, from_day: date) -> None:
        if view not in self._made:
            self._make(view)
        self._current = view
        self.setCurrentWidget(self._made[view])
        self.setFocusProxy(self._made[view])
        if self.other is not None:
            self.other.set_filters(self._filters)
            self.other.show_from(from_day)
            self.other.reload()

    def set_filters(self, filters: Filters) -> None:
        self._filters = filters
        if self.other is not None:
            self.other.set_filters(filters)

    def reload(self) -> None:
        if self.other is not None:
            self.other.reload()

    def give_focus(self) -> None:
        self._made[self._current].setFocus()

    def _make(self, view: View) -> None:
        made: TermView | ListView
        if view is View.TERM:
            made = _term(self._desk)
            made.weeks_asked.connect(self.weeks_asked)
        else:
            made = _list(self._desk)
        made.selection_changed.connect(self.selection_changed)
        made.session_chosen.connect(self.session_chosen)
        made.week_asked.connect(self.week_asked)
        made.verb_asked.connect(self.verb_asked)
        self._made[view] = made
        self.addWidget(made)


def _term(desk: Desk) -> "TermView":
    from painprogram.gui.sessions.term_view import TermView  # noqa: PLC0415 -- when wanted

    return TermView(desk)


def _list(desk: Desk) -> "ListView":
    from painprogram.gui.sessions.list_view import ListView  # noqa: PLC0415 -- when wanted

    return ListView(desk)
