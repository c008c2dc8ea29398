"""Carries out what is wished on the grid; asks for a reason first where a rule wants one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from painprogram.gui.desk import Desk
from painprogram.gui.reasons import Reasoned
from painprogram.gui.sessions.changes import Wish
from painprogram.usecases import schedules, sessions, several

HELD_TO_RULES = frozenset(
    {
        sessions.move,
        sessions.resize,
        sessions.change_room,
        sessions.change_leaders,
        sessions.cancel,
        schedules.move_visit,
        several.move_several,
        several.copy,
    }
)
"""These know of the day, and take a reason."""
_KNOW_THE_DAY = HELD_TO_RULES | {several.cancel_several}


class Carrying:
    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk, self._owner = desk, owner

    def carry(
        self, wish: Wish, saved: Callable[[Any], object], refused: Callable[[str], object]
    ) -> None:
        """Do it; *refused* is told why not, or nothing when the user gave no reason."""
        self.run(wish.usecase, *wish.arguments, done=saved, refused=refused, **wish.named)

    def run(
        self,
        usecase: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], object],
        refused: Callable[[str], object],
        **named: Any,
    ) -> None:
        day = {"today": self._desk.today()} if usecase in _KNOW_THE_DAY else {}
        asked = Reasoned(self._desk.work, self._owner, done, refused, lambda: refused(""))
        asked.run(usecase, *arguments, **named, **day)
