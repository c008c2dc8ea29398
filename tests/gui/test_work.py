"""The lanes on which use cases run beside the window."""

import threading

from PySide6.QtCore import QObject

from painprogram.domain.progress import Progress
from painprogram.gui.work import Work
from painprogram.usecases import Database


def test_that_a_search_holds_up_nothing_else(qtbot, database) -> None:
    work, owner = Work(database), QObject()
    found, done = threading.Event(), list[str]()

    def search(_database: Database, _progress: Progress) -> str:
        return "found" if found.wait(10) else "never"

    work.run_search(owner, done.append, search)
    work.run_long(owner, done.append, lambda _database, _progress: "long")
    work.run(owner, done.append, lambda _database: "short")
    qtbot.waitUntil(lambda: len(done) == 2)
    found.set()
    qtbot.waitUntil(lambda: len(done) == 3)

    assert set(done[:2]) == {"long", "short"}
    assert done[2] == "found"
    work.close()
