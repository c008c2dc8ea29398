"""Several proposals for one problem that are really different from each other.

Two proposals are compared by the sessions that either of them places otherwise than the plan of
today, and of those at least ``SHARE`` stand at another time or with other leaders; or in another
room, where only that is open. None leaves out more than the best, or costs more than it by
``DISTANCE`` of its cost or ``LEEWAY`` of the heaviest wish, whichever is more. What can't keep
that is not proposed: there may be fewer than were asked for.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from painprogram.domain.progress import Progress
from painprogram.planner.contradictions import check
from painprogram.planner.evaluate import evaluate
from painprogram.planner.problem import Lock, Place, Plan, Problem, Session
from painprogram.planner.solve import USUAL, Effort, Proposal, Search
from painprogram.planner.tables import NOTHING_SHUNNED, Shun
from painprogram.planner.watching import Standing, Watch

SHARE = 0.25
DISTANCE = 0.25
LEEWAY = 2
FIRST = 0.4
"""Of the effort, for the first proposal; the others share the rest."""
DRAFTS = 3
"""Times that the wish to be different is made stronger."""
STRONGER = 8
LEAST_SECONDS = 0.2
DRAFTING = 0.6
"""Of what is left of a proposal's effort, for its next draft."""


def alternatives(
    problem: Problem,
    count: int = 3,
    effort: Effort = USUAL,
    seed: int = 1,
    start: Plan | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> tuple[Proposal, ...]:
    """Up to *count* really different proposals, the best first, in *effort* all together.

    Stopped by *progress*, it answers with those that it has; the first is always there.
    """
    check(problem)
    course = _Course(problem, effort, seed, start, progress or Progress(), watch)
    found = [course.first(FIRST if count > 1 else 1.0)]
    for number in range(2, count + 1):
        if course.progress.is_cancelled:
            break
        other = course.another(found, number, (1 - FIRST) / (count - 1))
        if other is not None:
            found.append(other)
    return tuple(sorted(found, key=_worth))


def difference(problem: Problem, one: Plan, other: Plan) -> float:
    """How different two plans are, from 0 to 1, of what either makes of the sessions that move."""
    moved = [
        each.key
        for each in problem.sessions
        if _open(each) and any(_moved(each, plan.places.get(each.key)) for plan in (one, other))
    ]
    if moved:
        return sum(_differs(problem.session[key], one, other) for key in moved) / len(moved)
    free = [each.key for each in problem.choices if len(each.options) > 1 and each.lock is None]
    return sum(one.chosen.get(key) != other.chosen.get(key) for key in free) / max(1, len(free))


def dearest(problem: Problem, best: int) -> int:
    """The most that a proposal beside one that costs *best* may cost."""
    heaviest = max(problem.wishes.weights.values(), default=0)
    return best + max(int(best * DISTANCE), LEEWAY * heaviest)


def _worth(proposal: Proposal) -> tuple[int, int]:
    return len(proposal.evaluation.unplaced), proposal.evaluation.cost


def _moved(session: Session, place: Place | None) -> bool:
    return session.today is None or place != session.today


def _differs(session: Session, one: Plan, other: Plan) -> bool:
    here, there = one.places.get(session.key), other.places.get(session.key)
    if here is None or there is None:
        return here is not there
    if _open(session) == "room":
        return here.room != there.room
    return (here.start, here.leaders) != (there.start, there.leaders)


def _open(session: Session) -> str:
    """What of a session makes it different: its time, where that is open; else its leaders, …"""
    lock = session.lock
    if lock.start is None and len(session.starts) > 1:
        return "start"
    if lock.leaders is None and any(len(role.candidates) > role.many for role in session.roles):
        return "leaders"
    return "room" if lock.room is None and len(session.rooms) > 1 else ""


class _Course:
    """One way to several proposals."""

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        seed: int,
        start: Plan | None,
        progress: Progress,
        watch: Watch | None,
    ) -> None:
        self.problem, self.effort, self.seed, self.start = problem, effort, seed, start
        self.progress, self.watch = progress, watch
        self.done = 0.0
        self.began = 0.0
        """By the clock, when the first search began; laying out the later ones counts."""
        self.laying = 0.0
        """Seconds that laying out the problem took."""
        positive = [weight for weight in problem.wishes.weights.values() if weight > 0]
        self.unit = min(positive, default=1)

    def first(self, share: float) -> Proposal:
        return self._run(self.problem, share, self.start, 1)

    def another(self, found: Sequence[Proposal], number: int, share: float) -> Proposal | None:
        """Drafts that are drawn away from those *found*, then the best that stays so far away."""
        best = min(found, key=_worth)
        ends, weight = self.done + share, self.unit
        start, known = self.start, [each.plan for each in found]
        for _draft in range(DRAFTS):
            shun = shunned(self.problem, known, weight)
            part = (ends - self.done) * DRAFTING
            made = self._run(self.problem, part, start, number, shun, prove=False)
            if self.progress.is_cancelled:
                return None
            if all(difference(self.problem, made.plan, plan) >= SHARE for plan in known):
                return self._polished(made, best, known, number, ends)
            start, weight = made.plan, weight * STRONGER
        self.done = ends
        return None

    def _polished(
        self, draft: Proposal, best: Proposal, known: Sequence[Plan], number: int, ends: float
    ) -> Proposal | None:
        """The best that stays as far away as *draft* does, or that itself where it is better."""
        away = kept_away(self.problem, draft.plan, known)
        made = self._run(away, ends - self.done, draft.plan, number)
        near = [self._accepted(each, best, known) for each in (made, draft)]
        return min((each for each in near if each is not None), key=_worth, default=None)

    def _accepted(self, made: Proposal, best: Proposal, known: Sequence[Plan]) -> Proposal | None:
        """*made*, judged by the problem itself, if it is near and different enough."""
        judged = evaluate(self.problem, made.plan)
        near = judged.cost <= dearest(self.problem, best.evaluation.cost)
        far = all(difference(self.problem, made.plan, plan) >= SHARE for plan in known)
        if not (judged.sound and near and far):
            return None
        if len(judged.unplaced) > len(best.evaluation.unplaced):
            return None
        bound = min(best.bound, judged.cost)
        proven = not judged.unplaced and judged.cost <= best.bound
        return replace(made, evaluation=judged, bound=bound, proven=proven)

    def _run(
        self,
        problem: Problem,
        share: float,
        start: Plan | None,
        number: int,
        shun: Shun = NOTHING_SHUNNED,
        *,
        prove: bool = True,
    ) -> Proposal:
        """*share* of the whole effort; what it says of itself is of the whole, too."""
        whole, clock = self.effort, time.monotonic()
        seconds = whole.seconds * share
        if self.began:
            seconds = whole.seconds * (self.done + share) - (clock - self.began) - self.laying
        effort = replace(
            whole,
            seconds=max(LEAST_SECONDS, seconds),
            steps=None if whole.steps is None else max(1, int(whole.steps * share)),
            prove=whole.prove and prove,
        )
        before, spent = self.done, clock - self.began + self.laying if self.began else 0.0
        inner = Progress(
            lambda part, text: self.progress.report(min(1.0, before + part * share), text)
        )
        self.progress.on_cancel(inner.cancel)

        def seen(standing: Standing) -> None:
            if self.watch is not None and not shun.weight:  # a draft's cost is nobody's
                self.watch(replace(standing, seconds=spent + standing.seconds, number=number))

        search = Search(problem, effort, self.seed + number, inner, seen, shun)
        self.laying = search.began - clock
        self.began = self.began or search.began
        self.done += share
        return search.run(start)


