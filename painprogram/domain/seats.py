"""Will a group be large enough: a forecast that explains itself, and what can be decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Decision, Group
from painprogram.i18n import N_, _, ngettext

ENOUGH = 5
"""Answers to offers, below which they say too little to be counted with."""
USUAL = Fraction(3, 4)
"""How many take a place that is offered, until there are answers enough."""
BEFORE = timedelta(days=14)
"""How long before the start it is decided, where no day is set."""
SOON = 14
"""Days before a decision in which somebody should know of it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the places that were offered lately."""

    placed: int = 0
    answered: int = 0

    @property
    def share(self) -> Fraction:
        if self.answered < ENOUGH:
            return USUAL
        return Fraction(self.placed, self.answered)

    @property
    def told(self) -> str:
        if self.answered < ENOUGH:
            return _(
                "Reckoned with: 3 of 4 take a place that is offered, until there are more answers."
            )
        return _(
            "Reckoned with: {placed} of the {answered} last who were offered a place took it."
        ).format(placed=self.placed, answered=self.answered)


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many a group will have when it is decided, and why."""

    group: Group
    today: date
    offered: int
    """Have been offered a place and not answered."""
    fitting: int
    """Wait, and could take a seat here."""
    passed: int
    """Wait, and could not: another programme, centre or time."""
    answers: Answers = Answers()

    @property
    def likely(self) -> int:
        """Of those offered and fitting, how many will come."""
        return int(self.answers.share * (self.offered + self.fitting))

    @property
    def expected(self) -> int:
        return min(self.group.maximum, self.group.taken + self.likely)

    @property
    def enough(self) -> bool:
        return self.expected >= self.group.minimum

    @property
    def short(self) -> int:
        return max(0, self.group.minimum - self.expected)

    @property
    def decide_on(self) -> date:
        return decision_day(self.group)

    @property
    def days(self) -> int:
        """Until it is to be decided; below 0 when that day is past."""
        return (self.decide_on - self.today).days

    @property
    def open(self) -> bool:
        """Whether there is still something to decide."""
        return self.group.decision is None and self.begins > self.today

    @property
    def begins(self) -> date:
        return self.group.first or self.group.start

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(_told(self))

    @property
    def verdict(self) -> str:
        if self.group.taken >= self.group.minimum:
            return _("The minimum is reached.")
        if self.enough:
            return _("{expected} are expected: the minimum of {minimum} will be reached.").format(
                expected=self.expected, minimum=self.group.minimum
            )
        return ngettext(
            "{expected} are expected: {short} is lacking for the minimum of {minimum}.",
            "{expected} are expected: {short} are lacking for the minimum of {minimum}.",
            self.short,
        ).format(expected=self.expected, short=self.short, minimum=self.group.minimum)

    @property
    def when(self) -> str:
        """``Is decided on tis 29 dec, in 9 days``"""
        if self.group.decision is not None:
            return _("Decided: {decision}").format(decision=self.group.decision.label.lower())
        day = i18n.day_short(self.decide_on)
        if self.days < 0:
            return ngettext(
                "Was to be decided on {day}, {days} day ago",
                "Was to be decided on {day}, {days} days ago",
                -self.days,
            ).format(day=day, days=-self.days)
        if not self.days:
            return _("Is to be decided today")
        return ngettext(
            "Is decided on {day}, in {days} day", "Is decided on {day}, in {days} days", self.days
        ).format(day=day, days=self.days)


def _told(one: Forecast) -> Iterator[str]:
    group = one.group
    yield _("{taken} of {maximum} seats are taken; at least {minimum} are needed.").format(
        taken=group.taken, maximum=group.maximum, minimum=group.minimum
    )
    if one.offered:
        yield ngettext(
            "{number} has been offered a place and not answered.",
            "{number} have been offered a place and not answered.",
            one.offered,
        ).format(number=one.offered)
    yield ngettext(
        "{number} on the waiting list could take a seat.",
        "{number} on the waiting list could take a seat.",
        one.fitting,
    ).format(number=one.fitting)
    if one.passed:
        yield ngettext(
            "{number} who waits wants another programme, centre or time.",
            "{number} who wait want another programme, centre or time.",
            one.passed,
        ).format(number=one.passed)
    if one.offered or one.fitting:
        yield one.answers.told
    yield one.verdict


def decision_day(group: Group) -> date:
    """The day that was set, else two weeks before the first session."""
    return group.decide_on or (group.first or group.start) - BEFORE


def check_decision_day(group: Group, day: date | None) -> None:
    begins = group.first or group.start
    if day is not None and day > begins:
        raise Refused(
            _("{name} begins on {day}: decide then or before.").format(
                name=group.name, day=i18n.date_long(begins)
            )
        )


class How(StrEnum):
    """What is decided of a group."""

    START = "start"
    MOVE = "move"
    POOL = "pool"
    CANCEL = "cancel"

    @property
    def label(self) -> str:
        return _(_HOW[self])

    @property
    def decision(self) -> Decision | None:
        """None where the question stays open, for another day."""
        return {How.START: Decision.GO, How.MOVE: None}.get(self, Decision.NO_GO)


_HOW = {
    How.START: N_("Start as planned"),
    How.MOVE: N_("Move the start"),
    How.POOL: N_("Pool with another group"),
    How.CANCEL: N_("Cancel the group"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    how: How
    reason: str = ""
    """Why it does not start as planned."""
    weeks: int = 0
    """That the start moves by."""
    into: UUID | None = None
    """The group that takes those who have a place."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who must be told, and how they are reached."""

    patient_id: UUID
    name: str
    what: str
    reach: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a choice leads to, before anything is done."""

    choice: Choice
    sentences: tuple[str, ...]
    told: tuple[Notice, ...] = ()
    hinder: str = ""
    """Why it can't be done; empty where it can."""
    warnings: tuple[str, ...] = ()
    undoable: bool = True


def check_choice(choice: Choice) -> Choice:
    """Refuse what lacks what it needs; the reason, tidied."""
    reason = " ".join(choice.reason.split())
    if choice.how is not How.START and not reason:
        raise Refused(_("Write why the group does not start as planned: it is told to patients."))
    if choice.how is How.MOVE and not choice.weeks:
        raise Refused(_("Write by how many weeks the start is to be moved."))
    if choice.how is How.POOL and choice.into is None:
        raise Refused(_("Choose the group that takes those who have a place."))
    return Choice(choice.how, reason, choice.weeks, choice.into)
