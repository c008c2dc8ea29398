"""What is done with several cards of the week at once, and with what was cut or copied."""

from collections.abc import Callable, Hashable
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from painprogram.gui.desk import Desk
from painprogram.gui.sessions import cards
from painprogram.gui.sessions.changes import Wish
from painprogram.gui.sessions.lanes import keys_of
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, monday_of
from painprogram.gui.sessions.together import (
    Clipboard,
    Piece,
    cancelled_together,
    copied,
    moved_together,
    pasted,
    spot_of,
)
from painprogram.gui.sessions.views import Views
from painprogram.gui.widgets.weekgrid import Spot, Target, WeekGrid
from painprogram.i18n import _, ngettext


class Hands(QObject):
    """*now_shown* gives the week and its lanes as they are when something is asked for."""

    wished = Signal(object)  # Wish
    cut_changed = Signal()

    def __init__(
        self,
        grid: WeekGrid,
        desk: Desk,
        views: Views,
        now_shown: Callable[[], tuple[Shown, LaneKind]],
    ) -> None:
        super().__init__(grid)
        self._grid, self._desk, self._views, self._now_shown = grid, desk, views, now_shown
        self._clipboard: Clipboard | None = None
        grid.several_asked.connect(self.move)
        grid.cut_asked.connect(self.cut)
        grid.copy_asked.connect(self.copy)
        grid.paste_asked.connect(self.paste)

    @property
    def cut_keys(self) -> frozenset[UUID]:
        """What waits to be pasted, and stands faded until then."""
        found = self._clipboard
        return found.keys if found is not None and found.cut else frozenset()

    @property
    def holds(self) -> bool:
        """Whether there is anything to paste."""
        return self._clipboard is not None

    @property
    def chosen(self) -> tuple[Held, ...]:
        """What is selected in the view that is shown, each once."""
        return tuple({piece.held.id: piece.held for piece in self._selected()}.values())

    def forget(self) -> bool:
        """Let what was cut stay where it is; False where nothing was cut or copied."""
        if self._clipboard is None:
            return False
        self._clipboard = None
        self.cut_changed.emit()
        return True

    def move(self, targets: tuple[Target, ...]) -> None:
        shown, kind = self._now_shown()
        pieces = self._by_card()
        places = [
            (pieces[target.key], Spot(target.day, target.lane, target.start_minute))
            for target in targets
            if target.key in pieces
        ]
        self._ask(moved_together(shown, kind, places))

    def shift(self, by: timedelta) -> None:
        """Everything that is selected, earlier or later."""
        shown, kind = self._now_shown()
        pieces = self._selected(to_move=True)
        self._ask(moved_together(shown, kind, [(one, spot_of(one, by)) for one in pieces]))

    def cut(self) -> None:
        self._take(self._selected(to_move=True), cut=True)

    def take_all(self) -> None:
        self._grid.select_all()
        self._grid.setFocus()

    def copy(self) -> None:
        self._take(self._selected(), cut=False)

    def paste(self) -> None:
        """At the place that is pointed out; in another week else at the same time."""
        shown, kind = self._now_shown()
        clipboard = self._clipboard
        if clipboard is None:
            self._desk.message.emit(_("Nothing is cut or copied."))
            return
        other = self._views.other
        spot = self._grid.paste_spot() if other is None else None
        if spot is None:
            monday = shown.week.monday if other is None else monday_of(other.day)
            spot = clipboard.same_time_in(monday)
            if spot.day == clipboard.first.held.start.date():
                self._desk.message.emit(
                    _("Say where to paste: point at a place, or mark one with Ctrl and an arrow.")
                )
                return
        places = pasted(shown, kind, clipboard, spot)
        if not clipboard.cut:
            self._ask(copied(shown, kind, places))
            return
        self._clipboard = None
        self.cut_changed.emit()
        self._ask(moved_together(shown, kind, places))

    def cancel(self) -> None:
        """What is selected is not held; a visit is taken away."""
        self._ask(cancelled_together(self.chosen))

    def _ask(self, wish: Wish | None) -> None:
        if wish is not None:
            self._grid.mark(None)
            self.wished.emit(wish)

    def _take(self, pieces: tuple[Piece, ...], *, cut: bool) -> None:
        if not pieces:
            return
        _shown, kind = self._now_shown()
        self._clipboard = Clipboard(pieces, kind, cut)
        self.cut_changed.emit()
        many = len(self._clipboard.keys)
        words = (
            ngettext(
                "{number} session is cut: Ctrl+V moves it to the place you point at.",
                "{number} sessions are cut: Ctrl+V moves them to the place you point at.",
                many,
            )
            if cut
            else ngettext(
                "{number} session is copied: Ctrl+V makes an extra one where you point.",
                "{number} sessions are copied: Ctrl+V makes extra ones where you point.",
                many,
            )
        )
        self._desk.message.emit(words.format(number=many))

    def _selected(self, *, to_move: bool = False) -> tuple[Piece, ...]:
        """What is selected, of it *to_move* only what can be moved without asking others."""
        if self._views.other is not None:
            _shown, kind = self._now_shown()
            return tuple(
                Piece(held, keys_of(held, kind)[0])
                for held in self._views.chosen
                if not to_move or cards.can_be_moved(held)
            )
        keys = set(self._grid.selection)
        return tuple(
            piece
            for key, piece in self._by_card().items()
            if key in keys and (not to_move or cards.can_be_moved(piece.held))
        )

    def _by_card(self) -> dict[Hashable, Piece]:
        shown, _kind = self._now_shown()
        found = {}
        for card in self._grid.cards:
            occasion = cards.occasion_of(card.key)
            held = shown.one(occasion) if occasion else None
            if held is not None:
                found[card.key] = Piece(held, card.lane)
        return found
