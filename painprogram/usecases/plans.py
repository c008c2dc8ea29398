"""The automatic plan: asked for, looked at, applied in one step.

Making one writes nothing and holds no transaction; applying it goes through the same rules as
moving by hand, and is refused where the facts have changed since.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from painprogram.domain.errors import Cancelled, Conflict, Refused
from painprogram.domain.plans import (
    EasingKind,
    PlanChange,
    PlanChoice,
    PlanProgress,
    PlanProposal,
    PlanScope,
    PlanWanted,
    WayOut,
    check_wanted,
)
from painprogram.domain.progress import Progress
from painprogram.domain.schedule import DeviationKind
from painprogram.domain.sessions import check_time
from painprogram.i18n import _
from painprogram.planner.alternatives import alternatives
from painprogram.planner.contradictions import check as check_problem
from painprogram.planner.evaluate import evaluate
from painprogram.planner.solve import Effort, Proposal
from painprogram.planner.watching import Standing
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow, SessionRow
from painprogram.usecases import plan_facts, plan_problem, plan_ways, plan_words, rules, schedules
from painprogram.usecases.plan_judge import judge
from painprogram.usecases.plan_locks import lock, locks, unlock
from painprogram.usecases.plan_problem import Asked
from painprogram.usecases.plan_wishes import set_wish, wishes, wishes_as_usual
from painprogram.usecases.sessions import set_leaders

__all__ = [
    "again",
    "apply",
    "lock",
    "locks",
    "propose",
    "set_wish",
    "unlock",
    "wishes",
    "wishes_as_usual",
]

READ, SOLVED = 0.04, 0.85
"""How far it is when the facts are read, and when the plan is found."""
PROVING = 200_000
"""Steps from which on it is worth the seconds that the exact solver takes to load."""
SMALL_TROUBLE = 0.25
"""Of the sessions: more than these in trouble, and the plan begins from nothing."""

Watch = Callable[[PlanProgress], None]


def propose(
    database: Database,
    progress: Progress,
    wanted: PlanWanted,
    today: date,
    watch: Watch | None = None,
) -> tuple[PlanProposal, ...]:
    """Plans for *wanted*, the best first; nothing is written.

    Stopped by *progress*, it answers with the best so far. *watch* hears how far it is, from any
    thread. Refused where what is wanted contradicts itself, with the way out.
    """
    check_wanted(wanted)
    progress.report(0.0, _("Reading the schedule"))
    asked = plan_problem.ask(plan_facts.gathered(database, wanted, today), wanted)
    if not asked.movable and not asked.hopeless and wanted.scope is PlanScope.ALL:
        raise Refused(_("Everything there is locked. Unlock what may move."))
    check_problem(asked.problem)
    progress.report(READ, _("Looking for a plan"))
    found = _solved(asked, progress, watch)
    made = [
        _proposal(asked, one, progress, number, len(found))
        for number, one in enumerate(found, start=1)
    ]
    return tuple(_different(made))


def again(
    database: Database,
    progress: Progress,
    proposal: PlanProposal,
    way: WayOut,
    today: date,
    watch: Watch | None = None,
) -> tuple[PlanProposal, ...]:
    """The same plan once more, with what *way* lets go of."""
    if way.facts:
        raise Refused(_("Change that first, then make the plan again."))
    wanted = proposal.wanted
    eased = tuple(dict.fromkeys((*wanted.eased, *way.eased)))
    return propose(database, progress, replace(wanted, eased=eased), today, watch)


def apply(database: Database, proposal: PlanProposal, today: date, *, reason: str = "") -> None:
    """Let the schedule be as proposed: one step of undo.

    Refused where the facts have changed since; a *reason* answers for what must be acknowledged.
    """
    if proposal.empty:
        raise Refused(_("The plan changes nothing."))
    keys = {change.session_id for change in proposal.changes}
    for choice in proposal.choices:
        keys |= {choice.from_session, choice.to_session}
    with database.change(_("Apply a plan")) as db:
        if plan_facts.read(db, proposal.wanted, today).digest() != proposal.digest:
            raise Conflict(
                _("The schedule has changed since the plan was made. Make the plan again.")
            )
        with rules.kept(db, keys, today, reason, database.actor.name):
            _write(db, proposal.changes)
            _unlocked(db, proposal)
            for choice in proposal.choices:
                _swap(db, choice)
            db.flush()


# Solving


def _solved(asked: Asked, progress: Progress, watch: Watch | None) -> tuple[Proposal, ...]:
    wanted = asked.wanted
    if not asked.movable:
        return (_as_it_is(asked),)
    steps = wanted.steps
    effort = Effort(wanted.seconds, steps, prove=steps is None or steps >= PROVING)
    if steps is not None:
        effort = replace(effort, threads=1)

    def told(standing: Standing) -> None:
        if watch is not None:
            best, bound = standing.best, standing.bound
            watch(PlanProgress(standing.seconds, best, bound, standing.unplaced))

    started = asked.today if _is_small(asked) else None
    inner = _within(progress, READ, SOLVED)
    return alternatives(
        asked.problem, wanted.alternatives, effort, wanted.seed, started, inner, told
    )


def _as_it_is(asked: Asked) -> Proposal:
    """Where nothing may move there is nothing to look for."""
    judged = evaluate(asked.problem, asked.today)
    return Proposal(asked.today, judged, judged.cost, proven=True, seconds=0, first_at=0, best_at=0)


def _is_small(asked: Asked) -> bool:
    """Whether the plan there is, is worth beginning at."""
    troubled = asked.troubled.keys() & asked.movable
    return asked.wanted.scope is not PlanScope.ALL or len(troubled) <= SMALL_TROUBLE * len(
        asked.movable
    )


def _within(progress: Progress, first: float, last: float) -> Progress:
    """A part of the way; stopping the whole stops it."""

    def notify(part: float, text: str) -> None:
        with suppress(Cancelled):
            progress.report(first + (last - first) * part, text)

    inner = Progress(notify)
    progress.on_cancel(inner.cancel)
    return inner


# The proposal


def _proposal(
    asked: Asked, found: Proposal, progress: Progress, number: int, of: int
) -> PlanProposal:
    judged = judge(asked, found.plan)
    costs = plan_words.costs(asked, judged)
    whole = not judged.reverted
    left = plan_ways.unplaced(asked, judged, _within(progress, SOLVED, 1.0))
    return PlanProposal(
        wanted=asked.wanted,
        number=number,
        of=of,
        changes=plan_words.changes(asked, judged),
        choices=plan_words.choices(asked, judged),
        unplaced=left,
        lines=plan_words.lines(asked, judged),
        cost_before=costs.before,
        cost_after=costs.after,
        bound=min(found.bound, costs.after),
        proven=found.proven and whole,
        seconds=found.seconds,
        best_at=found.best_at,
        cancelled=progress.is_cancelled,
        locked=asked.locked,
        movable=len(asked.movable),
        to_acknowledge=judged.to_acknowledge,
        digest=asked.facts.digest(),
    )


def _different(made: list[PlanProposal]) -> list[PlanProposal]:
    """Each once: what the rules put back may have made two of them alike."""
    kept: dict[object, PlanProposal] = {}
    for one in made:
        places = tuple((c.session_id, c.after) for c in one.changes)
        kept.setdefault((places, one.choices), one)
    return [
        replace(one, number=number, of=len(kept))
        for number, one in enumerate(kept.values(), start=1)
    ]


# Applying


def _write(db: Db, changes: tuple[PlanChange, ...]) -> None:
    wanted = {change.session_id: change for change in changes}
    rows = db.scalars(
        select(SessionRow)
        .where(SessionRow.id.in_(wanted))
        .options(selectinload(SessionRow.leaders))
    )
    for row in rows:
        after = wanted[row.id].after
        check_time(after.start, row.minutes)
        row.start = after.start
        row.room_id = db.get_one(RoomRow, after.room_id).id if after.room_id else None
        if wanted[row.id].other_leaders:
            set_leaders(db, row, after.staff)
        row.sequence += 1
    db.flush()


def _unlocked(db: Db, proposal: PlanProposal) -> None:
    """What was unlocked to be placed otherwise, is."""
    changed = {change.session_id for change in proposal.changes}
    freed = {one.about for one in proposal.wanted.eased if one.kind is EasingKind.UNLOCK}
    for row in db.scalars(select(SessionRow).where(SessionRow.id.in_(changed))):
        if row.locked and row.id in freed:
            row.locked = []


def _swap(db: Db, choice: PlanChoice) -> None:
    """The patient goes to the parallel session instead."""
    schedules.deviate(
        db,
        choice.enrolment_id,
        DeviationKind.SWAP,
        choice.from_session,
        choice.to_session,
        _("Suits the patient better (automatic plan)"),
    )
