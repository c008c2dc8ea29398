"""Hands on the schedule of a running program: what is chosen, dragged and told why."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from painprogram.domain.sessions import Session
from painprogram.gui.reasons import ReasonForm
from painprogram.gui.sessions.cards import occasion_of
from painprogram.gui.sessions.page import SessionsPage
from painprogram.gui.widgets.weekgrid import Card
from tests.journeys.conftest import LONG, Journey, alive

_NONE = Qt.KeyboardModifier.NoModifier


class Planner:
    """Somebody at the schedule of *journey*."""

    def __init__(self, journey: Journey) -> None:
        self.journey, self.bot = journey, journey.bot

    @property
    def page(self) -> SessionsPage:
        return self.journey.window.sessions

    @property
    def refusal(self) -> str:
        """What the window says was refused, and why; empty when nothing was."""
        banner = self.journey.program.frame.banner
        return banner.accessibleName() if banner.isVisible() else ""

    def card(self, session: Session) -> Card:
        (found,) = [x for x in self.page.grid.cards if occasion_of(x.key) == session.id]
        return found

    def go_to(self, session: Session) -> None:
        """Its week, with the session chosen and the keyboard on it."""
        self.journey.window.desk.session_asked.emit(session)
        self.journey.settle()
        self.page.grid.setFocus()

    def choose_too(self, session: Session) -> None:
        grid = self.page.grid
        where = grid.rect_of(self.card(session).key).center()
        ctrl = Qt.KeyboardModifier.ControlModifier
        self.bot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, ctrl, where)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """To whichever view is shown."""
        focus: QWidget = self.page
        while (nearer := focus.focusProxy()) is not None:
            focus = nearer
        self.bot.keyClick(focus, key, modifier)
        self.journey.settle()

    def press(self, standard: QKeySequence.StandardKey) -> None:
        QTest.keySequence(self.page.grid, QKeySequence(standard))
        self.journey.settle()

    def drag(self, session: Session, day: date, lane: UUID | None, minute: int) -> None:
        """By mouse, until it would begin at *minute*; then let go."""
        grid, card = self.page.grid, self.card(session)
        held = grid.rect_of(card.key).center()
        self.bot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=held)
        self._pull(held + QPoint(0, 30))
        down = held.y() - grid.place_of(card.day, card.lane, card.start_minute).y()
        self._pull(grid.place_of(day, lane, minute) + QPoint(0, down))
        self.bot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton)
        self.journey.settle()

    def _pull(self, point: QPoint) -> None:
        view, where = self.page.grid.viewport(), QPointF(point)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            where,
            view.mapToGlobal(where),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            _NONE,
        )
        QApplication.sendEvent(view, move)

    def undo(self) -> None:
        self.bot.mouseClick(self.journey.program.frame.top.undo, Qt.MouseButton.LeftButton)
        self.journey.settle()

    def give_reason(self, words: str) -> None:
        form = self.journey.dialog
        assert isinstance(form, ReasonForm)
        form.reason.setText(words)
        self.journey.accept()

    def press_in(self, dialog: QDialog, name: str) -> None:
        """A button that ends *dialog*."""
        button = dialog.findChild(QWidget, name)
        assert button is not None, name
        self.bot.waitUntil(button.isEnabled, timeout=LONG)
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.bot.waitUntil(lambda: not alive(dialog), timeout=LONG)
        self.journey.settle()
