"""A calendar file, from wish to disk."""

from pathlib import Path

import icalendar
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from painprogram.gui.exporting import export_calendar
from tests.gui.papers.conftest import Office


def chooser(qtbot: QtBot, office: Office) -> QFileDialog:
    qtbot.waitUntil(lambda: bool(office.window.findChildren(QFileDialog, "calendar-file")))
    return office.window.findChildren(QFileDialog, "calendar-file")[0]


@pytest.mark.parametrize(
    ("kind", "name"), [("group", "Calendar H26 A.ics"), ("patient", "My sessions.ics")]
)
def test_that_a_calendar_is_written_where_the_user_wants_it(
    qtbot: QtBot, office: Office, tmp_path: Path, kind: str, name: str
) -> None:
    key = office.group.id if kind == "group" else office.place.patient_id
    export_calendar(office.desk, kind, key, office.window)
    dialog = chooser(qtbot, office)

    assert Path(dialog.selectedFiles()[0]).name == name
    dialog.fileSelected.emit(str(tmp_path / "x.ics"))
    dialog.close()
    qtbot.waitUntil(lambda: bool(office.said))

    assert office.said == ["Saved as x.ics."]
    found = icalendar.Calendar.from_ical((tmp_path / "x.ics").read_bytes()).walk("VEVENT")
    assert len(found) == office.group.sessions


def test_that_a_refusal_is_told_by_the_window(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    export_calendar(office.desk, "group", office.group.id, office.window)
    dialog = chooser(qtbot, office)

    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    qtbot.waitUntil(lambda: bool(office.said))

    assert "is a folder" in office.said[0]


def test_that_what_is_gone_is_told_before_a_file_is_asked_for(qtbot: QtBot, office: Office) -> None:
    export_calendar(office.desk, "room", office.group.id, office.window)
    qtbot.waitUntil(lambda: bool(office.said))

    assert office.said == ["The room is no longer there."]
    assert office.window.findChildren(QFileDialog, "calendar-file") == []
