"""The measure measures right."""

from itertools import cycle

import pytest

from tests.benchmarks.runner import Result, compare, growth, table


def test_that_a_ratio_is_the_median_of_rounds_taken_in_turns() -> None:
    ours = cycle([9.0, 0.002, 0.004, 0.100])  # the first one warms up
    against = cycle([9.0, 0.001, 0.002, 0.002])

    result = compare("x", lambda: next(ours), lambda: next(against), rounds=3, most=2)

    assert (result.ours, result.against, result.ratio) == (4, 2, 2)
    assert result.reached


@pytest.mark.parametrize(
    ("ratio", "most", "least", "reached"),
    [(2, 2, None, True), (2.1, 2, None, False), (6, None, 6, True), (5, None, 6, False)],
)
def test_that_a_goal_bounds_the_ratio(ratio, most, least, *, reached: bool) -> None:
    assert Result("x", 1, 1, ratio, most, least).reached == reached


def test_that_growth_compares_a_size_with_ten_times_as_much() -> None:
    sizes: list[int] = []

    growth("x", sizes.append, 7, rounds=1)

    assert set(sizes) == {7, 70}


def test_that_a_missed_goal_is_said() -> None:
    lines = table([Result("start", 30, 10, 3, most=2), Result("week", 40, 10, 4)]).splitlines()

    assert lines[1].split() == ["start", "30.0", "ms", "10.0", "ms", "3.00", "≤", "2", "missed"]
    assert lines[2].split() == ["week", "40.0", "ms", "10.0", "ms", "4.00"]
