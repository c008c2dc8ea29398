"""What stands against a plan: each rule is a named function over frozen values.

Levels and further rules are the centre's to set; these are the ones that always hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from painprogram.domain.closures import Closure
from painprogram.domain.programmes import Need


class ClashKind(StrEnum):
    STAFF = "staff"
    ROOM = "room"
    PATIENT = "patient"
    NEEDS = "needs"
    """A profession the module asks for is missing among its leaders."""
    SEATS = "seats"
    """More participants than the room holds."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session or a visit as the rules see it."""

    id: UUID
    title: str
    start: datetime
    end: datetime
    staff: frozenset[UUID] = frozenset()
    professions: tuple[str, ...] = ()
    room: UUID | None = None
    patients: frozenset[UUID] = frozenset()
    needs: tuple[Need, ...] = ()
    seats: int | None = None
    """Of its room; None where it has none."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that is broken: on *occasion*, by *other* where two are involved.

    *about* is the person or room that is wanted twice; names are looked up by who shows it. Of
    patients there may be several: *detail* says how many.
    """

    kind: ClashKind
    occasion: UUID
    other: UUID | None = None
    about: UUID | None = None
    detail: str = ""


def clashes(occasions: Iterable[Occasion], closures: Iterable[Closure]) -> tuple[Clash, ...]:
    """Every broken rule, each pair once, in order of time."""
    ordered = sorted(occasions, key=lambda o: (o.start, o.id.int))
    found = list(double_booked(ordered))
    for occasion in ordered:
        found += missing_professions(occasion)
        found += too_small_a_room(occasion)
    found += on_closed_days(ordered, closures)
    starts = {occasion.id: occasion.start for occasion in ordered}
    return tuple(sorted(found, key=lambda c: (starts[c.occasion], c.kind, c.occasion.int)))


def double_booked(ordered: Sequence[Occasion]) -> Iterator[Clash]:
    """Two occasions at once that want the same person or room. Touching is not overlapping.

    *ordered* by start: each is held only against those still going on when it begins.
    """
    going: list[Occasion] = []
    for occasion in ordered:
        start, staff, room, patients = (
            occasion.start,
            occasion.staff,
            occasion.room,
            occasion.patients,
        )
        going = [one for one in going if one.end > start]
        for one in going:
            if not staff.isdisjoint(one.staff):
                for about in sorted(staff & one.staff):
                    yield Clash(ClashKind.STAFF, one.id, occasion.id, about)
            if room is not None and room == one.room:
                yield Clash(ClashKind.ROOM, one.id, occasion.id, room)
            if not patients.isdisjoint(one.patients):
                both = patients & one.patients
                about_one = next(iter(both)) if len(both) == 1 else None
                yield Clash(ClashKind.PATIENT, one.id, occasion.id, about_one, str(len(both)))
        going.append(occasion)


def missing_professions(occasion: Occasion) -> Iterator[Clash]:
    """A need that no leader is left to fill. Each leader fills one need."""
    if not occasion.needs:
        return
    left = list(occasion.professions)
    for need in sorted(occasion.needs, key=lambda n: len(n.professions)):
        filled = next((p for p in left if p in need.professions), None)
        if filled is None:
            yield Clash(ClashKind.NEEDS, occasion.id, detail=str(need))
        else:
            left.remove(filled)


def too_small_a_room(occasion: Occasion) -> Iterator[Clash]:
    """More participants, own schedules counted in, than the room has seats."""
    if occasion.seats is not None and len(occasion.patients) > occasion.seats:
        detail = f"{len(occasion.patients)}/{occasion.seats}"
        yield Clash(ClashKind.SEATS, occasion.id, about=occasion.room, detail=detail)


def on_closed_days(occasions: Iterable[Occasion], closures: Iterable[Closure]) -> Iterator[Clash]:
    """What stands on a closed day, or after closing time on a half one."""
    shut = by_day(closures)
    if not shut:
        return
    for occasion in occasions:
        for closure in shut.get(occasion.start.date(), ()):
            if closure.covers(occasion.start, occasion.end):
                yield Clash(ClashKind.CLOSED, occasion.id, detail=closure.reason)
                break


def by_day(closures: Iterable[Closure]) -> Mapping[date, Sequence[Closure]]:
    """The closures of each day they hold."""
    found: dict[date, list[Closure]] = defaultdict(list)
    for closure in closures:
        for ahead in range((closure.last - closure.first).days + 1):
            found[closure.first + timedelta(days=ahead)].append(closure)
    return found
