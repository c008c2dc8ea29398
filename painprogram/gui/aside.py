"""Work before there is a database: importing, opening, founding; one thing at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.progress import Progress
from painprogram.gui.garbage import Garbage

T = TypeVar("T")


class Aside(QObject):
    """Calls a function on a thread of its own and brings the result back."""

    refused = Signal(str)
    cancelled = Signal()
    crashed = Signal(Exception)
    progressed = Signal(float, str)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
        self._progress: Progress | None = None
        self._waiting: dict[int, Callable[[Any], object]] = {}
        self._numbers = count()
        self._garbage = Garbage(self)
        self._arrived.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    def call(self, done: Callable[[T], object], function: Callable[[Progress], T]) -> None:
        """Call *function*, then *done* here with what it gave."""
        self._progress = Progress(self.progressed.emit)
        number = next(self._numbers)
        self._waiting[number] = done
        self._lane.submit(self._run_aside, number, self._progress, function)

    def cancel(self) -> None:
        if self._progress:
            self._progress.cancel()

    def close(self) -> None:
        self.cancel()
        self._lane.shutdown(wait=True, cancel_futures=True)
        self._garbage.close()

    def _run_aside(
        self, number: int, progress: Progress, function: Callable[[Progress], object]
    ) -> None:
        try:
            result = function(progress)
        except Exception as error:  # noqa: BLE001 -- every error belongs to the GUI thread
            self._arrived.emit(partial(self._failed, number, error))
        else:
            self._arrived.emit(partial(self._done, number, result))

    @Slot(object)
    def _run_here(self, closure: Callable[[], None]) -> None:
        closure()

    def _done(self, number: int, result: object) -> None:
        self._waiting.pop(number)(result)

    def _failed(self, number: int, error: Exception) -> None:
        del self._waiting[number]
        if isinstance(error, Refused):
            self.refused.emit(str(error))
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        else:
            self.crashed.emit(error)
