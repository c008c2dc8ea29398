"""What stands against a plan: every rule of ``rules`` held against every occasion."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from painprogram.domain.rules.bookings import at_once, buffers_overlap
from painprogram.domain.rules.fitting import (
    lacking_equipment,
    missing_competence,
    missing_professions,
    too_few,
    too_many,
    too_small_a_room,
)
from painprogram.domain.rules.loads import gathered, monday_of, overloaded, with_more
from painprogram.domain.rules.occasion import (
    NOWHERE,
    Clash,
    Course,
    Meeting,
    Occasion,
    Surroundings,
    by_day,
)
from painprogram.domain.rules.times import (
    before_today,
    beyond_the_end,
    leader_absent,
    leader_busy,
    on_a_closed_day,
    outside_working_hours,
    too_early_in_order,
    too_late_in_order,
)

__all__ = [
    "NOWHERE",
    "Clash",
    "Course",
    "Meeting",
    "Occasion",
    "Standing",
    "Surroundings",
    "against",
    "alone",
    "by_day",
    "clashes",
    "double_booked",
    "gathered",
    "missing_professions",
]


def clashes(
    occasions: Iterable[Occasion], around: Surroundings = NOWHERE, *, moved: bool = False
) -> tuple[Clash, ...]:
    """Every broken rule, each pair once, in order of time.

    *moved*: also those that only hold what is moved or made (before today). Too much for a
    patient is said of each patient; ``gathered`` makes one of what is alike.
    """
    ordered = sorted(occasions, key=lambda o: (o.start, o.id.int))
    found = list(double_booked(ordered))
    found += _too_close(ordered)
    short: set[UUID | None] = set()
    for occasion in ordered:
        found += alone(occasion)
        found += in_time(occasion, around, moved=moved)
        for clash in too_few(occasion, around):
            if occasion.group not in short:  # once for each group: on the next of its sessions
                short.add(occasion.group)
                found.append(clash)
    found += _out_of_order(ordered, around)
    found += overloaded(ordered, around)
    starts = {occasion.id: occasion.start for occasion in ordered}
    starts |= {key: one.start for key, one in around.meetings.items() if key not in starts}
    return tuple(sorted(found, key=lambda c: (starts[c.occasion], c.rule, c.occasion.int)))


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
            if (
                (room is not None and room == one.room)
                or not staff.isdisjoint(one.staff)
                or not patients.isdisjoint(one.patients)
            ):
                yield from at_once(one, occasion)
        going.append(occasion)


def _too_close(ordered: Sequence[Occasion]) -> Iterator[Clash]:
    """Of each room and leader, neighbours without time to wrap up and prepare."""
    before: dict[UUID, Occasion] = {}
    said: set[tuple[UUID, UUID]] = set()
    for occasion in ordered:
        wanted = [*occasion.staff, occasion.room] if occasion.room else occasion.staff
        for one in wanted:
            last = before.get(one)
            if last is not None and last.wrap_up + occasion.preparation:
                pair = (last.id, occasion.id)
                if last.end <= occasion.start and pair not in said:
                    said.add(pair)
                    yield from buffers_overlap(last, occasion)
            if last is None or occasion.end >= last.end:
                before[one] = occasion


def alone(occasion: Occasion) -> Iterator[Clash]:
    """What an occasion lacks wherever it stands."""
    if occasion.needs:
        yield from missing_professions(occasion)
    if occasion.competences:
        yield from missing_competence(occasion)
    if occasion.equipment:
        yield from lacking_equipment(occasion)
    if occasion.seats is not None:
        yield from too_small_a_room(occasion)
    if occasion.over_quota or occasion.largest is not None:
        yield from too_many(occasion)


def in_time(occasion: Occasion, around: Surroundings, *, moved: bool) -> Iterator[Clash]:
    """What stands against its time, whatever else stands there."""
    if around.time.of and occasion.staff:
        yield from outside_working_hours(occasion, around)
        yield from leader_absent(occasion, around)
        yield from leader_busy(occasion, around)
    if around.closures:
        yield from on_a_closed_day(occasion, around)
    if occasion.latest is not None:
        yield from beyond_the_end(occasion)
    if moved:
        yield from before_today(occasion, around)


def _out_of_order(ordered: Sequence[Occasion], around: Surroundings) -> Iterator[Clash]:
    said: set[tuple[UUID, UUID | None]] = set()
    for occasion in ordered:
        course = around.courses.get(occasion.group) if occasion.group else None
        if course is None:
            continue
        found = list(too_early_in_order(occasion, course))
        last = course.meetings.get(occasion.strand, ())[-1:]
        if last and last[0].id == occasion.id:
            found += too_late_in_order(occasion, course)
        for clash in found:
            if (clash.occasion, clash.other) not in said:
                said.add((clash.occasion, clash.other))
                yield clash


class Standing:
    """What stands in a stretch of whole weeks, so that one of it can be asked for at a time."""

    def __init__(self, occasions: Mapping[UUID, Occasion]) -> None:
        self._days: dict[date, list[Occasion]] = defaultdict(list)
        self._weeks: dict[date, dict[UUID, list[Occasion]]] = defaultdict(dict)
        for occasion in occasions.values():
            day = occasion.start.date()
            self._days[day].append(occasion)
            of = self._weeks[monday_of(day)]
            for patient in occasion.patients:
                of.setdefault(patient, []).append(occasion)

    def on(self, day: date) -> Sequence[Occasion]:
        return self._days.get(day, ())

    def week_of(self, day: date) -> Mapping[UUID, Sequence[Occasion]]:
        """By patient, what they have in the week of *day*."""
        return self._weeks.get(monday_of(day), {})


def against(held: Occasion, standing: Standing, around: Surroundings) -> Iterator[Clash]:
    """Every rule that *held* would break where it is now; alone, not what others break.

    Nothing but its own day and week is looked at: a drag can ask at every step.
    """
    for other in standing.on(held.start.date()):
        if other.id == held.id:
            continue
        if other.start < held.end and held.start < other.end:
            yield from at_once(held, other)
        else:
            yield from buffers_overlap(held, other)
    yield from alone(held)
    yield from too_few(held, around)
    yield from in_time(held, around, moved=True)
    course = around.courses.get(held.group) if held.group else None
    if course is not None:
        yield from too_early_in_order(held, course)
        yield from too_late_in_order(held, course)
    yield from with_more(held, standing.week_of(held.start.date()), around)


def spans_of_weeks(first: date, last: date) -> tuple[date, date]:
    """The whole weeks that *first* to *last* lie in: how much a patient has, is asked of weeks."""
    return monday_of(first), monday_of(last) + timedelta(days=6)
