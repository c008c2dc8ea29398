"""What is asked before an own schedule changes: the reason, the other session, the visit."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from painprogram.domain.people import Staff
from painprogram.domain.programmes import Strand
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import Session
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.patients.lines_model import when
from painprogram.gui.reasons import Reasoned
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _, ngettext
from painprogram.usecases import rooms, schedules, swaps
from painprogram.usecases.swaps import Alternative

_OPT_OUT = (
    N_("Has already taken part in the same lecture"),
    N_("Does not suit the patient now"),
    N_("Can't come on that day"),
    N_("Wants fewer visits for now"),
)
_SWAP = (
    N_("The time does not suit"),
    N_("Works at that time"),
    N_("Is away that day"),
)
_ADD = (
    N_("Missed the earlier one"),
    N_("Needs more practice"),
    N_("The patient's own wish"),
)
_LEAST_ROWS = 5


def wide(box: QComboBox) -> QComboBox:
    """As wide as the form, whatever is chosen."""
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(20)
    return box


def reason_field(suggestions: Sequence[str]) -> QComboBox:
    """To write in or to choose from; begins empty."""
    box = wide(QComboBox())
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems([_(text) for text in suggestions])
    box.setCurrentIndex(-1)
    if edit := box.lineEdit():
        edit.setPlaceholderText(_("Write or choose a reason"))
        edit.setAccessibleName(_("Reason"))
    return box


def answer_for(form: Form, desk: Desk, done: Callable[[Any], object]) -> Reasoned:
    """What a form sends, with a reason where a rule asks for one; without, the form stays."""
    return Reasoned(desk.work, form, done, form.fail, form.stay, word="because")


def day_field(day: date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy-MM-dd")
    return field


def python_date(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())


class OptOutForm(Form):
    """Why the patient does not go."""

    def __init__(self, parent: QWidget, desk: Desk, place_id: UUID, session: Session) -> None:
        super().__init__(
            parent,
            _("Abstain from {title}").format(title=session.numbered_title),
            _("Abstain"),
            self._send,
        )
        self._desk, self._place, self._session = desk, place_id, session
        self.fields.addRow(Label(when(session), "strong"))
        self.reason = reason_field(_OPT_OUT)
        self.add(_("Reason"), self.reason, "reason")
        self.reason.setFocus()

    def _send(self) -> None:
        self._desk.work.run(
            self,
            self._done,
            schedules.opt_out,
            self._place,
            self._session.id,
            self.reason.currentText(),
        ).or_else(self.fail)

    def _done(self, _own: schedules.OwnSchedule) -> None:
        self.accept()


class _Sessions(QListWidget):
    """Sessions to choose one from; one is always chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        high = theme.font().pointSizeF() * 3.2
        self.setMinimumHeight(round(max(170.0, _LEAST_ROWS * high)))
        self.setMinimumWidth(round(480 * theme.scale()))

    def offer(self, found: Sequence[Alternative], *, name: bool) -> None:
        """In the order they come, the best first and chosen; what does not suit says why."""
        for one in found:
            session = one.session
            seats = ngettext("{number} seat left", "{number} seats left", one.free)
            parts = [when(session), seats.format(number=one.free)]
            if name:
                parts.insert(1, session.numbered_title)
            where = [session.group_name, one.centre_name, session.room_name, *one.against]
            lines = ("  ·  ".join(part for part in half if part) for half in (parts, where))
            item = QListWidgetItem("\n".join(lines))
            item.setIcon(icon("warning", "warn") if one.against else icon("check", "ok"))
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, session.id)
            self.addItem(item)
        if found:
            self.setCurrentRow(0)

    @property
    def chosen(self) -> UUID | None:
        item = self.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item else None
        return found if isinstance(found, UUID) else None


