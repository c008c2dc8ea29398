"""A patient's pause in the group: from when to when and why, and the one that is or comes."""

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from painprogram.domain.schedule import Line
from painprogram.gui import tokens
from painprogram.gui.desk import Desk
from painprogram.gui.patients.parts import button
from painprogram.gui.patients.schedule_forms import day_field, python_date, reason_field
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _, day_month, ngettext
from painprogram.usecases import rests
from painprogram.usecases.rests import Rest

_REASONS = (
    N_("Is ill"),
    N_("Is having an operation or treatment"),
    N_("Is away"),
    N_("Needs a break"),
)
_WEEK = timedelta(days=6)


def told(rest: Rest) -> str:
    """``Rests 12–20 dec: Operation``"""
    return _("Rests {first} – {last}: {reason}").format(
        first=day_month(rest.first), last=day_month(rest.last), reason=rest.reason
    )


class RestForm(Form):
    """The days, the reason, and what would be missed; with *rest* that is changed."""

    def __init__(
        self, parent: QWidget, desk: Desk, place_id: UUID, rest: Rest | None = None
    ) -> None:
        verb = _("Change the pause") if rest else _("Pause")
        super().__init__(parent, _("Pause in the group"), verb, self._send)
        self._desk, self._place, self._rest = desk, place_id, rest
        self._asked = 0
        words = _("The patient keeps the seat, and nobody expects them on these days.")
        self.fields.addRow(Label(words, "small", "text3", wrap=True))
        first = rest.first if rest else desk.today()
        self.first = day_field(first)
        self.last = day_field(rest.last if rest else first + _WEEK)
        self.add(_("From"), self.first, "rest_first")
        self.add(_("To and including"), self.last, "rest_last")
        self.reason = reason_field(_REASONS)
        if rest is not None:
            self.reason.setEditText(rest.reason)
        self.add(_("Reason"), self.reason, "reason")
        self.missed = Label("", "small", "text2", wrap=True)
        self.missed.setObjectName("missed")
        self.fields.addRow(self.missed)
        self.first.dateChanged.connect(self._first)
        self.last.dateChanged.connect(self._ask)
        self.reason.setFocus()
        self._ask()

    def _first(self) -> None:
        if self.last.date() < self.first.date():
            self.last.setDate(QDate(self.first.date()).addDays(_WEEK.days))
        self._ask()

    def _ask(self) -> None:
        self._asked += 1
        first, last = python_date(self.first), python_date(self.last)
        self._desk.work.run(self, self._arrived, rests.missed, self._place, first, last).or_else(
            self.fail
        )

    def _arrived(self, found: tuple[Line, ...]) -> None:
        text = ngettext(
            "{number} session of the own schedule falls in the pause.",
            "{number} sessions of the own schedule fall in the pause.",
            len(found),
        ).format(number=len(found))
        if found and self._rest is None:
            named = ", ".join(dict.fromkeys(line.session.title for line in found))
            text = f"{text} {named}"
        self.missed.setText(text)

    def _send(self) -> None:
        days = python_date(self.first), python_date(self.last)
        reason = self.reason.currentText()
        if self._rest is None:
            task = self._desk.work.run(self, self._done, rests.rest, self._place, *days, reason)
        else:
            task = self._desk.work.run(self, self._done, rests.change, self._rest, *days, reason)
        task.or_else(self.fail)

    def _done(self, _rest: Rest) -> None:
        self.accept()


class RestsStrip(Ground):
    """The pauses that are or come, each with what can be done about it."""

    change_asked = Signal(object)
    """A ``Rest``."""
    remove_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="bottom")
        self.setObjectName("rests")
        self.shown: tuple[Rest, ...] = ()
        self._held = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(4)
        self.hide()

    def show_rests(self, found: tuple[Rest, ...], today: date, *, held: bool) -> None:
        ahead = tuple(one for one in found if one.last >= today)
        if (ahead, held) == (self.shown, self._held):
            return
        self.shown, self._held = ahead, held
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, rest in enumerate(ahead, 1):
            self._column.addWidget(self._row(rest, number))
        self.setVisible(bool(ahead))

    def _row(self, rest: Rest, number: int) -> QWidget:
        found = QWidget()
        row = QHBoxLayout(found)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(Sign("pause", "warn"))
        words = Elided(role="body")
        words.set_text(told(rest))
        row.addWidget(words, 1)
        for name, text, icon_name, pressed in (
            ("change", _("Change…"), "pen", self._change),
            ("remove", _("Take away"), "trash", self._remove),
        ):
            one = button(text, f"rest_{number}_{name}", icon_name, pressed)
            one.setAccessibleName(f"{text} {told(rest)}")
            one.setProperty("small", True)
            one.setProperty("at", number - 1)
            one.setEnabled(self._held)
            row.addWidget(one)
        return found

    def _sent(self) -> Rest:
        sender = self.sender()
        at = sender.property("at") if sender is not None else 0
        return self.shown[int(at)]

    def _change(self) -> None:
        self.change_asked.emit(self._sent())

    def _remove(self) -> None:
        self.remove_asked.emit(self._sent())
