"""What the schedule shows now: one frozen value that cards, lanes and the inspector read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from painprogram.domain.closures import Closure
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.placing import Board
from painprogram.domain.publications import SessionChange
from painprogram.domain.sessions import Leader, Session, Visit
from painprogram.gui.sessions.filters import EVERYTHING, Filters
from painprogram.usecases.clashes import Found
from painprogram.usecases.sessions import Week

Held = Session | Visit
"""What stands on the schedule."""
H = TypeVar("H", Session, Visit)


class View(StrEnum):
    """How the schedule is looked at."""

    WEEK = "week"
    TERM = "term"
    LIST = "list"


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
    told: Mapping[UUID, SessionChange] = field(default_factory=dict)
    """By session: what has been published of it, where the draft says something else."""
    filters: Filters = EVERYTHING
    complete: bool = True
    """Whether what stands against the week has been read, too."""

    @property
    def held(self) -> Iterator[Held]:
        yield from self.week.sessions
        yield from self.week.visits

    @property
    def seen(self) -> Iterator[Held]:
        """What the filters let through."""
        return (one for one in self.held if self.filters.lets(one))

    @property
    def hidden(self) -> int:
        """How many the filters keep back."""
        return sum(not self.filters.lets(one) for one in self.held)

    @property
    def is_empty(self) -> bool:
        return not self.week.sessions and not self.week.visits

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Friday, or the whole week when something stands at its end."""
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

    def without(self, gone: Collection[UUID | None]) -> "Shown":
        """As the board is while *gone* are on their way to other places."""
        if not gone:
            return self
        left = {key: one for key, one in self.board.occasions.items() if key not in gone}
        return replace(self, board=replace(self.board, occasions=left))

    def with_all(self, changed: Iterable[Held]) -> "Shown":
        """With each of *changed* in the place of what had its key: how it will be when saved."""
        new = {one.id: one for one in changed}
        week = replace(
            self.week,
            sessions=tuple(_newer(new, one) for one in self.week.sessions),
            visits=tuple(_newer(new, one) for one in self.week.visits),
        )
        return replace(self, week=week)


def _newer(new: Mapping[UUID, Held], old: H) -> H:
    found = new.get(old.id)
    return found if isinstance(found, type(old)) else old


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
