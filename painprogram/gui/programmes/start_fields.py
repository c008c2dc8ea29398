"""What a new group is called, when it begins, how many it takes and who owns it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.people import Staff
from painprogram.domain.programmes import Content
from painprogram.gui.programmes.choosing import offer_people
from painprogram.gui.programmes.day_field import day_field, day_of, show_day
from painprogram.gui.programmes.group_forms import people
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases.programmes import Offered


class StartFields(QWidget):
    """The upper part of the dialog that starts a group."""

    programme_changed = Signal()
    start_changed = Signal()
    changed = Signal()
    """Anything else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: dict[str, Content] = {}
        self.programme = Choice()
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.start = day_field()
        self._week = Label("", "body", "text2")
        self.minimum, self.maximum = people(6), people(12)
        self.owner, self.deputy = Choice(), Choice()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._put(0, 0, _("Programme"), self.programme, "start_programme")
        self._put(0, 2, _("Name of the group"), self.name, "start_name")
        self._put(1, 0, _("First week"), self.start, "start_day", self._week)
        size = (QLabel("–"), self.maximum)
        self._put(1, 2, _("Fewest and most participants"), self.minimum, "start_minimum", *size)
        self.maximum.setObjectName("start_maximum")
        self.maximum.setAccessibleName(_("Most participants"))
        self.minimum.setAccessibleName(_("Fewest participants"))
        self._put(2, 0, _("Owner"), self.owner, "start_owner")
        self._put(2, 2, _("Deputy"), self.deputy, "start_deputy")
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        self.programme.currentIndexChanged.connect(self.programme_changed)
        self.start.dateChanged.connect(self._start_moved)
        self.name.textChanged.connect(self.changed)
        self.minimum.valueChanged.connect(self.changed)
        self.maximum.valueChanged.connect(self.changed)
        self.owner.currentIndexChanged.connect(self.changed)
        self.deputy.currentIndexChanged.connect(self.changed)

    def _put(
        self, row: int, column: int, title: str, field: QWidget, name: str, *beside: QWidget
    ) -> None:
        field.setObjectName(name)
        field.setAccessibleName(title)
        caption = QLabel(title)
        caption.setBuddy(field)
        self._grid.addWidget(caption, row, column)
        if not beside:
            self._grid.addWidget(field, row, column + 1)
            return
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field)
        for widget in beside:
            line.addWidget(widget)
        line.addStretch(1)
        self._grid.addLayout(line, row, column + 1)

    def offer(self, offered: Iterable[Offered], staff: Sequence[Staff], centre_id: UUID) -> None:
        """Once, before anything is chosen; without a signal."""
        self._quiet(quiet=True)
        for one in offered:
            self._offered[one.content.key] = one.content
            self.programme.addItem(str(one.content.name), one.content.key)
        offer_people(self.owner, staff, centre_id, _("Nobody yet"))
        offer_people(self.deputy, staff, centre_id, _("Nobody"))
        self._quiet(quiet=False)

    def begin(self, programme: str, day: date) -> None:
        """Without a signal."""
        self._quiet(quiet=True)
        self.programme.choose(programme)
        show_day(self.start, day)
        self._quiet(quiet=False)
        self._say_week()

    def fill(
        self, owner: UUID | None, minimum: int, maximum: int, deputy: UUID | None = None
    ) -> None:
        """What is proposed; without a signal."""
        self._quiet(quiet=True)
        self.owner.choose(owner)
        self.deputy.choose(deputy)
        self.minimum.setValue(minimum)
        self.maximum.setValue(maximum)
        self._quiet(quiet=False)

    def propose_name(self, name: str) -> None:
        """Without a signal; not while the user is choosing another."""
        if name != self.name.text():
            self._quiet(quiet=True)
            self.name.setText(name)
            self._quiet(quiet=False)

    @property
    def content(self) -> Content:
        return self._offered[self.programme.currentData()]

    @property
    def day(self) -> date:
        return day_of(self.start)

    def _quiet(self, *, quiet: bool) -> None:
        for field in (
            self.programme,
            self.start,
            self.name,
            self.minimum,
            self.maximum,
            self.owner,
            self.deputy,
        ):
            field.blockSignals(quiet)

    def _start_moved(self) -> None:
        self._say_week()
        self.start_changed.emit()

    def _say_week(self) -> None:
        day = self.day
        self._week.setText(f"{i18n.weekday_name(day.weekday())}, {i18n.week(day)}")
        self.start.setAccessibleDescription(self._week.text())
