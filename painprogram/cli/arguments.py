"""What can be written on the command line, in the reader's language, and what is wrong with it."""

import os
import re
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from painprogram import __version__, i18n
from painprogram.cli import (
    placing_arguments,
    plan_arguments,
    planning_arguments,
    printing_arguments,
)
from painprogram.cli.parser import Parser, add_json, add_out, add_shared, day
from painprogram.i18n import _
from painprogram.settings import Settings

DATABASE_VARIABLE = "PAINPROGRAM_DATABASE"
LANGUAGE = "language"
"""The name of the chosen language among this machine's settings."""
NOUNS = ("groups", "sessions", "patients", "staff", "rooms", "templates")


def parse(arguments: Sequence[str]) -> Namespace:
    """The arguments as a namespace; ``command`` is None when the window is asked for.

    Wrong usage, ``--help`` and ``--version`` end the program, as argparse does.
    """
    with i18n.using(_language_in(arguments)):
        found = _parser().parse_args(arguments)
        if found.command == "print":
            printing_arguments.check(found)
    found.database = found.database or os.environ.get(DATABASE_VARIABLE) or None
    return found


def _language_in(arguments: Sequence[str]) -> str:
    """The language that help and faults are to be in, looked up before anything is parsed."""
    line = " ".join(arguments).partition(" print ")[0]  # there it is the paper's language
    asked = re.search(r"--language[ =](\w+)", line)
    chosen = asked.group(1) if asked else Settings().text(LANGUAGE)
    return chosen if chosen in i18n.LANGUAGES else i18n.system_language()


def _parser() -> Parser:
    parser = Parser(
        prog="painprogram",
        description=_("Group pain-management programmes. Without a command the window opens."),
    )
    add_shared(parser, first=True)
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
        dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    _add_example(commands)
    _add_list(commands)
    _add_start(commands)
    printing_arguments.add(commands)
    _add_export(commands)
    _add_check(commands)
    planning_arguments.add(commands)
    plan_arguments.add(commands)
    placing_arguments.add(commands)
    return parser


def _add_example(commands: Any) -> None:
    text = _("Build the example in a folder, and print and export everything there.")
    parser = commands.add_parser("example", help=text, description=text)
    parser.wanted.add_argument(
        "folder", metavar=_("FOLDER"), type=Path, help=_("made where it is not there yet")
    )
    add_shared(parser)


def _add_list(commands: Any) -> None:
    text = _("List what is in the database.")
    parser = commands.add_parser("list", help=text, description=text)
    parser.wanted.add_argument("noun", choices=NOUNS, help=_("what to list"))
    add_json(parser)
    add_shared(parser)


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
        type=day,
        help=_("nothing stands before this day"),
    )
    parser.options.add_argument(
        "--dry-run", action="store_true", help=_("only show every date; change nothing")
    )
    add_shared(parser)


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
    add_out(parser)
    add_shared(parser)


def _add_check(commands: Any) -> None:
    text = _("Check that the database is sound, and list the clashes ahead.")
    parser = commands.add_parser("check", help=text, description=text)
    add_shared(parser)
