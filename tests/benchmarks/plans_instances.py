"""Own instances for the planner: one group, a centre's term of five groups, a cluster of forty.

Drawn from a fixed seed, so that they are the same at every run and on every machine.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from painprogram.planner.problem import (
    Apart,
    Choice,
    Kind,
    Option,
    Order,
    Problem,
    Quota,
    Resource,
    Role,
    Series,
    Session,
    Span,
    Wish,
    Wishes,
)

MONDAY = datetime(2027, 1, 11)
NAMES = UUID(int=56)
WEEKS = 8
"""Of a programme."""
STAFF = {"physician": 1, "psychologist": 2, "physiotherapist": 2, "occupational": 2, "nurse": 1}
"""By profession, how many at a centre."""
WISHES = Wishes(
    {
        Wish.REGULAR: 40,
        Wish.LEADERS: 40,
        Wish.ROOMS: 15,
        Wish.TRIPS: 3,
        Wish.COMPACT: 3,
        Wish.REST: 1,
        Wish.APART: 30,
        Wish.HOURS: 5,
        Wish.FAIR: 5,
        Wish.SEATS: 1,
        Wish.CHOICES: 1,
    },
    nearby=60,
)


@dataclass(frozen=True)
class Module:
    """A series of a programme: one session in each of its weeks, led by these professions."""

    title: str
    weeks: range
    minutes: int
    roles: tuple[tuple[str, ...], ...]


PROGRAMME = (
    Module("Evaluation", range(0, 8, 7), 120, (("physician",), ("psychologist",))),
    Module("Pain school", range(6), 90, (("physician", "nurse"),)),
    Module("Commitment", range(8), 90, (("psychologist",),)),
    Module("Movement", range(8), 60, (("physiotherapist",),)),
    Module("Everyday life", range(1, 6), 90, (("occupational",),)),
    Module("Relaxation", range(2, 6), 45, (("physiotherapist", "occupational"),)),
)


@dataclass
class Drawn:
    """An instance on its way."""

    chance: random.Random
    weeks: int
    sessions: list[Session] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    closed: frozenset[int] = frozenset()
    """Days from the first Monday on."""

    def problem(self) -> Problem:
        return Problem(
            tuple(self.sessions),
            tuple(self.resources),
            tuple(self.series),
            tuple(self.orders),
            tuple(self.apart),
            tuple(self.choices),
            tuple(self.quotas),
            WISHES,
        )

    def starts(self, week: int) -> tuple[datetime, ...]:
        """Every half hour of the week's working days, from 8 on."""
        days = [7 * week + day for day in range(5)]
        return tuple(
            at(day, 8 + half / 2) for day in days if day not in self.closed for half in range(16)
        )


def key(*name: object) -> UUID:
    return uuid5(NAMES, "/".join(map(str, name)))


def at(day: int, hour: float) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def one_group() -> Problem:
    drawn = Drawn(random.Random(1), 8, closed=frozenset({10, 24}))  # noqa: S311
    _centre(drawn, 0, groups=1, patients=0)
    return drawn.problem()


def a_term() -> Problem:
    """Five groups of a centre, one beginning every other week."""
    drawn = Drawn(random.Random(2), 16, closed=frozenset({10, 24, 73, 74}))  # noqa: S311
    _centre(drawn, 0, groups=5, patients=0)
    return drawn.problem()


def a_cluster(centres: int = 10) -> Problem:
    """Four groups a centre, and patients who choose among courses of centre and cluster."""
    drawn = Drawn(random.Random(3), 14, closed=frozenset({10, 24, 73, 74}))  # noqa: S311
    known = [_centre(drawn, centre, groups=4, patients=10) for centre in range(centres)]
    _shared_courses(drawn, known)
    return drawn.problem()


INSTANCES = {"group": one_group, "term": a_term, "cluster": a_cluster}


# A centre


def _centre(drawn: Drawn, centre: int, groups: int, patients: int) -> list[UUID]:
    """Staff, rooms and groups; the patients who choose for themselves, if groups have such."""
    people = {
        profession: [
            _colleague(drawn, f"{profession} {centre}.{number}", centre, groups)
            for number in range(max(many, round(many * groups / 3)))
        ]
        for profession, many in STAFF.items()
    }
    rooms = [_room(drawn, centre, number, seats) for number, seats in enumerate((14, 12, 10, 6))]
    found: list[UUID] = []
    for number in range(groups):
        members = _members(drawn, (centre, number), patients)
        _group(drawn, (centre, number), members, people, rooms)
        found += members if patients else []
    if patients:
        for parallel in range(3):
            name = f"Sleep {centre}.{parallel}"
            _course(drawn, name, (3 + 2 * parallel, 4 + 2 * parallel), people, rooms[:2], seats=16)
    return found


