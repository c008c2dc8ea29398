"""While a card is dragged: where it can go, why not elsewhere, and what the colours mean."""

from collections.abc import Callable, Hashable
from datetime import date, datetime, time

from PySide6.QtCore import QEvent, QObject

from painprogram.gui.sessions import cards
from painprogram.gui.sessions.inspector import Inspector
from painprogram.gui.sessions.shown import Held, LaneKind, Shown
from painprogram.gui.sessions.slots import Places
from painprogram.gui.widgets.slot_legend import SlotLegend
from painprogram.gui.widgets.weekgrid import Card, Slot, Target, WeekGrid
from painprogram.i18n import _, ngettext


class Dragging(QObject):
    """*now_shown* gives the week and its lanes as they are when the drag begins."""

    def __init__(
        self,
        grid: WeekGrid,
        inspector: Inspector,
        now_shown: Callable[[], tuple[Shown, LaneKind]],
    ) -> None:
        super().__init__(grid)
        self._grid, self._inspector, self._now_shown = grid, inspector, now_shown
        self._places: Places | None = None
        self._held: Held | None = None
        self.legend = SlotLegend(grid)
        self.legend.setObjectName("drag_legend")
        self.legend.hide()
        grid.slot_painter = self._slots
        grid.installEventFilter(self)
        grid.drag_began.connect(self._began)
        grid.drag_moved.connect(self._moved)
        grid.drag_ended.connect(self._ended)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._grid:
            self._place_legend()
        return super().eventFilter(watched, event)

    def _place_legend(self) -> None:
        """Over the foot of the grid, so that nothing moves under the hand when it appears."""
        high, foot = self.legend.sizeHint().height(), self._grid.viewport().geometry().bottom() + 1
        self.legend.setGeometry(0, foot - high, self._grid.width(), high)

    def _slots(self, card: Card) -> list[Slot]:
        shown, kind = self._now_shown()
        occasion = cards.occasion_of(card.key)
        self._held = shown.one(occasion) if occasion else None
        if self._held is None or self._held.id not in shown.board.occasions:
            return []
        together = {cards.occasion_of(key) for key in self._grid.moving} - {self._held.id}
        self._places = Places(
            shown.without(together), kind, self._held, card.lane, self._grid.hours_shown
        )
        return list(self._places.slots())

    def _began(self, _key: Hashable) -> None:
        if self._held is not None and self._places is not None:
            self.legend.set_title(self._title(self._held))
            self._place_legend()
            self.legend.show()
            self.legend.raise_()

    def _title(self, held: Held) -> str:
        many = len({cards.occasion_of(key) for key in self._grid.moving})
        if many > 1:
            words = ngettext("Moving {number} session", "Moving {number} sessions", many)
            return words.format(number=many)
        return _("Moving {title}").format(title=cards.full_title(held))

    def _moved(self, target: Target) -> None:
        slot = target.slot
        if slot is None or self._places is None:
            return
        if slot.state == "free":
            self._inspector.show_place("", "")
            return
        lead = _("Not free here") if slot.state == "blocked" else _("To be acknowledged")
        nearest = self._places.nearest(at(target.day, target.start_minute))
        parts = (slot.reason, slot.detail, nearest)
        self._inspector.show_place(lead, "\n".join(part for part in parts if part))

    def _ended(self) -> None:
        self._places = self._held = None
        self.legend.hide()
        self._inspector.show_clashes()


def at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))
