"""Who and what is taken when: everybody's, every room's and every patient's hours in one book."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from painprogram.domain.clashes import Occasion


class Diary:
    """Filled once with what stands; choices that are made are booked as they are made."""

    def __init__(self, occasions: Iterable[Occasion] = ()) -> None:
        self._by_day: dict[tuple[UUID, date], list[Occasion]] = defaultdict(list)
        self._held: dict[UUID, Occasion] = {}
        for occasion in occasions:
            self.book(occasion)

    def book(self, occasion: Occasion) -> None:
        """Write in *occasion*; where it stood before, it stands no more."""
        self.strike(occasion.id)
        self._held[occasion.id] = occasion
        for key in _wanted(occasion):
            self._by_day[key, occasion.start.date()].append(occasion)

    def strike(self, occasion_id: UUID) -> None:
        before = self._held.pop(occasion_id, None)
        if before is not None:
            for key in _wanted(before):
                self._by_day[key, before.start.date()].remove(before)

    def on(self, key: UUID, day: date) -> Iterator[Occasion]:
        """What a person, a room or a patient has on *day*."""
        yield from self._by_day.get((key, day), ())

    def meets(
        self, key: UUID, start: datetime, end: datetime, apart_from: UUID | None = None
    ) -> Occasion | None:
        """What takes *key* between *start* and *end*, if anything does; touching is not meeting."""
        for one in self._by_day.get((key, start.date()), ()):
            if one.id != apart_from and one.start < end and start < one.end:
                return one
        return None

    def minutes(self, key: UUID, monday: date) -> int:
        """How long *key* is taken in the week of *monday*."""
        total = timedelta()
        for ahead in range(7):
            for one in self.on(key, monday + timedelta(days=ahead)):
                total += one.end - one.start
        return total // timedelta(minutes=1)


def led_instead(occasion: Occasion, old: UUID, new: UUID) -> Occasion:
    """*occasion* with one leader in the place of another."""
    return replace(occasion, staff=occasion.staff - {old} | {new})


def _wanted(occasion: Occasion) -> Iterator[UUID]:
    yield from occasion.staff
    yield from occasion.patients
    if occasion.room is not None:
        yield occasion.room
