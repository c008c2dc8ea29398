"""An error nobody expected: told calmly, written down, and never with a patient's name."""

import os
import sys
import threading

import pytest
from PySide6.QtCore import QObject, Qt, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from painprogram.gui import crash
from painprogram.gui.widgets.label import Label
from painprogram.gui.work import Work
from painprogram.usecases import Database

SECRET = "Maria Öberg 196408233234"


class Odd(RuntimeError):
    pass


def broken(patient: str = SECRET) -> Exception:
    """An error with the name in its message, its note, its cause and the locals on its way."""
    try:
        fall(patient)
    except Odd as error:
        return error
    raise AssertionError


def fall(patient: str) -> None:
    try:
        int(patient)
    except ValueError as error:
        odd = Odd(f"no such patient: {patient}")
        odd.add_note(patient)
        raise odd from error


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "log"


@pytest.fixture
def reporter(qtbot, folder):
    made = crash.install(folder)
    yield made
    made.unhook()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, crash.CrashDialog):
            widget.close()


def dialogs() -> list[crash.CrashDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, crash.CrashDialog)]


def logged(folder) -> str:
    return "".join(file.read_text("utf-8") for file in folder.glob("*"))


def nothing_secret(text: str) -> bool:
    return not any(part in text for part in SECRET.split())


def test_that_the_log_says_where_and_never_whom(folder):
    file = crash.write_log(broken(), folder)

    text = file.read_text("utf-8")
    assert "Odd" in text
    assert "builtins.ValueError" in text
    assert "which led to" in text
    assert "test_crash.py" in text
    assert "in broken" in text
    assert nothing_secret(text)


def test_that_a_group_of_errors_tells_of_each_and_never_whom():
    text = crash.stack(ExceptionGroup(SECRET, [broken(), KeyError(SECRET)]))

    assert "builtins.KeyError" in text
    assert "Odd" in text
    assert nothing_secret(text)


def test_that_an_error_of_the_database_keeps_its_values_to_itself(database):
    with pytest.raises(Exception) as caught, database.raw() as connection:
        connection.exec_driver_sql("select * from nowhere where name = 'Maria Öberg'")

    text = crash.stack(caught.value)
    assert "sqlalchemy.exc" in text
    assert nothing_secret(text)


def test_that_no_path_above_the_program_is_written():
    with pytest.raises(LookupError) as caught:
        "x".encode("no such encoding")

    assert os.sep + "test_crash" not in crash.stack(caught.value)


def test_that_the_log_is_begun_anew_when_it_is_large_and_old_ones_go(folder, monkeypatch):
    monkeypatch.setattr(crash, "LARGEST", 2000)

    for _round in range(60):
        crash.write_log(broken(), folder)

    files = sorted(file.name for file in folder.iterdir())
    assert files == ["painprogram.log", *(f"painprogram.log.{n}" for n in range(1, 6))]
    assert all(file.stat().st_size <= 2000 for file in folder.iterdir())


def test_that_a_disk_that_refuses_the_log_is_no_second_crash(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("")

    assert crash.write_log(broken(), blocked).name == "painprogram.log"


def test_that_the_log_lies_in_the_programs_own_folder(home):
    assert crash.write_log(broken()) == home / "log" / "painprogram.log"
    assert (home / "log" / "painprogram.log").exists()


def test_that_the_dialog_folds_its_details_away_and_copies_them_without_the_name(qtbot, folder):
    dialog = crash.CrashDialog(broken(), folder / "painprogram.log")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    details = dialog.findChild(QPlainTextEdit, "details")
    assert details is not None
    assert not details.isVisible()
    assert not dialog.isModal()

    qtbot.mouseClick(dialog.findChild(QPushButton, "details_switch"), Qt.MouseButton.LeftButton)
    assert details.isVisible()
    qtbot.mouseClick(dialog.findChild(QPushButton, "copy"), Qt.MouseButton.LeftButton)

    copied = QGuiApplication.clipboard().text()
    assert "Odd" in copied
    assert nothing_secret(copied)
    shown = " ".join(label.text() for label in dialog.findChildren(Label))
    assert nothing_secret(shown)
    assert "saved" in shown

    qtbot.mouseClick(dialog.findChild(QPushButton, "close"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialogs() == [])


def test_that_an_uncaught_error_is_written_and_shown_once(qtbot, reporter, folder):
    for _time in range(3):
        error = broken()
        sys.excepthook(type(error), error, error.__traceback__)

    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert logged(folder).count("Odd\n") == 3
    assert nothing_secret(logged(folder))


def test_that_an_error_of_a_thread_reaches_the_screen(qtbot, reporter, folder):
    def fail() -> None:
        raise broken()

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "in fail" in logged(folder)
    assert nothing_secret(logged(folder))


def test_that_an_error_of_a_use_case_reaches_the_screen(qtbot, reporter, folder, database):
    def fail(_database: Database) -> None:
        raise broken()

    work, owner = Work(database), QObject()
    work.crashed.connect(reporter.report)

    work.run(owner, print, fail)

    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert nothing_secret(logged(folder))
    work.close()


def test_that_a_second_error_is_shown_when_the_first_was_closed(qtbot, reporter):
    reporter.report(broken())
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialogs()[0].close()
    qtbot.waitUntil(lambda: dialogs() == [])

    reporter.report(broken())

    qtbot.waitUntil(lambda: len(dialogs()) == 1)


def test_that_what_qt_warns_of_is_written_without_its_words(reporter, folder):
    qWarning(f"QThing::open: can't show {SECRET}")
    qWarning(SECRET)

    text = logged(folder)
    assert "QtWarningMsg default QThing::open\n" in text
    assert nothing_secret(text)


def test_that_an_interrupt_at_the_terminal_is_no_error_of_ours(reporter, folder, capsys):
    error = KeyboardInterrupt()

    sys.excepthook(KeyboardInterrupt, error, None)

    assert not folder.exists()
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_that_everything_is_as_before_when_it_is_unhooked(qtbot, folder):
    before = sys.excepthook, threading.excepthook
    made = crash.install(folder)
    assert sys.excepthook != before[0]

    made.unhook()

    assert (sys.excepthook, threading.excepthook) == before
