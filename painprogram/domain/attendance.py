"""Who came (närvaro): a mark for each patient and session, never changed, only corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _

LONGEST_NOTE = 200


class AttendanceState(StrEnum):
    PRESENT = "present"
    PARTLY = "partly"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    """With notice, but for no reason that excuses."""
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"
    """A correction: what was noted before is as if it had not been."""

    @property
    def label(self) -> str:
        return _(_LABELS[self])

    @property
    def came(self) -> bool:
        return self in CAME


CAME = (AttendanceState.PRESENT, AttendanceState.PARTLY, AttendanceState.LATE)
AHEAD = (AttendanceState.EXCUSED, AttendanceState.ABSENT, AttendanceState.WITHDRAWN)
"""What can be known before the day."""
WITH_MINUTES = (AttendanceState.PARTLY, AttendanceState.LATE)
STATES = tuple(state for state in AttendanceState if state is not AttendanceState.WITHDRAWN)
"""What somebody can be noted as."""
_LABELS = {
    AttendanceState.PRESENT: N_("Present"),
    AttendanceState.PARTLY: N_("Partly"),
    AttendanceState.LATE: N_("Late"),
    AttendanceState.EXCUSED: N_("Excused"),
    AttendanceState.ABSENT: N_("Absent with notice"),
    AttendanceState.NO_SHOW: N_("No-show"),
    AttendanceState.WITHDRAWN: N_("Nothing noted"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of what was noted about somebody's coming, by whom and when (UTC)."""

    id: UUID
    state: AttendanceState
    minutes: int | None
    """Late by so many, or there for so many where it was partly."""
    note: str
    at: datetime
    by: str
    corrects_id: UUID | None = None

    @property
    def words(self) -> str:
        """``Late 12 minutes``."""
        return words(self.state, self.minutes)


class EventKind(StrEnum):
    HELD = "held"
    CANCELLED = "cancelled"
    MOVED = "moved"

    @property
    def label(self) -> str:
        return _(_EVENTS[self])


_EVENTS = {
    EventKind.HELD: N_("Was held"),
    EventKind.CANCELLED: N_("Was cancelled"),
    EventKind.MOVED: N_("Was moved"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a session, as it was noted; *at* is UTC."""

    kind: EventKind
    short_notice: bool
    at: datetime
    by: str
    note: str = ""


def words(state: AttendanceState, minutes: int | None) -> str:
    if minutes is None or state not in WITH_MINUTES:
        return state.label
    return _("{state} {minutes} minutes").format(state=state.label, minutes=minutes)


def in_force(marks: Iterable[Mark]) -> Mark | None:
    """The mark that holds: the newest that no other corrects; None where nothing is noted."""
    known = {mark.id: mark for mark in marks}
    key = newest({mark.id: (mark.at, mark.corrects_id) for mark in known.values()})
    found = known[key] if key else None
    return None if found is None or found.state is AttendanceState.WITHDRAWN else found


def newest(noted: Mapping[UUID, tuple[datetime, UUID | None]]) -> UUID | None:
    """Of marks by key, each with when it was noted and what it corrects: the one that holds."""
    corrected = {corrects for _at, corrects in noted.values()}
    there = [key for key in noted if key not in corrected]
    return max(there, key=lambda key: (noted[key][0], str(key)), default=None)


def is_short_notice(today: date, day: date, limit: int) -> bool:
    """Whether a change on *today* of what was to be on *day* comes *limit* days before or less."""
    return (day - today).days <= limit


def check_mark(
    state: AttendanceState, minutes: int | None, longest: int, day: date, today: date
) -> None:
    """Refuse what nobody can be noted as on *today* about *day*."""
    if day > today and state not in AHEAD:
        raise Refused(
            _(
                "{day} is still to come: until then only an absence of which notice is given "
                "can be noted."
            ).format(day=i18n.date_long(day))
        )
    if minutes is None:
        return
    if state not in WITH_MINUTES:
        raise Refused(_("Minutes are written for somebody who was late, or there for a part."))
    if not 0 < minutes <= longest:
        raise Refused(
            _("Write minutes between 1 and {most}: that is how long it lasts.").format(most=longest)
        )


def check_note(text: str) -> str:
    """The note without the white space around it."""
    found = " ".join(text.split())
    if len(found) > LONGEST_NOTE:
        raise Refused(
            _("The note is too long: {most} characters at most.").format(most=LONGEST_NOTE)
        )
    return found
