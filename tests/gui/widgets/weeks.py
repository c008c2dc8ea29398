"""A week to try the grid on, and a hand on the mouse."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from painprogram.gui.widgets.weekgrid import Card, Day, Lane, Target, WeekGrid

MONDAY = date(2026, 11, 9)
DAYS = [
    Day(MONDAY + timedelta(i), f"Day {i}", f"D{i}", today=i == 1, past=i == 0) for i in range(5)
]
LANES = [Lane("hall", "The hall"), Lane("gym", "The gym"), Lane("room", "Room 4")]
NOON = 12 * 60


def card(key: str, day: int, lane: str, start: float, minutes: int = 60, **more) -> Card:
    first = round(start * 60)
    return Card(key, DAYS[day].date, lane, first, first + minutes, key.title(), **more)


CARDS = [
    card("early", 0, "hall", 9, kind="relaxation", used=8, total=10, corner="5 of 8"),
    card("gym", 1, "gym", 9, kind="exercise", accessible_text="Exercise 3, Tuesday 9 to 10"),
    card("talk", 1, "hall", 13, 90, kind="lecture", conflict=True),
    card("late", 1, "hall", 15.5, 45, kind="individual"),
    card("linked", 2, "hall", 9, 90, kind="linked", linked=True),
    card("measure", 3, "room", 9, kind="measurement"),
]


def mouse(grid: WeekGrid, kind: QEvent.Type, point: QPoint, held=Qt.KeyboardModifier.NoModifier):
    view, left, none = grid.viewport(), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    buttons = none if kind == QEvent.Type.MouseButtonRelease else left
    place = QPointF(point)
    event = QMouseEvent(kind, place, view.mapToGlobal(place), button, buttons, held)
    QApplication.sendEvent(view, event)


def drag(grid: WeekGrid, start: QPoint, end: QPoint, held=Qt.KeyboardModifier.NoModifier) -> None:
    """Press and move; the button stays down."""
    mouse(grid, QEvent.Type.MouseButtonPress, start)
    mouse(grid, QEvent.Type.MouseMove, (start + end) / 2, held)
    mouse(grid, QEvent.Type.MouseMove, end, held)


def drop(grid: WeekGrid, point: QPoint) -> None:
    mouse(grid, QEvent.Type.MouseButtonRelease, point)


def grip(grid: WeekGrid, key: str) -> QPoint:
    found = grid.card(key)
    assert found is not None
    return grid.place_of(found.day, found.lane, found.start_minute) + QPoint(0, 10)


def move(grid: WeekGrid, key: str, day: int, lane: str, minute: int, **more) -> None:
    point = grid.place_of(DAYS[day].date, lane, minute) + QPoint(0, 10)
    drag(grid, grip(grid, key), point, **more)


def target(grid: WeekGrid) -> Target:
    """Where the card under way would land."""
    found = grid.dragging
    assert found is not None
    return found
