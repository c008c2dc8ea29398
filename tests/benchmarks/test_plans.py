"""Our own instances of plans: always the same, solvable, and the other plans sound, too."""

import pytest

from painprogram.planner.contradictions import contradictions
from painprogram.planner.evaluate import evaluate
from painprogram.planner.problem import Kind
from painprogram.planner.solve import Effort, solve
from tests.benchmarks import plans
from tests.benchmarks.plans_greedy import by_hand
from tests.benchmarks.plans_instances import INSTANCES, a_cluster


@pytest.mark.parametrize("name", ["group", "term"])
def test_that_an_instance_is_the_same_every_time_and_can_be_solved(name: str) -> None:
    problem = INSTANCES[name]()

    assert problem == INSTANCES[name]()
    assert contradictions(problem) == ()
    assert evaluate(problem, by_hand(problem)).sound


def test_that_a_cluster_has_choices_quotas_and_absences() -> None:
    small = a_cluster(centres=2)

    patients = [each for each in small.resources if each.kind is Kind.PATIENT]
    assert (len(patients), len(small.choices), len(small.quotas)) == (80, 160, 8)
    assert any(each.absent for each in patients)
    assert contradictions(small) == ()
    assert evaluate(small, by_hand(small)).sound


def test_that_the_engine_beats_a_plan_made_by_hand_at_once() -> None:
    problem = INSTANCES["group"]()

    found = solve(problem, Effort(steps=200_000, prove=False))

    by_the_hand = evaluate(problem, by_hand(problem))
    assert not found.evaluation.unplaced
    assert plans.worth(found.evaluation) < plans.worth(by_the_hand)
