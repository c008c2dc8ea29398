"""Start a group: fields at the left, every date it would get at the right, made by one press."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.groups import Group
from painprogram.domain.planning import monday, next_name, proposed
from painprogram.domain.programmes import Content
from painprogram.gui.desk import Desk
from painprogram.gui.programmes import preview_lines
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.programmes.missing_lectures import MissingLectures
from painprogram.gui.programmes.preview_list import PreviewList
from painprogram.gui.programmes.start_fields import StartFields
from painprogram.gui.programmes.strand_fields import HEADINGS, ROWS, StrandFields
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import starting
from painprogram.usecases.starting import Choices, NewGroup, Preview

PAUSE = 120
"""Milliseconds after the last edit before the dates are worked out again."""
AHEAD = timedelta(weeks=3)
"""Time for first visits before the group begins, as a first proposal."""


class StartDialog(QDialog):
    """Nothing is written before the press; what is refused stands in the dialog."""

    created = Signal(object)
    """The ``Group`` that was made."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        programme: str = "",
        day: date | None = None,
        new: NewGroup | None = None,
    ) -> None:
        """With *new*, everything it says is filled in, and stays when the start is changed."""
        super().__init__(parent)
        self._desk, self._new = desk, new
        self._programme = new.content.key if new else programme
        self._centre = desk.centre
        self._day = (new.start if new else day) or monday(desk.today()) + AHEAD
        self._choices: Choices | None = None
        self._rows: dict[str, StrandFields] = {}
        self._suggestions = self._previews = 0
        self._filled_for = ""
        self._touched = False
        self._own_name = False
        self.setObjectName("start_dialog")
        self.setWindowTitle(_("Start group"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.fields = StartFields()
        self.preview = PreviewList()
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self._grid = QGridLayout()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._work_out)
        self._lay_out()
        self.fields.programme_changed.connect(self._suggest)
        self.fields.start_changed.connect(self._start_moved)
        self.fields.changed.connect(self._edited)
        self.fields.name.textEdited.connect(self._named)
        self._set_able(able=False)
        self._fit_screen()
        desk.work.run(self, self._offer, starting.choices, self._centre.id).or_else(self.fail)

    # Parts

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([780, 480])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        column.addWidget(hairline())
        column.addWidget(self._bottom())

    def _left(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.fields)
        column.addWidget(hairline())
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(3, 1)
        self._grid.setColumnStretch(4, 1)
        for number, heading in enumerate(HEADINGS):
            self._grid.addWidget(Label(_(heading), "small", "text2"), 0, number)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _right(self) -> QWidget:
        side = QWidget()
        side.setAutoFillBackground(True)
        side.setBackgroundRole(side.palette().ColorRole.Base)
        self._summary = QHBoxLayout()
        self._summary.setSpacing(6)
        self.missing = MissingLectures(self._plan_lectures)
        top = QVBoxLayout()
        top.setContentsMargins(14, 14, 14, 8)
        top.setSpacing(8)
        top.addWidget(Label(_("These dates will be made"), "title"))
        top.addLayout(self._summary)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.missing)
        column.addWidget(self.preview, 1)
        side.setMinimumWidth(300)
        return side

    def _bottom(self) -> QWidget:
        foot = QWidget()
        self.create_button = QPushButton(_("Create group"))
        self.create_button.setObjectName("create_group")
        self.create_button.setProperty("primary", True)
        self.create_button.setToolTip(_("Create the group with these dates (Ctrl+Enter)"))
        self.create_button.clicked.connect(self._create)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.create_button, cancel):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)  # Enter in a field ends the field, and makes no group
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.create_button.click)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(8)
        row.addWidget(self.wrong, 1)
        row.addStretch(0)
        row.addWidget(cancel)
        row.addWidget(self.create_button)
        return foot

    def _fit_screen(self) -> None:
        free = self.screen().availableGeometry()
        self.resize(min(1320, free.width() - 40), min(800, free.height() - 60))

    def _set_able(self, *, able: bool) -> None:
        self.create_button.setEnabled(able)

    # What is suggested

    def _offer(self, choices: Choices) -> None:
        self._choices = choices
        self.fields.offer(choices.offered, choices.staff, self._centre.id)
        self.fields.begin(self._programme, self._day)
        self.fields.name.setFocus()
        if self._new is None:
            self._suggest()
        else:
            self._suggested(self._suggestions, self._new)
            self._touched = True

    def _suggest(self) -> None:
        """For another programme everything is proposed anew; the name that was typed stays."""
        if self._choices is None:
            return
        content, day = self.fields.content, self.fields.day
        name = self.fields.name.text()
        if not self._own_name:
            name = next_name(content, day, self._choices.names)
        self._touched = False
        self._suggestions += 1
        self._set_able(able=False)
        done = partial(self._suggested, self._suggestions)
        self._desk.work.run(
            self, done, starting.suggestion, content, self._centre.id, name, day
        ).or_else(partial(self._unsuitable, self._suggestions))

    def _suggested(self, asked: int, new: NewGroup) -> None:
        if asked != self._suggestions:
            return
        key = new.content.key
        if key != self._filled_for:
            self._make_rows(new.content)
            self.fields.fill(new.owner_id, new.minimum, new.maximum, new.deputy_id)
            self._filled_for = key
        if not self._own_name:
            self.fields.propose_name(new.name)
        for strand, row in self._rows.items():
            row.show_plan(new.strands[strand])
            row.show_start(new.start)
            row.show_participants(self.fields.maximum.value())
        self._work_out()

    def _unsuitable(self, asked: int, sentence: str) -> None:
        """Somebody is missing: there is nothing to plan before that is put right."""
        if asked == self._suggestions:
            self._clear_rows()
            self._show(None)
            self.fail(sentence)
            self._set_able(able=False)

    def _clear_rows(self) -> None:
        for row in self._rows.values():
            row.take_away()
        self._rows = {}
        self._filled_for = ""

    def _make_rows(self, content: Content) -> None:
        self._clear_rows()
        if self._choices is None:
            return
        previous: QWidget = self.fields.deputy
        for key in proposed(content):
            row = StrandFields(
                content,
                content.strand(key),
                self._choices.staff,
                self._choices.rooms,
                self._centre.id,
                self,
            )
            row.put_into(self._grid, 1 + ROWS * len(self._rows))
            row.changed.connect(self._strand_edited)
            for field in row.fields():
                self.setTabOrder(previous, field)
                previous = field
            self._rows[key] = row

    # What is edited

    def _named(self) -> None:
        self._own_name = True

    def _strand_edited(self) -> None:
        self._touched = True
        for row in self._rows.values():
            row.show_start(self.fields.day)
        self._edited()

    def _start_moved(self) -> None:
        """Who is free may be another: proposed anew until the user has chosen for themself."""
        if self._touched:
            for row in self._rows.values():
                row.show_start(self.fields.day)
            self._edited()
        else:
            self._suggest()

    def _edited(self) -> None:
        for row in self._rows.values():
            row.show_participants(self.fields.maximum.value())
        self._pause.start()

    @property
    def new(self) -> NewGroup:
        """What the fields say now."""
        return NewGroup(
            self.fields.content,
            self._centre.id,
            self.fields.name.text(),
            self.fields.day,
            self.fields.minimum.value(),
            self.fields.maximum.value(),
            {key: row.plan for key, row in self._rows.items()},
            self.fields.owner.currentData(),
            deputy_id=self.fields.deputy.currentData(),
        )

    # The dates

    def _work_out(self) -> None:
        if self._choices is None or not self._rows:
            return
        self._pause.stop()
        self._previews += 1
        done = partial(self._previewed, self._previews)
        wrong = partial(self._impossible, self._previews)
        self._desk.work.run(self, done, starting.preview, self.new).or_else(wrong)

    def _previewed(self, asked: int, preview: Preview) -> None:
        if asked == self._previews:
            self.wrong.hide()
            self._show(preview)
            self._set_able(able=True)

    def _impossible(self, asked: int, sentence: str) -> None:
        if asked == self._previews:
            self._show(None)
            self.fail(sentence)
            self._set_able(able=False)

    def _show(self, preview: Preview | None) -> None:
        while (item := self._summary.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if preview is None or self._choices is None:
            self.preview.show_lines([])
            self.missing.say((), can_be_planned=False)
            return
        for remark in preview_lines.summary(preview):
            sign = {"block": "warning"}.get(remark.tone, "")
            chip = Chip(remark.text, remark.tone, sign)
            chip.setToolTip(remark.text)
            self._summary.addWidget(chip)
            chip.show()
        self._summary.addStretch(1)
        known = preview_lines.Known(self.fields.content, self._choices.staff, self._choices.rooms)
        self.preview.show_lines(preview_lines.lines(preview, known))
        self.missing.say(
            preview_lines.unlinked(preview), can_be_planned=self._lectures() is not None
        )

    # Open lectures to link in

    def _lectures(self) -> Content | None:
        """The activity that would hold the missing lectures."""
        offered = self._choices.offered if self._choices else ()
        return next((one.content for one in offered if one.content.activity), None)

    def _plan_lectures(self) -> None:
        content = self._lectures()
        if content is not None:
            dialog = StartDialog(self._desk, self, content.key, self.fields.day)
            dialog.setWindowTitle(_("Plan open lectures"))
            dialog.created.connect(self._lectures_planned)
            dialog.open()

    def _lectures_planned(self) -> None:
        self._work_out()

    # Making it

    def fail(self, sentence: str) -> None:
        """Say what is wrong; nothing typed is lost."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self._set_able(able=bool(self._rows))

    def _create(self) -> None:
        self._set_able(able=False)
        self.wrong.hide()
        self._desk.work.run(self, self._done, starting.start, self.new).or_else(self.fail)

    def _done(self, group: Group) -> None:
        self.created.emit(group)
        self.accept()
