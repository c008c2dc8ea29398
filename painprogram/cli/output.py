"""Lines on the terminal, files on disk, and the log of what should not have happened."""

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from painprogram import __version__, settings
from painprogram.domain.errors import Refused
from painprogram.i18n import _

LOG = "painprogram.log"


def use_utf8() -> None:
    """Whatever the terminal says it is: names are in many scripts."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def say_now(text: str) -> None:
    """A line of progress: seen at once, also through a pipe."""
    say(text)
    sys.stdout.flush()


def complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def close_quietly() -> None:
    """The reader has gone (``| head``): what is left in the buffer must not complain at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def check_target(target: Path) -> Path:
    """Refuse a file that can't be written there, before any work is done for it; its folder."""
    if target.exists() and not target.is_file():
        raise Refused(_("{file} is no file, so it can't be replaced.").format(file=target))
    folder = target.absolute().parent
    if not folder.is_dir():
        raise Refused(_("The folder {folder} does not exist.").format(folder=folder))
    return folder


def write_file(target: Path, content: bytes) -> None:
    """All of *content*, or nothing: what was there stays until the new is whole."""
    folder = check_target(target)
    partial: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".new", delete=False) as file:
            partial = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(_mode())
        partial.replace(target.resolve())
    except OSError as error:
        if partial:
            partial.unlink(missing_ok=True)
        raise Refused(
            _("{file} can't be written: {reason}.").format(file=target, reason=error.strerror)
        ) from error


def _mode() -> int:
    """What a new file may be by the user's umask; temporary files are for the owner alone."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def note_fault(error: BaseException) -> Path:
    """Add to the log where *error* came from; never its words, which may name a patient."""
    file = settings.home() / "log" / LOG
    at = datetime.now(UTC).isoformat(timespec="seconds")
    head = f"{at} painprogram {__version__} {sys.platform} {platform.python_version()}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write("\n".join([head, *_passed(error), "", ""]))
    except OSError:  # a full or read-only disk is no second fault
        pass
    return file


def _passed(error: BaseException) -> Iterator[str]:
    """The types of *error* and its causes, and the lines they passed."""
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _passed(cause)
        yield "which led to"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}"
