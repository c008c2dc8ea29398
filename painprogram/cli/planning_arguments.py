"""The commands of planning: what stands against the schedule, and what changes in it."""

from pathlib import Path
from typing import Any

from painprogram.cli.parser import Parser, add_json, add_shared, day, moment
from painprogram.i18n import _


def add(commands: Any) -> None:
    _add_clashes(commands)
    _add_move(commands)
    _add_absence(commands)
    _add_import(commands)
    _add_publish(commands)
    _add_queue(commands)
    _add_calendars(commands)
    _add_pause(commands)
    _add_undo(commands)


def _add_clashes(commands: Any) -> None:
    text = _("List what stands against the schedule ahead.")
    parser = commands.add_parser("clashes", help=text, description=text)
    _add_centre(parser)
    _add_span(parser)
    parser.options.add_argument(
        "--all", action="store_true", help=_("also what is acknowledged, and information")
    )
    add_json(parser)
    add_shared(parser)


def _add_move(commands: Any) -> None:
    text = _("Move a session; refused where a rule blocks it.")
    parser = commands.add_parser("move-session", help=text, description=text)
    parser.wanted.add_argument("session", metavar="ID", help=_("see: painprogram list sessions"))
    parser.wanted.add_argument(
        "--start",
        metavar=_("'YYYY-MM-DD HH:MM'"),
        required=True,
        type=moment,
        help=_("the centre's own time"),
    )
    parser.options.add_argument("--room", metavar=_("ROOM"), help=_("a name or an id"))
    parser.options.add_argument("--minutes", metavar=_("N"), type=int, help=_("how long it lasts"))
    _add_reason(parser)
    add_json(parser)
    add_shared(parser)


def _add_absence(commands: Any) -> None:
    text = _("Show what a colleague's absence touches, and who can step in.")
    parser = commands.add_parser("absence", help=text, description=text)
    parser.wanted.add_argument(
        "--staff", metavar=_("COLLEAGUE"), required=True, help=_("a name or an id")
    )
    for name, told in (
        ("--from", _("the first day")),
        ("--to", _("the last day")),
    ):
        parser.wanted.add_argument(
            name,
            metavar=_("YYYY-MM-DD"),
            required=True,
            type=day,
            dest=name.strip("-") + "_day",
            help=told,
        )
    parser.options.add_argument(
        "--apply",
        action="store_true",
        help=_("enter it, with the best substitute for each session"),
    )
    _add_reason(parser)
    add_json(parser)
    add_shared(parser)


def _add_import(commands: Any) -> None:
    text = _("Read busy times from a calendar file, or patients or colleagues from a table.")
    parser = commands.add_parser("import", help=text, description=text)
    parser.wanted.add_argument(
        "what", choices=("busy", "patients", "staff"), help=_("what to import")
    )
    parser.wanted.add_argument(
        "file",
        metavar=_("FILE"),
        type=Path,
        help=_("busy: an .ics file, or a folder of them; else an .xlsx or .csv file"),
    )
    parser.options.add_argument(
        "--staff", metavar=_("COLLEAGUE"), help=_("busy: whose; a name or an id")
    )
    parser.options.add_argument(
        "--centre",
        metavar=_("CENTRE"),
        help=_("patients, staff: where to, where there are several; a name or an id"),
    )
    parser.options.add_argument(
        "--map",
        metavar=_("FILE"),
        type=Path,
        help=_("patients, staff: which column is what, as JSON; without it, by the headings"),
    )
    _add_dry_run(parser)
    add_json(parser)
    add_shared(parser)


def _add_publish(commands: Any) -> None:
    text = _("Publish a group's schedule, and list what is new since the last time.")
    parser = commands.add_parser("publish", help=text, description=text)
    _add_group(parser)
    parser.options.add_argument("--note", metavar=_("TEXT"), default="", help=_("why, in short"))
    _add_dry_run(parser)
    add_json(parser)
    add_shared(parser)


def _add_queue(commands: Any) -> None:
    text = _("List the sheets that are out of date.")
    parser = commands.add_parser("reprint-queue", help=text, description=text)
    _add_centre(parser)
    add_json(parser)
    add_shared(parser)


def _add_calendars(commands: Any) -> None:
    text = _("Bring a folder of calendar files up to date, for calendars that subscribe to it.")
    parser = commands.add_parser("calendars", help=text, description=text)
    parser.wanted.add_argument("folder", metavar=_("FOLDER"), type=Path, help=_("where they lie"))
    parser.options.add_argument(
        "--without-patients",
        action="store_true",
        help=_("leave the patients' own calendars out"),
    )
    add_json(parser)
    add_shared(parser)


def _add_pause(commands: Any) -> None:
    text = _("Let a group rest: what lies ahead is cancelled until it is resumed.")
    parser = commands.add_parser("pause", help=text, description=text)
    _add_group(parser)
    parser.wanted.add_argument(
        "--from",
        "--on",
        metavar=_("YYYY-MM-DD"),
        type=day,
        dest="from_day",
        help=_("the first day of rest; without it, today"),
    )
    parser.wanted.add_argument("--reason", metavar=_("TEXT"), default="", help=_("why"))
    parser.options.add_argument(
        "--visits", action="store_true", help=_("cancel the patients' individual visits too")
    )
    _add_dry_run(parser)
    add_json(parser)
    add_shared(parser)
    text = _("Resume a group that rests: what is left gets new dates, in order.")
    parser = commands.add_parser("resume", help=text, description=text)
    _add_group(parser)
    parser.wanted.add_argument(
        "--on",
        "--from",
        metavar=_("YYYY-MM-DD"),
        required=True,
        type=day,
        dest="on_day",
        help=_("nothing stands before this day"),
    )
    _add_reason(parser)
    _add_dry_run(parser)
    add_json(parser)
    add_shared(parser)


def _add_undo(commands: Any) -> None:
    text = _("Take back the last change that this account made.")
    parser = commands.add_parser("undo", help=text, description=text)
    add_json(parser)
    add_shared(parser)


def _add_group(parser: Parser) -> None:
    parser.wanted.add_argument(
        "--group", metavar=_("GROUP"), required=True, help=_("a name or an id")
    )


def _add_centre(parser: Parser) -> None:
    parser.options.add_argument(
        "--centre", metavar=_("CENTRE"), help=_("only one: a name or an id")
    )


def _add_span(parser: Parser) -> None:
    for name, told in (
        ("--from", _("the first day; without it, today")),
        ("--to", _("the last day; without it, half a year ahead")),
    ):
        parser.options.add_argument(
            name, metavar=_("YYYY-MM-DD"), type=day, dest=name.strip("-") + "_day", help=told
        )


def _add_reason(parser: Parser) -> None:
    parser.options.add_argument(
        "--reason",
        metavar=_("TEXT"),
        default="",
        help=_("why, where a rule must be acknowledged"),
    )


def _add_dry_run(parser: Parser) -> None:
    parser.options.add_argument(
        "--dry-run", action="store_true", help=_("only show it; change nothing")
    )
