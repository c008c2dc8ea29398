"""Why a session has no place, and the smallest change that would give it one.

Every place the session might have is looked at. What stands against the place that is nearest to
possible is changed, one thing after another; the change is applied, judged by the evaluator, and
is named only if the plan is then sound.
"""

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID

from painprogram.domain.progress import Progress
from painprogram.i18n import N_, _
from painprogram.planner.against import Around
from painprogram.planner.easing import Step, without, without_limit
from painprogram.planner.evaluate import Breach, Rule, evaluate, monday
from painprogram.planner.problem import Choice, Lock, Option, Place, Plan, Problem, Session

__all__ = ["Explanation", "Step", "Way", "explain"]

MOST_WAYS = 3
MOST_CHANGES = 3
MOST_TRIED = 40
"""Places looked at more closely, those with the least against them first."""


@dataclass(frozen=True)
class Way:
    """Changes that give the session a place, and what is then: it has been tried."""

    place: Place
    changes: tuple[str, ...]
    problem: Problem
    plan: Plan
    steps: tuple[Step, ...] = ()
    """The changes as values."""


@dataclass(frozen=True)
class Explanation:
    """What stands against a session: sentences, the commonest first; and the ways out."""

    session: UUID
    against: tuple[str, ...]
    ways: tuple[Way, ...]


def explain(
    problem: Problem, plan: Plan, key: UUID, progress: Progress | None = None
) -> Explanation:
    """Why the session *key* of *problem* has no place in *plan*; or the choice, no option.

    Stopped by *progress*, it answers with the ways found so far.
    """
    choice = next((each for each in problem.choices if each.key == key), None)
    if choice is not None:
        return _explain_choice(problem, plan, choice)
    session = problem.session[key]
    open_session = replace(session, lock=Lock())
    tried = []
    counted: Counter[str] = Counter()
    around = Around(problem, plan, key)
    stopped = progress or Progress()
    for place, quick in around.places(open_session):
        locked = not _fits(session.lock, place)
        breaches = (*quick, Breach(Rule.LOCK, key)) if locked else quick
        tried.append((place, breaches))
        counted.update({_against(problem, breach) for breach in breaches})
        if stopped.is_cancelled:
            break
    tried.sort(key=lambda each: (len(each[1]), each[0].start))
    ways: list[Way] = []
    for place, breaches in tried[:MOST_TRIED]:
        enough = len(ways) >= MOST_WAYS or (ways and len(breaches) > len(ways[0].changes))
        if enough or stopped.is_cancelled:
            break
        if len(breaches) <= MOST_CHANGES:
            way = _way(problem, plan, session, place)
            if way is not None and way.changes not in [known.changes for known in ways]:
                ways.append(way)
    ways.sort(key=lambda way: len(way.changes))
    return Explanation(key, tuple(said for said, _many in counted.most_common()), tuple(ways))


def _fits(lock: Lock, place: Place) -> bool:
    return (
        lock.start in (None, place.start)
        and lock.room in (None, place.room)
        and lock.leaders in (None, place.leaders)
    )


def _around(problem: Problem, plan: Plan, session: Session, place: Place) -> tuple[Problem, Plan]:
    """*session* at *place*, with what of the plan could matter to it: its week, its orders."""
    week = monday(place.start.date())
    tied = {
        key
        for order in problem.orders
        if session.key in (order.first, order.second)
        for key in (order.first, order.second)
    }
    near = {
        key: held
        for key, held in plan.places.items()
        if key != session.key and (monday(held.start.date()) == week or key in tied)
    }
    near[session.key] = place
    return _cut_to(problem, {session.key, *near}), replace(plan, places=near)


def _cut_to(problem: Problem, keys: set[UUID]) -> Problem:
    """What *problem* says of these sessions alone."""
    return replace(
        problem,
        sessions=tuple(each for each in problem.sessions if each.key in keys),
        orders=tuple(o for o in problem.orders if o.first in keys and o.second in keys),
        apart=(),
        choices=tuple(
            replace(
                choice,
                options=tuple(
                    Option(tuple(key for key in option.sessions if key in keys), option.cost)
                    for option in choice.options
                ),
            )
            for choice in problem.choices
        ),
        quotas=tuple(each for each in problem.quotas if each.session in keys),
    )


