"""What a run of the planner says of itself while it looks."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a plan has come."""

    best: int
    """What the best plan so far costs by the wishes, whoever it leaves out."""
    bound: int
    """No plan that places as much costs less; 0 as long as nothing is known."""
    seconds: float
    unplaced: int
    """Sessions without a place and choices not made, in the best plan so far."""
    placed: int = 0
    number: int = 1
    """Which of several proposals is looked for, from 1."""

    @property
    def proven(self) -> bool:
        return not self.unplaced and self.best <= self.bound


Watch = Callable[[Standing], None]
"""Called from any thread, though never from two at once: a window takes it to its own."""
