"""Whether a patient has completed the programme: all that is core, or enough of it, by attendance.

Each core strand must have been met as often as it says (all of its meetings, or at least so many).
A meeting counts for its module wherever it was: in the own group, in another, in an earlier one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.programmes import Content, Placement, Strand
from painprogram.i18n import N_, _, ngettext

HALF = 2
"""Who was there for a part has met it where that was at least one part in so many."""


@dataclass(frozen=True, slots=True)
class Met:
    """An occasion of the patient's: that is over, or lies ahead."""

    occasion_id: UUID
    module: str
    start: datetime
    minutes: int
    strand: str = ""
    """Of the patient's own programme; empty where the module alone says which."""
    state: AttendanceState | None = None
    """None while nothing is noted."""
    noted: int | None = None
    """Minutes that were noted with the state."""
    ahead: bool = False
    goes: bool = True
    """False for an opt-out, a pause, and what was cancelled."""

    @property
    def counts(self) -> bool:
        """Present and late count; partly for half the time, or where nobody wrote how long."""
        if self.state is AttendanceState.PARTLY:
            return self.noted is None or self.noted * HALF >= self.minutes
        return self.state in (AttendanceState.PRESENT, AttendanceState.LATE)

    @property
    def missed(self) -> bool:
        return not self.counts and (self.state is not None or not self.goes)


class PartState(StrEnum):
    DONE = "done"
    ON_THE_WAY = "on_the_way"
    LACKING = "lacking"
    """Not even all that lies ahead is enough: something must be made up."""
    UNBOOKED = "unbooked"
    """A visit of the patient's own that has no time yet."""
    EXTRA = "extra"
    """Not needed for completion."""

    @property
    def label(self) -> str:
        return _(_STATES[self])


_STATES = {
    PartState.DONE: N_("Done"),
    PartState.ON_THE_WAY: N_("On the way"),
    PartState.LACKING: N_("Must be made up"),
    PartState.UNBOOKED: N_("To be booked"),
    PartState.EXTRA: N_("Besides"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A strand of the programme, and how far the patient has come with it."""

    strand: str
    module: str
    title: str
    letter: str
    needed: int
    """Meetings for completion; 0 where it is not core."""
    of: int
    done: int
    ahead: int
    """That the patient is to come to."""
    unnoted: int
    """That are over, and nobody has noted who came."""
    missed: tuple[Met, ...] = ()
    visit: bool = False
    """Booked for the patient alone."""

    @property
    def lacking(self) -> int:
        """Meetings that must be made up; those that nobody noted may still count."""
        return max(0, self.needed - self.done - self.ahead - self.unnoted)

    @property
    def state(self) -> PartState:
        if not self.needed:
            return PartState.EXTRA
        if self.done >= self.needed:
            return PartState.DONE
        if not self.lacking:
            return PartState.ON_THE_WAY
        return PartState.UNBOOKED if self.visit else PartState.LACKING

    @property
    def told(self) -> str:
        """``5 of at least 6, 2 ahead``"""
        if self.needed < self.of:
            words = _("{done} of at least {needed} (of {of})")
        else:
            words = _("{done} of {needed}")
        parts = [words.format(done=self.done, needed=self.needed or self.of, of=self.of)]
        if self.ahead:
            parts.append(_("{number} ahead").format(number=self.ahead))
        if self.unnoted:
            parts.append(_("{number} not noted").format(number=self.unnoted))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Completion:
    parts: tuple[Part, ...] = ()

    @property
    def core(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.needed)

    @property
    def done(self) -> int:
        """Core parts that are done."""
        return sum(part.state is PartState.DONE for part in self.core)

    @property
    def complete(self) -> bool:
        return bool(self.core) and self.done == len(self.core)

    @property
    def lacking(self) -> tuple[Part, ...]:
        """What must be made up."""
        return tuple(part for part in self.parts if part.state is PartState.LACKING)

    @property
    def unbooked(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.state is PartState.UNBOOKED)

    @property
    def told(self) -> str:
        if not self.core:
            return _("The programme asks for nothing to be completed.")
        if self.complete:
            return _("Completed: every core part is done.")
        words = _("{done} of {number} core parts are done.").format(
            done=self.done, number=len(self.core)
        )
        if self.lacking:
            many = sum(part.lacking for part in self.lacking)
            lacks = ngettext(
                "{number} meeting must be made up: {parts}.",
                "{number} meetings must be made up: {parts}.",
                many,
            ).format(number=many, parts=", ".join(part.title for part in self.lacking))
            words = f"{words} {lacks}"
        if self.unbooked:
            book = _("To be booked: {parts}.").format(
                parts=", ".join(part.title for part in self.unbooked)
            )
            words = f"{words} {book}"
        return words


def completion(content: Content, met: Iterable[Met]) -> Completion:
    """How far somebody has come who met, and is to meet, *met*; each occasion counts once."""
    of_module: dict[str, list[str]] = defaultdict(list)
    for strand in content.strands:
        of_module[strand.module].append(strand.key)
    known = {strand.key for strand in content.strands}
    own: dict[str, list[Met]] = defaultdict(list)
    for one in {each.occasion_id: each for each in met}.values():
        strand_key = one.strand if one.strand in known else next(iter(of_module[one.module]), "")
        own[strand_key].append(one)
    titles = Counter(str(content.module(strand.module).name) for strand in content.strands)
    return Completion(
        tuple(
            _part(content, strand, own[strand.key], several=titles)
            for strand in content.strands
            if own[strand.key] or strand.core
        )
    )


def _part(content: Content, strand: Strand, own: list[Met], *, several: Counter[str]) -> Part:
    title = str(content.module(strand.module).name)
    if several[title] > 1 and strand.letter:
        title = f"{title} {strand.letter}"
    own.sort(key=lambda one: one.start)
    open_ones = [one for one in own if one.goes and one.state is None]
    return Part(
        strand=strand.key,
        module=strand.module,
        title=title,
        letter=strand.letter,
        needed=(strand.at_least or strand.occurrences) if strand.core else 0,
        of=strand.occurrences,
        done=sum(one.counts for one in own),
        ahead=sum(one.ahead for one in open_ones),
        unnoted=sum(not one.ahead for one in open_ones),
        missed=tuple(one for one in own if one.missed),
        visit=strand.placement is Placement.VISIT,
    )
