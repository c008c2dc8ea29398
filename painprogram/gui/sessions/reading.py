"""Reads everything a week shows, aside; only the answer to the newest question is told."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from painprogram.domain.groups import Group
from painprogram.domain.placing import Board
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.shown import Shown
from painprogram.usecases import clashes, groups, placing, sessions
from painprogram.usecases.sessions import Week


class WeekReader(QObject):
    arrived = Signal(object)  # Shown

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0

    def read(self, monday: date) -> None:
        self._asked += 1
        centre, sunday = self._desk.centre.id, monday + timedelta(days=6)
        run, parts = self._desk.work.run, dict[str, Any]()
        keep = partial(self._keep, self._asked, parts)
        run(self, partial(keep, "groups"), groups.groups, centre)
        run(self, partial(keep, "week"), sessions.week, centre, monday)
        run(self, partial(keep, "board"), placing.prepared, centre, monday)
        run(self, partial(keep, "nearest"), sessions.nearest, centre, monday)
        run(self, partial(keep, "found"), clashes.found, monday, sunday, centre)

    def _keep(self, asked: int, parts: dict[str, Any], name: str, value: object) -> None:
        parts[name] = value
        if name == "found" and asked == self._asked:
            week: Week = parts["week"]
            board: Board = parts["board"]
            there: tuple[Group, ...] = parts["groups"]
            before, after = parts["nearest"]
            centre = self._desk.centre.id
            self.arrived.emit(Shown(centre, week, board, there, parts["found"], before, after))
