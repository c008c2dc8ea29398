"""Holds a plan against the schedule's own rules, which share nothing with the search.

A plan brings nothing new that blocks, or that must be acknowledged where nobody asked for it:
what would, goes back to where it stands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from painprogram.domain.clashes import Clash, Course, Occasion, Surroundings, clashes, gathered
from painprogram.domain.plans import EasingKind
from painprogram.domain.rules import OF_ONE_PATIENT, Level
from painprogram.domain.rules.board import Board, as_led_by, in_room, moved_to
from painprogram.domain.rules.words import sentence
from painprogram.i18n import _
from painprogram.planner.problem import Place, Plan
from painprogram.usecases.plan_facts import Facts
from painprogram.usecases.plan_problem import Asked

WEEK = timedelta(days=7)
Counted = dict[Level, int]


@dataclass(frozen=True)
class Judged:
    """A plan that may stand, and what the rules say of it."""

    plan: Plan
    places: Mapping[UUID, Place]
    """By session: only those that would stand otherwise than now."""
    swaps: Mapping[UUID, int]
    """By choice: the option, where it is another than now."""
    after: "Schedule"
    to_acknowledge: tuple[str, ...]
    reverted: frozenset[UUID]
    """What the search had placed, and the rules put back."""


@dataclass(frozen=True)
class Schedule:
    """Everything that stands, now or by a plan."""

    facts: Facts
    occasions: Mapping[UUID, Occasion]
    around: Surroundings

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        return clashes(self.occasions.values(), self.around)

    def level(self, clash: Clash) -> Level:
        keys = (clash.occasion, clash.other) if clash.other else (clash.occasion,)
        there = (self.occasions.get(key) or self.around.meeting(key) for key in keys)
        return self.around.level(clash.rule, *(one.centre for one in there if one))

    def open(self) -> Iterator[tuple[Level, Clash]]:
        """What blocks or must be acknowledged of what is planned, and has not been."""
        known = {
            (one.rule, frozenset((one.occasion, one.other)))
            for one in self.facts.found
            if one.acknowledged
        }
        for clash in gathered(self.clashes):
            level = self.level(clash)
            pair = clash.rule, frozenset((clash.occasion, clash.other))
            ours = {clash.occasion, clash.other} & self.facts.sessions.keys()
            if ours and level is not Level.INFORMATION and pair not in known:
                yield level, clash

    @cached_property
    def counted(self) -> Counted:
        found = {Level.BLOCKS: 0, Level.ACKNOWLEDGE: 0}
        for level, _clash in self.open():
            found[level] += 1
        return found

    def said(self, clash: Clash) -> str:
        """``Avslappning 3 (H26 A): Anna Berg does not work then.``"""
        one, other = self._one(clash.occasion), self._one(clash.other)
        words = sentence(clash, self.facts.names, other, turned=False)
        return _("{where}: {what}").format(where=one.title if one else "", what=words)

    def _one(self, key: UUID | None) -> Occasion | None:
        return self.occasions.get(key) if key else None


def as_it_is(facts: Facts) -> Schedule:
    return Schedule(facts, facts.occasions, facts.around)


def judge(asked: Asked, plan: Plan) -> Judged:
    """*plan* as far as it may stand."""
    places = {
        key: place
        for key, place in plan.places.items()
        if key in asked.movable and place != asked.today.places.get(key)
    }
    swaps = {
        key: number for key, number in plan.chosen.items() if number != asked.today.chosen.get(key)
    }
    wanted, before = frozenset(places), as_it_is(asked.facts)
    known: dict[object, int] = {}
    for clash in before.clashes:
        known[clash.key] = max(known.get(clash.key, -1), clash.weight)
    while True:
        after = changed(asked, places, swaps)
        new = [clash for clash in after.clashes if clash.weight > known.get(clash.key, -1)]
        wrong = [clash for clash in new if not _let_be(asked, after, clash)]
        if not wrong:
            break
        for clash in wrong:
            _put_back(asked, after, clash, places, swaps)
    asking = [c for c in gathered(new) if after.level(c) is Level.ACKNOWLEDGE]
    whole = {**asked.today.places, **places}
    left = {key for key in asked.troubled if key in asked.movable and key not in plan.places}
    return Judged(
        Plan(
            {key: place for key, place in whole.items() if key not in left},
            {**plan.chosen, **{k: v for k, v in asked.today.chosen.items() if k not in swaps}},
        ),
        places,
        swaps,
        after,
        tuple(dict.fromkeys(after.said(clash) for clash in asking)),
        wanted - places.keys(),
    )


def _let_be(asked: Asked, after: Schedule, clash: Clash) -> bool:
    """Information is; what must be acknowledged is where somebody asked for just that place."""
    level = after.level(clash)
    if level is Level.ACKNOWLEDGE:
        pinned = {one.about for one in asked.wanted.eased if one.kind is not EasingKind.TIME}
        return bool(pinned & {clash.occasion, clash.other})
    return level is Level.INFORMATION


def _put_back(
    asked: Asked,
    after: Schedule,
    clash: Clash,
    places: dict[UUID, Place],
    swaps: dict[UUID, int],
) -> None:
    """Let go of what brought *clash* about; of everything where that is not to be seen."""
    guilty = {clash.occasion, clash.other} & places.keys()
    if clash.rule in OF_ONE_PATIENT and clash.about and clash.mark:
        day = date.fromisoformat(clash.mark)
        last = day + WEEK if clash.rule.value.endswith("week") else day + timedelta(days=1)
        guilty |= {
            key
            for key in places
            if clash.about in after.occasions[key].patients
            and day <= after.occasions[key].start.date() < last
        }
    choosing = {
        key
        for key, number in swaps.items()
        if {clash.occasion, clash.other} & {asked.choices[key].others[number]}
        or asked.choices[key].place.patient_id == clash.about
    }
    for key in choosing:
        swaps.pop(key, None)
    for one in guilty:
        if one:
            places.pop(one, None)
    if not guilty and not choosing:
        places.clear()
        swaps.clear()


def changed(asked: Asked, places: Mapping[UUID, Place], swaps: Mapping[UUID, int]) -> Schedule:
    """The schedule as it would be."""
    facts = asked.facts
    board = Board(facts.first, facts.occasions, facts.around, facts.rooms, facts.staff, centre=None)
    occasions = dict(facts.occasions)
    for key, number in swaps.items():
        chosen = asked.choices[key]
        who = frozenset({chosen.place.patient_id})
        now = chosen.others[asked.today.chosen.get(key, 0)]
        there = chosen.others[number]
        occasions[now] = replace(occasions[now], patients=occasions[now].patients - who)
        occasions[there] = replace(occasions[there], patients=occasions[there].patients | who)
    for key, place in places.items():
        held = moved_to(occasions[key], place.start)
        occasions[key] = in_room(board, as_led_by(board, held, sorted(place.leaders)), place.room)
    return Schedule(facts, occasions, _around(facts, places))


def _around(facts: Facts, places: Mapping[UUID, Place]) -> Surroundings:
    groups = {facts.sessions[key].group_id for key in places}
    courses = {
        group: _course(course, places) if group in groups else course
        for group, course in facts.around.courses.items()
    }
    return replace(facts.around, courses=courses)


def _course(course: Course, places: Mapping[UUID, Place]) -> Course:
    meetings = {}
    for strand, held in course.meetings.items():
        there = []
        for one in held:
            start = places[one.id].start if one.id in places else one.start
            there.append(replace(one, start=start, end=start + (one.end - one.start)))
        meetings[strand] = tuple(sorted(there, key=lambda one: (one.start, one.id)))
    return Course(course.after, meetings)


def trips(schedule: Schedule, patients: Collection[UUID]) -> int:
    """Days on which they have to come, together."""
    days: set[tuple[UUID, date]] = set()
    for one in schedule.occasions.values():
        for who in one.patients:
            if who in patients:
                days.add((who, one.start.date()))
    return len(days)


def told(schedule: Schedule, before: Schedule, keys: Iterable[UUID]) -> set[UUID]:
    """The patients who get to know of something new: a time, a room, a leader."""
    found: set[UUID] = set()
    for key in keys:
        now, then = schedule.occasions[key], before.occasions[key]
        if (now.start, now.room, now.staff) != (then.start, then.room, then.staff):
            found |= now.patients | then.patients
        else:
            found |= now.patients ^ then.patients
    return found