def _way(problem: Problem, plan: Plan, session: Session, place: Place) -> Way | None:
    """The changes that make *place* possible, applied; None where they do not."""
    part, near = _around(problem, plan, session, place)
    breaches = evaluate(part, near).breaches
    if len(breaches) > MOST_CHANGES:
        return None
    steps: list[Step] = []
    held = replace(plan, places={**plan.places, session.key: place})
    for breach in breaches:
        changed = without(problem, held, session, breach)
        if changed is None:
            return None
        step, problem, held = changed
        steps.append(step)
    return _checked(place, steps, problem, held)


def _checked(place: Place, steps: list[Step], problem: Problem, held: Plan) -> Way | None:
    if evaluate(problem, held).breaches:
        return None
    distinct = tuple({step.said: step for step in steps}.values())
    return Way(place, tuple(step.said for step in distinct), problem, held, distinct)


# A choice


def _explain_choice(problem: Problem, plan: Plan, choice: Choice) -> Explanation:
    """The same for each option of a patient."""
    counted: Counter[str] = Counter()
    ways: list[Way] = []
    for number, option in enumerate(choice.options):
        held = replace(plan, chosen={**plan.chosen, choice.key: number})
        breaches = evaluate(*_about(problem, held, choice, option)).breaches
        counted.update({_against(problem, breach) for breach in breaches})
        changed, steps, now = problem, [], held
        for breach in breaches:
            eased = without_limit(changed, now, choice.key, breach)
            if eased is None:
                break
            step, changed, now = eased
            steps.append(step)
        else:
            first = problem.session[option.sessions[0]] if option.sessions else None
            place = plan.places.get(first.key) if first else None
            if place is None and first is not None and first.starts:
                place = Place(first.starts[0])
            way = _checked(place, steps, changed, now) if place else None
            if way and way.changes not in [known.changes for known in ways]:
                ways.append(way)
    ways.sort(key=lambda way: len(way.changes))
    said = tuple(said for said, _many in counted.most_common())
    return Explanation(choice.key, said, tuple(ways[:MOST_WAYS]))


def _about(problem: Problem, held: Plan, choice: Choice, option: Option) -> tuple[Problem, Plan]:
    """What the option and the patient's other visits have to do with each other."""
    coming = held.participants(problem)
    keys = set(option.sessions) | {k for k, who in coming.items() if choice.patient in who}
    places = {key: place for key, place in held.places.items() if key in keys}
    return _cut_to(problem, keys), replace(held, places=places)


# In words

_AGAINST = {
    Rule.START: N_("the time is not offered"),
    Rule.ROOM: N_("the room will not do"),
    Rule.LEADERS: N_("the leaders may not lead it"),
    Rule.LOCK: N_("it is locked"),
    Rule.TWICE: N_("several participants are taken"),
    Rule.ABSENT: N_("{name} can't be had"),
    Rule.TOO_MANY: N_("{name} can take no more sessions"),
    Rule.ORDER: N_("{title} must come after {other}"),
    Rule.SEATS: N_("there are more participants than seats"),
    Rule.CHOICE: N_("a choice is not there"),
    Rule.QUOTA: N_("the seats of a centre are taken"),
}


def _against(problem: Problem, breach: Breach) -> str:
    """What a breach says about the session that it stands against, without a time."""
    titled = {each.key: each.title for each in problem.choices}
    known = problem.session.get(breach.session)
    names = {
        "name": problem.resource[breach.about].name if breach.about else "",
        "title": known.title if known else titled.get(breach.session, ""),
        "other": problem.session[breach.other].title if breach.other else "",
    }
    if breach.rule is Rule.TWICE and breach.about:
        return _("{name} is taken").format(**names)
    return _(_AGAINST[breach.rule]).format(**names)
