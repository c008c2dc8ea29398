"""Several cards at once, as one wish: moved together, pasted, copied, cancelled."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram.domain.sessions import Leader, Session
from painprogram.gui.sessions import changes, lanes
from painprogram.gui.sessions.changes import Wish
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, leaders_of
from painprogram.gui.widgets.weekgrid import Spot
from painprogram.usecases import several

_LAST_START = 24 * 60 - 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A card that is to stand elsewhere: what it is of, and the lane it stands in now."""

    held: Held
    lane: Hashable

    @property
    def minute(self) -> int:
        return self.held.start.hour * 60 + self.held.start.minute


@dataclass(frozen=True, slots=True)
class Clipboard:
    """What was cut or copied, in the lanes it was taken from. It never leaves the program."""

    pieces: tuple[Piece, ...]
    kind: LaneKind
    cut: bool

    @property
    def keys(self) -> frozenset[UUID]:
        return frozenset(piece.held.id for piece in self.pieces)

    @property
    def first(self) -> Piece:
        """The earliest: it goes where it is pointed, the others keep their distance."""
        return min(self.pieces, key=lambda piece: (piece.held.start, str(piece.held.id)))

    def same_time_in(self, monday: date) -> Spot:
        """The weekday, time and lane of the first one, in another week."""
        start = self.first.held.start
        return Spot(monday + timedelta(days=start.weekday()), self.first.lane, self.first.minute)


@dataclass(slots=True)
class _Plan:
    """Where everything is to go."""

    changed: dict[UUID, Held] = field(default_factory=dict)
    starts: dict[UUID, datetime] = field(default_factory=dict)
    rooms: dict[UUID, UUID | None] = field(default_factory=dict)
    leaders: dict[UUID, list[UUID]] = field(default_factory=dict)


def spot_of(piece: Piece, by: timedelta) -> Spot:
    """Where *piece* stands when it is moved *by* so much."""
    start = piece.held.start + by
    return Spot(start.date(), piece.lane, start.hour * 60 + start.minute)


def moved_together(
    shown: Shown, kind: LaneKind, places: Iterable[tuple[Piece, Spot]]
) -> Wish | None:
    """Each piece to its place, in one step; None where nothing would change."""
    every = list(places)
    plan = _planned(shown, kind, every)
    moved = {key: one for key, one in plan.changed.items() if one != _before(every, key)}
    if not moved:
        return None
    if len(moved) == 1:
        (key,) = moved
        piece, spot = next(pair for pair in every if pair[0].held.id == key)
        return changes.moved(shown, kind, piece.held, plan.starts[key], (piece.lane, spot.lane))
    named = {
        "rooms": {key: room for key, room in plan.rooms.items() if key in moved},
        "leaders": {key: staff for key, staff in plan.leaders.items() if key in moved},
        "versions": {key: one.version for key, one in moved.items()},
    }
    first, *others = moved.values()
    starts = {key: plan.starts[key] for key in moved}
    return Wish(first, several.move_several, (starts,), named, tuple(others))


def copied(shown: Shown, kind: LaneKind, places: Iterable[tuple[Piece, Spot]]) -> Wish:
    """An extra one like each piece, at its place."""
    every = list(places)
    plan = _planned(shown, kind, every)
    named = {"rooms": plan.rooms, "leaders": plan.leaders}
    return Wish(every[0][0].held, several.copy, (plan.starts,), named, makes_new=True)


def cancelled_together(held: Iterable[Held]) -> Wish | None:
    """Those that are not cancelled yet; None where none is left."""
    there = [one for one in held if not one.cancelled]
    if not there:
        return None
    if len(there) == 1:
        return changes.cancelled(there[0])
    first, *others = (
        replace(one, cancelled=True) if isinstance(one, Session) else one for one in there
    )
    named = {"versions": {one.id: one.version for one in there}}
    keys = [one.id for one in there]
    return Wish(first, several.cancel_several, (keys,), named, tuple(others))


def pasted(
    shown: Shown, kind: LaneKind, clipboard: Clipboard, spot: Spot
) -> list[tuple[Piece, Spot]]:
    """Where each piece lands when the first one lands on *spot*: all keep their distance."""
    order = [lane.key for lane in lanes.lanes(shown, kind)]
    first = clipboard.first
    step = 0
    pieces = [_as_in(piece, clipboard, kind) for piece in clipboard.pieces]
    home = _as_in(first, clipboard, kind).lane
    if kind is not LaneKind.GROUP and spot.lane in order and home in order:
        step = order.index(spot.lane) - order.index(home)
    found = []
    for piece in pieces:
        days = (piece.held.start.date() - first.held.start.date()).days
        minute = min(max(spot.minute + piece.minute - first.minute, 0), _LAST_START)
        lane = spot.lane if len(pieces) == 1 else _aside(order, piece.lane, step)
        if kind is LaneKind.GROUP:
            lane = piece.lane
        found.append((piece, Spot(spot.day + timedelta(days=days), lane, minute)))
    return found


def _as_in(piece: Piece, clipboard: Clipboard, kind: LaneKind) -> Piece:
    """Cut in lanes of another sort it stands in the first of its lanes of this sort."""
    if clipboard.kind is kind:
        return piece
    return replace(piece, lane=lanes.keys_of(piece.held, kind)[0])


def _aside(order: list[Hashable], lane: Hashable, step: int) -> Hashable:
    """The lane *step* lanes away; one that is not shown, or would lead outside, stays."""
    if lane not in order or not 0 <= order.index(lane) + step < len(order):
        return lane
    return order[order.index(lane) + step]


def _before(every: list[tuple[Piece, Spot]], key: UUID) -> Held:
    return next(piece.held for piece, _spot in every if piece.held.id == key)


def _planned(shown: Shown, kind: LaneKind, every: list[tuple[Piece, Spot]]) -> _Plan:
    """One with several leaders may have several cards: each exchanges its own leader."""
    plan = _Plan()
    for piece, spot in every:
        held = plan.changed.get(piece.held.id, piece.held)
        start = datetime.combine(spot.day, time()) + timedelta(minutes=spot.minute)
        held = replace(held, start=start)
        if spot.lane != piece.lane and kind is LaneKind.ROOM:
            held = _in_room(shown, held, spot.lane)
            plan.rooms[held.id] = held.room_id
        elif spot.lane != piece.lane and kind is LaneKind.LEADER:
            held = _led(shown, held, piece.lane, spot.lane)
            plan.leaders[held.id] = [leader.staff_id for leader in leaders_of(held)]
        plan.changed[held.id] = held
        plan.starts[held.id] = start
    return plan


def _in_room(shown: Shown, held: Held, room: Hashable) -> Held:
    if isinstance(room, UUID):
        return replace(held, room_id=room, room_name=shown.board.rooms[room].name)
    return replace(held, room_id=None, room_name="")


def _led(shown: Shown, held: Held, before: Hashable, after: Hashable) -> Held:
    new = _leader(shown, after) if isinstance(after, UUID) else None
    if not isinstance(held, Session):
        return replace(held, leader=new)
    kept = [new if leader.staff_id == before else leader for leader in held.leaders]
    if before not in {leader.staff_id for leader in held.leaders}:
        kept.append(new)
    by_key = {leader.staff_id: leader for leader in kept if leader is not None}
    return replace(held, leaders=tuple(by_key.values()))


def _leader(shown: Shown, key: UUID) -> Leader:
    person = shown.board.staff[key]
    return Leader(person.id, person.name, person.profession)
