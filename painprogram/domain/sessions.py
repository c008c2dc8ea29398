"""A session (träff) is one meeting of a group; a visit is one patient's own.

All times are wall-clock times of the centre, without a zone; zones are added where a value
leaves the program (calendar, journal).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.domain.groups import check_year
from painprogram.domain.people import Profession, initials
from painprogram.domain.programmes import ModuleKind
from painprogram.i18n import _

SHORTEST = 5
LONGEST = 8 * 60
"""Minutes a session may last."""


@dataclass(frozen=True, slots=True)
class Leader:
    """Staff in a session, in a profession."""

    staff_id: UUID
    name: str
    profession: Profession

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a group, with the names a screen or a paper shows."""

    id: UUID
    group_id: UUID
    centre_id: UUID
    strand: str
    module: str
    kind: ModuleKind
    number: int
    """Which one of its strand, from 1."""
    of: int
    """How many its strand has in this group."""
    title: str
    card_title: str
    start: datetime
    minutes: int
    group_name: str
    letter: str = ""
    preparation: int = 0
    wrap_up: int = 0
    room_id: UUID | None = None
    room_name: str = ""
    leaders: tuple[Leader, ...] = ()
    cancelled: bool = False
    linked: bool = False
    """Seen from a group it is linked into; its owner plans it."""
    taken: int = 0
    """Participants expected, own schedules counted in."""
    seats: int = 0
    sequence: int = 0
    """Of its calendar event."""
    version: int = 1
    locked: frozenset[str] = frozenset()
    """What of it the automatic plan leaves alone: see ``plans.LockKind``."""

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def numbered_title(self) -> str:
        """``Avslappning 3``; a lecture stands alone."""
        return f"{self.title} {self.number}" if self.of > 1 else self.title


@dataclass(frozen=True, slots=True)
class Visit:
    """One patient's individual visit, in the own schedule."""

    id: UUID
    enrolment_id: UUID
    patient_id: UUID
    centre_id: UUID
    kind: ModuleKind
    title: str
    start: datetime
    minutes: int
    group_id: UUID
    group_name: str
    strand: str = ""
    room_id: UUID | None = None
    room_name: str = ""
    leader: Leader | None = None
    reason: str = ""
    cancelled: bool = False
    preparation: int = 0
    wrap_up: int = 0
    sequence: int = 0
    version: int = 1

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


def check_time(start: datetime, minutes: int) -> None:
    """Refuse a time no session can have."""
    check_year(start.date())
    if minutes < SHORTEST:
        raise Refused(
            _("A session must end after it starts, and last at least {minutes} minutes.").format(
                minutes=SHORTEST
            )
        )
    if minutes > LONGEST:
        raise Refused(_("A session can last {hours} hours at most.").format(hours=LONGEST // 60))
    if (start + timedelta(minutes=minutes)).date() != start.date():
        raise Refused(_("A session must end on the day it starts."))
