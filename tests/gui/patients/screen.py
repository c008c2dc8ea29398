"""The page as the window holds it: with a database, reloaded by what changes there."""

from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.patients import Found
from painprogram.domain.people import Centre
from painprogram.domain.schedule import Line
from painprogram.gui.desk import Desk
from painprogram.gui.patients.found_model import ROW
from painprogram.gui.patients.page import PatientsPage
from painprogram.gui.widgets.form import Form
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database
from tests.make import TODAY

W = TypeVar("W", bound=QWidget)


class Screen(QObject):
    """Clicks and keys for one page; *refused* and *messages* are what the window would say."""

    _changed = Signal(frozenset)

    def __init__(
        self, bot: QtBot, database: Database, centre: Centre, home: Path, today: date = TODAY
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
        self.page = PatientsPage(self.desk)
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
        """Until what was asked for is shown."""
        self.bot.waitUntil(lambda: not self.work.busy and self._quiet())

    def _quiet(self) -> bool:
        """No change is still on its way to the page."""
        QApplication.sendPostedEvents()
        return not self.work.busy

    # Finding.

    def child(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        found = (inside or self.page).findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def form(self) -> Form:
        """The dialog that is open."""

        def opened() -> list[QDialog]:
            return [d for d in self.page.findChildren(QDialog) if d.isVisible()]

        self.bot.waitUntil(lambda: len(opened()) == 1)
        (found,) = opened()
        assert isinstance(found, Form)
        return found

    @property
    def has_form(self) -> bool:
        return any(d.isVisible() for d in self.page.findChildren(QDialog))

    @property
    def names(self) -> list[str]:
        """The patients in the list."""
        model = self.page.found.model
        rows = [model.index(n).data(ROW) for n in range(model.rowCount())]
        return [row.name for row in rows if isinstance(row, Found)]

    @property
    def rows(self) -> list[str]:
        """The whole list, headings and all."""
        model = self.page.found.model
        return [str(model.index(n).data()) for n in range(model.rowCount())]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.page.schedule.view.lines.lines

    # Doing.

    def click(self, name: str, inside: QWidget | None = None) -> None:
        self.bot.mouseClick(self.child(QWidget, name, inside), Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str, inside: QWidget | None = None) -> QLineEdit:
        """Into a field that gets the keyboard; a letter that is on no English keyboard too."""
        field = self.child(QLineEdit, name, inside)
        field.setFocus()
        field.selectAll()
        field.insert(text)
        if text:
            field.textEdited.emit(text)
        return field

    def choose(self, name: str, text: str, inside: QWidget | None = None) -> None:
        """The choice that begins with *text*."""
        box = self.child(QComboBox, name, inside)
        found = [n for n in range(box.count()) if box.itemText(n).startswith(text)]
        assert found, [box.itemText(n) for n in range(box.count())]
        box.setFocus()
        box.setCurrentIndex(found[0])
        box.activated.emit(found[0])

    def reason(self, text: str) -> None:
        self.child(QComboBox, "reason", self.form).setEditText(text)

    def accept(self) -> None:
        """Press the form's button, and let it close."""
        form = self.form
        self.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
        self.bot.waitUntil(lambda: not self.has_form)
        self.page.activateWindow()
        self.bot.waitUntil(lambda: QApplication.activeWindow() is self.page)
        self.settle()

    def accept_in_vain(self) -> str:
        """Press the form's button; what the form says is wrong."""
        form = self.form
        self.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
        self.bot.waitUntil(form.wrong.isVisible)
        assert self.has_form
        return form.wrong.text()

    def open(self, name: str) -> None:
        """Search for a patient by the keyboard, and open the first."""
        self.search(name)
        self.press("patient_search", Qt.Key.Key_Return)
        self.bot.waitUntil(lambda: self.page.header.name.text.startswith(name.split(maxsplit=1)[0]))
        self.settle()

    def search(self, text: str) -> None:
        field = self.page.found.field
        field.setFocus()
        field.selectAll()
        field.insert(text)
        self.bot.waitUntil(lambda: self.page.found.shown_text == " ".join(text.split()))
        self.settle()

    def press(self, name: str, key: Qt.Key) -> None:
        self.bot.keyClick(self.child(QWidget, name), key)

    def row(self, title: str) -> Line:
        """Choose the row of a session by its title, as with the arrow keys."""
        view = self.page.schedule.view
        for number, line in enumerate(self.lines):
            held = line.instead_of or line.session
            if title in (getattr(held, "numbered_title", ""), held.title):
                view.setFocus()
                view.setCurrentIndex(view.lines.index(number, 1))
                return line
        raise AssertionError(title)
