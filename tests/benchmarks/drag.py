"""A dragged session held against every rule at each place it passes, against a frame of 16 ms.

The board is a term of four centres: sixteen sessions a day in rooms and with leaders of their own,
twelve patients in each, working weeks, absences, busy times, buffers and an order to keep. What
is timed is what one step of a drag asks: everything that stands against the session there; in
processor time, since the slowest of a hundred is else the one in which another program ran.
"""

import gc
import random
import statistics
import time
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from uuid import UUID

from painprogram.domain import placing
from painprogram.domain.availability import Availability, Span, StaffTime, WorkingTime
from painprogram.domain.clashes import Course, Meeting, Occasion, Surroundings, clashes
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.people import Profession, Staff
from painprogram.domain.placing import Board
from painprogram.domain.programmes import Need
from painprogram.domain.rooms import Equipment, Room
from tests.benchmarks.runner import Result, growth

MONDAY = date(2027, 1, 11)
FRAME = 16.0  # ms
CENTRES = 4
STEPS = 2000
NEED = (Need((Profession.PHYSIOTHERAPIST,)),)
NEEDED = (Equipment.MATS,)
LECTURES = {3: "a", 6: "b", 9: "c", 12: "d"}
"""By number in the group: its lectures; all else is a series."""
ORDER = {"b": ("a",), "c": ("a",), "d": ("a",)}
WORK = tuple(WorkingTime(day, clock(8), clock(17)) for day in range(5))


def term(many: int) -> Board:
    """*many* sessions, sixteen a workday."""
    centres = [UUID(int=100 + n) for n in range(CENTRES)]
    people = [UUID(int=1000 + n) for n in range(CENTRES * 4)]
    rooms = [UUID(int=2000 + n) for n in range(CENTRES * 2)]
    of_group = [
        frozenset(UUID(int=10_000 + 12 * group + n) for n in range(12)) for group in range(40)
    ]
    occasions: dict[UUID, Occasion] = {}
    meetings: dict[UUID, list[Meeting]] = defaultdict(list)
    for number in range(many):
        day, nth = divmod(number, 16)
        centre, place = nth % CENTRES, nth // CENTRES
        run, group = day // 40, centre * 10 + (day + place) % 10
        at = datetime.combine(MONDAY + timedelta(days=7 * (day // 5) + day % 5), clock(8))
        start = at + timedelta(hours=2 * place)
        key, of = UUID(int=100_000 + number), UUID(int=500 + 40 * run + group)
        occasions[key] = Occasion(
            key,
            f"Session {number}",
            start,
            start + timedelta(hours=1),
            frozenset({people[centre * 4 + place]}),
            ("physiotherapist",),
            rooms[centre * 2 + place % 2],
            of_group[group],
            NEED,
            14,
            centres[centre],
            of,
            LECTURES.get(len(meetings[of]), "series"),
            10,
            10,
            NEEDED,
            NEEDED,
            fewest=6,
            largest=12,
            latest=date(2099, 1, 1),
        )
        meetings[of].append(Meeting(key, f"Session {number}", start, start + timedelta(hours=1)))
    return Board(
        MONDAY,
        occasions,
        _around(centres, people, occasions, meetings, -(-many // 80)),
        {key: Room(key, centres[n // 2], f"Room {n}", 14, NEEDED) for n, key in enumerate(rooms)},
        {
            key: Staff(key, centres[n // 4], f"Person {n}", Profession.PHYSIOTHERAPIST)
            for n, key in enumerate(people)
        },
        centres[0],
    )


def _around(
    centres: list[UUID],
    people: list[UUID],
    occasions: dict[UUID, Occasion],
    meetings: dict[UUID, list[Meeting]],
    weeks: int,
) -> Surroundings:
    lunches = tuple(
        Span(at + timedelta(hours=12), at + timedelta(hours=13))
        for day in range(7 * weeks)
        for at in [datetime.combine(MONDAY + timedelta(days=day), clock())]
    )
    away = Span(datetime.combine(MONDAY, clock(8)), datetime.combine(MONDAY, clock(12)))
    shut = tuple(
        Closure(ClosureKind.RED_DAY, day, day, "a red day")
        for week in range(0, weeks, 3)
        for day in [MONDAY + timedelta(weeks=week, days=4)]
    )
    courses = {}
    for group, there in meetings.items():
        strands: dict[str, list[Meeting]] = defaultdict(list)
        for one in there:
            strands[occasions[one.id].strand].append(one)
        courses[group] = Course(ORDER, {key: tuple(held) for key, held in strands.items()})
    return Surroundings(
        closures=dict.fromkeys(centres, shut),
        time=StaffTime({one: Availability(WORK, (), (away,), lunches) for one in people}),
        courses=courses,
        today=MONDAY + timedelta(days=14),
    )


def _steps(board: Board) -> list[float]:
    """Milliseconds of each step, dragging one session after another through its week."""
    chance = random.Random(7)  # noqa: S311 -- the same every time
    held = list(board.occasions.values())
    times = []
    placing.findings(board, held[0])  # what is worked out once, when the drag begins
    gc.collect()
    gc.disable()
    try:
        for _step in range(STEPS):
            one = chance.choice(held)
            monday = one.start.date() - timedelta(days=one.start.weekday())
            start = datetime.combine(
                monday + timedelta(days=chance.randrange(5)),
                clock(chance.randrange(7, 17), 15 * chance.randrange(4)),
            )
            begun = time.thread_time()
            placing.new_findings(board, placing.moved_to(one, start))
            times.append((time.thread_time() - begun) * 1000)
    finally:
        gc.enable()
    return times


def measure() -> list[Result]:
    boards = {many: term(many) for many in (200, 2000)}
    times = _steps(boards[2000])
    ninety_nine = statistics.quantiles(times, n=100)[98]
    median = statistics.median(times)
    day = boards[2000].occasions[UUID(int=100_000)]
    results = [
        Result("drag, 2,000 sessions: median / frame", median, FRAME, median / FRAME, most=2 / 16),
        Result(
            "drag, 2,000 sessions: 99th percentile / frame",
            ninety_nine,
            FRAME,
            ninety_nine / FRAME,
            most=8 / 16,
        ),
    ]
    begun = time.perf_counter()
    fresh = replace(boards[2000])
    placing.stretches(fresh, day, day.start.date(), clock(8), clock(17))
    first = (time.perf_counter() - begun) * 1000
    results.append(Result("first day painted, nothing worked out yet", first, FRAME, first / FRAME))
    small, large = (statistics.median(_steps(boards[many])) for many in (200, 2000))
    results.append(Result("drag: 2,000 / 200 sessions", large, small, large / small, most=3))
    results.append(
        growth("all rules, sessions", lambda many: clashes(*_all(boards[many])), 200, most=15)
    )
    return results


def _all(board: Board) -> tuple[list[Occasion], Surroundings]:
    return list(board.occasions.values()), board.around
