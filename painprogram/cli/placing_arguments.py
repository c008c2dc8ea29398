"""The commands about patients: who waits, who is placed where, who came."""

from typing import Any

from painprogram.cli.parser import add_json, add_shared, day
from painprogram.i18n import _

DIFFERENCES = ("opt-out", "swap", "add")
STATES = ("present", "partly", "late", "excused", "absent", "no-show")


def add(commands: Any) -> None:
    _add_waiting(commands)
    _add_enrol(commands)
    _add_deviate(commands)
    _add_attendance(commands)
    _add_forecast(commands)


def _add_waiting(commands: Any) -> None:
    text = _("List who waits for a place, and for how long.")
    parser = commands.add_parser("waiting", help=text, description=text)
    parser.options.add_argument(
        "--centre", metavar=_("CENTRE"), help=_("only one: a name or an id")
    )
    add_json(parser)
    add_shared(parser)


def _add_enrol(commands: Any) -> None:
    text = _("Give a patient a place in a group; refused where it is full.")
    parser = commands.add_parser("enrol", help=text, description=text)
    _add_patient(parser)
    parser.wanted.add_argument(
        "--group", metavar=_("GROUP"), required=True, help=_("a name or an id")
    )
    parser.options.add_argument(
        "--on",
        metavar=_("YYYY-MM-DD"),
        type=day,
        dest="on_day",
        help=_("the first day; without it, today"),
    )
    parser.options.add_argument(
        "--reason",
        metavar=_("TEXT"),
        default="",
        help=_("why, where a rule must be acknowledged"),
    )
    add_json(parser)
    add_shared(parser)


def _add_deviate(commands: Any) -> None:
    text = _("Let a patient's own schedule differ from the group's.")
    parser = commands.add_parser("deviate", help=text, description=text)
    _add_patient(parser)
    _add_session(parser)
    parser.wanted.add_argument(
        "--as", choices=DIFFERENCES, required=True, dest="how", help=_("how it differs")
    )
    parser.wanted.add_argument("--to", metavar="ID", help=_("the session swapped to"))
    parser.wanted.add_argument("--reason", metavar=_("TEXT"), required=True, help=_("why"))
    parser.options.add_argument(
        "--group", metavar=_("GROUP"), help=_("in which group, where the patient is in several")
    )
    parser.options.add_argument(
        "--because",
        metavar=_("TEXT"),
        default="",
        help=_("why, where a rule must be acknowledged"),
    )
    add_json(parser)
    add_shared(parser)


def _add_attendance(commands: Any) -> None:
    text = _("Note whether a patient came; what was noted before is corrected, and kept.")
    parser = commands.add_parser("attendance", help=text, description=text)
    _add_session(parser)
    _add_patient(parser)
    parser.wanted.add_argument(
        "--as", choices=STATES, required=True, dest="state", help=_("how it went")
    )
    parser.options.add_argument(
        "--minutes", metavar=_("N"), type=int, help=_("late by so many, or there for so many")
    )
    parser.options.add_argument("--note", metavar=_("TEXT"), default="", help=_("in short"))
    add_json(parser)
    add_shared(parser)


def _add_forecast(commands: Any) -> None:
    text = _("Tell how many a group will have when it is decided, and why.")
    parser = commands.add_parser("forecast", help=text, description=text)
    parser.wanted.add_argument(
        "--group", metavar=_("GROUP"), required=True, help=_("a name or an id")
    )
    add_json(parser)
    add_shared(parser)


def _add_patient(parser: Any) -> None:
    parser.wanted.add_argument(
        "--patient", metavar=_("WHO"), required=True, help=_("a name, a number or an id")
    )


def _add_session(parser: Any) -> None:
    parser.wanted.add_argument(
        "--session", metavar="ID", required=True, help=_("see: painprogram list sessions")
    )
