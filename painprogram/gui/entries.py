"""The weeks in which a patient can come into an open group, to choose one from."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QSizePolicy

from painprogram import i18n
from painprogram.domain.groups import Group
from painprogram.domain.laps import Entry
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.widgets.form import Form
from painprogram.i18n import _, ngettext
from painprogram.usecases import laps

_LETTERS = 24


class Entries(QComboBox):
    """A row of a form that is there for open groups alone; what is chosen goes to its *day*."""

    def __init__(self, form: Form, desk: Desk, day: QDateEdit | None = None) -> None:
        super().__init__()
        self._form, self._desk, self._day = form, desk, day
        self._group: Group | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(_LETTERS)
        form.add(_("Way in"), self, "entry")
        form.fields.setRowVisible(self, False)
        self.currentIndexChanged.connect(self._chosen)

    @property
    def first(self) -> date | None:
        """The first day of the lap; None for a closed group."""
        found = self.currentData() if self._group is not None and self._group.rolling else None
        return found.first if isinstance(found, Entry) else None

    def ask(self, group: Group | None) -> None:
        """Show the ways into *group*, the first good one chosen; nothing where it is closed."""
        self._group = group
        self.clear()
        self._show(there=False)
        if group is not None and group.rolling:
            self._desk.work.run(
                self, partial(self._arrived, group), laps.entry_points, group.id, self._desk.today()
            ).or_else(self._form.fail)

    def _arrived(self, group: Group, found: tuple[Entry, ...]) -> None:
        if group is not self._group or not found:
            return
        blocked = self.blockSignals(True)
        for one in found:
            good = one.free and one.whole
            self.addItem(
                icon("check", "ok") if good else icon("warning", "warn"), entry_told(one), one
            )
        self.blockSignals(blocked)
        self._show(there=True)
        self.setCurrentIndex(found.index(_best(found)))
        self._chosen()

    def _chosen(self) -> None:
        first = self.first
        if first is not None and self._day is not None:
            self._day.setDate(QDate(first.year, first.month, first.day))

    def _show(self, *, there: bool) -> None:
        self._form.fields.setRowVisible(self, there)
        if self._day is not None:
            self._form.fields.setRowVisible(self._day, not there)


def _best(found: Iterable[Entry]) -> Entry:
    """The first with a seat where every part is met in its order; else as good as there is."""
    return min(found, key=lambda one: (not one.free, bool(one.early), bool(one.lacking), one.first))


def entry_told(one: Entry) -> str:
    """``tis 12 jan, 3 free seats, lap until tor 4 mar``"""
    free = ngettext("{number} free seat", "{number} free seats", one.free).format(number=one.free)
    parts = [i18n.day_short(one.first), free]
    if one.last is not None:
        parts.append(_("lap until {day}").format(day=i18n.day_short(one.last)))
    else:
        many = sum(number for _strand, number in one.lacking)
        parts.append(
            ngettext(
                "{number} meeting of the lap has no date yet",
                "{number} meetings of the lap have no date yet",
                many,
            ).format(number=many)
        )
    if one.early:
        parts.append(_("not in order"))
    return ", ".join(parts)
