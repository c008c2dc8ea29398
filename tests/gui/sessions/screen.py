"""The page as the window holds it: with a database, reloaded by what changes there."""

from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.people import Centre
from painprogram.domain.sessions import Session
from painprogram.gui.desk import Desk
from painprogram.gui.reasons import ReasonForm
from painprogram.gui.sessions.cards import occasion_of
from painprogram.gui.sessions.clash_list import ClashList
from painprogram.gui.sessions.page import SessionsPage
from painprogram.gui.sessions.shown import LaneKind
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.weekgrid import Card
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, history, sessions
from painprogram.usecases.clashes import Found
from tests.make import MONDAY

W = TypeVar("W", bound=QWidget)
_NONE = Qt.KeyboardModifier.NoModifier


class Screen(QObject):
    """Mouse and keys for one page; *refused* and *messages* are what the window would say."""

    _changed = Signal(frozenset)

    def __init__(
        self, bot: QtBot, database: Database, centre: Centre, home: Path, today: date = MONDAY
    ) -> None:
        super().__init__()
        self.bot, self.database = bot, database
        self.refused: list[str] = []
        self.messages: list[str] = []
        self.crashes: list[Exception] = []
        self.work = Work(database, self)
        self.work.refused.connect(self.refused.append)
        self.work.crashed.connect(self.crashes.append)
        self.desk = Desk(self.work, Settings(home / "settings.json"), centre, lambda: today)
        self.desk.message.connect(self.messages.append)
        self.page = SessionsPage(self.desk, clock=lambda: datetime(2027, 1, 11, 7, 30))
        bot.addWidget(self.page)
        self.page.resize(1368, 828)
        self._changed.connect(self._reload)
        database.listen(self._changed.emit, to_others=False)
        self.page.show()
        self.page.activateWindow()
        bot.waitUntil(lambda: QApplication.activeWindow() is self.page)
        self.page.reload()
        self.settle()

    def _reload(self, tables: frozenset[str]) -> None:
        if tables & self.page.shows:
            self.page.reload()

    def close(self) -> None:
        self.work.close()
        for crash in self.crashes:
            raise crash

    def settle(self) -> None:
        """Until everything that was asked for is shown."""
        self.bot.waitUntil(lambda: not self.work.busy)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.work.busy)

    # What stands there

    def card(self, occasion: UUID) -> Card:
        return self.cards(occasion)[0]

    def cards(self, occasion: UUID) -> list[Card]:
        return [card for card in self.page.grid.cards if occasion_of(card.key) == occasion]

    def on_disk(self, session: Session) -> Session:
        return sessions.session(self.database, session.id)

    def part(self, name: str, kind: type[W]) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def form(self) -> Form:
        shown = [form for form in self.page.findChildren(Form) if form.isVisible()]
        assert len(shown) == 1
        return shown[0]

    @property
    def reason_form(self) -> ReasonForm:
        (shown,) = [form for form in self.page.findChildren(ReasonForm) if form.isVisible()]
        return shown

    @property
    def open_clashes(self) -> list[Found]:
        """Of the week, those that somebody has to do something about."""
        return [one for one in self.part("clashes_this_week", ClashList).shown if one.open]

    @property
    def notice(self) -> str:
        return self.page.inspector.details.notice.text

    # What is done

    def choose(self, occasion: UUID) -> None:
        self.bot.mouseClick(
            self.page.grid.viewport(),
            Qt.MouseButton.LeftButton,
            pos=self.page.grid.rect_of(self.card(occasion).key).center(),
        )

    def lanes(self, kind: LaneKind) -> None:
        self.bot.mouseClick(self.page._toolbar.lanes.button(kind), Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        self.bot.keyClick(self.page.grid, key, modifier)
        self.settle()

    def grip(self, card: Card, at: QPoint | None = None) -> QPoint:
        """Press a card and pull it off its place; the point it is held at."""
        grid = self.page.grid
        point = at or grid.rect_of(card.key).center()
        self.bot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=point)
        self.pull(point + QPoint(0, 30))
        return point

    def pull(self, point: QPoint) -> None:
        view = self.page.grid.viewport()
        where = QPointF(point)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            where,
            view.mapToGlobal(where),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            _NONE,
        )
        QApplication.sendEvent(view, move)

    def over(self, card: Card, day: date, lane: object, minute: int) -> None:
        """Drag *card* until it would begin at *minute*."""
        grid = self.page.grid
        held = self.grip(card)
        down = held.y() - grid.place_of(card.day, card.lane, card.start_minute).y()
        self.pull(grid.place_of(day, lane, minute) + QPoint(0, down))

    def drop(self) -> None:
        self.bot.mouseRelease(self.page.grid.viewport(), Qt.MouseButton.LeftButton)
        self.settle()

    def drag(self, card: Card, day: date, lane: object, minute: int) -> None:
        self.over(card, day, lane, minute)
        self.drop()

    def give_reason(self, words: str) -> None:
        form = self.reason_form
        form.reason.setText(words)
        form.button.click()
        self.settle()

    def undo(self) -> str | None:
        label = history.undo(self.database)
        self.settle()
        return label
