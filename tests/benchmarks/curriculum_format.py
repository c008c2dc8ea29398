"""Curriculum-based course timetabling: its files, its official rules, and the planner's terms.

A course is a series, a teacher a leader, a curriculum a group of patients. The rules are counted
here from the file alone, with nothing of the planner.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from painprogram.planner.problem import (
    Kind,
    Place,
    Plan,
    Problem,
    Resource,
    Role,
    Series,
    Session,
    Wish,
    Wishes,
)

MONDAY = date(2024, 1, 1)
FIRST_HOUR = 8
PERIOD = 60
WEIGHTS = {Wish.CROWDING: 1, Wish.SPREAD: 5, Wish.ISOLATED: 2, Wish.ROOMS: 1}


@dataclass(frozen=True)
class Course:
    name: str
    teacher: str
    lectures: int
    days: int
    students: int


@dataclass(frozen=True)
class Instance:
    name: str
    days: int
    periods: int
    courses: tuple[Course, ...]
    rooms: Mapping[str, int]
    curricula: Mapping[str, tuple[str, ...]]
    closed: Mapping[str, frozenset[tuple[int, int]]]
    """By course: the days and periods at which it can't be."""


@dataclass(frozen=True)
class Lecture:
    """A line of a solution."""

    course: str
    room: str
    day: int
    period: int


def read(path: Path) -> Instance:
    head: dict[str, str] = {}
    parts: dict[str, list[list[str]]] = defaultdict(list)
    part = ""
    for line in path.read_text("utf-8").splitlines():
        words = line.split()
        if not words or words == ["END."]:
            continue
        if len(words) == 1 and line.strip().endswith(":"):
            part = words[0]
        elif part:
            parts[part].append(words)
        else:
            key, value = line.split(":", 1)
            head[key.strip()] = value.strip()
    closed: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for course, day, period in parts["UNAVAILABILITY_CONSTRAINTS:"]:
        closed[course].add((int(day), int(period)))
    return Instance(
        head["Name"],
        int(head["Days"]),
        int(head["Periods_per_day"]),
        tuple(
            Course(name, teacher, int(lectures), int(days), int(students))
            for name, teacher, lectures, days, students in parts["COURSES:"]
        ),
        {name: int(seats) for name, seats in parts["ROOMS:"]},
        {words[0]: tuple(words[2:]) for words in parts["CURRICULA:"]},
        {course: frozenset(times) for course, times in closed.items()},
    )


# In the planner's terms


def key(kind: str, name: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{kind} {name}")


def moment(day: int, period: int) -> datetime:
    start = datetime.combine(MONDAY + timedelta(days=day), time(FIRST_HOUR))
    return start + timedelta(minutes=PERIOD * period)


def as_problem(instance: Instance) -> Problem:
    times = [(d, p) for d in range(instance.days) for p in range(instance.periods)]
    groups = defaultdict(list)
    for name, courses in instance.curricula.items():
        for member in courses:
            groups[member].append(key("curriculum", name))
    rooms = tuple(key("room", name) for name in instance.rooms)
    sessions = []
    for course in instance.courses:
        closed = instance.closed.get(course.name, frozenset())
        starts = tuple(moment(*at) for at in times if at not in closed)
        sessions += [
            Session(
                key("lecture", f"{course.name} {number}"),
                f"{course.name} {number + 1}",
                PERIOD,
                starts,
                tuple(groups[course.name]),
                (Role("teacher", (key("teacher", course.teacher),)),),
                rooms,
                heads=course.students,
                crowding=True,
                series=key("course", course.name),
            )
            for number in range(course.lectures)
        ]
    return Problem(
        tuple(sessions),
        _resources(instance),
        tuple(Series(key("course", c.name), c.name, c.days) for c in instance.courses),
        wishes=Wishes(WEIGHTS),
    )


def _resources(instance: Instance) -> tuple[Resource, ...]:
    """A curriculum has no heads of its own: the students of a course are those of its sessions."""
    teachers = dict.fromkeys(course.teacher for course in instance.courses)
    return (
        *(Resource(key("teacher", name), name, Kind.PERSON) for name in teachers),
        *(
            Resource(key("room", name), name, Kind.ROOM, seats=seats)
            for name, seats in instance.rooms.items()
        ),
        *(
            Resource(key("curriculum", name), name, Kind.PATIENT, heads=0)
            for name in instance.curricula
        ),
    )


def as_solution(instance: Instance, plan: Plan) -> tuple[Lecture, ...]:
    rooms = {key("room", name): name for name in instance.rooms}
    found = []
    for course in instance.courses:
        for number in range(course.lectures):
            place = plan.places.get(key("lecture", f"{course.name} {number}"))
            if place is not None:
                found.append(_lecture(course.name, rooms, place))
    return tuple(found)


def _lecture(course: str, rooms: Mapping[UUID, str], place: Place) -> Lecture:
    day = (place.start.date() - MONDAY).days
    assert place.room is not None
    return Lecture(course, rooms[place.room], day, place.start.hour - FIRST_HOUR)


def lines(solution: tuple[Lecture, ...]) -> str:
    return "".join(f"{x.course} {x.room} {x.day} {x.period}\n" for x in solution)


# The official rules


def hard(instance: Instance, solution: tuple[Lecture, ...]) -> dict[str, int]:
    """Violations by kind: all are 0 in a feasible solution."""
    course = {each.name: each for each in instance.courses}
    counted = Counter(x.course for x in solution)
    at: dict[tuple[int, int], list[Lecture]] = defaultdict(list)
    for x in solution:
        at[x.day, x.period].append(x)
    occupied = Counter((x.room, x.day, x.period) for x in solution)
    conflicts = 0
    for together in at.values():
        names = [x.course for x in together]
        conflicts += len(names) - len({course[name].teacher for name in names})
        for members in instance.curricula.values():
            conflicts += max(0, sum(name in members for name in names) - 1)
    return {
        "lectures": sum(abs(c.lectures - counted[c.name]) for c in instance.courses)
        + sum(x.room not in instance.rooms for x in solution)
        + sum(
            not (0 <= x.day < instance.days and 0 <= x.period < instance.periods) for x in solution
        ),
        "rooms": sum(many - 1 for many in occupied.values()),
        "conflicts": conflicts,
        "availability": sum(
            (x.day, x.period) in instance.closed.get(x.course, ()) for x in solution
        ),
    }


def soft(instance: Instance, solution: tuple[Lecture, ...]) -> dict[str, int]:
    """Cost by kind."""
    course = {each.name: each for each in instance.courses}
    days = defaultdict(set)
    rooms = defaultdict(set)
    for x in solution:
        days[x.course].add(x.day)
        rooms[x.course].add(x.room)
    alone = 0
    for members in instance.curricula.values():
        there = Counter((x.day, x.period) for x in solution if x.course in members)
        alone += sum(
            many
            for (day, period), many in there.items()
            if not there[day, period - 1] and not there[day, period + 1]
        )
    return {
        "capacity": sum(
            max(0, course[x.course].students - instance.rooms[x.room]) for x in solution
        ),
        "days": 5 * sum(max(0, c.days - len(days[c.name])) for c in instance.courses),
        "compactness": 2 * alone,
        "stability": sum(max(0, len(rooms[c.name]) - 1) for c in instance.courses),
    }
