"""A plan in words: what changes and why, what it costs by wish, who goes elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from painprogram import i18n
from painprogram.domain.plans import (
    CostLine,
    PlanChange,
    PlanChoice,
    PlanStanding,
    PlanWish,
)
from painprogram.domain.rules import Level
from painprogram.domain.sessions import Leader, Session
from painprogram.i18n import N_, _
from painprogram.planner.evaluate import Rule, evaluate
from painprogram.planner.problem import Place, Plan, Problem, Wish, Wishes
from painprogram.usecases.plan_facts import Facts
from painprogram.usecases.plan_judge import Judged, as_it_is, told, trips
from painprogram.usecases.plan_problem import Asked
from painprogram.usecases.plan_resources import patient_name

MOST_LOOKED_INTO = 12_000
"""Sessions times changes: beyond that nobody waits for every reason."""


def standing(facts: Facts, one: Session, place: Place) -> PlanStanding:
    """*one* at *place*; the leaders in the order they have, new ones last."""
    known = {leader.staff_id: leader for leader in one.leaders}
    order = {key: number for number, key in enumerate(known)}
    keys = sorted(place.leaders, key=lambda key: (order.get(key, len(order)), facts.names[key]))
    leaders = tuple(
        known.get(key) or Leader(key, facts.staff[key].name, facts.staff[key].profession)
        for key in keys
    )
    room = facts.names[place.room] if place.room else ""
    return PlanStanding(place.start, one.minutes, place.room, room, leaders)


def now(one: Session) -> PlanStanding:
    return PlanStanding(one.start, one.minutes, one.room_id, one.room_name, one.leaders)


# What changes


def changes(asked: Asked, judged: Judged) -> tuple[PlanChange, ...]:
    facts = asked.facts
    reasons = _Reasons(asked, judged)
    ordered = sorted(judged.places.items(), key=lambda each: (each[1].start, each[0]))
    found = []
    for number, (key, place) in enumerate(ordered, start=1):
        one = facts.sessions[key]
        found.append(
            PlanChange(
                number,
                key,
                one.centre_id,
                one.group_id,
                one.group_name,
                one.numbered_title,
                one.card_title,
                one.kind,
                now(one),
                standing(facts, one, place),
                reasons.of(key),
                len(judged.after.occasions[key].patients),
            )
        )
    return tuple(found)


_BETTER = {
    Wish.REGULAR: N_("So the series meets at the same time of the week."),
    Wish.LEADERS: N_("So the series keeps its leaders."),
    Wish.ROOMS: N_("So the series keeps its room."),
    Wish.TRIPS: N_("Fewer trips for the patients."),
    Wish.ISOLATED: N_("Closer to what the patients have on the same day."),
    Wish.COMPACT: N_("Shorter waits for the patients on the day."),
    Wish.REST: N_("A day of rest for the patients in between."),
    Wish.APART: N_("Not on the same day as what it should be apart from."),
    Wish.HOURS: N_("Suits the patients' times better."),
    Wish.FAIR: N_("Shares the work more evenly."),
    Wish.CHOICES: N_("Patients who have waited long get it earlier."),
    Wish.SEATS: N_("Fewer empty seats."),
    Wish.CROWDING: N_("The room has seats for all."),
}


class _Reasons:
    """Why each session moves: what stood against it, or what would be worse without."""

    def __init__(self, asked: Asked, judged: Judged) -> None:
        self.asked, self.judged = asked, judged
        self.near = len(asked.problem.sessions) * len(judged.places) <= MOST_LOOKED_INTO
        self.with_it = _counts(asked.problem, judged.plan)

    def of(self, key: UUID) -> str:
        if key in self.asked.troubled:
            return self.asked.troubled[key]
        if self.near:
            said = self._without(key)
            if said:
                return said
        return _("It fits better with the rest of the plan.")

    def _without(self, key: UUID) -> str:
        problem, plan = self.asked.problem, self.judged.plan
        back = replace(plan, places={**plan.places, key: self.asked.today.places[key]})
        judged = evaluate(problem, back)
        for breach in judged.breaches:
            other = breach.other if breach.session == key else breach.session
            if breach.rule is Rule.TWICE and other and other in self.judged.places:
                title = problem.session[other].title
                return _("Makes room for {title}.").format(title=title)
        weight = problem.wishes.weight
        counts = _counts(problem, back)
        worse = {
            wish: weight(wish) * (many - self.with_it.get(wish, 0))
            for wish, many in counts.items()
            if wish in _BETTER
        }
        most = max(worse, key=lambda wish: worse[wish], default=None)
        return _(_BETTER[most]) if most is not None and worse[most] > 0 else ""


def _counts(problem: Problem, plan: Plan) -> dict[Wish, int]:
    """What is counted against each wish, whatever it weighs."""
    plain = Wishes(dict.fromkeys(Wish, 1), problem.wishes.nearby)
    return dict(evaluate(replace(problem, wishes=plain), plan).costs)


# Choices


def choices(asked: Asked, judged: Judged) -> tuple[PlanChoice, ...]:
    found = []
    for key, number in judged.swaps.items():
        chosen = asked.choices[key]
        facts = asked.facts
        own = facts.sessions[chosen.own]
        target = chosen.others[number]
        before = chosen.others[asked.today.chosen.get(key, 0)]
        group = facts.groups[chosen.place.group_id].name
        found.append(
            PlanChoice(
                chosen.place.enrolment_id,
                patient_name(chosen.place.number, group),
                own.numbered_title,
                chosen.own,
                target,
                _("{before} → {after}").format(
                    before=_where(asked, judged, before), after=_where(asked, judged, target)
                ),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.title, one.patient)))


def _where(asked: Asked, judged: Judged, key: UUID) -> str:
    start = judged.after.occasions[key].start
    return _("{group}, {day} {time}").format(
        group=asked.facts.sessions[key].group_name,
        day=i18n.day_short(start.date()),
        time=i18n.clock(start),
    )


# What it costs


def lines(asked: Asked, judged: Judged) -> tuple[CostLine, ...]:
    """Clashes, patients who get to know of something, then what is counted for each wish."""
    before, after = as_it_is(asked.facts), judged.after
    keys = set(judged.places)
    for key, number in judged.swaps.items():
        keys |= {asked.choices[key].others[number], asked.choices[key].own}
    found = [
        CostLine(
            "blocks",
            _("Clashes that block"),
            before.counted[Level.BLOCKS],
            after.counted[Level.BLOCKS],
        ),
        CostLine(
            "acknowledge",
            _("To be acknowledged"),
            before.counted[Level.ACKNOWLEDGE],
            after.counted[Level.ACKNOWLEDGE],
        ),
        CostLine(
            "patients", _("Patients who get something new"), 0, len(told(after, before, keys))
        ),
    ]
    return (*found, *_wishes(asked, judged))


def _wishes(asked: Asked, judged: Judged) -> Iterator[CostLine]:
    before = _counts(asked.problem, asked.today)
    after = _counts(asked.problem, judged.plan)
    everybody = {who for key in asked.facts.sessions for who in _coming(asked, key)}
    for wish, importance in asked.facts.wishes.items():
        if not importance:
            continue
        then, later = before.get(Wish(wish.value), 0), after.get(Wish(wish.value), 0)
        if wish is PlanWish.TRIPS and everybody:
            then = trips(as_it_is(asked.facts), everybody)
            later = trips(judged.after, everybody)
        yield CostLine(wish.value, wish.counted, then, later, importance)


def _coming(asked: Asked, key: UUID) -> frozenset[UUID]:
    return asked.facts.occasions[key].patients


@dataclass(frozen=True, slots=True)
class Costs:
    """What a plan costs by the centre's weights, now and by the plan."""

    before: int
    after: int


def costs(asked: Asked, judged: Judged) -> Costs:
    return Costs(
        evaluate(asked.problem, asked.today).cost, evaluate(asked.problem, judged.plan).cost
    )
