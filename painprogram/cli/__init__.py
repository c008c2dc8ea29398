"""The command line: the same use cases as the window's. See ``docs/command-line.md``."""

from argparse import Namespace

from painprogram.cli.arguments import parse

__all__ = ["parse", "run"]


def run(wanted: Namespace) -> int:
    """Do what *wanted* asks; the exit code: 0 done, 1 refused with one sentence on standard error.

    Wrong usage has ended in ``parse`` already, with exit code 2.
    """
    from painprogram.cli.running import run as carried_out  # the window needs none of it

    return carried_out(wanted)
