"""What is asked before a way goes on: the day, the reason, and the group where there is one."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from painprogram.domain.groups import Group
from painprogram.domain.referrals import Referral, Way
from painprogram.domain.ways import END_REASONS, NextStep, WayStatus
from painprogram.gui.desk import Desk
from painprogram.gui.entries import Entries
from painprogram.gui.patients.placing import GroupChoice, open_groups
from painprogram.gui.patients.schedule_forms import (
    answer_for,
    day_field,
    python_date,
    reason_field,
)
from painprogram.gui.patients.ways_words import verb
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _
from painprogram.usecases import ways

_BACK = (N_("A slip of the finger"), N_("The wrong patient"), N_("It turned out otherwise"))
_AGAIN = (N_("Wants another time"), N_("Could not be reached"), N_("Wants to wait"))


def past_day(today: date) -> QDateEdit:
    """For what has happened: today or earlier."""
    field = day_field(today)
    field.setMaximumDate(QDate(today.year, today.month, today.day))
    return field


class StepForm(Form):
    """Takes a way on to a status. It stays on the list of steps, so the form asks first."""

    def __init__(self, parent: QWidget, desk: Desk, way: Way, status: WayStatus) -> None:
        words = verb(status).removesuffix("…")
        danger = status.ended and status is not WayStatus.COMPLETED
        super().__init__(parent, f"{words}: {way.name}", words, self._send, danger=danger)
        self._desk, self._way, self._status = desk, way, status
        self.group: GroupChoice | None = None
        self.entry: Entries | None = None
        if status in (WayStatus.OFFERED, WayStatus.PLACED):
            self._ask_group()
        self.day = past_day(desk.today())
        self.add(_("Day"), self.day, "step_day")
        suggested = END_REASONS.get(status, ())
        if status is WayStatus.WAITING and way.status in (WayStatus.OFFERED, WayStatus.PLACED):
            suggested = _AGAIN
        self.reason = reason_field(suggested)
        self.add(_("Reason"), self.reason, "step_reason")
        (self.group or (self.reason if suggested else self.day)).setFocus()

    def _ask_group(self) -> None:
        self.group = GroupChoice(_("Choose a group"))
        self.add(_("Group"), self.group, "step_group")
        if self._status is WayStatus.PLACED:
            self.entry = Entries(self, self._desk)
            self.group.currentIndexChanged.connect(self._ask_entry)
        self._desk.work.run(self, self._groups, open_groups).or_else(self.fail)

    def _groups(self, found: tuple[Group, ...]) -> None:
        if self.group is None:
            return
        self.group.offer(found, self._desk.centre.id)
        for at in range(1, self.group.count()):
            if self.group.itemData(at).id == self._way.group_id or len(found) == 1:
                self.group.setCurrentIndex(at)
        if not found:
            self.fail(_("No group is open. Open one on the screen Programmes, or start a new one."))
            self.button.setEnabled(False)

    def _send(self) -> None:
        group = self.group.chosen if self.group else None
        if self.group is not None and group is None:
            self.fail(_("Choose a group."))
            return
        answer_for(self, self._desk, self._taken).run(
            ways.step,
            self._way.referral.id,
            self._status,
            python_date(self.day),
            self.reason.currentText(),
            group.id if group else None,
            first=self.entry.first if self.entry else None,
            today=self._desk.today(),
        )

    def _ask_entry(self) -> None:
        if self.entry is not None and self.group is not None:
            self.entry.ask(self.group.chosen)

    def _taken(self, _referral: Referral) -> None:
        self.accept()


class DoneForm(Form):
    """A step that leads to no other status was done on a day."""

    def __init__(self, parent: QWidget, desk: Desk, way: Way, step: NextStep) -> None:
        title = _("{step}: {name}").format(step=step.label, name=way.name)
        super().__init__(parent, title, _("Note as done"), self._send)
        self._desk, self._way, self._step = desk, way, step
        self.day = past_day(desk.today())
        self.add(_("Done on"), self.day, "done_day")
        self.day.setFocus()

    def _send(self) -> None:
        self._desk.work.run(
            self,
            self._taken,
            ways.done,
            self._way.referral.id,
            self._step,
            python_date(self.day),
            today=self._desk.today(),
        ).or_else(self.fail)

    def _taken(self, _referral: Referral) -> None:
        self.accept()


class PlanForm(Form):
    """Another day for the next step."""

    def __init__(self, parent: QWidget, desk: Desk, way: Way) -> None:
        super().__init__(parent, _("Move the next step"), _("Move the step"), self._send)
        self._desk, self._way = desk, way
        step = way.next_step
        self.add(_("Next step"), Label(step.label if step else "", wrap=True), "plan_step")
        self.day = day_field(way.next_on or desk.today())
        self.add(_("Day"), self.day, "plan_day")
        self.day.setFocus()

    def _send(self) -> None:
        key, day = self._way.referral.id, python_date(self.day)
        self._desk.work.run(self, self._taken, ways.plan, key, day).or_else(self.fail)

    def _taken(self, _referral: Referral) -> None:
        self.accept()


class BackForm(Form):
    """A step that was a mistake is taken back, and both are kept."""

    def __init__(self, parent: QWidget, desk: Desk, way: Way) -> None:
        super().__init__(
            parent,
            _("Take back “{status}”").format(status=way.status.label),
            _("Take back the step"),
            self._send,
            danger=True,
        )
        self._desk, self._way = desk, way
        self.reason = reason_field(_BACK)
        self.add(_("Reason"), self.reason, "back_reason")
        words = _("The step stays on the list with the reason; a place that came with it goes.")
        self.fields.addRow(Label(words, "small", "text3", wrap=True))
        self.reason.setFocus()

    def _send(self) -> None:
        key, reason = self._way.referral.id, self.reason.currentText()
        self._desk.work.run(self, self._taken, ways.back, key, reason).or_else(self.fail)

    def _taken(self, _referral: Referral) -> None:
        self.accept()
