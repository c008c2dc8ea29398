"""The day by time: its sessions and visits, with how many are expected and have come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from painprogram import i18n
from painprogram.domain.attendance import EventKind
from painprogram.domain.sessions import Session
from painprogram.gui import roster_rows
from painprogram.gui.widgets.big_list import BigEntry
from painprogram.i18n import _
from painprogram.usecases.reception import Coming


def rows(lines: Sequence[Coming], now: datetime) -> list[BigEntry]:
    return [_row(line, now) for line in lines]


def nearest(lines: Sequence[Coming], now: datetime) -> UUID | None:
    """What goes on now, else what begins next, else the last of the day."""
    held = [line.occasion for line in lines if not line.occasion.cancelled]
    ahead = [one for one in held if one.end > now]
    chosen = ahead[0] if ahead else held[-1] if held else None
    return chosen.id if chosen else None


def _row(line: Coming, now: datetime) -> BigEntry:
    held = line.occasion
    cancelled = held.cancelled
    title = roster_rows.title(held)
    came = _("{came} of {expected}").format(
        came=i18n.number(line.came), expected=i18n.number(line.expected)
    )
    state = _state(line)
    where = (state, held.group_name, held.room_name)
    detail = " · ".join(part for part in where if part)
    spoken = [f"{i18n.clock_range(held.start, held.end)} {title}", detail]
    if not cancelled:
        spoken.append(_("{count} have come").format(count=came))
    return BigEntry(
        key=held.id,
        title=title,
        words=". ".join(part for part in spoken if part),
        detail=detail,
        lead=i18n.clock(held.start),
        sign=held.kind.value,
        mark="" if cancelled else came,
        bar=None if cancelled else (line.came, line.expected),
        tone="ok" if line.expected and not line.left else "neutral",
        quiet=cancelled or held.end <= now,
        struck=cancelled,
        tip=f"{i18n.clock_range(held.start, held.end)} {roster_rows.facts(held)}",
    )


def _state(line: Coming) -> str:
    """What became of it, where it is not simply to come."""
    if line.event is not None and (
        line.event.kind is not EventKind.HELD or isinstance(line.occasion, Session)
    ):
        return roster_rows.event_chip(line.event)[0]
    return _("Cancelled") if line.occasion.cancelled else ""
