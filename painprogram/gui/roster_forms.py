"""What an attendance list asks in a dialog: minutes and a note, and what became of a session."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QSpinBox, QTimeEdit, QWidget

from painprogram.domain.attendance import (
    LONGEST_NOTE,
    STATES,
    WITH_MINUTES,
    AttendanceState,
    EventKind,
)
from painprogram.domain.sessions import Session, Visit
from painprogram.gui import roster_rows
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases.attendance import Attendee

_LIMIT = 8
"""Lines of what was noted before that are shown."""
_WIDE = 460


class MarkForm(Form):
    """How it went with one: the state, its minutes, a note; and what was noted before."""

    def __init__(
        self,
        parent: QWidget,
        one: Attendee,
        held: Session | Visit,
        state: AttendanceState,
        minutes: int | None,
        history: Sequence[str],
        accepted_by: Callable[["MarkForm"], object],
    ) -> None:
        verb = _("Correct") if one.mark else _("Note attendance")
        super().__init__(parent, verb, verb, self._accept)
        self.setObjectName("mark_form")
        self._answer = accepted_by
        self.one = one
        name = Label(one.name, "title", wrap=True)
        name.setObjectName("who")
        self.fields.addRow(name)
        self._state = QComboBox()
        for each in STATES:
            self._state.addItem(roster_rows.verb(each), each)
        self._state.setCurrentIndex(STATES.index(state))
        self._state.currentIndexChanged.connect(self._chosen)
        self.add(_("Attendance"), self._state, "state")
        self._minutes = QSpinBox()
        self._minutes.setRange(0, held.minutes)
        self._minutes.setSpecialValueText(_("not known"))
        self._minutes.setValue(minutes or 0)
        self.add(_("Minutes"), self._minutes, "minutes")
        self._note = QLineEdit(one.mark.note if one.mark else "")
        self._note.setMaxLength(LONGEST_NOTE)
        self._note.setPlaceholderText(_("Such as: the bus was late"))
        self.add(_("Note"), self._note, "note")
        if history:
            told = Label("\n".join(history[:_LIMIT]), "small", "text2", wrap=True)
            told.setObjectName("history")
            self.fields.addRow(Label(_("Noted before"), "small", "text3"))
            self.fields.addRow(told)
        hint = _("Nothing is undone here: both lines are kept, with who wrote them and when.")
        self.fields.addRow(Label(hint, "small", "text3", wrap=True))
        self.setMinimumWidth(_WIDE)
        self._chosen()
        field = self._minutes if state in WITH_MINUTES else self._state
        field.setFocus()
        if field is self._minutes:
            self._minutes.selectAll()

    @property
    def state(self) -> AttendanceState:
        return AttendanceState(self._state.currentData())

    @property
    def minutes(self) -> int | None:
        return (self._minutes.value() or None) if self.state in WITH_MINUTES else None

    @property
    def note(self) -> str:
        return self._note.text()

    def _chosen(self) -> None:
        self._minutes.setEnabled(self.state in WITH_MINUTES)

    def _accept(self) -> None:
        self._minutes.interpretText()
        self._answer(self)


class EventForm(Form):
    """That a session was cancelled, or moved and to when; *day* tells short notice from not."""

    def __init__(
        self,
        parent: QWidget,
        kind: EventKind,
        session: Session,
        accepted_by: Callable[["EventForm"], object],
    ) -> None:
        moved = kind is EventKind.MOVED
        verb = _("Moved at the last moment") if moved else _("The session was cancelled")
        super().__init__(parent, verb, verb, self._accept)
        self.setObjectName("event_form")
        self._answer = accepted_by
        self.kind = kind
        name = Label(roster_rows.title(session), "title", wrap=True)
        self.fields.addRow(name)
        self.fields.addRow(Label(roster_rows.facts(session), "small", "text2", wrap=True))
        start = session.start
        self._day = QDateEdit(QDate(start.year, start.month, start.day))
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setCalendarPopup(True)
        self._time = QTimeEdit(QTime(start.hour, start.minute))
        self._time.setDisplayFormat("HH:mm")
        if moved:
            self.add(_("Day"), self._day, "day")
            self.add(_("Begins"), self._time, "begins")
        self._note = QLineEdit()
        self._note.setMaxLength(LONGEST_NOTE // 2)
        self._note.setPlaceholderText(_("Such as: the leader fell ill"))
        self.add(_("Why"), self._note, "note")
        hint = _(
            "Is kept with your name and can't be undone; if it is wrong, note what is right. "
            "Whether it was at short notice is worked out from the centre's own limit."
        )
        self.fields.addRow(Label(hint, "small", "text3", wrap=True))
        self.setMinimumWidth(_WIDE)
        (self._time if moved else self._note).setFocus()

    @property
    def start(self) -> datetime:
        day, at = self._day.date(), self._time.time()
        return datetime(day.year(), day.month(), day.day(), at.hour(), at.minute())

    @property
    def note(self) -> str:
        return self._note.text()

    def _accept(self) -> None:
        self._answer(self)
