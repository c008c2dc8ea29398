"""The main job, end to end: a group from the founding programme, a patient, paper in the hand."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from painprogram.domain.groups import GroupStatus
from painprogram.domain.schedule import LineKind
from painprogram.exchange import calendar
from painprogram.gui.papers.dialog import PaperDialog
from painprogram.gui.programmes.start_dialog import StartDialog
from painprogram.storage.database import Database
from painprogram.usecases import (
    commitments,
    groups,
    history,
    patients,
    schedules,
    sessions,
)
from tests import make
from tests.documents.papers import texts


def started(journey) -> None:
    """Start a group by the wizard, from the founding template."""
    journey.go("programmes")
    journey.click("start_group")
    dialog = journey.dialog
    assert isinstance(dialog, StartDialog)
    dialog.fields.name.selectAll()
    dialog.fields.name.insert("V27 A")
    dialog.fields.name.textEdited.emit("V27 A")
    dialog.fields.start.setDate(QDate(2027, 1, 11))
    journey.bot.waitUntil(lambda: not dialog._pause.isActive() and not journey.window.work.busy)
    assert len(dialog.preview.lines) > 20
    journey.bot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    journey.bot.waitUntil(lambda: bool(groups.groups(journey.window._database)))
    journey.settle()


def saved_sheet(journey, folder: Path) -> str:
    """The words of the sheet, previewed and saved from the patient's page."""
    journey.click("print_schedule")
    dialog = journey.dialog
    assert isinstance(dialog, PaperDialog)
    journey.bot.waitUntil(lambda: not dialog.busy, timeout=20_000)
    target = folder / "schema.pdf"
    save = dialog.findChild(QPushButton, "save")
    assert isinstance(save, QPushButton)
    journey.bot.mouseClick(save, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog, "file")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(target))
    chooser.reject()
    journey.bot.waitUntil(target.exists, timeout=20_000)
    return " ".join(texts(target.read_bytes()))


def test_that_a_group_is_started_moved_and_undone(start, database: Database) -> None:
    make.furnished(database)
    journey = start(database.url)
    started(journey)

    (group,) = groups.groups(database)
    assert (group.name, group.sessions, group.status) == ("V27 A", 20, GroupStatus.DRAFT)
    first = make.of_strand(database, group.id, "relaxation")[0]
    journey.window.desk.session_asked.emit(first)
    journey.settle()
    grid = journey.window.sessions.grid
    assert grid.current is not None
    grid.setFocus()
    journey.bot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    journey.settle()

    moved = sessions.session(database, first.id).start - first.start
    assert timedelta() < moved <= timedelta(minutes=15)
    undo = journey.program.frame.top.undo
    journey.bot.waitUntil(lambda: undo.toolTip() == "Undo: move Relaxation 1")
    journey.bot.mouseClick(undo, Qt.MouseButton.LeftButton)
    journey.settle()
    assert sessions.session(database, first.id).start == first.start
    journey.bot.mouseClick(undo, Qt.MouseButton.LeftButton)
    journey.settle()
    assert groups.groups(database) == ()


def test_that_a_patient_is_placed_gets_an_own_schedule_and_a_paper(
    start, database: Database, tmp_path: Path
) -> None:
    where = make.furnished(database)
    group = make.group(database, where, "V27 A")
    other = make.group(database, where, "V27 B", make.MONDAY + timedelta(weeks=1))
    journey = start(database.url)

    # Added with a group at once
    journey.go("patients")
    journey.window.patients.ask_new()
    form = journey.dialog
    journey.settle()
    journey.write("new_given_name", "Maria", form)
    journey.write("new_family_name", "Öberg", form)
    journey.write("new_identity", make.NUMBERS[0], form)
    box = journey.child(QComboBox, "new_group", form)
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith("V27 A")))
    box.activated.emit(box.currentIndex())
    journey.accept()
    (found,) = patients.find(database)
    (place,) = patients.enrolments(database, found.id)
    assert place.group_id == group.id

    # An own schedule that follows
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    same = make.of_strand(database, other.id, "lecture_a")[0]
    schedules.swap(database, place.id, lecture.id, same.id, "Arbetar", because="sagt")
    sessions.move(database, same.id, same.start + timedelta(hours=1))
    view = journey.window.patients.schedule.view

    def follows() -> bool:
        return any(
            line.kind is LineKind.SWAP and line.start == same.start + timedelta(hours=1)
            for line in view.lines.lines
        )

    journey.bot.waitUntil(follows, timeout=10_000)

    # The commitment, agreed
    shown = commitments.commitment(database, place.id)
    commitments.write(database, shown, sentences=shown.sentences, goals=("Gå 20 minuter",), home=())

    words = saved_sheet(journey, tmp_path)
    for expected in ("Maria Öberg", "Gå 20 minuter", "Version 1", found.masked):
        assert expected in words
    assert make.NUMBERS[0][8:] not in words


def test_that_two_programs_on_one_database_show_each_others_changes(
    start, database: Database
) -> None:
    where = make.furnished(database)
    group = make.group(database, where, "V27 A", make.TODAY + timedelta(days=1))
    journey = start(database.url)
    journey.window.sessions.show_week(make.TODAY + timedelta(days=1))
    journey.settle()
    first = make.of_strand(database, group.id, "relaxation")[0]

    sessions.move(database, first.id, first.start + timedelta(hours=2))

    def seen() -> bool:
        minute = (first.start + timedelta(hours=2)).hour * 60
        return any(
            card.day == first.start.date() and card.start_minute == minute
            for card in journey.window.sessions.grid.cards
        )

    journey.bot.waitUntil(seen, timeout=10_000)
    assert history.labels(journey.window._database) == (None, None)


def test_that_a_group_calendar_can_be_read_by_others(database: Database) -> None:
    from painprogram.usecases import calendars

    where = make.furnished(database)
    group = make.group(database, where)

    events = calendar.read(calendars.of_group(database, group.id, datetime(2026, 11, 22, 12)))

    assert len(events) == 20
    assert {event.location.split(", ")[1] for event in events} == {"Ekbacken"}
