"""``python -m tests.benchmarks [NAME …]``: all, or those named; 1 if a goal is missed."""

import importlib
import sys
from pathlib import Path

from tests.benchmarks.runner import Result, table

NO_BENCHMARKS = {
    "runner",
    "cluster",
    "curriculum_format",
    "plans_instances",
    "plans_greedy",
    "plans_peer",
}


def main(wanted: list[str]) -> int:
    folder = Path(__file__).parent
    known = sorted(
        path.stem
        for path in folder.glob("*.py")
        if not path.stem.startswith(("_", "test_")) and path.stem not in NO_BENCHMARKS
    )
    if unknown := set(wanted) - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
        return 2
    results: list[Result] = []
    for name in wanted or known:
        print(f"— {name}", file=sys.stderr, flush=True)
        results += importlib.import_module(f"tests.benchmarks.{name}").measure()
    print(table(results))
    return int(not all(each.reached for each in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
