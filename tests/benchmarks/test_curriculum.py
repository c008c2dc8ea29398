"""The public benchmark: its file, its official rules, and that the planner sees the same cost."""

from dataclasses import replace

import pytest

from painprogram.planner.evaluate import evaluate
from painprogram.planner.problem import Wish
from painprogram.planner.solve import Effort, solve
from tests.benchmarks import curriculum
from tests.benchmarks import curriculum_format as ctt

TOY = """Name: Toy
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 1
Constraints: 1

COURSES:
C1 t1 2 2 30
C2 t2 1 1 50
C3 t1 1 1 10

ROOMS:
A 40
B 100

CURRICULA:
q1 2 C1 C2

UNAVAILABILITY_CONSTRAINTS:
C2 1 2

END.
"""
GOOD = (
    ctt.Lecture("C1", "A", 0, 0),
    ctt.Lecture("C2", "B", 0, 1),
    ctt.Lecture("C1", "A", 1, 0),
    ctt.Lecture("C3", "B", 1, 1),
)


@pytest.fixture
def toy(tmp_path) -> ctt.Instance:
    (tmp_path / "toy.ctt").write_text(TOY, "utf-8")
    return ctt.read(tmp_path / "toy.ctt")


def changed(number: int, **more) -> tuple[ctt.Lecture, ...]:
    found = list(GOOD)
    found[number] = replace(found[number], **more)
    return tuple(found)


def test_that_a_file_is_read(toy) -> None:
    assert toy.courses[0] == ctt.Course("C1", "t1", 2, 2, 30)
    assert toy.rooms == {"A": 40, "B": 100}
    assert toy.curricula == {"q1": ("C1", "C2")}
    assert toy.closed == {"C2": {(1, 2)}}


@pytest.mark.parametrize(
    ("kind", "solution"),
    [
        ("lectures", GOOD[:3]),
        ("lectures", changed(0, period=3)),
        ("lectures", changed(0, room="C")),
        ("rooms", changed(3, period=0, room="A")),
        ("conflicts", changed(3, period=0)),
        ("conflicts", changed(1, period=0)),
        ("availability", changed(1, day=1, period=2)),
    ],
)
def test_that_an_official_rule_is_counted(toy, kind, solution) -> None:
    assert ctt.hard(toy, solution)[kind] == 1
    assert not any(ctt.hard(toy, GOOD).values())


@pytest.mark.parametrize(
    ("kind", "solution", "more"),
    [
        ("capacity", changed(1, room="A"), 10),
        ("days", changed(2, day=0, period=2), 5),
        ("compactness", changed(1, period=2), 4),
        ("stability", changed(2, room="B"), 1),
    ],
)
def test_that_an_official_cost_is_counted(toy, kind, solution, more) -> None:
    assert ctt.soft(toy, solution)[kind] - ctt.soft(toy, GOOD)[kind] == more


def test_that_the_planner_sees_the_official_cost(toy) -> None:
    problem = ctt.as_problem(toy)
    found = solve(problem, Effort(seconds=10))
    solution = ctt.as_solution(toy, found.plan)
    official = ctt.soft(toy, solution)

    assert not any(ctt.hard(toy, solution).values())
    assert evaluate(problem, found.plan).costs == {
        Wish.CROWDING: official["capacity"],
        Wish.SPREAD: official["days"],
        Wish.ISOLATED: official["compactness"],
        Wish.ROOMS: official["stability"],
    }
    assert found.proven
    assert found.evaluation.cost == 2  # one lecture of the curriculum is alone on its day


def test_that_a_real_instance_is_feasible_and_written(tmp_path, capsys) -> None:
    """A sound start in a second; how good it becomes with time is the benchmark's to show."""
    out = tmp_path / "comp11.sol"
    instance = curriculum.DATA / "comp11.ctt"

    code = curriculum.main([str(instance), "--seconds", "2", "--seed", "1", "--out", str(out)])

    read = ctt.read(instance)
    solution = tuple(
        ctt.Lecture(course, where, int(day), int(period))
        for course, where, day, period in (
            line.split() for line in out.read_text("utf-8").splitlines()
        )
    )
    assert code == 0
    assert not any(ctt.hard(read, solution).values())
    assert f"cost {sum(ctt.soft(read, solution).values())};" in capsys.readouterr().out
