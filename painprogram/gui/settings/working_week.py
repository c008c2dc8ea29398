"""The base working week of a colleague, written as it is said: a line of hours for each day."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.availability import Weeks, WorkingTime
from painprogram.domain.errors import Refused
from painprogram.domain.working_hours import WEEKDAYS, days_of, minutes, parse, week_of, written
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import availability

_COLUMNS = (Weeks.ODD, Weeks.EVEN)
_FRIDAY = 4


class WorkingWeek(QWidget):
    """Saved as each line is left. While odd and even weeks are alike, one column is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._staff: UUID | None = None
        self._known: tuple[WorkingTime, ...] = ()
        self._fields: dict[Weeks, list[QLineEdit]] = {}
        self.differs = QCheckBox(_("Odd and even weeks differ"))
        self.differs.setObjectName("weeks_differ")
        self.differs.toggled.connect(self._parted)
        self._copy = QPushButton(icons.icon("copy"), _("As Monday until Friday"))
        self._copy.setObjectName("copy_monday")
        self._copy.setProperty("small", True)
        self._copy.clicked.connect(self._copy_monday)
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("week_wrong")
        self.wrong.hide()
        self._total = Label("", "small", "text2")
        self._total.setObjectName("week_total")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[3], 0, 0)
        column.setSpacing(SPACE[2])
        hint = _(
            "Write the hours of each day, such as 8–12, 13–16.30. Without any hours at all, "
            "every hour may be asked for."
        )
        column.addWidget(Label(hint, "small", "text3", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE[4])
        row.addWidget(self.differs)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(self._total)
        column.addLayout(row)
        column.addWidget(self.wrong)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[1])
        self._heads = [Label("", "small", "text2") for _weeks in _COLUMNS]
        for at, head in enumerate(self._heads):
            grid.addWidget(head, 0, at + 1)
        for weekday in range(WEEKDAYS):
            name = i18n.weekday_name(weekday).capitalize()
            label = Label(name, "body", "text2")
            grid.addWidget(label, weekday + 1, 0)
            for at, weeks in enumerate(_COLUMNS):
                field = QLineEdit()
                field.setObjectName(f"hours_{weekday}_{weeks.value}")
                field.setAccessibleName(f"{name}, {weeks.label}")
                field.editingFinished.connect(partial(self._left, field))
                grid.addWidget(field, weekday + 1, at + 1)
                self._fields.setdefault(weeks, []).append(field)
            label.setBuddy(self._fields[Weeks.ODD][weekday])
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self._show_columns()

    # What is shown

    def show_staff(self, staff_id: UUID, week: tuple[WorkingTime, ...]) -> None:
        """What is being written is kept when the same colleague's week is read anew."""
        other, self._staff = staff_id != self._staff, staff_id
        if not other and week == self._known:
            return
        self._known = week
        blocked = self.differs.blockSignals(True)
        self.differs.setChecked(any(one.weeks is not Weeks.EVERY for one in week))
        self.differs.blockSignals(blocked)
        for weeks in _COLUMNS:
            for field, hours in zip(self._fields[weeks], days_of(week, weeks), strict=True):
                if other or not field.hasFocus():
                    field.setText(written(hours))
        if other:
            self.wrong.hide()
        self._show_columns()

    def _show_columns(self) -> None:
        parted = self.differs.isChecked()
        self._heads[0].setText(_("Odd weeks") if parted else _("Every week"))
        self._heads[1].setText(_("Even weeks"))
        self._heads[1].setVisible(parted)
        for field in self._fields[Weeks.EVEN]:
            field.setVisible(parted)
        totals = [
            i18n.number(one / 60, 0 if one % 60 == 0 else 1)
            for one in (minutes(days_of(self._known, weeks)) for weeks in _COLUMNS)
        ]
        told = " / ".join(dict.fromkeys(totals))
        self._total.setText(_("{hours} h a week").format(hours=told) if self._known else "")

    # What is written

    def _parted(self, on: bool) -> None:  # noqa: FBT001 -- Qt's signal
        """The even weeks begin as the odd ones; alike again, the odd ones hold."""
        for odd, even in zip(self._fields[Weeks.ODD], self._fields[Weeks.EVEN], strict=True):
            even.setText(odd.text())
        self._show_columns()
        if not on:
            self._save()

    def _copy_monday(self) -> None:
        for weeks in _COLUMNS:
            monday, *others = self._fields[weeks][: _FRIDAY + 1]
            for field in others:
                field.setText(monday.text())
        self._save()

    def _left(self, field: QLineEdit) -> None:
        try:
            field.setText(written(parse(field.text())))
        except Refused as refused:
            self._fail(str(refused))
            return
        self._save()

    def _save(self) -> None:
        if self._staff is None:
            return
        columns = _COLUMNS if self.differs.isChecked() else (Weeks.ODD,)
        try:
            told = {
                weeks: [parse(field.text()) for field in self._fields[weeks]] for weeks in columns
            }
        except Refused as refused:
            self._fail(str(refused))
            return
        if len(columns) == 1:
            told = {Weeks.EVERY: told[Weeks.ODD]}
        week = week_of(told)
        self.wrong.hide()
        if week != self._known:
            self._desk.work.run(
                self, partial(self._saved, self._staff), availability.set_week, self._staff, week
            ).or_else(self._fail)

    def _saved(self, staff_id: UUID, week: tuple[WorkingTime, ...]) -> None:
        if staff_id == self._staff:
            self._known = week
            self._show_columns()

    def _fail(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
