"""What makes a problem impossible, seen before solving and said with the way out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from uuid import UUID

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.planner.problem import Choice, Problem, Resource, Role, Session

MOST_SAID = 5
"""More sentences than these help nobody."""


def check(problem: Problem) -> None:
    """Refuse a problem that has no answer, and say why."""
    found = contradictions(problem)
    if found:
        raise Refused("\n".join(found[:MOST_SAID]))


def contradictions(problem: Problem) -> tuple[str, ...]:
    """Sentences about what can't be, each with the way out; empty where nothing is seen."""
    _check_keys(problem)
    rules = (
        impossible_sessions,
        contradicting_locks,
        overloading_locks,
        circular_orders,
        impossible_orders,
        impossible_choices,
        overfull_choices,
    )
    return tuple(dict.fromkeys(said for rule in rules for said in rule(problem)))


def _check_keys(problem: Problem) -> None:
    """A key that is doubled or leads nowhere is a fault of the caller, not of the user."""
    for named in (problem.sessions, problem.resources, problem.series, problem.choices):
        doubled = [key for key, many in Counter(each.key for each in named).items() if many > 1]
        if doubled:
            raise ValueError(f"doubled keys: {doubled}")
    series = {each.key for each in problem.series}
    wanted: set[UUID] = set()
    for session in problem.sessions:
        wanted |= {*session.audience, *session.rooms}
        wanted |= {key for role in session.roles for key in role.candidates}
        if session.series is not None and session.series not in series:
            raise ValueError(f"unknown series of {session.key}")
    wanted |= {choice.patient for choice in problem.choices}
    met = {key for each in problem.orders for key in (each.first, each.second)}
    met |= {key for each in problem.apart for key in (each.first, each.second)}
    met |= {key for c in problem.choices for option in c.options for key in option.sessions}
    met |= {quota.session for quota in problem.quotas}
    unknown = (wanted - problem.resource.keys()) | (met - problem.session.keys())
    if unknown:
        raise ValueError(f"unknown keys: {sorted(unknown)}")


def impossible_sessions(problem: Problem) -> Iterator[str]:
    """Sessions that nobody may lead, that fit in no room, or have no time at which all can."""
    for session in problem.sessions:
        said = list(_without_means(problem, session))
        yield from said or _without_time(problem, session)


def _without_means(problem: Problem, session: Session) -> Iterator[str]:
    for role in session.roles:
        if len(role.candidates) < role.many:
            yield _(
                "{title}: nobody may lead it as {role}. Add a colleague who may, "
                "or change what the module needs."
            ).format(title=session.title, role=role.name)
    heads = session.heads + sum(problem.resource[key].heads for key in session.audience)
    if session.seats is not None and heads > session.seats:
        yield _("{title}: {many} are expected and {seats} may take part. Raise the limit.").format(
            title=session.title, many=heads, seats=session.seats
        )
    roomy = [key for key in session.rooms if problem.resource[key].seats >= heads]
    if session.rooms and not roomy and not session.crowding:
        yield _("{title}: no room has seats for {many}. Add a room, or divide the group.").format(
            title=session.title, many=heads
        )
    lock = session.lock
    if lock.start is not None and lock.start not in session.starts:
        yield _("{title} is locked to {when}, when it can't be. Unlock it, or move it.").format(
            title=session.title, when=_when(lock.start)
        )
    if lock.room is not None and lock.room not in session.rooms:
        yield _("{title} is locked to a room that will not do. Unlock it.").format(
            title=session.title
        )
    if lock.leaders is not None and not fills(session.roles, lock.leaders):
        yield _("{title} is locked to leaders who may not lead it. Unlock it.").format(
            title=session.title
        )


def _without_time(problem: Problem, session: Session) -> Iterator[str]:
    starts = _starts(session)
    if any(possible(problem, session, start) for start in starts):
        return
    for key in session.audience:
        patient = problem.resource[key]
        if starts and not any(_here(patient, session, start) for start in starts):
            yield _(
                "{name} can't come at any time of {title}. Widen the times, or take {name} out."
            ).format(name=patient.name, title=session.title)
            return
    for role in session.roles:
        people = [problem.resource[key] for key in role.candidates]
        if starts and not any(_enough(people, role.many, session, start) for start in starts):
            yield _(
                "{title}: nobody who may lead it as {role} is there at any of its times. "
                "Widen the times, or add a colleague."
            ).format(title=session.title, role=role.name)
            return
    yield _(
        "{title}: there is no time at which everyone it needs and a room are there. "
        "Widen the times."
    ).format(title=session.title)


