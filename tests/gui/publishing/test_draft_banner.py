from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from painprogram.gui.desk import Paper
from painprogram.gui.draft_banner import DraftBanner
from painprogram.gui.papers.dialog import PaperDialog
from painprogram.usecases import publications
from tests import make
from tests.gui.publishing.conftest import Office


def shown(qtbot: QtBot, office: Office) -> DraftBanner:
    banner = DraftBanner(office.desk, office.window)
    banner.reload()
    settled(qtbot, office)
    return banner


def settled(qtbot: QtBot, office: Office) -> None:
    qtbot.waitUntil(lambda: not office.desk.work.busy, timeout=20_000)


def test_that_the_banner_says_how_much_is_not_told(qtbot: QtBot, office: Office) -> None:
    banner = shown(qtbot, office)
    assert banner.accessibleName() == "Draft · H26 A: 1 change since version 1"
    asked: list[UUID] = []
    office.desk.changes_asked.connect(asked.append)

    qtbot.mouseClick(banner.look, Qt.MouseButton.LeftButton)

    assert asked == [office.group.id]


def test_that_publishing_from_the_banner_hides_it(qtbot: QtBot, office: Office) -> None:
    banner = shown(qtbot, office)

    qtbot.mouseClick(banner.publish, Qt.MouseButton.LeftButton)
    settled(qtbot, office)

    assert not banner.isVisible()
    assert publications.state(office.database, office.group.id).number == 2
    assert office.said == ["H26 A is published as version 2."]


def test_that_several_drafts_are_chosen_among(qtbot: QtBot, office: Office) -> None:
    late = make.MONDAY + timedelta(weeks=1)
    other = make.group(office.database, office.desk.centre, "A & B", late)
    banner = shown(qtbot, office)
    menu = banner.look.menu()
    assert menu is not None
    asked: list[UUID] = []
    office.desk.changes_asked.connect(asked.append)

    menu.actions()[1].trigger()

    assert asked == [other.id]
    assert [action.text() for action in menu.actions()] == [
        "H26 A (1 change since version 1)",
        "A && B (not published yet)",
    ]
    publications.publish(office.database, other.id)
    banner.reload()
    settled(qtbot, office)
    assert banner.look.menu() is None


def test_that_the_banner_of_one_group_speaks_of_it_alone(qtbot: QtBot, office: Office) -> None:
    banner = DraftBanner(office.desk, office.window)
    banner.show_group(office.group.id)
    settled(qtbot, office)
    assert banner.accessibleName() == "Draft · 1 change since version 1"

    banner.show_group(None)
    settled(qtbot, office)

    assert not banner.isVisible()


def test_that_a_paper_says_which_version_it_shows(qtbot: QtBot, office: Office) -> None:
    dialog = PaperDialog(office.desk, Paper("poster", office.group.id), office.window)
    dialog.open()
    settled(qtbot, office)
    assert "version 1; the draft has 1 change" in dialog.draft.accessibleName()

    office.publish()
    again = PaperDialog(office.desk, Paper("poster", office.group.id), office.window)
    again.open()
    settled(qtbot, office)
    assert not again.draft.isVisible()
