"""Curriculum-based course timetabling, stated and solved in the planner's own terms.

``python -m tests.benchmarks.curriculum INSTANCE.ctt --seconds N --seed S --out SOLUTION.sol``
``python -m tests.benchmarks.curriculum --all --seconds N --seeds K``: each instance that lies in
``tests/data/curriculum``, with the median of K seeds against the best known.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from painprogram.domain.progress import Progress
from painprogram.planner.solve import Effort, Proposal, solve
from tests.benchmarks import curriculum_format as ctt
from tests.benchmarks.runner import Result

DATA = Path(__file__).parents[1] / "data" / "curriculum"
BEST_KNOWN = {
    "comp01": 5,
    "comp03": 64,
    "comp05": 284,
    "comp07": 6,
    "comp09": 96,
    "comp11": 0,
    "comp13": 59,
    "comp15": 64,
    "comp17": 56,
    "comp19": 57,
    "comp21": 74,
}
"""Bettinelli, Cacchiani, Roberti, Toth: An overview of curriculum-based course timetabling,
TOP 23, 2015; proven optimal for 01, 07, 09, 11, 13, 17, 19 and 21."""


@dataclass(frozen=True)
class Run:
    """What one run of one instance came to, by the official rules."""

    hard: dict[str, int]
    soft: dict[str, int]
    proposal: Proposal
    solution: tuple[ctt.Lecture, ...]

    @property
    def feasible(self) -> bool:
        return not any(self.hard.values())

    @property
    def cost(self) -> int:
        return sum(self.soft.values())


def run(path: Path, seconds: float, seed: int, progress: Progress | None = None) -> Run:
    instance = ctt.read(path)
    proposal = solve(ctt.as_problem(instance), Effort(seconds), seed, progress=progress)
    solution = ctt.as_solution(instance, proposal.plan)
    hard, soft = ctt.hard(instance, solution), ctt.soft(instance, solution)
    return Run(hard, soft, proposal, solution)


def told(found: Run) -> str:
    proposal = found.proposal
    proof = "proven best" if proposal.proven else "best possible at least"
    return "\n".join(
        [
            "hard: " + ", ".join(f"{kind} {many}" for kind, many in found.hard.items()),
            "soft: " + ", ".join(f"{kind} {cost}" for kind, cost in found.soft.items()),
            f"cost {found.cost}; {proof} {proposal.bound}",
            f"first feasible after {proposal.first_at:.1f} s",
            f"best after {proposal.best_at:.1f} s, ended after {proposal.seconds:.1f} s",
        ]
    )


def measure() -> list[Result]:
    """One run of three instances, so that all benchmarks together stay short."""
    return [_result(name, 20.0, [1]) for name in ("comp01", "comp11", "comp13")]


def _result(name: str, seconds: float, seeds: Sequence[int]) -> Result:
    """Cost against best known, both with 1 added: a best of 0 has no ratio."""
    runs = [run(DATA / f"{name}.ctt", seconds, seed) for seed in seeds]
    assert all(each.feasible for each in runs), name
    costs = [each.cost for each in runs]
    bound = max(each.proposal.bound for each in runs)
    print(f"{name} {costs} bound {bound}", file=sys.stderr, flush=True)
    ours, best = statistics.median(costs), BEST_KNOWN[name]
    return Result(f"{name}, {seconds:g} s", ours, best, (ours + 1) / (best + 1), unit="cost")


def everything(seconds: float, seeds: int) -> int:
    results = [_result(name, seconds, range(1, seeds + 1)) for name in BEST_KNOWN]
    ours, best = sum(each.ours for each in results), sum(each.against for each in results)
    for each in results:
        print(f"{each.name:16} {each.ours:7.1f} {each.against:5.0f}")
    print(f"{'sum':16} {ours:7.1f} {best:5.0f}  ratio {ours / best:.3f}")
    return int(ours / best > 1.2)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.curriculum")
    parser.add_argument("instance", type=Path, nargs="?")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(words)
    if chosen.all:
        return everything(chosen.seconds, chosen.seeds)
    if chosen.instance is None:
        parser.error("name an instance, or --all")
    found = run(chosen.instance, chosen.seconds, chosen.seed)
    if chosen.out:
        chosen.out.write_text(ctt.lines(found.solution), "utf-8")
    print(told(found))
    return int(not found.feasible)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
