"""What needs somebody today: lines by matter, each with the place where it is solved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.attendance import Event
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import N_, _, ngettext

SHOWN = 5
"""Lines of a matter until it is opened."""
MOST = 60
"""Lines of a matter that is opened: the rest has a list of its own elsewhere."""
SOON = 3
"""Days ahead in which a day is near."""


class Matter(StrEnum):
    """In the order of the screen."""

    CLASH = "clash"
    ABSENCE = "absence"
    DECISION = "decision"
    PAUSE = "pause"
    DRAFT = "draft"
    COMMITMENT = "commitment"
    SHEETS = "sheets"
    WAIT = "wait"
    WAY = "way"
    ATTENDANCE = "attendance"

    @property
    def label(self) -> str:
        return _(_MATTERS[self])


_MATTERS = {
    Matter.CLASH: N_("Clashes ahead"),
    Matter.ABSENCE: N_("Absences to solve"),
    Matter.DECISION: N_("Groups near their decision date"),
    Matter.PAUSE: N_("Paused without a day to resume"),
    Matter.DRAFT: N_("Drafts that are not published"),
    Matter.COMMITMENT: N_("Unsigned commitments"),
    Matter.SHEETS: N_("Prints that are out of date"),
    Matter.WAIT: N_("Waited too long"),
    Matter.WAY: N_("Without a next step, or past its day"),
    Matter.ATTENDANCE: N_("Attendance that is not noted"),
}


class Whose(StrEnum):
    """Whose lines are looked at."""

    ALL = "all"
    MINE = "mine"
    RECEPTION = "reception"

    @property
    def label(self) -> str:
        return _(_WHOSE[self])


_WHOSE = {Whose.ALL: N_("All"), Whose.MINE: N_("Mine"), Whose.RECEPTION: N_("Reception")}
AT_RECEPTION = frozenset({Matter.COMMITMENT, Matter.SHEETS, Matter.ATTENDANCE})


class Where(StrEnum):
    """Where a line is solved; what the key of the goal is of."""

    OCCASION = "occasion"
    ATTENDANCE = "attendance"
    PATIENT = "patient"
    WAITING = "waiting"
    CONFIRMING = "confirming"
    GROUP = "group"
    CHANGES = "changes"
    ABSENCE = "absence"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Goal:
    where: Where
    key: UUID | None = None


class Urgency(StrEnum):
    LATE = "late"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Seats:
    """How a group fills: taken, and what is expected by the day it begins."""

    taken: int
    forecast: int
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Line:
    """*what* is strong where the line begins with it and *rest* goes on."""

    matter: Matter
    key: str
    """Names the line from one reading to the next."""
    goal: Goal
    verb: str
    what: str = ""
    rest: str = ""
    detail: str = ""
    when: str = ""
    urgency: Urgency = Urgency.LATER
    strong: bool = False
    many: int = 1
    """Things that the line stands for."""
    mine: int = 0
    """How many of them are of who sits here."""
    protected: bool = False
    patients: tuple[UUID, ...] = ()
    """Whose names *what* is to be; they are read for the lines that are shown."""
    seats: Seats | None = None

    def of(self, whose: Whose) -> bool:
        if whose is Whose.RECEPTION:
            return self.matter in AT_RECEPTION
        return whose is Whose.ALL or self.mine > 0

    def counts(self, whose: Whose) -> int:
        """How many things of the line are somebody's."""
        if whose is Whose.MINE:
            return self.mine
        return self.many if self.of(whose) else 0


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of a matter that are shown, of *many* things."""

    matter: Matter
    title: str
    lines: tuple[Line, ...]
    counts: Mapping[Whose, int]
    many: int
    hidden: int = 0
    """Lines that are there and not shown."""
    opened: bool = False


def section(
    matter: Matter,
    lines: Iterable[Line],
    whose: Whose,
    opened: Collection[Matter] = (),
    title: str = "",
) -> Section:
    """The first of *lines* that are somebody's; more of them where the matter is opened."""
    every = tuple(lines)
    wanted = [line for line in every if line.of(whose)]
    most = MOST if matter in opened else SHOWN
    if len(wanted) == most + 1:  # "one more" takes as much room as the one
        most += 1
    counts = {one: sum(line.counts(one) for line in every) for one in Whose}
    return Section(
        matter,
        title or matter.label,
        tuple(wanted[:most]),
        counts,
        counts[whose],
        max(0, len(wanted) - most),
        matter in opened,
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """A session or a visit of the day, in numbers."""

    occasion: Session | Visit
    expected: int = 0
    came: int = 0
    noted: int = 0
    event: Event | None = None
    initials: str = ""
    """Of the patient of a visit."""


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for somebody on *day*, and what happens on it and on the next."""

    day: date
    who: str
    """Who sits here."""
    known: bool
    """Whether who sits here is one of the colleagues: something can be theirs."""
    sections: tuple[Section, ...]
    happening: tuple[tuple[Happening, ...], tuple[Happening, ...]]
    """Today's and tomorrow's, by time."""
    next: Session | None = None
    """The first one after today."""

    def total(self, whose: Whose) -> int:
        return sum(one.counts[whose] for one in self.sections)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What takes longer to find out: clashes, drafts and sheets; nobody is named."""

    lines: tuple[Line, ...] = ()
    clashing: Mapping[UUID, str] = field(default_factory=dict)
    """What stands against a session or visit, by its key."""

    def sections(self, whose: Whose, opened: Collection[Matter] = ()) -> tuple[Section, ...]:
        found = []
        for matter in (Matter.CLASH, Matter.DRAFT, Matter.SHEETS):
            own = [line for line in self.lines if line.matter is matter]
            found.append(section(matter, own, whose, opened))
        return tuple(found)


def together(found: Iterable[Section]) -> tuple[Section, ...]:
    """In the order of the screen, without those that have nothing at all."""
    order = list(Matter)
    there = [one for one in found if any(one.counts.values())]
    return tuple(sorted(there, key=lambda one: order.index(one.matter)))


def urgency(day: date, today: date) -> Urgency:
    if day < today:
        return Urgency.LATE
    return Urgency.SOON if (day - today).days <= SOON else Urgency.LATER


def until(day: date, today: date) -> str:
    """``in 3 days``, ``today``, ``2 days late``."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("in {number} day", "in {number} days", days).format(number=days)
    return ngettext("{days} day late", "{days} days late", -days).format(days=-days)


def days(number: int) -> str:
    return ngettext("{number} day", "{number} days", number).format(number=number)


def at(start: datetime, today: date) -> str:
    """``today 13.30``, ``tomorrow 9.00``, ``tor 12 nov``."""
    ahead = (start.date() - today).days
    if ahead in (0, 1):
        word = _("today") if ahead == 0 else _("tomorrow")
        return f"{word} {i18n.clock(start)}"
    return i18n.day_short(start.date())
