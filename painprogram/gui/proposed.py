"""What a proposal would move, for the schedule to show before anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from painprogram.domain.sessions import Session


class Stage(StrEnum):
    """Which of the two plans is looked at."""

    NOW = "now"
    COMPARE = "compare"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Moved:
    """One change; *number* is the same in the list and at both ends in the week."""

    number: int
    before: Session
    after: Session

    @property
    def id(self) -> UUID:
        return self.before.id


@dataclass(frozen=True)
class Proposed:
    moves: tuple[Moved, ...]
    stage: Stage = Stage.COMPARE

    @cached_property
    def by_id(self) -> Mapping[UUID, Moved]:
        return {move.id: move for move in self.moves}

    def at(self, stage: Stage) -> "Proposed":
        return replace(self, stage=stage)


class Stand(Protocol):
    """The week on which a proposal is shown."""

    change_chosen: SignalInstance
    """The number of the change whose card was chosen."""

    @property
    def groups(self) -> tuple[UUID, ...]:
        """The groups of what is chosen, else of what is shown."""
        ...

    def show_running(self, bar: QWidget) -> None:
        """Over the week for as long as *bar* lives."""
        ...

    def host(self, panel: QWidget, above: QWidget, below: QWidget, switch: QWidget) -> None:
        """Give these their places beside, over and under the week, and in its toolbar."""
        ...

    def end(self) -> None:
        """Everything as it was before ``host``."""
        ...

    def show_proposed(self, proposed: Proposed | None) -> None:
        """Show it over the week from now on; None shows the schedule alone."""
        ...

    def show_change(self, move: Moved) -> None:
        """Go to the week where it would stand, or stands now, and choose its card."""
        ...
