"""What must be made up, and where: the proposals in order, each with its reasons."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.patients.lines_model import when
from painprogram.gui.patients.schedule_forms import answer_for, reason_field, wide
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _
from painprogram.usecases import makeup, schedules
from painprogram.usecases.makeup import Lacking, MakeUp, Proposal

_REASONS = (
    N_("Missed the earlier one"),
    N_("Was ill"),
    N_("Can't come on that day"),
)
_PROPOSAL = Qt.ItemDataRole.UserRole


class MakeUpForm(Form):
    """Puts the chosen proposal into the own schedule: a swap, or an addition."""

    def __init__(self, parent: QWidget, desk: Desk, place_id: UUID) -> None:
        super().__init__(parent, _("Make up what was missed"), _("Put in own schedule"), self._send)
        self.setObjectName("makeup_form")
        self._desk, self._place = desk, place_id
        self.told = Label("", "small", "text2", wrap=True)
        self.told.setObjectName("completion_told")
        self.fields.addRow(self.told)
        self.part = Choice(24)
        self.add(_("Part"), self.part, "part")
        self.part.currentIndexChanged.connect(self._show_part)
        self.proposals = QListWidget()
        self.proposals.setWordWrap(True)
        self.proposals.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.proposals.setMinimumHeight(round(200 * theme.scale()))
        self.proposals.setMinimumWidth(round(480 * theme.scale()))
        self.add(_("Session to go to"), self.proposals, "proposals")
        self.reason = wide(reason_field(_REASONS))
        self.add(_("Reason"), self.reason, "reason")
        self.button.setEnabled(False)
        desk.work.run(self, self._show, makeup.propose, place_id, desk.today()).or_else(self.fail)

    def _show(self, found: MakeUp) -> None:
        self.told.setText(found.completion.told)
        for one in found.lacking:
            self.part.offer(one.told, one, one.part.title)
        if not found.lacking:
            self.fail(_("Nothing must be made up."))
            self.button.setEnabled(False)
        self._show_part()
        self.proposals.setFocus()

    def _show_part(self) -> None:
        self.proposals.clear()
        part: Lacking | None = self.part.currentData()
        if part is None:
            return
        for one in part.proposals:
            item = QListWidgetItem(_sign(one), _words(one), self.proposals)
            item.setData(_PROPOSAL, one)
            item.setToolTip(_words(one))
        if part.proposals:
            self.wrong.hide()
            self.proposals.setCurrentRow(0)
        else:
            self.fail(part.told)
        self.button.setEnabled(bool(part.proposals))

    @property
    def chosen(self) -> Proposal | None:
        item = self.proposals.currentItem()
        found: Proposal | None = item.data(_PROPOSAL) if item else None
        return found

    def _send(self) -> None:
        one = self.chosen
        if one is None:
            self.fail(_("Choose a session."))
            return
        answer_for(self, self._desk, self._done).run(
            makeup.carry_out,
            self._place,
            one.session.id,
            self.reason.currentText(),
            one.instead_of,
            today=self._desk.today(),
        )

    def _done(self, _own: schedules.OwnSchedule) -> None:
        self.accept()


def _sign(one: Proposal) -> QIcon:
    return icon("warning", "warn") if one.against else icon("check", "ok")


def _words(one: Proposal) -> str:
    parts = [when(one.session), *one.reasons]
    if one.instead_of is not None:
        parts.append(_("instead of what lies ahead"))
    return "  ·  ".join((*parts, *one.against))
