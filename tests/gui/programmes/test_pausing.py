"""Pause, resume and move a group; who owns it; new groups after its pattern."""

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QWidget

from painprogram.domain.groups import Group
from painprogram.gui.programmes.owner_form import OwnerForm
from painprogram.gui.programmes.pause_form import PauseForm
from painprogram.gui.programmes.preview_lines import LineKind
from painprogram.gui.programmes.redate_dialog import RedateDialog, ResumeDialog, ShiftDialog
from painprogram.gui.programmes.start_dialog import StartDialog
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.label import Label
from painprogram.usecases import (
    groups,
    pauses,
    programmes,
    schedules,
    sessions,
    staff,
    starting,
)
from tests import make

WEEK_FOUR = date(2027, 2, 1)
LATER = date(2027, 4, 20)


@pytest.fixture
def group(database, centre) -> Group:
    return make.group(database, centre, "V27 A")


def shown(screen, group: Group) -> Any:
    """The view of the group, once all is read."""
    screen.reload()
    screen.page.show_group(group.id)
    screen.settle()
    return screen.page.group_view


def opened(screen, kind: type) -> Any:
    screen.settle()
    found = screen.page.findChildren(kind)[-1]
    screen.qtbot.waitUntil(lambda: found.settled)
    return found


def choose(screen, dialog: Any, field: Any, day: date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))
    screen.qtbot.waitUntil(lambda: dialog.settled)


def press(screen, dialog: Any) -> None:
    screen.qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    screen.settle()


def dates(dialog: RedateDialog) -> list[tuple[str, str]]:
    """Each session's old day and its new one."""
    return [
        (line.instead_of, line.when)
        for line in dialog.preview.lines
        if line.kind is LineKind.SESSION
    ]


def chips(dialog: QWidget) -> list[str]:
    return [chip.text for chip in dialog.findChildren(Chip) if not chip.isHidden()]


# Pausing.


def test_that_a_group_is_paused_from_its_menu(screen, database, centre, group) -> None:
    place = make.placed(database, centre, group.id)
    at = datetime(2027, 2, 10, 8)
    schedules.add_visit(database, place.id, at, 45, title="Ergonomics")
    view = shown(screen, group)

    view.pause.trigger()
    form = opened(screen, PauseForm)
    assert form.day.date() == QDate(2026, 11, 22)
    choose(screen, form, form.day, WEEK_FOUR)
    text = form.findChild(Label, "pause_touches").text()
    assert text.startswith("12 sessions from 1 February 2027 on are cancelled")
    assert text.endswith("1 participant keeps their place and own schedule.")
    assert [form.visits.item(0).text()] == ["Maria Öberg, Wed 10 Feb 8:00–8:45"]
    form.visits.item(0).setCheckState(Qt.CheckState.Checked)
    form.reason.setText("Few can come")
    press(screen, form)
    screen.reload()

    assert groups.group(database, group.id).paused == WEEK_FOUR
    assert view.paused.text == "Paused from 1 Feb 2027"
    assert view.paused.toolTip() == "Few can come"
    assert (view.resume.isVisible(), view.pause.isVisible(), view.shift.isVisible()) == (
        True,
        False,
        False,
    )
    assert "Paused from 1 Feb 2027" in screen.page.library.groups.item(0).toolTip()
    lines = schedules.own(database, place.id).lines
    assert next(line for line in lines if line.start == at).session.cancelled


def test_that_a_pause_without_a_reason_is_refused_in_the_form(screen, database, group) -> None:
    view = shown(screen, group)
    view.pause.trigger()
    form = opened(screen, PauseForm)

    press(screen, form)

    assert form.wrong.text().startswith("Write why the group is paused")
    assert form.isVisible()
    assert groups.group(database, group.id).paused is None


def test_that_visits_that_are_ticked_stay_ticked_for_another_day(
    screen, database, centre, group
) -> None:
    place = make.placed(database, centre, group.id)
    for day in (10, 17):
        schedules.add_visit(database, place.id, datetime(2027, 2, day, 8), 45, title="Visit")
    view = shown(screen, group)
    view.pause.trigger()
    form = opened(screen, PauseForm)
    form.visits.item(1).setCheckState(Qt.CheckState.Checked)

    choose(screen, form, form.day, date(2027, 2, 15))

    assert form.visits.count() == 1
    assert form.visits.item(0).checkState() is Qt.CheckState.Checked


