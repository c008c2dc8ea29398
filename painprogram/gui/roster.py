"""The attendance list of one session or visit, worked by single keys; on whatever screen it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from painprogram.domain.attendance import AttendanceState, EventKind
from painprogram.domain.sessions import Session
from painprogram.gui import roster_rows
from painprogram.gui.desk import Desk
from painprogram.gui.reasons import Reasoned
from painprogram.gui.roster_forms import EventForm, MarkForm
from painprogram.gui.roster_parts import RosterFoot, RosterHead
from painprogram.gui.widgets.big_list import BigList
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.i18n import _
from painprogram.usecases import attendance, session_events
from painprogram.usecases.attendance import Attendee, Sheet


class RosterPanel(Ground):
    walked = Signal(object)
    """The patient whose row is chosen now."""
    missing = Signal()
    """Whoever was to get the keyboard is not on the list."""
    noted = Signal()
    """Something was noted here."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__("base", parent)
        self._desk, self._clock = desk, clock
        self._sheet: Sheet | None = None
        self._wanted: UUID | None = None
        self._asked = 0
        self._focus: UUID | None = None
        self._expecting = False
        self._early: AttendanceState | None = None
        self._under_way: set[UUID] = set()
        self._next: dict[UUID, AttendanceState] = {}
        self.list = BigList(_("Expected"))
        self.list.setObjectName("roster")
        self.list.walked.connect(self._walked)
        self.list.asked.connect(self._ask_correction)
        self._nobody = Empty("people", _("Nobody is expected."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nobody)
        self.head, self.foot = RosterHead(), RosterFoot()
        self.foot.state_asked.connect(self.note_current)
        self.foot.event_asked.connect(self._ask_event)
        self.foot.correction_asked.connect(self.correct)
        self.foot.taking_back_asked.connect(self.take_back)
        self.foot.rest_asked.connect(self.rest_came)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self._enable()

    # What is shown

    def show_occasion(self, occasion_id: UUID | None, focus: UUID | None = None) -> None:
        """Open a list; with *focus* the row of a patient gets the keyboard."""
        same = self._sheet is not None and self._sheet.occasion.id == occasion_id
        self._wanted, self._focus = occasion_id, focus
        if not same:
            self.foot.wrong.hide()
            self._sheet = None
            self._enable()
        if same and focus is not None:
            self._focused()
        if occasion_id is not None:
            self.reload()

    def expect(self) -> None:
        """Somebody's row is about to get the keyboard: a letter that comes first counts there."""
        self._early = self._early if self._expecting else None
        self._expecting = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def expect_nobody(self) -> None:
        self._expecting, self._early = False, None

    def reload(self) -> None:
        """Read it again; each reading of who is expected is logged."""
        if self._wanted is None:
            return
        self._asked += 1
        done = partial(self._arrived, self._asked)
        self._desk.work.run(self, done, attendance.sheet_of, self._wanted).or_else(self.fail)

    @property
    def sheet(self) -> Sheet | None:
        return self._sheet

    @property
    def current(self) -> Attendee | None:
        key = self.list.current_key
        if self._sheet is None:
            return None
        return next((one for one in self._sheet.attendees if one.patient_id == key), None)

    def fail(self, sentence: str) -> None:
        self.expect_nobody()
        self.foot.fail(sentence)

    def _arrived(self, asked: int, sheet: Sheet) -> None:
        if asked == self._asked and sheet.occasion.id == self._wanted:
            self._show(sheet)
            self._focused()

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        now = self._clock()
        self.head.show_sheet(sheet, now)
        self.list.show_rows([roster_rows.row_of(one, now) for one in sheet.attendees])
        self._stack.setCurrentIndex(0 if sheet.attendees else 1)
        if self.list.hasFocus() and self._focus is None:
            self.list.begin()
        self._enable()

    def _focused(self) -> None:
        """The row of whoever was asked for."""
        if self._focus is None or self._sheet is None:
            return
        key, self._focus = self._focus, None
        early = self._early
        self.expect_nobody()
        if not self.list.choose(key):
            self._enable()
            self.missing.emit()  # and nobody else's row, or that would be ticked
            return
        self.list.scrollToItem(self.list.currentItem())
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._enable()
        if early is not None:
            self.note_current(early)

    def _enable(self) -> None:
        self.foot.enable(self._sheet, self.current)

    def _walked(self, key: object) -> None:
        self._enable()
        self.walked.emit(key)

    # By keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single letters note whoever is chosen; what means nothing here is left to the screen."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        letter = event.text().upper()
        state = next((one for one, key in roster_rows.keys().items() if key == letter), None)
        if plain and self._expecting:
            self._early = self._early or state
            return
        if not plain or self.current is None:
            event.ignore()
            return
        if state is not None:
            self.note_current(state)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_back()
        elif event.key() == Qt.Key.Key_F2:
            self.correct()
        else:
            event.ignore()

    def _toggle(self) -> None:
        one = self.current
        if one is not None and one.mark and one.mark.state is AttendanceState.PRESENT:
            self.take_back()
        else:
            self.note_current(AttendanceState.PRESENT)

    # Noting

    def note_current(self, state: AttendanceState) -> None:
        """Note whoever is chosen; how late somebody is, is read off the clock."""
        one = self.current
        if one is None or self._sheet is None:
            return
        if state is AttendanceState.LATE:
            minutes = self._late()
            if minutes is None:
                self._open_form(one, state, None)
            else:
                self._note(one, state, minutes)
        else:
            self._note(one, state)

    def take_back(self) -> None:
        one = self.current
        if one is not None and one.mark is not None:
            self._note(one, AttendanceState.WITHDRAWN)

    def correct(self) -> None:
        one = self.current
        if one is not None and self._sheet is not None and not self._sheet.occasion.cancelled:
            mark = one.mark
            state = mark.state if mark else AttendanceState.PRESENT
            self._open_form(one, state, mark.minutes if mark else None)

    def rest_came(self) -> None:
        """All of whom nothing is noted yet."""
        if self._sheet is not None:
            self.foot.wrong.hide()
            self._desk.work.run(
                self,
                self._rest_noted,
                attendance.note_rest,
                self._sheet.occasion.id,
                AttendanceState.PRESENT,
                self._desk.today(),
            ).or_else(self.fail)

    def _late(self) -> int | None:
        """Minutes since it began, while it goes on."""
        if self._sheet is None:
            return None
        held = self._sheet.occasion
        minutes = int((self._clock() - held.start).total_seconds() // 60)
        return minutes if 0 < minutes <= held.minutes else None

    def _note(
        self,
        one: Attendee,
        state: AttendanceState,
        minutes: int | None = None,
        note: str = "",
        form: MarkForm | None = None,
    ) -> None:
        if self._sheet is None:
            return
        if one.patient_id in self._under_way:
            if form is not None:
                form.button.setEnabled(True)
            else:
                self._next[one.patient_id] = state  # a key faster than the disk
            return
        self.foot.wrong.hide()
        self._under_way.add(one.patient_id)
        task = self._desk.work.run(
            self,
            partial(self._done, self._sheet.occasion.id, form),
            attendance.note,
            self._sheet.occasion.id,
            one.patient_id,
            state,
            minutes,
            note,
            one.newest_id,
            first=not one.marks,
            today=self._desk.today(),
        )
        task.or_else(partial(self._refused, one.patient_id, form))

    def _done(self, occasion_id: UUID, form: MarkForm | None, one: Attendee) -> None:
        self._under_way.discard(one.patient_id)
        if form is not None and isValid(form):
            form.accept()
        if self._sheet is not None and self._sheet.occasion.id == occasion_id:
            there = tuple(
                one if other.patient_id == one.patient_id else other
                for other in self._sheet.attendees
            )
            self._show(replace(self._sheet, attendees=there))
        self.noted.emit()
        state = self._next.pop(one.patient_id, None)
        if state is not None:
            self._note(one, state)

    def _refused(self, patient_id: UUID, form: MarkForm | None, sentence: str) -> None:
        self._under_way.discard(patient_id)
        self._next.pop(patient_id, None)
        if form is not None and isValid(form):
            form.fail(sentence)
        else:
            self.fail(sentence)
            self.reload()

    def _rest_noted(self, _them: object) -> None:
        self.reload()
        self.noted.emit()

    def _ask_correction(self, _key: object) -> None:
        self.correct()

    def _open_form(self, one: Attendee, state: AttendanceState, minutes: int | None) -> None:
        if self._sheet is not None:
            known = roster_rows.history(one.marks, self._clock())
            MarkForm(
                self, one, self._sheet.occasion, state, minutes, known, self._mark_given
            ).open()

    def _mark_given(self, form: MarkForm) -> None:
        self._note(form.one, form.state, form.minutes, form.note, form)

    # What became of the session

    def was_held(self) -> None:
        if self._sheet is not None:
            self.foot.wrong.hide()
            self._desk.work.run(
                self,
                self._rest_noted,
                session_events.held,
                self._sheet.occasion.id,
                today=self._desk.today(),
            ).or_else(self.fail)

    def _ask_event(self, kind: EventKind) -> None:
        if kind is EventKind.HELD:
            self.was_held()
        elif self._sheet is not None and isinstance(self._sheet.occasion, Session):
            EventForm(self, kind, self._sheet.occasion, self._event_given).open()

    def _event_given(self, form: EventForm) -> None:
        if self._sheet is None:
            return
        session, today = self._sheet.occasion.id, self._desk.today()
        if form.kind is EventKind.CANCELLED:
            self._desk.work.run(
                self,
                partial(self._event_noted, form),
                session_events.cancelled,
                session,
                form.note,
                today=today,
            ).or_else(partial(self._event_refused, form))
            return
        done, refused = partial(self._event_noted, form), partial(self._event_refused, form)
        asked = Reasoned(self._desk.work, form, done, refused, partial(_again, form))
        asked.run(session_events.moved, session, form.start, form.note, today=today)

    def _event_noted(self, form: EventForm, _event: object) -> None:
        if isValid(form):
            form.accept()
        self._rest_noted(None)

    def _event_refused(self, form: EventForm, sentence: str) -> None:
        if isValid(form):
            form.fail(sentence)
        else:
            self.fail(sentence)


def _again(form: EventForm) -> None:
    """No reason was given: it stays open as it is."""
    form.button.setEnabled(True)
