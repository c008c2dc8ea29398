"""What of the schedule is let through: by group, leader, room and kind of session.

The three views of the schedule share one ``Filters``; nothing chosen of a sort lets all of it in.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import N_, _


class Sort(StrEnum):
    """What can be chosen by."""

    GROUP = "groups"
    LEADER = "leaders"
    ROOM = "rooms"
    KIND = "kinds"

    @property
    def label(self) -> str:
        return _(_SORTS[self])

    @property
    def all(self) -> str:
        """What the choice of none of them is called."""
        return _(_ALL[self])


_SORTS = {
    Sort.GROUP: N_("Group"),
    Sort.LEADER: N_("Leader"),
    Sort.ROOM: N_("Room"),
    Sort.KIND: N_("Kind"),
}
_ALL = {
    Sort.GROUP: N_("All groups"),
    Sort.LEADER: N_("All leaders"),
    Sort.ROOM: N_("All rooms"),
    Sort.KIND: N_("All kinds"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    groups: frozenset[UUID] = frozenset()
    leaders: frozenset[UUID] = frozenset()
    rooms: frozenset[UUID] = frozenset()
    kinds: frozenset[ModuleKind] = frozenset()

    @property
    def are_on(self) -> bool:
        return bool(self.groups or self.leaders or self.rooms or self.kinds)

    def lets(self, held: Session | Visit) -> bool:
        """Whether *held* fits one choice of every sort that has any."""
        return (
            (not self.groups or held.group_id in self.groups)
            and (not self.rooms or held.room_id in self.rooms)
            and (not self.kinds or held.kind in self.kinds)
            and (not self.leaders or not self.leaders.isdisjoint(_led_by(held)))
        )

    def of(self, sort: Sort) -> frozenset[UUID] | frozenset[ModuleKind]:
        chosen: frozenset[UUID] | frozenset[ModuleKind] = getattr(self, sort.value)
        return chosen

    def with_sort(self, sort: Sort, chosen: Iterable[UUID | ModuleKind]) -> "Filters":
        """The same, but for *chosen* of one sort."""
        named: dict[str, Any] = {sort.value: frozenset(chosen)}
        return replace(self, **named)

    def to_text(self) -> str:
        """For the settings; ``from_text`` reads it back."""
        if not self.are_on:
            return ""
        return json.dumps({sort.value: sorted(str(one) for one in self.of(sort)) for sort in Sort})

    @classmethod
    def from_text(cls, text: str) -> "Filters":
        """What cannot be read counts as no filter."""
        try:
            found = json.loads(text or "{}")
            kinds = frozenset(ModuleKind(one) for one in found.get(Sort.KIND, ()))
            groups, leaders, rooms = (
                frozenset(UUID(one) for one in found.get(sort, ()))
                for sort in (Sort.GROUP, Sort.LEADER, Sort.ROOM)
            )
        except (ValueError, TypeError, AttributeError):
            return cls()
        return cls(groups, leaders, rooms, kinds)


EVERYTHING = Filters()


def _led_by(held: Session | Visit) -> frozenset[UUID]:
    if isinstance(held, Session):
        return frozenset(leader.staff_id for leader in held.leaders)
    return frozenset((held.leader.staff_id,) if held.leader else ())
