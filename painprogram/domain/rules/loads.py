"""How much one patient can take in a day and a week: visits, hours, trips."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from painprogram.domain.rules import Rule, Rules
from painprogram.domain.rules.occasion import Clash, Occasion, Surroundings

Measure = Callable[[Sequence[Occasion]], int]


def visits(held: Sequence[Occasion]) -> int:
    return len(held)


def minutes(held: Sequence[Occasion]) -> int:
    return sum(one.minutes for one in held)


def trips(held: Sequence[Occasion]) -> int:
    """Days on which the patient has to come."""
    return len({one.start.date() for one in held})


@dataclass(frozen=True, slots=True)
class Load:
    """A rule of how much is too much."""

    rule: Rule
    of: Measure
    weekly: bool


LOADS = (
    Load(Rule.VISITS_DAY, visits, weekly=False),
    Load(Rule.HOURS_DAY, minutes, weekly=False),
    Load(Rule.VISITS_WEEK, visits, weekly=True),
    Load(Rule.HOURS_WEEK, minutes, weekly=True),
    Load(Rule.TRIPS_WEEK, trips, weekly=True),
)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


Own = Mapping[Rule, int]
"""The limits of one patient, where they are not the centre's."""
_NONE: Own = {}


def too_much(
    load: Load, held: Sequence[Occasion], rules: Rules, own: Own = _NONE
) -> tuple[int, int] | None:
    """What one patient has in a day or week, and the limit it is beyond; None within it."""
    most = own[load.rule] if load.rule in own else rules.most(load.rule)
    has = load.of(held)
    return (has, most) if has > most else None


def overloaded(ordered: Sequence[Occasion], around: Surroundings) -> Iterator[Clash]:
    """Everybody with too much in a day or week, each on the last occasion of it.

    Those who go to the same things are counted once: the sets of patients are few.
    """
    days: dict[date, list[Occasion]] = defaultdict(list)
    weeks: dict[date, list[Occasion]] = defaultdict(list)
    for occasion in ordered:
        if occasion.patients:
            day = occasion.start.date()
            days[day].append(occasion)
            weeks[monday_of(day)].append(occasion)
    for weekly, spans in ((False, days), (True, weeks)):
        for first, there in spans.items():
            for patients, held in _alike(there):
                for load in LOADS:
                    if load.weekly is weekly:
                        yield from _told(load, first, patients, held, around)


def _alike(there: Sequence[Occasion]) -> Iterator[tuple[Iterable[UUID], Sequence[Occasion]]]:
    """Patients who have the same occasions, with these."""
    sets: dict[frozenset[UUID], list[Occasion]] = defaultdict(list)
    for occasion in there:
        sets[occasion.patients].append(occasion)
    if sum(map(len, sets)) == len(frozenset().union(*sets)):
        yield from sets.items()
        return
    of: dict[UUID, list[Occasion]] = defaultdict(list)
    for occasion in there:
        for patient in occasion.patients:
            of[patient].append(occasion)
    for patient, held in of.items():
        yield (patient,), held


def _told(
    load: Load,
    first: date,
    patients: Iterable[UUID],
    held: Sequence[Occasion],
    around: Surroundings,
) -> Iterator[Clash]:
    last = held[-1]
    rules = around.rules_of(last.centre)
    usual = too_much(load, held, rules)
    if usual is None and not around.limits:
        return
    for patient in patients:
        own = around.limits.get(patient)
        beyond = too_much(load, held, rules, own) if own else usual
        if beyond:
            has, most = beyond
            yield Clash(load.rule, last.id, None, patient, str(most), has, first.isoformat())


def with_more(
    held: Occasion, of: Mapping[UUID, Sequence[Occasion]], around: Surroundings
) -> Iterator[Clash]:
    """Who has too much in the day and the week of *held*; *of* is what each has in that week."""
    day = held.start.date()
    rules, monday = around.rules_of(held.centre), monday_of(day)
    known: dict[tuple[Any, ...], tuple[Clash, ...]] = {}
    for patient in held.patients:
        theirs = of.get(patient, ())
        own = around.limits.get(patient, _NONE)
        alike = (*map(id, theirs), id(own))
        if alike not in known:  # most have the same as their group
            there = [one for one in theirs if one.id != held.id]
            known[alike] = tuple(_beside(held, there, rules, day, monday, own))
        for clash in known[alike]:
            yield Clash(clash.rule, held.id, None, patient, clash.detail, clash.weight, clash.mark)


def _beside(
    held: Occasion, there: Sequence[Occasion], rules: Rules, day: date, monday: date, own: Own
) -> Iterator[Clash]:
    week = [*there, held]
    that_day = [one for one in week if one.start.date() == day]
    for load in LOADS:
        beyond = too_much(load, week if load.weekly else that_day, rules, own)
        if beyond:
            first = monday if load.weekly else day
            yield Clash(
                load.rule, held.id, None, None, str(beyond[1]), beyond[0], first.isoformat()
            )


def gathered(clashes: Iterable[Clash]) -> Iterator[Clash]:
    """Of several patients with too much of the same, one clash: *detail* is how many, the limit."""
    many: dict[tuple[Rule, UUID, str], list[Clash]] = {}
    for clash in clashes:
        if clash.rule in _RULES:
            many.setdefault((clash.rule, clash.occasion, clash.mark), []).append(clash)
        else:
            yield clash
    for (rule, occasion, mark), of in many.items():
        worst = max(one.weight for one in of)
        about = of[0].about if len(of) == 1 else None
        yield Clash(rule, occasion, None, about, f"{len(of)}/{of[0].detail}", worst, mark)


_RULES = frozenset(load.rule for load in LOADS)
