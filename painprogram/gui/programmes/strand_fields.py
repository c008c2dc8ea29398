"""The fields of one strand in the dialog that starts a group: when, with whom, where."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTime, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.people import Staff
from painprogram.domain.planning import WEEK, StrandPlan, lacking, monday
from painprogram.domain.programmes import Content, Strand
from painprogram.domain.rooms import Room
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.programmes import wording
from painprogram.gui.programmes.leader_button import LeaderButton
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _, ngettext

HEADINGS = (N_("Day"), N_("Time"), N_("First week"), N_("Leaders"), N_("Room"))
ROWS = 3
"""Of the grid, for each strand."""
MOST_WEEKS = 60


class StrandFields(QObject):
    """Puts itself into rows of a grid that all strands share: name, fields, what lacks."""

    changed = Signal()

    def __init__(
        self,
        content: Content,
        strand: Strand,
        staff: Iterable[Staff],
        rooms: Iterable[Room],
        centre_id: UUID,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._module = content.module(strand.module)
        self._rooms = {room.id: room for room in rooms}
        self._participants = content.maximum
        self.title = wording.strand_title(content, strand)
        self._sign = QLabel()
        side = round(16 * theme.scale())
        self._sign.setPixmap(icon(self._module.kind, self._module.kind).pixmap(side, side))
        self._name = Elided(self.title, "strong")
        self._needs = Elided(wording.needed(self._module.needs), "small", "text2")
        self.weekday = Choice(8)
        for number in range(5):
            self.weekday.addItem(i18n.weekday_name(number), number)
        self.time = QTimeEdit()
        self.time.setDisplayFormat("H.mm" if i18n.language() == "sv" else "H:mm")
        self.week = QSpinBox()
        self.week.setRange(1, MOST_WEEKS)
        self.leaders = LeaderButton(self._module, staff, centre_id)
        self.room = self._room_box()
        self._lack = Label("", "small", "warn", wrap=True)
        self._lack.setObjectName(f"{strand.key}_lack")
        for part, field in self._fields().items():
            field.setObjectName(f"{strand.key}_{part}")
        self._name_fields()
        self.weekday.currentIndexChanged.connect(self.changed)
        self.time.timeChanged.connect(self.changed)
        self.week.valueChanged.connect(self.changed)
        self.leaders.changed.connect(self.changed)
        self.room.currentIndexChanged.connect(self._room_chosen)

    def _fields(self) -> dict[str, QWidget]:
        return {
            "weekday": self.weekday,
            "time": self.time,
            "week": self.week,
            "leaders": self.leaders,
            "room": self.room,
        }

    def _name_fields(self) -> None:
        for heading, field in zip(HEADINGS, self._fields().values(), strict=True):
            field.setAccessibleName(f"{self.title}: {_(heading)}")

    def _room_box(self) -> Choice:
        box = Choice()
        box.addItem(_("No room"), None)
        for room in self._rooms.values():
            seats = ngettext("{number} seat", "{number} seats", room.seats)
            words = [room.name, seats.format(number=room.seats)]
            if room.equipment:
                words.append(", ".join(item.label for item in room.equipment))
            box.addItem(" · ".join(words), room.id)
        widest = box.view().sizeHintForColumn(0) + 24
        box.view().setMinimumWidth(min(widest, 520))
        return box

    def put_into(self, grid: QGridLayout, row: int) -> None:
        title = QHBoxLayout()
        title.setContentsMargins(0, 8, 0, 0)
        title.setSpacing(8)
        title.addWidget(self._sign)
        title.addWidget(self._name)
        title.addWidget(self._needs)
        title.addStretch(1)
        grid.addLayout(title, row, 0, 1, len(HEADINGS))
        for column, field in enumerate(self._fields().values()):
            grid.addWidget(field, row + 1, column)
        grid.addWidget(self._lack, row + 2, 3, 1, 2)

    def fields(self) -> list[QWidget]:
        """In the order of the keyboard."""
        return list(self._fields().values())

    def take_away(self) -> None:
        for widget in (self._sign, self._name, self._needs, self._lack, *self._fields().values()):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    @property
    def plan(self) -> StrandPlan:
        at = self.time.time()
        return StrandPlan(
            self.weekday.currentData(),
            at.toPython(),  # type: ignore[arg-type]
            self.week.value(),
            self.room.currentData(),
            self.leaders.chosen,
        )

    def show_plan(self, plan: StrandPlan) -> None:
        """Without a signal."""
        for field in self._fields().values():
            field.blockSignals(True)
        if self.weekday.findData(plan.weekday) < 0:
            self.weekday.addItem(i18n.weekday_name(plan.weekday), plan.weekday)
        self.weekday.choose(plan.weekday)
        self.time.setTime(QTime(plan.start.hour, plan.start.minute))
        self.week.setValue(plan.week)
        self.leaders.choose(plan.leaders)
        self.room.choose(plan.room_id)
        for field in self._fields().values():
            field.blockSignals(False)
        self._say_lack()

    def show_start(self, start: date) -> None:
        """Which week of the year the first one is."""
        day = monday(start) + (self.week.value() - 1) * WEEK
        self.week.setSuffix(f" ({i18n.week(day)})")

    def show_participants(self, many: int) -> None:
        self._participants = many
        self._say_lack()

    def _room_chosen(self) -> None:
        self._say_lack()
        self.changed.emit()

    def _say_lack(self) -> None:
        room = self._rooms.get(self.room.currentData())
        missing = lacking(self._module, room, self._participants) if room else ()
        text = ""
        if room and missing:
            text = _("{room} lacks {missing}.").format(
                room=room.name, missing=i18n.joined(list(missing))
            )
        self._lack.setText(text)
        self._lack.setVisible(bool(text))
        self.room.setAccessibleDescription(text)
