"""The whole program, as its user meets it; what it did is looked up on disk afterwards."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from painprogram import app
from painprogram.gui.main_window import Window
from painprogram.gui.widgets.form import Form
from tests.make import TODAY

W = TypeVar("W", bound=QWidget)
LONG = 120_000
"""Milliseconds: making the example takes seconds."""


class Journey:
    """One run of the program in a window; crashes fail the test."""

    def __init__(self, bot: QtBot, url: str | None, language: str, today: date = TODAY) -> None:
        self.bot = bot
        self.program = app.Program(url, language, today=lambda: today)
        self.crashes: list[Exception] = []
        self.program._aside.crashed.connect(self.crashes.append)
        with bot.waitSignal(self.program.ready, timeout=LONG):
            self.program.show()
        if self.program.window:
            self._watch()

    def close(self) -> None:
        if isValid(self.program.frame):
            self.program.frame.close()
            self.program.close()
            self.program.frame.deleteLater()
            QApplication.sendPostedEvents()
        for crash in self.crashes:
            raise crash

    @property
    def window(self) -> Window:
        assert self.program.window is not None
        return self.program.window

    def _watch(self) -> None:
        self.window.work.crashed.connect(self.crashes.append)

    def until_open(self) -> None:
        """Until a database is open and its first screen shown."""
        with self.bot.waitSignal(self.program.ready, timeout=LONG):
            pass
        self._watch()
        self.settle()

    def settle(self) -> None:
        def quiet() -> bool:
            QApplication.sendPostedEvents()
            return not self.window.work.busy and not self.window.standing.waits

        self.bot.waitUntil(quiet, timeout=LONG)

    # Finding and doing

    def child(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        found = (inside or self.program.frame).findChild(kind, name)
        assert found is not None, name
        return found

    def shown(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The visible widget of that name."""
        among = (inside or self.program.frame).findChildren(QWidget, name)
        visible = [widget for widget in among if widget.isVisible()]
        assert visible, (name, len(among))
        return visible[0]

    def click(self, name: str, inside: QWidget | None = None) -> None:
        self.bot.mouseClick(self.shown(name, inside), Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str, inside: QWidget | None = None) -> None:
        field = self.shown(name, inside)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        field.insert(text)
        field.textEdited.emit(text)

    def go(self, page: str) -> None:
        self.click(f"rail-{page}")
        self.settle()

    @property
    def dialog(self) -> QDialog:
        found: list[QDialog] = []

        def opened() -> bool:
            found[:] = [d for d in self.program.frame.findChildren(QDialog) if d.isVisible()]
            return bool(found)

        self.bot.waitUntil(opened, timeout=LONG)
        return found[-1]

    def accept(self) -> None:
        form = self.dialog
        assert isinstance(form, Form)
        self.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
        self.bot.waitUntil(lambda: not alive(form), timeout=LONG)
        self.settle()


def alive(form: QDialog) -> bool:
    return isValid(form) and form.isVisible()


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Callable[..., Journey]]:
    """``start(url, language="en")`` starts the program; it is closed at the end."""
    app.dress("light")
    begun: list[Journey] = []

    def begin(url: str | None = None, language: str = "en") -> Journey:
        begun.append(Journey(qtbot, url, language))
        return begun[-1]

    yield begin
    for journey in begun:
        journey.close()
