"""This machine's and this user's choices; nothing about a patient is kept here."""

import json
import os
from pathlib import Path
from typing import Any

from platformdirs import user_data_path


def home() -> Path:
    """The user's folder of the program; ``PAINPROGRAM_HOME`` puts it elsewhere."""
    named = os.environ.get("PAINPROGRAM_HOME")
    return Path(named) if named else user_data_path("painprogram", appauthor=False)


class Settings:
    """A small set of named choices in one JSON file.

    A file that can't be read counts as empty: choices are a comfort, never a reason not to start.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or home() / "settings.json"
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._values: dict[str, Any] = found if isinstance(found, dict) else {}

    def text(self, name: str, default: str = "") -> str:
        value = self._values.get(name, default)
        return value if isinstance(value, str) else default

    def put(self, name: str, value: str | None) -> None:
        """Keep *value* under *name*; None forgets it."""
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partial = self._file.with_suffix(".new")
            partial.write_text(json.dumps(self._values, indent=1), "utf-8")
            partial.replace(self._file)
        except OSError:  # a read-only home: the choice holds for this run
            pass
