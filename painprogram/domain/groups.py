"""A group: a programme that runs, with dates and people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _


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
    centre_name: str = ""
    letter: str = ""
    """What stands in the box on a card: the last word's first letter of its name, as a rule."""
    activity: bool = False
    """An activity other groups link in (open lectures): no commitment, nobody enrols."""

    @property
    def free(self) -> int:
        return max(0, self.maximum - self.taken)


def check_size(minimum: int, maximum: int) -> None:
    """Refuse sizes no group can have."""
    if not 1 <= minimum <= maximum <= 200:  # noqa: PLR2004 -- a lecture hall
        raise Refused(
            _("A group needs at least 1 participant, and its maximum can't be below its minimum.")
        )


def check_seats(name: str, taken: int, maximum: int) -> None:
    """Refuse one participant too many in what *name* names."""
    if taken > maximum:
        raise Refused(
            _("{name} is full: {maximum} of {maximum} seats are taken.").format(
                name=name, maximum=maximum
            )
        )
