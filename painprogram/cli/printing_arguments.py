"""``painprogram print``: which papers, for whom, and how."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from painprogram import i18n
from painprogram.cli.parser import Parser, add_json, add_shared, day
from painprogram.domain.papers import Kind, LetterKind, Order
from painprogram.i18n import _

_PEOPLE = ("group", "patient", "session", "centre", "queue")
_WHOSE: dict[Kind, tuple[str, ...]] = {
    Kind.SHEET: _PEOPLE,
    Kind.POSTER: ("group",),
    Kind.CARD: _PEOPLE,
    Kind.ATTENDANCE: ("group", "session", "centre"),
    Kind.LETTER: _PEOPLE,
    Kind.SILENCE: ("group", "session", "patient"),
    Kind.MEASURES: ("group", "session", "patient"),
    Kind.STAFF: ("staff", "centre"),
    Kind.DOOR: ("room", "centre"),
    Kind.REPORT: ("group", "centre"),
    Kind.HANDOVER: ("group", "patient"),
    Kind.ACCESSLOG: ("patient",),
    Kind.CALIBRATION: (),
}
"""One of these is needed; with a patient, or where it names the centre, a second may stand."""
_BESIDE: dict[Kind, tuple[str, ...]] = {Kind.CALIBRATION: ("centre",)}


def add(commands: Any) -> None:
    text = _("Print papers as PDF.")
    parser = commands.add_parser("print", help=text, description=text)
    parser.wanted.add_argument("paper", choices=[one.value for one in Kind], help=_("which paper"))
    for name, shown, told in (
        ("--group", _("GROUP"), _("a name or an id")),
        ("--patient", _("WHO"), _("a name, a number or an id")),
        ("--session", "ID", _("see: painprogram list sessions --json")),
        ("--staff", _("COLLEAGUE"), _("a name or an id")),
        ("--room", _("ROOM"), _("a name or an id")),
        ("--centre", _("CENTRE"), _("everybody who comes there on those days")),
    ):
        parser.wanted.add_argument(name, metavar=shown, help=told)
    parser.wanted.add_argument(
        "--queue", action="store_true", help=_("everybody whose sheet is out of date")
    )
    parser.wanted.add_argument(
        "--out",
        metavar=_("FILE|DIR"),
        required=True,
        type=Path,
        help=_("the file to write; with --one-each, the folder. What is there is replaced"),
    )
    _add_looks(parser)
    add_json(parser)
    add_shared(parser, language=False)
    parser.set_defaults(wrong=parser.error)


def _add_looks(parser: Parser) -> None:
    parser.options.add_argument(
        "--language",
        choices=i18n.PAPER_LANGUAGES,
        dest="paper_language",
        help=_("the language of the paper; else the patient's, or the program's"),
    )
    parser.options.add_argument(
        "--letter",
        choices=[one.value for one in LetterKind],
        default=LetterKind.SUMMONS.value,
        help=_("which letter; a summons if nothing is said"),
    )
    for name, shown, told in (
        ("--from", "first", _("the first day")),
        ("--to", "last", _("the last day")),
    ):
        parser.options.add_argument(name, metavar=_("YYYY-MM-DD"), type=day, dest=shown, help=told)
    parser.options.add_argument(
        "--order",
        choices=[one.value for one in Order],
        default=Order.NAME.value,
        help=_("by name or by time"),
    )
    for name, told in (
        ("--large", _("large print")),
        ("--twin", _("with the same in Swedish behind it")),
        ("--initials", _("initials in place of names")),
        ("--one-each", _("one file for each")),
        ("--untranslated", _("also where words stand in Swedish for want of a translation")),
    ):
        parser.options.add_argument(name, action="store_true", help=told)


def check(wanted: Namespace) -> None:
    """End the program with a sentence where it is not said for whom, or what the kind can't be."""
    kind = Kind(wanted.paper)
    given = {name for name in (*_PEOPLE, "staff", "room") if getattr(wanted, name)}
    needed = _WHOSE[kind]
    if needed and not given & {*needed}:
        names = " ".join(f"--{name}" for name in needed)
        if len(needed) == 1:
            wanted.wrong(_("Write also: {names}").format(names=names))
        wanted.wrong(_("Write one of these also: {names}").format(names=names))
    for name in sorted(given - {*needed, *_BESIDE.get(kind, ())}):
        wanted.wrong(_("{name} says nothing for {kind}").format(name=f"--{name}", kind=kind.value))
