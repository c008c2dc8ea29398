"""What was planned is told: published, in the calendars, on paper; in a real window."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QPushButton

from painprogram.domain.patients import Enrolment
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session
from painprogram.gui.papers.dialog import PaperDialog
from painprogram.gui.publishing.changes_dialog import ChangesDialog
from painprogram.gui.publishing.queue_dialog import QueueDialog
from painprogram.gui.settings.calendar_folder import FOLDER
from painprogram.storage.database import Database
from painprogram.usecases import publications, reprints, schedules, sessions, subscriptions
from tests import make
from tests.journeys.conftest import LONG, Journey
from tests.journeys.hands import Planner
from tests.usecases import handed_out

ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class Told:
    """Two published groups whose patients all have sheets; Gunhild skips the first session."""

    database: Database
    places: tuple[Enrolment, ...]
    folder: Path
    first: Session
    journey: Journey
    planner: Planner

    @property
    def group_id(self) -> object:
        return self.first.group_id

    def files(self) -> dict[str, tuple[bytes, int]]:
        """The content of each calendar file, and when it was written."""
        return {
            path.relative_to(self.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.folder.rglob("*.ics")
        }

    def waiting(self) -> list[object]:
        found = reprints.queue(self.database, Progress(), make.TODAY)
        return [one.patient_id for one in found.sheets]

    def publish_by_dialog(self) -> ChangesDialog:
        """From the banner over the schedule."""
        journey = self.journey
        journey.bot.waitUntil(lambda: journey.shown("draft_banner").isVisible(), timeout=LONG)
        look = journey.child(QPushButton, "show_changes")
        assert look.isVisible()
        journey.window.desk.changes_asked.emit(self.group_id)
        dialog = journey.dialog
        assert isinstance(dialog, ChangesDialog)
        journey.bot.waitUntil(dialog.publish.isEnabled, timeout=LONG)
        return dialog


@pytest.fixture
def told(start: Callable[..., Journey], database: Database, tmp_path: Path) -> Told:
    _where, group, _other, places = handed_out.published(database)
    first = make.of_strand(database, group.id, "relaxation")[0]
    schedules.opt_out(database, places[1].id, first.id, "Bortrest")
    handed_out.print_all(database, places)
    folder = tmp_path / "kalendrar"
    subscriptions.refresh_folder(database, Progress(), folder, make.STAMP)
    journey = start(database.url)
    journey.window.desk.settings.put(FOLDER, str(folder))
    return Told(database, places, folder, first, journey, Planner(journey))


def test_that_publishing_tells_exactly_those_who_had_the_session(told: Told) -> None:
    journey, planner, database = told.journey, told.planner, told.database
    maria = told.places[0].patient_id
    before = told.files()
    assert told.waiting() == []
    planner.go_to(told.first)

    planner.key(Qt.Key.Key_Down, ALT)
    assert told.waiting() == []
    assert told.files() == before
    dialog = told.publish_by_dialog()
    assert [entry.key for entry in dialog.sessions.entries] == [told.first.id]
    assert [entry.key for entry in dialog.patients.entries] == [maria]
    dialog.note.setText("Later start")
    planner.press_in(dialog, "publish")

    newest = publications.versions(database, told.first.group_id)[0]
    assert (newest.number, newest.note) == (2, "Later start")
    assert told.waiting() == [maria]
    changed = {name for name, kept in told.files().items() if before.get(name) != kept}
    led = {f"staff/{leader.staff_id}.ics" for leader in told.first.leaders}
    assert changed == led | {
        f"patients/{maria}.ics",
        f"groups/{told.first.group_id}.ics",
        f"rooms/{told.first.room_id}.ics",
    }
    status = journey.program.frame.status
    journey.bot.waitUntil(status.queue.isVisible, timeout=LONG)
    journey.bot.waitUntil(status.drafts.isHidden, timeout=LONG)


def test_that_printing_from_the_queue_empties_it(told: Told, tmp_path: Path) -> None:
    journey, planner = told.journey, told.planner
    planner.go_to(told.first)
    planner.key(Qt.Key.Key_Down, ALT)
    planner.press_in(told.publish_by_dialog(), "publish")
    status = journey.program.frame.status
    journey.bot.waitUntil(status.queue.isVisible, timeout=LONG)

    journey.bot.mouseClick(status.queue, Qt.MouseButton.LeftButton)
    queue = journey.dialog
    assert isinstance(queue, QueueDialog)
    journey.bot.waitUntil(lambda: queue.late.held.count() == 1, timeout=LONG)
    journey.click("print_all_outdated", queue)
    paper = journey.dialog
    assert isinstance(paper, PaperDialog)
    journey.bot.waitUntil(lambda: not paper.busy, timeout=LONG)
    journey.click("print", paper)
    chooser = paper.findChild(QPrintDialog, "printer")
    assert isinstance(chooser, QPrintDialog)
    file = tmp_path / "sheets.pdf"
    chooser.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    chooser.printer().setOutputFileName(str(file))
    chooser.done(QPrintDialog.DialogCode.Accepted)
    paper.reject()  # it goes on printing

    journey.bot.waitUntil(lambda: queue.late.held.count() == 0, timeout=LONG)
    assert queue.title.text == "Every printed sheet is as published"
    assert told.waiting() == []
    assert file.read_bytes().startswith(b"%PDF")
    queue.reject()
    journey.bot.waitUntil(status.queue.isHidden, timeout=LONG)


def test_that_an_earlier_version_is_gone_back_to_and_undone(told: Told) -> None:
    journey, planner, database = told.journey, told.planner, told.database
    planner.go_to(told.first)
    planner.key(Qt.Key.Key_Down, ALT)
    moved = sessions.session(database, told.first.id).start
    assert moved == told.first.start + timedelta(minutes=15)
    planner.press_in(told.publish_by_dialog(), "publish")

    journey.window.desk.changes_asked.emit(told.group_id)
    dialog = journey.dialog
    assert isinstance(dialog, ChangesDialog)
    journey.settle()
    dialog.tabs.setCurrentIndex(3)
    row = next(n for n, entry in enumerate(dialog.versions.entries) if entry.key == 1)
    dialog.versions.setCurrentRow(row)
    journey.click("go_back", dialog)
    journey.settle()

    assert sessions.session(database, told.first.id).start == told.first.start
    assert publications.state(database, told.first.group_id).changes == 1
    journey.bot.waitUntil(dialog.publish.isEnabled, timeout=LONG)
    assert [entry.key for entry in dialog.sessions.entries] == [told.first.id]
    dialog.reject()
    planner.undo()
    assert sessions.session(database, told.first.id).start == moved
    assert publications.state(database, told.first.group_id).changes == 0
