"""Finds a plan: quick compiled search on every core, then CP-SAT where it can prove or improve.

With ``steps`` the plan follows from the problem and the seed alone, on any machine. With seconds
the clock decides how far it gets, so that two runs may differ.
"""

import contextlib
import math
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from painprogram.domain.errors import Cancelled
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.planner import at, exact, parts
from painprogram.planner.contradictions import check
from painprogram.planner.evaluate import Evaluation, evaluate
from painprogram.planner.layout import plan_of, state, tables
from painprogram.planner.problem import Plan, Problem, Wish
from painprogram.planner.tables import NOTHING_SHUNNED, Ints, Laid, Shun
from painprogram.planner.watching import Standing, Watch

CHUNK = 0.15
"""Seconds between looks at the clock and at the user's wish to stop."""
STEPS_A_CHUNK = 50_000
SETTLING = 400
"""Steps a chunk to give everybody a place: each is much dearer than one of cooling."""
SETTLING_SHARE = 0.1
BEGINNING = 50
"""Sessions at once that get a first place."""
HOT, COLD = 15.0, 0.1
"""Temperatures in terms of the smallest weight."""
LUKEWARM = 0.7
PLAIN, SMALL, MIDDLE = (0.15, 3.0), (0.2, 2.0), (0.6, math.inf)
"""Of the time, and at most, before CP-SAT takes over: the harder for it, the later."""
SECONDS_A_ROUND, STEPS_A_ROUND, MOST_ROUNDS = 4.0, 3_000_000, 5
PARTS_SHARE = 0.12
"""For what a plan costs at least, by parts."""
STEPS_A_PART = 20_000
WARM_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look: *seconds* by the clock, or *steps* of the search on each thread."""

    seconds: float = 20.0
    steps: int | None = None
    threads: int = min(2, os.cpu_count() or 1)
    prove: bool = True
    """Whether to ask CP-SAT; its first use takes seconds to load."""


USUAL = Effort()


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
    effort: Effort = USUAL,
    seed: int = 1,
    start: Plan | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Proposal:
    """The best plan found for *problem*, from *start* on if one is given.

    *watch* hears how far it has come, as *progress* does in words. Stopped by *progress*, it
    answers with the best so far. Refused where the problem contradicts itself, or the solver is
    not installed.
    """
    check(problem)
    return Search(problem, effort, seed, progress or Progress(), watch).run(start)


class Search:
    """One run; the threads share nothing, so that their order does not matter."""

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        seed: int,
        progress: Progress,
        watch: Watch | None = None,
        shun: Shun = NOTHING_SHUNNED,
    ) -> None:
        with contextlib.suppress(Cancelled):
            progress.report(0.0, _("Making the planner ready"))
        self.moves = _compiled()
        self.problem, self.effort, self.seed, self.progress = problem, effort, seed, progress
        self.watch, self.noting = watch, threading.RLock()
        self.laid = Laid(problem, shun)
        self.t = tables(self.laid)
        self.first_at = self.best_at = 0.0
        self.best: tuple[int, int] | None = None
        """Unplaced, and what the plan costs apart from that."""
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
        self.moves.begin(self.t, s, 0, 1)
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
            hot = HOT if start is None else LUKEWARM
            if whole:
                first = self._before_proof()
                rounds = self._rounds(first)
                for each in range(rounds):
                    self._cool(pool, hot, first * each / rounds, first * (each + 1) / rounds)
                self._take_apart(pool, first + PARTS_SHARE)
                self._prove(1.0)
            elif exactly:
                self._cool(pool, hot, 0.0, WARM_SHARE)
                self._improve_times(pool)
            elif self.effort.prove:
                self._cool(pool, hot, 0.0, 1.0 - PARTS_SHARE)
                self._take_apart(pool, 1.0)
            else:
                self._cool(pool, hot, 0.0, 1.0)
        return self._proposal()

    def _before_proof(self) -> float:
        """The share of the effort after which CP-SAT takes over."""
        kind = SMALL if exact.is_small(self.laid) else MIDDLE
        share, seconds = PLAIN if exact.plain(self.problem) else kind
        return min(share, seconds / max(self.effort.seconds, 0.1))

    def _rounds(self, share: float) -> int:
        """How often to cool from hot anew: past a length, one that is longer finds little more."""
        if self.effort.steps is not None:
            rounds = self.effort.steps * share / STEPS_A_ROUND
        else:
            rounds = self.effort.seconds * share / SECONDS_A_ROUND
        return max(1, min(MOST_ROUNDS, int(rounds)))

    def _settle(self, s: Ints) -> None:
        """Everybody a place."""
        for first in range(0, len(self.problem.sessions) + 1, BEGINNING):
            if not self.progress.is_cancelled:
                self.moves.begin(self.t, s, first, first + BEGINNING)
        self._note(s)
        chunks = 0
        while s[at.LEFT] and not self.progress.is_cancelled:
            if self.effort.steps is None:
                if self._spent() > self.effort.seconds * SETTLING_SHARE:
                    break
            elif chunks * SETTLING > max(4 * SETTLING, self.effort.steps // 50):
                break
            self.moves.settle(self.t, s, SETTLING)
            chunks += 1
        self._note(s)

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
            self._note(s)

    def _ended(self, s: Ints) -> bool:
        """Whether nothing better is left to find. Counting steps, no thread looks at another."""
        best = int(s[at.BEST]) if self.effort.steps is not None else self._best()
        return best <= self.bound

    def _best(self) -> int:
        return min(int(s[at.BEST]) for s in self.states)

    def _take_apart(self, pool: ThreadPoolExecutor, until: float) -> None:
        """Bound what a plan costs by its parts, one after another as long as there is time."""
        if self.progress.is_cancelled or self._best() <= self.bound:
            return
        apart = list(parts.parts(self.problem))
        least = [parts.least_trips(part) for part in apart]
        known = parts.least_of_choices(self.problem) + sum(least)
        self._bounded(known)
        steps = self.effort.steps
        if steps is not None:
            apart = apart[: steps // STEPS_A_PART]

        def improve(number: int) -> int:
            left = self.effort.seconds * until - self._spent()
            if self.progress.is_cancelled or (steps is None and left < CHUNK):
                return 0
            budget = exact.Budget(left, workers=1, seed=self.seed)
            if steps is not None:
                budget = exact.Budget(math.inf, steps / exact.STEPS_OF_WORK, 1, self.seed)
            part = parts.narrowed(self.problem, apart[number])
            bound = exact.least(part, int(self.t[at.UNPLACED]), budget, self.progress)
            return max(0, bound - least[number])

        for more in pool.map(improve, range(len(apart))):
            known += more
            self._bounded(known)

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
        heard = exact.Heard(self._bounded, self._found)
        answer = exact.solve(model, rows, budget, self.progress.on_cancel, heard)
        self._bounded(answer.bound)
        return answer

    def _bounded(self, bound: int) -> None:
        with self.noting:
            self.bound = max(self.bound, bound)
            self._say()

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
        self._note(*self.states)

    def standing(self, s: Ints) -> tuple[Ints, Ints]:
        """Places and choices as they are on one thread now, the best or not."""
        places = s[s[at.PLACE] :][: 3 * len(self.problem.sessions)].reshape(-1, 3)
        return places, s[s[at.CHOSEN] :][: len(self.problem.choices)]

    def _plan(self) -> Plan:
        return plan_of(self.laid, min(self.states, key=lambda s: int(s[at.BEST])))

    def _spent(self) -> float:
        return time.monotonic() - self.began

    def _note(self, *states: Ints) -> None:
        """Remember what became better in *states*, at rest now, and say how far we are."""
        with self.noting:
            for s in states:
                places, chosen = s[s[at.BEST_PLACE] :], s[s[at.BEST_CHOSEN] :]
                left = int((places[: 3 * len(self.problem.sessions) : 3] < 0).sum())
                left += int((chosen[: len(self.problem.choices)] < 0).sum())
                self._better(left, int(s[at.BEST]) - left * int(self.t[at.UNPLACED]))
            self._say()

    def _found(self, left: int, cost: int) -> None:
        """What CP-SAT has found: it stands in no state yet."""
        with self.noting:
            self._better(left, cost)
            self._say()

    def _better(self, left: int, cost: int) -> None:
        def worth(known: tuple[int, int]) -> int:
            return known[0] * int(self.t[at.UNPLACED]) + known[1]

        spent = self._spent()
        if self.best is None or worth((left, cost)) < worth(self.best):
            self.best, self.best_at = (left, cost), spent
        if not left and not self.first_at:
            self.first_at = spent

    def _say(self) -> None:
        spent = self._spent()
        left, cost = self.best or (len(self.problem.sessions) + len(self.problem.choices), 0)
        bound = max(0, min(cost, self.bound - left * int(self.t[at.UNPLACED])))
        if self.watch is not None:
            whole = len(self.problem.sessions) + len(self.problem.choices)
            self.watch(Standing(cost, bound, spent, left, whole - left))
        said = _("cost {cost}, at best {bound}").format(cost=cost, bound=bound)
        with contextlib.suppress(Cancelled):  # the best so far is what is wanted now
            self.progress.report(min(1.0, spent / self.effort.seconds), said)

    def _proposal(self) -> Proposal:
        plan = self._plan()
        judged = evaluate(self.problem, plan)
        if not judged.sound:  # the two counts disagree: a bug, never shown as a plan
            raise AssertionError(judged.breaches[:3])
        proven = self.proven or (not judged.unplaced and judged.cost <= self.bound)
        known = self.bound - len(judged.unplaced) * int(self.t[at.UNPLACED])
        bound = judged.cost if proven else max(0, min(known, judged.cost))
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
    from painprogram.planner import (
        beginning,
        choosing,
        compiling,
        kernel,
        moves,
        standing,
        visiting,
    )

    compiling.compiled(visiting, kernel, choosing, moves, beginning, standing)
    return standing
