"""Two occasions that want the same person, room or patients: at once, or too close."""

from collections.abc import Iterator
from datetime import timedelta

from painprogram.domain.rules import Rule
from painprogram.domain.rules.occasion import Clash, Occasion


def meet(one: Occasion, other: Occasion) -> bool:
    """Whether they are on at the same time. Touching is not overlapping."""
    return one.start < other.end and other.start < one.end


def staff_twice(one: Occasion, other: Occasion) -> Iterator[Clash]:
    """Nobody leads two things at once. Asked of two that meet."""
    if not one.staff.isdisjoint(other.staff):
        for about in sorted(one.staff & other.staff):
            yield Clash(Rule.STAFF, one.id, other.id, about)


def room_twice(one: Occasion, other: Occasion) -> Iterator[Clash]:
    """A room holds one thing at a time. Asked of two that meet."""
    if one.room is not None and one.room == other.room:
        yield Clash(Rule.ROOM, one.id, other.id, one.room)


def patient_twice(one: Occasion, other: Occasion) -> Iterator[Clash]:
    """A patient can be in one place only; several are one clash. Asked of two that meet."""
    if not one.patients.isdisjoint(other.patients):
        both = one.patients & other.patients
        about = next(iter(both)) if len(both) == 1 else None
        yield Clash(Rule.PATIENT, one.id, other.id, about, str(len(both)), len(both))


def at_once(one: Occasion, other: Occasion) -> Iterator[Clash]:
    yield from staff_twice(one, other)
    yield from room_twice(one, other)
    yield from patient_twice(one, other)


def buffers_overlap(one: Occasion, other: Occasion) -> Iterator[Clash]:
    """Time to wrap up and prepare, of the same room or leader. Asked of two that do not meet."""
    first, then = (one, other) if one.start <= other.start else (other, one)
    needed = timedelta(minutes=first.wrap_up + then.preparation)
    if then.start - first.end >= needed:
        return
    if first.room is not None and first.room == then.room:
        yield Clash(Rule.BUFFER, first.id, then.id, first.room)
    for about in sorted(first.staff & then.staff):
        yield Clash(Rule.BUFFER, first.id, then.id, about)
