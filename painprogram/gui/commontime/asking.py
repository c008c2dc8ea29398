"""Who, what and how long: what is asked of a common time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSpinBox, QVBoxLayout, QWidget

from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.people import Staff
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import LONGEST, SHORTEST
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.days import day_field, day_of
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases.openings import Request

_KEY = Qt.ItemDataRole.UserRole
_ANY, _NONE = "any", "none"
_STEP = 15
_USUAL = 60


class Asking(QWidget):
    """Fields under each other; ``changed`` when something else is asked for."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._filling = False
        self.leaders = QListWidget()
        self.leaders.setObjectName("leaders")
        self.leaders.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.leaders.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.group = Choice(20)
        self.group.setObjectName("group")
        self.room = Choice(20)
        self.room.setObjectName("room")
        self.minutes = QSpinBox()
        self.minutes.setObjectName("minutes")
        self.minutes.setRange(SHORTEST, LONGEST)
        self.minutes.setSingleStep(_STEP)
        self.minutes.setValue(_USUAL)
        self.first = day_field(today, "first", _("From"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        self._group_label = Label(_("Group"), "small", "text2")
        fields: Sequence[tuple[Label, QWidget]] = (
            (Label(_("Leaders"), "small", "text2"), self.leaders),
            (self._group_label, self.group),
            (Label(_("Room"), "small", "text2"), self.room),
            (Label(_("Minutes"), "small", "text2"), self.minutes),
            (Label(_("From"), "small", "text2"), self.first),
        )
        for label, field in fields:
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            column.addWidget(label)
            column.addWidget(field, 1 if field is self.leaders else 0)
            column.addSpacing(SPACE[2])
        self.leaders.itemChanged.connect(self._said)
        self.group.currentIndexChanged.connect(self._said)
        self.room.currentIndexChanged.connect(self._said)
        self.minutes.valueChanged.connect(self._said)
        self.first.dateChanged.connect(self._said)

    def offer(
        self,
        staff: Iterable[Staff],
        groups: Iterable[Group],
        rooms: Iterable[Room],
        asked: Request,
    ) -> None:
        """What there is to choose from, and *asked* chosen among it."""
        self._filling = True
        for person in sorted(
            staff,
            key=lambda one: (one.id not in asked.staff, one.centre_id != asked.centre_id),
        ):
            item = QListWidgetItem(f"{person.name}, {person.profession.label}", self.leaders)
            item.setData(_KEY, person.id)
            item.setToolTip(person.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = person.id in asked.staff
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.group.offer(_("No group: nobody but the leaders"), None)
        for group in groups:
            if group.status is not GroupStatus.CANCELLED and not group.activity:
                self.group.offer(group.name, group.id)
        self.room.offer(_("Any suitable room"), _ANY)
        for room in rooms:
            self.room.offer(room.name, room.id)
        self.room.offer(_("No room"), _NONE)
        if not asked.needs_room:
            self.room.choose(_NONE)
        self.minutes.setValue(asked.minutes)
        for widget in (self._group_label, self.group):
            widget.setVisible(asked.session_id is None)
        self._filling = False

    @property
    def day(self) -> date:
        return day_of(self.first)

    def request(self, about: Request) -> Request:
        """*about* as the fields say it now."""
        room, group = self.room.currentData(), self.group.currentData()
        of_group = group if isinstance(group, UUID) and about.session_id is None else None
        return replace(
            about,
            staff=tuple(self._ticked()),
            group_id=of_group or about.group_id,
            room_id=room if isinstance(room, UUID) else None,
            needs_room=room != _NONE,
            minutes=self.minutes.value(),
        )

    def _ticked(self) -> Iterable[UUID]:
        for row in range(self.leaders.count()):
            item = self.leaders.item(row)
            if item.checkState() == Qt.CheckState.Checked:
                yield item.data(_KEY)

    def _said(self) -> None:
        if not self._filling:
            self.changed.emit()
