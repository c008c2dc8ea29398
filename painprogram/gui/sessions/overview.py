"""Beside the week when nothing is chosen: the week in short, and its clashes."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.sessions import Session
from painprogram.gui.sessions.cards import first_capital
from painprogram.gui.sessions.clash_list import ClashList
from painprogram.gui.sessions.parts import Fact
from painprogram.gui.sessions.shown import Shown
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext


class Overview(Ground):
    clash_chosen = Signal(object)  # Found

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="left")
        self._title = Label("", "title")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        self._count = Chip("", "block")
        self.list = ClashList(_("Clashes this week"), "alt")
        self.list.setObjectName("clashes_this_week")
        self.list.chosen.connect(self.clash_chosen)
        self._hint = Label(
            _("Choose a session to see who leads it, who comes and what can be changed."),
            "small",
            "text3",
            wrap=True,
        )
        self._hint.setContentsMargins(PANEL_EDGE, GAP, PANEL_EDGE, PANEL_EDGE)
        top = QVBoxLayout()
        top.setContentsMargins(PANEL_EDGE, PANEL_EDGE, PANEL_EDGE, 0)
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addLayout(self._facts)
        self._heading = QWidget()
        line = QHBoxLayout(self._heading)
        line.setContentsMargins(PANEL_EDGE, 18, PANEL_EDGE, 4)
        line.addWidget(Label(_("Clashes this week"), "strong", "text2"))
        line.addWidget(self._count)
        line.addStretch(1)
        self._fine = QWidget()
        line = QHBoxLayout(self._fine)
        line.setContentsMargins(PANEL_EDGE, 4, PANEL_EDGE, 0)
        line.setSpacing(GAP)
        line.addWidget(Sign("check", "ok"))
        line.addWidget(Label(_("Nothing clashes."), "body", "text2"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._heading)
        column.addWidget(self._fine)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self._hint)
        self._said: tuple[object, ...] = ()

    def show_week(self, shown: Shown) -> None:
        self._title.setText(_("The week in short"))
        facts = _facts(shown)
        if facts != self._said:
            self._said = facts
            while (item := self._facts.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for sign, text, aside in facts:
                self._facts.addWidget(Fact(sign, text, aside, aside_below=True))
        self.list.show_clashes(shown.found)
        many = sum(found.open for found in shown.found)
        self._count.show_text(str(many))
        self._count.setVisible(many > 0)
        self.list.setVisible(bool(shown.found))
        self._fine.setVisible(many == 0 and shown.complete)


def _facts(shown: Shown) -> tuple[tuple[str, str, str], ...]:
    """Sign, fact, and what is added under it."""
    there = [one for one in shown.seen if not shown.cancelled(one)]
    held = [one for one in there if isinstance(one, Session)]
    visits = [one for one in there if not isinstance(one, Session)]
    groups = len({one.group_id for one in held})
    facts = []
    if held:
        many = ngettext("{number} session", "{number} sessions", len(held))
        inside = ngettext("in {number} group", "in {number} groups", groups)
        facts.append(("calendar", many.format(number=len(held)), inside.format(number=groups)))
    else:
        facts.append(("calendar", _("No sessions"), ""))
    if visits:
        many = ngettext("{number} individual visit", "{number} individual visits", len(visits))
        facts.append(("individual", many.format(number=len(visits)), ""))
    off = sum(shown.cancelled(one) for one in shown.seen)
    if off:
        facts.append(("cancel", _("{number} cancelled").format(number=off), ""))
    full = [one for one in held if one.seats and one.taken >= one.seats]
    if full:
        many = ngettext("{number} is full", "{number} are full", len(full))
        facts.append(("people", many.format(number=len(full)), ""))
    for day in shown.days:
        facts += [_closed(day, closure.reason, closure.until) for closure in shown.closures_on(day)]
    return tuple(facts)


def _closed(day: date, reason: str, until: object) -> tuple[str, str, str]:
    words = _("Half day") if until else _("Closed")
    return ("blocked", f"{words} {i18n.day_short(day)}", first_capital(reason))
