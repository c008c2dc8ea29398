"""An argparse that speaks the reader's language, and what several commands have in common."""

import argparse
import re
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from painprogram import i18n
from painprogram.i18n import N_, _

# What argparse says is wrong, and how we say it. What none of them fits is said in English.
_FAULTS = (
    (
        r"the following arguments are required: (?P<names>.*)",
        N_("Write also: {names}"),
    ),
    (r"one of the arguments (?P<names>.*) is required", N_("Write one of these also: {names}")),
    (r"unrecognized arguments: (?P<names>.*)", N_("I don't understand: {names}")),
    (
        r"argument (?P<name>.*): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<names>.*)\)",
        N_("{name}: “{value}” is none of these: {names}"),
    ),
    (r"argument (?P<name>.*): expected one argument", N_("{name}: write a value after it")),
    (
        r"argument (?P<name>.*): not allowed with argument (?P<other>.*)",
        N_("{name} can't be combined with {other}"),
    ),
    (r"argument (?P<name>.*): ignored explicit argument .*", N_("{name} takes no value")),
    (r"argument (?P<name>[^:]*): (?P<fault>.*)", "{name}: {fault}"),
)


class Parser(ArgumentParser):
    """An argparse that speaks the reader's language."""

    def __init__(self, *, description: str, **options: Any) -> None:
        super().__init__(
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Format,
            **options,
        )
        self.wanted = self.add_argument_group(_("what to do"))
        self.options = self.add_argument_group(_("options"))
        self.options.add_argument(
            "-h", "--help", action="help", default=SUPPRESS, help=_("show this text")
        )

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{_in_words(message)}\n")


class _Format(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


def _in_words(message: str) -> str:
    for pattern, wording in _FAULTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            told = {key: value.replace("'", "") for key, value in found.groupdict().items()}
            return _(wording).format(**told)
    return message


def add_shared(parser: Parser, *, first: bool = False, language: bool = True) -> None:
    """May stand before the command or after it; the later one holds."""
    default = None if first else SUPPRESS
    parser.options.add_argument(
        "--database",
        metavar=_("FILE|URL"),
        default=default,
        help=_("the database; without it PAINPROGRAM_DATABASE, or the one that was last open"),
    )
    if language:
        parser.options.add_argument(
            "--language",
            choices=i18n.LANGUAGES,
            default=default,
            help=_("the language of the program"),
        )


def add_json(parser: Parser) -> None:
    parser.options.add_argument(
        "--json", action="store_true", help=_("for programs: see docs/command-line.md")
    )


def add_out(parser: Parser) -> None:
    parser.wanted.add_argument(
        "--out",
        metavar=_("FILE"),
        required=True,
        type=Path,
        help=_("the file to write; one that is there is replaced"),
    )


def day(text: str) -> date:
    """A day that something can be about: weeks are counted from it, so the ends of time are not."""
    try:
        if re.fullmatch(r"(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(
        _("“{text}” is no date; write it as {example}").format(text=text, example="2027-01-11")
    )


def moment(text: str) -> datetime:
    """A wall-clock time as it is written on a command line."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(
        _("“{text}” is no date and time; write it as {example}").format(
            text=text, example="'2027-01-11 13:00'"
        )
    )
