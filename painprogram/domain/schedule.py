"""A patient's own schedule: the group's base schedule ± opt-out, swap, addition, visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.domain.laps import WHOLE, Lap
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _


class DeviationKind(StrEnum):
    OPT_OUT = "opt_out"
    SWAP = "swap"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference from the base schedule, with its reason.

    *session_id* is the base session (None for an addition), *to_session_id* the other one
    (None for an opt-out).
    """

    id: UUID
    enrolment_id: UUID
    kind: DeviationKind
    session_id: UUID | None
    to_session_id: UUID | None
    reason: str


class LineKind(StrEnum):
    BASE = "base"
    OPT_OUT = "opt_out"
    SWAP = "swap"
    ADDITION = "addition"
    VISIT = "visit"
    PAUSED = "paused"
    """What the patient would go to, but rests then."""


STAYS_AWAY = (LineKind.OPT_OUT, LineKind.PAUSED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an own schedule.

    *session* is where the patient goes; for an opt-out, and in a pause, it is what they do not go
    to. *instead_of* is the base session of a swap.
    """

    kind: LineKind
    session: Session | Visit
    instead_of: Session | None = None
    reason: str = ""
    deviation_id: UUID | None = None

    @property
    def attends(self) -> bool:
        return self.kind not in STAYS_AWAY and not self.session.cancelled

    @property
    def start(self) -> datetime:
        return self.session.start


def own_schedule(
    base: Iterable[Session],
    deviations: Iterable[Deviation],
    others: Mapping[UUID, Session],
    visits: Iterable[Visit],
    lap: Lap = WHOLE,
) -> tuple[Line, ...]:
    """The lines in order of time; *others* holds the sessions swapped to and added.

    Of the base schedule what lies within the *lap*; somebody who rests goes to nothing but visits.
    """
    lines = []
    known = tuple(deviations)
    by_session = {d.session_id: d for d in known if d.session_id is not None}

    def there(kind: LineKind, session: Session) -> LineKind:
        return LineKind.PAUSED if lap.rests(session.start.date()) else kind

    for session in base:
        deviation = by_session.get(session.id)
        if deviation is not None and deviation.to_session_id is not None:
            other = others[deviation.to_session_id]
            kind = there(LineKind.SWAP, other)
            lines.append(Line(kind, other, session, deviation.reason, deviation.id))
        elif not lap.holds(session.start.date()):
            continue
        elif deviation is None:
            lines.append(Line(there(LineKind.BASE, session), session))
        else:
            lines.append(Line(LineKind.OPT_OUT, session, None, deviation.reason, deviation.id))
    lines += [
        Line(there(LineKind.ADDITION, other), other, None, d.reason, d.id)
        for d in known
        if d.session_id is None and d.to_session_id is not None
        for other in [others[d.to_session_id]]
    ]
    lines += [Line(LineKind.VISIT, visit, None, visit.reason, visit.id) for visit in visits]
    return tuple(sorted(lines, key=lambda line: (line.start, str(line.session.id))))


def check_reason(reason: str) -> str:
    """A difference needs a reason; returned without the white space around it."""
    if not reason.strip():
        raise Refused(_("Write the reason for the change."))
    return " ".join(reason.split())


def check_swap(base: Session, other: Session) -> None:
    """Refuse a swap to something that is not the same module at another time."""
    if base.module != other.module:
        raise Refused(
            _("{other} is not a parallel session of {base}.").format(
                other=other.title, base=base.title
            )
        )
    if base.id == other.id:
        raise Refused(_("The session can't be swapped with itself."))
    if other.cancelled:
        raise Refused(_("{other} is cancelled.").format(other=other.title))
