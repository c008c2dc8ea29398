"""The same problem for CP-SAT: proof, and how far from the best possible a plan can be.

Two shapes. *Whole*: time, room and leaders of everything; what it proves is proven. *Times*: rooms
are left out and counted instead, which is exact where all sessions are equally long and may use
every room: at each tick, and for each number of heads, the sessions with more heads than that
less the rooms with more seats. Its bound holds for the whole problem, its plan still wants rooms.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from painprogram.domain.progress import Progress
from painprogram.planner import at, exact_model, exact_wishes
from painprogram.planner.layout import tables
from painprogram.planner.problem import Plan, Problem
from painprogram.planner.tables import Ints, Laid

ROUNDING = 1e-6
MOST_LITERALS = 120_000
"""A model with more is not worth its building."""
STEPS_OF_WORK = 2e6
"""Steps of the compiled search that count as one unit of CP-SAT's work."""
SMALL_ROOM_PAIRS = 300
FEW_ROOM_PAIRS = 1500
"""Sessions times rooms, up to which rooms are decided together with times."""


def fits(problem: Problem, laid: Laid) -> bool:
    """Whether the model says the whole of *problem*, and is small enough to build."""
    if problem.choices or len(laid.starts) > MOST_LITERALS:
        return False
    return decides_rooms(problem, laid) or plain(problem)


def decides_rooms(problem: Problem, laid: Laid) -> bool:
    """Whether rooms are decided together with times; counting them is quicker where it may be."""
    pairs = sum(key is not None for key in laid.room_keys)
    return pairs <= (SMALL_ROOM_PAIRS if plain(problem) else FEW_ROOM_PAIRS)


def is_small(laid: Laid) -> bool:
    return sum(key is not None for key in laid.room_keys) <= SMALL_ROOM_PAIRS


def plain(problem: Problem) -> bool:
    """Whether rooms can be counted: one length, no buffers, every room for every session."""
    shapes = {(each.minutes, each.preparation, each.wrap_up) for each in problem.sessions}
    offered = {each.rooms for each in problem.sessions}
    absent = any(each.absent or each.most_per_day or each.most_per_week for each in _rooms(problem))
    crowding = all(each.crowding for each in problem.sessions)
    aligned = all(
        start.minute * 60 % (each.minutes * 60) == 0 or each.minutes % 60 == 0
        for each in problem.sessions
        for start in each.starts[:1]
    )
    equal = len(shapes) == 1 and all(shape[1] == shape[2] == 0 for shape in shapes)
    return equal and len(offered) == 1 and not absent and crowding and aligned


def _rooms(problem: Problem) -> list[Any]:
    wanted = {key for each in problem.sessions for key in each.rooms}
    return [each for each in problem.resources if each.key in wanted]


@dataclass
class Answer:
    """What came of it; *rows* as in the tables, a room of -1 where it was not decided."""

    rows: list[list[int]] | None = None
    cost: int | None = None
    bound: int = 0
    proven: bool = False


def build(laid: Laid, t: Ints, *, with_rooms: bool) -> exact_model.Model:
    """The model of a problem that ``fits``."""
    from ortools.sat.python import cp_model

    m = exact_model.Model(laid, t, with_rooms, cp_model.CpModel())
    for part in (
        exact_model.places,
        exact_model.users,
        exact_model.visits,
        exact_model.taken,
        exact_model.orders,
        exact_wishes.limits,
        exact_wishes.add_wishes,
    ):
        part(m)
    if not with_rooms:
        exact_wishes.counted_rooms(m)
    m.model.minimize(sum(m.terms))
    return m


@dataclass(frozen=True)
class Budget:
    """How long to look: by the clock, or by the solver's own count of its work."""

    seconds: float = 20.0
    work: float | None = None
    workers: int = 8
    seed: int = 1


def _nothing(*_numbers: int) -> None:
    return None


@dataclass(frozen=True)
class Heard:
    """Who is told, from any thread: what a plan costs at least; and of a plan found, how many it
    leaves out and what it costs apart from that."""

    bound: Callable[[int], None] = _nothing
    found: Callable[[int, int], None] = _nothing