def _starts(session: Session) -> tuple[datetime, ...]:
    return session.starts if session.lock.start is None else (session.lock.start,)


def _here(resource: Resource, session: Session, start: datetime) -> bool:
    """Whether *resource* can be had for *session* at *start*, by its own absences."""
    return not any(span.overlaps(start, session.end(start)) for span in resource.absent)


def _free(resource: Resource, session: Session, start: datetime) -> bool:
    """The same with buffers, as a leader or a room is wanted."""
    taken = session.with_buffers(start)
    return not any(span.overlaps(taken.start, taken.end) for span in resource.absent)


def _enough(people: Iterable[Resource], many: int, session: Session, start: datetime) -> bool:
    return sum(_free(each, session, start) for each in people) >= many


def possible(problem: Problem, session: Session, start: datetime) -> bool:
    """Whether everyone and a room could be there, were nothing else to be placed."""
    lock, known = session.lock, problem.resource
    rooms = session.rooms if lock.room is None else (lock.room,)
    heads = session.heads + sum(known[key].heads for key in session.audience)
    return (
        all(_here(known[key], session, start) for key in session.audience)
        and (
            not rooms
            or any(
                _free(known[key], session, start)
                and (session.crowding or known[key].seats >= heads)
                for key in rooms
            )
        )
        and all(
            _enough([known[key] for key in role.candidates], role.many, session, start)
            for role in session.roles
        )
        and all(_free(known[key], session, start) for key in lock.leaders or ())
    )


def fills(roles: tuple[Role, ...], leaders: frozenset[UUID]) -> bool:
    """Whether *leaders* fill all roles, each leader one, and nobody is left over.

    >>> anna, bo = UUID(int=1), UUID(int=2)
    >>> roles = Role("physician", (anna, bo)), Role("pharmacist", (bo,))
    >>> fills(roles, frozenset({anna, bo})), fills(roles, frozenset({bo}))
    (True, False)
    """
    if len(leaders) != sum(role.many for role in roles):
        return False
    if not roles:
        return True
    first, *rest = roles
    fitting = sorted(leaders & set(first.candidates))
    return any(
        fills(tuple(rest), leaders - set(some)) for some in combinations(fitting, first.many)
    )


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A session whose start is locked, and what it then takes for certain."""

    session: Session
    start: datetime

    def clashes(self, other: "_Fixed") -> bool:
        one, two = self.session, other.session
        if set(one.audience) & set(two.audience) and (
            self.start < two.end(other.start) and other.start < one.end(self.start)
        ):
            return True
        mine, theirs = one.with_buffers(self.start), two.with_buffers(other.start)
        same_room = one.lock.room is not None and one.lock.room == two.lock.room
        shared = (one.lock.leaders or frozenset()) & (two.lock.leaders or frozenset())
        return bool(same_room or shared) and mine.overlaps(theirs.start, theirs.end)


def contradicting_locks(problem: Problem) -> Iterator[str]:
    """Pairs of locked sessions that can't both stand."""
    fixed = {
        each.key: _Fixed(each, each.lock.start)
        for each in problem.sessions
        if each.lock.start is not None
    }
    by_start = sorted(fixed.values(), key=lambda each: (each.start, each.session.title))
    for number, one in enumerate(by_start):
        reach = one.session.with_buffers(one.start).end
        for two in by_start[number + 1 :]:
            if two.session.with_buffers(two.start).start.date() > reach.date():
                break
            if one.clashes(two):
                yield _(
                    "{title} and {other} are locked to the same time, {when}, and need the same "
                    "people or room. Unlock one of them."
                ).format(title=one.session.title, other=two.session.title, when=_when(two.start))
    for order in problem.orders:
        if order.first in fixed and order.second in fixed:
            first, second = fixed[order.first], fixed[order.second]
            between = second.start - first.session.end(first.start)
            if between < order.least or (order.most is not None and between > order.most):
                yield _(
                    "{other} must come after {title} and is locked to {when}. Unlock one of them."
                ).format(
                    title=first.session.title,
                    other=second.session.title,
                    when=_when(second.start),
                )


