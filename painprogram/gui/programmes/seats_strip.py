"""A line under a group's name: whether it will be large enough, or when one can come into it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.laps import Entry
from painprogram.domain.seats import SOON, Forecast
from painprogram.gui.desk import Desk
from painprogram.gui.entries import entry_told
from painprogram.gui.widgets.banner import Banner
from painprogram.i18n import _
from painprogram.usecases import laps, seats


class SeatsStrip(QWidget):
    """Nothing of a patient is read for it: those who wait are counted."""

    decide_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group: Group | None = None
        self.forecast: Forecast | None = None
        self.calm = Banner("accent", "people")
        self.warning = Banner("warn", "warning")
        self._banners = (self.calm, self.warning)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._decide = []
        for name, banner in (("calm", self.calm), ("warning", self.warning)):
            fill = banner.add_button(_("Fill seats"), self._fill)
            fill.setObjectName(f"fill_seats_{name}")
            decide = banner.add_button(_("Decide …"), self.decide_asked.emit)
            decide.setObjectName(f"decide_{name}")
            for button in (fill, decide):
                button.setAccessibleName(button.text())
            self._decide.append(decide)
            column.addWidget(banner)
        self.hide()

    def show_group(self, group: Group) -> None:
        if self._group is None or self._group.id != group.id:
            self._quiet()
        self._group = group
        today = self._desk.today()
        if group.activity or group.status not in (GroupStatus.DRAFT, GroupStatus.OPEN):
            self._quiet()
        elif group.rolling:
            done = partial(self._show_entries, group)
            self._desk.work.run(self, done, laps.entry_points, group.id, today)
        else:
            done_too = partial(self._show_forecast, group)
            self._desk.work.run(self, done_too, seats.outlook, group.id, today)

    def _quiet(self) -> None:
        self.forecast = None
        for banner in self._banners:
            banner.say("")
        self.hide()

    def _show_forecast(self, group: Group, found: Forecast) -> None:
        if group is not self._group:
            return
        self._quiet()
        self.forecast = found
        if found.begins <= found.today:
            return
        worried = found.open and (not found.enough or found.days < 0)
        banner = self.warning if worried and found.days <= SOON else self.calm
        banner.say(f"{found.verdict} {_waiting(found)}".strip(), found.when)
        for button in self._decide:
            button.setVisible(True)
        self.show()

    def _show_entries(self, group: Group, found: tuple[Entry, ...]) -> None:
        if group is not self._group:
            return
        self._quiet()
        ways_in = [one for one in found if one.free and not one.early]
        whole = next((one for one in ways_in if one.whole), None)
        chosen = whole or next(iter(ways_in), None)
        for button in self._decide:
            button.hide()
        if chosen is None:
            self.warning.say(_("No day ahead has a free seat for a whole lap."), _("Open group"))
        else:
            words = _("Next way in: {day}").format(day=entry_told(chosen))
            self.calm.say(words, _("Open group"))
        self.show()

    def _fill(self) -> None:
        if self._group:
            self._desk.waiting_asked.emit(self._group.id)


def _waiting(found: Forecast) -> str:
    told = []
    if found.offered:
        told.append(_("{number} offered").format(number=found.offered))
    if found.fitting:
        told.append(_("{number} wait").format(number=found.fitting))
    return f"({', '.join(told)})" if told else ""
