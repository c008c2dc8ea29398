"""Writing what the program makes to where the user wants it."""

import os
import re
import secrets
from pathlib import Path

from painprogram.domain.errors import Refused
from painprogram.i18n import _

_NOT_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+'
)
"""What one system or another does not take in the name of a file, or what would turn it round."""
_MOST_BYTES = 200
"""Most systems take 255, of which some are for the ending and for a copy's number."""


def name_for(words: str, ending: str, tail: str = "") -> str:
    """A file name that every system takes: ``Schema H26 A.pdf``. The *tail* is never cut off."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", words).split()).strip(". ")
    whole = plain[:100].encode("utf-8")[:_MOST_BYTES].decode("utf-8", "ignore")
    return f"{whole.rstrip('. ') or 'painprogram'}{tail}.{ending}"


def make_folder(path: Path) -> None:
    """A folder that is there, or is made in one that is; else a sentence."""
    if not os.path.isdir(path.absolute().parent):  # noqa: PTH112 -- as below
        raise Refused(_("The folder {folder} does not exist.").format(folder=path.parent))
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise Refused(
            _("{file} can't be written: {reason}.").format(
                file=path, reason=(error.strerror or "").lower()
            )
        ) from error


def write(path: Path, data: bytes) -> Path:
    """Write *data* to *path*: all of it, or nothing and a sentence. A file there is replaced."""
    target = path.absolute()
    if os.path.isdir(target):  # noqa: PTH112 -- a name too long is no folder, and no error here
        raise Refused(_("{file} is a folder. Give the name of a file.").format(file=path))
    if not os.path.isdir(target.parent):  # noqa: PTH112 -- same
        raise Refused(_("The folder {folder} does not exist.").format(folder=target.parent))
    partial = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        try:
            with partial.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            _("{file} can't be written: {reason}.").format(
                file=path, reason=(error.strerror or "").lower()
            )
        ) from error
    return target
