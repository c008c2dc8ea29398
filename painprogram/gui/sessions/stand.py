"""Where a proposal stands on the page of the schedule, and what the week shows because of it."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from painprogram.gui.proposed import Moved, Proposed, Stage
from painprogram.gui.sessions import cards, ghosts, proposing
from painprogram.gui.sessions.hands import Hands
from painprogram.gui.sessions.shown import LaneKind, Shown, View
from painprogram.gui.sessions.whole import Whole
from painprogram.gui.widgets.weekgrid import Card, Ghost


class ProposalStand(QObject):
    """See ``gui.proposed.Stand``. *now_shown* gives the week and its lanes."""

    changed = Signal()
    """The week is to be filled anew."""
    asked = Signal(object)
    """A ``Session`` of the proposal that is to be looked at."""
    change_chosen = Signal(int)
    """The number of the change whose card was chosen."""

    def __init__(
        self, whole: Whole, hands: Hands, now_shown: Callable[[], tuple[Shown, LaneKind]]
    ) -> None:
        super().__init__(whole)
        self._whole, self._hands, self._now_shown = whole, hands, now_shown
        self._proposed: Proposed | None = None

    @property
    def groups(self) -> tuple[UUID, ...]:
        shown, _kind = self._now_shown()
        there = self._hands.chosen or tuple(shown.seen)
        return tuple(dict.fromkeys(held.group_id for held in there))

    def show_running(self, bar: QWidget) -> None:
        self._whole.middle.insertWidget(0, bar)

    def host(self, panel: QWidget, above: QWidget, below: QWidget, switch: QWidget) -> None:
        self._whole.view_chosen(View.WEEK)
        self._whole.host(panel, above, below, switch)

    def end(self) -> None:
        self.show_proposed(None)
        self._whole.let_go_of_guests()

    def show_proposed(self, proposed: Proposed | None) -> None:
        if proposed != self._proposed:
            self._proposed = proposed
            self.changed.emit()

    def show_change(self, move: Moved) -> None:
        now = self._proposed is None or self._proposed.stage is Stage.NOW
        self.asked.emit(move.before if now else move.after)

    # What the week shows

    def either(self, shown: Shown) -> Shown:
        """Everything that stands there in one of the two plans."""
        return proposing.both(shown, self._proposed)

    def cards(
        self, shown: Shown, kind: LaneKind, now: datetime, cut: Collection[UUID]
    ) -> list[Card]:
        found = cards.cards(proposing.drawn(shown, self._proposed), kind, now, cut)
        return proposing.numbered(found, self._proposed)

    def ghosts(self, shown: Shown, kind: LaneKind) -> tuple[Ghost, ...]:
        """Of a proposal the places that are left; else those that were published."""
        if self._proposed is None:
            return ghosts.ghosts(shown, kind)
        return proposing.old_places(shown, kind, self._proposed)

    def shows(self, occasion: UUID) -> bool:
        """Whether a card of it may stand in a week that the schedule does not have it in."""
        return self._proposed is not None and occasion in self._proposed.by_id

    def choose(self, occasion: UUID | None) -> None:
        """Tell that its card was chosen, where it is one of the changes."""
        move = self._proposed.by_id.get(occasion) if self._proposed and occasion else None
        if move is not None:
            self.change_chosen.emit(move.number)
