"""Which parallel session a patient gets, where not every time suits."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from painprogram.planner.problem import Choice, Option
from painprogram.usecases.plan_facts import Facts, PlaceFacts
from painprogram.usecases.plan_resources import NAMES, patient_name

LONG_WAIT = 60
"""Days."""
ELSEWHERE = 2
"""What it costs to go to another group: less than a time that does not suit, more than a trip."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice of the planner's means: this place, this session, and where else."""

    place: PlaceFacts
    own: UUID
    others: tuple[UUID, ...]
    """By the number of the option: the own one first."""


def choices(
    facts: Facts, here: Collection[UUID], movable: Collection[UUID]
) -> Iterator[tuple[UUID, Chosen]]:
    """Patients whom not every time suits: where else they could go.

    What a person has swapped or left out stays so.
    """
    alike: dict[tuple[str, str, str, int], list[UUID]] = defaultdict(list)
    for key in sorted(here):
        one = facts.sessions[key]
        programme = facts.groups[one.group_id].content.key
        alike[programme, one.strand, one.module, one.number].append(key)
    for place in facts.places:
        if not facts.times_not.get(place.patient_id):
            continue
        for keys in alike.values():
            own = next((k for k in keys if facts.sessions[k].group_id == place.group_id), None)
            others = [k for k in keys if facts.sessions[k].group_id != place.group_id]
            if own is None or not others:
                continue
            differs = (place.enrolment_id, own) in facts.differing
            comes = place.patient_id in facts.occasions[own].patients
            if comes and not differs and {own, *others} & set(movable):
                key = uuid5(NAMES, f"choice {place.enrolment_id} {own}")
                yield key, Chosen(place, own, (own, *others))


def choosing(
    facts: Facts, chosen: Mapping[UUID, Chosen], party_of: Mapping[UUID, UUID]
) -> Iterator[Choice]:
    """As the planner asks: another group costs a little, waiting for it more."""
    for key, one in chosen.items():
        starts = [facts.sessions[each].start.date() for each in one.others]
        waited = (facts.first - one.place.since).days
        dear = 2 if waited > LONG_WAIT else 1
        options = tuple(
            Option(
                (each,),
                dear * max(0, (start - starts[0]).days // 7) + ELSEWHERE * (each != one.own),
            )
            for each, start in zip(one.others, starts, strict=True)
        )
        group = facts.groups[one.place.group_id].name
        yield Choice(
            key,
            f"{facts.occasions[one.own].title}: {patient_name(one.place.number, group)}",
            party_of[one.place.patient_id],
            options,
        )
