"""Why a session has no place, and that the change named gives it one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.domain.progress import Progress
from painprogram.planner.contradictions import contradictions
from painprogram.planner.evaluate import Rule, evaluate
from painprogram.planner.explain import explain
from painprogram.planner.problem import Choice, Lock, Option, Order, Plan, Problem, Quota, Span
from painprogram.planner.solve import Effort, solve
from tests.planner.plans import at, key, patient, person, place, plan, room, session
from tests.planner.test_solve import QUICK, term

NINE, TEN = at(0, 9), at(0, 10)
AWAY = Span(at(0, 8), at(0, 12))
LED = session("A", NINE, TEN, leaders=[("Anna",)])
OTHER = session("B", NINE, TEN, audience=("Group",))


def against(problem: Problem, held: Plan) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    found = explain(problem, held, key("A"))
    for way in found.ways:
        assert evaluate(way.problem, way.plan).breaches == ()
        assert key("A") in way.plan.places
    return found.against, tuple(way.changes for way in found.ways)


def test_that_an_absence_is_named_with_the_time_that_would_do() -> None:
    problem = Problem((LED,), (person("Anna", absent=(AWAY,)),))

    assert against(problem, Plan()) == (
        ("Anna can't be had",),
        (("Anna can be had Mon 11 Jan 9:00–10:00",), ("Anna can be had Mon 11 Jan 10:00–11:00",)),
    )


def test_that_what_is_in_the_way_may_move() -> None:
    """B stands at the only time of A; at ten it would do as well."""
    problem = Problem((session("A", NINE, audience=("Group",)), OTHER), (patient("Group"),))

    assert against(problem, plan(B=place(NINE))) == (
        ("Group is taken",),
        (("B moves to Mon 11 Jan 10:00",),),
    )


def test_that_what_is_locked_does_not_move() -> None:
    locked = replace(OTHER, lock=Lock(start=NINE))
    problem = Problem((session("A", NINE, audience=("Group",)), locked), (patient("Group"),))

    assert against(problem, plan(B=place(NINE))) == (("Group is taken",), ())


def test_that_a_lock_of_its_own_is_named() -> None:
    problem = Problem(
        (session("A", NINE, TEN, rooms=("R",), lock=Lock(start=NINE)),),
        (room("R", absent=(Span(NINE, TEN),)),),
    )

    assert against(problem, Plan())[1][0] == ("R can be had Mon 11 Jan 9:00–10:00",)
    assert ("A is unlocked",) in against(problem, Plan())[1]


def test_that_a_limit_is_named() -> None:
    group = patient("Group", most_per_day=1)
    problem = Problem((session("A", TEN, audience=("Group",)), OTHER), (group,))

    said, ways = against(problem, plan(B=place(NINE)))

    assert said == ("Group can take no more sessions",)
    assert ways == (("Group takes one session more on Mon 11 Jan, or in that week",),)


def test_that_an_order_is_named() -> None:
    problem = Problem(
        (session("A", NINE), session("B", TEN)),
        (),
        orders=(Order(key("B"), key("A"), timedelta()),),
    )

    assert against(problem, plan(B=place(TEN))) == (
        ("A must come after B",),
        (("A need not come after B",),),
    )


CHOICE = Choice(key("A"), "Sleep", key("Dan"), (Option((key("N"),)), Option((key("T"),))))
COURSES = (session("N", NINE, seats=1), session("T", TEN, seats=1))
DAN, EVA = patient("Dan"), patient("Eva")
EVAS = Choice(key("E"), "Sleep", key("Eva"), CHOICE.options)


def test_that_a_full_course_is_named_and_a_seat_more_is_the_way() -> None:
    full = tuple(replace(each, heads=1) for each in COURSES)
    problem = Problem(full, (DAN,), choices=(CHOICE,))

    found = explain(problem, plan(N=place(NINE), T=place(TEN)), key("A"))

    assert found.against == ("there are more participants than seats",)
    assert [way.changes for way in found.ways] == [
        ("N takes one participant more",),
        ("T takes one participant more",),
    ]
    for way in found.ways:
        assert evaluate(way.problem, way.plan).breaches == ()
        assert key("A") in way.plan.chosen


def test_that_a_centre_without_seats_is_named() -> None:
    both = frozenset({key("Dan"), key("Eva")})
    problem = Problem(
        (session("N", NINE), session("T", TEN)),
        (replace(DAN, absent=(Span(TEN, at(0, 12)),)), EVA),
        choices=(CHOICE, EVAS),
        quotas=(Quota("North", key("N"), both, 1),),
    )

    found = explain(problem, Plan(plan(N=place(NINE)).places, {key("E"): 0}), key("A"))

    assert "the seats of a centre are taken" in found.against
    assert ("a centre gets one seat more in N",) in [way.changes for way in found.ways]


def test_that_each_change_is_told_as_a_value_too() -> None:
    problem = Problem((LED,), (person("Anna", absent=(AWAY,)),))

    (first, *_rest) = explain(problem, Plan(), key("A")).ways

    (step,) = first.steps
    assert (step.rule, step.about, step.span) == (Rule.ABSENT, key("Anna"), Span(NINE, TEN))
    assert first.changes == (step.said,)


def test_that_an_explanation_can_be_stopped() -> None:
    problem = Problem((LED,), (person("Anna", absent=(AWAY,)),))
    progress = Progress()
    progress.cancel()

    assert explain(problem, Plan(), key("A"), progress).ways == ()


@pytest.mark.parametrize("seed", range(6))
def test_that_the_explanation_is_true(seed: int) -> None:
    """Apply the change that is named: the session can be placed, and the planner finds how."""
    problem = replace(term(seed), choices=(), quotas=())
    held = solve(problem, QUICK, seed).plan
    full = {name: where for name, where in held.places.items() if name != key("H1")}
    busy = tuple(
        replace(each, absent=(*each.absent, Span(at(0, 0), at(30, 0))))
        if each.name == "R"
        else each
        for each in problem.resources
    )
    without_r = replace(problem, resources=busy)
    places = {name: where for name, where in full.items() if where.room != key("R")}

    found = explain(without_r, Plan(places), key("H1"))

    for way in found.ways:
        assert evaluate(way.problem, way.plan).breaches == ()
        if not contradictions(way.problem):
            again = solve(way.problem, Effort(steps=2000, prove=False), start=way.plan)
            left = evaluate(way.problem, way.plan).unplaced
            assert len(again.evaluation.unplaced) <= len(left)
    assert found.against
