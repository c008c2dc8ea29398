"""Run and test the program from its source, on Linux, macOS and Windows.

python3 packaging/dev.py run [ARGUMENTS …]     the program, with what it needs installed first
python3 packaging/dev.py test [--fast] [PYTEST ARGUMENTS …]     every check; --fast: SQLite only
python3 packaging/dev.py texts [merge FILE …]  bring the catalogues in step with the code
python3 packaging/dev.py bench [NAME …]        speed, against what it is compared with

Everything goes into .venv/ beside this folder. Standard library only.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python must be told in words
    sys.exit("Painprogram needs Python 3.11 or newer; this is %s." % sys.version.split()[0])  # noqa: UP031

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
VENV = ROOT / ".venv"
PYTHON = str(VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
# What is installed beside what the program can't do without; the tests want all of it.
EXTRAS = {"": (), "test": ("planner", "test")}
# What Qt opens a window with, as Debian and Ubuntu name it. The first four are enough without one.
QT_PACKAGES = [
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]
# Fails with the name of the first library of the system that Qt misses.
QT_PROBE = """
import ctypes, pathlib, sys
import PySide6
from PySide6 import QtGui, QtPrintSupport, QtSvg, QtWidgets
if sys.platform == "linux":
    ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
"""


# Installing


def install(extra: str = "") -> None:
    """See that .venv holds what the program (and *extra*) needs; nothing to do the second time."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [project["optional-dependencies"][name] for name in EXTRAS[extra]]
    needed = [*project["dependencies"], *(each for some in extras for each in some)]
    key = hashlib.sha256("\n".join([CONSTRAINTS.read_text("utf-8"), *needed]).encode()).hexdigest()
    stamp = VENV / f"installed-{extra or 'program'}"
    if Path(PYTHON).exists() and stamp.exists() and stamp.read_text("utf-8") == key and _starts():
        return
    if not (Path(PYTHON).exists() and _starts()):
        _make_venv()
    print("Installing what the program needs …", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = _quiet([*pip, "-c", str(CONSTRAINTS), *needed])
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nInstalling failed; the reason stands above.")
    _install_qt_libraries()
    stamp.write_text(key, "utf-8")


def _starts() -> bool:
    """Whether the Python of .venv works: it does not once the one it came from is gone."""
    return _quiet([PYTHON, "-c", ""]).returncode == 0


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        _install_on_system([version], "Python's venv is missing")
        importlib.invalidate_caches()
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def _install_qt_libraries() -> None:
    probe = _quiet([PYTHON, "-c", QT_PROBE])
    if probe.returncode:
        reason = (probe.stderr.strip().splitlines() or ["?"])[-1]
        _install_on_system(QT_PACKAGES, f"Qt misses a library ({reason})")
        probe = _quiet([PYTHON, "-c", QT_PROBE])
    if probe.returncode:
        sys.exit(f"Qt can't be loaded: {probe.stderr.strip().splitlines()[-1]}")


def _install_on_system(packages: list[str], why: str) -> None:
    """Install Debian packages where we may; otherwise end with one line that says what to do."""
    wanted = " ".join(packages)
    if not shutil.which("apt-get"):
        sys.exit(f"{why}. Install it, then start again (on Debian: apt-get install {wanted}).")
    if os.geteuid() != 0:
        sys.exit(f"{why}. Start again after: sudo apt-get install {wanted}")
    print(f"{why}: installing {wanted} …", flush=True)
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    done = _quiet(install)
    if done.returncode:  # a fresh machine has no list of packages yet
        _quiet(["apt-get", "update"])
        done = _quiet(install)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\napt-get could not install {wanted}.")


# Starting other programs

Words = Sequence[str]


def _run(command: Words, **environment: str) -> int:
    """Run *command* in the project, with nothing to read; returns its exit code."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def _quiet(command: Words) -> subprocess.CompletedProcess[str]:
    """The same, keeping what it prints."""
    return subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


# The commands


def run(arguments: list[str]) -> int:
    install()
    if _has_screen() or not _opens_window(arguments):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}  # file names are the caller's
        program = [PYTHON, "-m", "painprogram", *arguments]
        return subprocess.run(program, env=environment, check=False).returncode
    print("There is no screen here, so the example is built into a folder instead of a window.")
    done = _run([PYTHON, "-m", "painprogram", "example", "example"], QT_QPA_PLATFORM="offscreen")
    if done == 0:
        print(f"It lies in {ROOT / 'example'}")
    return done


def _has_screen() -> bool:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in named)


def _opens_window(arguments: list[str]) -> bool:
    """Whether there is no command among *arguments*, only ``--database X`` and ``--language X``."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in {"--database", "--language"}:
            rest[:1] = []
        elif not word.startswith(("--database=", "--language=")):
            return False
    return True


@dataclass(frozen=True)
class Outcome:
    """How one check went; each check but pytest counts as one test."""

    name: str
    passed: int
    failed: int
    seconds: float
    remark: str = ""


def test(arguments: list[str]) -> int:
    install("test")
    fast = "--fast" in arguments
    arguments = [word for word in arguments if word != "--fast"]
    checks: dict[str, Words] = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "texts": ["packaging/texts.py", "check"],
    }
    outcomes = [_check(name, command) for name, command in checks.items()]
    outcomes.append(_pytest(arguments, "sqlite" if fast else "both"))
    print()
    for each in outcomes:
        word = "FAILED" if each.failed else "ok"
        print(f"{each.name:12} {word:7} {each.seconds:6.1f} s  {each.remark}".rstrip())
    failed = sum(each.failed for each in outcomes)
    print(f"{sum(each.passed for each in outcomes)} passed, {failed} failed", flush=True)
    return int(failed > 0)


def _check(name: str, command: Words) -> Outcome:
    print(f"— {name}", flush=True)
    start = time.monotonic()
    wrong = _run([PYTHON, *command]) != 0
    return Outcome(name, int(not wrong), int(wrong), time.monotonic() - start)


def _pytest(arguments: list[str], engine: str) -> Outcome:
    print("— pytest", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [PYTHON, "-m", "pytest", f"--engine={engine}", f"--junit-xml={report}"]
        workers = min(os.cpu_count() or 1, 4)
        if not arguments and workers > 1:
            command += ["-n", str(workers), "--dist", "worksteal"]
        code = _run([*command, *arguments])
        cases = list(ET.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314
    bad = sum(any(part.tag in {"failure", "error"} for part in case) for case in cases)
    skipped = sum(any(part.tag == "skipped" for part in case) for case in cases)
    shared = sum("[postgresql" in case.get("name", "") for case in cases)
    remark = f"{shared} of {len(cases)} on PostgreSQL, {skipped} skipped"
    if engine == "both" and not arguments and shared == 0:
        code, remark = 1, "no test ran on PostgreSQL"
    failed = max(bad, int(code != 0))
    return Outcome("pytest", len(cases) - bad - skipped, failed, time.monotonic() - start, remark)


def texts(arguments: list[str]) -> int:
    install("test")
    files = [str(Path(word).resolve()) if Path(word).exists() else word for word in arguments]
    return _run([PYTHON, "packaging/texts.py", *files])


def bench(arguments: list[str]) -> int:
    install("test")
    return _run([PYTHON, "-m", "tests.benchmarks", *arguments])


COMMANDS = {"run": run, "test": test, "texts": texts, "bench": bench}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