class _ChoiceForm(Form):
    """A list of sessions that is asked for, and a reason."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        verb: str,
        accepted_by: Callable[[], object],
        nothing: str,
        reasons: Sequence[str],
        *,
        name: bool,
    ) -> None:
        super().__init__(parent, title, verb, accepted_by)
        self._nothing, self._name = nothing, name
        self.sessions = _Sessions()
        self.sessions.itemDoubleClicked.connect(self._reason)
        self.add(_("Session"), self.sessions, "sessions")
        self.reason = reason_field(reasons)
        self.add(_("Reason"), self.reason, "reason")
        self.button.setEnabled(False)
        self.sessions.setFocus()

    def offer(self, found: tuple[Alternative, ...]) -> None:
        self.sessions.offer(found, name=self._name)
        self.button.setEnabled(bool(found))
        if not found:
            self.fail(self._nothing)
            self.button.setEnabled(False)

    def _reason(self) -> None:
        self.reason.setFocus()

    def picked(self) -> UUID | None:
        """The chosen session; None is said in the form."""
        if self.sessions.chosen is None:
            self.fail(_("Choose a session."))
        return self.sessions.chosen


class SwapForm(_ChoiceForm):
    """Which parallel session instead, and why."""

    def __init__(self, parent: QWidget, desk: Desk, place_id: UUID, base: Session) -> None:
        super().__init__(
            parent,
            _("Swap {title}").format(title=base.numbered_title),
            _("Swap"),
            self._send,
            _("There is no other session of {title} with a free seat.").format(title=base.title),
            _SWAP,
            name=False,
        )
        self._desk, self._place, self._base = desk, place_id, base
        instead = Label(f"{when(base)}, {base.group_name}", "strong")
        self.fields.insertRow(0, _("Instead of"), instead)
        desk.work.run(
            self, self.offer, swaps.alternatives, place_id, base.id, desk.today()
        ).or_else(self.fail)

    def _send(self) -> None:
        if chosen := self.picked():
            answer_for(self, self._desk, self._swapped).run(
                schedules.swap,
                self._place,
                self._base.id,
                chosen,
                self.reason.currentText(),
                today=self._desk.today(),
            )

    def _swapped(self, _own: schedules.OwnSchedule) -> None:
        self.accept()


class AddForm(_ChoiceForm):
    """Which session from elsewhere as well, and why."""

    def __init__(self, parent: QWidget, desk: Desk, place_id: UUID) -> None:
        super().__init__(
            parent,
            _("Add a session"),
            _("Add"),
            self._send,
            _("No other group has a session ahead with a free seat."),
            _ADD,
            name=True,
        )
        self._desk, self._place = desk, place_id
        desk.work.run(self, self.offer, swaps.additions, place_id, desk.today()).or_else(self.fail)

    def _send(self) -> None:
        if chosen := self.picked():
            answer_for(self, self._desk, self._added).run(
                schedules.add,
                self._place,
                chosen,
                self.reason.currentText(),
                today=self._desk.today(),
            )

    def _added(self, _own: schedules.OwnSchedule) -> None:
        self.accept()


class VisitForm(Form):
    """An individual visit: one that the programme asks for, or another."""

    def __init__(
        self, parent: QWidget, desk: Desk, place_id: UUID, group_id: UUID, people: Sequence[Staff]
    ) -> None:
        super().__init__(parent, _("Add an individual visit"), _("Add"), self._send)
        self._desk, self._place = desk, place_id
        self.what = wide(QComboBox())
        self.what.addItem(_("Another visit"), ("", 0))
        self.what.currentIndexChanged.connect(self._what)
        self.add(_("Visit"), self.what, "what")
        self.title = QLineEdit()
        self.title.setMaxLength(schedules.LONGEST_TITLE)
        self.title.setPlaceholderText(_("What it is for, in a word or two"))
        self.add(_("Title"), self.title, "title")
        self.day = day_field(desk.today())
        self.add(_("Day"), self.day, "day")
        self.time = QTimeEdit(QTime(10, 0))
        self.time.setDisplayFormat("HH:mm")
        self.add(_("Time"), self.time, "time")
        self.minutes = QSpinBox()
        self.minutes.setRange(5, 480)
        self.minutes.setSingleStep(5)
        self.minutes.setValue(45)
        self.add(_("Length in minutes"), self.minutes, "minutes")
        self.who = wide(QComboBox())
        self.who.addItem(_("Nobody yet"), None)
        for person in sorted(people, key=lambda one: one.centre_id != desk.centre.id):
            self.who.addItem(f"{person.name}, {person.profession.label}", person.id)
        self.add(_("Colleague"), self.who, "who")
        self.room = wide(QComboBox())
        self.room.addItem(_("No room"), None)
        self.add(_("Room"), self.room, "room")
        self.reason = reason_field(_ADD)
        self.add(_("Reason"), self.reason, "reason")
        self.what.setFocus()
        desk.work.run(self, self._strands, schedules.visit_strands, group_id).or_else(self.fail)
        desk.work.run(self, self._rooms, rooms.rooms, desk.centre.id).or_else(self.fail)

    def _strands(self, found: tuple[tuple[Strand, str, int], ...]) -> None:
        for strand, name, minutes in found:
            self.what.addItem(name, (strand.key, minutes))

    def _rooms(self, found: tuple[Room, ...]) -> None:
        for room in found:
            self.room.addItem(room.name, room.id)

    def _what(self) -> None:
        strand, minutes = self.what.currentData()
        self.title.setEnabled(not strand)
        if minutes:
            self.minutes.setValue(minutes)

    def _send(self) -> None:
        strand, _minutes = self.what.currentData()
        clock = self.time.time()
        start = datetime.combine(
            python_date(self.day), datetime.min.time().replace(clock.hour(), clock.minute())
        )
        answer_for(self, self._desk, self._added).run(
            schedules.add_visit,
            self._place,
            start,
            self.minutes.value(),
            title="" if strand else self.title.text(),
            strand=strand,
            staff_id=self.who.currentData(),
            room_id=self.room.currentData(),
            reason=self.reason.currentText(),
            today=self._desk.today(),
        )

    def _added(self, _own: schedules.OwnSchedule) -> None:
        self.accept()
