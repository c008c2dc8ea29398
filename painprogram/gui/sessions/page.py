"""The schedule: the week grid with its toolbar, the inspector beside it, the clashes under it."""

from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from painprogram.gui.desk import Desk, Paper
from painprogram.gui.sessions import cards, changes, lanes
from painprogram.gui.sessions.changes import Wish
from painprogram.gui.sessions.clash_panel import ClashPanel
from painprogram.gui.sessions.dragging import Dragging, at
from painprogram.gui.sessions.forms import ChangeForm, LeadersForm, RoomForm, TimeForm
from painprogram.gui.sessions.inspector import Inspector
from painprogram.gui.sessions.menu import CardMenu
from painprogram.gui.sessions.reading import WeekReader
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, monday_of, nothing
from painprogram.gui.sessions.toolbar import QuietWeek, Toolbar
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.weekgrid import WeekGrid
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
        }
    )
    week_changed = Signal(object)
    """The Monday of the week that is shown."""
    week_shown = Signal()
    """What stands in the week has been read and is on screen."""

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
        self._sought: UUID | None = None
        self._watched: tuple[UUID, frozenset[str]] | None = None
        self._filling = False
        known = {kind.value: kind for kind in LaneKind}
        self._kind = known.get(desk.settings.text(_LANES), LaneKind.ROOM)
        self._build()
        self._wire()
        self._fill()

    # Parts

    def _build(self) -> None:
        self.grid = WeekGrid()
        self.grid.setObjectName("week")
        self._toolbar = Toolbar(self._kind)
        self._quiet = QuietWeek()
        self.inspector = Inspector(self._desk)
        self._dragging = Dragging(self.grid, self.inspector.details, self._shown_now)
        self.panel = ClashPanel(self._desk)
        self._none = Empty("calendar", "")
        start = self._none.add_button(_("Start a group"), self._desk.start_asked.emit, icon="plus")
        start.setObjectName("start_group")
        start.setAccessibleName(_("Start a group"))
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        for part, stretch in (
            (self._toolbar, 0),
            (self._quiet, 0),
            (self.grid, 1),
            (self.panel, 0),
        ):
            middle.addWidget(part, stretch)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.inspector)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self._none)
        self._whole = whole
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.grid)

    def _wire(self) -> None:
        grid, inspector = self.grid, self.inspector
        grid.current_changed.connect(self._card_chosen)
        grid.activated.connect(self._card_opened)
        grid.move_asked.connect(self._move_asked)
        grid.resize_asked.connect(self._resize_asked)
        grid.context_menu_asked.connect(self._menu_asked)
        self._toolbar.lanes_chosen.connect(self.show_lanes)
        self._quiet.week_asked.connect(self.show_week)
        inspector.clash_chosen.connect(self.show_clash)
        inspector.verb_asked.connect(self.do)
        inspector.closed.connect(self._let_go)
        self.panel.chosen.connect(self.show_clash)
        self.panel.closed.connect(self.grid.setFocus)
        self._desk.centre_changed.connect(self._centre_changed)
        self._reader = WeekReader(self._desk, self)
        self._reader.arrived.connect(self._show)
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(self._tick)
        self._minute.start()
        for key, verb in (
            (QKeySequence(Qt.Key.Key_F2), self._change_time),
            (QKeySequence(Qt.Key.Key_Delete), self._delete),
        ):
            QShortcut(key, grid, verb, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Which week

    @property
    def monday(self) -> date:
        return self._monday

    def show_week(self, day: date) -> None:
        """Show the week of *day*."""
        monday = monday_of(day)
        if monday != self._monday:
            self._monday, self._chosen = monday, self._sought
            self._shown = nothing(self._desk.centre.id, monday)
            self._fill()
            self.week_changed.emit(monday)
        self.reload()

    def step_weeks(self, many: int) -> None:
        self.show_week(self._monday + many * _WEEK)

    def show_today(self) -> None:
        self.show_week(self._desk.today())

    def show_session(self, held: Held) -> None:
        """Go to its week and choose it."""
        self._seek(held.id, held.start.date())

    def show_clash(self, found: Found) -> None:
        """Go to the one of the two that stands at this centre."""
        here = self._desk.centre.id
        other = found.other if found.centre_id != here and found.other_centre_id == here else None
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
        self._desk.settings.put(_LANES, kind.value)
        self._fill()

    def _seek(self, key: UUID, day: date) -> None:
        self._sought = key
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if monday_of(day) == self._monday and self._shown.one(key):
            self._choose(key)
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

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        if shown.groups or not shown.is_empty:
            self._stack.setCurrentWidget(self._whole)
        else:
            name = self._desk.centre.name
            self._none.set_text(_("{centre} has no group yet.").format(centre=name))
            self._stack.setCurrentWidget(self._none)
        self._fill()
        if self._sought is not None:
            self._choose(self._sought)
            self._sought = None
        self._tell_new_clashes()
        self.week_shown.emit()

    # Showing

    def _now(self) -> datetime:
        return datetime.combine(self._desk.today(), self._clock().time())

    def _fill(self) -> None:
        """Everything that is shown, anew; what is chosen stays so where it can."""
        shown, today, now = self._shown, self._desk.today(), self._now()
        self._filling = True
        self.grid.set_hours(*cards.hours(shown))
        self.grid.set_now(now if monday_of(today) == self._monday else None)
        self.grid.show_week(
            cards.days(shown, today),
            lanes.lanes(shown, self._kind),
            cards.cards(shown, self._kind, now),
        )
        self._filling = False
        if self._chosen and shown.one(self._chosen) is None and shown.groups:
            self._chosen = None
        self._reselect()
        self._toolbar.show_days(shown.days[0], shown.days[-1])
        self._quiet.show_week(shown) if shown.groups else self._quiet.hide()
        self.inspector.show_chosen(shown, self._chosen, now)

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

    def _choose(self, occasion: UUID) -> None:
        key = self._key_of(occasion)
        if key is not None:
            self.grid.select((key,))
            self.grid.show_card(key)

    def _card_chosen(self, key: Hashable) -> None:
        if not self._filling:
            self._chosen = cards.occasion_of(key)
            self.inspector.show_chosen(self._shown, self._chosen, self._now())

    def _let_go(self) -> None:
        self.grid.select(())
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._chosen:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        if monday_of(self._desk.today()) == self._monday:
            self._fill()

    def _shown_now(self) -> tuple[Shown, LaneKind]:
        return self._shown, self._kind

    # Changing

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
        before, key = self._shown, wish.changed.id
        self._watched = key, frozenset(c.against(key) for c in before.clashes_of(key))
        self._shown = before.with_one(wish.changed)
        self._chosen = key
        self._fill()
        task = self._desk.work.run(self, self._saved, wish.usecase, *wish.arguments, **wish.named)
        task.or_else(partial(self._refused, before))

    def _saved(self, _result: object) -> None:
        self.reload()

    def _refused(self, before: Shown, sentence: str) -> None:
        if before.week.monday == self._monday:
            self._shown, self._watched = before, None
            self._fill()
        self._desk.work.refused.emit(sentence)
        self.reload()

    def _tell_new_clashes(self) -> None:
        """A change that makes a clash is carried out, and said: undo is at hand."""
        if self._watched is None:
            return
        (key, known), self._watched = self._watched, None
        new = [c.against(key) for c in self._shown.clashes_of(key) if c.against(key) not in known]
        if new:
            words = _("Clash: {text} Ctrl+Z undoes the change.")
            self._desk.message.emit(words.format(text=new[0]))

    # Verbs

    def do(self, verb: str) -> None:
        """Do *verb* (see ``Details.verb_asked``) with what is chosen."""
        held = self._shown.one(self._chosen) if self._chosen else None
        if held is None:
            return
        forms = {"time": TimeForm, "leaders": LeadersForm, "room": RoomForm}
        if verb in forms:
            form: ChangeForm = forms[verb](self._desk, self._shown, held, self)
            form.saved.connect(self.reload)
            form.open()
        elif verb == "cancel":
            self._wish(changes.cancelled(held))
        elif verb == "poster":
            self._desk.paper_asked.emit(Paper("poster", held.group_id))
        elif verb == "calendar":
            self._desk.calendar_asked.emit("group", held.group_id)

    def _card_opened(self, key: Hashable) -> None:
        self._chosen = cards.occasion_of(key)
        self._change_time()

    def _change_time(self) -> None:
        self.do("time")

    def _delete(self) -> None:
        held = self._shown.one(self._chosen) if self._chosen else None
        if held is not None and not held.cancelled:
            self.do("cancel")

    def _menu_asked(self, key: Hashable, where: QPoint) -> None:
        held = self._held(key)
        if held is not None:
            CardMenu(held, self.do, self).open_at(where)
