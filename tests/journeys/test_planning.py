"""The planner's day, in a real window; what it did is looked up on disk afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QListWidget, QTabWidget, QTimeEdit

from painprogram.domain.availability import Span
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import Session
from painprogram.gui.absences.dialog import AbsenceDialog
from painprogram.gui.programmes.pause_form import PauseForm
from painprogram.gui.programmes.redate_dialog import ResumeDialog
from painprogram.gui.programmes.start_dialog import StartDialog
from painprogram.gui.reasons import ReasonForm
from painprogram.gui.sessions.clash_panel import ClashPanel
from painprogram.gui.sessions.shown import LaneKind
from painprogram.gui.settings.staff import StaffSection
from painprogram.storage.database import Database
from painprogram.usecases import (
    absences,
    availability,
    busy,
    clashes,
    groups,
    publications,
    rooms,
    sessions,
)
from tests import make
from tests.journeys.conftest import LONG, Journey
from tests.journeys.hands import Planner
from tests.storage.journals import State, stored

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
ALT = Qt.KeyboardModifier.AltModifier
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | ALT


@dataclass
class House:
    """A group in a running program."""

    database: Database
    centre: Centre
    group: Group
    journey: Journey
    planner: Planner

    def strand(self, key: str) -> tuple[Session, ...]:
        return make.of_strand(self.database, self.group.id, key)

    def on_disk(self, session: Session) -> Session:
        return sessions.session(self.database, session.id)


@pytest.fixture
def house(start: Callable[..., Journey], database: Database) -> House:
    where = make.furnished(database)
    group = make.group(database, where, "V27 A")
    make.placed(database, where, group.id)
    journey = start(database.url)
    return House(database, where, group, journey, Planner(journey))


def minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


# The week.


def test_that_a_blocked_move_is_refused_by_name_and_the_card_returns(house: House) -> None:
    planner = house.planner
    first, exercise = house.strand("relaxation")[0], house.strand("exercise")[0]
    planner.go_to(exercise)

    planner.drag(exercise, first.start.date(), first.room_id, minute(first.start))

    assert "Relaxation 1 (V27 A) 13:00–13:45 at the same time." in planner.refusal
    assert house.on_disk(exercise) == exercise
    card = planner.card(exercise)
    assert (card.day, card.start_minute) == (exercise.start.date(), minute(exercise.start))

    planner.drag(exercise, first.start.date(), first.room_id, minute(first.end))
    assert planner.refusal == ""
    planner.key(Qt.Key.Key_Up, ALT)
    assert "Relaxation 1 (V27 A)" in planner.refusal
    assert house.on_disk(exercise).start == first.end
    assert planner.card(exercise).start_minute == minute(first.end)


def test_that_what_is_acknowledged_with_a_reason_is_kept_and_asked_again_when_it_changes(
    house: House,
) -> None:
    planner, journey = house.planner, house.journey
    first, exercise = house.strand("relaxation")[0], house.strand("exercise")[0]
    hall = next(room for room in rooms.rooms(house.database) if room.name == "Stora salen")
    target = (first.start.date(), hall.id, minute(first.start))
    planner.go_to(exercise)

    planner.drag(exercise, *target)
    form = journey.dialog
    assert isinstance(form, ReasonForm)
    assert form.findings == ("A patient has Relaxation 1 (V27 A) 13:00–13:45 at the same time.",)
    form.reject()
    journey.settle()
    assert house.on_disk(exercise) == exercise
    assert planner.card(exercise).day == exercise.start.date()
    assert planner.refusal == ""

    planner.drag(exercise, *target)
    planner.give_reason("She chooses herself")
    assert house.on_disk(exercise).start == first.start
    (kept,) = of_patients(house)
    assert kept.acknowledged is not None
    assert kept.acknowledged.reason == "She chooses herself"
    assert journey.program.frame.status.clashes.isHidden()

    planner.key(Qt.Key.Key_Down, ALT)
    (asked,) = of_patients(house)
    assert asked.open
    assert asked.asked_again is not None
    panel = acknowledged_again(house, "As agreed")
    assert "She chooses herself" in panel
    (kept,) = of_patients(house)
    assert kept.acknowledged is not None
    assert kept.acknowledged.reason == "As agreed"


def of_patients(house: House) -> list[clashes.Found]:
    found = clashes.found(house.database, make.MONDAY, make.MONDAY + WEEK, house.centre.id)
    return [one for one in found if one.rule is Rule.PATIENT]


def acknowledged_again(house: House, reason: str) -> str:
    """By the list of clashes; what it said of before."""
    journey, planner = house.journey, house.planner
    journey.click("clashes")
    journey.settle()
    panel = journey.child(ClashPanel, "clash_panel")
    (row,) = [n for n, one in enumerate(panel.list.shown) if one.rule is Rule.PATIENT]
    panel.list.setCurrentRow(row)
    said = panel.list.item(row).text()
    journey.click("acknowledge", panel)
    planner.give_reason(reason)
    return said


def test_that_several_are_moved_together_and_undone_in_one_step(house: House) -> None:
    planner = house.planner
    both = first, exercise = house.strand("relaxation")[0], house.strand("exercise")[0]
    planner.go_to(first)
    planner.choose_too(exercise)

    planner.key(Qt.Key.Key_Down, ALT)

    quarter = timedelta(minutes=15)
    assert [house.on_disk(x).start for x in both] == [x.start + quarter for x in both]
    planner.undo()
    assert [house.on_disk(x).start for x in both] == [x.start for x in both]


def test_that_what_is_cut_in_one_week_is_pasted_in_another(house: House) -> None:
    planner, journey = house.planner, house.journey
    last = house.strand("relaxation")[-1]
    planner.go_to(last)
    planner.press(QKeySequence.StandardKey.Cut)
    assert house.on_disk(last) == last

    journey.window.actions["next-week"].trigger()
    journey.settle()
    planner.press(QKeySequence.StandardKey.Paste)

    moved = house.on_disk(last)
    assert (moved.start, moved.room_id) == (last.start + WEEK, last.room_id)
    assert planner.card(last).day == moved.start.date()
    planner.undo()
    assert house.on_disk(last).start == last.start


# The term and the list.


def test_that_the_term_moves_a_session_by_a_week_and_the_list_by_a_quarter(house: House) -> None:
    planner, journey = house.planner, house.journey
    last = house.strand("relaxation")[-1]
    planner.go_to(last)
    planner.key(Qt.Key.Key_2, CTRL_ALT)
    term = planner.page._views.other
    assert term is not None
    term.choose(last.id)  # type: ignore[attr-defined]

    planner.key(Qt.Key.Key_Right, ALT)
    assert house.on_disk(last).start == last.start + WEEK

    planner.key(Qt.Key.Key_3, CTRL_ALT)
    listed = planner.page._views.other
    assert listed is not None
    listed.choose(last.id)  # type: ignore[attr-defined]
    journey.settle()
    planner.key(Qt.Key.Key_Down, ALT)
    moved = house.on_disk(last)
    assert moved.start == last.start + WEEK + timedelta(minutes=15)
    planner.key(Qt.Key.Key_F2)
    form = journey.dialog
    journey.child(QTimeEdit, "begins", form).setTime(QTime(9, 30))
    journey.accept()
    assert house.on_disk(last).start == datetime.combine(moved.start.date(), time(9, 30))
    for _step in range(3):
        planner.undo()
    assert house.on_disk(last).start == last.start


# Somebody else.


def test_that_a_publishing_elsewhere_shows_here(house: House) -> None:
    journey, planner = house.journey, house.planner
    planner.go_to(house.strand("relaxation")[0])
    banner = journey.shown("draft_banner")
    assert "V27 A" in banner.accessibleName()

    publications.publish(house.database, house.group.id)

    journey.bot.waitUntil(banner.isHidden, timeout=LONG)
    first = house.strand("relaxation")[0]
    sessions.move(house.database, first.id, first.start + HOUR)
    journey.bot.waitUntil(banner.isVisible, timeout=LONG)
    assert "1 change since version 1" in banner.accessibleName()
    journey.bot.waitUntil(journey.program.frame.status.drafts.isVisible, timeout=LONG)


def test_that_a_parallel_group_is_proposed_after_one_and_started(house: House) -> None:
    journey = house.journey
    journey.window.desk.group_asked.emit(house.group.id)
    journey.settle()
    journey.window.programmes.group_view.beside.trigger()
    dialog = journey.dialog
    assert isinstance(dialog, StartDialog)
    journey.bot.waitUntil(dialog.create_button.isEnabled, timeout=LONG)
    dialog.fields.start.setDate(QDate(2027, 4, 5))
    journey.bot.waitUntil(dialog.create_button.isEnabled, timeout=LONG)

    house.planner.press_in(dialog, dialog.create_button.objectName())

    made = next(g for g in groups.groups(house.database) if g.id != house.group.id)
    assert made.programme_id == house.group.programme_id
    pattern = {(s.strand, s.start.weekday()) for s in house.strand("exercise")}
    assert {
        (s.strand, s.start.weekday()) for s in make.of_strand(house.database, made.id, "exercise")
    } == pattern
    assert made.start >= date(2027, 4, 5)


def test_that_a_group_is_paused_and_resumed_through_the_dialogs(house: House) -> None:
    journey, planner = house.journey, house.planner
    journey.window.desk.group_asked.emit(house.group.id)
    journey.settle()
    view = journey.window.programmes.group_view
    before = house.strand("relaxation")
    view.pause.trigger()
    form = journey.dialog
    assert isinstance(form, PauseForm)
    form.day.setDate(QDate(2027, 2, 1))
    form.reason.setText("Few can come")
    journey.bot.waitUntil(lambda: form.settled, timeout=LONG)
    journey.accept()

    assert groups.group(house.database, house.group.id).paused == date(2027, 2, 1)
    assert [x.cancelled for x in house.strand("relaxation")] == [False] * 3 + [True] * 5

    journey.bot.waitUntil(lambda: not view.resume.isHidden(), timeout=LONG)
    journey.bot.mouseClick(view.resume, Qt.MouseButton.LeftButton)
    dialog = journey.dialog
    assert isinstance(dialog, ResumeDialog)
    dialog.day.setDate(QDate(2027, 3, 22))
    journey.bot.waitUntil(lambda: dialog.settled, timeout=LONG)
    planner.press_in(dialog, "accept")

    assert groups.group(house.database, house.group.id).paused is None
    after = house.strand("relaxation")
    assert [x.id for x in after] == [x.id for x in before]
    assert not any(x.cancelled for x in after)
    assert [x.start for x in after[:3]] == [x.start for x in before[:3]]
    assert [x.start.date() for x in after[3:]] == [date(2027, 3, 23) + n * WEEK for n in range(5)]
    assert {x.start.time() for x in after} == {before[0].start.time()}


def test_that_an_absence_of_a_week_finds_every_session_and_one_undo_restores_it_all(
    house: House,
) -> None:
    journey, planner, database = house.journey, house.planner, house.database
    away = house.strand("relaxation")[0].leaders[0].staff_id
    make.group(database, house.centre, "V27 B", make.MONDAY)
    span = Span(datetime.combine(make.MONDAY, time()), datetime.combine(make.MONDAY + WEEK, time()))
    held = [
        x
        for group in groups.groups(database)
        for x in sessions.sessions(database, group.id)
        if span.start <= x.start < span.end and away in {leader.staff_id for leader in x.leaders}
    ]
    assert held
    before = stored(database)
    journey.window.desk.absence_asked.emit(away)
    dialog = journey.dialog
    assert isinstance(dialog, AbsenceDialog)
    journey.settle()
    dialog.span.show_days(make.MONDAY, make.MONDAY + timedelta(days=6))
    journey.bot.waitUntil(lambda: looked_up(journey, dialog), timeout=LONG)
    assert dialog._impact is not None
    assert dialog._impact.span == span
    assert {x.id for x in dialog._impact.touched} == {x.id for x in held}
    assert dialog.summary.text().startswith(f"{len(held)} session")
    journey.click("best", dialog)

    planner.press_in(dialog, "enter")

    assert not absences.touched(database, away, span).touched
    assert len(availability.absences(database)) == 1
    assert unnumbered(stored(database)) != unnumbered(before)
    planner.undo()
    assert unnumbered(stored(database)) == unnumbered(before)


def unnumbered(state: State) -> State:
    """Without what calendars count: that never goes back, or they would not hear of the undo."""
    return {
        key: {name: value for name, value in row.items() if name != "sequence"}
        for key, row in state.items()
    }


def looked_up(journey: Journey, dialog: AbsenceDialog) -> bool:
    return not journey.window.work.busy and not dialog._pause.isActive()


def test_that_a_busy_calendar_shades_the_column_of_its_owner(house: House, tmp_path: Path) -> None:
    journey, planner, database = house.journey, house.planner, house.database
    anna = house.strand("relaxation")[0].leaders[0]
    file = tmp_path / "anna.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\n"
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T080000Z\r\nSUMMARY:Hemligt\r\n"
        "DTSTART;TZID=Europe/Stockholm:20270112T090000\r\n"
        "DTEND;TZID=Europe/Stockholm:20270112T103000\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n",
        "utf-8",
        newline="",
    )
    journey.go("settings")
    journey.child(QListWidget, "sections").setCurrentRow(1)
    journey.settle()
    journey.child(StaffSection, "section_staff").choose(anna.staff_id)
    journey.settle()
    journey.child(QTabWidget, "colleague_tabs").setCurrentIndex(3)
    journey.click("busy_file")
    chooser = journey.dialog
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(file))
    chooser.reject()
    journey.settle()
    (source,) = busy.sources(database, anna.staff_id)
    assert (source.place, source.spans) == (file, 1)

    planner.go_to(house.strand("relaxation")[0])
    planner.page.show_lanes(LaneKind.LEADER)
    journey.settle()

    (shade,) = [x for x in planner.page.grid.shades if x.kind == "busy"]
    assert (shade.day, shade.lane) == (date(2027, 1, 12), anna.staff_id)
    assert (shade.start_minute, shade.end_minute) == (9 * 60, 10 * 60 + 30)
    assert "Hemligt" not in repr(stored(database))
