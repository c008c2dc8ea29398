"""Hand over: what is somebody's, to whom each goes, and from which day; then one press."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.errors import NeedsReason
from painprogram.domain.people import Staff
from painprogram.gui.absences.belongings import Belongings
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.days import day_field, day_of
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import Database, handovers
from painprogram.usecases.handovers import Handover, Passed

PAUSE = 150
"""Milliseconds after the last edit before what is theirs is looked up again."""
_LINES, _EMPTY = range(2)


class HandoverDialog(QDialog):
    """Nothing is written before the press; what is refused stands in the dialog."""

    def __init__(self, desk: Desk, staff_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._staff_id = desk, staff_id
        self._found: Handover | None = None
        self._asked = 0
        self.setObjectName("handover_dialog")
        self.setWindowTitle(_("Hand over"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.name = Label("", "heading", wrap=True)
        self.last_day = day_field(desk.today(), "last_day", _("Last day"))
        self.leaves = QCheckBox(_("Leaves, and is no longer offered"))
        self.leaves.setObjectName("leaves")
        self.everything = Choice(24)
        self.everything.setObjectName("everything")
        self.everything.setAccessibleName(_("Give all to"))
        self.lines = Belongings()
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why it is to be so all the same: one reason for all"))
        self.reason.hide()
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look_up)
        self._lay_out()
        free = self.screen().availableGeometry()
        self.resize(min(900, free.width() - 40), min(680, free.height() - 60))
        self.last_day.dateChanged.connect(self._edited)
        self.leaves.toggled.connect(self._say)
        self.everything.currentIndexChanged.connect(self._all_to)
        self._look_up()

    # Parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.lines)
        self._empty = Empty("people", "")
        self._stack.addWidget(self._empty)
        self._stack.setCurrentIndex(_EMPTY)
        column.addWidget(self._stack, 1)
        column.addLayout(self._bottom())

    def _top(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[3])
        column.addWidget(self.name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[2])
        last = Label(_("Last day"), "body", "text2")
        last.setBuddy(self.last_day)
        grid.addWidget(last, 0, 0)
        grid.addWidget(self.last_day, 0, 1)
        grid.addWidget(self.leaves, 0, 2)
        to = Label(_("Give all to"), "body", "text2")
        to.setBuddy(self.everything)
        grid.addWidget(to, 1, 0)
        grid.addWidget(self.everything, 1, 1, 1, 2)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        hint = _("Sessions up to the last day stay theirs.")
        column.addWidget(Label(hint, "small", "text3", wrap=True))
        return column

    def _bottom(self) -> QVBoxLayout:
        self.hand_over_button = QPushButton(_("Hand over"))
        self.hand_over_button.setObjectName("hand_over")
        self.hand_over_button.setProperty("primary", True)
        self.hand_over_button.setToolTip(_("Hand over all of it as one step (Ctrl+Enter)"))
        self.hand_over_button.clicked.connect(self._hand_over)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.hand_over_button, cancel):
            button.setAutoDefault(False)  # Enter in a field ends the field
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.hand_over_button.click)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(Label(_("One step: Undo takes all of it back."), "small", "text3"), 1)
        row.addWidget(cancel)
        row.addWidget(self.hand_over_button)
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[2])
        column.addWidget(self.wrong)
        column.addWidget(self.reason)
        column.addLayout(row)
        return column

    # What is theirs

    def _edited(self) -> None:
        self.hand_over_button.setEnabled(False)
        self._pause.start()

    def _look_up(self) -> None:
        self._pause.stop()
        self._asked += 1
        done = partial(self._show, self._asked)
        task = self._desk.work.run(
            self, done, handovers.handover, self._staff_id, day_of(self.last_day)
        )
        task.or_else(self.fail)

    def _show(self, asked: int, found: Handover) -> None:
        if asked != self._asked:
            return
        first = self._found is None
        self._found = found
        self.wrong.hide()
        self.name.setText(_("What {name} hands over").format(name=found.staff.name))
        if first:
            self._offer(found.colleagues)
        self.lines.show_belongings(found.belongings, found.colleagues, found.staff)
        for before, after in zip(
            (self.everything, *self.lines.fields), (*self.lines.fields, self.reason), strict=True
        ):
            QWidget.setTabOrder(before, after)
        self._stack.setCurrentIndex(_LINES if found.belongings else _EMPTY)
        text = _("{name} has nothing to hand over after this day.")
        self._empty.set_text(text.format(name=found.staff.name))
        self._say()

    def _offer(self, colleagues: tuple[Staff, ...]) -> None:
        blocked = self.everything.blockSignals(True)
        self.everything.offer(_("The one proposed for each"), None)
        for person in sorted(
            colleagues, key=lambda person: person.centre_id != self._desk.centre.id
        ):
            self.everything.offer(f"{person.name}, {person.profession.label}", person.id)
        self.everything.blockSignals(blocked)

    def _all_to(self) -> None:
        to = self.everything.currentData()
        self.lines.give_all(to if isinstance(to, UUID) else None)

    def _say(self) -> None:
        some = self._found is not None and bool(self._found.belongings)
        self.hand_over_button.setEnabled(some or (self._found is not None and self.leaves_now))

    @property
    def leaves_now(self) -> bool:
        return self.leaves.isChecked()

    # Handing over

    def fail(self, sentence: str) -> None:
        """Say what is wrong; nothing chosen is lost."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self._say()

    def _hand_over(self) -> None:
        if self._found is None or self._pause.isActive():
            return
        self.hand_over_button.setEnabled(False)
        self.wrong.hide()
        task = self._desk.work.run(
            self,
            self._done,
            _handed_over,
            self._staff_id,
            day_of(self.last_day),
            self.lines.passed,
            self.leaves_now,
            self.reason.text(),
            self._desk.today(),
        )
        task.or_else(self.fail)

    def _done(self, needs: NeedsReason | None) -> None:
        if needs is not None:
            self.fail(str(needs))
            self.reason.show()
            self.reason.setFocus()
            return
        name = self._found.staff.name if self._found else ""
        self._desk.message.emit(_("{name} has handed over.").format(name=name))
        self.accept()


def _handed_over(
    database: Database,
    staff_id: UUID,
    last_day: date,
    passed: tuple[Passed, ...],
    leaves: bool,  # noqa: FBT001 -- handed on by the work lane
    reason: str,
    today: date,
) -> NeedsReason | None:
    """A reason that is asked for is no refusal: the dialog asks for it."""
    try:
        handovers.hand_over(
            database, staff_id, last_day, passed, leaves=leaves, reason=reason, today=today
        )
    except NeedsReason as needs:
        return needs
    return None
