"""Enter an absence: who and when, everything it touches with the best way out, then one press."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.availability import AbsenceKind, Span
from painprogram.domain.errors import NeedsReason
from painprogram.domain.people import Staff
from painprogram.domain.plans import PlanScope, PlanWanted
from painprogram.domain.sessions import Session
from painprogram.domain.substitutes import Choice as Chosen
from painprogram.gui import icons
from painprogram.gui.absences import wording
from painprogram.gui.absences.patients_dialog import PatientsDialog
from painprogram.gui.absences.solutions import Solutions
from painprogram.gui.absences.span_fields import SpanFields
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import Database, absences, staff
from painprogram.usecases.absences import Entered, Impact

PAUSE = 150
"""Milliseconds after the last edit before what is touched is looked up again."""
ROOM_TO_REPAIR = timedelta(days=14)
"""How long after an absence a plan may still move what it touched."""
_LINES, _EMPTY = range(2)


class AbsenceDialog(QDialog):
    """Nothing is written before the press; what is refused stands in the dialog."""

    def __init__(self, desk: Desk, staff_id: UUID | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._wanted = desk, staff_id
        self._impact: Impact | None = None
        self._asked = 0
        self._repairs = False
        self.setObjectName("absence_dialog")
        self.setWindowTitle(_("Absence"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.who = Choice(28)
        self.who.setObjectName("who")
        self.who.setAccessibleName(_("Who is away"))
        self.kind = Choice(14)
        self.kind.setObjectName("kind")
        self.kind.setAccessibleName(_("Kind"))
        for kind in AbsenceKind:
            self.kind.offer(kind.label, kind)
        self.span = SpanFields(desk.today())
        self.solutions = Solutions()
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
        self._fit_screen()
        self.span.changed.connect(self._edited)
        self.solutions.changed.connect(self._say)
        desk.work.run(self, self._offer, staff.staff).or_else(self.fail)

    # Parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addLayout(self._summary())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.solutions)
        self._empty = Empty("person", "")
        self._stack.addWidget(self._empty)
        self._stack.setCurrentIndex(_EMPTY)
        column.addWidget(self._stack, 1)
        column.addLayout(self._bottom())

    def _top(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[2])
        who = Label(_("Who is away"), "body", "text2")
        who.setBuddy(self.who)
        grid.addWidget(who, 0, 0)
        grid.addWidget(self.who, 0, 1)
        kind = Label(_("Kind"), "body", "text2")
        kind.setBuddy(self.kind)
        grid.addWidget(kind, 0, 2)
        grid.addWidget(self.kind, 0, 3)
        long = Label(_("How long"), "body", "text2")
        long.setContentsMargins(0, SPACE[2], 0, 0)  # on the line of the first field
        grid.addWidget(long, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.span, 1, 1, 1, 4)
        grid.setColumnStretch(4, 1)
        return grid

    def _summary(self) -> QHBoxLayout:
        self.summary = Label("", "title", wrap=True)
        self.summary.setObjectName("summary")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(SPACE[2])
        self.best_button = QPushButton(icons.icon("magic"), _("Best for all"))
        self.best_button.setObjectName("best")
        self.best_button.setToolTip(
            _("For each the first that is free and suits; else another time")
        )
        self.best_button.clicked.connect(self.solutions.best)
        self.leave_button = QPushButton(_("Leave all as it is"))
        self.leave_button.setObjectName("leave")
        self.leave_button.clicked.connect(self.solutions.leave)
        words = QVBoxLayout()
        words.setSpacing(SPACE[1])
        words.addWidget(self.summary)
        words.addLayout(self._chips)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE[4], SPACE[2], SPACE[4], SPACE[3])
        row.setSpacing(SPACE[2])
        row.addLayout(words, 1)
        self.patients_button = QPushButton(icons.icon("people"), _("Patients…"))
        self.patients_button.setObjectName("patients_asked")
        self.patients_button.setToolTip(_("Who they are, to call; that you looked is logged."))
        self.patients_button.clicked.connect(self._patients)
        for button in (self.patients_button, self.leave_button, self.best_button):
            button.setAutoDefault(False)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _bottom(self) -> QVBoxLayout:
        self.enter_button = QPushButton(_("Enter absence"))
        self.enter_button.setObjectName("enter")
        self.enter_button.setProperty("primary", True)
        self.enter_button.setToolTip(_("Enter it and do what is chosen, as one step (Ctrl+Enter)"))
        self.enter_button.clicked.connect(self._enter)
        self.repair_button = QPushButton(icons.icon("magic"), _("Enter and propose a plan…"))
        self.repair_button.setObjectName("repair")
        self.repair_button.setAccessibleName(self.repair_button.text())
        self.repair_button.setToolTip(
            _("Enter it, leave all as it is, and let a plan be proposed with few changes")
        )
        self.repair_button.clicked.connect(self._enter_to_repair)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.enter_button, self.repair_button, cancel):
            button.setAutoDefault(False)  # Enter in a field ends the field
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.enter_button.click)
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[2])
        column.addWidget(self.wrong)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(Label(_("One step: Undo takes all of it back."), "small", "text3"), 1)
        row.addWidget(cancel)
        row.addWidget(self.repair_button)
        row.addWidget(self.enter_button)
        column.addLayout(row)
        return column

    def _fit_screen(self) -> None:
        free = self.screen().availableGeometry()
        self.resize(min(960, free.width() - 40), min(720, free.height() - 60))

    # Who, and when

    def _offer(self, found: tuple[Staff, ...]) -> None:
        """The centre's own first; nobody is chosen for the user."""
        here = self._desk.centre.id
        if self._wanted is None:
            self.who.offer(_("Choose who is away"), None)
        for person in sorted(found, key=lambda person: person.centre_id != here):
            words = [person.name, person.profession.label]
            if person.centre_id != here:
                words.append(person.centre_name)
            self.who.offer(", ".join(words), person.id)
        self.who.choose(self._wanted)
        self.who.currentIndexChanged.connect(self._other)
        (self.span.preset if self._wanted else self.who).setFocus()
        self._look_up()

    def _other(self) -> None:
        self.solutions.forget()
        self._edited()

    def _edited(self) -> None:
        self.enter_button.setEnabled(False)
        self._pause.start()

    @property
    def _staff_id(self) -> UUID | None:
        found = self.who.currentData()
        return found if isinstance(found, UUID) else None

    def _look_up(self) -> None:
        self._pause.stop()
        self._asked += 1
        if self._staff_id is None:
            self._show(None)
            return
        task = self._desk.work.run(
            self,
            partial(self._found, self._asked),
            absences.touched,
            self._staff_id,
            self.span.span,
            self._desk.today(),
        )
        task.or_else(partial(self._impossible, self._asked))

    def _found(self, asked: int, impact: Impact) -> None:
        if asked == self._asked:
            self._show(impact)

    def _impossible(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self._show(None)
            self.fail(sentence)

    # What it touches

    def _show(self, impact: Impact | None) -> None:
        self._impact = impact
        self.wrong.hide()
        self.reason.hide()
        self.solutions.show_touched(impact.touched if impact else ())
        for before, after in zip(
            (self.best_button, *self.solutions.fields),
            (*self.solutions.fields, self.reason),
            strict=True,
        ):
            QWidget.setTabOrder(before, after)
        self._stack.setCurrentIndex(_LINES if impact and impact.touched else _EMPTY)
        if impact is None:
            self._empty.set_text(_("Choose who is away, and what it touches is shown here."))
        else:
            text = _("{name} leads nothing then. The absence is entered all the same.")
            self._empty.set_text(text.format(name=impact.staff.name))
        self._say()

    def _say(self) -> None:
        impact = self._impact
        some = bool(impact and impact.touched)
        self.summary.setText(wording.summary(impact) if impact and some else "")
        while (item := self._chips.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for remark in wording.done(self.solutions.choices):
            self._chips.addWidget(Chip(remark.text, remark.tone, remark.icon))
        self._chips.addStretch(1)
        for widget in (self.summary, self.best_button, self.leave_button):
            widget.setVisible(some)
        self.patients_button.setVisible(impact is not None and impact.patients > 0)
        self.repair_button.setVisible(bool(self._groups))
        known = impact is not None and impact.known
        self.enter_button.setText(_("Change the sessions") if known else _("Enter absence"))
        self.enter_button.setEnabled(impact is not None and (some or not known))
        if known and not some:
            self.fail(_("This absence is entered already."))
            self.enter_button.setEnabled(False)

    def _patients(self) -> None:
        PatientsDialog(self._desk, self.solutions.fates, self).open()

    # Entering it

    def fail(self, sentence: str) -> None:
        """Say what is wrong; nothing chosen is lost."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self.enter_button.setEnabled(self._impact is not None)
        self.repair_button.setEnabled(self._impact is not None)

    @property
    def _groups(self) -> tuple[UUID, ...]:
        """Whose sessions are touched."""
        touched = self._impact.touched if self._impact else ()
        sessions = (one.shown for one in touched if isinstance(one.shown, Session))
        return tuple(dict.fromkeys(session.group_id for session in sessions))

    def _enter_to_repair(self) -> None:
        """The plan that is asked for then looks for the way out."""
        if self._impact is None or self._pause.isActive():
            return
        self.solutions.leave()
        if self._impact.known:
            self._ask_repair()
        else:
            self._enter_it(repairs=True)

    def _ask_repair(self) -> None:
        if self._impact is None:
            return
        span, today = self._impact.span, self._desk.today()
        wanted = PlanWanted(
            self._groups,
            first=max(span.start.date(), today),
            last=max(span.end.date(), today) + ROOM_TO_REPAIR,
            scope=PlanScope.REPAIR,
        )
        self.accept()
        self._desk.plan_asked.emit(wanted)

    def _enter(self) -> None:
        self._enter_it(repairs=False)

    def _enter_it(self, *, repairs: bool) -> None:
        self._repairs = repairs
        if self._impact is None or self._pause.isActive():
            return
        self.enter_button.setEnabled(False)
        self.repair_button.setEnabled(False)
        self.wrong.hide()
        task = self._desk.work.run(
            self,
            self._done,
            _entered,
            self._impact.staff.id,
            self._impact.span,
            AbsenceKind(self.kind.currentData()),
            self.solutions.choices,
            self.reason.text(),
            self._desk.today(),
        )
        task.or_else(self.fail)

    def _done(self, result: Entered | NeedsReason) -> None:
        if isinstance(result, NeedsReason):
            self.fail(str(result))
            self.reason.show()
            self.reason.setFocus()
            return
        name = self._impact.staff.name if self._impact else ""
        self._desk.message.emit(_("The absence of {name} is entered.").format(name=name))
        if self._repairs:
            self._ask_repair()
        else:
            self.accept()


def _entered(
    database: Database,
    staff_id: UUID,
    span: Span,
    kind: AbsenceKind,
    choices: tuple[Chosen, ...],
    reason: str,
    today: date,
) -> Entered | NeedsReason:
    """A reason that is asked for is no refusal: the dialog asks for it."""
    try:
        return absences.enter(database, staff_id, span, kind, choices, reason=reason, today=today)
    except NeedsReason as needs:
        return needs
