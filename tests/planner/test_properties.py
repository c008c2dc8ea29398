"""Whatever is asked: no plan breaks a rule, locks hold, and explanations are true."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from painprogram.domain.progress import Progress
from painprogram.planner import at as numbers
from painprogram.planner.contradictions import contradictions
from painprogram.planner.evaluate import evaluate
from painprogram.planner.explain import explain
from painprogram.planner.problem import Lock, Order, Problem, Resource, Session, Span, Wish, Wishes
from painprogram.planner.solve import Effort, Search, solve
from tests.planner.plans import at, key, patient, person, room, session

FEW = Effort(steps=2_000, threads=1, prove=False)
HOURS = st.sampled_from([at(day, hour) for day in range(3) for hour in (9, 9.5, 10, 11)])
STAFF, ROOMS, PATIENTS = ("Anna", "Bo"), ("Big", "Small"), ("Group", "Cilla")
small = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,
)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    starts = draw(st.lists(HOURS, max_size=2))
    return tuple(Span(start, start + timedelta(minutes=45)) for start in starts)


@st.composite
def resources(draw: st.DrawFn) -> tuple[Resource, ...]:
    limits = st.none() | st.integers(1, 3)
    people = [person(name, absent=draw(spans()), most_per_day=draw(limits)) for name in STAFF]
    rooms = [room(name, seats=draw(st.integers(2, 9)), absent=draw(spans())) for name in ROOMS]
    coming = [
        patient(
            name, heads, absent=draw(spans()), unwished=draw(spans()), most_per_week=draw(limits)
        )
        for name, heads in zip(PATIENTS, (6, 1), strict=True)
    ]
    return (*people, *rooms, *coming)


@st.composite
def sessions(draw: st.DrawFn, name: str) -> Session:
    starts = draw(st.lists(HOURS, min_size=1, max_size=5, unique=True))
    lock = Lock(start=draw(st.sampled_from([None, None, starts[0]])))
    return session(
        name,
        *starts,
        minutes=draw(st.sampled_from([30, 60])),
        wrap_up=draw(st.sampled_from([0, 15])),
        audience=draw(st.sampled_from([(), PATIENTS[:1], PATIENTS[1:], PATIENTS])),
        leaders=draw(st.sampled_from([[], [STAFF], [STAFF[:1]], [STAFF[:1], STAFF]])),
        rooms=draw(st.sampled_from([(), ROOMS, ROOMS[:1]])),
        crowding=draw(st.booleans()),
        lock=lock,
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    found = tuple(draw(sessions(f"S{n}")) for n in range(draw(st.integers(1, 6))))
    orders = (Order(key("S0"), key("S1")),) if len(found) > 1 and draw(st.booleans()) else ()
    weights = {wish: draw(st.integers(0, 3)) for wish in Wish}
    return Problem(
        found, draw(resources()), orders=orders, wishes=Wishes(weights, nearby=30, rest=30)
    )


@small
@given(problems(), st.integers(0, 5))
def test_that_no_plan_breaks_a_rule_and_every_lock_holds(problem: Problem, seed: int) -> None:
    assume(not contradictions(problem))

    found = solve(problem, FEW, seed)

    judged = evaluate(problem, found.plan)
    assert judged.breaches == ()
    assert found.evaluation == judged
    for each in problem.sessions:
        if each.key in found.plan.places and each.lock.start is not None:
            assert found.plan.places[each.key].start == each.lock.start


@small
@given(problems(), st.integers(0, 5))
def test_that_the_search_prices_every_plan_as_the_evaluator_does(
    problem: Problem, seed: int
) -> None:
    assume(not contradictions(problem))
    search = Search(problem, FEW, seed, Progress())

    judged = evaluate(problem, search.run(None).plan)

    left_out = len(judged.unplaced) * int(search.t[numbers.UNPLACED])
    assert judged.cost + left_out == min(int(s[numbers.BEST]) for s in search.states)


@small
@given(problems(), st.integers(0, 5))
def test_that_every_explanation_is_true(problem: Problem, seed: int) -> None:
    """Apply the change that is named: the session has its place, and nothing is broken."""
    assume(not contradictions(problem))
    plan = solve(problem, FEW, seed).plan
    for each in problem.sessions:
        without = replace(
            plan, places={name: held for name, held in plan.places.items() if name != each.key}
        )
        found = explain(problem, without, each.key)
        assert found.ways or found.against
        for way in found.ways:
            judged = evaluate(way.problem, way.plan)
            assert judged.breaches == ()
            assert each.key in way.plan.places
            assert way.plan.places.keys() >= without.places.keys()
