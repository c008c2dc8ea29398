"""From nothing to a screen full of work: the three ways in."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel

from painprogram.gui.widgets.line_table import LineTable
from painprogram.storage.database import Database
from painprogram.usecases import centres, groups, history, patients, rooms, staff


def test_that_the_example_is_made_and_shown_and_found_again(start, home: Path) -> None:
    first = start()
    first.click("choose_example")
    first.until_open()

    assert first.window.desk.centre.name == "Ekbackens vårdcentral"
    assert len(first.window.sessions.grid.cards) > 0
    assert first.program.frame.status.clashes.text() == "2 clashes"
    first.close()

    (file,) = home.glob("exempel-*.ppdb")
    database = Database.open(str(file), create=False)
    assert len(centres.centres(database)) == 4
    assert len(staff.staff(database)) == 25
    assert len(rooms.rooms(database)) == 9
    assert len([g for g in groups.groups(database) if not g.activity]) == 6
    assert len(patients.find(database, most=1000)) == 60
    assert history.labels(database) == (None, None)
    database.close()

    again = start()
    again.settle()
    assert again.window.desk.centre.name == "Ekbackens vårdcentral"


def test_that_a_new_centre_begins_with_its_people_and_rooms(start, home: Path) -> None:
    journey = start()
    journey.click("choose_new")
    journey.write("name", "Sjöviks vårdcentral")
    journey.click("next")
    QGuiApplication.clipboard().setText(
        "Anna Berg;fysioterapeut\nEva Ek;psykolog\nOmar Nasser;läkare\n"
        "Per Sand;apotekare\nÅsa Lind;arbetsterapeut\nLena Öst;kurator"
    )
    journey.child(LineTable, "staff").paste()
    journey.click("next")
    QGuiApplication.clipboard().setText("Stora salen;16")
    journey.child(LineTable, "rooms").paste()
    journey.click("next")
    journey.until_open()

    assert journey.window.desk.centre.name == "Sjöviks vårdcentral"
    assert journey.shown("start_group").isVisible()
    url = journey.window._database.url
    journey.close()

    database = Database.open(url, create=False)
    assert staff.staff(database)[0].name == "Anna Berg"
    assert [room.name for room in rooms.rooms(database)] == ["Stora salen"]
    database.close()


def test_that_a_shared_database_is_joined(start, database: Database) -> None:
    """What another centre of the cluster has put there is on screen."""
    from tests import make

    make.furnished(database)

    journey = start(database.url)
    journey.settle()

    assert journey.window.desk.centre.name == "Ekbacken"


def test_that_what_can_not_be_opened_is_said_and_left_alone(start, tmp_path: Path) -> None:
    file = tmp_path / "brev.ppdb"
    file.write_text("Hej")

    journey = start(str(file))

    wrong = journey.child(QLabel, "choices_wrong")
    assert "is no database of this program" in wrong.text()
    assert file.read_text() == "Hej"
    assert journey.child(QAbstractButton, "choose_example").isVisible()
