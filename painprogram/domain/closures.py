"""Days on which nothing is planned: red days, eves, a centre's own closed days and weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID


class ClosureKind(StrEnum):
    RED_DAY = "red_day"
    EVE = "eve"
    HALF_DAY = "half_day"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Closure:
    """One day, or a run of days (closed week), with the words that say why.

    *until* is set for half days only: what ends by then may stand.
    """

    kind: ClosureKind
    first: date
    last: date
    reason: str
    until: time | None = None
    id: UUID | None = None

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether a session from *start* to *end* can't stand because of this closure.

        >>> may = date(2027, 5, 5)
        >>> half = Closure(ClosureKind.HALF_DAY, may, may, "", time(12))
        >>> half.covers(datetime(2027, 5, 5, 11), datetime(2027, 5, 5, 12))
        False
        >>> half.covers(datetime(2027, 5, 5, 11), datetime(2027, 5, 5, 12, 30))
        True
        """
        if not self.first <= start.date() <= self.last:
            return False
        return self.until is None or end > datetime.combine(start.date(), self.until)


def closed_by(closures: Iterable[Closure], start: datetime, minutes: int) -> Closure | None:
    """The closure that stands against a session here, if any."""
    end = start + timedelta(minutes=minutes)
    return next((closure for closure in closures if closure.covers(start, end)), None)