def overloading_locks(problem: Problem) -> Iterator[str]:
    """Whoever has more locked sessions on a day than they can take."""
    counted: Counter[tuple[UUID, date]] = Counter()
    for session in problem.sessions:
        if session.lock.start is None:
            continue
        room = () if session.lock.room is None else (session.lock.room,)
        for key in {*session.audience, *(session.lock.leaders or ()), *room}:
            counted[key, session.lock.start.date()] += 1
    for (key, day), many in sorted(counted.items(), key=lambda each: each[0][1]):
        resource = problem.resource[key]
        if resource.most_per_day is not None and many > resource.most_per_day:
            yield _(
                "{name} has {many} locked sessions on {day} and can take {most}. "
                "Unlock one, or raise the limit."
            ).format(
                name=resource.name,
                many=many,
                day=i18n.day_short(day),
                most=resource.most_per_day,
            )


def impossible_orders(problem: Problem) -> Iterator[str]:
    """Two sessions whose times can't come in their order, or not near enough."""
    for order in problem.orders:
        first, second = problem.session[order.first], problem.session[order.second]
        early, late = _starts(first), _starts(second)
        if not early or not late or (first.lock.start and second.lock.start):
            continue
        if max(late) - first.end(min(early)) < order.least:
            yield _(
                "{other} must come after {title}, and has no time late enough. "
                "Widen the times, or drop the rule."
            ).format(title=first.title, other=second.title)
        elif order.most is not None and min(late) - first.end(max(early)) > order.most:
            yield _(
                "{other} must come soon after {title}, and has no time early enough. "
                "Widen the times, or drop the rule."
            ).format(title=first.title, other=second.title)


def circular_orders(problem: Problem) -> Iterator[str]:
    """Sessions that would each have to come before the other."""
    graph: dict[UUID, set[UUID]] = {}
    for order in problem.orders:
        graph.setdefault(order.second, set()).add(order.first)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        titles = [problem.session[key].title for key in error.args[1][1:]]
        yield _(
            "These must each come before the next, in a circle: {titles}. Drop one rule."
        ).format(titles=", ".join(titles))


def impossible_choices(problem: Problem) -> Iterator[str]:
    """Patients who can't take any of the ways that are offered to them."""
    for choice in problem.choices:
        offered = choice.options
        if choice.lock is not None:
            offered = offered[choice.lock : choice.lock + 1]
        patient = problem.resource[choice.patient]
        if not any(
            all(
                any(_here(patient, one, start) for start in _starts(one))
                for one in (problem.session[key] for key in option.sessions)
            )
            for option in offered
        ):
            yield _(
                "{name} can't come to any of the sessions offered for {title}. "
                "Offer another, or ask {name} for more times."
            ).format(name=patient.name, title=choice.title)


def overfull_choices(problem: Problem) -> Iterator[str]:
    """More patients who must take one of the same options than these have seats."""
    wanting: dict[tuple[tuple[UUID, ...], ...], list[Choice]] = {}
    for choice in problem.choices:
        options = choice.options
        if choice.lock is not None:
            options = options[choice.lock : choice.lock + 1]
        wanting.setdefault(tuple(option.sessions for option in options), []).append(choice)
    for ways, choices in wanting.items():
        seats = [_seats_left(problem, sessions) for sessions in ways]
        left = sum(each for each in seats if each is not None)
        heads = sum(problem.resource[choice.patient].heads for choice in choices)
        if ways and None not in seats and heads > left:
            yield _(
                "{title}: {many} must have a place and there are {seats}. "
                "Raise the limit, or offer another time."
            ).format(title=choices[0].title, many=heads, seats=left)


def _seats_left(problem: Problem, sessions: tuple[UUID, ...]) -> int | None:
    """How many more can come to all of *sessions*; None where nothing limits it."""
    found: list[int] = []
    for session in (problem.session[key] for key in sessions):
        heads = session.heads + sum(problem.resource[key].heads for key in session.audience)
        if session.seats is not None:
            found.append(session.seats - heads)
        if session.rooms and not session.crowding:
            found.append(max(problem.resource[key].seats for key in session.rooms) - heads)
    return max(0, min(found)) if found else None


def _when(start: datetime) -> str:
    return f"{i18n.day_short(start.date())} {i18n.clock(start)}"
