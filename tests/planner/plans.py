"""Small problems for the planner's tests, in two lines each."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from painprogram.planner.problem import Kind, Place, Plan, Resource, Role, Session

NAMES = UUID(int=7)
MONDAY = datetime(2027, 1, 11)


def key(name: str) -> UUID:
    return uuid5(NAMES, name)


def at(day: int, hour: float) -> datetime:
    """On the *day* from Monday 0 on, at *hour* o'clock."""
    return MONDAY + timedelta(days=day, hours=hour)


def person(name: str, **more) -> Resource:
    return Resource(key(name), name, Kind.PERSON, **more)


def room(name: str, seats: int = 10, **more) -> Resource:
    return Resource(key(name), name, Kind.ROOM, seats=seats, **more)


def patient(name: str, heads: int = 1, **more) -> Resource:
    return Resource(key(name), name, Kind.PATIENT, heads=heads, **more)


def session(name: str, *starts: datetime, **more) -> Session:
    """An hour, led by nobody, in no room, for nobody, unless *more* says so in names."""
    for field in ("audience", "rooms"):
        more[field] = tuple(key(each) for each in more.get(field, ()))
    leaders = more.pop("leaders", ())
    roles = tuple(Role("physiotherapist", tuple(key(n) for n in each)) for each in leaders)
    series = more.pop("series", None)
    return Session(
        key(name),
        name,
        more.pop("minutes", 60),
        starts,
        roles=roles,
        series=series and key(series),
        **more,
    )


def place(start: datetime, in_room: str | None = None, leaders: tuple[str, ...] = ()) -> Place:
    where = None if in_room is None else key(in_room)
    return Place(start, where, frozenset(key(each) for each in leaders))


def plan(**places: Place) -> Plan:
    return Plan({key(name): each for name, each in places.items()})
