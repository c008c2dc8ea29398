"""Whether a group will be large enough, what is decided of it, laps, and what is completed."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.groups import Decision, Group, GroupStatus
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.seats import How
from painprogram.domain.ways import WayStatus
from painprogram.gui.programmes.decision_dialog import DecisionDialog
from painprogram.gui.programmes.seats_laps import LapForm, RoundForm
from painprogram.usecases import attendance, groups, laps, seats, ways
from tests import make
from tests.gui.programmes.test_pausing import opened, press, shown

TODAY = make.TODAY
WHY = "För få anmälda"


@pytest.fixture
def group(database, centre) -> Group:
    return make.group(database, centre, "V27 A")


def waits(database, centre, number: int) -> None:
    known = make.patient(database, centre, "Nils", "Ek", number)
    way = ways.receive(database, known.id, ReferralValues(TODAY), today=TODAY)
    ways.step(database, way.id, WayStatus.WAITING, TODAY, today=TODAY)


def decided(screen, view: Any, how: How, reason: str = WHY) -> Any:
    view.ask_decision()
    dialog = opened(screen, DecisionDialog)
    screen.qtbot.mouseClick(dialog.how.button(how), Qt.MouseButton.LeftButton)
    dialog.reason.setText(reason)
    screen.qtbot.waitUntil(lambda: dialog.settled and dialog.shown is not None)
    return dialog


def strip(view: Any) -> str:
    banners = (view.strip.calm, view.strip.warning)
    return " ".join(one.accessibleName() for one in banners if one.isVisibleTo(view))


def test_that_the_strip_says_whether_the_group_will_be_large_enough(
    screen, database, centre, group
) -> None:
    make.placed(database, centre, group.id)
    waits(database, centre, 1)

    view = shown(screen, group)

    assert strip(view) == (
        "Is decided on Tue 29 Dec, in 37 days · "
        "1 are expected: 5 are lacking for the minimum of 6. (1 wait)"
    )
    assert view.strip.calm.isVisibleTo(view)


def test_that_the_strip_warns_when_the_decision_is_near(screen, database, group) -> None:
    seats.set_decision_day(database, group.id, TODAY + timedelta(days=3))

    view = shown(screen, group)

    assert view.strip.warning.isVisibleTo(view)
    assert strip(view).startswith("Is decided on Wed 25 Nov, in 3 days")


def test_that_filling_the_seats_goes_to_the_waiting_list(screen, group) -> None:
    view = shown(screen, group)
    button = view.findChild(QPushButton, "fill_seats_calm")

    with screen.qtbot.waitSignal(screen.desk.waiting_asked) as asked:
        screen.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert asked.args == [group.id]


def test_that_the_day_of_decision_is_saved_as_it_is_chosen(screen, database, group) -> None:
    view = shown(screen, group)
    view.ask_decision()
    dialog = opened(screen, DecisionDialog)

    dialog.day.setDate(QDate(2026, 12, 1))
    screen.settle()

    assert groups.group(database, group.id).decide_on == date(2026, 12, 1)
    assert "Is decided on Tue 1 Dec" in dialog.verdict.text()


def test_that_a_group_is_started(screen, database, centre, group) -> None:
    make.placed(database, centre, group.id)
    dialog = decided(screen, shown(screen, group), How.START, "")

    assert dialog.list.texts()[0] == "V27 A begins on Tue 12 Jan with 1 participant."
    press(screen, dialog)

    assert groups.group(database, group.id).decision is Decision.GO
    screen.settle()
    assert strip(screen.page.group_view).startswith("Decided: starts")


def test_that_what_it_leads_to_and_who_must_be_told_stand_there_first(
    screen, database, centre, group
) -> None:
    make.placed(database, centre, group.id)
    dialog = decided(screen, shown(screen, group), How.CANCEL)

    assert dialog.list.texts()[-2:] == [
        "1 patient must be told:",
        "Maria Öberg: The group is cancelled; waits for another. No address or phone is known.",
    ]
    assert groups.group(database, group.id).status is GroupStatus.OPEN
    press(screen, dialog)
    assert groups.group(database, group.id).status is GroupStatus.CANCELLED


def test_that_a_reason_is_needed_where_patients_are_told(screen, group) -> None:
    dialog = decided(screen, shown(screen, group), How.CANCEL, "")

    assert not dialog.button.isEnabled()
    assert dialog.button.toolTip() == "Write the reason first."
    dialog.reason.setText(WHY)
    assert dialog.button.isEnabled()


def test_that_groups_are_pooled_from_the_dialog(screen, database, centre, group) -> None:
    with make.unwatched(database, centre):
        other = make.group(database, centre, "V27 B", make.MONDAY + timedelta(weeks=1))
    make.placed(database, centre, group.id)

    dialog = decided(screen, shown(screen, group), How.POOL)
    screen.qtbot.waitUntil(lambda: dialog.settled and dialog.button.isEnabled())
    press(screen, dialog)

    assert groups.group(database, other.id).taken == 1


def test_that_the_start_is_moved_from_the_dialog(screen, database, group) -> None:
    dialog = decided(screen, shown(screen, group), How.MOVE)
    dialog.weeks.setValue(2)
    screen.qtbot.waitUntil(lambda: dialog.settled and dialog.button.isEnabled())
    press(screen, dialog)

    assert groups.group(database, group.id).start == make.MONDAY + timedelta(weeks=2)


def test_that_nothing_is_decided_of_a_group_that_has_begun(screen, database, centre) -> None:
    begun = make.group(database, centre, "H26", date(2026, 11, 2))

    view = shown(screen, begun)

    assert strip(view) == ""
    assert not view.decide.isVisible()


def test_that_an_open_group_shows_its_ways_in_and_laps(screen, database, centre) -> None:
    group = make.open_group(database, centre)
    place = make.placed(database, centre, group.id)
    view = shown(screen, group)
    view.tabs.setCurrentWidget(view.laps)
    screen.settle()

    assert strip(view) == (
        "Open group · Next way in: Tue 12 Jan, 11 free seats, lap until Thu 4 Mar"
    )
    assert view.laps.people.texts() == ["Maria Öberg: Sun 22 Nov – Thu 4 Mar"]
    view.laps.people.setCurrentRow(0)
    view.laps.ask_lap()
    form = view.laps.findChildren(LapForm)[-1]
    form.first.setDate(QDate(2027, 1, 18))
    screen.qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    screen.settle()
    (lap,) = laps.laps(database, group.id)
    assert (lap.first, lap.last) == (date(2027, 1, 18), None)
    assert lap.enrolment_id == place.id


def test_that_the_next_round_is_planned_once_its_dates_were_shown(screen, database, centre) -> None:
    group = make.open_group(database, centre)
    view = shown(screen, group)
    view.tabs.setCurrentWidget(view.laps)
    view.laps.ask_round()
    screen.settle()
    form = view.laps.findChildren(RoundForm)[-1]

    assert form.told.text() == ("20 sessions from Tue 9 Mar to Thu 29 Apr, as in the last round.")
    screen.qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    screen.settle()

    assert groups.group(database, group.id).sessions == 40


def test_that_a_closed_group_has_no_laps(screen, group) -> None:
    view = shown(screen, group)

    assert not view.tabs.isTabVisible(view.tabs.indexOf(view.laps))


def test_that_who_must_make_something_up_stands_first(screen, database, centre, group) -> None:
    for number, name in enumerate(("Ada", "Bo")):
        place = make.placed(database, centre, group.id, number, name)
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    attendance.note(
        database,
        lecture.id,
        place.patient_id,
        AttendanceState.EXCUSED,
        today=lecture.start.date(),
    )
    view = shown(screen, group)
    view.tabs.setCurrentWidget(view.completion)
    screen.settle()

    texts = view.completion.people.texts()
    assert [text.split(":")[0] for text in texts] == ["Bo Öberg", "Ada Öberg"]
    assert "1 meeting must be made up: Pain physiology and medicines." in texts[0]
