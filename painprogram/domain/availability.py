"""When a colleague can be asked for: the base working week, and what differs from it.

All times are wall-clock times of the centre, without a zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _

LONGEST_ABSENCE = timedelta(days=2 * 366)


class Weeks(StrEnum):
    """The ISO weeks a working time holds in: schedules of two weeks go by odd and even ones."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"

    @property
    def label(self) -> str:
        return _(_WEEKS[self])

    def hold(self, day: date) -> bool:
        """
        >>> Weeks.ODD.hold(date(2026, 11, 10)), Weeks.EVEN.hold(date(2026, 11, 10))
        (False, True)
        """
        if self is Weeks.EVERY:
            return True
        return (day.isocalendar().week % 2 == 1) is (self is Weeks.ODD)


_WEEKS = {
    Weeks.EVERY: N_("every week"),
    Weeks.ODD: N_("odd weeks"),
    Weeks.EVEN: N_("even weeks"),
}


class AbsenceKind(StrEnum):
    """What sort of absence; never an illness, which is nobody's business here."""

    AWAY = "away"
    LEAVE = "leave"
    COURSE = "course"
    OTHER_DUTY = "other_duty"

    @property
    def label(self) -> str:
        return _(_KINDS[self])


_KINDS = {
    AbsenceKind.AWAY: N_("Away"),
    AbsenceKind.LEAVE: N_("Leave"),
    AbsenceKind.COURSE: N_("Course"),
    AbsenceKind.OTHER_DUTY: N_("Other duty"),
}


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A stretch of the base working week; Monday = 0."""

    weekday: int
    start: time
    end: time
    weeks: Weeks = Weeks.EVERY


@dataclass(frozen=True, slots=True)
class Span:
    """From *start* until *end*, which is no longer in it."""

    start: datetime
    end: datetime

    def meets(self, start: datetime, end: datetime) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Absence:
    id: UUID
    staff_id: UUID
    span: Span
    kind: AbsenceKind = AbsenceKind.AWAY
    version: int = 1


@dataclass(frozen=True, slots=True)
class Availability:
    """One colleague's time. Without a working week every hour may be asked for."""

    week: tuple[WorkingTime, ...] = ()
    extra: tuple[Span, ...] = ()
    """Worked outside the base week, this once."""
    absent: tuple[Span, ...] = ()
    busy: tuple[Span, ...] = ()
    """By their own calendar; with what, stays there."""

    def works(self, start: datetime, end: datetime) -> bool:
        """Whether *start* to *end* lies within the working week and the extra time."""
        if not self.week:
            return True
        at = start
        for span in self.working(start.date()):
            if span.start <= at:
                at = max(at, span.end)
        return at >= end

    def working(self, day: date) -> Iterator[Span]:
        """What is worked on *day*, in order of time."""
        found = [
            Span(datetime.combine(day, one.start), datetime.combine(day, one.end))
            for one in self.week
            if one.weekday == day.weekday() and one.weeks.hold(day)
        ]
        midnight = datetime.combine(day, time())
        found += [one for one in self.extra if one.meets(midnight, midnight + timedelta(days=1))]
        yield from sorted(found, key=lambda span: span.start)


ALWAYS = Availability()


@dataclass(frozen=True, slots=True)
class StaffTime:
    """Everybody's availability over a stretch of days; who is not in it is always available."""

    of: Mapping[UUID, Availability] = field(default_factory=dict)

    def __getitem__(self, staff_id: UUID) -> Availability:
        return self.of.get(staff_id, ALWAYS)


def check_week(week: tuple[WorkingTime, ...]) -> None:
    """Refuse a working week whose times end before they begin, or overlap."""
    for one in week:
        if not 0 <= one.weekday <= 6 or one.end <= one.start:  # noqa: PLR2004 -- Sunday
            raise Refused(_("A working time must end after it starts."))
    for weeks in (Weeks.ODD, Weeks.EVEN):
        held = sorted(
            (one for one in week if one.weeks in (Weeks.EVERY, weeks)),
            key=lambda one: (one.weekday, one.start),
        )
        for before, after in pairwise(held):
            if before.weekday == after.weekday and after.start < before.end:
                raise Refused(_("Two working times of the same day overlap."))


def check_absence(span: Span) -> None:
    if span.end <= span.start:
        raise Refused(_("The absence must end after it starts."))
    if span.end - span.start > LONGEST_ABSENCE:
        raise Refused(_("An absence can last two years at most."))
