"""The right side: the week in short, or what is chosen in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.chosen import Chosen
from painprogram.gui.sessions.details import Details
from painprogram.gui.sessions.overview import Overview
from painprogram.gui.sessions.shown import Held, Shown
from painprogram.gui.tokens import INSPECTOR
from painprogram.i18n import _


class Inspector(QStackedWidget):
    verb_asked = Signal(str)
    clash_chosen = Signal(object)  # Found
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(_("About what is chosen"))
        self.overview = Overview()
        self.details = Details(desk)
        self.chosen = Chosen()
        self.addWidget(self.overview)
        self.addWidget(self.details)
        self.addWidget(self.chosen)
        self.overview.clash_chosen.connect(self.clash_chosen)
        self.details.verb_asked.connect(self.verb_asked)
        self.chosen.verb_asked.connect(self.verb_asked)
        self.details.closed.connect(self.closed)
        self.details.patient_asked.connect(desk.patient_asked)
        self.details.group_asked.connect(desk.group_asked)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def show_chosen(
        self, shown: Shown, chosen: UUID | None, now: datetime, several: Sequence[Held] = ()
    ) -> None:
        self.overview.show_week(shown)
        if len(several) > 1:
            self.chosen.show_several(several)
            self.setCurrentWidget(self.chosen)
            return
        held = shown.one(chosen) if chosen else None
        if held is None:
            self.setCurrentWidget(self.overview)
        else:
            self.details.show_one(shown, held, now)
            self.setCurrentWidget(self.details)

    def show_place(self, lead: str, rest: str) -> None:
        """What stands against what is dragged where it is now."""
        self.details.show_place(lead, rest)
        self.chosen.notice.say(lead, rest)

    def show_clashes(self) -> None:
        """The drag is over: what stands against it where it is."""
        self.details.show_clashes()
        self.chosen.notice.say("")

    def _fit(self) -> None:
        self.setFixedWidth(round(INSPECTOR * theme.scale()))
