from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from painprogram.domain.progress import Progress
from painprogram.gui.desk import Paper
from painprogram.gui.papers.dialog import PaperDialog
from painprogram.gui.publishing.queue_dialog import QueueDialog
from painprogram.usecases import prints, reprints, schedules
from tests import make
from tests.documents.papers import texts
from tests.gui.publishing.conftest import Office


def opened(qtbot: QtBot, office: Office) -> QueueDialog:
    dialog = QueueDialog(office.desk, office.window)
    dialog.open()
    settled(qtbot, office)
    return dialog


def settled(qtbot: QtBot, office: Office) -> None:
    qtbot.waitUntil(lambda: not office.desk.work.busy, timeout=20_000)


def asked(office: Office) -> list[Paper]:
    papers: list[Paper] = []
    office.desk.paper_asked.connect(papers.append)
    return papers


def test_that_nothing_is_in_the_queue_before_publishing(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office)

    assert dialog.late.held.count() == 0
    assert dialog.title.text == "Every printed sheet is as published"
    assert not dialog.late.every.isEnabled()


def test_that_all_are_printed_in_order_of_name_or_of_the_next_session(
    qtbot: QtBot, office: Office
) -> None:
    office.publish()
    maria, gunhild = office.places
    first = make.of_strand(office.database, office.group.id, "relaxation")[0]
    schedules.opt_out(office.database, gunhild.id, first.id, "bortrest")
    dialog = opened(qtbot, office)
    papers = asked(office)
    assert dialog.title.text == "2 sheets are out of date"
    assert [entry.title for entry in dialog.late.held.entries] == ["Gunhild Öberg", "Maria Öberg"]

    qtbot.mouseClick(dialog.late.every, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.order.button("time"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.late.every, Qt.MouseButton.LeftButton)

    assert [paper.places for paper in papers] == [
        (gunhild.id, maria.id),
        (maria.id, gunhild.id),
    ]


def test_that_one_is_printed_alone(qtbot: QtBot, office: Office) -> None:
    office.publish()
    dialog = opened(qtbot, office)
    papers = asked(office)
    assert not dialog.late.one.isEnabled()
    dialog.late.held.setCurrentRow(1)

    qtbot.mouseClick(dialog.late.one, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog.late.held, Qt.Key.Key_Return)

    assert [paper.places for paper in papers] == [(office.places[0].id,)] * 2


def test_that_what_has_been_printed_leaves_the_queue(qtbot: QtBot, office: Office) -> None:
    office.publish()
    dialog = opened(qtbot, office)
    papers = asked(office)
    qtbot.mouseClick(dialog.late.every, Qt.MouseButton.LeftButton)

    prints.many_sheets(office.database, Progress(), papers[0].places, make.TODAY)
    office.desk.changed.emit(frozenset({"print"}))
    settled(qtbot, office)

    assert dialog.late.held.count() == 0
    assert reprints.count(office.database, make.TODAY) == reprints.Count(0, 0)


def test_that_those_who_have_no_sheet_stand_beside(qtbot: QtBot, office: Office) -> None:
    new = make.placed(office.database, office.desk.centre, office.group.id, 5, "Ny")
    dialog = opened(qtbot, office)
    papers = asked(office)
    assert [entry.title for entry in dialog.never.held.entries] == ["Ny Öberg"]

    qtbot.mouseClick(dialog.never.every, Qt.MouseButton.LeftButton)

    assert papers[0].places == (new.id,)


def test_that_the_paper_of_a_queue_is_just_its_sheets(qtbot: QtBot, office: Office) -> None:
    maria, _gunhild = office.places
    paper = Paper("sheet", places=(maria.id,))
    dialog = PaperDialog(office.desk, paper, office.window)
    dialog.open()
    settled(qtbot, office)

    assert dialog.windowTitle() == "Schedule H26 A"
    assert not dialog.draft.isVisible()
    words = " ".join(texts(dialog._made.files[0].pdf))  # type: ignore[union-attr]
    assert ("Maria" in words, "Gunhild" in words) == (True, False)
