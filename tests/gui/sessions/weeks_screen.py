"""The term or the list as a page holds it: with a database, reloaded by what changes there."""

from datetime import date
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.rules import Rule
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.list_view import ListView
from painprogram.gui.sessions.term_view import TermView
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, rules, sessions
from tests import make
from tests.make import MONDAY

V = TypeVar("V", TermView, ListView)
_NONE = Qt.KeyboardModifier.NoModifier


class WeeksScreen(QObject, Generic[V]):
    """What the view asks for is kept in *chosen*, *weeks* and *verbs*."""

    _changed = Signal(frozenset)

    def __init__(
        self,
        kind: type[V],
        bot: QtBot,
        database: Database,
        centre: Centre,
        home: Path,
        *,
        today: date = MONDAY,
    ) -> None:
        super().__init__()
        self.bot, self.database = bot, database
        self.crashes: list[Exception] = []
        self.work = Work(database, self)
        self.work.crashed.connect(self.crashes.append)
        self.desk = Desk(self.work, Settings(home / "settings.json"), centre, lambda: today)
        self.view: V = kind(self.desk)
        bot.addWidget(self.view)
        self.view.resize(1368, 780)
        self.chosen: list[object] = []
        self.weeks: list[date] = []
        self.verbs: list[str] = []
        self.view.session_chosen.connect(self.chosen.append)
        self.view.week_asked.connect(self.weeks.append)
        self.view.verb_asked.connect(self.verbs.append)
        self._changed.connect(self._reload)
        database.listen(self._changed.emit, to_others=False)
        with bot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.view.show_from(today)
        self.settle()
        self.view.setFocus()

    def _reload(self, _tables: frozenset[str]) -> None:
        self.view.reload()

    def close(self) -> None:
        self.work.close()
        for crash in self.crashes:
            raise crash

    def settle(self) -> None:
        """Until everything that was asked for is shown."""
        self.bot.waitUntil(lambda: not self.work.busy)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.work.busy)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        self.bot.keyClick(self.view.focusProxy(), key, modifier)
        self.settle()

    def part(self, name: str) -> QWidget:
        found = self.view.findChild(QWidget, name)
        assert found is not None, name
        return found


def clashing(database: Database, centre: Centre, group: Group) -> tuple[UUID, UUID]:
    """Two sessions of the first week that want the same room and leader at once."""
    make.lenient(database, centre)
    first, second = (
        make.of_strand(database, group.id, key)[0] for key in ("relaxation", "exercise")
    )
    leaders = [leader.staff_id for leader in first.leaders]
    sessions.move(database, second.id, first.start, room_id=first.room_id, staff=leaders)
    for rule in Rule:
        rules.set_level(database, centre.id, rule, rule.usual)
    return first.id, second.id
