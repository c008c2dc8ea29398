from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from painprogram.gui.publishing.changes_dialog import ChangesDialog
from painprogram.usecases import publications, sessions
from tests.gui.publishing.conftest import Office


def opened(qtbot: QtBot, office: Office) -> ChangesDialog:
    dialog = ChangesDialog(office.desk, office.group.id, office.window)
    dialog.open()
    qtbot.waitUntil(lambda: not office.desk.work.busy, timeout=20_000)
    return dialog


def settled(qtbot: QtBot, office: Office) -> None:
    qtbot.waitUntil(lambda: not office.desk.work.busy, timeout=20_000)


def test_that_changes_are_shown_per_session_patient_and_colleague(
    qtbot: QtBot, office: Office
) -> None:
    dialog = opened(qtbot, office)

    assert [dialog.tabs.tabText(at) for at in range(4)] == [
        "Sessions (1)",
        "Patients (2)",
        "Colleagues (1)",
        "Versions (1)",
    ]
    assert dialog.facts.text == "1 change since version 1"
    assert [entry.title for entry in dialog.patients.entries] == ["Gunhild Öberg", "Maria Öberg"]
    told = publications.changes(office.database, office.group.id).sessions[0].words
    assert dialog.sessions.entries[0].words.endswith(told)
    assert told in dialog.staff.entries[0].words


def test_that_publishing_keeps_the_note_and_says_so(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office)
    dialog.note.setText("Anna är borta")

    qtbot.mouseClick(dialog.publish, Qt.MouseButton.LeftButton)
    settled(qtbot, office)

    newest = publications.versions(office.database, office.group.id)[0]
    assert (newest.number, newest.note) == (2, "Anna är borta")
    assert office.said == ["H26 A is published as version 2."]


def test_that_a_draft_changed_meanwhile_is_shown_before_it_is_published(
    qtbot: QtBot, office: Office
) -> None:
    dialog = opened(qtbot, office)
    sessions.cancel(office.database, office.moved.id)

    qtbot.mouseClick(dialog.publish, Qt.MouseButton.LeftButton)
    settled(qtbot, office)

    assert "Look at the changes again" in dialog.wrong.text()
    assert dialog.sessions.entries[0].facts == "Cancelled"
    assert len(publications.versions(office.database, office.group.id)) == 1
    qtbot.mouseClick(dialog.publish, Qt.MouseButton.LeftButton)
    settled(qtbot, office)
    assert len(publications.versions(office.database, office.group.id)) == 2


def test_that_one_can_go_back_to_a_version(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office)
    assert not dialog.back.isVisible()
    dialog.tabs.setCurrentIndex(3)
    dialog.versions.setCurrentRow(0)
    assert dialog.back.text() == "Go back to version 1"
    assert "Klart för start" in dialog.versions.entries[0].words

    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    settled(qtbot, office)

    assert sessions.session(office.database, office.moved.id).start == office.moved.start
    assert dialog.tabs.tabText(0) == "Sessions (0)"
    assert not dialog.publish.isEnabled()


def test_that_enter_on_a_session_goes_there(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office)
    asked: list[object] = []
    office.desk.session_asked.connect(asked.append)
    dialog.sessions.setCurrentRow(0)

    qtbot.keyClick(dialog.sessions, Qt.Key.Key_Return)

    assert [one.id for one in asked] == [office.moved.id]  # type: ignore[attr-defined]


def test_that_every_control_has_a_name(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, office)

    for button in (dialog.publish, dialog.close_button):
        assert button.accessibleName()
        assert button.objectName()
    for held in (dialog.sessions, dialog.patients, dialog.staff, dialog.versions, dialog.note):
        assert held.accessibleName()
    assert all(isinstance(x, QAbstractButton) for x in (dialog.publish, dialog.back))
