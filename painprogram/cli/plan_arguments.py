"""The command of the automatic plan."""

from typing import Any

from painprogram.cli.parser import add_json, add_shared, day
from painprogram.domain.plans import MOST_ALTERNATIVES, PlanScope
from painprogram.i18n import _

SECONDS = 20.0


def add(commands: Any) -> None:
    text = _("Propose when, where and by whom sessions are held; with --apply, let it be so.")
    parser = commands.add_parser("plan", help=text, description=text)
    what = parser.wanted.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--group",
        metavar=_("GROUP"),
        nargs="+",
        action="extend",
        help=_("one or several: names or ids"),
    )
    what.add_argument(
        "--centre", metavar=_("CENTRE"), help=_("all the groups of a centre: a name or an id")
    )
    parser.options.add_argument(
        "--what",
        choices=[scope.value for scope in PlanScope],
        default=PlanScope.ALL.value,
        help=_(
            "what may move: unplaced (what lacks something or can't stand), repair (and what must "
            "give way for it) or all that is not locked"
        ),
    )
    for name, told in (
        ("--from", _("the first day that may change; without it, tomorrow")),
        ("--to", _("the last day; without it, as long as the groups go on")),
    ):
        parser.options.add_argument(
            name, metavar=_("YYYY-MM-DD"), type=day, dest=name.strip("-") + "_day", help=told
        )
    _add_search(parser)
    parser.options.add_argument(
        "--apply", action="store_true", help=_("let the schedule be so: one step of undo")
    )
    parser.options.add_argument(
        "--reason",
        metavar=_("TEXT"),
        default="",
        help=_("why, where a rule must be acknowledged"),
    )
    add_json(parser)
    add_shared(parser)


def _add_search(parser: Any) -> None:
    parser.options.add_argument(
        "--seconds",
        metavar=_("N"),
        type=float,
        default=SECONDS,
        help=_("how long to look; Ctrl+C ends it with the best so far"),
    )
    parser.options.add_argument(
        "--steps",
        metavar=_("N"),
        type=int,
        help=_("steps instead of seconds: the same seed then gives the same plan everywhere"),
    )
    parser.options.add_argument(
        "--seed", metavar=_("N"), type=int, default=1, help=_("another seed, another way to look")
    )
    parser.options.add_argument(
        "--alternatives",
        metavar=_("N"),
        type=int,
        choices=range(1, MOST_ALTERNATIVES + 1),
        default=1,
        help=_("how many really different plans to look for"),
    )
    parser.options.add_argument(
        "--choose",
        metavar=_("N"),
        type=int,
        default=1,
        help=_("which of them --apply takes; the first is the best"),
    )
