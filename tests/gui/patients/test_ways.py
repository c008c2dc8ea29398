"""The way of a patient on the screen: where it stands, what is next, and one press for it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QDateEdit, QPlainTextEdit, QPushButton

from painprogram.domain.referrals import ReferralValues
from painprogram.domain.ways import WayStatus
from painprogram.gui.patients.ways_confirm import ConfirmDialog
from painprogram.usecases import groups, ways
from tests import make
from tests.gui.patients.screen import Screen
from tests.make import TODAY

DAY = timedelta(days=1)
VALUES = ReferralValues(TODAY - 63 * DAY, from_whom="Dr Ek")


@pytest.fixture
def patient(database, centre):
    return make.patient(database, centre)


def menu(screen: Screen, name: str) -> QAction:
    found = [a for a in screen.page.way.more.menu().actions() if a.objectName() == f"way_{name}"]
    assert found, [a.objectName() for a in screen.page.way.more.menu().actions()]
    return found[0]


def strip(screen: Screen) -> tuple[str, str, str]:
    way = screen.page.way
    return way.status.text, way.since.text, way.next.text


def test_that_a_patient_without_a_referral_gets_one(show, database, patient) -> None:
    screen = show()
    screen.open("Maria")
    assert strip(screen)[0] == "No referral"

    screen.click("way_main")
    form = screen.form
    assert form.windowTitle() == "New referral of Maria Öberg"
    screen.child(QDateEdit, "referral_day", form).setDate(QDate(2026, 11, 2))
    screen.write("referral_from", "Dr Ek", form)
    screen.child(QPlainTextEdit, "referral_reason", form).setPlainText("Pain since 2020")
    screen.write("referral_needs", "Sleep, exercise,", form)
    screen.choose("referral_priority", "Before others", form)
    screen.accept()

    (way,) = ways.of_patient(database, patient.id, TODAY)
    assert way.referral.values.needs == ("Sleep", "exercise")
    assert (way.referral.values.from_whom, way.referral.values.reason) == (
        "Dr Ek",
        "Pain since 2020",
    )
    screen.bot.waitUntil(lambda: strip(screen)[0] == "Received")
    assert strip(screen)[1:] == (
        "since 2 Nov 2026 · waited 20 days (limit 60)",
        "Next: Assess the referral · 6 days late",
    )


def test_that_the_button_takes_the_way_on_and_the_reason_is_kept(show, database, patient) -> None:
    ways.receive(database, patient.id, VALUES, today=TODAY)
    screen = show()
    screen.open("Maria")

    assert screen.child(QPushButton, "way_main").text() == "Note as assessed…"
    screen.click("way_main")
    screen.accept()
    screen.bot.waitUntil(lambda: strip(screen)[0] == "Assessed")
    menu(screen, "declined").trigger()
    assert screen.accept_in_vain() == "Write the reason."
    screen.choose("step_reason", "The patient declines", screen.form)
    screen.accept()

    screen.bot.waitUntil(lambda: strip(screen)[0] == "Declined")
    (way,) = ways.of_patient(database, patient.id, TODAY)
    assert way.referral.end_reason == "The patient declines"
    assert screen.child(QPushButton, "way_main").text() == "Done: Answer the one who referred…"


def test_that_a_place_is_given_from_the_strip(show, database, centre, patient) -> None:
    group = make.group(database, centre)
    made = ways.receive(database, patient.id, VALUES, today=TODAY)
    ways.step(database, made.id, WayStatus.WAITING, TODAY, today=TODAY)
    screen = show()
    screen.open("Maria")
    assert strip(screen)[1] == "since 22 Nov 2026 · waited 63 days (limit 60)"

    menu(screen, "placed").trigger()
    screen.settle()
    screen.accept()

    screen.bot.waitUntil(lambda: strip(screen)[0] == "Has a place")
    assert groups.group(database, group.id).taken == 1
    assert strip(screen)[2] == "Next: First visit and measures before · by 12 Jan 2027"


def test_that_a_step_is_taken_back_with_a_reason_and_both_stay_on_the_list(
    show, database, patient
) -> None:
    made = ways.receive(database, patient.id, VALUES, today=TODAY)
    ways.step(database, made.id, WayStatus.ASSESSED, TODAY, today=TODAY)
    screen = show()
    screen.open("Maria")

    menu(screen, "back").trigger()
    screen.choose("back_reason", "The wrong patient", screen.form)
    screen.accept()

    screen.bot.waitUntil(lambda: strip(screen)[0] == "Received")
    screen.click("way_steps")
    assert screen.page.way.list.isVisible()
    (way,) = ways.of_patient(database, patient.id, TODAY)
    assert [one.reason for one in way.steps] == ["", "", "The wrong patient"]


def test_that_a_group_that_has_begun_is_confirmed_in_one_step(show, database, centre) -> None:
    group = make.group(database, centre, start=TODAY - 27 * DAY)
    for number, name in enumerate(("Maria", "Nils", "Ove")):
        make.placed(database, centre, group.id, number, name)
    screen = show()
    screen.bot.waitUntil(screen.page.going_on.isVisible)
    assert screen.page.going_on.accessibleName() == "3 patients: has the way gone on?"

    screen.click("confirm_ways")
    form = screen.form
    assert isinstance(form, ConfirmDialog)
    screen.settle()
    ticks = form.findChildren(QCheckBox, "goes_on")
    assert [tick.text() for tick in ticks] == ["Maria Öberg", "Nils Öberg", "Ove Öberg"]
    ticks[1].setChecked(False)
    screen.accept()

    found = {one.name: one.status for one in ways.ways(database, today=TODAY)}
    assert found["Maria Öberg"] is found["Ove Öberg"] is WayStatus.UNDER_WAY
    assert found["Nils Öberg"] is WayStatus.PLACED
    screen.bot.waitUntil(lambda: "1 patient:" in screen.page.going_on.accessibleName())
