"""CP-SAT prices a plan as the evaluator does, and its bound is one."""

from dataclasses import replace

import pytest

from painprogram.planner import at, exact
from painprogram.planner.evaluate import evaluate
from painprogram.planner.layout import tables
from painprogram.planner.problem import Plan, Problem, Wish, Wishes
from painprogram.planner.tables import Laid
from tests.planner.test_solve import term

SHORT = exact.Budget(seconds=2)


def nothing(_stop) -> None:
    return None


def without_choices(seed: int) -> Problem:
    return replace(term(seed), choices=(), quotas=())


def asked(problem: Problem) -> tuple[exact.Answer, Plan, int]:
    """What CP-SAT says, its plan, and what the evaluator says of that."""
    laid = Laid(problem)
    t = tables(laid)
    answer = exact.solve(
        exact.build(laid, t, with_rooms=True),
        [[-1, -1, -1]] * len(problem.sessions),
        SHORT,
        nothing,
    )
    assert answer.rows is not None
    plan = laid.plan_of_rows(answer.rows)
    judged = evaluate(problem, plan)
    assert judged.breaches == ()
    return answer, plan, judged.cost + len(judged.unplaced) * int(t[at.UNPLACED])


@pytest.mark.parametrize("seed", range(1))
def test_that_the_model_and_the_evaluator_price_alike(seed: int) -> None:
    answer, _plan, cost = asked(without_choices(seed))

    assert answer.bound <= cost
    assert answer.cost == cost or not answer.proven


@pytest.mark.parametrize("wish", list(Wish))
def test_that_each_wish_is_priced_alike(wish: Wish) -> None:
    problem = replace(without_choices(5), wishes=Wishes({wish: 3}, nearby=30, rest=45))

    answer, _plan, cost = asked(problem)

    assert answer.bound <= cost
    assert answer.cost == cost


def test_that_choices_are_left_to_the_search() -> None:
    problem = term(1)

    assert not exact.fits(problem, Laid(problem))
