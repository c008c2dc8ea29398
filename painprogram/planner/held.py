"""A plan laid out to be looked at; shares nothing with the search."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from painprogram.planner.problem import Place, Plan, Problem, Session


@dataclass(frozen=True)
class Held:
    """A plan laid out for the rules."""

    problem: Problem
    plan: Plan

    @cached_property
    def placed(self) -> tuple[tuple[Session, Place], ...]:
        """In order of time."""
        session = self.problem.session
        found = [(session[key], place) for key, place in self.plan.places.items()]
        return tuple(sorted(found, key=lambda each: (each[1].start, each[0].key)))

    @cached_property
    def participants(self) -> Mapping[UUID, tuple[UUID, ...]]:
        return self.plan.participants(self.problem)

    def heads(self, session: Session) -> int:
        known = self.problem.resource
        return session.heads + sum(known[key].heads for key in self.participants[session.key])

    def weight(self, patient: UUID) -> int:
        """A group's visits count as many times as it has heads."""
        return max(1, self.problem.resource[patient].heads)

    @cached_property
    def attended(self) -> Mapping[UUID, tuple[tuple[Session, Place], ...]]:
        """By patient or group: where it goes, in order of time."""
        found: dict[UUID, list[tuple[Session, Place]]] = defaultdict(list)
        for session, place in self.placed:
            for patient in self.participants[session.key]:
                found[patient].append((session, place))
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def taken(self) -> Mapping[UUID, tuple[tuple[Session, Place], ...]]:
        """The same for every resource."""
        found: dict[UUID, list[tuple[Session, Place]]] = defaultdict(list)
        for session, place in self.placed:
            room = () if place.room is None else (place.room,)
            for key in (*self.participants[session.key], *sorted(place.leaders), *room):
                found[key].append((session, place))
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def series(self) -> Mapping[UUID, tuple[Place, ...]]:
        found: dict[UUID, list[Place]] = defaultdict(list)
        for session, place in self.placed:
            if session.series is not None:
                found[session.series].append(place)
        return {key: tuple(each) for key, each in found.items()}
