"""Decide whether a group starts: the forecast, what can be chosen, and all that it leads to."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.errors import NeedsReason
from painprogram.domain.groups import Group
from painprogram.domain.seats import Choice as Decided
from painprogram.domain.seats import Consequences, Forecast, How
from painprogram.gui.desk import Desk
from painprogram.gui.programmes.answering import AnsweringDialog
from painprogram.gui.programmes.day_field import day_field, day_of, show_day
from painprogram.gui.programmes.decision_list import ConsequenceList
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, seats

PAUSE = 150
"""Milliseconds after the last edit before it is worked out again."""
_WIDE, _HIGH = 720, 720


class DecisionDialog(AnsweringDialog):
    """Nothing is done before the press; what is refused stands in the dialog."""

    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        super().__init__(parent, "because")
        self._desk, self._group = desk, group
        self._asked = 0
        self._begins = group.first or group.start
        self.shown: Consequences | None = None
        self.setObjectName("decision_dialog")
        self.setWindowTitle(_("Decide on {name}").format(name=group.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.verdict = Label("", "strong", wrap=True)
        self.verdict.setObjectName("verdict")
        self.told = Label("", "small", "text2", wrap=True)
        self.told.setObjectName("forecast")
        self.day = day_field()
        self.how = Segmented(
            _("What is decided"),
            [
                Segment(How.START, _("Start")),
                Segment(How.MOVE, _("Move")),
                Segment(How.POOL, _("Pool")),
                Segment(How.CANCEL, _("Cancel group")),
            ],
        )
        self.how.setObjectName("how")
        self.weeks = QSpinBox()
        self.into = Choice(24)
        self.reason = QLineEdit()
        self.list = ConsequenceList()
        self.button = QPushButton()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAUSE)
        self._wait.timeout.connect(self._work_out)
        self._lay_out()
        self._connect()
        desk.work.run(self, self._show_forecast, seats.forecast, group.id, desk.today()).or_else(
            self.fail
        )
        desk.work.run(self, self._show_targets, seats.targets, group.id, desk.today())
        self._chosen(How.START)

    # Parts

    def _lay_out(self) -> None:
        self.weeks.setRange(1, 52)
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(_("Is told to the patients"))
        self.fields = QFormLayout()
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(10)
        self._rows = {
            "day": self._add(_("Decision day"), self.day, "decision_day"),
            "how": self._add(_("Decision"), self.how, "how"),
            "weeks": self._add(_("Weeks later"), self.weeks, "weeks"),
            "into": self._add(_("Pool with"), self.into, "into"),
            "reason": self._add(_("Reason"), self.reason, "reason"),
        }
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 12)
        top.setSpacing(10)
        top.addWidget(self.verdict)
        top.addWidget(self.told)
        top.addLayout(self.fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self.list, 1)
        column.addWidget(hairline())
        column.addWidget(self._bottom())
        self.wrong.hide()
        self.because.hide()
        free = self.screen().availableGeometry()
        self.resize(min(_WIDE, free.width() - 40), min(_HIGH, free.height() - 60))

    def _add(self, label: str, field: QWidget, name: str) -> tuple[QLabel, QWidget]:
        field.setObjectName(name)
        field.setAccessibleName(label)
        caption = QLabel(label)
        caption.setBuddy(field)
        line = QHBoxLayout()
        line.addWidget(field, 1 if isinstance(field, QLineEdit | Choice) else 0)
        if not isinstance(field, QLineEdit | Choice):
            line.addStretch(1)
        self.fields.addRow(caption, line)
        return caption, field

    def _bottom(self) -> QWidget:
        foot = QWidget()
        cancel = QPushButton(_("Close"))
        cancel.setObjectName("cancel")
        cancel.setAccessibleName(cancel.text())
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.button.setObjectName("accept")
        self.button.setProperty("primary", True)
        self.button.setDefault(True)
        self.button.clicked.connect(self._decide)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.wrong)
        column.addWidget(self.because)
        column.addLayout(buttons)
        return foot

    def _connect(self) -> None:
        self.how.chosen.connect(self._chosen)
        self.weeks.valueChanged.connect(self._edited)
        self.into.currentIndexChanged.connect(self._edited)
        self.reason.textChanged.connect(self._enable)

    # The forecast

    def _show_forecast(self, found: Forecast) -> None:
        self.verdict.setText(f"{found.verdict} {found.when}.")
        self.told.setText(" ".join(found.sentences[:-1]))
        self.day.blockSignals(True)
        show_day(self.day, found.decide_on)
        self.day.blockSignals(False)
        self.day.dateChanged.connect(self._day_chosen)

    def _day_chosen(self) -> None:
        """Saved as it is chosen, like every edit."""
        task = self._desk.work.run(
            self, self._day_saved, seats.set_decision_day, self._group.id, day_of(self.day)
        )
        task.or_else(self.fail)

    def _day_saved(self, group: Group) -> None:
        self._group = group
        self.wrong.hide()
        self.made.emit(group)
        self._desk.work.run(self, self._say_again, seats.outlook, group.id, self._desk.today())

    def _say_again(self, found: Forecast) -> None:
        self.verdict.setText(f"{found.verdict} {found.when}.")

    def _show_targets(self, found: tuple[Group, ...]) -> None:
        self.into.blockSignals(True)
        self.into.clear()
        for one in found:
            free = ngettext("{number} free seat", "{number} free seats", one.free)
            words = ", ".join(
                (
                    one.centre_name,
                    i18n.day_short(one.first or one.start),
                    free.format(number=one.free),
                )
            )
            self.into.offer(f"{one.name} · {words}", one.id)
        self.into.blockSignals(False)
        self.into.setEnabled(bool(found))
        if not found:
            self.into.setPlaceholderText(_("No other group of the programme has free seats"))
        self._edited()

    # What is chosen

    @property
    def choice(self) -> Decided:
        how = How(str(self.how.current or How.START))
        weeks = self.weeks.value() if how is How.MOVE else 0
        into = self.into.currentData() if how is How.POOL else None
        return Decided(how, self.reason.text(), weeks, into)

    @property
    def settled(self) -> bool:
        return not self._wait.isActive() and not self._desk.work.busy

    def _chosen(self, how: object) -> None:
        chosen = How(str(how))
        shown = {
            "weeks": chosen is How.MOVE,
            "into": chosen is How.POOL,
            "reason": chosen is not How.START,
        }
        for name, visible in shown.items():
            self.fields.setRowVisible(self._row_of(name), visible)
        verbs = {
            How.START: _("Start the group"),
            How.MOVE: _("Move the start"),
            How.POOL: _("Pool the groups"),
            How.CANCEL: _("Cancel the group"),
        }
        self.button.setText(verbs[chosen])
        self.button.setAccessibleName(verbs[chosen])
        self.because.hide()
        self._edited()

    def _row_of(self, name: str) -> int:
        return list(self._rows).index(name)

    def _edited(self) -> None:
        self.shown = None
        self._enable()
        self._wait.start()

    def _enable(self) -> None:
        needs = self.choice.how is not How.START
        written = bool(self.reason.text().strip()) or not needs
        ready = self.shown is not None and not self.shown.hinder
        self.button.setEnabled(ready and written)
        told = _("Write the reason first.") if ready and not written else ""
        self.button.setToolTip(told)

    def _work_out(self) -> None:
        self._asked += 1
        self.wrong.hide()
        done = partial(self._show, self._asked)
        task = self._desk.work.run(
            self, done, seats.consequences, self._group.id, self.choice, self._desk.today()
        )
        task.or_else(self.fail)

    def _show(self, asked: int, found: Consequences) -> None:
        if asked != self._asked or self._wait.isActive():
            return
        self.shown = found
        self.list.show_consequences(found)
        self._enable()

    # Doing it

    def _decide(self) -> None:
        if self.shown is None or self._wait.isActive():
            return
        self.button.setEnabled(False)
        self.wrong.hide()
        task = self._desk.work.run(
            self,
            self._done,
            _decided,
            self._group.id,
            self.choice,
            self._desk.today(),
            self.because.text(),
        )
        task.or_else(self.fail)


def _decided(
    database: Database, group_id: UUID, choice: Decided, today: date, because: str
) -> Group | NeedsReason:
    """A reason that is asked for is no refusal: the dialog asks for it."""
    try:
        return seats.decide(database, group_id, choice, today, because=because)
    except NeedsReason as needs:
        return needs
