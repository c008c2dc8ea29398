"""Runs use cases off the GUI thread, and brings their result back to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.progress import Progress
from painprogram.gui.garbage import Garbage

if TYPE_CHECKING:  # the frame is painted before the database layer is imported
    from painprogram.usecases import Database

P = ParamSpec("P")
T = TypeVar("T")


class Task:
    """A use case under way."""

    def __init__(self, progress: Progress, owner: QObject) -> None:
        self.progress = progress
        self._owner = owner
        self._refused: Callable[[str], object] | None = None

    def or_else(self, refused: Callable[[str], object]) -> "Task":
        """Say a refusal to *refused* (a dialog's own line) in place of the window's message."""
        self._refused = refused
        return self

    def cancel(self) -> None:
        self.progress.cancel()

    @property
    def alive(self) -> bool:
        return isValid(self._owner)

    def told(self, sentence: str) -> bool:
        """Whether somebody else than the window has shown the refusal."""
        if self._refused is None or not self.alive:
            return False
        self._refused(sentence)
        return True


class Work(QObject):
    """Three lanes: use cases one after the other, long tasks, and a search of minutes beside them.

    Long tasks propose, they never write. No thread owns a QObject, nor holds the last reference
    to one: it knows its task by number, and all it has to say travels through *_arrived*, a signal
    of this long-lived object, to the GUI thread.
    """

    refused = Signal(str)
    crashed = Signal(Exception)
    progressed = Signal(float, str)
    idle = Signal()
    """Nothing is under way any more: what was asked for is shown."""
    _arrived = Signal(object)

    def __init__(self, database: "Database", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._short = ThreadPoolExecutor(max_workers=1, thread_name_prefix="short")
        self._long = ThreadPoolExecutor(max_workers=1, thread_name_prefix="long")
        self._search = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._running: dict[int, tuple[Task, Callable[[Any], object]]] = {}
        self._numbers = count()
        self._closed = False
        self._garbage = Garbage(self)
        self._arrived.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def run(
        self,
        owner: QObject,
        done: Callable[[T], object],
        usecase: "Callable[Concatenate[Database, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Task:
        """Run a use case aside; then call *done* here, if *owner* is still alive."""
        return self._start(
            self._short, owner, done, lambda _: usecase(self._database, *args, **kwargs)
        )

    def run_long(
        self,
        owner: QObject,
        done: Callable[[T], object],
        usecase: "Callable[Concatenate[Database, Progress, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Task:
        """Same, for a use case that reports progress and can be cancelled."""
        return self._start(
            self._long,
            owner,
            done,
            lambda progress: usecase(self._database, progress, *args, **kwargs),
        )

    def run_search(
        self,
        owner: QObject,
        done: Callable[[T], object],
        usecase: "Callable[Concatenate[Database, Progress, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Task:
        """Same, for one that takes as long as it is given: other long tasks don't wait for it."""
        return self._start(
            self._search,
            owner,
            done,
            lambda progress: usecase(self._database, progress, *args, **kwargs),
        )

    def close(self) -> None:
        """Stop what runs and wait for it."""
        self._closed = True
        for task, _ in list(self._running.values()):
            task.cancel()
        for lane in (self._short, self._long, self._search):
            lane.shutdown(wait=True, cancel_futures=True)
        self._garbage.close()

    def _start(
        self,
        lane: ThreadPoolExecutor,
        owner: QObject,
        done: Callable[[T], object],
        call: Callable[[Progress], T],
    ) -> Task:
        task = Task(Progress(self.progressed.emit), owner)
        if not self._closed:
            number = next(self._numbers)
            self._running[number] = (task, done)
            lane.submit(self._run_aside, number, task.progress, call)
        return task

    def _run_aside(
        self, number: int, progress: Progress, call: Callable[[Progress], object]
    ) -> None:
        try:
            result = call(progress)
        except Exception as error:  # noqa: BLE001 -- every error belongs to the GUI thread
            self._arrived.emit(partial(self._failed, number, error))
        else:
            self._arrived.emit(partial(self._done, number, result))

    @Slot(object)
    def _run_here(self, closure: Callable[[], None]) -> None:
        closure()
        if not self._running:
            self.idle.emit()

    def _done(self, number: int, result: object) -> None:
        task, done = self._running.pop(number)
        if task.alive and not self._closed:
            done(result)

    def _failed(self, number: int, error: Exception) -> None:
        task, _ = self._running.pop(number)
        if isinstance(error, Refused):
            if not task.told(str(error)):
                self.refused.emit(str(error))
        elif not isinstance(error, Cancelled):
            self.crashed.emit(error)
