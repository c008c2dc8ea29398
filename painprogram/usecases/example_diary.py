"""Who and what is taken when, while the example is put together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram.domain.closures import Closure, closed_by

WORKDAYS = 5
WEEKS = 6
TIMES = (time(8, 30), time(10), time(13), time(14, 30))


class Diary:
    """Finds times for individual visits, spread over the week and over those who can take them."""

    def __init__(self) -> None:
        self._taken: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._found = 0

    def book(self, start: datetime, minutes: int, *who_and_what: UUID | None) -> None:
        for one in who_and_what:
            if one is not None:
                self._taken[one].append((start, start + timedelta(minutes=minutes)))

    def find(
        self,
        first: date,
        minutes: int,
        leaders: Sequence[UUID],
        others: Iterable[UUID],
        closures: Iterable[Closure],
    ) -> tuple[datetime, UUID]:
        """A time from the Monday *first* on when one of *leaders* and all of *others* are free.

        It is booked for them.
        """
        shut, needed = tuple(closures), tuple(others)
        turn = self._found
        self._found += 1
        for step in range(WORKDAYS * WEEKS):
            week, day = divmod(step, WORKDAYS)
            at = first + timedelta(weeks=week, days=(turn + day) % WORKDAYS)
            for late in range(len(TIMES)):
                start = datetime.combine(at, TIMES[(turn + late) % len(TIMES)])
                if closed_by(shut, start, minutes):
                    continue
                for which in range(len(leaders)):
                    leader = leaders[(turn + which) % len(leaders)]
                    if self._is_free(start, minutes, (leader, *needed)):
                        self.book(start, minutes, leader, *needed)
                        return start, leader
        raise RuntimeError("the example asks for more visits than there are hours")

    def _is_free(self, start: datetime, minutes: int, wanted: Iterable[UUID]) -> bool:
        end = start + timedelta(minutes=minutes)
        return all(
            end <= taken or until <= start for one in wanted for taken, until in self._taken[one]
        )
