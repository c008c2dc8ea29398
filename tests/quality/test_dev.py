"""The developer's command says in words what is missing."""

import subprocess
import sys
from pathlib import Path

import dev
import pytest


@pytest.mark.parametrize(
    ("arguments", "opens"),
    [
        ([], True),
        (["--database", "centre.ppdb"], True),
        (["--database=centre.ppdb", "--language", "en"], True),
        (["--version"], False),
        (["example", "folder"], False),
        (["--language", "en", "list", "groups"], False),
    ],
)
def test_that_only_a_window_needs_a_screen(arguments: list[str], *, opens: bool) -> None:
    assert dev._opens_window(arguments) == opens


def test_that_a_screen_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not dev._has_screen()

    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert dev._has_screen()


def test_that_an_older_python_is_told_in_one_sentence() -> None:
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (old)';"
        f"runpy.run_path({str(Path(dev.__file__))!r})"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert told.returncode == 1
    assert told.stderr == "Painprogram needs Python 3.11 or newer; this is 3.9.2.\n"


def test_that_an_unknown_command_is_answered_with_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert dev.main(["paint"]) == 2
    assert "dev.py test" in capsys.readouterr().out
