"""How much a patient's own schedule asks of them, week by week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from painprogram.domain.schedule import Line


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One ISO week of a patient; what they abstain from and what is cancelled is not in it."""

    monday: date
    minutes: int
    visits: int
    """Sessions and individual visits."""
    days: int
    """Days with a visit: each is a trip to the centre."""

    @property
    def hours(self) -> float:
        return self.minutes / 60

    @property
    def week(self) -> int:
        return self.monday.isocalendar().week


def per_week(lines: Iterable[Line]) -> tuple[WeekLoad, ...]:
    """The weeks that have something in them, in order of time."""
    weeks: dict[date, list[Line]] = {}
    for line in lines:
        if line.attends:
            day = line.start.date()
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append(line)
    return tuple(
        WeekLoad(
            monday,
            minutes=sum(line.session.minutes for line in held),
            visits=len(held),
            days=len({line.start.date() for line in held}),
        )
        for monday, held in sorted(weeks.items())
    )
