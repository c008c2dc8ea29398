"""Where the files lie that come with the program."""

import sys
from pathlib import Path

_FROZEN: str | None = getattr(sys, "_MEIPASS", None)
ROOT = (Path(_FROZEN) if _FROZEN else Path(__file__).parents[1]) / "resources"


def path(*parts: str) -> Path:
    """The file or folder *parts* under ``resources/``; it need not exist."""
    return ROOT.joinpath(*parts)
