"""The program's own main, as a process: what a double click does."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from painprogram.storage.database import Database
from tests import make

LIMIT = 120.0
"""Seconds after which a start that says nothing is ended."""


def test_that_main_opens_the_database_it_is_given(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "ekbacken.ppdb"
    database = Database.open(str(file))
    make.group(database, make.furnished(database))
    database.close()

    process = subprocess.Popen(
        [sys.executable, "-m", "painprogram", "--database", str(file), "--language", "sv"],
        env={**os.environ, "PAINPROGRAM_TRACE_START": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    limit = threading.Timer(LIMIT, process.kill)
    limit.start()
    said: list[str] = []
    assert process.stderr is not None
    with process.stderr:
        for line in process.stderr:
            said.append(line.strip())
            if line.startswith("week shown"):
                process.terminate()
    process.wait()
    limit.cancel()

    assert said == ["painted", "week shown"]
