"""What a person does with the first start."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from painprogram.gui.start.page import StartPage
from painprogram.gui.widgets.line_table import LineTable

LEFT = Qt.MouseButton.LeftButton
W = TypeVar("W", bound=QWidget)
NAME = "Ekbackens vårdcentral <b>"


def found(page: QWidget, kind: type[W], name: str) -> W:
    widget = page.findChild(kind, name)
    assert widget is not None, name
    return widget


def press(page: QWidget, name: str) -> None:
    button = found(page, QAbstractButton, name)
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)


def write(page: QWidget, name: str, text: str) -> None:
    field = found(page, QLineEdit, name)
    field.setFocus()
    field.clear()
    field.insert(text)
    field.textEdited.emit(field.text())


def wrong(page: QWidget, name: str) -> str:
    label = found(page, QLabel, f"{name}_wrong")
    return label.text() if label.isVisible() else ""


def title(page: StartPage) -> str:
    return found(page, QLabel, "step").text()


def type_in(table: LineTable, *keys: str | Qt.Key) -> None:
    """Into whatever has the keyboard in *table*: a cell that is written in, or the table."""
    for key in keys:
        target = QApplication.focusWidget() or table
        assert table.isAncestorOf(target) or target is table
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)
        QApplication.sendPostedEvents()
        if key == Qt.Key.Key_Return:
            QTest.qWait(0)


def to_staff(page: StartPage) -> LineTable:
    press(page, "choose_new")
    write(page, "name", NAME)
    press(page, "next")
    return found(page, LineTable, "staff")


def to_rooms(page: StartPage) -> LineTable:
    table = to_staff(page)
    QGuiApplication.clipboard().setText("Anna Berg;fysioterapeut;036-1\nEva Ek\tpsychologist")
    table.paste()
    press(page, "next")
    return found(page, LineTable, "rooms")
