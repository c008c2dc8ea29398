from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QComboBox, QPushButton, QTimeEdit, QWidget

from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Profession
from painprogram.gui.programmes.preview_lines import LineKind
from painprogram.gui.programmes.start_dialog import StartDialog
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.label import Label
from painprogram.usecases import groups, history, sessions, staff
from tests import make

START = date(2026, 12, 14)


def found(parent: QWidget, kind: type, name: str = "") -> Any:
    return parent.findChild(kind, name) if name else parent.findChild(kind)


def opened(screen) -> Any:
    screen.page.start_group()
    screen.settle()
    return found(screen.page, StartDialog)


def edited(screen, dialog: StartDialog) -> None:
    """Until the dates after the last edit are shown."""
    screen.qtbot.waitUntil(lambda: not dialog._pause.isActive() and not screen.desk.work.busy)


def begin(screen, dialog: StartDialog, day: date) -> None:
    dialog.fields.start.setDate(QDate(day.year, day.month, day.day))
    edited(screen, dialog)


def chips(dialog: StartDialog) -> list[str]:
    return [chip.text for chip in dialog.findChildren(Chip) if not chip.isHidden()]


def dates(dialog: StartDialog) -> list[str]:
    return [line.when for line in dialog.preview.lines if line.kind is LineKind.SESSION]


def test_that_the_dialog_proposes_everything_and_shows_every_date(screen, database) -> None:
    dialog = opened(screen)

    assert dialog.fields.name.text() == "Autumn 26 A"
    assert dialog.fields.day == START - (START - date(2026, 12, 7))
    assert dialog.fields.content.key == "smarthantering"
    assert len(dates(dialog)) == 20
    assert [row.title for row in dialog._rows.values()] == [
        "Relaxation",
        "Exercise",
        "A Pain physiology and medicines",
        "B Activity balance",
        "C Physical activity",
        "D Pain psychology",
    ]
    assert "20 sessions" in chips(dialog)
    assert groups.groups(database) == ()


def test_that_skipped_days_say_why_and_numbers_go_on(screen) -> None:
    dialog = opened(screen)
    begin(screen, dialog, START)

    skipped = {
        line.when: line.remarks[0].text
        for line in dialog.preview.lines
        if line.kind is LineKind.SKIPPED
    }
    assert skipped["Thu 24 Dec"] == "Christmas Eve"
    assert skipped["Thu 31 Dec"] == "New Year's Eve"
    numbers = [
        line.number
        for line in dialog.preview.lines
        if line.kind is LineKind.SESSION and line.title == "Exercise"
    ]
    assert numbers == [f"{n} of 8" for n in range(1, 9)]


def test_that_a_moved_lecture_shows_old_and_new_day(screen) -> None:
    dialog = opened(screen)
    begin(screen, dialog, START)

    moved = [line for line in dialog.preview.lines if line.instead_of]

    assert [(line.title, line.instead_of, line.when) for line in moved] == [
        ("A Pain physiology and medicines", "Thu 24 Dec", "Wed 23 Dec"),
        ("B Activity balance", "Thu 31 Dec", "Wed 30 Dec"),
    ]


def test_that_each_edit_works_the_dates_out_again(screen) -> None:
    dialog = opened(screen)
    begin(screen, dialog, make.MONDAY)
    row = dialog._rows["relaxation"]

    row.weekday.setCurrentIndex(2)
    row.time.setTime(QTime(9, 30))
    row.week.setValue(2)
    edited(screen, dialog)

    first = next(line for line in dialog.preview.lines if line.title == "Relaxation")
    assert (first.when, first.clock) == ("Wed 20 Jan", "9:30–10:15")


def test_that_two_sessions_at_once_are_outlined_in_words(screen) -> None:
    dialog = opened(screen)
    begin(screen, dialog, make.MONDAY)

    found(dialog, QComboBox, "exercise_weekday").setCurrentIndex(1)
    found(dialog, QTimeEdit, "exercise_time").setTime(QTime(13, 30))
    edited(screen, dialog)

    clashing = [line for line in dialog.preview.lines if line.clashing]
    assert len(clashing) == 16
    assert clashing[0].remarks[-1].text == "The group has Exercise 1 13:30–14:30 at the same time."
    first = next(line for line in clashing if line.title == "Exercise")
    assert "Should not meet on the same day as Relaxation." in [r.text for r in first.remarks]
    assert "16 clashes" in chips(dialog)


def test_that_a_room_says_what_it_lacks(screen) -> None:
    dialog = opened(screen)
    box = found(dialog, QComboBox, "relaxation_room")
    lack = found(dialog, Label, "relaxation_lack")
    assert lack.text() == ""

    box.setCurrentIndex(box.findText("Rum 4", Qt.MatchFlag.MatchStartsWith))

    assert lack.text() == "Rum 4 lacks seats for 12 (it has 4)."
    dialog.fields.maximum.setValue(4)
    assert lack.text() == ""


