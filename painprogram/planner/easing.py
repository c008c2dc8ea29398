"""One thing let go of, so that a session can stand where something is against it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from painprogram import i18n
from painprogram.i18n import _
from painprogram.planner.against import Around
from painprogram.planner.evaluate import Breach, Rule
from painprogram.planner.problem import Lock, Place, Plan, Problem, Resource, Session, Span


@dataclass(frozen=True, slots=True)
class Step:
    """A change in words, and what it is: which rule gives way, for what, about whom."""

    said: str
    rule: Rule
    session: UUID
    about: UUID | None = None
    other: UUID | None = None
    """The session that moves, or need not come before or after."""
    span: Span | None = None
    """The time at which *about* must be had."""
    place: Place | None = None
    """Where *other* moves to."""


Eased = tuple[Step, Problem, Plan]


def without(problem: Problem, plan: Plan, session: Session, breach: Breach) -> Eased | None:
    """One thing changed so that *breach* is gone: what, and the problem and plan then."""
    about = problem.resource.get(breach.about) if breach.about else None
    if breach.rule is Rule.ABSENT and about:
        return _there(problem, plan, session, about)
    if breach.rule is Rule.TOO_MANY and about:
        return _one_more(problem, plan, session, about)
    if breach.rule is Rule.LOCK:
        said = _("{title} is unlocked").format(title=session.title)
        step = Step(said, Rule.LOCK, session.key)
        return step, with_session(problem, replace(session, lock=Lock())), plan
    if breach.rule is Rule.ORDER:
        return _unordered(problem, plan, breach)
    if breach.rule is Rule.TWICE and breach.other:
        return _moved(problem, plan, session, breach)
    return None


def _there(problem: Problem, plan: Plan, session: Session, about: Resource) -> Eased:
    span = session.with_buffers(plan.places[session.key].start)
    said = _("{name} can be had {when}").format(name=about.name, when=_span(span))
    step = Step(said, Rule.ABSENT, session.key, about.key, span=span)
    return step, _with(problem, about, replace(about, absent=tuple(_cut(about.absent, span)))), plan


def _one_more(problem: Problem, plan: Plan, session: Session, about: Resource) -> Eased:
    start = plan.places[session.key].start
    said = _("{name} takes one session more on {day}, or in that week").format(
        name=about.name, day=i18n.day_short(start.date())
    )
    step = Step(said, Rule.TOO_MANY, session.key, about.key)
    return step, _with(problem, about, _stretched(about)), plan


def _unordered(problem: Problem, plan: Plan, breach: Breach) -> Eased:
    pair = {breach.session, breach.other}
    left = tuple(each for each in problem.orders if {each.first, each.second} != pair)
    said = _("{title} need not come after {other}").format(
        title=problem.session[breach.session].title,
        other=problem.session[breach.other].title if breach.other else "",
    )
    step = Step(said, Rule.ORDER, breach.session, other=breach.other)
    return step, replace(problem, orders=left), plan


def _moved(problem: Problem, plan: Plan, session: Session, breach: Breach) -> Eased | None:
    """The session in the way at another place, the one nearest to where it stands."""
    key = breach.other if breach.session == session.key else breach.session
    if key is None or key not in plan.places:
        return None
    other, now = problem.session[key], plan.places[key]
    free = [
        place
        for place, against in Around(problem, plan, key).places(other)
        if not against and place != now and other.lock.leaders in (None, place.leaders)
    ]
    if not free:
        return None
    place = min(free, key=lambda each: (abs(each.start - now.start), each.start))
    said = _("{title} moves to {when}").format(title=other.title, when=when(place.start))
    if place.start == now.start:
        said = _("{title} gets another room or another leader").format(title=other.title)
    step = Step(said, Rule.TWICE, session.key, breach.about, key, place=place)
    return step, problem, replace(plan, places={**plan.places, key: place})


# For a choice


def without_limit(problem: Problem, plan: Plan, key: UUID, breach: Breach) -> Eased | None:
    """The same for what stands against the choice *key*."""
    if breach.rule is Rule.SEATS and breach.about is None:
        session = problem.session[breach.session]
        said = _("{title} takes one participant more").format(title=session.title)
        more = replace(session, seats=(session.seats or 0) + 1)
        return Step(said, Rule.SEATS, session.key), with_session(problem, more), plan
    if breach.rule is Rule.QUOTA:
        said = _("a centre gets one seat more in {title}").format(
            title=problem.session[breach.session].title
        )
        patient = next(each.patient for each in problem.choices if each.key == key)
        quotas = tuple(
            replace(each, most=each.most + 1)
            if each.session == breach.session and patient in each.patients
            else each
            for each in problem.quotas
        )
        return Step(said, Rule.QUOTA, breach.session), replace(problem, quotas=quotas), plan
    if breach.rule is Rule.LOCK and breach.session == key:
        choices = tuple(replace(c, lock=None) if c.key == key else c for c in problem.choices)
        title = next(each.title for each in problem.choices if each.key == key)
        step = Step(_("{title} is unlocked").format(title=title), Rule.LOCK, key)
        return step, replace(problem, choices=choices), plan
    if breach.rule in (Rule.ABSENT, Rule.TOO_MANY) and breach.session in plan.places:
        return without(problem, plan, problem.session[breach.session], breach)
    return None


# Parts


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


def with_session(problem: Problem, new: Session) -> Problem:
    sessions = tuple(new if each.key == new.key else each for each in problem.sessions)
    return replace(problem, sessions=sessions)


def when(start: datetime) -> str:
    return f"{i18n.day_short(start.date())} {i18n.clock(start)}"


def _span(span: Span) -> str:
    return f"{i18n.day_short(span.start.date())} {i18n.clock_range(span.start, span.end)}"
