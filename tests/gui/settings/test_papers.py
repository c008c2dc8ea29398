"""The look of papers, their words, and their languages: everything saved as it is left."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QListWidget

from painprogram.domain.envelopes import Envelope
from painprogram.gui.desk import Paper
from painprogram.usecases import approvals, paper_faces, paper_words, translations
from painprogram.usecases.translations import Origin


def face(screen):
    return paper_faces.face(screen.desk.work._database, screen.desk.centre.id)


def test_that_what_is_chosen_of_the_look_is_kept_and_the_pale_is_refused(screen) -> None:
    screen.go("papers")

    screen.write_lines("paper_sender", "Ekbacken\nBox 1")
    screen.write("paper_footer", "Välkommen")
    screen.write("colour_digits", "ffd400")

    refused = screen.text("paper_colour_wrong")
    assert "too pale" in refused
    assert "1.4 to 1" in screen.text("colour_contrast")
    screen.press("colour_nearest")
    screen.settle()
    kept = face(screen)
    assert (kept.sender, kept.footer) == ("Ekbacken\nBox 1", "Välkommen")
    assert kept.colour in refused
    assert screen.text("paper_colour_wrong") == ""


def test_that_an_own_window_is_measured_and_one_outside_the_paper_refused(screen) -> None:
    screen.go("papers")
    asked: list[Paper] = []
    screen.desk.paper_asked.connect(asked.append)
    envelope = screen.find(QComboBox, "paper_envelope")
    envelope.setCurrentIndex(list(Envelope).index(Envelope.OWN))
    envelope.activated.emit(envelope.currentIndex())
    screen.settle()
    left = screen.find(QDoubleSpinBox, "window_left")

    left.setFocus()
    left.setValue(180)
    QTest.keyClick(left, Qt.Key.Key_Tab)
    screen.settle()
    refused = screen.text("paper_own_window_wrong")
    left.setFocus()
    left.setValue(90)
    QTest.keyClick(left, Qt.Key.Key_Tab)
    screen.settle()
    screen.press("calibration")

    assert "not on the paper" in refused
    assert screen.text("paper_own_window_wrong") == ""
    assert face(screen).window.left == 90
    assert asked == [Paper("calibration")]


def test_that_a_logo_is_shown_kept_and_taken_away_and_no_picture_is_refused(
    screen, tmp_path: Path
) -> None:
    screen.go("papers")
    section = screen.page.findChild(object, "section_papers")
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    image.save(str(tmp_path / "logo.png"))
    (tmp_path / "no.png").write_bytes(b"<svg/>")

    section._read_logo(str(tmp_path / "no.png"))
    screen.settle()
    refused = screen.text("paper_logo_wrong")
    section._read_logo(str(tmp_path / "logo.png"))
    screen.settle()
    kept = face(screen).logo
    screen.press("logo_remove")
    screen.settle()

    assert "picture" in refused
    assert kept.startswith(b"\x89PNG")
    assert face(screen).logo == b""


def test_that_a_text_is_the_centres_own_until_it_is_emptied(screen) -> None:
    screen.go("texts")
    database, centre = screen.desk.work._database, screen.desk.centre.id
    held = screen.find(QListWidget, "texts")
    keys = [one.key for one in paper_words.words(database, centre, "sv")]
    held.setCurrentRow(keys.index("summons.opening"))

    screen.write_lines("text_words", "Kom {dag}")
    refused = screen.text("text_words_wrong")
    screen.write_lines("text_words", "Kom {day} till {centre}.")
    kept = paper_words.words(database, centre, "sv")[keys.index("summons.opening")]
    screen.press("text_back")
    screen.settle()
    again = paper_words.words(database, centre, "sv")[keys.index("summons.opening")]

    assert "{dag}" in refused
    assert (kept.text, kept.is_own) == ("Kom {day} till {centre}.", True)
    assert (again.text, again.is_own) == (again.usual, False)


def test_that_what_is_missing_is_written_beside_the_swedish_and_a_language_approved(
    screen,
) -> None:
    database, centre = screen.desk.work._database, screen.desk.centre.id
    screen.page.show_languages("fi")
    screen.settle()
    source = screen.text("translation_swedish")
    before = len(translations.untranslated(database, centre, "fi"))

    screen.write_lines("translation", "maanantai–perjantai klo 8.00–9.30")
    screen.press("language_approve")
    screen.settle()

    (written,) = [x for x in translations.texts(database, centre, "fi") if x.source == source]
    assert (written.text, written.origin) == (
        "maanantai–perjantai klo 8.00–9.30",
        Origin.CENTRE,
    )
    assert len(translations.untranslated(database, centre, "fi")) == before - 1
    assert {x.language: x.approved for x in approvals.statuses(database, centre)}["fi"]
    assert "Approved by" in screen.text("language_status")
    assert screen.find(QAbstractButton, "language_withdraw").isVisible()


def test_that_another_ones_translation_does_not_take_what_is_being_written(screen) -> None:
    database, centre = screen.desk.work._database, screen.desk.centre.id
    screen.page.show_languages("fi")
    screen.settle()
    section = screen.page._languages
    section.editor.setFocus()
    section.editor.insertPlainText("maanan")
    source = screen.text("translation_swedish")

    translations.write(database, centre, "fi", source, "muu")
    screen.page.reload()
    screen.settle()

    assert section.editor.toPlainText() == "maanan"
