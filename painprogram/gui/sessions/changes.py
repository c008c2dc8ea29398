"""What the grid asks for, as a use case: told at once, saved aside, taken back when refused."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from painprogram.domain.sessions import Leader, Session
from painprogram.gui.sessions.shown import Held, LaneKind, Shown
from painprogram.gui.sessions.slots import led_after
from painprogram.usecases import schedules, sessions


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that is wanted: how it will look, and what to call to have it so."""

    changed: Held
    usecase: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    others: tuple[Held, ...] = ()
    """What changes in the same step."""
    makes_new: bool = False
    """The answer is the keys of what it makes, which are then chosen."""

    @property
    def every(self) -> tuple[Held, ...]:
        return (self.changed, *self.others)


def moved(
    shown: Shown, kind: LaneKind, held: Held, start: datetime, lanes: tuple[Hashable, Hashable]
) -> Wish | None:
    """*held* to *start*, and from one lane to another; None where nothing would change."""
    before, after = lanes
    if kind is LaneKind.ROOM and after != before:
        return _to_room(shown, held, start, after)
    if kind is LaneKind.LEADER and after != before:
        return _to_leader(shown, held, start, before, after)
    return None if start == held.start else _wish(held, replace(held, start=start))


def resized(held: Held, minutes: int) -> Wish:
    changed, named = replace(held, minutes=minutes), {"version": held.version}
    if isinstance(held, Session):
        return Wish(changed, sessions.resize, (held.id, minutes), named)
    return Wish(changed, schedules.move_visit, (held.id, held.start, minutes), named)


def cancelled(held: Held) -> Wish:
    """A session is cancelled, or held after all; a visit is taken away."""
    if isinstance(held, Session):
        off = not held.cancelled
        named = {"cancelled": off, "version": held.version}
        return Wish(replace(held, cancelled=off), sessions.cancel, (held.id,), named)
    return Wish(held, schedules.remove_visit, (held.id,), {})


def _to_room(shown: Shown, held: Held, start: datetime, room: Hashable) -> Wish | None:
    if isinstance(room, UUID):
        name = shown.board.rooms[room].name
        changed = replace(held, start=start, room_id=room, room_name=name)
        return _wish(held, changed, room_id=room)
    if isinstance(held, Session) and start == held.start:
        changed = replace(held, room_id=None, room_name="")
        named = {"version": held.version}
        return Wish(changed, sessions.change_room, (held.id, None), named)
    return None if start == held.start else _wish(held, replace(held, start=start))


def _to_leader(
    shown: Shown, held: Held, start: datetime, before: Hashable, after: Hashable
) -> Wish | None:
    if isinstance(held, Session):
        wanted = led_after(held, before, after)
        leaders = tuple(_leader(shown, one) for one in wanted)
        changed: Held = replace(held, start=start, leaders=leaders)
        if start != held.start:
            return _wish(held, changed, staff=wanted)
        named = {"version": held.version}
        return Wish(changed, sessions.change_leaders, (held.id, wanted), named)
    if isinstance(after, UUID):
        changed = replace(held, start=start, leader=_leader(shown, after))
        return _wish(held, changed, staff_id=after)
    return None if start == held.start else _wish(held, replace(held, start=start))


def _leader(shown: Shown, key: UUID) -> Leader:
    person = shown.board.staff[key]
    return Leader(person.id, person.name, person.profession)


def _wish(held: Held, changed: Held, **named: Any) -> Wish:
    usecase = sessions.move if isinstance(held, Session) else schedules.move_visit
    named["version"] = held.version
    return Wish(changed, usecase, (held.id, changed.start), named)