def solve(
    m: exact_model.Model,
    hint: Sequence[Sequence[int]],
    budget: Budget,
    on_cancel: Callable[[Callable[[], None]], None],
    heard: Heard = Heard(),
) -> Answer:
    """The best plan from *hint* on."""
    from ortools.sat.python import cp_model

    _hint(m, hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = budget.workers
    solver.parameters.random_seed = budget.seed
    solver.parameters.max_time_in_seconds = budget.seconds
    if budget.work is not None:  # the same however fast the machine is
        solver.parameters.interleave_search = True
        solver.parameters.max_deterministic_time = budget.work
    solver.best_bound_callback = lambda bound: heard.bound(math.ceil(bound - ROUNDING))
    on_cancel(solver.stop_search)
    status = solver.solve(m.model, _each_found(m, heard) if m.with_rooms else None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer()
    cost = round(solver.objective_value)
    proven = status == cp_model.OPTIMAL
    # With several workers the bound that is read can lag behind the proof.
    bound = cost if proven else max(0, math.ceil(solver.best_objective_bound - ROUNDING))
    return Answer([_row(m, solver, n) for n in range(len(m.placed))], cost, bound, proven)


def least(problem: Problem, unplaced: int, budget: Budget, progress: Progress) -> int:
    """What a plan of *problem* costs at least, were a session without a place *unplaced*."""
    laid = Laid(problem)
    t = tables(laid)
    t[at.UNPLACED] = unplaced
    nowhere = [[-1, -1, -1]] * len(problem.sessions)
    return solve(build(laid, t, with_rooms=True), nowhere, budget, progress.on_cancel).bound


def _each_found(m: exact_model.Model, heard: Heard) -> Any:
    """Tells of each whole plan on the way to the best."""
    from ortools.sat.python import cp_model

    class Found(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            left = sum(not self.boolean_value(placed) for placed in m.placed)
            heard.found(left, round(self.objective_value) - left * int(m.t[at.UNPLACED]))

    return Found()


def with_rooms(laid: Laid, t: Ints, rows: Sequence[Sequence[int]]) -> Plan:
    """A plan from times alone: at each, the largest session gets the largest room.

    Of rooms that are as good, the one that the series has most of its sessions in.
    """
    heads = t[t[at.FIXED_HEADS] :][: len(rows)].tolist()
    series = t[t[at.SERIES] :][: len(rows)].tolist()
    known = laid.problem.resource
    used: Counter[tuple[int, int]] = Counter()
    by_start: dict[int, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if row[0] >= 0:
            by_start[int(t[t[at.START_TICK] + row[0]])].append(n)
    found = [list(row) for row in rows]
    for there in by_start.values():
        first = laid.room_at[there[0]]
        left = list(range(laid.room_at[there[0] + 1] - first))
        seats = [known[key].seats if key else 0 for key in laid.room_keys[first:][: len(left)]]
        for n in sorted(there, key=lambda n: -heads[n]):
            room = min(
                left,
                key=lambda r: (max(0, heads[n] - seats[r]), -used[series[n], r], seats[r]),
            )
            left.remove(room)
            used[series[n], room] += 1
            found[n][1] = laid.room_at[n] + room
    return laid.plan_of_rows(found)


def _hint(m: exact_model.Model, rows: Sequence[Sequence[int]]) -> None:
    for n, (start, room, team) in enumerate(rows):
        m.model.add_hint(m.placed[n], start >= 0)
        for found, first, chosen in (
            (m.x, m.laid.start_at, start),
            (m.y, m.laid.room_at, room),
            (m.z, m.laid.team_at, team),
        ):
            for number, literal in enumerate(found.get(n, ())):
                m.model.add_hint(literal, first[n] + number == chosen)


def _row(m: exact_model.Model, solver: Any, n: int) -> list[int]:
    row = []
    for found, first in ((m.x, m.laid.start_at), (m.y, m.laid.room_at), (m.z, m.laid.team_at)):
        here = [number for number, one in enumerate(found.get(n, ())) if solver.value(one)]
        row.append(first[n] + here[0] if here else -1)
    return row