def test_that_there_is_nothing_to_pause_after_the_last_session(screen, group) -> None:
    view = shown(screen, group)
    view.pause.trigger()
    form = opened(screen, PauseForm)

    choose(screen, form, form.day, date(2028, 1, 1))

    assert form.findChild(Label, "pause_touches").text().startswith("The group has no session")
    assert not form.button.isEnabled()


# Resuming.


@pytest.fixture
def paused(database, group) -> Group:
    return pauses.pause(database, group.id, WEEK_FOUR, "Few can come")


def test_that_every_date_is_shown_before_a_group_is_resumed(screen, database, paused) -> None:
    view = shown(screen, paused)
    screen.qtbot.mouseClick(view.resume, Qt.MouseButton.LeftButton)
    dialog = opened(screen, ResumeDialog)
    assert dialog.day.date() == QDate(2027, 2, 1), "not before it paused"

    choose(screen, dialog, dialog.day, LATER)

    assert dates(dialog)[0] == ("Tue 2 Feb", "Tue 20 Apr")
    assert len(dates(dialog)) == 12
    skipped = [line.when for line in dialog.preview.lines if line.kind is LineKind.SKIPPED]
    assert skipped == ["Thu 6 May"]
    assert "1 skipped" in chips(dialog)
    press(screen, dialog)
    screen.reload()

    assert groups.group(database, paused.id).paused is None
    assert not view.paused.isVisible()
    assert not view.resume.isVisible()
    assert database.undo_label == "Resume group V27 A"


def test_that_a_day_before_the_pause_is_refused_in_the_dialog(screen, paused) -> None:
    view = shown(screen, paused)
    view.ask_resume()
    dialog = opened(screen, ResumeDialog)

    choose(screen, dialog, dialog.day, date(2027, 1, 5))

    assert dialog.wrong.text().startswith("V27 A paused on 1 February 2027")
    assert not dialog.button.isEnabled()
    assert dialog.preview.lines == []


def test_that_what_is_taken_is_replaced_by_what_is_free_where_that_is_ticked(
    screen, database, paused
) -> None:
    starting.start(database, starting.like(database, paused.id, date(2027, 3, 29), beside=False))
    view = shown(screen, paused)
    view.ask_resume()
    dialog = opened(screen, ResumeDialog)
    choose(screen, dialog, dialog.day, LATER)
    assert "12 clashes solved" in chips(dialog)

    dialog.suggested.setChecked(False)
    assert "12 clashes" in chips(dialog)
    press(screen, dialog)
    assert "Relaxation 4 (V27 A)" in dialog.wrong.text()
    assert groups.group(database, paused.id).paused == WEEK_FOUR

    dialog.suggested.setChecked(True)
    press(screen, dialog)
    if dialog.because.isVisible():  # somebody has to be missing
        dialog.because.setText("Until somebody is found")
        press(screen, dialog)

    assert groups.group(database, paused.id).paused is None
    fourth = make.of_strand(database, paused.id, "relaxation")[3]
    assert (fourth.room_name, [x.name for x in fourth.leaders]) == ("Stora salen", ["Erik Lund"])


# Moving.


def test_that_a_group_moves_by_weeks_as_shown(screen, database, group) -> None:
    view = shown(screen, group)
    view.shift.trigger()
    dialog = opened(screen, ShiftDialog)
    assert dates(dialog)[0] == ("Tue 12 Jan", "Tue 19 Jan")

    dialog.number.setValue(2)
    dialog.way.button(1).click()
    choose(screen, dialog, dialog.since, WEEK_FOUR)
    assert dates(dialog)[0] == ("Tue 2 Feb", "Tue 16 Feb")
    press(screen, dialog)

    starts = [s.start.date() for s in make.of_strand(database, group.id, "relaxation")]
    assert starts[2:4] == [date(2027, 1, 26), date(2027, 2, 16)]
    assert database.undo_label == "Move group V27 A"


