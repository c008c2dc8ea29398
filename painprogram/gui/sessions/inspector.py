"""The right side: the week in short, or what is chosen in it."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.details import Details
from painprogram.gui.sessions.overview import Overview
from painprogram.gui.sessions.shown import Shown
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
        self.addWidget(self.overview)
        self.addWidget(self.details)
        self.overview.clash_chosen.connect(self.clash_chosen)
        self.details.verb_asked.connect(self.verb_asked)
        self.details.closed.connect(self.closed)
        self.details.patient_asked.connect(desk.patient_asked)
        self.details.group_asked.connect(desk.group_asked)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def show_chosen(self, shown: Shown, chosen: UUID | None, now: datetime) -> None:
        self.overview.show_week(shown)
        held = shown.one(chosen) if chosen else None
        if held is None:
            self.setCurrentWidget(self.overview)
        else:
            self.details.show_one(shown, held, now)
            self.setCurrentWidget(self.details)

    def _fit(self) -> None:
        self.setFixedWidth(round(INSPECTOR * theme.scale()))
