"""A patient goes on in another group: which, from when and why, and what becomes of everything."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment, Patient
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.entries import Entries
from painprogram.gui.patients.placing import GroupChoice, open_groups
from painprogram.gui.patients.schedule_forms import (
    answer_for,
    day_field,
    python_date,
    reason_field,
)
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.ground import Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _, day_short, ngettext
from painprogram.usecases import moving
from painprogram.usecases.moving import Move

_REASONS = (
    N_("The time does not suit"),
    N_("Needs another pace"),
    N_("Moves to another centre"),
    N_("The group is merged with another"),
)


def kept_and_new(move: Move) -> list[tuple[str, str, str]]:
    """What becomes of everything: icon, its colour and the words."""
    old, new = move.old.group_name, move.group_name
    day = day_short(move.first)
    found = [("check", "ok", _kept(move, old))]
    if move.until:
        words = ngettext(
            "Until {day} the patient comes to {number} session in {group} as before.",
            "Until {day} the patient comes to {number} sessions in {group} as before.",
            len(move.until),
        )
        found.append(("check", "ok", words.format(number=len(move.until), group=old, day=day)))
    words = ngettext(
        "New: {number} session in {group} from {day}.",
        "New: {number} sessions in {group} from {day}.",
        len(move.new),
    )
    found.append(("plus", "accent", words.format(number=len(move.new), group=new, day=day)))
    if move.left:
        words = ngettext(
            "{number} session ahead in {group} goes away.",
            "{number} sessions ahead in {group} go away.",
            len(move.left),
        )
        found.append(("minus", "text2", words.format(number=len(move.left), group=old)))
    if move.follows:
        words = ngettext(
            "{number} own visit or added session goes along.",
            "{number} own visits or added sessions go along.",
            len(move.follows),
        )
        found.append(("check", "ok", words.format(number=len(move.follows))))
    if move.goals:
        words = _("Goals and home practice go along, and are agreed and signed again.")
        found.append(("check", "ok", words))
    if move.again:
        words = _("Comes again: {titles}").format(titles=", ".join(move.again))
        found.append(("info", "text2", words))
    if move.lacking:
        words = _("The group has been through this, the patient has not: {titles}").format(
            titles=", ".join(move.lacking)
        )
        found.append(("warning", "warn", words))
    return found


def _kept(move: Move, group: str) -> str:
    words = ngettext(
        "Kept as it was: {number} session in {group}, attendance noted at {noted}.",
        "Kept as it was: {number} sessions in {group}, attendance noted at {noted}.",
        len(move.past),
    )
    return words.format(number=len(move.past), group=group, noted=move.noted)


class _Told(QScrollArea):
    """Lines with an icon each."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self.setWidget(self._inside)
        self.setMinimumWidth(round(480 * theme.scale()))
        self.setMinimumHeight(round(240 * theme.scale()))

    def show_lines(self, lines: list[tuple[str, str, str]]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.texts = [text for _sign, _role, text in lines]
        top = self._grid.alignment().AlignTop
        for at, (sign, role, text) in enumerate(lines):
            self._grid.addWidget(Sign(sign, role), at, 0, top)
            self._grid.addWidget(Label(text, "body", wrap=True), at, 1, top)
        self._grid.setRowStretch(len(lines), 1)


class MoveForm(Form):
    """Nothing is moved before the button is pressed; the preview says what will be."""

    def __init__(self, parent: QWidget, desk: Desk, patient: Patient, place: Enrolment) -> None:
        super().__init__(
            parent,
            _("Move {name} to another group").format(name=patient.name),
            _("Move to the group"),
            self._send,
        )
        self._desk, self._place = desk, place
        self._asked: tuple[object, date] | None = None
        leaving = Elided(role="strong")
        leaving.set_text(place.group_name)
        self.fields.addRow(_("From group"), leaving)
        self.group = GroupChoice(_("Choose a group"))
        self.group.currentIndexChanged.connect(self._chosen)
        self.add(_("To group"), self.group, "group")
        self.day = day_field(desk.today())
        self.day.dateChanged.connect(self._ask)
        self.add(_("From"), self.day, "day")
        self.entry = Entries(self, desk, self.day)
        self.reason = reason_field(_REASONS)
        self.add(_("Reason"), self.reason, "reason")
        self.told = _Told()
        self.told.setObjectName("kept_and_new")
        self.told.setAccessibleName(_("What is kept and what is new"))
        column = QVBoxLayout()
        column.addWidget(self.told)
        self.fields.addRow(column)
        self.button.setEnabled(False)
        self.group.setFocus()
        desk.work.run(self, self._groups, open_groups).or_else(self.fail)

    def _groups(self, found: tuple[Group, ...]) -> None:
        others = [group for group in found if group.id != self._place.group_id]
        self.group.offer(others, self._desk.centre.id)
        if not others:
            self.fail(_("No other group is open."))
            self.button.setEnabled(False)

    def _chosen(self) -> None:
        group = self.group.chosen
        if group is not None and group.first is not None:
            day = max(self._desk.today(), group.first)
            self.day.setDate(QDate(day.year, day.month, day.day))
        self.entry.ask(group)
        self._ask()

    def _ask(self) -> None:
        group, day = self.group.chosen, python_date(self.day)
        self.wrong.setVisible(False)
        if group is None or self._asked == (group.id, day):
            return
        self._asked = group.id, day
        self.button.setEnabled(False)
        self._desk.work.run(
            self,
            self._previewed,
            moving.preview,
            self._place.id,
            group.id,
            day,
            self._desk.today(),
        ).or_else(self._refused)

    def _previewed(self, move: Move) -> None:
        if self._asked != (move.group_id, move.first):
            return  # something else has been asked for since
        self.told.show_lines(kept_and_new(move))
        self.told.setAccessibleDescription("\n".join(self.told.texts))
        self.button.setEnabled(True)
        if not move.free:
            self.fail(_("{group} is full.").format(group=move.group_name))
            self.button.setEnabled(False)

    def _refused(self, sentence: str) -> None:
        self.told.show_lines([])
        self.fail(sentence)
        self.button.setEnabled(False)

    def _send(self) -> None:
        group = self.group.chosen
        if group is None:
            self.fail(_("Choose a group."))
            return
        answer_for(self, self._desk, self._moved).run(
            moving.move,
            self._place.id,
            group.id,
            python_date(self.day),
            self.reason.currentText(),
            today=self._desk.today(),
        )

    def _moved(self, _place: Enrolment) -> None:
        self.accept()
