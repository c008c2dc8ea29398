"""What calendars outside show, chosen and sent from the settings."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import keyring
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QPushButton, QTableWidget

from painprogram.domain.progress import Progress
from painprogram.gui.settings.calendar_folder import Following
from painprogram.usecases import calendar_targets, centres, groups, sessions
from tests import make
from tests.caldav_server import ANNA, Server
from tests.gui.settings.screen import CALENDARS, LEFT
from tests.memory_keyring import MemoryKeyring


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("radicale"))
    yield started
    started.stop()


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    made = MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def there(screen, database):
    """The section, with a group to send."""
    group = make.group(database, screen.desk.centre)
    screen.go(CALENDARS)
    screen.group = group
    return screen


def told(screen, name):
    screen.settle()
    screen.settle()
    return screen.text(name)


# Patients.


def test_that_the_title_and_the_reminder_are_saved_as_they_are_chosen(there, database):
    there.write("calendar_title", "Tid på mottagningen")
    reminder = there.find(QComboBox, "calendar_alarm")
    reminder.setCurrentIndex(reminder.findText("2 hours before"))
    reminder.activated.emit(reminder.currentIndex())
    there.settle()
    there.settle()

    centre = centres.centre(database, there.desk.centre.id)
    assert (centre.calendar_title, centre.calendar_alarm) == ("Tid på mottagningen", 120)
    assert there.desk.centre.calendar_alarm == 120


def test_that_a_title_that_is_too_long_is_said_and_stays_to_be_put_right(there, database):
    there.write("calendar_title", "x" * 201)

    assert "too long" in there.text("calendar_title_wrong")
    assert there.find(QLineEdit, "calendar_title").text() == "x" * 201


def test_that_a_reminder_of_another_length_is_shown_as_it_is(there, database):
    centre = centres.centre(database, there.desk.centre.id)
    centres.update(database, replace(centre, calendar_alarm=45))

    there.page.reload()
    there.settle()

    assert there.find(QComboBox, "calendar_alarm").currentText() == "45 minutes before"


# The folder.


def test_that_a_folder_is_filled_as_it_is_chosen(there, tmp_path):
    there.write("calendar_folder", str(tmp_path / "kalendrar"))

    assert told(there, "calendar_folder_told") == "11 files written, 0 unchanged."
    whose = there.find(QComboBox, "calendar_file")
    whose.setCurrentIndex(whose.findText("Gymmet"))
    there.press("calendar_file_copy")
    copied = Path(QGuiApplication.clipboard().text())
    assert copied.parent == tmp_path / "kalendrar" / "rooms"
    assert copied.is_file()


def test_that_a_folder_must_be_whole_and_reachable(there, tmp_path):
    there.write("calendar_folder", "kalendrar")
    assert "whole path" in there.text("calendar_folder_wrong")

    there.write("calendar_folder", str(tmp_path / "missing" / "kalendrar"))
    assert "can't be made" in told(there, "calendar_folder_told")


def test_that_patients_files_go_when_they_are_left_out(there, database, tmp_path):
    make.placed(database, there.desk.centre, there.group.id)
    there.write("calendar_folder", str(tmp_path / "kalendrar"))
    told(there, "calendar_folder_told")
    assert len(list((tmp_path / "kalendrar" / "patients").iterdir())) == 1

    there.find(QCheckBox, "calendar_folder_patients").click()

    assert "1 removed" in told(there, "calendar_folder_told")
    assert not (tmp_path / "kalendrar" / "patients").exists()


# Servers.


def add(screen, address):
    screen.press("calendar_servers_add")
    screen.settle()
    whose = screen.find(QComboBox, "calendar_server_whose")
    whose.setCurrentIndex(whose.findText("H26 A"))
    screen.find(QLineEdit, "calendar_server_address").setText(address)
    screen.find(QLineEdit, "calendar_server_account").setText(ANNA[0])
    screen.press("accept")
    screen.settle()
    screen.settle()


def write_password(screen, password, *, remember=False):
    screen.settle()
    form = screen.find(QDialog, "calendar_password_form")
    field = screen.find(QLineEdit, "calendar_password")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setText(password)
    screen.find(QCheckBox, "calendar_password_remember").setChecked(remember)
    screen._qtbot.mouseClick(form.findChild(QPushButton, "accept"), LEFT)
    screen.settle()
    screen.settle()


def test_that_a_calendar_on_a_server_is_added_sent_and_removed(there, database, server, ring):
    add(there, server.calendar())
    table = there.find(QTableWidget, "calendar_servers")
    assert [table.item(0, at).text() for at in (0, 1, 2)] == ["H26 A", "anna", "Not yet"]

    there.press("calendar_servers_test")
    write_password(there, ANNA[1])
    assert there.text("calendar_servers_told") == "“Arbete” can be written in."

    there.press("calendar_servers_send")
    write_password(there, ANNA[1])
    many = len(sessions.sessions(database, there.group.id))
    assert there.text("calendar_servers_told") == f"H26 A: {many} events new."
    assert table.item(0, 2).text() != "Not yet"
    assert ring.kept == {}

    there.press("calendar_servers_remove")
    assert "stays on the server" in told(there, "calendar_servers_told")
    assert calendar_targets.targets(database) == ()


def test_that_an_address_that_would_not_do_is_said_in_the_form(there, database):
    add(there, "http://server.se/kalender")

    assert "overheard" in there.text("wrong")
    assert calendar_targets.targets(database) == ()


def test_that_a_wrong_password_is_said_and_not_remembered(there, server, ring):
    add(there, server.calendar())
    there.press("calendar_servers_send")

    write_password(there, "fel", remember=True)

    assert "does not accept" in told(there, "calendar_servers_told")
    assert ring.kept == {}


def test_that_a_remembered_password_is_not_asked_for(there, server, ring):
    add(there, server.calendar())
    there.press("calendar_servers_send")
    write_password(there, ANNA[1], remember=True)
    assert list(ring.kept.values()) == [ANNA[1]]

    there.press("calendar_servers_send")

    assert told(there, "calendar_servers_told") == "H26 A: Nothing had changed."


def test_that_anothers_edit_is_asked_about(there, database, server, ring):
    address = server.calendar()
    add(there, address)
    there.press("calendar_servers_send")
    write_password(there, ANNA[1], remember=True)
    held = sessions.sessions(database, there.group.id)[0]
    place = f"{address}{held.id}.ics"
    edited = re.sub(r"(DT(START|END);.*T)\d\d", r"\g<1>17", httpx.get(place, auth=ANNA).text)
    httpx.put(place, auth=ANNA, content=edited.encode())

    there.press("calendar_servers_send")
    assert "1 event was changed on the server" in told(there, "calendar_servers_told")
    choice = there.find(QComboBox, "calendar_edit_0")
    choice.setCurrentIndex(choice.findText("Send ours"))
    form = there.find(QDialog, "calendar_edits")
    QTest.mouseClick(form.findChild(QPushButton, "accept"), LEFT)

    assert told(there, "calendar_servers_told") == "H26 A: 1 changed."
    assert "T170000" not in httpx.get(place, auth=ANNA).text


def test_that_calendars_follow_what_is_published(there, database, server, ring, tmp_path, qtbot):
    address = server.calendar()
    group = groups.groups(database, there.desk.centre.id)[0]
    target = calendar_targets.add(
        database, there.desk.centre.id, address, ANNA[0], "group", group.id
    )
    calendar_targets.remember(database, Progress(), target, ANNA[1])
    there.desk.settings.put("calendar folder", str(tmp_path / "kalendrar"))
    said: list[str] = []
    there.desk.message.connect(said.append)
    following = Following(there.desk)

    following.refresh()
    there.settle()

    assert said[0] == "Calendar folder: 11 files written, 0 unchanged."
    assert said[1].startswith("H26 A: ")
    assert said[1].endswith(" events new.")
