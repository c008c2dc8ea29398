"""What the planner finds: sound, priced as the evaluator prices it, and the same every time."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.domain.progress import Progress
from painprogram.planner import at as numbers
from painprogram.planner.evaluate import evaluate
from painprogram.planner.problem import (
    Apart,
    Choice,
    Lock,
    Option,
    Order,
    Plan,
    Problem,
    Quota,
    Series,
    Span,
    Wish,
    Wishes,
)
from painprogram.planner.solve import Effort, Search, solve
from painprogram.planner.watching import Standing
from tests.planner.plans import at, key, patient, person, place, plan, room, session

GROUPS = ("Group", "Others")
PAIR = (session("A", at(0, 9)), session("B", at(0, 9)))
QUICK = Effort(steps=20_000, prove=False)
ALL = Wishes({wish: weight for weight, wish in enumerate(Wish, 1)}, nearby=30, rest=45)


def term(seed: int) -> Problem:
    """A problem with a bit of everything, drawn from *seed*; not every one can be solved whole."""
    draw = random.Random(seed)  # noqa: S311
    starts = [
        at(7 * week + day, hour) for week in range(3) for day in (0, 2, 3) for hour in range(8, 12)
    ]
    away = [Span(at(day, 8), at(day, 10)) for day in range(0, 20, 5)]
    people = [
        *(
            person(name, absent=(draw.choice(away),), most_per_day=2, fair_share=4)
            for name in "XYZ"
        ),
        *(room(name, seats, unwished=(draw.choice(away),)) for name, seats in (("R", 9), ("Q", 4))),
        *(patient(name, 3, most_per_week=4, absent=(draw.choice(away),)) for name in "GH"),
        *(patient(name, unwished=(draw.choice(away),)) for name in "abc"),
    ]
    sessions = [
        session(
            f"{group}{number}",
            *draw.sample(starts, 24),
            minutes=draw.choice((45, 60)),
            preparation=draw.choice((0, 15)),
            wrap_up=draw.choice((0, 15)),
            audience=(group,),
            rooms=draw.choice((("R", "Q"), ("R",))),
            leaders=draw.choice(([("X", "Y")], [("X",), ("Y", "Z")])),
            series=f"series {group}",
            heads=draw.choice((0, 2)),
            crowding=draw.random() < 0.5,
            seats=draw.choice((None, 9)),
            urgency=draw.choice((0, 2)),
        )
        for group in "GH"
        for number in range(5)
    ]
    sessions[0] = replace(sessions[0], today=place(sessions[0].starts[3], "R", ("X", "Y")))
    sessions[1] = replace(sessions[1], lock=Lock(start=sessions[1].starts[0]))
    options = (Option((key("G2"), key("G3")), 2), Option((key("H2"), key("H3"))))
    choices = tuple(
        Choice(key(f"choice {name}"), name, key(name), options, today=0) for name in "abc"
    )
    return Problem(
        tuple(sessions),
        tuple(people),
        tuple(Series(key(f"series {group}"), group, days=4) for group in "GH"),
        (Order(key("G0"), key("G2"), timedelta(), timedelta(days=10)),),
        (Apart(key("G3"), key("G4")), Apart(key("H0"), key("G0"))),
        choices,
        (Quota("", key("G2"), frozenset({key("a"), key("b")}), 1),),
        ALL,
    )


@pytest.mark.parametrize("seed", range(12))
def test_that_a_plan_breaks_no_rule_and_costs_what_the_search_thought(seed: int) -> None:
    problem = term(seed)
    search = Search(problem, QUICK, seed, Progress())

    found = search.run(None)

    judged = evaluate(problem, found.plan)
    best = min(int(s[numbers.BEST]) for s in search.states)
    left_out = len(judged.unplaced) * int(search.t[numbers.UNPLACED])
    assert judged.breaches == ()
    assert judged.cost + left_out == best


@pytest.mark.parametrize("seed", range(4))
def test_that_the_running_cost_never_drifts(seed: int) -> None:
    """What stands at the end, not only the best, is priced right."""
    problem = term(seed)
    search = Search(problem, QUICK, seed, Progress())
    search.run(None)
    for s in search.states:
        standing = search.laid.plan(*search.standing(s))
        judged = evaluate(problem, standing)
        left_out = len(judged.unplaced) * int(search.t[numbers.UNPLACED])
        assert (judged.breaches, judged.cost + left_out) == ((), int(s[numbers.COST]))


def test_that_one_in_the_way_of_two_is_not_counted_twice() -> None:
    """A and B change to the room of C, which stands in the way of both."""
    half = {"minutes": 30, "rooms": ("R", "Q"), "series": "S"}
    sessions = (
        session("A", at(0, 9), **half),
        session("B", at(0, 9.5), **half),
        session("C", at(0, 9), rooms=("R", "Q"), audience=("Group",)),
    )
    rooms = (room("R"), room("Q"), patient("Group"))
    wishes = Wishes({Wish.ROOMS: 1, Wish.TRIPS: 1})
    problem = Problem(sessions, rooms, (Series(key("S"), "S"),), wishes=wishes)
    search = Search(problem, QUICK, 1, Progress())

    found = search.run(None)

    assert [int(s[numbers.BEST]) for s in search.states] == [1] * len(search.states)
    assert (found.evaluation.cost, found.evaluation.unplaced) == (1, ())


def test_that_the_same_seed_gives_the_same_plan() -> None:
    problem = term(1)

    first, again = (solve(problem, QUICK, seed=5).plan for _ in range(2))

    assert first == again


def test_that_the_same_seed_gives_the_same_plan_with_its_proof_too() -> None:
    problem = replace(term(1), choices=(), quotas=())

    first, again = (solve(problem, Effort(steps=60_000), seed=5) for _ in range(2))

    assert (first.plan, first.bound) == (again.plan, again.bound)


def test_that_a_proof_is_stopped_at_once() -> None:
    heard: list[str] = []

    def stop(_fraction: float, text: str) -> None:
        heard.append(text)
        # CP-SAT has begun to say what is possible at best
        if text.startswith("cost") and not text.endswith(" 0"):
            progress.cancel()

    progress = Progress(stop)
    problem = replace(term(1), choices=(), quotas=())
    found = solve(problem, Effort(seconds=100), progress=progress)

    assert found.seconds < 60
    assert found.evaluation.sound
    assert found.plan.places
    assert heard


def test_that_locks_hold() -> None:
    problem = term(3)
    free = solve(problem, QUICK).plan
    held = {name: free.places[key(name)] for name in ("G0", "H4") if key(name) in free.places}
    assert held
    locked = tuple(
        replace(each, lock=Lock(p.start, p.room, p.leaders))
        if (p := held.get(each.title))
        else each
        for each in problem.sessions
    )

    found = solve(replace(problem, sessions=locked), QUICK, seed=9).plan

    assert {name: found.places[key(name)] for name in held} == held


def test_that_a_repair_changes_as_little_as_it_can() -> None:
    """Anna is away on one of six days: one session gets Bo, and nothing else moves."""
    days = [at(day, 9) for day in range(6)]
    standing = plan(**{f"S{n}": place(day, None, ("Anna",)) for n, day in enumerate(days)})
    sessions = tuple(
        session(f"S{n}", *days, leaders=[("Anna", "Bo")], today=standing.places[key(f"S{n}")])
        for n in range(6)
    )
    away = person("Anna", absent=(Span(days[2], at(2, 12)),))
    problem = Problem(sessions, (away, person("Bo")), wishes=Wishes({Wish.CHANGES: 1}))

    found = solve(problem, QUICK, start=standing)

    changed = {each for each in standing.places if standing.places[each] != found.plan.places[each]}
    assert changed == {key("S2")}
    assert found.evaluation.cost == 1


@pytest.mark.parametrize("absent", range(3))
def test_that_a_repair_changes_no_more_than_is_proven_necessary(absent: int) -> None:
    """One leader falls ill for three days of a plan without slack; the solver proves the least."""
    days = [at(day, hour) for day in range(5) for hour in (9, 10)]
    sessions = tuple(
        session(
            f"S{n}",
            *days,
            rooms=("R",),
            audience=("Group" if n % 2 else "Others",),
            leaders=[("Anna", "Bo") if n % 3 else ("Anna", "Cia")],
        )
        for n in range(9)
    )
    people = (person("Bo", most_per_day=1), person("Cia"), room("R"), *map(patient, GROUPS))
    whole = Problem(sessions, (person("Anna"), *people))
    standing = solve(whole, QUICK, seed=absent).plan
    ill = person("Anna", absent=(Span(at(absent, 0), at(absent + 3, 0)),))
    broken = replace(
        whole,
        sessions=tuple(replace(each, today=standing.places[each.key]) for each in sessions),
        resources=(ill, *people),
        wishes=Wishes({Wish.CHANGES: 1}),
    )

    quick = solve(broken, QUICK, start=standing)
    proven = solve(broken, Effort(seconds=6), start=standing)

    assert proven.proven
    assert quick.evaluation.cost == proven.evaluation.cost == proven.bound > 0
    assert not quick.evaluation.unplaced


def test_that_how_far_it_has_come_is_told() -> None:
    seen: list[Standing] = []
    problem = replace(term(1), choices=(), quotas=())

    found = solve(problem, Effort(seconds=1.5, prove=False), watch=seen.append)

    whole = len(problem.sessions)
    assert all(each.placed + each.unplaced == whole for each in seen)
    assert [each.seconds for each in seen] == sorted(each.seconds for each in seen)
    assert [-each.placed for each in seen] == sorted(-each.placed for each in seen)
    assert (seen[-1].best, seen[-1].unplaced) == (
        found.evaluation.cost,
        len(found.evaluation.unplaced),
    )


def test_that_a_proof_is_told_while_it_goes_on() -> None:
    seen: list[Standing] = []

    found = solve(Problem(PAIR, ()), Effort(seconds=5), watch=seen.append)

    assert found.proven
    assert seen[-1].proven


def test_that_what_is_stopped_keeps_the_best_so_far() -> None:
    said: list[float] = []

    def stop(fraction: float, _text: str) -> None:
        said.append(fraction)
        if len(said) > 3:
            progress.cancel()

    progress = Progress(stop)
    found = solve(term(2), Effort(seconds=60, prove=False), progress=progress)

    assert found.plan.places
    assert evaluate(term(2), found.plan).sound
    assert found.seconds < 20


def test_that_a_small_plan_is_proven_best() -> None:
    """A series of four in three weeks can't keep one time of the week with one of the days shut."""
    starts = [at(7 * week + day, hour) for week in range(3) for day in (0, 1) for hour in (9, 10)]
    sessions = tuple(
        session(
            f"S{n}",
            *starts,
            leaders=[("Anna", "Bo")],
            rooms=("R", "Q"),
            series="S",
            audience=("Group",),
        )
        for n in range(4)
    )
    people = (
        person("Anna", absent=(Span(at(14, 0), at(16, 0)),)),
        person("Bo"),
        room("R", absent=(Span(at(0, 0), at(1, 0)),)),
        room("Q"),
        patient("Group"),
    )
    problem = Problem(
        sessions,
        people,
        (Series(key("S"), "S"),),
        wishes=Wishes({Wish.REGULAR: 3, Wish.LEADERS: 2, Wish.ROOMS: 1}),
    )

    found = solve(problem, Effort(seconds=20))

    assert found.proven
    assert found.evaluation.cost == found.bound == 3


@pytest.mark.parametrize("seed", range(2))
def test_that_no_plan_is_below_the_bound(seed: int) -> None:
    """The bound of CP-SAT, the price of the search and the evaluator speak of the same cost."""
    problem = replace(term(seed), choices=(), quotas=())

    found = solve(problem, Effort(seconds=2.5), seed=seed)

    assert found.evaluation.unplaced or found.bound <= found.evaluation.cost
    assert not found.proven or found.bound == found.evaluation.cost


def test_that_nothing_to_place_is_a_plan() -> None:
    assert solve(Problem((), ()), QUICK).plan == Plan()
