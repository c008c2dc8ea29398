"""Proposals beside the best: really different, nearly as good, and judged as any other."""

from dataclasses import replace
from itertools import combinations

from painprogram.domain.progress import Progress
from painprogram.planner.alternatives import SHARE, alternatives, dearest, difference
from painprogram.planner.evaluate import evaluate
from painprogram.planner.problem import Lock, Plan, Problem, Series, Span, Wish, Wishes
from painprogram.planner.solve import Effort
from painprogram.planner.watching import Standing
from tests.planner.plans import at, key, patient, person, place, plan, room, session

QUICK = Effort(steps=60_000, prove=False)
WEEKS = tuple(at(7 * week + day, hour) for week in range(4) for day in range(4) for hour in (9, 13))


def courses(*names: str) -> Problem:
    """Each a series of four for one group, led by Anna or Bo; many ways are as good."""
    sessions = tuple(
        session(
            f"{name}{week}",
            *WEEKS[8 * week : 8 * week + 8],
            audience=("Group",),
            leaders=[("Anna", "Bo")],
            series=name,
        )
        for name in names
        for week in range(4)
    )
    people = person("Anna"), person("Bo"), patient("Group", heads=8)
    series = tuple(Series(key(name), name) for name in names)
    return Problem(
        sessions, people, series, wishes=Wishes({Wish.REGULAR: 3, Wish.LEADERS: 2, Wish.TRIPS: 1})
    )


def test_that_three_proposals_are_really_different_and_nearly_as_good() -> None:
    problem = courses("Pain school", "Exercise", "Body")

    found = alternatives(problem, 3, QUICK, seed=2)

    assert len(found) == 3
    for one, other in combinations(found, 2):
        assert difference(problem, one.plan, other.plan) >= SHARE
    for each in found:
        assert each.evaluation == evaluate(problem, each.plan)
        assert each.evaluation.sound
        assert not each.evaluation.unplaced
        assert each.evaluation.cost <= dearest(problem, found[0].evaluation.cost)
        assert each.bound <= each.evaluation.cost


def test_that_the_same_seed_gives_the_same_proposals() -> None:
    problem = courses("Pain school")

    first, again = (alternatives(problem, 2, QUICK, seed=3) for _ in range(2))

    assert [each.plan for each in first] == [each.plan for each in again]


def test_that_nothing_is_passed_off_as_different() -> None:
    """One time, one leader: there is one plan, and no second is made up."""
    problem = Problem((session("A", at(0, 9), leaders=[("Anna",)]),), (person("Anna"),))

    assert len(alternatives(problem, 3, QUICK)) == 1


def test_that_a_much_dearer_plan_is_not_proposed() -> None:
    """There is another time, which nobody wants."""
    awful = person("Anna", unwished=(Span(at(1, 0), at(2, 0)),))
    wishes = Wishes({Wish.HOURS: 50, Wish.TRIPS: 1})
    sessions = tuple(
        session(f"S{n}", at(0, 8 + n), at(1, 8 + n), leaders=[("Anna",)]) for n in range(8)
    )

    found = alternatives(Problem(sessions, (awful,), wishes=wishes), 3, QUICK)

    assert found[0].evaluation.cost == 0
    assert all(each.evaluation.cost <= 100 for each in found)


def test_that_ways_to_repair_differ_in_what_is_repaired_and_leave_the_rest() -> None:
    """Anna is away on one day: Bo leads, or another day is found; the other sessions stay."""
    days = [at(day, 9) for day in range(8)]
    standing = plan(**{f"S{n}": place(day, None, ("Anna",)) for n, day in enumerate(days[:6])})
    sessions = tuple(
        session(f"S{n}", *days, leaders=[("Anna", "Bo")], today=standing.places[key(f"S{n}")])
        for n in range(6)
    )
    away = person("Anna", absent=(Span(days[2], at(2, 12)),))
    problem = Problem(sessions, (away, person("Bo")), wishes=Wishes({Wish.CHANGES: 1}))

    found = alternatives(problem, 2, QUICK, start=standing)

    now = [each.plan.places for each in found]
    kept = standing.places.keys() - {key("S2")}
    assert len(now) == 2
    assert all(
        {name: places[name] for name in kept}.items() <= standing.places.items() for places in now
    )
    assert now[0][key("S2")] != now[1][key("S2")]


def test_that_locks_hold_in_every_proposal() -> None:
    problem = courses("Pain school", "Exercise")
    held = problem.sessions[0]
    locked = replace(held, lock=Lock(start=held.starts[5]))

    found = alternatives(replace(problem, sessions=(locked, *problem.sessions[1:])), 3, QUICK)

    assert {each.plan.places[held.key].start for each in found} == {held.starts[5]}


def test_that_rooms_make_the_difference_where_only_they_are_open() -> None:
    sessions = tuple(session(f"S{n}", at(n, 9), rooms=("R", "Q")) for n in range(4))
    problem = Problem(sessions, (room("R"), room("Q")))

    found = alternatives(problem, 2, QUICK)

    assert len(found) == 2
    assert difference(problem, found[0].plan, found[1].plan) >= SHARE


def test_that_stopping_keeps_what_there_is() -> None:
    seen: list[Standing] = []

    def stop(standing: Standing) -> None:
        seen.append(standing)
        if standing.placed:
            progress.cancel()

    progress = Progress()
    found = alternatives(
        courses("Pain school"), 3, Effort(seconds=60, prove=False), progress=progress, watch=stop
    )

    assert len(found) == 1
    assert found[0].seconds < 20
    assert {each.number for each in seen} == {1}


def test_that_the_course_over_all_proposals_is_told() -> None:
    parts: list[float] = []
    seen: list[Standing] = []

    alternatives(
        courses("Pain school"),
        2,
        Effort(seconds=1.5, prove=False),
        progress=Progress(lambda part, _text: parts.append(part)),
        watch=seen.append,
    )

    assert {each.number for each in seen} == {1, 2}
    assert [each.seconds for each in seen] == sorted(each.seconds for each in seen)
    assert max(parts) > 0.9


def test_that_a_plan_is_not_different_from_itself() -> None:
    problem = courses("Pain school")
    held = Plan({each.key: place(each.starts[0], None, ("Anna",)) for each in problem.sessions})

    assert difference(problem, held, held) == 0
    assert difference(problem, held, Plan()) == 1
