"""What the automatic plan is asked, and what it proposes: values without a patient's name.

Times are wall-clock times of the centre. A proposal changes nothing until it is applied.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.plan_wishes import Importance, PlanWish, Wishes, as_usual
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Leader
from painprogram.i18n import N_, _

__all__ = [
    "ALL_LOCKS",
    "CostLine",
    "Easing",
    "EasingKind",
    "Importance",
    "LockKind",
    "PlanChange",
    "PlanChoice",
    "PlanProgress",
    "PlanProposal",
    "PlanScope",
    "PlanStanding",
    "PlanWanted",
    "PlanWish",
    "Unplaced",
    "WayOut",
    "Wishes",
    "as_usual",
    "check_wanted",
    "named",
]

LONGEST_SECONDS = 3600
MOST_ALTERNATIVES = 3
LONGEST_SPAN = timedelta(days=400)


class LockKind(StrEnum):
    """What of a session the plan leaves alone."""

    TIME = "time"
    ROOM = "room"
    LEADERS = "leaders"

    @property
    def label(self) -> str:
        return _(_LOCKS[self])


_LOCKS = {
    LockKind.TIME: N_("Time"),
    LockKind.ROOM: N_("Room"),
    LockKind.LEADERS: N_("Leaders"),
}
ALL_LOCKS = frozenset(LockKind)


class PlanScope(StrEnum):
    """What may move."""

    UNPLACED = "unplaced"
    """What lacks a leader or a room, or can't stand where it does; all else stays."""
    REPAIR = "repair"
    """The same, and what must give way for it, with as few changes as possible."""
    ALL = "all"
    """Everything that is not locked."""

    @property
    def label(self) -> str:
        return _(_SCOPES[self])


_SCOPES = {
    PlanScope.UNPLACED: N_("Only what lacks something or can't stand where it does"),
    PlanScope.REPAIR: N_("Also what must give way, with as few changes as possible"),
    PlanScope.ALL: N_("Everything that is not locked"),
}


class EasingKind(StrEnum):
    """A change outside the plan that gives something a place."""

    UNLOCK = "unlock"
    TIME = "time"
    """Somebody, or a room, can be had at another time than the facts say."""
    MORE = "more"
    """Somebody takes one session more in a day or week."""
    ORDER = "order"
    """One thing need not come after another."""
    FREE = "free"
    """A session that stood still may move."""
    PLACE = "place"
    """The session stands just there: what the way out was found with."""


@dataclass(frozen=True, slots=True)
class Easing:
    """What is let go of when a plan is made again: *about* is a session, a person or a room."""

    kind: EasingKind
    about: UUID
    other: UUID | None = None
    start: datetime | None = None
    end: datetime | None = None
    room_id: UUID | None = None
    staff: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """What a plan is asked for: these groups, or a centre's weeks."""

    group_ids: tuple[UUID, ...] = ()
    """Empty: every group of *centre_id*."""
    centre_id: UUID | None = None
    first: date | None = None
    """The first day that may be changed; never before today."""
    last: date | None = None
    """The last; None for as long as the groups go on."""
    scope: PlanScope = PlanScope.ALL
    seconds: float = 20.0
    seed: int = 1
    alternatives: int = 1
    """How many really different plans; at most ``MOST_ALTERNATIVES``."""
    steps: int | None = None
    """Instead of seconds: steps of the search, so that the same is found on every machine."""
    eased: tuple[Easing, ...] = ()


