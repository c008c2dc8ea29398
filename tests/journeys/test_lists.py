"""A list of patients leaves as a table and comes back as the same people."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from painprogram.storage.database import Database
from painprogram.usecases import history
from tests import make


def test_that_a_list_is_saved_from_the_window_without_a_name_in_its_own(
    start, url: str, database: Database, tmp_path: Path
) -> None:
    where = make.furnished(database)
    make.patient(database, where)
    journey = start(url)
    journey.settle()

    journey.window.actions["export-patients"].trigger()
    dialog = journey.child(QFileDialog, "list-file")
    name = Path(dialog.selectedFiles()[0]).name
    file = tmp_path / "list.csv"
    dialog.fileSelected.emit(str(file))
    journey.settle()

    assert name == "Patients 2026-11-22.xlsx"
    assert "Öberg;Maria" in file.read_text("utf-8-sig")
    assert history.entries(database, 1)[0].label == "Add patient"
