"""What the schedule shows now: one frozen value that cards, lanes and the inspector read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from painprogram.domain.closures import Closure
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.placing import Board
from painprogram.domain.sessions import Leader, Session, Visit
from painprogram.usecases.clashes import Found
from painprogram.usecases.sessions import Week

Held = Session | Visit
"""What stands on the schedule."""


class LaneKind(StrEnum):
    """What the columns within a day are."""

    ROOM = "room"
    LEADER = "leader"
    GROUP = "group"


@dataclass(frozen=True)
class Shown:
    centre_id: UUID
    week: Week
    board: Board
    groups: tuple[Group, ...] = ()
    found: tuple[Found, ...] = ()
    """The clashes of the week."""
    before: date | None = None
    after: date | None = None
    """Where the nearest sessions are when the week has none."""

    @property
    def held(self) -> Iterator[Held]:
        yield from self.week.sessions
        yield from self.week.visits

    @property
    def is_empty(self) -> bool:
        return not self.week.sessions and not self.week.visits

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Friday, or the whole week when something stands on its end."""
        last = max((one.start.weekday() for one in self.held), default=0)
        many = 7 if last > 4 else 5  # noqa: PLR2004 -- Friday
        return tuple(self.week.monday + timedelta(days=n) for n in range(many))

    def one(self, key: UUID) -> Held | None:
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[UUID, Held]:
        return {held.id: held for held in self.held}

    def group(self, key: UUID) -> Group | None:
        return self._groups.get(key)

    @cached_property
    def _groups(self) -> Mapping[UUID, Group]:
        return {group.id: group for group in self.groups}

    def cancelled(self, held: Held) -> bool:
        """By itself, or with its whole group."""
        group = self.group(held.group_id)
        return held.cancelled or (group is not None and group.status is GroupStatus.CANCELLED)

    def clashes_of(self, key: UUID) -> tuple[Found, ...]:
        return tuple(self._clashes.get(key, ()))

    @cached_property
    def _clashes(self) -> Mapping[UUID, list[Found]]:
        of: dict[UUID, list[Found]] = defaultdict(list)
        for found in self.found:
            of[found.occasion].append(found)
            if found.other:
                of[found.other].append(found)
        return of

    def closures_on(self, day: date) -> tuple[Closure, ...]:
        return tuple(c for c in self.week.closures if c.first <= day <= c.last)

    def with_one(self, changed: Held) -> "Shown":
        """With *changed* in the place of what had its key: how it will be when it is saved."""
        week = replace(
            self.week,
            sessions=tuple(
                changed if isinstance(changed, Session) and one.id == changed.id else one
                for one in self.week.sessions
            ),
            visits=tuple(
                changed if isinstance(changed, Visit) and one.id == changed.id else one
                for one in self.week.visits
            ),
        )
        return replace(self, week=week)


def nothing(centre_id: UUID, monday: date) -> Shown:
    """A week of which nothing is known yet."""
    return Shown(centre_id, Week(monday, (), (), ()), Board(monday))


def leaders_of(held: Held) -> tuple[Leader, ...]:
    if isinstance(held, Session):
        return held.leaders
    return (held.leader,) if held.leader else ()


def is_past(held: Held, now: datetime) -> bool:
    return held.end <= now


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
