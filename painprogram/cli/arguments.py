"""What can be written on the command line, in the reader's language, and what is wrong with it."""

import argparse
import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from painprogram import __version__, i18n
from painprogram.i18n import N_, _
from painprogram.settings import Settings

DATABASE_VARIABLE = "PAINPROGRAM_DATABASE"
LANGUAGE = "language"
"""The name of the chosen language among this machine's settings."""
NOUNS = ("groups", "sessions", "patients", "staff", "rooms", "templates")
PAPERS = ("sheet", "poster")

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


def parse(arguments: Sequence[str]) -> Namespace:
    """The arguments as a namespace; ``command`` is None when the window is asked for.

    Wrong usage, ``--help`` and ``--version`` end the program, as argparse does.
    """
    with i18n.using(_language_in(arguments)):
        found = _parser().parse_args(arguments)
    found.database = found.database or os.environ.get(DATABASE_VARIABLE) or None
    return found


def _language_in(arguments: Sequence[str]) -> str:
    """The language that help and faults are to be in, looked up before anything is parsed."""
    line = " ".join(arguments).partition(" print ")[0]  # there it is the paper's language
    asked = re.search(r"--language[ =](\w+)", line)
    chosen = asked.group(1) if asked else Settings().text(LANGUAGE)
    return chosen if chosen in i18n.LANGUAGES else i18n.system_language()


class _Parser(ArgumentParser):
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


def _parser() -> _Parser:
    parser = _Parser(
        prog="painprogram",
        description=_("Group pain-management programmes. Without a command the window opens."),
    )
    _add_shared(parser, first=True)
    parser.options.add_argument(
        "--version",
        action="version",
        version=f"painprogram {__version__}",
        help=_("show the version"),
    )
    parser.options.add_argument(
        "--self-test",
        action="store_const",
        const="self-test",
        dest="command",
        default=None,
        help=_("try out that the program works on this machine"),
    )
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=_Parser
    )
    _add_example(commands)
    _add_list(commands)
    _add_start(commands)
    _add_print(commands)
    _add_export(commands)
    _add_check(commands)
    return parser


def _add_shared(parser: _Parser, *, first: bool = False, language: bool = True) -> None:
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


def _add_example(commands: Any) -> None:
    text = _("Build the example in a folder, and print and export everything there.")
    parser = commands.add_parser("example", help=text, description=text)
    parser.wanted.add_argument(
        "folder", metavar=_("FOLDER"), type=Path, help=_("made where it is not there yet")
    )
    _add_shared(parser)


def _add_list(commands: Any) -> None:
    text = _("List what is in the database.")
    parser = commands.add_parser("list", help=text, description=text)
    parser.wanted.add_argument("noun", choices=NOUNS, help=_("what to list"))
    parser.options.add_argument(
        "--json", action="store_true", help=_("for programs: see docs/command-line.md")
    )
    _add_shared(parser)


def _add_start(commands: Any) -> None:
    text = _("Start a group from a template, with leaders and rooms that are free.")
    parser = commands.add_parser("start-group", help=text, description=text)
    for name, shown, told in (
        ("--template", "ID", _("see: painprogram list templates")),
        ("--name", _("NAME"), _("what the group is to be called")),
        ("--centre", _("CENTRE"), _("where it meets: a name or an id")),
    ):
        parser.wanted.add_argument(name, metavar=shown, required=True, help=told)
    parser.wanted.add_argument(
        "--start",
        metavar=_("YYYY-MM-DD"),
        required=True,
        type=_date,
        help=_("nothing stands before this day"),
    )
    parser.options.add_argument(
        "--dry-run", action="store_true", help=_("only show every date; change nothing")
    )
    _add_shared(parser)


def _add_print(commands: Any) -> None:
    text = _("Print patient sheets or the base schedule as a PDF file.")
    parser = commands.add_parser("print", help=text, description=text)
    parser.wanted.add_argument("paper", choices=PAPERS, help=_("which paper"))
    parser.wanted.add_argument(
        "--group", metavar=_("GROUP"), required=True, help=_("a name or an id")
    )
    parser.wanted.add_argument(
        "--patient",
        metavar=_("WHO"),
        help=_("a name, a number or an id; without it the sheets of everybody in the group"),
    )
    _add_out(parser)
    parser.options.add_argument(
        "--language",
        choices=i18n.LANGUAGES,
        dest="paper_language",
        help=_("the language of the paper; a sheet is else in the patient's"),
    )
    _add_shared(parser, language=False)


def _add_export(commands: Any) -> None:
    text = _("Export a calendar as an iCalendar file.")
    parser = commands.add_parser("export", help=text, description=text)
    parser.wanted.add_argument("what", choices=("calendar",), help=_("what to export"))
    whose = parser.wanted.add_mutually_exclusive_group(required=True)
    for name, shown, told in (
        ("--group", _("GROUP"), _("a name or an id")),
        ("--patient", _("WHO"), _("a name, a number or an id")),
        ("--staff", _("COLLEAGUE"), _("a name or an id")),
        ("--room", _("ROOM"), _("a name or an id")),
    ):
        whose.add_argument(name, metavar=shown, help=told)
    _add_out(parser)
    _add_shared(parser)


def _add_check(commands: Any) -> None:
    text = _("Check that the database is sound, and list the clashes ahead.")
    parser = commands.add_parser("check", help=text, description=text)
    _add_shared(parser)


def _add_out(parser: _Parser) -> None:
    parser.wanted.add_argument(
        "--out",
        metavar=_("FILE"),
        required=True,
        type=Path,
        help=_("the file to write; one that is there is replaced"),
    )


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(
        _("“{text}” is no date; write it as {example}").format(text=text, example="2027-01-11")
    )