def check_wanted(wanted: PlanWanted) -> None:
    """Refuse what no plan can be made of."""
    if not wanted.group_ids and wanted.centre_id is None:
        raise Refused(_("Say which groups are to be planned."))
    if not 0 < wanted.seconds <= LONGEST_SECONDS:
        raise Refused(_("A plan takes between 1 and {most} seconds.").format(most=LONGEST_SECONDS))
    if not 1 <= wanted.alternatives <= MOST_ALTERNATIVES:
        raise Refused(_("Ask for 1 to {most} alternatives.").format(most=MOST_ALTERNATIVES))
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise Refused(_("The last day comes before the first."))
    if wanted.first and wanted.last and wanted.last - wanted.first > LONGEST_SPAN:
        raise Refused(_("Plan a year at most at a time."))


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """Where a session stands: in the schedule there is, or in the one proposed."""

    start: datetime
    minutes: int
    room_id: UUID | None = None
    room_name: str = ""
    leaders: tuple[Leader, ...] = ()

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def when(self) -> str:
        """``tis 10 nov 13.00``"""
        return f"{i18n.day_short(self.start.date())} {i18n.clock(self.start)}"

    @property
    def staff(self) -> tuple[UUID, ...]:
        return tuple(leader.staff_id for leader in self.leaders)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A session that would stand otherwise than it does."""

    number: int
    """From 1, in order of the new time: as it is numbered on the screen."""
    session_id: UUID
    centre_id: UUID
    group_id: UUID
    group_name: str
    title: str
    """``Avslappning 3``"""
    card_title: str
    kind: ModuleKind
    before: PlanStanding
    after: PlanStanding
    why: str
    """In a sentence."""
    patients: int = 0
    """How many come to it, and get to know."""

    @property
    def moves(self) -> bool:
        return self.before.start != self.after.start

    @property
    def other_room(self) -> bool:
        return self.before.room_id != self.after.room_id

    @property
    def other_leaders(self) -> bool:
        return set(self.before.staff) != set(self.after.staff)

    @property
    def text(self) -> str:
        """``ons 11 nov 14.00 → tor 12 nov 11.00, Stora salen``"""
        parts = []
        if self.moves:
            parts.append(
                _("{before} → {after}").format(before=self.before.when, after=self.after.when)
            )
        else:
            parts.append(self.after.when)
        if self.other_room:
            parts.append(
                _("{before} → {after}").format(
                    before=self.before.room_name or _("no room"),
                    after=self.after.room_name or _("no room"),
                )
            )
        elif self.after.room_name:
            parts.append(self.after.room_name)
        if self.other_leaders:
            parts.append(
                _("{before} → {after}").format(
                    before=named(self.before.leaders), after=named(self.after.leaders)
                )
            )
        return ", ".join(parts)


def named(leaders: Iterable[Leader]) -> str:
    """Their names in a line."""
    return i18n.joined([leader.name for leader in leaders]) or _("nobody")


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A patient who would go to a parallel session instead."""

    enrolment_id: UUID
    patient: str
    """``Patient 3 in Smärta H26 A``: never a name."""
    title: str
    from_session: UUID
    """Of the own group."""
    to_session: UUID
    text: str
    """``tis 10 nov 13.00 → Smärta H26 B, tor 12 nov 11.00``"""


@dataclass(frozen=True, slots=True)
class WayOut:
    """The smallest change that gives something a place: it has been tried."""

    text: str
    eased: tuple[Easing, ...]
    """What to let go of when the plan is made again."""
    facts: bool = False
    """Whether something outside the plan must be changed first: an absence, somebody's visit."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What got no place, what stands against it, and the ways out; it stays where it stands."""

    session_id: UUID
    group_id: UUID
    centre_id: UUID
    group_name: str
    title: str
    now: PlanStanding
    against: tuple[str, ...] = ()
    """Sentences, the commonest first."""
    ways: tuple[WayOut, ...] = ()


@dataclass(frozen=True, slots=True)
class CostLine:
    """Something that is counted, in the schedule there is and in the one proposed."""

    key: str
    """``blocks``, ``acknowledge``, ``patients``, or a wish's value."""
    label: str
    before: int
    after: int
    importance: Importance | None = None
    """Of a wish."""

    @property
    def better(self) -> bool:
        return self.after < self.before

    @property
    def worse(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far the search is."""

    seconds: float
    best: int
    """The cost of the best so far."""
    bound: int
    """No plan costs less."""
    unplaced: int


@dataclass(frozen=True)
class PlanProposal:
    """A plan to look at, and to apply in one step."""

    wanted: PlanWanted
    number: int
    """Of the alternatives, from 1."""
    of: int
    changes: tuple[PlanChange, ...]
    """In order of the new time."""
    choices: tuple[PlanChoice, ...]
    unplaced: tuple[Unplaced, ...]
    lines: tuple[CostLine, ...]
    """Clashes first, then the wishes."""
    cost_before: int
    cost_after: int
    bound: int
    """No plan that places as much costs less."""
    proven: bool
    """Nothing better is possible."""
    seconds: float
    best_at: float
    """Seconds until it was found."""
    cancelled: bool
    """Stopped by the user: the best so far."""
    locked: int
    movable: int
    """Sessions that were left alone, and that were free to move."""
    to_acknowledge: tuple[str, ...]
    """What must be acknowledged with a reason when it is applied."""
    digest: str = field(repr=False)
    """Of the facts it was made from."""

    @property
    def empty(self) -> bool:
        return not self.changes and not self.choices

    @property
    def patients(self) -> int:
        """How many get to know of something new, at most."""
        return next((line.after for line in self.lines if line.key == "patients"), 0)

    @property
    def distance(self) -> int:
        """How far it can be from the best possible, in percent."""
        if self.proven or self.cost_after <= 0:
            return 0
        return round(100 * max(0, self.cost_after - self.bound) / self.cost_after)
