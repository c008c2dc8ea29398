"""What is changed by typing or choosing: time, leaders, room."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDate, QSize, Qt, QTime, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QDateEdit, QListWidget, QListWidgetItem, QSpinBox, QTimeEdit, QWidget

from painprogram import i18n
from painprogram.domain import placing
from painprogram.domain.clashes import Occasion
from painprogram.domain.names import folded
from painprogram.domain.people import Staff
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import LONGEST, SHORTEST, Session
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.carrying import Carrying
from painprogram.gui.sessions.lanes import room_facts
from painprogram.gui.sessions.shown import Held, Shown, leaders_of
from painprogram.gui.widgets.days import clock_format
from painprogram.gui.widgets.form import Form
from painprogram.i18n import _
from painprogram.usecases import schedules, sessions

_KEY = Qt.ItemDataRole.UserRole
_STEP = 5
_WIDE = 600
_OF_A_LEADER = frozenset({Rule.STAFF, Rule.ABSENT, Rule.BUSY, Rule.HOURS})


class ChangeForm(Form):
    """A form about one session or visit; *saved* when it has been changed."""

    saved = Signal()

    def __init__(
        self, desk: Desk, shown: Shown, held: Held, parent: QWidget, title: str, verb: str
    ) -> None:
        super().__init__(parent, title, verb, self._save)
        self._desk, self._held, self._shown = desk, held, shown
        self.setObjectName("change_form")

    def _save(self) -> None:
        raise NotImplementedError

    def _change(self, usecase: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        named["version"] = self._held.version
        Carrying(self._desk, self).run(
            usecase, self._held.id, *arguments, done=self._done, refused=self._failed, **named
        )

    def _failed(self, sentence: str) -> None:
        if sentence:
            self.fail(sentence)
        else:  # no reason was given: it stays open as it is
            self.button.setEnabled(True)

    def _done(self, _result: object) -> None:
        self.saved.emit()
        self.accept()


class TimeForm(ChangeForm):
    def __init__(self, desk: Desk, shown: Shown, held: Held, parent: QWidget) -> None:
        super().__init__(desk, shown, held, parent, _("Change time"), _("Change time"))
        start = held.start
        self._day = QDateEdit(QDate(start.year, start.month, start.day))
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setCalendarPopup(True)
        self._time = QTimeEdit(QTime(start.hour, start.minute))
        self._time.setDisplayFormat(clock_format())
        self._minutes = QSpinBox()
        self._minutes.setRange(SHORTEST, LONGEST)
        self._minutes.setSingleStep(_STEP)
        self._minutes.setValue(held.minutes)
        self.add(_("Day"), self._day, "day")
        self.add(_("Begins"), self._time, "begins")
        self.add(_("Minutes"), self._minutes, "minutes")

    def _save(self) -> None:
        day, at = self._day.date(), self._time.time()
        start = datetime(day.year(), day.month(), day.day(), at.hour(), at.minute())
        minutes, held = self._minutes.value(), self._held
        if (start, minutes) == (held.start, held.minutes):
            self.accept()
        elif not isinstance(held, Session):
            self._change(schedules.move_visit, start, minutes)
        elif start == held.start:
            self._change(sessions.resize, minutes)
        else:
            self._change(sessions.move, start, minutes=minutes)


@dataclass(frozen=True, slots=True)
class _Choice:
    key: UUID | None
    text: str
    note: str
    """What stands against it."""


class LeadersForm(ChangeForm):
    """Those with the profession that is asked for first; several may lead together."""

    def __init__(self, desk: Desk, shown: Shown, held: Held, parent: QWidget) -> None:
        super().__init__(desk, shown, held, parent, _("Change leader"), _("Change leader"))
        self._list = _list()
        chosen = [leader.staff_id for leader in leaders_of(held)]
        for choice in _people(shown, held, chosen):
            item = _item(self._list, choice)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = choice.key in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._list.setCurrentRow(0)
        self._list.itemChanged.connect(self._one_only)
        self.add(_("Who leads"), self._list, "leaders")
        self.setMinimumWidth(_WIDE)

    def _one_only(self, item: QListWidgetItem) -> None:
        """A visit has one."""
        if isinstance(self._held, Session) or item.checkState() == Qt.CheckState.Unchecked:
            return
        for row in range(self._list.count()):
            other = self._list.item(row)
            if other is not item:
                other.setCheckState(Qt.CheckState.Unchecked)

    def _save(self) -> None:
        held, before = self._held, [leader.staff_id for leader in leaders_of(self._held)]
        ticked = [
            item.data(_KEY)
            for row in range(self._list.count())
            if (item := self._list.item(row)).checkState() == Qt.CheckState.Checked
        ]
        kept = [one for one in before if one in ticked]
        wanted = [*kept, *(one for one in ticked if one not in kept)]
        if wanted == before:
            self.accept()
        elif isinstance(held, Session):
            self._change(sessions.change_leaders, wanted)
        elif not wanted:
            self.fail(_("Choose who has the visit."))
        else:
            self._change(schedules.move_visit, held.start, staff_id=wanted[0])


class RoomForm(ChangeForm):
    def __init__(self, desk: Desk, shown: Shown, held: Held, parent: QWidget) -> None:
        super().__init__(desk, shown, held, parent, _("Change room"), _("Change room"))
        self._list = _list()
        for choice in _rooms(shown, held):
            item = _item(self._list, choice)
            if choice.key == held.room_id:
                self._list.setCurrentItem(item)
        self._list.itemActivated.connect(self.button.click)
        self.add(_("Room"), self._list, "room")
        self.setMinimumWidth(_WIDE)

    def _save(self) -> None:
        held, item = self._held, self._list.currentItem()
        room: UUID | None = item.data(_KEY) if item else held.room_id
        if room == held.room_id:
            self.accept()
        elif isinstance(held, Session):
            self._change(sessions.change_room, room)
        else:
            self._change(schedules.move_visit, held.start, room_id=room)


def _list() -> QListWidget:
    made = QListWidget()
    made.setMinimumHeight(260)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def _item(where: QListWidget, choice: _Choice) -> QListWidgetItem:
    text = "\n".join(part for part in (choice.text, choice.note) if part)
    item = QListWidgetItem(text, where)
    item.setData(_KEY, choice.key)
    item.setToolTip(text.replace("<", "‹"))
    metrics = QFontMetricsF(theme.font("body"))
    rows = 2 if choice.note else 1
    item.setSizeHint(QSize(80, round(rows * metrics.lineSpacing()) + 14))
    return item


def _people(shown: Shown, held: Held, chosen: list[UUID]) -> Iterator[_Choice]:
    """Who leads it now, then those of the right profession, free ones and the own centre first."""
    board = shown.board
    occasion = board.occasions.get(held.id)
    needed = {work for need in occasion.needs for work in need.professions} if occasion else set()
    needed |= {leader.profession for leader in leaders_of(held)}
    found = []
    for person in board.staff.values():
        if not person.active and person.id not in chosen:
            continue
        busy = _against(shown, occasion, _OF_A_LEADER, staff=person.id)
        order = (
            person.id not in chosen,
            person.profession not in needed,
            bool(busy),
            person.centre_id != shown.centre_id,
            folded(person.name),
        )
        found.append((order, _Choice(person.id, _named(shown, person), busy)))
    yield from (choice for _order, choice in sorted(found, key=lambda pair: pair[0]))


def _named(shown: Shown, person: Staff) -> str:
    parts = [person.name, person.profession.label]
    if person.centre_id != shown.centre_id:
        parts.append(person.centre_name)
    return ", ".join(parts)


def _rooms(shown: Shown, held: Held) -> Iterator[_Choice]:
    """The rooms of the centre, those that are free and have what is needed first."""
    board = shown.board
    occasion = board.occasions.get(held.id)
    found = []
    for room in board.rooms.values():
        if room.id != held.room_id and (room.centre_id != held.centre_id or not room.active):
            continue
        taken = _against(shown, occasion, {Rule.ROOM}, room=room.id)
        lacks = (
            [
                one.text
                for one in placing.remarks(board, placing.in_room(board, occasion, room.id))
                if one.rule in (Rule.SEATS, Rule.EQUIPMENT)
            ]
            if occasion
            else []
        )
        note = " · ".join(part for part in (taken, *lacks) if part)
        order = (bool(taken), bool(lacks), room.seats, room.name)
        found.append((order, _Choice(room.id, f"{room.name}, {room_facts(room)}", note)))
    yield from (choice for _order, choice in sorted(found, key=lambda pair: pair[0]))
    if isinstance(held, Session):
        yield _Choice(None, _("No room"), "")


def _against(
    shown: Shown,
    occasion: Occasion | None,
    rules: Collection[Rule],
    *,
    staff: UUID | None = None,
    room: UUID | None = None,
) -> str:
    """Why the colleague or the room can't, at the time it has now; empty when they can."""
    if occasion is None:
        return ""
    wanted = (
        placing.as_led_by(shown.board, occasion, [staff])
        if staff
        else placing.in_room(shown.board, occasion, room)
    )
    for one in placing.obstacles(shown.board, wanted, occasion.start.date()):
        if one.rule in rules and one.start < occasion.end and occasion.start < one.end:
            if one.other is None:
                return one.reason
            return _("Busy {time}: {title}").format(
                time=i18n.clock_range(one.start, one.end),
                title=shown.board.occasions[one.other].title,
            )
    return ""
