"""What a plan costs at least, by parts: never more than any plan costs."""

import pytest

from painprogram.domain.progress import Progress
from painprogram.planner import at as numbers
from painprogram.planner import exact
from painprogram.planner.layout import tables
from painprogram.planner.parts import least_of_choices, least_trips, narrowed, parts
from painprogram.planner.problem import Problem, Wish, Wishes
from painprogram.planner.solve import Effort, solve
from painprogram.planner.tables import Laid
from tests.planner.plans import at, patient, session
from tests.planner.test_solve import QUICK, term


@pytest.mark.parametrize("seed", range(3))
def test_that_the_parts_together_never_cost_more_than_a_plan(seed: int) -> None:
    problem = term(seed)
    unplaced = int(tables(Laid(problem))[numbers.UNPLACED])
    budget = exact.Budget(1.0, workers=1)

    least = least_of_choices(problem) + sum(
        max(
            least_trips(part),
            exact.least(narrowed(problem, part), unplaced, budget, Progress()),
        )
        for part in parts(problem)
    )

    found = solve(problem, QUICK, seed).evaluation
    assert 0 < least <= found.cost + unplaced * len(found.unplaced)


def test_that_every_session_is_in_one_part() -> None:
    problem = term(2)

    keys = [each.key for part in parts(problem) for each in part.sessions]

    assert sorted(keys) == sorted(each.key for each in problem.sessions)


def test_that_a_patient_comes_as_often_as_the_limit_of_a_day_asks() -> None:
    """Five visits in a week and two a day at most: three trips, for each of four heads."""
    week = [at(day, hour) for day in range(4) for hour in range(8, 16)]
    sessions = tuple(session(f"S{n}", *week, audience=("Group",)) for n in range(5))
    problem = Problem(
        sessions,
        (patient("Group", heads=4, most_per_day=2),),
        wishes=Wishes({Wish.TRIPS: 10}),
    )

    found = solve(problem, Effort(seconds=2))

    assert sum(map(least_trips, parts(problem))) == 120
    assert (found.evaluation.cost, found.bound, found.proven) == (120, 120, True)
