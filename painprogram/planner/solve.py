"""Finds a plan: quick compiled search on every core, then CP-SAT where it can prove or improve.

With ``steps`` the plan follows from the problem and the seed alone, on any machine. With seconds
the clock decides how far it gets, so that two runs may differ.
"""

import contextlib
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from painprogram.domain.errors import Cancelled
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.planner import at, exact
from painprogram.planner.contradictions import check
from painprogram.planner.evaluate import Evaluation, evaluate
from painprogram.planner.layout import plan_of, state, tables
from painprogram.planner.problem import Plan, Problem, Wish
from painprogram.planner.tables import Ints, Laid

CHUNK = 0.15
"""Seconds between looks at the clock and at the user's wish to stop."""
STEPS_A_CHUNK = 50_000
SETTLING = 400
"""Steps a chunk to give everybody a place: each is much dearer than one of cooling."""
HOT, COLD = 15.0, 0.1
"""Temperatures in terms of the smallest weight."""
LUKEWARM = 0.7
SMALL_SHARE, SMALL_SECONDS = 0.15, 3.0
"""Of the time, and at most, before CP-SAT takes over what it can prove."""
WARM_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look: *seconds* by the clock, or *steps* of the search on each thread."""

    seconds: float = 20.0
    steps: int | None = None
    threads: int = min(2, os.cpu_count() or 1)
    prove: bool = True
    """Whether to ask CP-SAT; its first use takes seconds to load."""


@dataclass(frozen=True)
class Proposal:
    """A plan, judged, and what is known of the best possible."""

    plan: Plan
    evaluation: Evaluation
    bound: int
    """No plan that places as much costs less."""
    proven: bool
    seconds: float
    first_at: float
    """Seconds until everybody had a place; the whole time if somebody has none."""
    best_at: float


def solve(
    problem: Problem,
    effort: Effort = Effort(),
    seed: int = 1,
    start: Plan | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """The best plan found for *problem*, from *start* on if one is given.

    Stopped by *progress*, it answers with the best so far. Refused where the problem contradicts
    itself, or the solver is not installed.
    """
    check(problem)
    return Search(problem, effort, seed, progress or Progress()).run(start)


class Search:
    """One run; the threads share nothing, so that their order does not matter."""

    def __init__(self, problem: Problem, effort: Effort, seed: int, progress: Progress) -> None:
        self.moves = _compiled()
        self.problem, self.effort, self.seed, self.progress = problem, effort, seed, progress
        self.laid = Laid(problem)
        self.t = tables(self.laid)
        self.first_at = self.best_at = 0.0
        self.best: int | None = None
        self.bound = 0
        self.proven = False
        positive = [weight for weight in problem.wishes.weights.values() if weight > 0]
        self.unit = min(positive, default=1)
        mix = mix_of(problem)
        threads = max(1, effort.threads)
        self.states = [state(self.laid, self.t, seed * 1000 + n, mix) for n in range(threads)]
        self._warm_up(mix)
        self.began = time.monotonic()

    def _warm_up(self, mix: list[int]) -> None:
        """Compile what is not compiled yet: nothing of the time asked for goes into that."""
        import numpy as np

        s = state(self.laid, self.t, 0, mix)
        self.moves.settle(self.t, s, 0)
        self.moves.anneal(self.t, s, 1.0, 1.0, 0)
        nowhere = np.full(3 * len(self.problem.sessions), -1, dtype=np.int32)
        self.moves.stand(self.t, s, nowhere, np.full(len(self.problem.choices), -1, dtype=np.int32))

    # The course of it

    def run(self, start: Plan | None) -> Proposal:
        if start is not None:
            self._stand(start)
        exactly = self.effort.prove and exact.fits(self.problem, self.laid)
        whole = exactly and exact.decides_rooms(self.problem, self.laid)
        with ThreadPoolExecutor(len(self.states)) as pool:
            self._each(pool, self._settle)
            if not exactly:
                self._cool(pool, HOT if start is None else LUKEWARM, 0.0, 1.0)
            elif whole:
                first = min(SMALL_SHARE, SMALL_SECONDS / max(self.effort.seconds, 0.1))
                self._cool(pool, HOT if start is None else LUKEWARM, 0.0, first)
                self._prove(1.0)
            else:
                self._cool(pool, HOT if start is None else LUKEWARM, 0.0, WARM_SHARE)
                self._improve_times(pool)
        return self._proposal()

    def _settle(self, s: Ints) -> None:
        """Everybody a place."""
        chunks = 0
        while s[at.LEFT] and not self.progress.is_cancelled:
            if self.effort.steps is None:
                if self._spent() > self.effort.seconds * 0.3:
                    break
            elif chunks * SETTLING > max(4 * SETTLING, self.effort.steps // 50):
                break
            self.moves.settle(self.t, s, SETTLING)
            chunks += 1
        self._note()

    def _cool(self, pool: ThreadPoolExecutor, hot: float, share: float, until: float) -> None:
        """From *hot* to cold while the spent part of the effort goes from *share* to *until*."""
        ends = (hot * self.unit, COLD * self.unit)
        self._each(pool, lambda s: self._cool_one(s, ends, share, until))

    def _cool_one(self, s: Ints, ends: tuple[float, float], share: float, until: float) -> None:
        hot, cold = ends
        steps, size, done = self.effort.steps, STEPS_A_CHUNK, 0
        began = self._spent()
        end = self.effort.seconds * until
        while not self.progress.is_cancelled and not self._ended(s):
            if steps is not None:
                whole = int(steps * (until - share))
                size = min(STEPS_A_CHUNK, whole - done)
                before, after = done / max(1, whole), (done + size) / max(1, whole)
            else:
                before = (self._spent() - began) / max(0.01, end - began)
                after = before + CHUNK / max(0.01, end - began)
            if size <= 0 or before >= 1:
                break
            heats = [hot * math.pow(cold / hot, min(1.0, part)) for part in (before, after)]
            clock = time.monotonic()
            self.moves.anneal(self.t, s, *heats, size)
            done += size
            if steps is None:
                taken = max(1e-4, time.monotonic() - clock)
                size = max(1000, min(4 * size, int(size * CHUNK / taken)))
            self._note()

    def _ended(self, s: Ints) -> bool:
        """Whether nothing better is left to find. Counting steps, no thread looks at another."""
        best = int(s[at.BEST]) if self.effort.steps is not None else self._best()
        return best <= self.bound

    def _best(self) -> int:
        return min(int(s[at.BEST]) for s in self.states)

    def _prove(self, until: float) -> None:
        """Let CP-SAT go on from the best plan, with all there is."""
        if self.progress.is_cancelled or self._best() <= self.bound:
            return
        answer = self._ask(exact.build(self.laid, self.t, with_rooms=True), until)
        if answer.rows:
            self._stand(self.laid.plan_of_rows(answer.rows))
        self.proven = answer.proven and self._best() == answer.cost

    def _improve_times(self, pool: ThreadPoolExecutor) -> None:
        """Let CP-SAT find better times and a bound; then polish times and rooms together."""
        if self.progress.is_cancelled or self._best() <= self.bound:
            return
        between = WARM_SHARE + (1 - WARM_SHARE) / 2
        answer = self._ask(exact.build(self.laid, self.t, with_rooms=False), between)
        if answer.rows:
            self._stand(exact.with_rooms(self.laid, self.t, answer.rows))
        self._cool(pool, LUKEWARM, between, 1.0)

    def _ask(self, model: Any, until: float) -> exact.Answer:
        left = self.effort.seconds * until - self._spent()
        budget = exact.Budget(max(0.5, left), seed=self.seed)
        if self.effort.steps is not None:
            budget = exact.Budget(math.inf, self.effort.steps / exact.STEPS_OF_WORK, 8, self.seed)
        rows, _options = self.laid.rows(self._plan())
        answer = exact.solve(model, rows, budget, self.progress.on_cancel, self._bounded)
        self._bounded(answer.bound)
        return answer

    def _bounded(self, bound: int) -> None:
        self.bound = max(self.bound, bound)
        self._note()

    # Parts

    def _each(self, pool: ThreadPoolExecutor, work: Callable[[Ints], None]) -> None:
        for done in [pool.submit(work, s) for s in self.states]:
            done.result()

    def _stand(self, plan: Plan) -> None:
        """Begin every thread at *plan*, as far as it can stand."""
        rows, options = self.laid.rows(plan)
        import numpy as np

        flat = np.array(rows, dtype=np.int32).reshape(-1)
        chosen = np.array(options, dtype=np.int32)
        for s in self.states:
            self.moves.stand(self.t, s, flat, chosen)
        self._note()

    def standing(self, s: Ints) -> tuple[Ints, Ints]:
        """Places and choices as they are on one thread now, the best or not."""
        places = s[s[at.PLACE] :][: 3 * len(self.problem.sessions)].reshape(-1, 3)
        return places, s[s[at.CHOSEN] :][: len(self.problem.choices)]

    def _plan(self) -> Plan:
        return plan_of(self.laid, min(self.states, key=lambda s: int(s[at.BEST])))

    def _spent(self) -> float:
        return time.monotonic() - self.began

    def _note(self) -> None:
        """Remember when it became better, and say how far we are."""
        best = self._best()
        spent = self._spent()
        if not self.first_at and any(s[at.LEFT] == 0 for s in self.states):
            self.first_at = spent
        if self.best is None or best < self.best:
            self.best, self.best_at = best, spent
        said = _("cost {cost}, at best {bound}").format(cost=best, bound=self.bound)
        with contextlib.suppress(Cancelled):  # the best so far is what is wanted now
            self.progress.report(min(1.0, spent / self.effort.seconds), said)

    def _proposal(self) -> Proposal:
        plan = self._plan()
        judged = evaluate(self.problem, plan)
        if not judged.sound:  # the two counts disagree: a bug, never shown as a plan
            raise AssertionError(judged.breaches[:3])
        proven = self.proven or (not judged.unplaced and judged.cost <= self.bound)
        bound = judged.cost if proven else min(self.bound, judged.cost)
        spent = self._spent()
        return Proposal(plan, judged, bound, proven, spent, self.first_at or spent, self.best_at)


def mix_of(problem: Problem) -> list[int]:
    """How often each kind of change is tried, of 1000, cumulated; see ``moves.propose``."""
    weight = problem.wishes.weight
    in_series = bool(problem.series)
    roles = [role for session in problem.sessions for role in session.roles]
    shares = [
        500,
        250,
        180,
        100 if any(len(role.candidates) > role.many for role in roles) else 0,
        10 if in_series and weight(Wish.ROOMS) else 0,
        30 if in_series and weight(Wish.REGULAR) else 0,
        10 if in_series and weight(Wish.LEADERS) else 0,
    ]
    whole = sum(shares)
    cumulated = [1000 * sum(shares[: n + 1]) // whole for n in range(len(shares) - 1)]
    return [*cumulated, 150 if problem.choices else 0]


def _compiled() -> ModuleType:
    from painprogram.planner import choosing, compiling, kernel, moves, standing

    compiling.compiled(kernel, choosing, moves, standing)
    return standing
