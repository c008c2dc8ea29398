"""A plan from the question to its end: asked for, made beside the work, looked at, applied."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from painprogram.domain.errors import Cancelled
from painprogram.domain.plans import (
    PlanChange,
    PlanProgress,
    PlanProposal,
    PlanScope,
    PlanStanding,
    PlanWanted,
    Unplaced,
    WayOut,
)
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session
from painprogram.gui.desk import Desk
from painprogram.gui.planning.bars import ProposalBanner, ProposalLegend, RunningBar, stages
from painprogram.gui.planning.form import PlanForm
from painprogram.gui.planning.panel import PlanPanel
from painprogram.gui.proposed import Moved, Proposed, Stage, Stand
from painprogram.gui.reasons import Reasoned
from painprogram.gui.work import Task
from painprogram.i18n import _
from painprogram.usecases import Database, plan_locks, plans, sessions

_TICK = 500


@dataclass(frozen=True)
class _Shown:
    """The alternatives, and the sessions they speak of as they stand now."""

    proposals: tuple[PlanProposal, ...]
    held: dict[UUID, Session]
    at: int = 0

    @property
    def proposal(self) -> PlanProposal:
        return self.proposals[self.at]


class _Guests:
    """What stands on the schedule for as long as a proposal is looked at."""

    def __init__(self) -> None:
        self.panel = PlanPanel()
        self.banner = ProposalBanner()
        self.legend = ProposalLegend()
        self.switch = stages()

    @property
    def alive(self) -> bool:
        return isValid(self.panel)


class Planning(QObject):
    """*stand* gives the place for proposals on the schedule, *go* takes the user there."""

    _heard = Signal(object)
    """How far the search is: from its own thread."""

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        stand: Callable[[], Stand],
        go: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._desk, self._window, self._stand, self._go = desk, window, stand, go
        self._task: Task | None = None
        self._wanted = True
        """Whether what the search finds is still to be shown."""
        self._bar: RunningBar | None = None
        self._began = 0.0
        self._shown: _Shown | None = None
        self._guests: _Guests | None = None
        self._clock = QTimer(self, interval=_TICK)
        self._clock.timeout.connect(self._tick)
        self._heard.connect(self._hear)
        desk.centre_changed.connect(self._leave)

    @property
    def proposal(self) -> PlanProposal | None:
        """What is looked at now."""
        return self._shown.proposal if self._shown else None

    # Asking

    def ask(self, begun: PlanWanted | None = None) -> None:
        """Ask what is wanted, from *begun* on; without it, of what the schedule shows."""
        self._go()
        if self._task is not None:
            self._desk.message.emit(_("A plan is being made already."))
            return
        wanted = begun or PlanWanted(self._stand().groups, scope=PlanScope.ALL)
        PlanForm(self._desk, wanted, self.start, self._window).open()

    def start(self, wanted: PlanWanted) -> None:
        """Make a plan, beside whatever else is done."""
        self._bar = RunningBar(wanted.seconds * max(1, wanted.alternatives))
        self._bar.stopped.connect(self.stop)
        self._stand().show_running(self._bar)
        self._desk.work.progressed.connect(self._bar.show_step)
        if self._guests is not None and self._guests.alive:
            self._guests.panel.set_waiting(waiting=True)
        self._began, self._wanted = monotonic(), True
        self._clock.start()
        work, today = self._desk.work, self._desk.today()
        self._task = work.run_search(self, self._made, _proposed, wanted, today, self._heard.emit)
        self._task.or_else(self._failed)

    def stop(self) -> None:
        """The best so far is proposed."""
        if self._task is not None:
            self._task.cancel()

    def _tick(self) -> None:
        if self._bar is not None and isValid(self._bar):
            self._bar.show_seconds(monotonic() - self._began)

    def _hear(self, progress: PlanProgress) -> None:
        if self._bar is not None and isValid(self._bar):
            self._bar.show_progress(progress)

    def _ended(self) -> None:
        """The search is over, one way or the other."""
        self._clock.stop()
        self._task = None
        if self._bar is not None and isValid(self._bar):
            self._bar.hide()
            self._bar.deleteLater()
        self._bar = None
        if self._guests is not None and self._guests.alive:
            self._guests.panel.set_waiting(waiting=False)

    def _failed(self, sentence: str) -> None:
        self._ended()
        if not self._wanted:
            return
        if self._guests is not None and self._guests.alive:
            self._guests.panel.refuse(sentence)
        else:
            self._desk.work.refused.emit(sentence)

    def _made(self, found: tuple[PlanProposal, ...] | None) -> None:
        self._ended()
        if not self._wanted:
            return
        if found is None:
            self._desk.message.emit(_("Stopped before a plan was found."))
            return
        if not found:
            self._leave()
            self._desk.message.emit(_("Everything has a place: there is nothing to move."))
            return
        groups = {change.group_id for one in found for change in one.changes}
        groups |= {one.group_id for proposal in found for one in proposal.unplaced}
        self._desk.work.run(self, self._read, _sessions_of, found, tuple(groups))

    def _read(self, shown: _Shown) -> None:
        self._shown = shown
        self._show_guests()
        self._show_proposal()
        if self._guests is not None and not self._guests.panel.isVisible():
            words = _("A plan is proposed on the schedule. Nothing is changed yet.")
            self._desk.message.emit(words)

    # Looking at it

    def _show_guests(self) -> None:
        if self._guests is not None and self._guests.alive:
            return
        made = self._guests = _Guests()
        made.panel.change_chosen.connect(self._look_at)
        made.panel.verb_asked.connect(self._do)
        made.panel.applied.connect(self._apply)
        made.panel.discarded.connect(self._leave)
        made.panel.again_asked.connect(self._again)
        made.panel.unplaced.way_chosen.connect(self._ease)
        made.panel.unplaced.session_asked.connect(self._look_at_unplaced)
        made.panel.unplaced.facts_asked.connect(self._ask_facts)
        made.panel.unplaced.again_asked.connect(self._again)
        made.banner.other.clicked.connect(self._next_alternative)
        made.switch.chosen.connect(self._show_stage)
        QShortcut(QKeySequence("F6"), made.panel, self._next_change)
        QShortcut(QKeySequence("Shift+F6"), made.panel, self._previous_change)
        stand = self._stand()
        stand.host(made.panel, made.banner, made.legend, made.switch)
        stand.change_chosen.connect(made.panel.changes.choose)

    def _show_proposal(self) -> None:
        shown, guests = self._shown, self._guests
        if shown is None or guests is None:
            return
        guests.banner.show_proposal(shown.proposal)
        guests.panel.show_proposal(shown.proposal)
        guests.switch.choose(Stage.COMPARE)
        self._show_stage(Stage.COMPARE)
        if shown.proposal.changes:
            guests.panel.changes.step(1)
        guests.panel.show_top()
        if guests.panel.isVisible():
            guests.panel.changes.setFocus()

    def _show_stage(self, stage: Stage) -> None:
        self._stand().show_proposed(Proposed(self._moves(), Stage(stage)))

    def _moves(self) -> tuple[Moved, ...]:
        if self._shown is None:
            return ()
        return tuple(_moved(one, self._shown.held) for one in self._shown.proposal.changes)

    def _look_at(self, number: int) -> None:
        move = next((one for one in self._moves() if one.number == number), None)
        if move is not None:
            self._stand().show_change(move)

    def _look_at_unplaced(self, one: Unplaced) -> None:
        held = self._shown.held.get(one.session_id) if self._shown else None
        if held is not None:
            self._stand().show_change(Moved(0, held, held))

    def _next_change(self) -> None:
        if self._guests is not None:
            self._guests.panel.changes.step(1)

    def _previous_change(self) -> None:
        if self._guests is not None:
            self._guests.panel.changes.step(-1)

    def _next_alternative(self) -> None:
        if self._shown is not None:
            at = (self._shown.at + 1) % len(self._shown.proposals)
            self._shown = replace(self._shown, at=at)
            self._show_proposal()

    def _do(self, verb: str, number: int) -> None:
        guests, shown = self._guests, self._shown
        if guests is None or shown is None:
            return
        if verb == "keep":
            key = next(one.session_id for one in shown.proposal.changes if one.number == number)
            work = self._desk.work
            work.run(self, self._kept, plan_locks.lock, (key,)).or_else(guests.panel.refuse)
            return
        stage = Stage.NOW if verb == "before" else Stage.COMPARE
        guests.switch.choose(stage)
        self._show_stage(stage)
        guests.panel.changes.choose(number)
        self._look_at(number)

    # Anew

    def _kept(self, _nothing: None) -> None:
        self._again()

    def _again(self) -> None:
        """With the same wanted, on the facts there are now."""
        if self._shown is not None and self._task is None:
            self.start(self._shown.proposal.wanted)

    def _ask_facts(self) -> None:
        self._desk.settings_asked.emit("staff")

    def _ease(self, way: WayOut) -> None:
        if self._shown is not None and self._task is None:
            wanted = self._shown.proposal.wanted
            self.start(replace(wanted, eased=(*wanted.eased, *way.eased)))

    # The end of it

    def _apply(self) -> None:
        if self._shown is None or self._guests is None:
            return
        self._guests.panel.set_waiting(waiting=True)
        asked = Reasoned(
            self._desk.work, self._window, self._applied, self._not_applied, self._not_given
        )
        asked.run(plans.apply, self._shown.proposal, self._desk.today())

    def _applied(self, _result: object) -> None:
        self._leave()
        self._desk.message.emit(_("The plan is applied. Ctrl+Z takes all of it back."))

    def _not_applied(self, sentence: str) -> None:
        if self._guests is not None and self._guests.alive:
            self._guests.panel.refuse(sentence)

    def _not_given(self) -> None:
        if self._guests is not None and self._guests.alive:
            self._guests.panel.set_waiting(waiting=False)

    def _leave(self) -> None:
        """The schedule as it was; what is still searched for is not wanted any more."""
        self.stop()
        self._wanted = False
        guests, self._guests, self._shown = self._guests, None, None
        if guests is None or not guests.alive:
            return
        stand = self._stand()
        stand.change_chosen.disconnect(guests.panel.changes.choose)
        stand.end()
        for guest in (guests.panel, guests.banner, guests.legend, guests.switch):
            guest.deleteLater()


def _proposed(
    database: Database,
    progress: Progress,
    wanted: PlanWanted,
    today: date,
    watch: Callable[[PlanProgress], None],
) -> tuple[PlanProposal, ...] | None:
    """None where it was stopped so early that nothing was found: the bar must go all the same."""
    try:
        return plans.propose(database, progress, wanted, today, watch)
    except Cancelled:
        return None


def _sessions_of(
    database: Database, found: tuple[PlanProposal, ...], groups: tuple[UUID, ...]
) -> _Shown:
    """With the sessions of *groups* as they stand in the schedule."""
    held = {one.id: one for group in groups for one in sessions.sessions(database, group)}
    return _Shown(found, held)


def _moved(change: PlanChange, held: dict[UUID, Session]) -> Moved:
    known = held.get(change.session_id) or Session(
        change.session_id,
        change.group_id,
        change.centre_id,
        strand="",
        module="",
        kind=change.kind,
        number=1,
        of=1,
        title=change.title,
        card_title=change.card_title,
        start=change.before.start,
        minutes=change.before.minutes,
        group_name=change.group_name,
    )
    return Moved(change.number, _at(known, change.before), _at(known, change.after))


def _at(held: Session, place: PlanStanding) -> Session:
    return replace(
        held,
        start=place.start,
        minutes=place.minutes,
        room_id=place.room_id,
        room_name=place.room_name,
        leaders=place.leaders,
    )
