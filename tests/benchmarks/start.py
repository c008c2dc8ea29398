"""From starting the program to its first painted window, against an empty window of PySide6.

With PAINPROGRAM_TRACE_START=1 the program writes ``painted …`` and ``week shown …`` to standard
error. The clock is this process's own, from before the program is started to the arrival of the
line, for both alike.
"""

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from painprogram.storage.database import Database
from painprogram.usecases import example
from tests.benchmarks.runner import Result

ROUNDS = 9
LONGEST = 60  # seconds; a program that has not painted by then never will
EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: print("painted", file=sys.stderr, flush=True))

app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
Times = dict[str, float]


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder, _screen():
        environment = {**os.environ, "PAINPROGRAM_TRACE_START": "1", "PAINPROGRAM_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second start is compiled
        program = [sys.executable, "-m", "painprogram"]
        database = Database.open(str(Path(folder) / "example.ppdb"))
        example.build(database, date.today())  # noqa: DTZ011 -- the day the window opens on
        database.close()
        ours = [*program, "--database", str(Path(folder) / "example.ppdb")]
        empty = [sys.executable, "-c", EMPTY]
        rounds = [
            (
                _started(ours, environment, ("painted", "week shown")),
                _started(empty, environment, ("painted",)),
            )
            for _round in range(ROUNDS + 1)
        ][1:]  # the first one warms the disk
    return [
        _result("start to first paint / empty window", rounds, "painted", 2.0),
        _result("start to week shown / empty window", rounds, "week shown", 5.0),
    ]


def _result(name: str, rounds: list[tuple[Times, Times]], moment: str, most: float) -> Result:
    ours = statistics.median(mine[moment] for mine, _theirs in rounds) * 1000
    empty = statistics.median(theirs["painted"] for _mine, theirs in rounds) * 1000
    ratio = statistics.median(mine[moment] / theirs["painted"] for mine, theirs in rounds)
    return Result(name, ours, empty, ratio, most)


def _started(command: list[str], environment: dict[str, str], moments: tuple[str, ...]) -> Times:
    """Seconds until the program said each of *moments*; then it is ended."""
    times: Times = {}
    said = []
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    limit = threading.Timer(LONGEST, process.kill)
    limit.start()
    try:
        for line in process.stderr:
            now = time.perf_counter() - start
            said.append(line)
            for moment in moments:
                if line.startswith(moment):
                    times.setdefault(moment, now)
            if len(times) == len(moments):
                break
    finally:
        limit.cancel()
        process.kill()
        process.wait()
        process.stderr.close()
    if len(times) < len(moments):
        raise RuntimeError(f"{command[1:4]} did not say {moments} but: {''.join(said)}")
    return times


@contextlib.contextmanager
def _screen() -> Iterator[None]:
    """A virtual screen where there is Xvfb; otherwise Qt paints into memory."""
    xvfb = shutil.which("Xvfb")
    before = {name: os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")}
    server = None
    if xvfb is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    else:
        readable, writable = os.pipe()
        server = subprocess.Popen(
            [xvfb, "-displayfd", str(writable), "-screen", "0", "1400x900x24"],
            pass_fds=[writable],
            stderr=subprocess.DEVNULL,
        )
        os.close(writable)
        with os.fdopen(readable) as pipe:
            os.environ["DISPLAY"] = f":{pipe.readline().strip()}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    try:
        yield
    finally:
        if server is not None:
            server.terminate()
            server.wait()
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
