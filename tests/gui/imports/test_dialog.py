from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget

from painprogram.domain.imports import Field, Verdict
from painprogram.gui.imports.dialog import ImportDialog
from painprogram.gui.imports.rows import ROW, told
from painprogram.gui.settings.staff import StaffSection
from painprogram.usecases import patients, staff
from tests import make
from tests.gui.imports.conftest import Office

HEADER = "Förnamn;Efternamn;Personnummer;Telefon;Skostorlek"
ANNA = f"Anna;Öberg;{make.NUMBERS[0]};070-1;38"
BO = f"Bo;Ek;{make.NUMBERS[1]};070-2;44"
WRONG = "Eva;Dahl;19300101-6596;;"


def read(office: Office, *lines: str) -> ImportDialog:
    dialog = office.dialog()
    dialog.open_file(office.file(HEADER, *lines))
    office.settled()
    return dialog


def names(office: Office) -> list[str]:
    return [one.name for one in patients.find(office.database, "", office.where.id)]


def test_that_it_begins_by_asking_for_a_file(office: Office) -> None:
    dialog = office.dialog()
    assert not dialog.import_button.isVisible()

    office.qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)

    asked = dialog.findChild(QFileDialog, "import-file")
    assert asked is not None
    asked.reject()


def test_that_a_list_is_shown_judged_and_imported_in_one_step(office: Office) -> None:
    dialog = read(office, ANNA, BO)
    assert dialog.file.text == "lista.csv"
    assert dialog.note.text == "UTF-8, ; · 2 rows"
    assert [one.verdict for one in dialog.rows.shown.rows] == [Verdict.CHANGED, Verdict.NEW]
    assert dialog.import_button.text() == "Import 2 patients"
    assert names(office) == ["Anna Öberg"]

    office.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    office.settled()

    office.qtbot.waitUntil(lambda: office.window.findChild(ImportDialog) is None)
    assert office.said == ["2 rows imported."]
    assert names(office) == ["Bo Ek", "Anna Öberg"]
    office.database.undo()
    assert names(office) == ["Anna Öberg"]


def test_that_old_and_new_are_shown_of_the_row_the_keyboard_is_on(office: Office) -> None:
    dialog = read(office, ANNA, BO)

    assert dialog.detail.text() == "Anna Öberg: Phone: – → 070-1"
    office.qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert dialog.detail.text() == ""


def test_that_one_wrong_row_stands_in_the_way_and_is_shown_first(office: Office) -> None:
    dialog = read(office, ANNA, WRONG, BO)

    assert dialog.filter.current == Verdict.REFUSED
    assert [one.row for one in dialog.rows.shown.rows] == [3]
    assert "check digit" in dialog.detail.text()
    assert dialog.foot.text().startswith("1 row has to be put right")
    assert not dialog.import_button.isEnabled()
    office.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    office.settled()
    assert names(office) == ["Anna Öberg"]
    office.qtbot.mouseClick(dialog.filter.button("all"), Qt.MouseButton.LeftButton)
    assert len(dialog.rows.shown.rows) == 3


def test_that_another_column_is_judged_anew_and_taken_from_where_it_was(office: Office) -> None:
    dialog = read(office, BO)
    assert dialog.columns.unused.text() == "Not used: Skostorlek"
    boxes = dialog.columns.boxes

    boxes[Field.NOTE].choose(3)
    office.qtbot.waitUntil(lambda: not dialog._pause.isActive() and not office.desk.work.busy)

    assert Field.PHONE not in dialog.columns.columns
    assert dialog.columns.columns[Field.NOTE] == 3
    office.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    office.settled()
    (found,) = patients.find(office.database, "Bo", office.where.id)
    assert patients.patient(office.database, found.id).note == "070-2"


def test_that_chosen_columns_are_remembered_for_the_same_headings_and_tell_nothing(
    office: Office,
) -> None:
    dialog = read(office, BO)
    dialog.columns.boxes[Field.NOTE].choose(4)
    office.qtbot.waitUntil(lambda: not dialog._pause.isActive() and not office.desk.work.busy)
    office.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    office.settled()

    again = office.dialog()
    again.open_file(office.file(HEADER, ANNA, name="other.csv"))
    office.settled()

    assert again.columns.columns[Field.NOTE] == 4
    kept = (office.folder / "settings.json").read_text("utf-8")
    assert not [word for word in ("Förnamn", "Skostorlek", "Bo", "Ek") if f'"{word}' in kept]


def test_that_a_missing_column_is_said_in_place_of_the_rows(office: Office) -> None:
    dialog = read(office, BO)

    dialog.columns.boxes[Field.IDENTITY].choose(-1)
    office.qtbot.waitUntil(lambda: not dialog._pause.isActive() and not office.desk.work.busy)

    assert "identity number" in dialog._lacks.accessibleName()
    assert not dialog.import_button.isEnabled()


def test_that_a_file_that_is_no_list_is_told_in_the_dialog(office: Office) -> None:
    dialog = read(office, BO)
    (office.folder / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    dialog.open_file(str(office.folder / "bild.png"))
    office.settled()

    assert "no table" in dialog.wrong.text()
    assert dialog.wrong.isVisible()
    assert dialog.import_button.isEnabled()
    assert office.said == []


def test_that_what_somebody_else_did_meanwhile_is_shown_and_not_written(office: Office) -> None:
    known = make.patient(office.database, office.where, "Bo", "Ek", 1)
    header = f"{HEADER};Skyddad identitet"
    dialog = office.dialog()
    dialog.open_file(office.file(header, f"{BO};Nej"))
    office.settled()
    assert dialog.import_button.isEnabled()
    patients.update(office.database, replace(known, protected=True))

    office.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    office.settled()

    assert dialog.isVisible()
    assert "protected here" in dialog.detail.text()
    assert not dialog.import_button.isEnabled()
    assert office.said == []


def test_that_colleagues_are_imported_from_their_settings(office: Office) -> None:
    asked: list[str] = []
    office.desk.import_asked.connect(asked.append)
    section = StaffSection(office.desk)
    office.qtbot.addWidget(section)
    button = section.findChild(QPushButton, "staff_import")
    assert button is not None
    button.click()
    assert asked == ["staff"]

    dialog = office.dialog("staff")
    dialog.open_file(office.file("Namn,Yrke", "Åsa Ny,Läkare"))
    office.settled()
    assert dialog.import_button.text() == "Import 1 colleague"
    dialog.import_button.click()
    office.settled()

    assert [one.name for one in staff.staff(office.database)] == ["Anna Berg", "Åsa Ny"]


def test_that_ten_thousand_rows_are_shown_at_once(office: Office) -> None:
    dialog = read(office, *(f"Bo;Ek;{make.NUMBERS[at % 9000]};;" for at in range(10_000)))

    assert dialog._outcome is not None
    assert dialog._outcome.counts[Verdict.DUPLICATE] == 1_000
    office.qtbot.keyClick(dialog.rows, Qt.Key.Key_End)
    assert dialog.rows.chosen is not None


def test_that_every_control_is_named_and_a_row_is_one_sentence(office: Office) -> None:
    dialog = read(office, ANNA, WRONG)

    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QPushButton | QComboBox) and widget.isVisibleTo(dialog):
            assert widget.objectName()
            assert widget.accessibleName() or (isinstance(widget, QPushButton) and widget.text())
    row = dialog.rows.shown.index(0, ROW)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == told(dialog.rows.shown.rows[0])
    assert told(dialog.rows.shown.rows[0]).startswith("Row 3. Wrong. Eva Dahl. Personnummer:")
