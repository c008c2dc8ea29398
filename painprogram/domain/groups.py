"""A group: a programme that runs, with dates and people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.planning import WEEK, monday
from painprogram.i18n import N_, _

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
"""Another is a slip of the finger, not a plan."""
FARTHEST = 2 * 366
"""Days that a group can be moved by."""


class GroupStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    """Open for enrolment; may also be running."""
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _(_STATUSES[self])


_STATUSES = {
    GroupStatus.DRAFT: N_("Draft"),
    GroupStatus.OPEN: N_("Open"),
    GroupStatus.CLOSED: N_("Closed"),
    GroupStatus.CANCELLED: N_("Cancelled"),
}


class Decision(StrEnum):
    GO = "go"
    NO_GO = "no_go"

    @property
    def label(self) -> str:
        return _(_DECISIONS[self])


_DECISIONS = {
    Decision.GO: N_("Starts"),
    Decision.NO_GO: N_("Does not start"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group with what a list shows of it."""

    id: UUID
    centre_id: UUID
    name: str
    programme_id: UUID
    """The programme *version* it runs."""
    programme_name: str
    programme_version: int
    status: GroupStatus
    start: date
    """Monday of its first week."""
    minimum: int
    maximum: int
    taken: int = 0
    sessions: int = 0
    first: date | None = None
    last: date | None = None
    owner_id: UUID | None = None
    owner_name: str = ""
    deputy_id: UUID | None = None
    deputy_name: str = ""
    centre_name: str = ""
    letter: str = ""
    """What stands in the box on a card: the last word's first letter of its name, as a rule."""
    activity: bool = False
    """An activity other groups link in (open lectures): no commitment, nobody enrols."""
    paused: date | None = None
    """The first day of the pause it is in: what was to come waits for new dates."""
    pause_reason: str = ""
    rolling: bool = False
    """An open group: patients come along the way. *taken* is then of the fullest day."""
    decide_on: date | None = None
    decision: Decision | None = None
    """Whether it starts, once that is decided."""

    @property
    def free(self) -> int:
        return max(0, self.maximum - self.taken)


def check_size(minimum: int, maximum: int) -> None:
    """Refuse sizes no group can have."""
    if not 1 <= minimum <= maximum <= 200:  # noqa: PLR2004 -- a lecture hall
        raise Refused(
            _("A group needs at least 1 participant, and its maximum can't be below its minimum.")
        )


def check_seats(name: str, taken: int, maximum: int, when: date | None = None) -> None:
    """Refuse one participant too many in what *name* names, on the day *when* if it has one."""
    if taken > maximum and when is not None:
        raise Refused(
            _("{name} is full on {day}: {maximum} of {maximum} seats are taken.").format(
                name=name, maximum=maximum, day=i18n.day_short(when)
            )
        )
    if taken > maximum:
        raise Refused(
            _("{name} is full: {maximum} of {maximum} seats are taken.").format(
                name=name, maximum=maximum
            )
        )


def check_owners(owner_id: UUID | None, deputy_id: UUID | None) -> None:
    """Refuse a deputy who would stand in for themself, or for nobody."""
    if deputy_id is not None and deputy_id == owner_id:
        raise Refused(_("The deputy must be somebody else than the owner."))
    if deputy_id is not None and owner_id is None:
        raise Refused(_("Choose an owner first: a deputy stands in for somebody."))


def check_pausing(group: Group, first: date) -> None:
    """Refuse to pause what is paused already, or no longer there to be held."""
    if group.paused:
        raise Refused(
            _("{name} is already paused, since {day}.").format(
                name=group.name, day=i18n.date_long(group.paused)
            )
        )
    if group.status is GroupStatus.CANCELLED:
        raise Refused(_("{name} is cancelled.").format(name=group.name))
    check_year(first)


def check_resuming(group: Group, day: date) -> None:
    """Refuse to resume what goes on, or to let it go on before it paused."""
    if group.paused is None:
        raise Refused(_("{name} is not paused.").format(name=group.name))
    if day < group.paused:
        raise Refused(
            _("{name} paused on {day}: choose that day or a later one.").format(
                name=group.name, day=i18n.date_long(group.paused)
            )
        )
    check_year(day)


def check_moving(group: Group, days: int) -> None:
    """Refuse to move a group nowhere, or too far, or one that waits for its dates."""
    if not days:
        raise Refused(_("Write by how many days or weeks the group is to be moved."))
    if abs(days) > FARTHEST:
        raise Refused(_("A group can be moved by two years at most."))
    if group.paused:
        raise Refused(
            _("{name} is paused. Resume it on the day it is to go on.").format(name=group.name)
        )


def check_year(day: date) -> None:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Refused(
            _("{day} is not a day to plan. Choose one between {first} and {last}.").format(
                day=i18n.date_long(day), first=EARLIEST_YEAR, last=LATEST_YEAR
            )
        )


def next_start(group: Group, today: date, *, beside: bool) -> date:
    """The Monday on which a new run of *group* could begin, or a group *beside* it."""
    soonest = monday(today) + WEEK
    if beside:
        return max(monday(group.start), soonest)
    return max(monday(group.last or group.start) + WEEK, soonest)
