"""A published group of three, and the page of the reception on the day of its first session."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.gui import theme
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.reception.page import ReceptionPage
from painprogram.gui.roster_forms import EventForm, MarkForm
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, attendance, publications
from painprogram.usecases.reception import Person
from tests import make


class Screen(QObject):
    """Keys for the page; *papers* and *messages* are what the window would get."""

    _changed = Signal(frozenset)

    def __init__(self, bot: QtBot, database: Database, home: Path) -> None:
        super().__init__()
        self.bot, self.database = bot, database
        self.where: Centre = make.furnished(database)
        self.group: Group = make.group(database, self.where)
        self.places = [
            make.placed(database, self.where, self.group.id, number, given)
            for number, given in enumerate(("Maria", "Gunhild", "Bo"))
        ]
        publications.publish(database, self.group.id)
        self.session = make.of_strand(database, self.group.id, "relaxation")[0]
        self.today: date = self.session.start.date()
        self.now: datetime = self.session.start + timedelta(minutes=9)
        self.messages: list[str] = []
        self.papers: list[Paper] = []
        self.crashes: list[Exception] = []
        self.work = Work(database, self)
        self.work.refused.connect(self.messages.append)
        self.work.crashed.connect(self.crashes.append)
        settings = Settings(home / "settings.json")
        self.desk = Desk(self.work, settings, self.where, lambda: self.today)
        self.desk.message.connect(self.messages.append)
        self.desk.paper_asked.connect(self.papers.append)
        self.page = ReceptionPage(self.desk, clock=lambda: self.now)
        bot.addWidget(self.page)
        self.page.resize(1300, 820)
        self._changed.connect(self._reload)
        database.listen(self._changed.emit, to_others=False)

    def open(self) -> None:
        self.page.show()
        self.page.activateWindow()
        self.bot.waitUntil(lambda: QApplication.activeWindow() is self.page)
        self.page.reload()
        self.settle()

    def _reload(self, tables: frozenset[str]) -> None:
        if tables & self.page.shows and self.page.isVisible():
            self.page.reload(tables)

    def close(self) -> None:
        self.work.close()
        for crash in self.crashes:
            raise crash

    def settle(self) -> None:
        """Until what was asked for is shown, timers and all."""
        self.bot.waitUntil(lambda: not self.waits)

    @property
    def waits(self) -> bool:
        QApplication.sendPostedEvents()
        page = self.page
        timers = page._soon, page._soon_person, page._soon_count, page.side.found._timer
        return self.work.busy or any(timer.isActive() for timer in timers)

    def press(self, *keys: Qt.Key | str) -> None:
        """To whoever has the keyboard."""
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            if isinstance(key, str):
                self.bot.keyClicks(focused, key)
            else:
                self.bot.keyClick(focused, key)

    def walk_up(self, name: str) -> None:
        """Search for somebody and press Enter."""
        self.press(name)
        self.settle()
        self.press(Qt.Key.Key_Return)
        self.settle()

    def walk_to(self, number: int) -> None:
        """With the arrow keys to a row of the list."""
        self.press(Qt.Key.Key_Right)
        self.settle()
        self.press(*[Qt.Key.Key_Down] * number)
        self.settle()

    def button(self, name: str) -> QAbstractButton:
        found = self.page.findChild(QAbstractButton, name)
        assert found is not None, name
        return found

    @property
    def person(self) -> Person:
        assert self.page.person.person is not None
        return self.page.person.person

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def states(self) -> dict[str, str]:
        return {row.title.split()[0]: row.mark for row in self.page.roster.list.rows}

    @staticmethod
    def has_keyboard(widget: QWidget) -> bool:
        return QApplication.focusWidget() is widget

    def words(self, name: str) -> str:
        """What a label of the form says."""
        found = self.form.findChild(QLabel, name)
        assert found is not None, name
        return found.text()

    @property
    def told(self) -> list[str]:
        """What the panel of the person says."""
        return [one.text() for one in self.page.person.findChildren(QLabel)]

    @property
    def kept(self) -> dict[str, list[str]]:
        """What is in the database: everything that was noted, the newest first."""
        sheet = attendance.sheet_of(self.database, self.session.id)
        return {one.name.split()[0]: [m.state.value for m in one.marks] for one in sheet.attendees}

    @property
    def form(self) -> MarkForm | EventForm:
        def opened() -> list[QDialog]:
            return [d for d in self.page.findChildren(QDialog) if d.isVisible()]

        self.bot.waitUntil(lambda: len(opened()) == 1)
        found = opened()[0]
        assert isinstance(found, MarkForm | EventForm)
        self.bot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget() or self.page))
        return found


@pytest.fixture
def screen(qtbot: QtBot, qapp, database: Database, tmp_path: Path) -> Iterator[Screen]:
    theme.apply(qapp, "light")
    made = Screen(qtbot, database, tmp_path)
    yield made
    made.close()