def _colleague(drawn: Drawn, name: str, centre: int, groups: int) -> UUID:
    """Lunch every day, a day off a week, a meeting, and a week away."""
    chance = drawn.chance
    off, meeting, away = chance.randrange(5), chance.randrange(5), chance.randrange(2, 8)
    absent = [Span(at(7 * away, 0), at(7 * away + (2 if centre % 2 else 1), 0))]
    for week in range(drawn.weeks):
        absent += [Span(at(7 * week + day, 12), at(7 * week + day, 13)) for day in range(5)]
        absent.append(Span(at(7 * week + off, 0), at(7 * week + off + 1, 0)))
        hour = 8 if meeting % 2 else 13
        absent.append(Span(at(7 * week + meeting, hour), at(7 * week + meeting, hour + 2)))
    friday = tuple(Span(at(7 * w + 4, 13), at(7 * w + 4, 18)) for w in range(drawn.weeks))
    drawn.resources.append(
        Resource(
            key(name),
            name,
            Kind.PERSON,
            absent=tuple(absent),
            unwished=friday,
            most_per_day=3,
            fair_share=6 + 3 * groups,
        )
    )
    return key(name)


def _room(drawn: Drawn, centre: int, number: int, seats: int) -> UUID:
    name = f"Room {centre}.{number}"
    taken = drawn.chance.randrange(5)
    absent = tuple(Span(at(7 * w + taken, 8), at(7 * w + taken, 12)) for w in range(drawn.weeks))
    drawn.resources.append(Resource(key(name), name, Kind.ROOM, seats=seats, absent=absent))
    return key(name)


def _members(drawn: Drawn, group: tuple[int, int], patients: int) -> tuple[UUID, ...]:
    """One for a group that goes everywhere together; else each patient."""
    chance = drawn.chance
    names = [f"Patient {group} {number}" for number in range(patients)] or [f"Group {group}"]
    for number, name in enumerate(names):
        day, shy = chance.randrange(5), chance.randrange(5)
        weeks = range(drawn.weeks)
        absent = tuple(Span(at(7 * w + day, 0), at(7 * w + day, 12)) for w in weeks)
        unwished = tuple(Span(at(7 * w + shy, 0), at(7 * w + shy, 10)) for w in weeks)
        drawn.resources.append(
            Resource(
                key(name),
                name,
                Kind.PATIENT,
                heads=1 if patients else 10,
                absent=absent if number == 0 else (),
                unwished=unwished,
                most_per_day=3,
            )
        )
    return tuple(key(name) for name in names)


People = dict[str, list[UUID]]


def _group(
    drawn: Drawn,
    group: tuple[int, int],
    members: tuple[UUID, ...],
    people: People,
    rooms: list[UUID],
) -> None:
    """The programme from the group's first week on."""
    first = 2 * group[1] % (drawn.weeks - WEEKS + 1)
    for module in PROGRAMME:
        series = key("series", group, module.title)
        drawn.series.append(Series(series, module.title))
        for week in module.weeks:
            drawn.sessions.append(
                Session(
                    key(group, module.title, week),
                    f"{module.title} {week + 1}, group {group}",
                    module.minutes,
                    drawn.starts(first + week),
                    audience=members,
                    roles=tuple(
                        Role(names[0], tuple(p for name in names for p in people[name]))
                        for names in module.roles
                    ),
                    rooms=tuple(rooms),
                    preparation=15,
                    wrap_up=15,
                    series=series,
                )
            )
    for week in range(6):
        school, acting = (key(group, title, week) for title in ("Pain school", "Commitment"))
        drawn.orders.append(Order(school, acting))
        drawn.apart.append(Apart(acting, key(group, "Movement", week)))


# What patients choose among


def _course(
    drawn: Drawn,
    name: str,
    weeks: tuple[int, ...],
    people: People,
    rooms: list[UUID],
    seats: int,
) -> None:
    drawn.series.append(Series(key("series", name), name))
    candidates = (*people["nurse"], *people["occupational"]) if people else ()
    roles = (Role("nurse", candidates),) if people else ()
    drawn.sessions += [
        Session(
            key(name, week),
            f"{name} {week}",
            60,
            drawn.starts(week),
            roles=roles,
            rooms=tuple(rooms),
            crowding=True,
            seats=seats,
            series=key("series", name),
        )
        for week in weeks
    ]


def _shared_courses(drawn: Drawn, known: list[list[UUID]]) -> None:
    """Each patient one of three courses of the centre, and one of four lectures of the cluster."""
    lectures = {week: f"Work {week}" for week in (2, 5, 8, 11)}
    for week, name in lectures.items():
        _course(drawn, name, (week,), {}, [], seats=-(-sum(map(len, known)) // 3))
        for centre, patients in enumerate(known):
            quota = Quota(f"{name}, {centre}", key(name, week), frozenset(patients), 16)
            drawn.quotas.append(quota)
    for centre, patients in enumerate(known):
        for patient in patients:
            waited = drawn.chance.randrange(4)
            sleep = tuple(
                Option(tuple(key(f"Sleep {centre}.{n}", 3 + 2 * n + m) for m in (0, 1)), waited * n)
                for n in range(3)
            )
            work = tuple(
                Option((key(name, week),), waited * late)
                for late, (week, name) in enumerate(lectures.items())
            )
            drawn.choices += [
                Choice(key("sleep", patient), "Sleep", patient, sleep),
                Choice(key("work", patient), "Work", patient, work),
            ]