def test_that_a_group_moves_to_earlier_days_too(screen, group) -> None:
    view = shown(screen, group)
    view.shift.trigger()
    dialog = opened(screen, ShiftDialog)

    dialog.unit.setCurrentIndex(1)
    dialog.way.button(-1).click()
    screen.qtbot.waitUntil(lambda: dialog.settled)

    assert dates(dialog)[0] == ("Tue 12 Jan", "Mon 11 Jan")


def test_that_a_move_by_nothing_is_refused_in_the_dialog(screen, group) -> None:
    view = shown(screen, group)
    view.shift.trigger()
    dialog = opened(screen, ShiftDialog)

    dialog.number.setValue(0)
    screen.qtbot.waitUntil(lambda: dialog.settled)

    assert dialog.wrong.text().startswith("Write by how many days")
    assert not dialog.button.isEnabled()


def test_that_a_reason_is_asked_for_where_something_must_be_acknowledged(
    screen, database, group
) -> None:
    before = [s.start for s in sessions.sessions(database, group.id)]
    view = shown(screen, group)
    view.shift.trigger()
    dialog = opened(screen, ShiftDialog)
    dialog.number.setValue(20)
    dialog.way.button(-1).click()
    screen.qtbot.waitUntil(lambda: dialog.settled)

    press(screen, dialog)
    assert dialog.because.isVisible(), "in August that has been"
    assert [s.start for s in sessions.sessions(database, group.id)] == before
    dialog.because.setText("To try it out")
    press(screen, dialog)

    assert sessions.sessions(database, group.id)[0].start.date() < make.TODAY


# New groups after its pattern.


@pytest.mark.parametrize(
    ("action", "name", "day"),
    [
        ("run_again", "Spring 27 A", date(2027, 3, 8)),
        ("beside", "Spring 27 A", date(2027, 1, 11)),
    ],
)
def test_that_a_new_group_is_proposed_after_the_pattern_of_one(
    screen, database, group, action, name, day
) -> None:
    anna, erik, *_ = staff.staff(database)
    groups.set_owner(database, group.id, erik.id, anna.id)
    for one in make.of_strand(database, group.id, "exercise"):
        sessions.move(database, one.id, one.start.replace(hour=8))
    view = shown(screen, group)

    getattr(view, action).trigger()
    screen.settle()
    dialog = screen.page.findChildren(StartDialog)[-1]
    screen.qtbot.waitUntil(dialog.create_button.isEnabled)

    assert (dialog.fields.name.text(), dialog.fields.day) == (name, day)
    assert dialog.fields.owner.currentData() == erik.id
    assert dialog.fields.deputy.currentData() == anna.id
    hour = dialog._rows["exercise"].time.time().hour()
    assert (hour == 8) is (action == "run_again")
    dialog.fields.start.setDate(QDate(2027, 9, 6))
    screen.settle()
    assert dialog._rows["exercise"].time.time().hour() == hour, "what was proposed stays"
    dialog.create_button.click()
    screen.settle()
    made = next(g for g in groups.groups(database) if g.id != group.id)
    assert (made.owner_name, made.deputy_name) == (erik.name, anna.name)


# Owner and deputy.


def test_that_a_group_gets_an_owner_and_a_deputy(screen, database, group) -> None:
    anna, erik, *_ = staff.staff(database)
    view = shown(screen, group)
    view.owner.trigger()
    screen.settle()
    form = screen.page.findChild(OwnerForm)
    assert form.owner.currentData() == group.owner_id
    assert form.deputy.currentData() is None

    form.owner.choose(erik.id)
    form.deputy.choose(erik.id)
    press(screen, form)
    assert form.wrong.text() == "The deputy must be somebody else than the owner."
    form.deputy.choose(anna.id)
    press(screen, form)
    screen.reload()

    assert f"owner {erik.name} (deputy {anna.name})" in view.facts.text


def test_that_a_programme_gets_an_owner_and_a_deputy(screen, database) -> None:
    anna, *_ = staff.staff(database)
    view = screen.page.programme_view

    screen.qtbot.mouseClick(view.owner, Qt.MouseButton.LeftButton)
    screen.settle()
    form = screen.page.findChild(OwnerForm)
    form.owner.choose(anna.id)
    press(screen, form)
    screen.reload()

    assert programmes.offered(database)[0].owner_name == anna.name
    assert f"owner {anna.name}" in view._runs.text
