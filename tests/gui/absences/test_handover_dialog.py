"""What somebody has goes to others, in one press."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from painprogram.gui.absences.handover_dialog import HandoverDialog
from painprogram.gui.widgets.choice import Choice as Box
from painprogram.usecases import groups, handovers, staff
from painprogram.usecases.handovers import Part


class Opened:
    """The dialog, and waiting until everything is shown."""

    def __init__(self, qtbot, desk, staff_id, window):
        self._qtbot, self._desk = qtbot, desk
        self.dialog = HandoverDialog(desk, staff_id, window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.lines = self.dialog.lines
        self.dialog.open()
        self.settle()

    def settle(self):
        self._qtbot.waitUntil(
            lambda: not self._desk.work.busy and not self.dialog._pause.isActive()
        )

    def press(self):
        QTest.mouseClick(self.dialog.hand_over_button, Qt.MouseButton.LeftButton)
        self.settle()


@pytest.fixture
def opened(qtbot, desk, group, busiest, window):
    return Opened(qtbot, desk, busiest.id, window)


def test_that_what_is_theirs_is_listed_with_whom_it_is_proposed_to(
    opened, database, busiest, today
):
    wanted = handovers.handover(database, busiest.id, today).belongings
    assert wanted
    assert [one.belonging for one in opened.lines.passed] == list(wanted)
    assert [one.to for one in opened.lines.passed] == [one.proposed for one in wanted]


def test_that_one_press_hands_over_and_one_undo_takes_it_back(
    opened, database, desk, busiest, today
):
    said: list[str] = []
    desk.message.connect(said.append)
    before = handovers.handover(database, busiest.id, today).belongings
    opened.dialog.findChild(QCheckBox, "leaves").setChecked(True)
    opened.press()
    if opened.dialog.isVisible():  # a rule asks why
        opened.dialog.reason.setText("Slutar")
        opened.press()
    assert not opened.dialog.isVisible()
    assert said == [f"{busiest.name} has handed over."]
    left = handovers.handover(database, busiest.id, today).belongings
    assert {one.part for one in left} <= {Part.LEADS, Part.VISITS}
    assert busiest.id not in {one.id for one in staff.staff(database)}
    database.undo()
    assert handovers.handover(database, busiest.id, today).belongings == before
    assert busiest.id in {one.id for one in staff.staff(database)}


def test_that_all_of_it_can_go_to_one(opened, database, busiest):
    other = next(one for one in staff.staff(database) if one.id != busiest.id)
    opened.dialog.everything.choose(other.id)
    assert {one.to for one in opened.lines.passed} == {other.id}
    opened.dialog.everything.setCurrentIndex(0)
    assert [one.to for one in opened.lines.passed] == [
        one.belonging.proposed for one in opened.lines.passed
    ]


def test_that_a_later_last_day_leaves_more_with_them_and_keeps_what_was_chosen(
    opened, database, group, busiest
):
    other = next(one for one in staff.staff(database) if one.name == "Lena Ek")
    groups.set_owner(database, group.id, busiest.id, None)
    opened.dialog._look_up()
    opened.settle()
    owned = next(
        at for at, one in enumerate(opened.lines.passed) if one.belonging.part is Part.OWNS_GROUP
    )
    opened.dialog.findChildren(Box, "to")[owned].choose(other.id)
    many = sum(one.belonging.many for one in opened.lines.passed)
    opened.dialog.last_day.setDate(opened.dialog.last_day.date().addDays(14))
    opened.settle()
    assert sum(one.belonging.many for one in opened.lines.passed) < many
    kept = next(one for one in opened.lines.passed if one.belonging.part is Part.OWNS_GROUP)
    assert kept.to == other.id


def test_that_who_has_nothing_may_still_leave(qtbot, desk, database, group, window):
    idle = next(one for one in staff.staff(database) if one.name == "Lena Ek")
    opened = Opened(qtbot, desk, idle.id, window)
    assert not opened.dialog.hand_over_button.isEnabled()
    opened.dialog.leaves.setChecked(True)
    assert opened.dialog.hand_over_button.isEnabled()
    opened.press()
    assert not opened.dialog.isVisible()
    assert idle.id not in {one.id for one in staff.staff(database)}
