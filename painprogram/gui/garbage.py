"""Collects reference cycles on the GUI thread alone.

Python collects in whichever thread happens to allocate. A cycle with a widget in it, collected
by a lane of `Work`, destroys that widget outside its thread while the GUI thread may be deleting
its parent: the program goes down.
"""

import gc
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # ms

_keys = count()
_living: set[int] = set()


class Garbage(QObject):
    """As long as one of these lives, no other thread collects."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = next(_keys)
        _living.add(self._key)
        gc.disable()
        self.destroyed.connect(partial(_leave, self._key))
        self._timer = QTimer(self)
        self._timer.timeout.connect(_collect)
        self._timer.start(INTERVAL)

    def close(self) -> None:
        """Leave it to Python again, if this was the last."""
        self._timer.stop()
        _leave(self._key)


def _leave(key: int, _destroyed: QObject | None = None) -> None:
    _living.discard(key)
    if not _living:
        gc.enable()


def _collect() -> None:
    """Collect the generations that are due, by Python's own thresholds."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    for generation, (made, most) in enumerate(due):
        if made <= most:
            break
        gc.collect(generation)
