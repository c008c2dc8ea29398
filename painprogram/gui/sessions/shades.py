"""Where nothing should stand in the week that is shown, as shades of the grid."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram.domain import placing
from painprogram.domain.rules import Rule
from painprogram.gui.sessions.cards import first_capital
from painprogram.gui.sessions.shown import LaneKind, Shown
from painprogram.gui.widgets.weekgrid import Lane, Shade
from painprogram.gui.widgets.weekgrid_values import ShadeKind
from painprogram.i18n import N_, _

_DAY_END = 24 * 60
_OF_LEADERS: dict[Rule, tuple[str, ShadeKind]] = {
    Rule.HOURS: (N_("Outside working hours"), "off"),
    Rule.BUSY: (N_("Busy"), "busy"),
    Rule.ABSENT: (N_("Absent"), "away"),
}
"""Each is painted over those before it. With what somebody is busy stays in their calendar."""


def shades(shown: Shown, kind: LaneKind, lanes: tuple[Lane, ...]) -> tuple[Shade, ...]:
    """What is closed of a day; in the lanes of leaders, when each cannot be asked for."""
    found = list(_half_days(shown))
    if kind is LaneKind.LEADER:
        for day in shown.days:
            for lane in lanes:
                if isinstance(lane.key, UUID):
                    found += _of_leader(shown, lane.key, day)
    return tuple(found)


def _half_days(shown: Shown) -> Iterator[Shade]:
    for day in shown.days:
        for closure in shown.closures_on(day):
            if closure.until is not None:
                from_minute = closure.until.hour * 60 + closure.until.minute
                reason = first_capital(closure.reason)
                yield Shade(day, None, from_minute, _DAY_END, reason, "closed")


def _of_leader(shown: Shown, staff: UUID, day: date) -> Iterator[Shade]:
    there = placing.away(shown.board, staff, day)
    for rule, (words, kind) in _OF_LEADERS.items():
        for one in there:
            if one.rule is rule:
                span = (_minute(one.start, day), _minute(one.end, day))
                yield Shade(day, staff, *span, _(words), kind)


def _minute(at: datetime, day: date) -> int:
    return (at - datetime.combine(day, time())) // timedelta(minutes=1)
