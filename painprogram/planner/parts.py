"""A problem taken apart, so that each part can be solved to its end: what a plan costs at least.

A part is what some patients have in some weeks: their times alone, as if every room and colleague
were theirs. What costs across parts is left out, too. Therefore no plan costs less than its parts
do together, each at its best.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from painprogram.planner.contradictions import possible
from painprogram.planner.evaluate import monday
from painprogram.planner.problem import Lock, Place, Problem, Session, Wish, Wishes

ACROSS = (Wish.REGULAR, Wish.LEADERS, Wish.ROOMS, Wish.SPREAD, Wish.FAIR)
"""Counted over a whole series, or all that somebody does."""
EASED = (Wish.ISOLATED, Wish.COMPACT)
"""May cost less when a patient comes to one visit more; and are slow to bound."""


def parts(problem: Problem) -> Iterator[Problem]:
    """The parts, the largest first."""
    bringing = {key for c in problem.choices for o in c.options for key in o.sessions}
    groups: dict[int, list[Session]] = defaultdict(list)
    for number, session in zip(_joined(problem.sessions), problem.sessions, strict=True):
        groups[number].append(session)
    tied = _tied(problem)
    weights = {
        wish: weight
        for wish, weight in problem.wishes.weights.items()
        if wish not in ACROSS + EASED
    }
    for sessions in sorted(groups.values(), key=len, reverse=True):
        here = {session.key for session in sessions}
        orders = {n for key in here for n in tied.get(key, ())}
        yield Problem(
            tuple(_alone(each, bringing) for each in sessions),
            tuple(problem.resource[key] for key in sorted(_wanted(sessions))),
            orders=tuple(
                order
                for order in (problem.orders[n] for n in sorted(orders))
                if {order.first, order.second} <= here
            ),
            apart=tuple(
                pair for pair in problem.apart if pair.first in here and pair.second in here
            ),
            wishes=Wishes(weights, problem.wishes.nearby, problem.wishes.rest),
        )


def narrowed(problem: Problem, part: Problem) -> Problem:
    """*part* with the starts alone at which each session can have a room and leaders."""
    return replace(
        part,
        sessions=tuple(
            replace(
                each,
                starts=tuple(
                    start
                    for start in each.starts
                    if possible(problem, problem.session[each.key], start)
                ),
            )
            for each in part.sessions
        ),
    )


def least_trips(part: Problem) -> int:
    """What a part costs at least, without solving it: as many trips as its visits need."""
    visits = Counter(key for session in part.sessions for key in session.audience)
    found = 0
    for key, many in visits.items():
        unit = part.resource[key]
        found += max(1, unit.heads) * -(-many // (unit.most_per_day or many))
    return part.wishes.weight(Wish.TRIPS) * found


def least_of_choices(problem: Problem) -> int:
    """What the choices cost at least, each taken alone."""
    unwished, change = (problem.wishes.weight(wish) for wish in (Wish.CHOICES, Wish.CHANGES))
    return sum(
        min(
            (
                unwished * option.cost + change * (choice.today is not None and n != choice.today)
                for n, option in enumerate(choice.options)
                if choice.lock is None or n == choice.lock
            ),
            default=0,
        )
        for choice in problem.choices
    )


def _alone(session: Session, bringing: set[UUID]) -> Session:
    """*session* as far as its time goes, without room and leaders."""
    today, lock = session.today, session.lock
    return replace(
        session,
        starts=session.starts if lock.start is None else (lock.start,),
        today=None if today is None else Place(today.start),
        seats=None if session.key in bringing else session.seats,
        roles=(),
        rooms=(),
        lock=Lock(start=lock.start),
        series=None,
    )


def _joined(sessions: tuple[Session, ...]) -> list[int]:
    """By session the number of its part: together is what shares a patient in a week."""
    root = list(range(len(sessions)))

    def top(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    first: dict[tuple[UUID, object], int] = {}
    for n, session in enumerate(sessions):
        weeks = {monday(day) for day in {start.date() for start in session.starts}}
        for key in session.audience:
            for week in weeks:
                root[top(n)] = top(first.setdefault((key, week), n))
    return [top(n) for n in range(len(sessions))]


def _tied(problem: Problem) -> Mapping[UUID, list[int]]:
    found: dict[UUID, list[int]] = defaultdict(list)
    for n, order in enumerate(problem.orders):
        found[order.first].append(n)
    return found


def _wanted(sessions: list[Session]) -> set[UUID]:
    return {key for each in sessions for key in each.audience}
