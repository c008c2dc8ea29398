"""Widgets are destroyed on the GUI thread, whoever allocates."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from painprogram.gui import garbage
from painprogram.gui.work import Work


@pytest.fixture
def work(qtbot, database, monkeypatch):
    monkeypatch.setattr(garbage, "INTERVAL", 20)
    thresholds = gc.get_threshold()
    gc.set_threshold(100, 1, 1)
    work = Work(database)
    yield work
    work.close()
    gc.set_threshold(*thresholds)


def cycle() -> tuple[weakref.ref[QWidget], list[str]]:
    """A widget that only a collection frees, and the names of the threads that do so."""
    died: list[str] = []
    widget = QWidget()
    widget.__dict__["itself"] = widget
    weakref.finalize(widget, lambda: died.append(threading.current_thread().name))
    return weakref.ref(widget), died


def allocate(_database: object) -> int:
    """Enough containers for Python to collect many times over, where it collects."""
    return len([[number] for number in range(100_000)])


def test_that_a_lane_collects_no_widget(qtbot, work) -> None:
    owner = QObject()
    arrived: list[int] = []
    held, died = cycle()

    work.run(owner, arrived.append, allocate)
    qtbot.waitUntil(lambda: bool(arrived))
    qtbot.waitUntil(lambda: held() is None)

    assert died == [threading.main_thread().name]


def test_that_python_collects_again_when_the_work_is_closed(work) -> None:
    assert not gc.isenabled()

    work.close()

    assert gc.isenabled()


def test_that_one_of_two_keeps_python_from_collecting(qtbot) -> None:
    first, second = garbage.Garbage(), garbage.Garbage()
    first.close()
    assert not gc.isenabled()

    second.deleteLater()
    qtbot.waitUntil(gc.isenabled)
