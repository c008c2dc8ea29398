"""The command line as a program of its own."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

from tests.cli.told import Cli, text_of

ROOT = Path(__file__).parents[2]
SERIES = 8


# As a program of its own


def start(
    *arguments: object, stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "painprogram", "--language", "en", *map(str, arguments)],
        cwd=environment.pop("FOLDER", ROOT),
        env=os.environ | environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def test_that_the_example_is_built_printed_and_exported(painprogram: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "example"
    with start("example", folder) as running:
        out, err = running.communicate()

    assert (running.returncode, err) == (0, b"")
    assert out.decode().splitlines()[-1].startswith("Open it with: painprogram --database ")
    names = {file.name for file in folder.rglob("*") if file.is_file()}
    assert "example.ppdb" in names
    assert sum(name.startswith("sheet-") for name in names) == 84
    assert sum(name.endswith("-sheets-sv.pdf") for name in names) == 6
    assert sum(name.endswith(".ics") for name in names) == 8 + 25 + 9 + 42
    for calendar in folder.rglob("*.ics"):
        icalendar.Calendar.from_ical(calendar.read_bytes())
    assert "Anna Lindgren" in text_of(next(folder.rglob("*h*-a-sheets-sv.pdf")))
    assert "lindgren" not in "".join(names)
    before = (folder / "example.ppdb").read_bytes()
    again = painprogram("example", folder)
    assert again.code == 1
    assert again.err.startswith("There is already an example in ")
    assert (folder / "example.ppdb").read_bytes() == before
    assert "2 clashes" in painprogram("check", "--database", folder / "example.ppdb").out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send")
def test_that_an_interrupted_example_leaves_no_database(tmp_path: Path) -> None:
    with start("example", tmp_path) as running:
        assert running.stdout is not None
        while b"Patients" not in running.stdout.readline():
            pass
        running.send_signal(signal.SIGINT)
        _out, err = running.communicate()

    assert (running.returncode, err) == (1, b"Stopped.\n")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_that_the_self_test_passes() -> None:
    with start("--self-test") as running:
        out, err = running.communicate()

    assert (running.returncode, err) == (0, b"")
    assert out.decode().count(": works\n") == 4


def test_that_a_broken_template_is_named_with_the_place(tmp_path: Path) -> None:
    """In a copy of the program with a fault in a file that comes with it."""
    skipped = shutil.ignore_patterns("__pycache__", "fonts", "icons", "example", "gui")
    shutil.copytree(ROOT / "painprogram", tmp_path / "painprogram", ignore=skipped)
    shutil.copytree(ROOT / "resources", tmp_path / "resources", ignore=skipped)
    broken = tmp_path / "resources" / "templates" / "smarthantering.json"
    broken.write_text(broken.read_text("utf-8").replace('"weeks": 8', '"weeks": "eight"', 1))

    with start("list", "templates", FOLDER=str(tmp_path), PYTHONPATH=str(tmp_path)) as running:
        out, err = running.communicate()

    assert (running.returncode, out) == (1, b"")
    assert b"smarthantering.json" in err
    assert b"weeks" in err
    assert err.count(b"\n") == 1


def test_that_names_are_utf8_on_a_terminal_that_knows_no_letters(file: Path) -> None:
    with start("list", "patients", "--database", file, PYTHONIOENCODING="ascii") as running:
        out, err = running.communicate()

    assert (running.returncode, err) == (0, b"")
    assert "Maria Öberg" in out.decode("utf-8")


def test_that_a_reader_who_goes_away_is_no_fault(file: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with start("list", "sessions", "--database", file, stdout=writing) as running:
        os.close(writing)
        _out, err = running.communicate()

    assert (running.returncode, err) == (1, b"")


def test_that_no_window_library_is_loaded() -> None:
    program = (
        "import sys; from painprogram.__main__ import main\n"
        "main(['list', 'templates']); print(*sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "PySide6" not in told.stdout
