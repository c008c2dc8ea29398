"""What can be done with what is chosen, in whichever view it is: by button, menu or key."""

from collections.abc import Callable, Hashable
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from painprogram.domain.sessions import Session
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.reasons import Reasoned
from painprogram.gui.sessions import changes
from painprogram.gui.sessions.acknowledging import AcknowledgeForm
from painprogram.gui.sessions.forms import ChangeForm, LeadersForm, RoomForm, TimeForm
from painprogram.gui.sessions.hands import Hands
from painprogram.gui.sessions.menu import WeekMenu
from painprogram.gui.sessions.shown import Held, Shown
from painprogram.gui.sessions.views import Views
from painprogram.usecases import plan_locks, shifting

_FORMS = {"time": TimeForm, "leaders": LeadersForm, "room": RoomForm}
_STEPS = {
    "day_earlier": -timedelta(days=1),
    "day_later": timedelta(days=1),
    "quarter_earlier": -timedelta(minutes=15),
    "quarter_later": timedelta(minutes=15),
}
_GROUP_STEPS = {"group_week_earlier": -7, "group_week_later": 7}


class Verbs(QObject):
    """*chosen_now* gives what is shown, and what of it is chosen."""

    wished = Signal(object)  # Wish
    saved = Signal()
    let_go = Signal()

    def __init__(
        self,
        desk: Desk,
        hands: Hands,
        views: Views,
        chosen_now: Callable[[], tuple[Shown, Held | None]],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._desk, self._hands, self._views, self._page = desk, hands, views, page
        self._chosen_now = chosen_now

    def do(self, verb: str) -> None:
        """Do *verb*: see ``Details.verb_asked``, the menus, and those of the other views."""
        other = self._views.other
        simple: dict[str, Callable[[], object]] = {
            "cut": self._hands.cut,
            "copy": self._hands.copy,
            "paste": self._hands.paste,
            "all": self._hands.take_all,
            "deselect": self.let_go.emit,
            "cancel": self.cancel,
            "lock": self.lock,
        }
        if verb in _GROUP_STEPS and other is not None:
            if isinstance(other.group_id, UUID):
                self._shift_group(other.group_id, _GROUP_STEPS[verb])
        elif verb in simple:
            simple[verb]()
        elif verb in _STEPS:
            self._hands.shift(_STEPS[verb])
        else:
            shown, held = self._chosen_now()
            if held is not None:
                self._do_with(shown, held, verb)

    def shift_weeks(self, many: int) -> None:
        self._hands.shift(timedelta(weeks=many))

    def change_time(self) -> None:
        self.do("time")

    def cancel(self) -> None:
        """Several are cancelled together; one is cancelled, or held after all."""
        if len(self._hands.chosen) > 1:
            self._hands.cancel()
            return
        _shown, held = self._chosen_now()
        if held is not None:
            self.wished.emit(changes.cancelled(held))

    def lock(self) -> None:
        """Let the automatic plan leave what is chosen alone; or, when all of it is so, not."""
        _shown, held = self._chosen_now()
        there = self._hands.chosen or ((held,) if held is not None else ())
        found = [one for one in there if isinstance(one, Session)]
        if found:
            usecase = plan_locks.unlock if all(one.locked for one in found) else plan_locks.lock
            keys = tuple(one.id for one in found)
            self._desk.work.run(self._page, self._locked, usecase, keys)

    def _locked(self, _nothing: None) -> None:
        self.saved.emit()

    def delete(self) -> None:
        """As ``cancel``, but never the way back."""
        _shown, held = self._chosen_now()
        if len(self._hands.chosen) > 1 or (held is not None and not held.cancelled):
            self.cancel()

    def open_menu(self, _key: Hashable, where: QPoint) -> None:
        self.menu().open_at(where)

    def menu(self) -> WeekMenu:
        """For what is selected now, or for the place that is marked."""
        return WeekMenu(self._hands.chosen, self.do, self._page, can_paste=self._hands.holds)

    def _do_with(self, shown: Shown, held: Held, verb: str) -> None:
        if verb in _FORMS:
            form: ChangeForm = _FORMS[verb](self._desk, shown, held, self._page)
            form.saved.connect(self.saved)
            form.open()
        elif verb == "poster":
            self._desk.paper_asked.emit(Paper("poster", held.group_id))
        elif verb == "list":
            self._desk.paper_asked.emit(Paper("attendance", session_id=held.id))
        elif verb == "calendar":
            self._desk.calendar_asked.emit("group", held.group_id)
        elif verb == "attendance":
            self._desk.attendance_asked.emit(held.id)
        elif verb == "common":
            self._desk.common_time_asked.emit(held)
        elif verb == "acknowledge":
            found = [one for one in shown.clashes_of(held.id) if one.to_acknowledge]
            told = [one.against(held.id) for one in found]
            if found:
                AcknowledgeForm(self._desk, found, told, self._page).open()

    def _shift_group(self, group_id: UUID, days: int) -> None:
        work, today = self._desk.work, self._desk.today()
        refused = work.refused.emit
        asked = Reasoned(work, self._page, self._shifted, refused, self.saved.emit)
        asked.run(shifting.move, group_id, days, today, today=today)

    def _shifted(self, _group: object) -> None:
        self.saved.emit()
