"""A letter: looked at, in another language, saved, remembered; what it lacks is written."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from painprogram.domain.papers import Kind, LetterKind
from painprogram.gui.papers.dialog import PaperDialog
from painprogram.storage.database import Database
from painprogram.usecases import papers
from tests import make
from tests.documents.papers import texts


def test_that_a_letter_is_written_from_the_patient_and_remembered(
    start, url: str, database: Database, tmp_path: Path
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    journey = start(url)
    journey.window.desk.patient_asked.emit(place.patient_id)
    journey.settle()

    journey.window.actions["print"].trigger()
    dialog = journey.dialog
    assert isinstance(dialog, PaperDialog)
    journey.bot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    dialog.side.kind.choose(Kind.LETTER)
    journey.bot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    shown = dialog.windowTitle(), dialog.side.printed.text()
    save = dialog.findChild(QPushButton, "save")
    assert save is not None
    save.click()
    chooser = dialog.findChild(QFileDialog, "file")
    assert chooser is not None
    name = Path(chooser.selectedFiles()[0]).name
    chooser.fileSelected.emit(str(tmp_path / "letter.pdf"))
    chooser.close()
    journey.bot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    journey.settle()

    assert shown == ("Summons H26 A", "")
    assert name == "Summons H26 A.pdf"
    assert "Maria Öberg" in texts((tmp_path / "letter.pdf").read_bytes())[0]
    (found,) = papers.last_printed(database, patient=place.patient_id)
    assert (found.kind, found.letter) == (Kind.LETTER, LetterKind.SUMMONS)
    assert dialog.side.printed.text().startswith("Printed last ")
    dialog.reject()
