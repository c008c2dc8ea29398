"""Ctrl+C in the middle of a long task."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from painprogram.domain.progress import Progress


@contextmanager
def stoppable(progress: Progress) -> Iterator[None]:
    """Ctrl+C asks the task to stop where it can: an exception might be lost in a callback in C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        progress.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
