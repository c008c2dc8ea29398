"""The waiting list on the screen: in order, with a group to fill beside it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from painprogram.domain.referrals import Priority, ReferralValues
from painprogram.domain.ways import WayStatus
from painprogram.usecases import groups, ways
from tests import make
from tests.make import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def group(database, centre):
    return make.group(database, centre, maximum=1)


@pytest.fixture
def screen(show, database, centre, group):
    for number, (name, days, priority) in enumerate(
        (("Eva", 70, 0), ("Nils", 20, 0), ("Ove", 5, 1))
    ):
        one = make.patient(database, centre, name, "Ek", number)
        values = ReferralValues(TODAY - days * DAY, priority=Priority(priority))
        made = ways.receive(database, one.id, values, today=TODAY)
        ways.step(database, made.id, WayStatus.WAITING, TODAY, today=TODAY)
    shown = show()
    shown.click("waiting_list")
    shown.settle()
    shown.bot.waitUntil(lambda: len(shown.page.waiting.filling.cards) == 3)
    return shown


def names(screen) -> list[str]:
    return [one.name for one in screen.page.waiting.table.waiting.line]


def status(database, name: str) -> WayStatus:
    return next(one.status for one in ways.ways(database, today=TODAY) if one.name == name)


def test_that_the_list_is_in_order_and_says_who_has_waited_too_long(screen) -> None:
    assert names(screen) == ["Ove Ek", "Eva Ek", "Nils Ek"]
    assert screen.page.waiting.chips.texts == ["3 wait", "1 has waited longer than the limit"]
    told = screen.page.waiting.table.waiting.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("2. Eva Ek. waited 70 days. more than the limit of 60 days")


def test_that_a_seat_is_offered_with_the_reasons_and_accepted(screen, database, group) -> None:
    first = screen.page.waiting.filling.cards[0]
    assert first.judged.waiting.name == "Ove Ek"
    first.button.click()
    assert screen.child(QPlainTextEdit, "offer_why", screen.form).toPlainText() == (
        "number 1 on the list; priority: before others; has waited 5 days"
    )
    screen.accept()
    screen.bot.waitUntil(lambda: screen.page.waiting.chips.texts[1] == "1 is offered a place")
    assert screen.page.waiting.filling.seats.text() == (
        "0 free seats of 1 · 1 offered and not answered"
    )

    screen.click("waiting_accept")
    screen.settle()
    screen.accept()

    assert status(database, "Ove Ek") is WayStatus.PLACED
    assert groups.group(database, group.id).taken == 1
    screen.bot.waitUntil(lambda: names(screen) == ["Eva Ek", "Nils Ek"])


def test_that_another_than_was_proposed_is_offered_only_with_a_reason(screen, database) -> None:
    last = screen.page.waiting.filling.cards[-1]
    assert last.judged.against == ("No seat is left after those before",)
    last.button.click()

    assert screen.accept_in_vain() == "Write the reason."
    screen.child(QPlainTextEdit, "offer_why", screen.form).setPlainText("Has a flexible job")
    screen.accept()

    assert status(database, "Nils Ek") is WayStatus.OFFERED


def test_that_return_opens_the_patient(screen) -> None:
    table = screen.page.waiting.table
    table.setFocus()
    table.setCurrentIndex(table.waiting.index(1, 1))

    screen.bot.keyClick(table, Qt.Key.Key_Return)

    screen.bot.waitUntil(lambda: screen.page.header.name.text == "Eva Ek")
    assert not screen.page.waiting.isVisible()


def test_that_an_empty_list_says_what_to_do(show, database, centre) -> None:
    make.patient(database, centre)
    screen = show()

    screen.click("waiting_list")
    screen.settle()

    assert not screen.page.waiting.table.isVisible()
    assert screen.page.waiting.filling.seats.text().startswith("No group of the centre is open")
