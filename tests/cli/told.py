"""What the command line said, and looking at it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdf

START = ("start-group", "--template", "smarthantering", "--name", "V27 B", "--centre", "ekb")


@dataclass
class Told:
    code: int
    out: str
    err: str

    @property
    def entries(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.out)
        return found


Cli = Callable[..., Told]


def is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith((".\n", "groups\n", "patients\n", "rooms\n"))


def text_of(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
