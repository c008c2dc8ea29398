"""The columns within each day: rooms, leaders or groups."""

from collections import Counter
from collections.abc import Hashable, Iterable
from uuid import UUID

from painprogram.domain.names import folded
from painprogram.domain.rooms import Room
from painprogram.gui.sessions.filters import Sort
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, leaders_of
from painprogram.gui.widgets.weekgrid import Lane
from painprogram.i18n import _, ngettext

_SORTS = {LaneKind.ROOM: Sort.ROOM, LaneKind.LEADER: Sort.LEADER, LaneKind.GROUP: Sort.GROUP}
NOWHERE = "nowhere"
"""The key of the lane for what has no room or no leader."""
_FEW = 4
"""Lanes that a day has room for whole names in."""


def lanes(shown: Shown, kind: LaneKind) -> tuple[Lane, ...]:
    """Those of the centre, those that are used here besides, and *nowhere* where it is needed.

    A filter by what the lanes are leaves only those that it names.
    """
    used = dict.fromkeys(key for held in shown.seen for key in keys_of(held, kind))
    found = _every(shown, kind, used)
    wanted = shown.filters.of(_SORTS[kind])
    kept = tuple(lane for lane in found if lane.key in wanted) if wanted else ()
    return kept or found


def _every(shown: Shown, kind: LaneKind, used: dict[Hashable, None]) -> tuple[Lane, ...]:
    if kind is LaneKind.GROUP:
        return tuple(_groups(shown, used)) or (Lane(NOWHERE, ""),)
    named = _rooms(shown, used) if kind is LaneKind.ROOM else _leaders(shown, used)
    if NOWHERE in used or not named:
        without = _("No room") if kind is LaneKind.ROOM else _("No leader")
        named.append(Lane(NOWHERE, without))
    return tuple(named)


def keys_of(held: Held, kind: LaneKind) -> tuple[Hashable, ...]:
    """The lanes in which *held* stands."""
    if kind is LaneKind.GROUP:
        return (held.group_id,)
    if kind is LaneKind.ROOM:
        return (held.room_id or NOWHERE,)
    return tuple(leader.staff_id for leader in leaders_of(held)) or (NOWHERE,)


def _rooms(shown: Shown, used: Iterable[Hashable]) -> list[Lane]:
    rooms = [
        room
        for room in shown.board.rooms.values()
        if room.id in used or (room.active and room.centre_id == shown.centre_id)
    ]
    rooms.sort(key=lambda room: (room.centre_id != shown.centre_id, -room.seats, room.name))
    return [Lane(room.id, room.name, room_facts(room)) for room in rooms]


def room_facts(room: Room) -> str:
    """``14 platser, mattor``"""
    seats = ngettext("{number} seat", "{number} seats", room.seats).format(number=room.seats)
    return ", ".join([seats, *(item.label for item in room.equipment)])


def _leaders(shown: Shown, used: Iterable[Hashable]) -> list[Lane]:
    """Those who lead something this week, and colleagues of the same professions."""
    known = shown.board.staff
    works = {known[one].profession for one in used if isinstance(one, UUID) and one in known}
    people = [
        person
        for person in known.values()
        if person.id in used
        or (
            person.active
            and person.centre_id == shown.centre_id
            and (person.profession in works or not works)
        )
    ]
    people.sort(key=lambda p: (p.centre_id != shown.centre_id, folded(p.name)))
    many = len(people) > _FEW
    firsts = Counter(person.name.split()[0] for person in people)
    return [
        Lane(
            person.id,
            _short(person.name, alone=firsts[person.name.split()[0]] == 1) if many else person.name,
            f"{person.name}, {person.profession.label}",
            person.initials,
        )
        for person in people
    ]


def _short(name: str, *, alone: bool) -> str:
    """``Anna``, or ``Anna B`` where there are two of them."""
    first, *rest = name.split()
    return first if alone or not rest else f"{first} {rest[-1][0]}"


def _groups(shown: Shown, used: Iterable[Hashable]) -> Iterable[Lane]:
    wanted = set(used)
    groups = [g for g in shown.groups if g.id in wanted] or list(shown.groups[:1])
    known = {group.id for group in groups}
    for group in sorted(groups, key=lambda g: (g.activity, g.letter, g.name)):
        title = f"{group.letter} · {group.name}" if group.letter else group.name
        yield Lane(group.id, title, group.name)
    for held in shown.seen:  # groups of other centres that meet here
        if held.group_id not in known:
            known.add(held.group_id)
            yield Lane(held.group_id, held.group_name, held.group_name)


def title_of(shown: Shown, kind: LaneKind, key: Hashable) -> str:
    """What a sentence calls the lane *key*."""
    if isinstance(key, UUID) and kind is LaneKind.ROOM and key in shown.board.rooms:
        return shown.board.rooms[key].name
    if isinstance(key, UUID) and kind is LaneKind.LEADER and key in shown.board.staff:
        return shown.board.staff[key].name
    if kind is LaneKind.GROUP:
        return ""
    return _("No room") if kind is LaneKind.ROOM else _("No leader")
