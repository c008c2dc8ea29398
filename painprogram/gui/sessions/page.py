"""The schedule: the week grid with its toolbar, the inspector beside it, the clashes under it."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from painprogram.gui.desk import Desk, Paper
from painprogram.gui.sessions import cards, changes, lanes, shades
from painprogram.gui.sessions.carrying import Carrying
from painprogram.gui.sessions.changes import Wish
from painprogram.gui.sessions.dragging import Dragging, at
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.hands import Hands
from painprogram.gui.sessions.menu import LOCK_KEY
from painprogram.gui.sessions.reading import WeekReader
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, View, monday_of, nothing
from painprogram.gui.sessions.stand import ProposalStand
from painprogram.gui.sessions.verbs import Verbs
from painprogram.gui.sessions.whole import Whole
from painprogram.i18n import _
from painprogram.usecases.clashes import Found

_LANES = "schedule lanes"
_MINUTE = 60_000
_WEEK = timedelta(days=7)


class SessionsPage(QWidget):
    shows = frozenset(
        {
            "session",
            "leader",
            "visit",
            "enrolment",
            "deviation",
            "link",
            "room",
            "staff",
            "patient_group",
            "programme_version",
            "closure",
            "centre",
            "working_time",
            "absence",
            "extra_time",
            "busy",
            "publication",
            "rule_setting",
            "acknowledgement",
            "group_pause",
            "enrolment_pause",
        }
    )
    week_changed = Signal(object)
    """The Monday of the week that is shown."""
    week_shown = Signal()
    """What stands in the week has been read and is on screen."""
    saved = Signal()
    """A change was carried out: what was refused before it is no longer of interest."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sessions_page")
        self._desk, self._clock = desk, clock
        self._monday = monday_of(desk.today())
        self._shown = nothing(desk.centre.id, self._monday)
        self._chosen: UUID | None = None
        self._sought: tuple[UUID, ...] = ()
        """What is to be chosen once it is there."""
        self._watched: dict[UUID, frozenset[str]] = {}
        self._filling = False
        known = {kind.value: kind for kind in LaneKind}
        self._kind = known.get(desk.settings.text(_LANES), LaneKind.ROOM)
        self._build()
        self._wire()
        self._fill()
        if self._toolbar.view is not View.WEEK:
            self._views.show_view(self._toolbar.view, self._monday)

    # Parts

    def _build(self) -> None:
        whole = self._whole = Whole(self._desk, self._kind)
        self.grid, self.inspector, self.panel = whole.grid, whole.inspector, whole.panel
        self._toolbar, self._views = whole.toolbar, whole.views
        self._dragging = Dragging(self.grid, self.inspector, self._shown_now)
        self._hands = Hands(self.grid, self._desk, self._views, self._shown_now)
        self._verbs = Verbs(self._desk, self._hands, self._views, self._chosen_now, self)
        self.stand = ProposalStand(whole, self._hands, self._shown_now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(whole)
        self.setFocusProxy(whole.views)

    def _wire(self) -> None:
        grid, inspector, views = self.grid, self.inspector, self._views
        grid.current_changed.connect(self._card_chosen)
        grid.selection_changed.connect(self._selection_changed)
        grid.activated.connect(self._card_opened)
        grid.context_menu_asked.connect(self._verbs.open_menu)
        grid.move_asked.connect(self._move_asked)
        grid.resize_asked.connect(self._resize_asked)
        self._hands.wished.connect(self._wish)
        self._verbs.wished.connect(self._wish)
        self._verbs.saved.connect(self.reload)
        self._verbs.let_go.connect(self._let_go)
        self._hands.cut_changed.connect(self._fill)
        self._toolbar.lanes_chosen.connect(self.show_lanes)
        self._toolbar.plan_asked.connect(self._desk.plan_asked)
        self._whole.view_changed.connect(self._show_view)
        self._whole.filters_changed.connect(self._fill)
        self._whole.quiet.week_asked.connect(self.show_week)
        views.session_chosen.connect(self._chosen_elsewhere)
        views.week_asked.connect(self._go_to_week)
        views.verb_asked.connect(self._verbs.do)
        views.weeks_asked.connect(self._verbs.shift_weeks)
        views.selection_changed.connect(self._selection_changed)
        inspector.clash_chosen.connect(self.show_clash)
        inspector.verb_asked.connect(self._verbs.do)
        self.stand.changed.connect(self._fill)
        self.stand.asked.connect(self._look_at)
        inspector.closed.connect(self._let_go)
        self.panel.chosen.connect(self.show_clash)
        self.panel.closed.connect(views.give_focus)
        self._desk.centre_changed.connect(self._centre_changed)
        self._reader = WeekReader(self._desk, self)
        self._reader.cards_arrived.connect(self._show_cards)
        self._reader.arrived.connect(self._show)
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(self._tick)
        self._minute.start()
        for key, verb in (
            (QKeySequence(Qt.Key.Key_F2), self._verbs.change_time),
            (QKeySequence(Qt.Key.Key_Delete), self._verbs.delete),
        ):
            QShortcut(key, grid, verb, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(LOCK_KEY), views, self._verbs.lock, context=within)

    # Which week

    @property
    def monday(self) -> date:
        return self._monday

    def show_week(self, day: date) -> None:
        """Show the week of *day*."""
        monday = monday_of(day)
        if monday != self._monday:
            self._monday = monday
            self._chosen = self._sought[-1] if self._sought else None
            self._shown = nothing(self._desk.centre.id, monday)
            self._fill()
            self.week_changed.emit(monday)
        self.reload()

    def step_weeks(self, many: int) -> None:
        self._look_from(self._monday + many * _WEEK)

    def show_today(self) -> None:
        self._look_from(self._desk.today())

    def _look_from(self, day: date) -> None:
        self.show_week(day)
        if self._views.other is not None:
            self._views.other.show_from(day)

    def _go_to_week(self, day: date) -> None:
        """From the term or the list to the week of *day*."""
        self._whole.view_chosen(View.WEEK)
        self.show_week(day)

    def _show_view(self) -> None:
        self._views.show_view(self._toolbar.view, self._monday)
        self._fill()
        self._views.give_focus()

    def show_session(self, held: Held) -> None:
        """Go to its week and choose it."""
        if not self._whole.filters.lets(held):
            self._whole.use_filters(Filters())
            self._desk.message.emit(_("The filter was taken away: it hid what you asked for."))
        self._whole.view_chosen(View.WEEK)
        self._seek(held.id, held.start.date())

    def show_clash(self, found: Found) -> None:
        """Go to the one of the two that stands at this centre."""
        here = self._desk.centre.id
        other = found.other if found.centre_id != here and found.other_centre_id == here else None
        self._whole.view_chosen(View.WEEK)
        self._whole.use_filters(Filters())
        self._seek(other or found.occasion, found.start.date())

    def show_clashes(self) -> None:
        """All clashes ahead, in a list under the week."""
        self.panel.open_panel()

    def print_shown(self) -> None:
        """The base schedule of the group that is chosen, or of the only one of the week."""
        held = self._shown.one(self._chosen) if self._chosen else None
        there = {held.group_id} if held else {one.group_id for one in self._shown.week.sessions}
        if len(there) == 1:
            self._desk.paper_asked.emit(Paper("poster", there.pop()))
        else:
            self._desk.message.emit(_("Choose a session of the group whose schedule to print."))

    def show_lanes(self, kind: LaneKind) -> None:
        self._kind = kind
        self._toolbar.lanes.choose(kind)
        self._desk.settings.put(_LANES, kind.value)
        self._fill()

    def _look_at(self, held: Held) -> None:
        """At the card of something that a proposal has moved."""
        self._whole.view_chosen(View.WEEK)
        if not self._whole.filters.lets(held):
            self._whole.use_filters(Filters())
        if monday_of(held.start.date()) == self._monday:
            self._choose((held.id,))
        else:
            self._sought = (held.id,)
            self.show_week(held.start.date())

    def _seek(self, key: UUID, day: date) -> None:
        self._sought = (key,)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if monday_of(day) == self._monday and self._shown.one(key):
            self._choose((key,))
        else:
            self.show_week(day)

    def _centre_changed(self) -> None:
        self._chosen = None
        self._shown = nothing(self._desk.centre.id, self._monday)
        self._fill()
        self.reload()

    # Reading

    def reload(self) -> None:
        """Read the week again; what is chosen stays so."""
        self._reader.read(self._monday)
        self.panel.reload()
        self._views.reload()
        self._whole.drafts.reload()

    def _show_cards(self, shown: Shown) -> None:
        """The cards of a week stand before anybody knows what stands against them."""
        if shown.groups or not shown.is_empty:
            self._shown = shown
            self._whole.show_groups(there=True)
            self._fill()
            self.week_shown.emit()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._whole.show_groups(there=bool(shown.groups) or not shown.is_empty)
        self._fill()
        if self._sought:
            self._choose(self._sought)
            self._sought = ()
        self._tell_new_clashes()
        self.week_shown.emit()

    # Showing

    def _now(self) -> datetime:
        return datetime.combine(self._desk.today(), self._clock().time())

    def _fill(self) -> None:
        """Everything that is shown, anew; what is chosen stays so where it can."""
        shown = self._shown = replace(self._shown, filters=self._whole.filters)
        today, now = self._desk.today(), self._now()
        either = self.stand.either(shown)
        columns = lanes.lanes(either, self._kind)
        standing = self.stand.cards(shown, self._kind, now, self._hands.cut_keys)
        self._filling = True
        self.grid.set_hours(*cards.hours(either))
        self.grid.set_now(now if monday_of(today) == self._monday else None)
        self.grid.set_shades(shades.shades(shown, self._kind, columns))
        self.grid.set_ghosts(self.stand.ghosts(shown, self._kind))
        self.grid.show_week(cards.days(either, today), columns, standing)
        self._filling = False
        if self._chosen and not self._is_seen(self._chosen) and shown.groups:
            self._chosen = None
        self._reselect()
        self._toolbar.show_days(shown.days[0], shown.days[-1])
        self._whole.quiet.show_week(shown) if shown.groups else self._whole.quiet.hide()
        self._whole.show_filtered(shown)
        self._inspect()

    def _is_seen(self, occasion: UUID) -> bool:
        if self.stand.shows(occasion):
            return True
        held = self._shown.one(occasion)
        return held is not None and self._shown.filters.lets(held)

    def _inspect(self) -> None:
        self.inspector.show_chosen(self._shown, self._chosen, self._now(), self._hands.chosen)

    def _reselect(self) -> None:
        """A change of lane gives a card another key: follow what it is of."""
        if self._chosen and cards.occasion_of(self.grid.current) != self._chosen:
            key = self._key_of(self._chosen)
            if key is not None:
                self.grid.select((key,))
                self.grid.show_card(key)

    def _key_of(self, occasion: UUID) -> Hashable | None:
        found = (card.key for card in self.grid.cards)
        return next((key for key in found if cards.occasion_of(key) == occasion), None)

    def _choose(self, occasions: Iterable[UUID]) -> None:
        keys = [key for one in occasions if (key := self._key_of(one)) is not None]
        if keys:
            self.grid.select(keys)
            self.grid.show_card(keys[-1])
        elif self._views.current is not View.WEEK:
            self._inspect()

    def _card_chosen(self, key: Hashable) -> None:
        if not self._filling:
            self._chosen = cards.occasion_of(key)
            self._inspect()
            self.stand.choose(self._chosen)

    def _selection_changed(self) -> None:
        if not self._filling:
            self._inspect()

    def _chosen_elsewhere(self, held: Held | None) -> None:
        """In the term or the list: its week is read, so that all is known of it."""
        if held is None:
            self._let_go()
        elif self._shown.one(held.id) is not None:
            self._chosen = held.id
            self._choose((held.id,))
            self._inspect()
        else:
            self._sought = (held.id,)
            self.show_week(held.start.date())

    def _let_go(self) -> None:
        self._chosen = None
        self.grid.select(())
        self._inspect()
        self._views.give_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._hands.forget():
            return
        if event.key() == Qt.Key.Key_Escape and (self._chosen or self.grid.selection):
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        if monday_of(self._desk.today()) == self._monday:
            self._fill()

    def _shown_now(self) -> tuple[Shown, LaneKind]:
        return self._shown, self._kind

    def _chosen_now(self) -> tuple[Shown, Held | None]:
        return self._shown, self._shown.one(self._chosen) if self._chosen else None

    # Changing

    def _card_opened(self, key: Hashable) -> None:
        self._chosen = cards.occasion_of(key)
        self._verbs.change_time()

    def _held(self, key: Hashable) -> Held | None:
        occasion = cards.occasion_of(key)
        return self._shown.one(occasion) if occasion else None

    def _move_asked(self, key: Hashable, day: date, minute: int, lane: Hashable) -> None:
        held, card = self._held(key), self.grid.card(key)
        if held is not None and card is not None:
            start = at(day, minute)
            wish = changes.moved(self._shown, self._kind, held, start, (card.lane, lane))
            if wish is not None:
                self._wish(wish)

    def _resize_asked(self, key: Hashable, minutes: int) -> None:
        held = self._held(key)
        if held is not None:
            self._wish(changes.resized(held, minutes))

    def _wish(self, wish: Wish) -> None:
        """The card stays where it was dropped; it returns when that is refused."""
        before = self._shown
        self._watched = {
            one.id: frozenset(c.against(one.id) for c in before.clashes_of(one.id))
            for one in wish.every
        }
        self._shown = before.with_all(wish.every)
        self._chosen = wish.changed.id
        self._sought = tuple(one.id for one in wish.every if before.one(one.id) is None)
        self._fill()
        if self._views.other is not None:
            self._monday = monday_of(wish.changed.start.date())  # the inspector goes with it
            self._sought = (wish.changed.id,)
        saved = self._made if wish.makes_new else self._saved
        Carrying(self._desk, self).carry(wish, saved, partial(self._refused, before))

    def _saved(self, _result: object) -> None:
        self.saved.emit()
        self.reload()

    def _made(self, new: tuple[UUID, ...]) -> None:
        """What has been made is chosen when it stands there."""
        self._sought = new
        self.saved.emit()
        self.reload()

    def _refused(self, before: Shown, sentence: str) -> None:
        if before.week.monday == self._monday:
            self._shown, self._watched = before, {}
            self._fill()
        if sentence:
            self._desk.work.refused.emit(sentence)
        self.reload()

    def _tell_new_clashes(self) -> None:
        """A change that makes a clash is carried out, and said: undo is at hand."""
        watched, self._watched = self._watched, {}
        new = [
            clash.against(key)
            for key, known in watched.items()
            for clash in self._shown.clashes_of(key)
            if clash.against(key) not in known and clash.open
        ]
        if new:
            words = _("Clash: {text} Ctrl+Z undoes the change.")
            self._desk.message.emit(words.format(text=new[0]))
