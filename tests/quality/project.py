"""The files of the project, for the tests that read all of them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NOT_OURS = {".git", ".venv", "build", "dist", "example", "__pycache__", ".hypothesis"}


@cache
def files() -> tuple[Path, ...]:
    """Everything that is, or would be, committed; without git, everything that lies here."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if _is_ours(path)]
    else:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file()))


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return not any(
        part in _NOT_OURS or part.endswith(("_cache", ".egg-info", ".mo")) for part in parts
    )


def sources() -> list[Path]:
    """Every Python file."""
    return [path for path in files() if path.suffix == ".py"]


def texts() -> dict[str, str]:
    """Name and content of every file that is text."""
    found = {}
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", "replace")
    return found
