"""Everything that stands in some weeks, and what the rules say of one thing there."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from painprogram.domain.clashes import Standing, against
from painprogram.domain.closures import Closure
from painprogram.domain.people import Staff
from painprogram.domain.rooms import Room
from painprogram.domain.rules import Level, Rule
from painprogram.domain.rules.loads import gathered
from painprogram.domain.rules.occasion import (
    NOWHERE,
    Clash,
    Meeting,
    Occasion,
    Surroundings,
    folded_competence,
)
from painprogram.domain.rules.words import sentence


class Verdict(StrEnum):
    FREE = "free"
    ACKNOWLEDGE = "acknowledge"
    BLOCKED = "blocked"


OF_LEVEL = {
    Level.BLOCKS: Verdict.BLOCKED,
    Level.ACKNOWLEDGE: Verdict.ACKNOWLEDGE,
    Level.INFORMATION: Verdict.FREE,
}
MILDEST_FIRST = (Verdict.FREE, Verdict.ACKNOWLEDGE, Verdict.BLOCKED)


@dataclass(frozen=True)
class Board:
    """What the rules need to know of whole weeks: everything that stands there, at every centre."""

    monday: date
    occasions: Mapping[UUID, Occasion] = field(default_factory=dict)
    around: Surroundings = NOWHERE
    rooms: Mapping[UUID, Room] = field(default_factory=dict)
    staff: Mapping[UUID, Staff] = field(default_factory=dict)
    centre: UUID | None = None
    """Whose closed days are shown."""

    @property
    def closures(self) -> Sequence[Closure]:
        return self.around.closures.get(self.centre, ())

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.occasions)

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """Of people and rooms."""
        people = {key: one.name for key, one in self.staff.items()}
        return people | {key: one.name for key, one in self.rooms.items()}

    def known(self, key: UUID | None) -> Occasion | Meeting | None:
        if key is None:
            return None
        return self.occasions.get(key) or self.around.meeting(key)

    def level(self, rule: Rule, held: Occasion, other: UUID | None = None) -> Level:
        """As the strictest of the centres involved takes it."""
        there = self.known(other)
        return self.around.level(rule, held.centre, *((there.centre,) if there else ()))


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands against an occasion, in a sentence."""

    rule: Rule
    level: Level
    text: str
    other: UUID | None = None


# What something would be like


def as_led_by(board: Board, held: Occasion, staff: Iterable[UUID]) -> Occasion:
    """*held* with other leaders."""
    wanted = tuple(dict.fromkeys(staff))
    known = [board.staff[one] for one in wanted if one in board.staff]
    return replace(
        held,
        staff=frozenset(wanted),
        professions=tuple(person.profession.value for person in known),
        mastered=frozenset(folded_competence(c) for person in known for c in person.competences),
    )


def in_room(board: Board, held: Occasion, room: UUID | None) -> Occasion:
    """*held* in another room, or in none."""
    found = board.rooms.get(room) if room else None
    return replace(
        held,
        room=room,
        seats=found.seats if found else None,
        offered=found.equipment if found else None,
    )


def moved_to(held: Occasion, start: datetime, minutes: int | None = None) -> Occasion:
    length = held.end - held.start if minutes is None else timedelta(minutes=minutes)
    return replace(held, start=start, end=start + length)


# What stands against it


def findings(board: Board, held: Occasion) -> tuple[Finding, ...]:
    """Everything against *held* where it is, whether it stands on the board so or not yet."""
    return _told(board, held, against(held, board.standing, board.around))


def new_findings(board: Board, held: Occasion) -> tuple[Finding, ...]:
    """What stands against *held* as it would be, and not as it stands on the board."""
    now = board.occasions.get(held.id)
    known: dict[Hashable, int] = {}
    if now is not None:
        known = {c.key: c.weight for c in against(now, board.standing, board.around)}
    new = (
        clash
        for clash in against(held, board.standing, board.around)
        if clash.weight > known.get(clash.key, -1)
    )
    return _told(board, held, new)


def _told(board: Board, held: Occasion, found: Iterable[Clash]) -> tuple[Finding, ...]:
    """The hardest first."""
    told = [_finding(board, held, clash) for clash in gathered(found)]
    return tuple(sorted(told, key=lambda one: MILDEST_FIRST[::-1].index(OF_LEVEL[one.level])))


def _finding(board: Board, held: Occasion, clash: Clash) -> Finding:
    turned = clash.occasion != held.id
    other = clash.occasion if turned else clash.other
    text = sentence(clash, board.names, board.known(other), turned=turned)
    return Finding(clash.rule, board.level(clash.rule, held, other), text, other)


def verdict(found: Iterable[Finding]) -> Verdict:
    """Of what stands against something: the hardest."""
    levels = (OF_LEVEL[one.level] for one in found)
    return max(levels, key=MILDEST_FIRST.index, default=Verdict.FREE)
