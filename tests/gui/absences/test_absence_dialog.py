"""The two-minute tool: who and when, what it touches with the best way out, one press."""

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget

from painprogram.domain.availability import Span
from painprogram.domain.plans import PlanScope, PlanWanted
from painprogram.domain.rules import Level, Rule
from painprogram.domain.substitutes import Choice, Solution
from painprogram.gui.absences.dialog import AbsenceDialog
from painprogram.gui.absences.span_fields import FURTHER, OWN, WEEK
from painprogram.gui.widgets.choice import Choice as Box
from painprogram.usecases import absences, availability, patients, rules, sessions, staff
from tests import make


class Opened:
    """Opens the dialog for somebody, and waits until everything is shown."""

    def __init__(self, qtbot, desk, window):
        self._qtbot, self._desk, self._window = qtbot, desk, window

    def __call__(self, staff_id=None):
        dialog = AbsenceDialog(self._desk, staff_id, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        self.settle(dialog)
        return dialog

    def settle(self, dialog):
        self._qtbot.waitUntil(lambda: not self._desk.work.busy and not dialog._pause.isActive())


@pytest.fixture
def opened(qtbot, desk, group, window):
    return Opened(qtbot, desk, window)


def boxes(dialog):
    return dialog.findChildren(Box, "solution")


def press_week(opened, dialog):
    QTest.mouseClick(dialog.span.preset.button(WEEK), Qt.MouseButton.LeftButton)
    opened.settle(dialog)


def lines(database, group):
    return [
        (one.id, one.start, one.room_id, one.leaders, one.cancelled)
        for one in sessions.sessions(database, group.id)
    ]


def this_week(today):
    return Span(
        datetime.combine(today, time()), datetime.combine(today + timedelta(days=7), time())
    )


def test_that_a_week_shows_every_session_with_the_best_way_out_chosen(
    opened, busiest, database, centre, group, today
):
    for number in range(4):
        make.placed(database, centre, group.id, number)
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    wanted = absences.touched(database, busiest.id, this_week(today), today)
    assert wanted.touched
    assert dialog.solutions.choices == tuple(one.best for one in wanted.touched)
    many = len(wanted.touched)
    told = f"{many} session" if many == 1 else f"{many} sessions"
    assert dialog.summary.text() == f"{told}, 4 patients"
    assert boxes(dialog)[0].accessibleDescription()


def test_that_one_press_enters_it_all_and_one_undo_takes_it_back(
    opened, busiest, database, desk, group, today
):
    before = lines(database, group)
    said: list[str] = []
    desk.message.connect(said.append)
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    QTest.mouseClick(dialog.enter_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    assert not dialog.isVisible()
    assert said == [f"The absence of {busiest.name} is entered."]
    assert absences.touched(database, busiest.id, this_week(today)).touched == ()
    assert [one.span for one in availability.absences(database)] == [this_week(today)]
    assert database.undo() == f"Enter absence of {busiest.name}"
    assert lines(database, group) == before
    assert availability.absences(database) == ()


def test_that_everything_can_be_done_by_keyboard(opened, busiest, database, today):
    dialog = opened(busiest.id)
    dialog.span.preset.button(WEEK).setFocus()
    QTest.keyClick(dialog.span.preset.button(WEEK), Qt.Key.Key_Space)
    opened.settle(dialog)
    box = boxes(dialog)[0]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    assert dialog.solutions.choices[0].solution is Solution.LEAVE
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle(dialog)
    assert not dialog.isVisible()
    left = absences.touched(database, busiest.id, this_week(today))
    assert len(left.touched) == 1


def test_that_best_for_all_takes_back_what_was_chosen_by_hand(opened, busiest):
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    best = dialog.solutions.choices
    QTest.mouseClick(dialog.leave_button, Qt.MouseButton.LeftButton)
    assert {one.solution for one in dialog.solutions.choices} == {Solution.LEAVE}
    QTest.mouseClick(dialog.best_button, Qt.MouseButton.LeftButton)
    assert dialog.solutions.choices == best


def test_that_what_was_chosen_stays_when_the_dates_change(opened, busiest, today):
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    box = boxes(dialog)[0]
    box.setCurrentIndex(box.count() - 2)
    chosen = dialog.solutions.choices[0]
    assert chosen.solution is Solution.CANCEL
    QTest.mouseClick(dialog.span.preset.button(FURTHER), Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    assert len(dialog.solutions.choices) > 1
    assert dialog.solutions.choices[0] == chosen


def test_that_own_dates_and_a_part_of_a_day_are_written(opened, busiest, today):
    dialog = opened(busiest.id)
    dialog.span.show_days(today + timedelta(days=1), today + timedelta(days=1))
    assert dialog.span.preset.current != OWN
    dialog.span.first.setDate(dialog.span.first.date().addDays(3))
    assert dialog.span.preset.current == OWN
    dialog.findChild(QCheckBox, "part").setChecked(True)
    opened.settle(dialog)
    day = today + timedelta(days=4)
    assert dialog.span.span == Span(datetime.combine(day, time(8)), datetime.combine(day, time(12)))


def test_that_nobody_is_away_before_somebody_is_chosen(opened, busiest):
    dialog = opened()
    assert not dialog.enter_button.isEnabled()
    dialog.who.choose(busiest.id)
    opened.settle(dialog)
    assert dialog.enter_button.isEnabled()


def test_that_an_absence_that_touches_nothing_is_entered_all_the_same(
    opened, database, centre, today
):
    idle = next(one for one in staff.staff(database) if one.name == "Lena Ek")
    dialog = opened(idle.id)
    assert not dialog.summary.isVisible()
    QTest.mouseClick(dialog.enter_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    assert [one.staff_id for one in availability.absences(database)] == [idle.id]


def test_that_a_second_absence_of_the_same_days_is_said(opened, database, centre, today):
    idle = next(one for one in staff.staff(database) if one.name == "Lena Ek")
    availability.add_absence(database, idle.id, this_week(today))
    dialog = opened(idle.id)
    assert not dialog.enter_button.isEnabled()
    assert "entered already" in dialog.findChild(QLabel, "wrong").text()


def test_that_what_must_be_acknowledged_asks_for_one_reason_for_all(
    opened, busiest, database, centre, today
):
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    best = dialog.solutions.choices[0]
    assert best.staff_id
    availability.set_week(database, best.staff_id, ())
    touched = dialog.solutions._lines[0].touched
    start = touched.shown.start
    busy = Span(start - timedelta(hours=1), start + timedelta(hours=2))
    rules.set_level(database, centre.id, Rule.ABSENT, Level.ACKNOWLEDGE)
    availability.add_absence(database, best.staff_id, busy)
    QTest.mouseClick(dialog.enter_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    reason = dialog.findChild(QLineEdit, "reason")
    assert dialog.isVisible()
    assert reason.isVisible()
    assert availability.absences(database, busiest.id) == ()
    reason.setText("Kommer in ändå")
    QTest.mouseClick(dialog.enter_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    assert not dialog.isVisible()
    assert len(availability.absences(database, busiest.id)) == 1


def test_that_what_blocks_is_said_and_nothing_chosen_is_lost(opened, busiest, database, today):
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    best = dialog.solutions.choices[0]
    session = sessions.session(database, best.occasion_id)
    availability.add_absence(database, best.staff_id, Span(session.start, session.end))
    QTest.mouseClick(dialog.enter_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    wrong = dialog.findChild(QLabel, "wrong")
    assert dialog.isVisible()
    assert wrong.isVisible()
    assert wrong.text()
    assert dialog.solutions.choices[0] == best
    assert availability.absences(database, busiest.id) == ()


def test_that_every_control_has_a_name_and_is_reached_by_tab(opened, busiest):
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    for kind in (QPushButton, QLineEdit, Box, QCheckBox):
        for control in dialog.findChildren(kind):
            named = control.accessibleName() or getattr(control, "text", str)()
            assert named or control.parent().accessibleName(), control
    order = []
    at: QWidget = dialog.who
    for _step in range(80):
        order.append(at.objectName())
        at = at.nextInFocusChain() or dialog
    assert order.index("who") < order.index("solution") < order.index("enter")


def test_that_a_choice_of_somebody_else_is_carried_out(opened, busiest, database, centre, today):
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    box = boxes(dialog)[0]
    first = dialog.solutions.choices[0]
    move = next(row for row in range(box.count()) if box.itemData(row).solution is Solution.MOVE)
    box.setCurrentIndex(move)
    wanted: Choice = dialog.solutions.choices[0]
    assert wanted.start
    QTest.mouseClick(dialog.enter_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    assert sessions.session(database, first.occasion_id).start == wanted.start


def test_that_the_patients_are_named_when_asked_for_with_what_becomes_of_it(
    opened, busiest, database, centre, group, today
):
    placed = [make.placed(database, centre, group.id, number) for number in range(2)]
    dialog = opened(busiest.id)
    press_week(opened, dialog)
    before = len(patients.readings(database, placed[0].patient_id))
    QTest.mouseClick(dialog.patients_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    table = dialog.findChild(QTableWidget, "patients")
    assert table.rowCount() == 2 * len(dialog.solutions.choices)
    assert table.item(0, 0).text() == "Maria Öberg"
    assert table.item(0, 3).text() == boxes(dialog)[0].short
    assert len(patients.readings(database, placed[0].patient_id)) == before + 1


def test_that_an_absence_is_entered_and_a_plan_asked_for_that_repairs_it(
    opened, database, desk, busiest, group, today
):
    asked: list[PlanWanted] = []
    desk.plan_asked.connect(asked.append)
    before = lines(database, group)
    dialog = opened(busiest.id)
    press_week(opened, dialog)

    QTest.mouseClick(dialog.repair_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)

    assert not dialog.isVisible()
    assert lines(database, group) == before
    assert [one.staff_id for one in availability.absences(database, busiest.id)] == [busiest.id]
    (wanted,) = asked
    assert wanted.scope is PlanScope.REPAIR
    assert wanted.group_ids == (group.id,)
    assert wanted.first == today
