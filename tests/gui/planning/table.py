"""The schedule with the planning over it, and what a person does with a proposal."""

from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.people import Centre
from painprogram.domain.plans import PlanScope, PlanWanted
from painprogram.gui.planning.form import PlanForm
from painprogram.gui.planning.panel import PlanPanel
from painprogram.gui.planning.planning import Planning
from painprogram.usecases import Database
from tests.gui.sessions.screen import Screen

W = TypeVar("W", bound=QWidget)
STEPS = 3000
WAIT = 60_000
"""Compiling the search may come first."""


class Table(Screen):
    def __init__(self, bot: QtBot, database: Database, centre: Centre, home: Path) -> None:
        super().__init__(bot, database, centre, home)
        self.went: list[bool] = []
        self.planning = Planning(self.desk, self.page, lambda: self.page.stand, self._go)

    def _go(self) -> None:
        self.went.append(True)

    def settle(self) -> None:
        """A plan takes its time."""
        self.bot.waitUntil(lambda: not self.work.busy, timeout=WAIT)
        super().settle()

    def propose(
        self,
        *groups: UUID,
        scope: PlanScope = PlanScope.ALL,
        alternatives: int = 1,
        weeks: int = 2,
    ) -> None:
        """Ask for a plan of the weeks that matter, with little effort."""
        first = self.desk.today()
        wanted = PlanWanted(
            groups,
            first=first,
            last=first + timedelta(weeks=weeks, days=-1),
            scope=scope,
            alternatives=alternatives,
            steps=STEPS,
        )
        self.planning.start(wanted)
        self.settle()

    @property
    def form(self) -> PlanForm:
        (shown,) = [form for form in self.page.findChildren(PlanForm) if form.isVisible()]
        return shown

    @property
    def panels(self) -> list[PlanPanel]:
        return [one for one in self.page.findChildren(PlanPanel) if one.isVisible()]

    @property
    def panel(self) -> PlanPanel:
        (shown,) = self.panels
        return shown

    def press(self, name: str) -> None:
        QTest.mouseClick(self.part(name, QAbstractButton), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def pick(self, verb: str) -> None:
        """From the menu of the change that is chosen."""
        current = self.panel.changes.current
        assert current is not None
        menu = self.panel.menu(current.number)
        next(one for one in menu.actions() if one.data()[0] == verb).trigger()
        self.settle()
