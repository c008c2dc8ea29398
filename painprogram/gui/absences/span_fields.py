"""From when until when: a press for what is usual, dates and hours for the rest."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from painprogram.domain.availability import Span
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.days import clock_field, clock_of, day_field, day_of, show_day
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _

TODAY, WEEK, FURTHER, OWN = "today", "week", "further", "own"
UNTIL_FURTHER = timedelta(weeks=4)
_MORNING, _EVENING = time(8), time(12)


class SpanFields(QWidget):
    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._settling = False
        self.preset = Segmented(
            _("How long"),
            (
                Segment(TODAY, _("Today")),
                Segment(WEEK, _("This week")),
                Segment(FURTHER, _("Until further notice"), tooltip=_("Four weeks from today")),
                Segment(OWN, _("Own dates")),
            ),
        )
        self.preset.setObjectName("preset")
        self.preset.chosen.connect(self._preset_chosen)
        self.first = day_field(today, "first", _("First day"))
        self.last = day_field(today, "last", _("Last day"))
        self.part = QCheckBox(_("Part of the day"))
        self.part.setObjectName("part")
        self.begins = clock_field(_MORNING, "begins", _("Begins"))
        self.ends = clock_field(_EVENING, "ends", _("Ends"))
        self._clocks = QWidget()
        self._lay_out()
        self._clocks.hide()
        self.first.dateChanged.connect(self._first_moved)
        self.last.dateChanged.connect(self._edited)
        self.part.toggled.connect(self._parted)
        self.begins.timeChanged.connect(self._said)
        self.ends.timeChanged.connect(self._said)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.preset)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        for caption, field in ((_("From"), self.first), (_("through"), self.last)):
            label = Label(caption, "body", "text2")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addSpacing(SPACE[3])
        row.addWidget(self.part)
        clocks = QHBoxLayout(self._clocks)
        clocks.setContentsMargins(0, 0, 0, 0)
        clocks.setSpacing(SPACE[2])
        clocks.addWidget(self.begins)
        clocks.addWidget(Label("–", "body", "text2"))
        clocks.addWidget(self.ends)
        row.addWidget(self._clocks)
        row.addStretch(1)
        column.addLayout(row)

    @property
    def span(self) -> Span:
        """What the fields say; the last whole day is in it."""
        first, last = day_of(self.first), day_of(self.last)
        if self.part.isChecked():
            return Span(
                datetime.combine(first, clock_of(self.begins)),
                datetime.combine(last, clock_of(self.ends)),
            )
        return Span(
            datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
        )

    def show_days(self, first: date, last: date) -> None:
        self._settling = True
        show_day(self.first, first)
        show_day(self.last, last)
        self._settling = False
        self._said()

    def _preset_chosen(self, key: object) -> None:
        sunday = self._today + timedelta(days=6 - self._today.weekday())
        until = {TODAY: self._today, WEEK: sunday, FURTHER: self._today + UNTIL_FURTHER}
        if isinstance(key, str) and key in until:
            self.show_days(self._today, until[key])
        else:
            self.first.setFocus()

    def _first_moved(self) -> None:
        if day_of(self.last) < day_of(self.first):
            before, self._settling = self._settling, True
            self.last.setDate(self.first.date())
            self._settling = before
        self._edited()

    def _edited(self) -> None:
        if not self._settling:
            self.preset.choose(OWN)
            self._said()

    def _parted(self, on: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self._clocks.setVisible(on)
        self._said()

    def _said(self) -> None:
        if not self._settling:
            self.changed.emit()
