"""The commitment (åtagande): what patient and team agree on; goals and home practice are own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _

LONGEST = 200
"""Characters in a goal, an exercise or a sentence: it must fit a line or two on the sheet."""
MOST = 12
LONGEST_NOTE = 1000
BEST = 10
"""On the scale of the PSFS: 0 is unable, 10 is as before."""
Score = int | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One version of a patient's commitment in a group."""

    enrolment_id: UUID
    number: int = 0
    """0: not written yet, *sentences* are the programme's."""
    sentences: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    """Home practice, with how often."""
    scores: tuple[Score, ...] = ()
    """Of each goal that is an activity of the PSFS: what the patient managed then."""
    agreed_on: date | None = None
    agreed_by: UUID | None = None
    agreed_by_name: str = ""
    signed_on: date | None = None
    signed_number: int | None = None
    """The version of the sheet that was signed; None where it was not a printed one."""
    id: UUID | None = None
    version: int = 0

    @property
    def scored(self) -> tuple[tuple[str, Score], ...]:
        """Each goal with its score."""
        return tuple(zip(self.goals, padded(self.scores, len(self.goals)), strict=True))


class ReviewKind(StrEnum):
    MID = "mid"
    END = "end"

    @property
    def label(self) -> str:
        return _(_KINDS[self])


_KINDS = {ReviewKind.MID: N_("Mid-point review"), ReviewKind.END: N_("Review at the end")}


class Outcome(StrEnum):
    """How it went with a goal."""

    OPEN = ""
    """Not talked about."""
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return _(_OUTCOMES[self])


_OUTCOMES = {
    Outcome.OPEN: N_("Not talked about"),
    Outcome.REACHED: N_("Reached"),
    Outcome.PARTLY: N_("On the way"),
    Outcome.NOT_REACHED: N_("Not reached"),
    Outcome.CHANGED: N_("No longer a goal"),
}


@dataclass(frozen=True, slots=True)
class GoalReview:
    """One goal as it was looked back on."""

    goal: str
    outcome: Outcome = Outcome.OPEN
    before: Score = None
    """What the patient managed when it was agreed; None where it is no PSFS activity."""
    after: Score = None

    @property
    def words(self) -> str:
        """``Walk 30 minutes: on the way, from 3 to 6``"""
        text = _("{goal}: {outcome}").format(goal=self.goal, outcome=self.outcome.label.lower())
        if self.after is None:
            return text
        if self.before is None:
            return _("{text}, {after} of {best}").format(text=text, after=self.after, best=BEST)
        return _("{text}, from {before} to {after}").format(
            text=text, before=self.before, after=self.after
        )


@dataclass(frozen=True, slots=True)
class Review:
    """How it went with the commitment, half-way or at the end."""

    id: UUID
    enrolment_id: UUID
    kind: ReviewKind
    number: int
    """The version of the commitment that was looked at."""
    reviewed_on: date
    goals: tuple[GoalReview, ...] = ()
    note: str = ""
    reviewed_by: UUID | None = None
    reviewed_by_name: str = ""
    version: int = 1


class Part(StrEnum):
    """What a commitment is made of."""

    SENTENCES = "sentences"
    GOALS = "goals"
    HOME = "home"

    @property
    def label(self) -> str:
        return _(_PARTS[self])


_PARTS = {
    Part.SENTENCES: N_("The commitment"),
    Part.GOALS: N_("My goals"),
    Part.HOME: N_("Home practice"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that is not as in the version before; *old* or *new* is empty where there is none.

    With both it is a goal that is the same, with other scores.
    """

    part: Part
    old: str = ""
    new: str = ""

    @property
    def words(self) -> str:
        if self.old and self.new:
            return f"{self.old} → {self.new}"
        if self.new:
            return _("New: {line}").format(line=self.new)
        return _("Taken away: {line}").format(line=self.old)


def differences(before: Commitment, after: Commitment) -> tuple[Difference, ...]:
    """What *after* says that *before* did not, and the other way round, in its order."""
    found = []
    for part in Part:
        old, new = (_lines(one, part) for one in (before, after))
        found += [Difference(part, old=line) for line in old if line not in new]
        found += [Difference(part, new=line) for line in new if line not in old]
    then, now = dict(before.scored), dict(after.scored)
    found += [
        Difference(Part.GOALS, told(goal, then[goal]), _score(score))
        for goal, score in now.items()
        if goal in then and then[goal] != score
    ]
    return tuple(found)


def _lines(commitment: Commitment, part: Part) -> tuple[str, ...]:
    return {
        Part.SENTENCES: commitment.sentences,
        Part.GOALS: commitment.goals,
        Part.HOME: commitment.home,
    }[part]


def told(goal: str, score: Score) -> str:
    """``Walk 30 minutes (3 of 10)``"""
    return goal if score is None else f"{goal} ({_score(score)})"


def _score(score: Score) -> str:
    if score is None:
        return _("without a score")
    return _("{score} of {best}").format(score=score, best=BEST)


def padded(scores: Sequence[Score], many: int) -> tuple[Score, ...]:
    """One for each of *many* goals."""
    return (*scores[:many], *([None] * (many - len(scores))))


def check_scores(scores: Iterable[Score]) -> None:
    for score in scores:
        if score is not None and not 0 <= score <= BEST:
            raise Refused(
                _("{score} is not on the scale: an activity has 0 to {best}.").format(
                    score=score, best=BEST
                )
            )


def check_note(note: str) -> str:
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused(
            _("The note is too long: {most} characters at most.").format(most=LONGEST_NOTE)
        )
    return note.strip()


def cleaned(lines: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Without empty lines; refused where a line or the list is too long to print."""
    kept = tuple(" ".join(line.split()) for line in lines if line.strip())
    for line in kept:
        if len(line) > LONGEST:
            raise Refused(
                _("“{start}…” is too long: {most} characters at most.").format(
                    start=line[:30], most=LONGEST
                )
            )
    if len(kept) > MOST:
        raise Refused(
            _("There are {many} lines; {most} at most.").format(many=len(kept), most=MOST)
        )
    return kept