def test_that_leaders_of_the_right_profession_come_first_and_may_be_several(
    screen, database
) -> None:
    dialog = opened(screen)
    row = dialog._rows["lecture_a"]
    names = [action.text() for action in row.leaders.menu().actions()]
    assert names[:3] == ["Karin Holm, physician", "Per Sand, pharmacist", ""]
    by_name = {person.name: person.id for person in staff.staff(database)}
    assert row.leaders.chosen == (by_name["Karin Holm"], by_name["Per Sand"])

    row.leaders.menu().actions()[0].trigger()
    row.leaders.menu().actions()[3].trigger()
    edited(screen, dialog)

    assert by_name["Karin Holm"] not in row.leaders.chosen
    assert len(row.leaders.chosen) == 2
    lecture = next(line for line in dialog.preview.lines if line.title.startswith("A "))
    assert lecture.remarks[-1].text == "No physician leads it."


def test_that_what_the_user_chose_stays_when_the_start_is_moved(screen) -> None:
    dialog = opened(screen)
    dialog._rows["relaxation"].time.setTime(QTime(15, 0))
    dialog.fields.name.textEdited.emit("x")
    dialog.fields.name.setText("Min grupp")
    edited(screen, dialog)

    begin(screen, dialog, date(2027, 2, 1))

    assert dialog._rows["relaxation"].plan.start == time(15)
    assert dialog.fields.name.text() == "Min grupp"
    assert dialog._rows["relaxation"].week.suffix() == " (week 5)"


def test_that_an_untouched_name_follows_the_term(screen) -> None:
    dialog = opened(screen)

    begin(screen, dialog, date(2027, 2, 1))

    assert dialog.fields.name.text() == "Spring 27 A"


def test_that_create_makes_what_is_shown_and_shows_the_group(screen, database) -> None:
    dialog = opened(screen)
    begin(screen, dialog, make.MONDAY)
    shown = dates(dialog)
    dialog.fields.minimum.setValue(4)

    with screen.qtbot.waitSignal(dialog.created):
        screen.qtbot.keyClick(
            dialog.fields.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    screen.settle()

    (group,) = groups.groups(database)
    assert (group.status, group.minimum, group.start) == (GroupStatus.DRAFT, 4, make.MONDAY)
    made = sessions.sessions(database, group.id)
    assert len(made) == len(shown)
    assert {session.room_name for session in made} == {"Gymmet"}
    assert group.owner_name == "Anna Berg"
    assert screen.page.group_view.title.text == group.name
    assert screen.page.library.groups.currentItem().text() == group.name


def test_that_enter_in_a_field_makes_no_group(screen, database) -> None:
    dialog = opened(screen)

    screen.qtbot.keyClick(dialog.fields.name, Qt.Key.Key_Return)
    screen.settle()

    assert dialog.isVisible()
    assert groups.groups(database) == ()


@pytest.mark.parametrize(
    ("name", "minimum", "sentence"),
    [
        (" ", 6, "Write a name for the group."),
        ("H26 A", 6, "There is already a group called H26 A."),
        ("New", 13, "A group needs at least 1 participant, and its maximum can't be below"),
    ],
)
def test_that_a_refusal_stands_in_the_dialog_and_nothing_is_written(
    screen, database, centre, name, minimum, sentence
) -> None:
    held = make.group(database, centre, "H26 A")
    journal = history.entries(database)
    dialog = opened(screen)
    dialog.fields.name.setText(name)
    dialog.fields.minimum.setValue(minimum)
    edited(screen, dialog)

    dialog.create_button.click()
    screen.settle()

    assert dialog.isVisible()
    assert dialog.wrong.text().startswith(sentence)
    assert dialog.fields.name.text() == name
    assert dialog.create_button.isEnabled()
    assert groups.groups(database) == (held,)
    assert history.entries(database) == journal


def test_that_a_profession_nobody_has_is_said_and_another_programme_can_be_chosen(
    screen, database
) -> None:
    gone = next(p for p in staff.staff(database) if p.profession is Profession.PHARMACIST)
    staff.update(database, replace(gone, active=False))

    dialog = opened(screen)

    assert "needs a leader who is pharmacist" in dialog.wrong.text()
    assert not dialog.create_button.isEnabled()
    assert dialog.preview.lines == []

    dialog.fields.programme.setCurrentIndex(1)
    edited(screen, dialog)

    assert not dialog.wrong.isVisible()
    assert dialog.create_button.isEnabled()
    assert dialog.fields.name.text() == "Open lectures Autumn 26"


def test_that_missing_lectures_are_planned_from_the_dialog(screen, database) -> None:
    dialog = opened(screen)
    begin(screen, dialog, make.MONDAY)
    missing = dialog.missing
    assert missing.isVisible()
    assert missing.text.text().startswith("Lecture on sleep and Lecture on stress: no open")

    found(dialog, QPushButton, "plan_lectures").click()
    screen.settle()
    inner = found(dialog, StartDialog)
    assert inner.fields.day == make.MONDAY
    assert inner.fields.content.activity
    inner.create_button.click()
    screen.settle()

    (activity,) = groups.groups(database)
    assert (activity.activity, activity.status) == (True, GroupStatus.OPEN)
    assert not missing.isVisible()
    linked = [line for line in dialog.preview.lines if line.kind is LineKind.LINKED]
    assert [line.title for line in linked] == ["Lecture on sleep", "Lecture on stress"]


def test_that_a_closed_dialog_leaves_nothing(screen, database) -> None:
    dialog = opened(screen)

    screen.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    screen.settle()

    assert groups.groups(database) == ()
