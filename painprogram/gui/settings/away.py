"""What differs from the working week of a colleague: absences ahead, and extra time."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.availability import Absence, Span
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.settings.listing import Listing
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.days import clock_field, clock_of, day_field, day_of
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import availability
from painprogram.usecases.availability import ExtraTime


class _Spans(QWidget):
    """A list with a button to add and one to take away."""

    refused = Signal(str)

    def __init__(self, desk: Desk, name: str, title: str, add: str, columns: Sequence[str]) -> None:
        super().__init__()
        self.desk = desk
        self.staff: UUID | None = None
        self.list = Listing(title, columns)
        self.list.setObjectName(name)
        self.list.delete_asked.connect(self.take_away)
        self.list.itemSelectionChanged.connect(self._chosen)
        self.empty = Label("", "body", "text3", wrap=True)
        add_button = QPushButton(icons.icon("plus"), add)
        add_button.setObjectName(f"{name}_add")
        add_button.setProperty("small", True)
        add_button.clicked.connect(self.ask)
        self._remove = QPushButton(icons.icon("trash"), _("Remove"))
        self._remove.setObjectName(f"{name}_remove")
        self._remove.setProperty("small", True)
        self._remove.clicked.connect(self.take_away)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(add_button)
        row.addWidget(self._remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[3], 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(row)
        column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)
        self._chosen()

    def ask(self) -> None:
        raise NotImplementedError

    def remove(self, key: UUID) -> None:
        raise NotImplementedError

    def show_spans(self, lines: Sequence[Sequence[str]], keys: Sequence[UUID]) -> None:
        self.list.show_lines(lines, keys)
        self.list.setVisible(bool(keys))
        self.empty.setVisible(not keys)
        self._remove.setVisible(bool(keys))
        self._chosen()

    def take_away(self) -> None:
        key = self.list.current_key
        if isinstance(key, UUID):
            self.remove(key)

    def done(self, _result: object = None) -> None:
        """The page is told of every change, and reads again."""

    def _chosen(self) -> None:
        self._remove.setEnabled(self.list.current_key is not None)


class Absences(_Spans):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "absences", _("Absences"), _("Absence…"), (_("Days"), _("Kind")))
        self.empty.setText(_("No absence entered from today on."))

    def show_staff(self, staff_id: UUID, found: tuple[Absence, ...]) -> None:
        self.staff = staff_id
        self.show_spans(
            [(told(one.span), one.kind.label) for one in found], [one.id for one in found]
        )

    def ask(self) -> None:
        if self.staff is not None:
            self.desk.absence_asked.emit(self.staff)

    def remove(self, key: UUID) -> None:
        task = self.desk.work.run(self, self.done, availability.remove_absence, key)
        task.or_else(self.refused.emit)


class ExtraTimes(_Spans):
    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "extra_times", _("Extra time"), _("Add extra time"), (_("Day"), _("Hours"))
        )
        self.empty.setText(_("No time outside the working week from today on."))
        self._form: Form | None = None

    def show_staff(self, staff_id: UUID, found: tuple[ExtraTime, ...]) -> None:
        self.staff = staff_id
        self.show_spans(
            [
                (
                    f"{i18n.day_short(one.span.start.date())} {one.span.start.year}",
                    i18n.clock_range(one.span.start, one.span.end),
                )
                for one in found
            ],
            [one.id for one in found],
        )

    def ask(self) -> None:
        form = Form(self, _("Add extra time"), _("Add extra time"), self._add)
        form.setObjectName("extra_form")
        self._day = day_field(self.desk.today(), "extra_day", _("Day"))
        self._begins = clock_field(time(8), "extra_begins", _("Begins"))
        self._ends = clock_field(time(12), "extra_ends", _("Ends"))
        form.add(_("Day"), self._day, "extra_day")
        form.add(_("Begins"), self._begins, "extra_begins")
        form.add(_("Ends"), self._ends, "extra_ends")
        self._form = form
        form.open()

    def _add(self) -> None:
        if self._form is None or self.staff is None:
            return
        day = day_of(self._day)
        span = Span(
            datetime.combine(day, clock_of(self._begins)),
            datetime.combine(day, clock_of(self._ends)),
        )
        task = self.desk.work.run(self._form, self._added, availability.add_extra, self.staff, span)
        task.or_else(self._form.fail)

    def _added(self, _extra: ExtraTime) -> None:
        if self._form is not None:
            self._form.accept()
            self._form = None

    def remove(self, key: UUID) -> None:
        task = self.desk.work.run(self, self.done, availability.remove_extra, key)
        task.or_else(self.refused.emit)


def told(span: Span) -> str:
    """Whole days as days, else with their hours."""
    start, end = span.start, span.end
    if start.time() == end.time() == time():
        first, last = start.date(), end.date() - timedelta(days=1)
        if first == last:
            return f"{i18n.day_short(first)} {first.year}"
        return f"{i18n.day_short(first)} – {i18n.day_short(last)} {last.year}"
    if start.date() == end.date():
        return f"{i18n.day_short(start)} {start.year} {i18n.clock_range(start, end)}"
    return (
        f"{i18n.day_short(start)} {i18n.clock(start)} – "
        f"{i18n.day_short(end)} {end.year} {i18n.clock(end)}"
    )
