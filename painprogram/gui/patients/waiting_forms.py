"""A place is offered: to whom it was proposed with its reasons, to another with one's own."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from painprogram.domain.filling import Judged
from painprogram.domain.groups import Group
from painprogram.domain.referrals import Referral
from painprogram.domain.ways import LONGEST_REASON
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.patients.schedule_forms import python_date
from painprogram.gui.patients.ways_forms import past_day
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import waiting

_LINES = 4


class OfferForm(Form):
    def __init__(self, parent: QWidget, desk: Desk, group: Group, judged: Judged) -> None:
        title = _("Offer {name} a place in {group}").format(
            name=judged.waiting.name, group=group.name
        )
        super().__init__(parent, title, _("Offer the place"), self._send)
        self._desk, self._group, self._judged = desk, group, judged
        self.day = past_day(desk.today())
        self.add(_("Day"), self.day, "offer_day")
        self.why = QPlainTextEdit(judged.told if judged.seat is not None else "")
        self.why.setTabChangesFocus(True)
        line = theme.font("body").pointSizeF() * 2.0 * theme.scale()
        self.why.setFixedHeight(round(line * _LINES + 16))
        self.add(_("Why"), self.why, "offer_why")
        if judged.seat is None:
            words = _("Somebody else was proposed ({why}). Write why this patient.")
            told = words.format(why="; ".join(judged.against))
            self.fields.addRow(Label(told, "small", "warn", wrap=True))
            self.why.setFocus()
        else:
            self.button.setFocus()

    def _send(self) -> None:
        why = " ".join(self.why.toPlainText().split())[:LONGEST_REASON]
        if not why:
            self.fail(_("Write the reason."))
            return
        self._desk.work.run(
            self,
            self._offered,
            waiting.offer,
            self._judged.waiting.referral.id,
            self._group.id,
            python_date(self.day),
            why=why,
            today=self._desk.today(),
        ).or_else(self.fail)

    def _offered(self, _referral: Referral) -> None:
        self.accept()
