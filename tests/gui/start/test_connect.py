"""Connecting to the database that a cluster shares."""

import socket

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
)

from tests.gui.start.hands import (
    found,
    press,
    write,
    wrong,
)

# A shared database.


def test_that_a_server_is_asked_for_with_everything_escaped(page, qtbot):
    press(page, "choose_connect")
    write(page, "address", "server:5433/smarta")
    write(page, "account", "anna@ek")
    write(page, "password", "p/å:@")

    with qtbot.waitSignal(page.database_asked) as asked:
        press(page, "connect")

    assert asked.args == ["postgresql://anna%40ek:p%2F%C3%A5%3A%40@server:5433/smarta"]


def test_that_a_pasted_address_is_spread_over_the_fields(page):
    press(page, "choose_connect")
    write(page, "address", "postgresql://anna:s%40cret@server/smarta?sslmode=require")

    QTest.keyClick(found(page, QLineEdit, "address"), Qt.Key.Key_Tab)

    assert found(page, QLineEdit, "address").text() == "server/smarta?sslmode=require"
    assert found(page, QLineEdit, "account").text() == "anna"
    assert found(page, QLineEdit, "password").text() == "s@cret"
    assert found(page, QLineEdit, "password").echoMode() == QLineEdit.EchoMode.Password


def test_that_a_missing_part_of_the_address_is_said_beside_it(page, qtbot):
    press(page, "choose_connect")
    write(page, "address", "server")

    with qtbot.assertNotEmitted(page.database_asked):
        press(page, "connect")

    assert "such as" in wrong(page, "address")
    assert "account" in wrong(page, "account")


def test_that_of_a_known_server_only_the_password_is_asked(page):
    page.ask_for_server("postgresql://anna@server/smarta")

    assert found(page, QLineEdit, "account").text() == "anna"
    assert QApplication.focusWidget() is found(page, QLineEdit, "password")


def test_that_a_server_that_refuses_is_told_and_the_address_kept(page):
    press(page, "choose_connect")
    write(page, "address", "server/smarta")
    write(page, "account", "anna")
    press(page, "connect")

    page.show_choices()
    page.show_failure("The shared database smarta can't be reached.")

    assert found(page, QLabel, "answer").text() == "The shared database smarta can't be reached."
    assert found(page, QLineEdit, "address").text() == "server/smarta"


def test_that_a_try_at_a_dead_address_ends_in_a_sentence(page, qtbot):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    press(page, "choose_connect")
    write(page, "address", f"127.0.0.1:{port}/smarta")
    write(page, "account", "anna")

    press(page, "try")

    answer = found(page, QLabel, "answer")
    qtbot.waitUntil(lambda: "can't be reached" in answer.text(), timeout=15000)
    assert found(page, QAbstractButton, "try").isEnabled()


def test_that_a_try_at_a_living_server_says_what_is_there(page, qtbot, url, engine):
    if engine == "sqlite":
        return  # a server is what is tried here
    press(page, "choose_connect")
    write(page, "address", url)
    found(page, QLineEdit, "address").editingFinished.emit()
    write(page, "account", found(page, QLineEdit, "account").text() or "postgres")

    press(page, "try")

    answer = found(page, QLabel, "answer")
    qtbot.waitUntil(lambda: "0 health centres" in answer.text(), timeout=15000)
