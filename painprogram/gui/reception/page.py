"""The reception: the day by time, who is expected, and whoever stands in front of it.

Worked by keyboard alone: letters and digits search, arrows walk, single letters note on the list.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.attendance import AttendanceState
from painprogram.gui import theme
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.reception.person_panel import PersonPanel, print_key
from painprogram.gui.reception.side import Side
from painprogram.gui.roster import RosterPanel
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.i18n import _
from painprogram.usecases import attendance, reception, sessions
from painprogram.usecases.reception import Day, Here, Person

_SIDES = 312, 296
_LEAST = 190, 300, 180
_WAIT = 250
"""Milliseconds on a row until it is opened: each reading of somebody is logged."""


class ReceptionPage(QWidget):
    shows = frozenset(
        {
            *("session", "visit", "leader", "room", "staff", "patient_group", "link", "centre"),
            *("enrolment", "enrolment_pause", "deviation", "attendance", "roster"),
            *("session_event", "patient", "print", "publication"),
        }
    )

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._desk, self._clock = desk, clock
        self._away = 0
        """Days from today."""
        self._who: UUID | None = None
        self._asked = 0
        self._person_asked = 0
        self._go_there = self._then_print = False
        self._soon = QTimer(self, singleShot=True, interval=_WAIT)
        self._soon.timeout.connect(self._open_occasion)
        self._soon_person = QTimer(self, singleShot=True, interval=_WAIT)
        self._soon_person.timeout.connect(self._open_person)
        self._soon_count = QTimer(self, singleShot=True, interval=_WAIT)
        self._soon_count.timeout.connect(self._count)
        self._build()
        desk.centre_changed.connect(self._other_centre)

    # Parts

    def _build(self) -> None:
        self.roster = RosterPanel(self._desk, clock=self._clock)
        self.roster.walked.connect(self._row_walked)
        self._none = Empty(
            "reception",
            _("Type a name or a number for whoever stands here, or go to the next day."),
        )
        button = self._none.add_button(_("The next day with sessions"), self._seek, primary=False)
        button.setObjectName("next_with_sessions")
        button.setAutoDefault(False)
        self._middle = QStackedWidget()
        ground = Ground("base")
        column = QVBoxLayout(ground)
        column.addWidget(self._none)
        self._middle.addWidget(ground)
        self._middle.addWidget(self.roster)
        self.person = PersonPanel(self._desk)
        self.roster.missing.connect(self.person.take_keyboard)
        self.person.came.connect(self._came)
        self.person.occasion_asked.connect(self._occasion_of_person)
        self.side = Side(self._desk)
        self.side.days_asked.connect(self._days_asked)
        self.side.walked.connect(self._day_walked)
        self.side.occasion_asked.connect(self._occasion_asked)
        self.side.person_asked.connect(self._walk_up)
        self.side.awaited.connect(self.roster.expect)
        self.side.in_vain.connect(self.roster.expect_nobody)
        self._parts = parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        for at, part in enumerate((self.side, self._middle, self.person)):
            part.setMinimumWidth(_LEAST[at])
            parts.addWidget(part)
        parts.setStretchFactor(1, 1)
        self._dragged = False
        parts.splitterMoved.connect(self._keep_sizes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(parts)
        for keys, do in (
            ("Alt+Left", self.day_before),
            ("Alt+Right", self.day_after),
            ("Alt+Home", self.show_today),
            ("F3", self.side.start_search),
            ("Ctrl+F", self.side.start_search),
        ):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, do, context=context)

    # What the window asks for

    def reload(self, changed: frozenset[str] = shows) -> None:
        """The day, the list and the person as they are now; *changed* are the tables."""
        self._asked += 1
        done = partial(self._arrived, self._asked)
        self._show_title()
        self._desk.work.run(self, done, reception.day, self._desk.centre.id, self.shown_day)
        self.roster.reload()
        self._read_person()
        if changed - {"attendance", "roster", "session_event"}:
            self._soon_count.start()

    def print_shown(self) -> None:
        """The sheet of whoever is shown, else the lists of the day."""
        current = self.roster.current
        shown = self.person.person
        if current is not None and (shown is None or shown.patient_id != current.patient_id):
            self._then_print = True
            self._who = current.patient_id
            self._open_person()
        elif shown is not None and shown.place is not None:
            self.person.print_sheet()
        elif shown is not None:
            self._desk.paper_asked.emit(
                Paper("letter", patient_id=shown.patient_id, letter="waiting")
            )
        else:
            self._desk.paper_asked.emit(Paper("attendance", day=self.shown_day))

    @property
    def shown_day(self) -> date:
        """The day that is shown."""
        return self._desk.today() + timedelta(days=self._away)

    def show_today(self) -> None:
        self._show_day(0)

    def day_before(self) -> None:
        self._show_day(self._away - 1)

    def day_after(self) -> None:
        self._show_day(self._away + 1)

    def _days_asked(self, by: int) -> None:
        self._show_day(self._away + by if by else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is here at once."""
        super().showEvent(event)
        if not event.spontaneous():
            self.side.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides leave the list its room, until somebody has chosen otherwise."""
        super().resizeEvent(event)
        if not self._dragged:
            most = self.width() // 4
            left, right = (min(most, round(side * theme.scale())) for side in _SIDES)
            self._parts.setSizes([left, self.width() - left - right, right])

    def _keep_sizes(self) -> None:
        self._dragged = True

    # By keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the part with the keyboard has no use for: letters search, arrows go across."""
        modified = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        on_list = self.roster.isAncestorOf(_focused())
        text = event.text()
        if modified:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.side.leave_search()
        elif event.key() == Qt.Key.Key_Right and self.side.day.hasFocus():
            self.roster.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Left and on_list:
            self.side.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif on_list and text.upper() == print_key() and self.roster.current is not None:
            self.print_shown()
        elif text and text.isalnum():
            self.side.type(text)
        else:
            super().keyPressEvent(event)

    # The day

    def _show_day(self, away: int) -> None:
        self._away = away
        self.side.forget_day()
        self._soon.stop()
        self.roster.show_occasion(None)
        self._middle.setCurrentIndex(0)
        self.reload(frozenset())

    def _seek(self) -> None:
        """The next day on which anybody is expected."""
        after = self.shown_day + timedelta(days=1)
        self._desk.work.run(self, self._sought, sessions.nearest, self._desk.centre.id, after)

    def _sought(self, found: tuple[date | None, date | None]) -> None:
        if found[1] is None:
            self._desk.message.emit(_("No sessions are planned after this day."))
        else:
            self._show_day((found[1] - self._desk.today()).days)

    def _show_title(self) -> None:
        words = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}
        day = i18n.day_long(self.shown_day)
        near = words.get(self._away)
        title = _("{near}, {day}").format(near=near, day=day) if near else day
        self.side.show_title(title)

    def _arrived(self, asked: int, found: Day) -> None:
        if asked != self._asked:
            return
        if self.side.show_day(found, self._clock()):
            self.roster.show_occasion(self.side.chosen)
        if found.lines:
            self._middle.setCurrentIndex(1)
        elif self.roster.sheet is None:
            self._middle.setCurrentIndex(0)

    def _day_walked(self) -> None:
        self._soon.start()

    def _open_occasion(self) -> None:
        if self.side.chosen is not None:
            self._show_occasion(self.side.chosen)

    def _occasion_asked(self) -> None:
        self._soon.stop()
        self._open_occasion()
        self.roster.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_occasion(self, key: UUID, focus: UUID | None = None) -> None:
        self.side.day.choose(key)
        self._middle.setCurrentIndex(1)
        self.roster.show_occasion(key, focus)

    # Whoever stands here

    def _walk_up(self, key: object) -> None:
        """Somebody stands here: straight to their row on the list of the day, if there is one."""
        if isinstance(key, UUID):
            self._who, self._go_there = key, True
            self.roster.expect()
            self._open_person()

    def _row_walked(self, key: object) -> None:
        if isinstance(key, UUID) and key != self._who:
            self._who = key
            self._soon_person.start()

    def _open_person(self) -> None:
        self._soon_person.stop()
        self._read_person()

    def _read_person(self) -> None:
        if self._who is None:
            return
        self._person_asked += 1
        done = partial(self._person_arrived, self._person_asked)
        today = self._desk.today()
        self._desk.work.run(self, done, reception.person, self._who, self.shown_day, today)

    def _person_arrived(self, asked: int, one: Person) -> None:
        if asked != self._person_asked:
            return
        self.person.show_person(one, self._day_words())
        if self._go_there:
            self._go_there = False
            self.side.field.clear()
            self._go_to(one)
        if self._then_print:
            self._then_print = False
            self.person.print_sheet()

    def _day_words(self) -> str:
        return _("Today") if self._away == 0 else i18n.day_long(self.shown_day).capitalize()

    def _go_to(self, one: Person) -> None:
        here = _nearest(one.here, self._clock())
        if here is None:
            self.roster.expect_nobody()
            self.person.take_keyboard()
        else:
            self._show_occasion(here.occasion.id, one.patient_id)

    def _occasion_of_person(self, key: object) -> None:
        if isinstance(key, UUID):
            self._show_occasion(key, self._who)

    def _came(self, here: Here) -> None:
        if self._who is not None:
            self._desk.work.run(
                self,
                self._noted,
                attendance.note,
                here.occasion.id,
                self._who,
                AttendanceState.PRESENT,
                first=True,
                today=self._desk.today(),
            )

    def _noted(self, _one: object) -> None:
        self._read_person()

    # The rest

    def _count(self) -> None:
        today, centre = self._desk.today(), self._desk.centre.id
        self._desk.work.run_long(self, self._counted, reception.to_print, today, centre)

    def _counted(self, many: int) -> None:
        self.side.show_queue(many)

    def _other_centre(self) -> None:
        self._who, self._away = None, 0
        self.side.forget_day()
        self._person_asked += 1
        self.person.show_nobody()
        self.roster.show_occasion(None)
        self._middle.setCurrentIndex(0)
        self.side.field.clear()
        self.reload()


def _focused() -> QWidget:
    return QApplication.focusWidget() or QWidget()


def _nearest(here: tuple[Here, ...], now: datetime) -> Here | None:
    """What somebody has come for: the next that is not noted yet, else the last."""
    left = [one for one in here if one.mark is None and one.occasion.end > now]
    return left[0] if left else here[-1] if here else None
