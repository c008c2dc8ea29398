"""Plans of our own instances, beside a plan made by hand and one of a plain model of CP-SAT.

``python -m tests.benchmarks.plans [group|term|cluster …] [--seconds N] [--seed S]`` prints for
each its cost by kind, how good a plan can be at best, when everybody had a place and when it was
best. All three plans are judged by the same evaluator.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from painprogram.planner.evaluate import Evaluation, evaluate
from painprogram.planner.explain import explain
from painprogram.planner.problem import Problem
from painprogram.planner.solve import Effort, Proposal, solve
from painprogram.planner.watching import Standing
from tests.benchmarks.plans_greedy import by_hand
from tests.benchmarks.plans_instances import INSTANCES
from tests.benchmarks.plans_peer import MOST_VARIABLES, by_peer, size
from tests.benchmarks.runner import Result

SECONDS = {"group": 10.0, "term": 20.0, "cluster": 60.0}
LEFT_OUT = 1000
"""What a session or choice without a place counts in the ratios, beside the cost of the wishes."""


@dataclass(frozen=True)
class Compared:
    """One instance and what each came to."""

    name: str
    problem: Problem
    ours: Proposal
    hand: Evaluation
    peer: Evaluation
    peer_bound: int
    by_second: tuple[Standing, ...]


def worth(judged: Evaluation) -> int:
    return judged.cost + LEFT_OUT * len(judged.unplaced)


def run(name: str, seconds: float, seed: int) -> Compared:
    problem = INSTANCES[name]()
    seen: list[Standing] = []
    ours = solve(problem, Effort(seconds), seed, watch=seen.append)
    hand = evaluate(problem, by_hand(problem))
    plan, bound = by_peer(problem, seconds)
    peer = evaluate(problem, plan)
    for judged in (ours.evaluation, hand, peer):
        assert judged.sound, judged.breaches[:3]
    return Compared(name, problem, ours, hand, peer, bound, tuple(seen))


def told(found: Compared) -> str:
    problem, ours = found.problem, found.ours
    three = (ours.evaluation, found.hand, found.peer)
    many = f"{len(problem.sessions)} sessions, {len(problem.resources)} people, rooms and patients"
    rows = [
        f"{found.name}: {many}, {len(problem.choices)} choices",
        f"{'':14}{'ours':>9}{'by hand':>9}{'CP-SAT':>9}",
        *(
            f"  {wish:12}" + "".join(f"{each.costs[wish]:9}" for each in three)
            for wish in problem.wishes.weights
        ),
        f"  {'cost':12}" + "".join(f"{each.cost:9}" for each in three),
        f"  {'left out':12}" + "".join(f"{len(each.unplaced):9}" for each in three),
    ]
    best = "proven best" if ours.proven else f"at best {max(ours.bound, found.peer_bound)}"
    rows.append(
        f"  {best}; all placed after {ours.first_at:.1f} s, best after {ours.best_at:.1f} s, "
        f"ended after {ours.seconds:.1f} s; CP-SAT alone says at best {found.peer_bound}"
    )
    if size(problem) > MOST_VARIABLES:
        rows.append(f"  the plain model would have {size(problem)} variables: not built")
    rows.append("  " + ", ".join(_milestones(found)))
    return "\n".join(rows)


def _milestones(found: Compared) -> list[str]:
    """What there was after a tenth, a quarter, half of the time."""
    said = []
    for share in (0.1, 0.25, 0.5, 1.0):
        until = found.ours.seconds * share
        seen = [each for each in found.by_second if each.seconds <= until]
        if seen:
            said.append(f"{until:.0f} s: {seen[-1].best} ({seen[-1].unplaced} left out)")
    return said


def explained(problem: Problem) -> str:
    """How long it takes to say why something has no place: what a plan by hand leaves out."""
    plan = by_hand(problem)
    left = evaluate(problem, plan).unplaced or (problem.sessions[-1].key,)
    taken = []
    for key in left[:3]:
        held = {each: place for each, place in plan.places.items() if each != key}
        start = time.monotonic()
        explain(problem, replace(plan, places=held), key)
        taken.append(time.monotonic() - start)
    return f"an explanation takes {max(taken):.1f} s"


def measure() -> list[Result]:
    results = []
    for name, seconds in SECONDS.items():
        start = time.monotonic()
        found = run(name, seconds, seed=1)
        print(told(found), file=sys.stderr)
        print(f"  {time.monotonic() - start:.0f} s in all", file=sys.stderr, flush=True)
        print(f"  {explained(found.problem)}", file=sys.stderr, flush=True)
        ours = worth(found.ours.evaluation)
        for peer, judged in (("by hand", found.hand), ("plain CP-SAT", found.peer)):
            against = worth(judged)
            title = f"plan of a {name}, {seconds:g} s / {peer}"
            results.append(Result(title, ours, against, ours / against, most=1.0, unit="cost"))
    return results


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.plans")
    parser.add_argument("names", nargs="*", metavar="|".join(INSTANCES))
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(words)
    for name in chosen.names or INSTANCES:
        found = run(name, chosen.seconds or SECONDS[name], chosen.seed)
        print(f"{told(found)}\n  {explained(found.problem)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
