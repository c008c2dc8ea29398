"""A paper looked at, printed and saved from its dialog."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.progress import Progress
from painprogram.gui.desk import Paper
from painprogram.gui.papers import printing
from painprogram.gui.papers.dialog import PaperDialog
from painprogram.gui.papers.offers import Offer
from painprogram.gui.widgets.label import Label
from painprogram.storage.tables import PrintRow
from painprogram.usecases import enrolments, prints, sessions
from tests import make
from tests.documents.papers import texts
from tests.gui.papers.conftest import Office


def opened(qtbot: QtBot, office: Office, paper: Paper) -> PaperDialog:
    dialog = PaperDialog(office.desk, paper, office.window)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)
    return dialog


def sheet(office: Office) -> Paper:
    return Paper("sheet", office.group.id, office.place.id)


def button(dialog: PaperDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def said(dialog: PaperDialog) -> str:
    found = dialog.findChild(Label, "said")
    assert isinstance(found, Label)
    return found.text()


def numbers(office: Office) -> list[int]:
    with office.database.raw() as connection:
        return list(connection.scalars(select(PrintRow.number)))


def choose(qtbot: QtBot, dialog: PaperDialog, key: str | None) -> None:
    combo = dialog.findChild(QComboBox, "language")
    assert isinstance(combo, QComboBox)
    keys = [combo.itemData(index) for index in range(combo.count())]
    combo.setCurrentIndex(keys.index(key))
    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)


def test_that_a_sheet_is_shown_and_counts_as_nothing_printed(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office, sheet(office))

    assert dialog.preview.pages.count == 2
    assert dialog.windowTitle() == "Schedule H26 A"
    assert numbers(office) == []
    assert button(dialog, "print").isEnabled()
    picture = dialog.preview.pages.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 60) == Qt.GlobalColor.white


def test_that_a_poster_lies_and_a_group_has_a_sheet_for_each(qtbot: QtBot, office: Office) -> None:
    where = office.desk.centre
    other = make.patient(office.database, where, "Åke", "Berg", 3)
    enrolments.enrol(office.database, other.id, office.group.id, make.TODAY)

    poster = opened(qtbot, office, Paper("poster", office.group.id))
    sheets = opened(qtbot, office, Paper("sheet", office.group.id))

    assert poster.windowTitle() == "Base schedule H26 A"
    assert sheets.windowTitle() == "Schedules H26 A"
    assert sheets.preview.pages.count == 4


def test_that_the_language_can_be_chosen(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    dialog = opened(qtbot, office, sheet(office))
    combo = dialog.side.language
    found = [combo.itemText(index) for index in range(combo.count())]
    assert found[:4] == ["The patient's own", "Swedish", "English", "Arabic, not reviewed"]

    choose(qtbot, dialog, "en")
    saved = save(qtbot, dialog, tmp_path / "x.pdf")

    assert "Your schedule" in texts(saved.read_bytes())[0]


def save(qtbot: QtBot, dialog: PaperDialog, file: Path) -> Path:
    button(dialog, "save").click()
    chooser = dialog.findChild(QFileDialog, "file")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(file))
    chooser.close()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)
    return file


def test_that_what_is_saved_is_recorded_and_named_without_the_patient(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    dialog = opened(qtbot, office, sheet(office))
    button(dialog, "save").click()
    chooser = dialog.findChild(QFileDialog, "file")
    assert isinstance(chooser, QFileDialog)
    suggested = Path(chooser.selectedFiles()[0]).name
    chooser.close()

    file = save(qtbot, dialog, tmp_path / "saved.pdf")

    assert suggested == "Schedule H26 A.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    assert numbers(office) == [1]
    assert said(dialog) == "Saved as saved.pdf."
    assert office.said == ["Saved as saved.pdf."]


def test_that_a_file_that_can_not_be_written_is_said_in_the_dialog(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    dialog = opened(qtbot, office, sheet(office))

    save(qtbot, dialog, tmp_path / "no" / "x.pdf")

    assert "does not exist" in said(dialog)
    assert office.said == []
    assert button(dialog, "save").isEnabled()


def test_that_a_group_without_anybody_is_said_in_the_dialog(qtbot: QtBot, office: Office) -> None:
    enrolments.leave(office.database, office.place.id, make.TODAY, "Flyttar")

    dialog = opened(qtbot, office, Paper("sheet", office.group.id))

    assert "nothing to print" in said(dialog)
    assert not button(dialog, "print").isEnabled()
    assert not button(dialog, "save").isEnabled()


def test_that_what_is_printed_is_what_was_recorded(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    dialog = opened(qtbot, office, sheet(office))
    button(dialog, "print").click()
    chooser = dialog.findChild(QPrintDialog, "printer")
    assert isinstance(chooser, QPrintDialog)
    file = tmp_path / "printed.pdf"
    chooser.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    chooser.printer().setOutputFileName(str(file))
    chooser.done(QPrintDialog.DialogCode.Accepted)

    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)

    assert said(dialog) == "Sent to the printer."
    assert numbers(office) == [1]
    (wide, high), second = prints.page_sizes(file.read_bytes())
    assert (round(wide), round(high)) == (210, 297)
    assert second == (wide, high)
    assert inked(file.read_bytes()) == pytest.approx(inked(recorded(office)), rel=0.04)


def recorded(office: Office) -> bytes:
    return prints.sheet(office.database, office.place.id, make.TODAY, record=False)


def inked(pdf: bytes) -> list[float]:
    """How dark each tenth of the first page is, from the top (0–255)."""
    picture = prints.page(pdf, 0, 300)
    rows = picture.height // 10
    bands = (
        picture.bgra[tenth * rows * picture.stride + 1 : (tenth + 1) * rows * picture.stride : 4]
        for tenth in range(10)
    )
    return [255 - sum(band) / len(band) for band in bands]


def test_that_only_the_pages_wanted_are_printed(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    dialog = opened(qtbot, office, sheet(office))
    button(dialog, "print").click()
    chooser = dialog.findChild(QPrintDialog, "printer")
    assert isinstance(chooser, QPrintDialog)
    chooser.printer().setOutputFileName(str(tmp_path / "one.pdf"))
    chooser.printer().setFromTo(2, 2)
    chooser.printer().setCopyCount(3)
    chooser.done(QPrintDialog.DialogCode.Accepted)

    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)

    assert prints.page_count((tmp_path / "one.pdf").read_bytes()) == 3


def test_that_nobodys_paper_begins_on_the_back_of_anothers() -> None:
    three_two_one = (3, 2, 1)

    assert printing.leaves(range(6), three_two_one) == [0, 1, 2, None, 3, 4, 5]
    assert printing.leaves([2, 3, 5], three_two_one) == [2, None, 3, None, 5]
    assert printing.leaves(range(3), ()) == [0, 1, 2]


def test_that_of_some_pages_only_their_papers_count_as_printed(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    other = make.placed(office.database, office.desk.centre, office.group.id, 5, "Åke")
    printer = printing.printer_for("x", [(210.0, 297.0)])
    printer.setOutputFileName(str(tmp_path / "p.pdf"))
    printer.setFromTo(3, 4)

    printing.send(
        office.database,
        Progress(),
        printer,
        Wanted(Kind.SHEET, group=office.group.id),
        make.TODAY,
    )

    with office.database.raw() as connection:
        assert list(connection.scalars(select(PrintRow.patient_id))) == [other.patient_id]


def test_that_cancelling_leaves_what_is_shown(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office, sheet(office))
    shown = dialog.side.language.currentIndex()

    dialog.side.language.setCurrentIndex(2)
    button(dialog, "stop").click()

    assert said(dialog) == "Cancelled."
    assert dialog.side.language.currentIndex() == shown
    assert button(dialog, "print").isEnabled()
    qtbot.waitUntil(lambda: not office.desk.work.busy, timeout=20_000)
    assert dialog.windowTitle() == "Schedule H26 A"


def test_that_progress_shows_how_far_a_batch_is(qtbot: QtBot, office: Office) -> None:
    dialog = PaperDialog(office.desk, Paper("sheet", office.group.id), office.window)
    dialog.open()
    steps: list[float] = []
    office.desk.work.progressed.connect(lambda done, _words: steps.append(done))

    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)

    assert steps == sorted(steps)
    assert steps[-1] == 1
    assert not button(dialog, "stop").isVisible()


def test_that_the_dialog_is_gone_when_it_is_closed(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office, sheet(office))
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not [w for w in QApplication.topLevelWidgets() if w.objectName() == "paper"]


def test_that_what_is_not_translated_is_told_with_the_way_to_write_it(
    qtbot: QtBot, office: Office
) -> None:
    asked: list[str] = []
    office.desk.translations_asked.connect(asked.append)
    dialog = opened(qtbot, office, sheet(office))
    quiet = not dialog.untranslated.isVisible()

    choose(qtbot, dialog, "fi")
    told = dialog.untranslated.accessibleName()
    button(dialog, "translate").click()

    assert quiet
    assert told.startswith("Not translated: Finnish · ")
    assert "Swedish on the paper: “måndag–fredag kl. 8.00–9.30”" in told
    assert asked == ["fi"]


def test_that_what_is_offered_suits_what_it_was_opened_from(qtbot: QtBot, office: Office) -> None:
    held = sessions.sessions(office.database, office.group.id)[0]
    kinds = {}
    for paper in (
        Paper("sheet", office.group.id, office.place.id, patient_id=office.place.patient_id),
        Paper("attendance", session_id=held.id),
        Paper("staff", staff_id=held.leaders[0].staff_id),
        Paper("calibration"),
    ):
        offer = Offer(paper, office.desk.centre.id)
        kinds[paper.kind] = {kind.value for kind in offer.kinds}

    patient = {"sheet", "card", "letter", "silence", "measures", "handover", "accesslog"}
    assert kinds["sheet"] == patient
    assert kinds["attendance"] == {
        *("sheet", "card", "letter", "silence", "measures"),
        "attendance",
    }
    assert kinds["staff"] == {"staff"}
    assert kinds["calibration"] == {"calibration", "letter", "staff", "door"}


def test_that_a_group_is_saved_one_by_one_without_names(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    make.placed(office.database, office.desk.centre, office.group.id, 5, "Åke")
    dialog = opened(qtbot, office, Paper("letter", office.group.id))
    dialog.side.one_each.setChecked(True)

    save(qtbot, dialog, tmp_path / "letters")

    names = sorted(one.name for one in (tmp_path / "letters").iterdir())
    assert names == ["Summons H26 A 1.pdf", "Summons H26 A 2.pdf"]
    assert said(dialog) == "2 files are saved in letters."


def test_that_every_control_has_a_name_and_a_place_in_the_order(
    qtbot: QtBot, office: Office
) -> None:
    dialog = opened(qtbot, office, sheet(office))

    for name in ("print", "save", "close", "stop"):
        assert button(dialog, name).accessibleName()
    assert dialog.side.language.accessibleName() == "Language"
    order = []
    widget = dialog.side.language.nextInFocusChain()
    while widget is not None and widget is not dialog.side.language:
        order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = [name for name in order if name in ("pages", "stop", "close", "save", "print")]
    assert wanted == ["pages", "stop", "close", "save", "print"]


def test_that_progress_of_a_print_covers_both_halves(office: Office, tmp_path: Path) -> None:
    steps: list[float] = []
    printer = printing.printer_for("x", [(297.0, 210.0)])
    printer.setOutputFileName(str(tmp_path / "p.pdf"))

    made = printing.send(
        office.database,
        Progress(lambda done, _words: steps.append(done)),
        printer,
        Wanted(Kind.POSTER, group=office.group.id, language="en"),
        make.TODAY,
    )

    (wide, high), *_others = prints.page_sizes((tmp_path / "p.pdf").read_bytes())
    assert (round(wide), round(high)) == (297, 210)
    assert made.pages == prints.page_count((tmp_path / "p.pdf").read_bytes())
    assert steps == sorted(steps)
    assert steps[-1] == 1
