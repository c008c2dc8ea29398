"""Why a session has no place, and the smallest change that would give it one.

Every place the session might have is tried, and judged by the evaluator. What stands against the
place that is nearest to possible is changed, one thing after another; the change is applied, and
is named only if the plan is then sound.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from uuid import UUID

from painprogram import i18n
from painprogram.i18n import N_, _
from painprogram.planner.evaluate import Breach, Rule, evaluate, monday
from painprogram.planner.problem import Lock, Place, Plan, Problem, Resource, Session, Span
from painprogram.planner.tables import teams

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


@dataclass(frozen=True)
class Explanation:
    """What stands against a session: sentences, the commonest first; and the ways out."""

    session: UUID
    against: tuple[str, ...]
    ways: tuple[Way, ...]


def explain(problem: Problem, plan: Plan, key: UUID) -> Explanation:
    """Why the session *key* of *problem* has no place in *plan*."""
    session = problem.session[key]
    open_session = replace(session, lock=Lock())
    tried: list[tuple[Place, tuple[Breach, ...]]] = []
    counted: Counter[str] = Counter()
    for place in places(open_session):
        part, held = _around(problem, plan, session, place)
        breaches = evaluate(part, held).breaches
        tried.append((place, breaches))
        counted.update({_against(problem, breach) for breach in breaches})
    tried.sort(key=lambda each: (len(each[1]), each[0].start))
    ways: list[Way] = []
    for place, breaches in tried[:MOST_TRIED]:
        if len(ways) >= MOST_WAYS or (ways and len(breaches) > len(ways[0].changes)):
            break
        if len(breaches) <= MOST_CHANGES:
            way = _way(problem, plan, session, place, breaches)
            if way is not None and way.changes not in [known.changes for known in ways]:
                ways.append(way)
    ways.sort(key=lambda way: len(way.changes))
    return Explanation(key, tuple(said for said, _many in counted.most_common()), tuple(ways))


def places(session: Session) -> Iterator[Place]:
    """Every place that *session* may have."""
    rooms: tuple[UUID | None, ...] = session.rooms or (None,)
    for start, room, leaders in product(session.starts, rooms, teams(session)):
        yield Place(start, room, leaders)


def _around(problem: Problem, plan: Plan, session: Session, place: Place) -> tuple[Problem, Plan]:
    """*session* at *place*, with what of the plan could matter to it: its week, its orders."""
    week = monday(place.start.date())
    tied = {key for order in problem.orders for key in (order.first, order.second)}
    near = {
        key: held
        for key, held in plan.places.items()
        if key != session.key and (monday(held.start.date()) == week or key in tied)
    }
    near[session.key] = place
    wanted = {session.key, *near}
    wanted |= {key for c in problem.choices for o in c.options for key in o.sessions}
    sessions = tuple(each for each in problem.sessions if each.key in wanted)
    return replace(problem, sessions=sessions), replace(plan, places=near)


# One change after another


def _way(
    problem: Problem, plan: Plan, session: Session, place: Place, breaches: tuple[Breach, ...]
) -> Way | None:
    """The changes that make *place* possible, applied; None where they do not."""
    changes: list[str] = []
    held = replace(plan, places={**plan.places, session.key: place})
    for breach in breaches:
        changed = _without(problem, held, session, breach)
        if changed is None:
            return None
        said, problem, held = changed
        changes.append(said)
    if evaluate(problem, held).breaches:
        return None
    return Way(place, tuple(dict.fromkeys(changes)), problem, held)


def _without(
    problem: Problem, plan: Plan, session: Session, breach: Breach
) -> tuple[str, Problem, Plan] | None:
    """One thing changed so that *breach* is gone: what, and the problem and plan then."""
    place = plan.places[session.key]
    about = problem.resource.get(breach.about) if breach.about else None
    if breach.rule is Rule.ABSENT and about:
        span = session.with_buffers(place.start)
        said = _("{name} can be had {when}").format(name=about.name, when=_span(span))
        there = replace(about, absent=tuple(_cut(about.absent, span)))
        return said, _with(problem, about, there), plan
    if breach.rule is Rule.TOO_MANY and about:
        said = _("{name} takes one session more on {day}, or in that week").format(
            name=about.name, day=i18n.day_short(place.start.date())
        )
        return said, _with(problem, about, _stretched(about)), plan
    if breach.rule is Rule.LOCK:
        said = _("{title} is unlocked").format(title=session.title)
        return said, _with_session(problem, replace(session, lock=Lock())), plan
    if breach.rule is Rule.ORDER:
        pair = {breach.session, breach.other}
        left = tuple(each for each in problem.orders if {each.first, each.second} != pair)
        said = _("{title} need not come after {other}").format(
            title=problem.session[breach.session].title,
            other=problem.session[breach.other].title if breach.other else "",
        )
        return said, replace(problem, orders=left), plan
    if breach.rule is Rule.TWICE and breach.other:
        return _moved(problem, plan, session, breach)
    return None


def _moved(
    problem: Problem, plan: Plan, session: Session, breach: Breach
) -> tuple[str, Problem, Plan] | None:
    """The session in the way at another place, the one nearest to where it stands."""
    key = breach.other if breach.session == session.key else breach.session
    if key is None or key not in plan.places:
        return None
    other, now = problem.session[key], plan.places[key]
    for place in sorted(places(other), key=lambda each: abs(each.start - now.start)):
        part, held = _around(problem, plan, other, place)
        if place != now and not any(
            key in (b.session, b.other) for b in evaluate(part, held).breaches
        ):
            said = _("{title} moves to {when}").format(title=other.title, when=_when(place.start))
            if place.start == now.start:
                said = _("{title} gets another room or another leader").format(title=other.title)
            return said, problem, replace(plan, places={**plan.places, key: place})
    return None


def _cut(spans: tuple[Span, ...], out: Span) -> Iterator[Span]:
    """*spans* without the time from *out*."""
    for span in spans:
        if not span.overlaps(out.start, out.end):
            yield span
            continue
        if span.start < out.start:
            yield Span(span.start, out.start)
        if out.end < span.end:
            yield Span(out.end, span.end)


def _stretched(resource: Resource) -> Resource:
    day, week = resource.most_per_day, resource.most_per_week
    return replace(
        resource,
        most_per_day=None if day is None else day + 1,
        most_per_week=None if week is None else week + 1,
    )


def _with(problem: Problem, old: Resource, new: Resource) -> Problem:
    return replace(problem, resources=tuple(new if r is old else r for r in problem.resources))


def _with_session(problem: Problem, new: Session) -> Problem:
    sessions = tuple(new if each.key == new.key else each for each in problem.sessions)
    return replace(problem, sessions=sessions)


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
    names = {
        "name": problem.resource[breach.about].name if breach.about else "",
        "title": problem.session[breach.session].title,
        "other": problem.session[breach.other].title if breach.other else "",
    }
    if breach.rule is Rule.TWICE and breach.about:
        return _("{name} is taken").format(**names)
    return _(_AGAINST[breach.rule]).format(**names)


def _when(start: datetime) -> str:
    return f"{i18n.day_short(start.date())} {i18n.clock(start)}"


def _span(span: Span) -> str:
    return f"{i18n.day_short(span.start.date())} {i18n.clock_range(span.start, span.end)}"
