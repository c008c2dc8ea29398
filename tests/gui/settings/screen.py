"""The page, and what a person does with it."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from painprogram.gui.desk import Desk
from painprogram.gui.settings.page import SettingsPage
from painprogram.gui.widgets.line_table import LineTable

LEFT = Qt.MouseButton.LeftButton
CENTRE, STAFF, ROOMS, CLOSED = "centre", "staff", "rooms", "closed_days"
RULES, WISHES, CALENDARS, PROGRAM, DATABASE = "rules", "wishes", "calendars", "program", "database"
W = TypeVar("W", bound=QWidget)


class Screen:
    """The page, and what a person does with it."""

    def __init__(self, page: SettingsPage, desk: Desk, qtbot) -> None:
        self.page, self.desk, self._qtbot = page, desk, qtbot

    def find(self, kind: type[W], name: str) -> W:
        widget = self.page.findChild(kind, name)
        assert widget is not None, name
        return widget

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.desk.work.busy)

    def go(self, section: str) -> None:
        self.page.show_section(section)
        self.settle()

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(QAbstractButton, name), LEFT)

    def write(self, name: str, text: str) -> None:
        """Write in a field, and leave it."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        field.insert(text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        self.settle()

    def write_lines(self, name: str, text: str) -> None:
        field = self.find(QPlainTextEdit, name)
        field.setFocus()
        field.selectAll()
        field.insertPlainText(text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        self.settle()

    def text(self, name: str) -> str:
        label = self.find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def write_cell(self, table: LineTable, row: int, column: int, *keys: str | Qt.Key) -> None:
        table.setFocus()
        table.setCurrentIndex(table.model().index(row, column))
        for key in keys:  # the first letter opens the cell, which then has the keyboard
            if not isinstance(key, str):
                QTest.keyClick(QApplication.focusWidget() or table, key)
                continue
            for letter in key:
                QTest.keyClicks(QApplication.focusWidget() or table, letter)
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
        self.settle()
