"""What a commitment says, and what differs from one version to the next."""

from uuid import uuid4

import pytest

from painprogram.domain.commitments import (
    Commitment,
    GoalReview,
    Outcome,
    check_scores,
    differences,
)
from painprogram.domain.errors import Refused

PLACE = uuid4()


def test_that_what_differs_between_two_versions_is_said_line_by_line() -> None:
    first = Commitment(PLACE, 1, ("I come.",), ("Walk", "Sleep"), ("Breathe",), (3, None))
    second = Commitment(PLACE, 2, ("I come.",), ("Walk", "Cook"), ("Breathe",), (5, 2))

    assert [one.words for one in differences(first, second)] == [
        "Taken away: Sleep",
        "New: Cook",
        "Walk (3 of 10) → 5 of 10",
    ]
    assert differences(first, first) == ()


def test_that_a_goal_without_a_score_says_so_when_it_gets_one() -> None:
    first = Commitment(PLACE, 1, goals=("Walk",))
    second = Commitment(PLACE, 2, goals=("Walk",), scores=(0,))

    assert [one.words for one in differences(first, second)] == ["Walk → 0 of 10"]
    assert [one.words for one in differences(second, first)] == ["Walk (0 of 10) → without a score"]


def test_that_a_goal_looked_back_on_is_told_with_its_scores() -> None:
    assert GoalReview("Walk", Outcome.PARTLY, 3, 6).words == "Walk: on the way, from 3 to 6"
    assert GoalReview("Walk", Outcome.REACHED, None, 9).words == "Walk: reached, 9 of 10"
    assert GoalReview("Walk", Outcome.REACHED).words == "Walk: reached"


@pytest.mark.parametrize("score", [-1, 11])
def test_that_a_score_off_the_scale_is_refused(score: int) -> None:
    with pytest.raises(Refused, match="0 to 10"):
        check_scores([None, score])
