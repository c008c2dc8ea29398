"""How far the patient has come stands above the own schedule, with the way to make up."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from painprogram.domain.attendance import AttendanceState
from painprogram.gui.patients.makeup_form import MakeUpForm
from painprogram.usecases import attendance, completion, schedules
from tests import make

LECTURE_WEEK = make.MONDAY + timedelta(weeks=1)


@pytest.fixture
def group(database, centre):
    return make.group(database, centre)


@pytest.fixture
def other(database, centre):
    with make.unwatched(database, centre):
        return make.group(database, centre, "H26 B", make.MONDAY + timedelta(weeks=2))


def test_that_it_says_how_far_the_patient_has_come(show, database, centre, group) -> None:
    make.placed(database, centre, group.id)
    screen = show()
    screen.open("Maria")

    line = screen.page.schedule.completion
    assert line.told.text().startswith("0 of 8 core parts are done.")
    assert not line.make_up.isVisibleTo(line)


def test_that_a_missed_lecture_is_made_up_by_keyboard(show, database, centre, group, other) -> None:
    place = make.placed(database, centre, group.id)
    own, there = (make.of_strand(database, one.id, "lecture_a")[0] for one in (group, other))
    schedules.opt_out(database, place.id, own.id, "Reser")
    screen = show()
    screen.open("Maria")
    line = screen.page.schedule.completion

    screen.bot.mouseClick(line.make_up, Qt.MouseButton.LeftButton)
    form = screen.page.findChildren(MakeUpForm)[-1]
    screen.bot.waitUntil(lambda: form.proposals.count() > 0)
    assert "here, in H26 B" in form.proposals.item(0).text()
    form.reason.setEditText("Reser")
    screen.bot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    screen.bot.waitUntil(lambda: not line.make_up.isVisibleTo(line))

    lines = schedules.own(database, place.id).lines
    instead = [one.instead_of for one in lines if one.session.id == there.id]
    assert [one and one.id for one in instead] == [own.id]


def test_that_attendance_noted_elsewhere_shows_at_once(show, database, centre, group) -> None:
    place = make.placed(database, centre, group.id)
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    screen = show()
    screen.open("Maria")

    attendance.note(
        database,
        lecture.id,
        place.patient_id,
        AttendanceState.PRESENT,
        today=lecture.start.date(),
    )

    assert completion.of(database, place.id, LECTURE_WEEK).done == 1
    line = screen.page.schedule.completion
    screen.page.reload()
    screen.bot.waitUntil(lambda: line.told.text().startswith("1 of 8 core parts"))
