"""A referral, or an own wish to take part, and the way that begins with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.domain.ways import (
    IN_LINE,
    NEW,
    NextStep,
    ReferralKind,
    WayStatus,
    check_length,
)
from painprogram.i18n import N_, _

LONGEST_NEED = 60
MOST_NEEDS = 12


class Priority(IntEnum):
    USUAL = 0
    BEFORE_OTHERS = 1
    AT_ONCE = 2

    @property
    def label(self) -> str:
        return _(_PRIORITIES[self])


_PRIORITIES = {
    Priority.USUAL: N_("As usual"),
    Priority.BEFORE_OTHERS: N_("Before others"),
    Priority.AT_ONCE: N_("At once"),
}


@dataclass(frozen=True, slots=True)
class ReferralValues:
    """What is written down when somebody asks for the programme."""

    received_on: date
    kind: ReferralKind = ReferralKind.REFERRAL
    from_whom: str = ""
    reason: str = ""
    needs: tuple[str, ...] = ()
    priority: Priority = Priority.USUAL
    programme_id: UUID | None = None
    """The programme that is wanted; None where any will do."""
    preferred_centre_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    id: UUID
    patient_id: UUID
    centre_id: UUID
    values: ReferralValues
    status: WayStatus
    status_on: date
    next_step: NextStep | None = None
    next_on: date | None = None
    offered_group_id: UUID | None = None
    end_reason: str = ""
    version: int = 1

    @property
    def closed(self) -> bool:
        """The way has ended, and nothing is left to do."""
        return self.status.ended and self.next_step is None


@dataclass(frozen=True, slots=True)
class WayStep:
    """A status that a way came to."""

    status: WayStatus
    on: date
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way as a screen shows it; *next_on* follows the group where the group sets the day."""

    referral: Referral
    today: date
    limit: int
    """Days from referral to place that the centre holds itself to."""
    name: str = ""
    group_id: UUID | None = None
    """Of the place, or of the one that is offered."""
    group_name: str = ""
    placed_on: date | None = None
    next_on: date | None = None
    ends_on: date | None = None
    """The last day of the group, or of the patient's own lap, while a place is held."""
    steps: tuple[WayStep, ...] = field(default=())
    programme_name: str = ""
    preferred_centre_name: str = ""
    protected: bool = False

    @property
    def status(self) -> WayStatus:
        return self.referral.status

    @property
    def next_step(self) -> NextStep | None:
        return self.referral.next_step

    @property
    def waited(self) -> int | None:
        """Days from the referral to the place, or so far; None where nothing was waited for."""
        return waited(self.referral, self.placed_on, self.today)

    @property
    def over_limit(self) -> bool:
        days = self.waited
        still = self.status in (*NEW, *IN_LINE)
        return still and days is not None and days > self.limit

    @property
    def overdue(self) -> bool:
        return self.next_on is not None and self.next_on < self.today


def waited(referral: Referral, placed_on: date | None, today: date) -> int | None:
    """Days from the referral to the place, to the end where there was none, or so far."""
    if referral.values.kind is ReferralKind.DIRECT:
        return None
    until = placed_on or (referral.status_on if referral.status.ended else today)
    return max(0, (until - referral.values.received_on).days)


def check_values(values: ReferralValues, today: date | None) -> ReferralValues:
    """Tidied; refused where the day has not come or something is longer than a line of a list."""
    if today is not None and values.received_on > today:
        raise Refused(_("A referral can't be received on a day that has not come yet."))
    reason = check_length(values.reason.strip())
    from_whom = " ".join(values.from_whom.split())
    if len(from_whom) > 2 * LONGEST_NEED:
        raise Refused(_("Write more briefly who the referral is from."))
    return ReferralValues(
        values.received_on,
        values.kind,
        from_whom,
        reason,
        check_needs(values.needs),
        values.priority,
        values.programme_id,
        values.preferred_centre_id,
    )


def check_needs(needs: Iterable[str]) -> tuple[str, ...]:
    """Each once, without empty ones."""
    found = tuple(dict.fromkeys(tidied for need in needs if (tidied := " ".join(need.split()))))
    if len(found) > MOST_NEEDS or any(len(need) > LONGEST_NEED for need in found):
        raise Refused(
            _("Write at most {most} needs of {longest} characters each.").format(
                most=MOST_NEEDS, longest=LONGEST_NEED
            )
        )
    return found