def shunned(problem: Problem, known: Sequence[Plan], weight: int) -> Shun:
    """That it costs *weight* to put a session where a plan that is known has it."""
    shun = Shun({}, {}, {}, weight)
    starts, rooms, leaders = {}, {}, {}
    for session in problem.sessions:
        held = [plan.places[session.key] for plan in known if session.key in plan.places]
        held = [place for place in held if _moved(session, place)]
        match _open(session):
            case "start":
                starts[session.key] = tuple(place.start for place in held)
            case "leaders":
                leaders[session.key] = tuple(place.leaders for place in held)
            case "room":
                rooms[session.key] = tuple(place.room for place in held)
    return replace(shun, starts=starts, rooms=rooms, leaders=leaders)


def kept_away(problem: Problem, draft: Plan, known: Sequence[Plan]) -> Problem:
    """*problem* in which all that *draft* has elsewhere than every known plan stays elsewhere."""
    return replace(problem, sessions=tuple(_away(each, draft, known) for each in problem.sessions))


def _away(session: Session, draft: Plan, known: Sequence[Plan]) -> Session:
    place = draft.places.get(session.key)
    others = [plan.places[session.key] for plan in known if session.key in plan.places]
    if place is None or not _moved(session, place) or not others:
        return session
    if _open(session) == "start" and all(place.start != each.start for each in others):
        taken = {each.start for each in others}
        return replace(session, starts=tuple(s for s in session.starts if s not in taken))
    lock = session.lock
    if _open(session) != "room" and all(place.leaders != each.leaders for each in others):
        return replace(session, lock=Lock(lock.start, lock.room, place.leaders))
    if _open(session) == "room" and all(place.room != each.room for each in others):
        return replace(session, lock=Lock(lock.start, place.room, lock.leaders))
    return session
