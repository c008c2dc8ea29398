"""The next times that suit, and moving to one of them."""

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from painprogram.domain.availability import Span
from painprogram.domain.sessions import Session
from painprogram.gui.commontime.dialog import FindTimeDialog
from painprogram.usecases import availability, openings, sessions


class Opened:
    """Opens the dialog, and waits until everything is shown."""

    def __init__(self, qtbot, desk, window):
        self._qtbot, self._desk, self._window = qtbot, desk, window

    def __call__(self, session=None):
        dialog = FindTimeDialog(self._desk, session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        self.settle(dialog)
        return dialog

    def settle(self, dialog):
        self._qtbot.waitUntil(lambda: not self._desk.work.busy and not dialog._pause.isActive())


@pytest.fixture
def opened(qtbot, desk, group, window):
    return Opened(qtbot, desk, window)


@pytest.fixture
def session(database, group):
    return next(
        one for one in sessions.sessions(database, group.id) if one.number == 3 and one.leaders
    )


def test_that_a_session_is_moved_to_a_time_that_suits_and_shown(opened, session, database, desk):
    shown: list[Session] = []
    desk.session_asked.connect(shown.append)
    dialog = opened(session)
    start = dialog.start
    assert start is not None
    assert start != session.start
    QTest.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    if dialog.isVisible():  # a rule asks why
        dialog.reason.setText("Passar bättre")
        QTest.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
        opened.settle(dialog)
    assert not dialog.isVisible()
    assert sessions.session(database, session.id).start == start
    assert [one.id for one in shown] == [session.id]


def test_that_the_times_are_those_of_the_use_case(opened, session, database, today):
    dialog = opened(session)
    asked = openings.of_session(database, session.id)
    assert dialog._openings == openings.next_times(database, asked, today)


def test_that_the_start_is_as_near_as_can_be_to_the_usual_hour(opened, session):
    dialog = opened(session)
    opening = dialog.opening
    assert opening is not None
    assert dialog.start == opening.nearest(session.start.time())
    least = dialog.begins.minimumTime()
    assert (least.hour(), least.minute()) == (opening.first.hour, opening.first.minute)


def test_that_another_leader_gives_other_times(opened, session):
    dialog = opened(session)
    before = dialog._openings
    dialog.asking.leaders.item(1).setCheckState(Qt.CheckState.Checked)
    opened.settle(dialog)
    assert dialog._openings != before


def test_that_without_a_session_somebody_must_be_chosen_first(opened):
    dialog = opened()
    assert not dialog.use_button.isEnabled()
    dialog.asking.leaders.item(0).setCheckState(Qt.CheckState.Checked)
    opened.settle(dialog)
    assert dialog.use_button.isEnabled()


def test_that_a_time_for_anything_is_copied(opened, desk):
    said: list[str] = []
    desk.message.connect(said.append)
    dialog = opened()
    dialog.asking.leaders.item(0).setCheckState(Qt.CheckState.Checked)
    opened.settle(dialog)
    opening = dialog.opening
    QTest.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    copied = QApplication.clipboard().text()
    assert opening.room_name in copied
    assert said == [f"Copied: {copied}"]


def test_that_where_nothing_suits_it_says_so(opened, session, database, today):
    start = datetime.combine(today, time())
    span = Span(start, start + timedelta(days=100))
    availability.add_absence(database, session.leaders[0].staff_id, span)
    dialog = opened(session)
    assert not dialog.use_button.isEnabled()
    assert dialog.start is None
    assert "suits everybody" in dialog._empty.accessibleName()


def test_that_what_is_refused_is_said_and_the_dialog_stays(opened, session, database):
    dialog = opened(session)
    sessions.cancel(database, session.id)
    QTest.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    opened.settle(dialog)
    assert dialog.isVisible()
    assert "meanwhile" in dialog.findChild(QLabel, "wrong").text()
