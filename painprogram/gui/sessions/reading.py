"""Reads everything a week shows, aside; only the answer to the newest question is told.

First what the cards need; then what stands against them, with the closed days. Red days take a
library that is slow to load, so at the start no card waits for it.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from painprogram.domain.groups import Group
from painprogram.domain.placing import Board
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.shown import Shown
from painprogram.usecases import (
    centres,
    clashes,
    groups,
    placing,
    publications,
    rooms,
    sessions,
    staff,
)

_CARDS = ("groups", "rooms", "staff", "week")
_REST = ("closures", "board", "nearest", "told", "found")
_NEAR = timedelta(days=60)


class WeekReader(QObject):
    arrived = Signal(object)
    """``Shown``, with all there is to know of the week."""
    cards_arrived = Signal(object)
    """``Shown``, of a week that has not been read before: nothing stands against it yet."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self._known: tuple[object, date] | None = None

    def read(self, monday: date) -> None:
        self._asked += 1
        centre = self._desk.centre.id
        run, keep = self._desk.work.run, partial(self._keep, self._asked, monday, {})
        run(self, partial(keep, "groups"), groups.groups, centre)
        run(self, partial(keep, "rooms"), rooms.rooms, former=True)
        run(self, partial(keep, "staff"), staff.staff, former=True)
        run(self, partial(keep, "week"), sessions.week, centre, monday, closures=False)

    def _keep(
        self, asked: int, monday: date, parts: dict[str, Any], name: str, value: object
    ) -> None:
        parts[name] = value
        if asked != self._asked:
            return
        if name == _CARDS[-1]:
            self._cards_read(monday, parts)
        elif name == _REST[-1]:
            self._all_read(monday, parts)

    def _cards_read(self, monday: date, parts: dict[str, Any]) -> None:
        centre, sunday = self._desk.centre.id, monday + timedelta(days=6)
        if self._known != (centre, monday):
            people, there = parts["staff"], parts["rooms"]
            board = Board(
                monday,
                rooms={room.id: room for room in there},
                staff={person.id: person for person in people},
            )
            self.cards_arrived.emit(
                Shown(centre, parts["week"], board, parts["groups"], complete=False)
            )
        today = self._desk.today()
        run, keep = self._desk.work.run, partial(self._keep, self._asked, monday, parts)
        run(self, partial(keep, "closures"), centres.closures, centre, monday, sunday)
        run(self, partial(keep, "board"), placing.prepared, centre, monday, today=today)
        run(self, partial(keep, "nearest"), sessions.nearest, centre, monday)
        near = [group.id for group in parts["groups"] if _is_near(group, monday)]
        run(self, partial(keep, "told"), publications.differences, near)
        run(self, partial(keep, "found"), clashes.found, monday, sunday, centre, today=today)

    def _all_read(self, monday: date, parts: dict[str, Any]) -> None:
        centre = self._desk.centre.id
        self._known = centre, monday
        week = replace(parts["week"], closures=parts["closures"])
        before, after = parts["nearest"]
        self.arrived.emit(
            Shown(
                centre,
                week,
                parts["board"],
                parts["groups"],
                parts["found"],
                before,
                after,
                parts["told"],
            )
        )


def _is_near(group: Group, day: date) -> bool:
    """A session may have been moved out of the week that is shown, or into it."""
    if group.first is None or group.last is None:
        return False
    return group.first - _NEAR <= day <= group.last + _NEAR
