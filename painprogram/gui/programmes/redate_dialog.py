"""New dates for a group: chosen at the top, every one of them shown, made by one press."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.errors import NeedsReason
from painprogram.domain.groups import Group
from painprogram.domain.planning import WEEK, monday
from painprogram.gui.desk import Desk
from painprogram.gui.programmes import redate_lines
from painprogram.gui.programmes.answering import AnsweringDialog
from painprogram.gui.programmes.day_field import day_field, day_of, show_day
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.programmes.preview_list import PreviewList
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import N_, _, ngettext
from painprogram.usecases import Database, pauses, shifting
from painprogram.usecases.redating import Preview

PAUSE = 120
"""Milliseconds after the last edit before the dates are worked out again."""
_DAYS, _WEEKS = 1, 7
_SIGNS = {"block": "warning", "ok": "check"}
_UNITS = ((_WEEKS, N_("weeks")), (_DAYS, N_("days")))


class RedateDialog(AnsweringDialog):
    """Nothing is written before the press; what is refused stands in the dialog."""

    def __init__(self, desk: Desk, group: Group, parent: QWidget, title: str, verb: str) -> None:
        super().__init__(parent, "reason")
        self._desk, self._group = desk, group
        self._shown: Preview | None = None
        self._asked = 0
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.fields = QFormLayout()
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(10)
        self.preview = PreviewList()
        self.visits = Label("", "small", "text2", wrap=True)
        self.visits.setObjectName("visits_stay")
        self.suggested = QCheckBox(_("Take what is free in place of what is taken"))
        self.suggested.setObjectName("suggested")
        self.suggested.setChecked(True)
        self.suggested.toggled.connect(self._show_lines)
        self.button = QPushButton(verb)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._work_out)
        self._lay_out()
        self._set_able(able=False)

    # What the two dialogs say for themselves

    def _asked_for(self) -> tuple[Callable[..., Preview], Callable[..., Group], tuple[Any, ...]]:
        """The preview, what makes it true, and what both are told."""
        raise NotImplementedError

    # Parts

    def _lay_out(self) -> None:
        self._summary = QHBoxLayout()
        self._summary.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 10)
        top.setSpacing(10)
        top.addLayout(self.fields)
        top.addLayout(self._summary)
        top.addWidget(self.visits)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self.preview, 1)
        column.addWidget(hairline())
        column.addWidget(self._bottom())
        for widget in (self.visits, self.suggested, self.because, self.wrong):
            widget.hide()
        free = self.screen().availableGeometry()
        self.resize(min(680, free.width() - 40), min(760, free.height() - 60))

    def _bottom(self) -> QWidget:
        foot = QWidget()
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.reject)
        self.button.setObjectName("accept")
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._make)
        self.button.setDefault(True)
        for button in (self.button, cancel):
            button.setAccessibleName(button.text())
        cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.suggested)
        column.addWidget(self.wrong)
        column.addWidget(self.because)
        column.addLayout(buttons)
        return foot

    def add(self, label: str, field: QWidget, name: str, *beside: QWidget) -> None:
        """A field with its label, and what stands beside it in the line."""
        field.setObjectName(name)
        field.setAccessibleName(label)
        caption = QLabel(label)
        caption.setBuddy(field)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (field, *beside):
            line.addWidget(widget)
        line.addStretch(1)
        self.fields.addRow(caption, line)

    def _set_able(self, *, able: bool) -> None:
        self.button.setEnabled(able)

    # The dates

    def edited(self) -> None:
        self._set_able(able=False)
        self._pause.start()

    @property
    def settled(self) -> bool:
        """Whether the dates are those of what is chosen."""
        return not self._pause.isActive() and not self._desk.work.busy

    def _work_out(self) -> None:
        self._pause.stop()
        self._asked += 1
        preview, _make, told = self._asked_for()
        done = partial(self._previewed, self._asked)
        task = self._desk.work.run(self, done, preview, self._group.id, *told)
        task.or_else(partial(self._impossible, self._asked))

    def _previewed(self, asked: int, preview: Preview) -> None:
        if asked != self._asked:
            return
        self._shown = preview
        self.wrong.hide()
        self.because.hide()
        self.visits.setText(_visits_stay(preview.visits))
        self.visits.setVisible(bool(preview.visits))
        self.suggested.setVisible(bool(preview.suggestions))
        self._show_lines()
        self._set_able(able=True)

    def _show_lines(self) -> None:
        if self._shown is None:
            return
        taken = self.suggested.isChecked()
        empty(self._summary)
        for remark in redate_lines.summary(self._shown, suggested=taken):
            chip = Chip(remark.text, remark.tone, _SIGNS.get(remark.tone, ""))
            chip.setToolTip(remark.text)
            self._summary.addWidget(chip)
            chip.show()
        self._summary.addStretch(1)
        self.preview.show_lines(redate_lines.lines(self._shown, suggested=taken))

    def _impossible(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self._shown = None
            empty(self._summary)
            self.preview.show_lines([])
            for widget in (self.visits, self.suggested, self.because):
                widget.hide()
            self.wrong.setText(sentence)
            self.wrong.show()
            self._set_able(able=False)

    # Making it

    def _make(self) -> None:
        if self._shown is None or self._pause.isActive():
            return
        self._set_able(able=False)
        self.wrong.hide()
        _preview, make, told = self._asked_for()
        taken = self.suggested.isChecked() and bool(self._shown.suggestions)
        options = {
            "suggested": taken,
            "reason": self.because.text(),
            "today": self._desk.today(),
        }
        task = self._desk.work.run(self, self._done, _made, make, self._group.id, told, options)
        task.or_else(self.fail)

    def _enable(self) -> None:
        self._set_able(able=True)


class ResumeDialog(RedateDialog):
    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        title = _("Resume {name}").format(name=group.name)
        super().__init__(desk, group, parent, title, _("Resume group"))
        self.setObjectName("resume_dialog")
        soonest = monday(desk.today()) + WEEK
        self.day = day_field()
        show_day(self.day, max(group.paused or soonest, soonest))
        self._week = Label("", "body", "text2")
        self.add(_("Goes on from"), self.day, "resume_day", self._week)
        self.day.dateChanged.connect(self._day_chosen)
        self._say_week()
        self._work_out()

    def _asked_for(self) -> tuple[Callable[..., Preview], Callable[..., Group], tuple[Any, ...]]:
        return pauses.preview, pauses.resume, (day_of(self.day),)

    def _day_chosen(self) -> None:
        self._say_week()
        self.edited()

    def _say_week(self) -> None:
        day = day_of(self.day)
        self._week.setText(f"{i18n.weekday_name(day.weekday())}, {i18n.week(day)}")
        self.day.setAccessibleDescription(self._week.text())


class ShiftDialog(RedateDialog):
    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        title = _("Move {name}").format(name=group.name)
        super().__init__(desk, group, parent, title, _("Move group"))
        self.setObjectName("shift_dialog")
        self.number = QSpinBox()
        self.number.setRange(0, 999)
        self.number.setValue(1)
        self.unit = Choice(8)
        self.unit.setObjectName("shift_unit")
        self.unit.setAccessibleName(_("Days or weeks"))
        for days, unit in _UNITS:
            self.unit.addItem(_(unit), days)
        self.way = Segmented(
            _("Later or earlier"), [Segment(1, _("later")), Segment(-1, _("earlier"))]
        )
        self.since = day_field()
        show_day(self.since, desk.today())
        self.add(_("Move by"), self.number, "shift_number", self.unit, self.way)
        self.add(_("What stands from"), self.since, "shift_since")
        self.number.valueChanged.connect(self.edited)
        self.unit.currentIndexChanged.connect(self.edited)
        self.way.chosen.connect(self.edited)
        self.since.dateChanged.connect(self.edited)
        self.number.selectAll()
        self._work_out()

    def _asked_for(self) -> tuple[Callable[..., Preview], Callable[..., Group], tuple[Any, ...]]:
        way = -1 if self.way.current == -1 else 1
        days = way * self.number.value() * self.unit.currentData()
        return shifting.preview, shifting.move, (days, day_of(self.since))


def _made(
    database: Database,
    make: Callable[..., Group],
    group_id: UUID,
    told: tuple[Any, ...],
    options: dict[str, Any],
) -> Group | NeedsReason:
    """A reason that is asked for is no refusal: the dialog asks for it."""
    try:
        return make(database, group_id, *told, **options)
    except NeedsReason as needs:
        return needs


def _visits_stay(many: int) -> str:
    text = ngettext(
        "{number} individual visit stays where it is.",
        "{number} individual visits stay where they are.",
        many,
    )
    return text.format(number=many)


def empty(layout: QLayout) -> None:
    """Take away all that stands in it."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
