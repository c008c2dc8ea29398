"""Beside the week: what a proposed plan costs and changes, what got no place, apply or discard."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.plans import PlanProposal
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.planning.change_list import ChangeList
from painprogram.gui.planning.cost_lines import CostLines
from painprogram.gui.planning.hairline import Hairline
from painprogram.gui.planning.unplaced_box import UnplacedBox
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext

_WIDE, _NARROW = 392, 300


class PlanPanel(Ground):
    change_chosen = Signal(int)
    verb_asked = Signal(str, int)
    """``keep``, ``before`` or ``after``, of the change with this number."""
    applied = Signal()
    discarded = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="left")
        self.setObjectName("plan_panel")
        self.setAccessibleName(_("Proposed plan"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._proposal: PlanProposal | None = None
        self.costs = CostLines()
        self.unplaced = UnplacedBox()
        self.changes = ChangeList()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._scrolled(), 1)
        column.addWidget(self._refusal())
        column.addWidget(self._foot())
        self._wire()
        self._fit()
        theme.notifier.changed.connect(self._fit)

    # Parts

    def _head(self) -> QVBoxLayout:
        self._title = Label(_("Proposed plan"), "title")
        self._took = Elided("", "small", "text2")
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._took)
        self._span = Elided("", "small", "text2")
        self._span.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(Sign("lock", "text2", 14))
        line.addWidget(self._span, 1)
        head = QVBoxLayout()
        head.setContentsMargins(PANEL_EDGE, 12, PANEL_EDGE, 8)
        head.setSpacing(6)
        head.addLayout(top)
        head.addLayout(line)
        return head

    def _scrolled(self) -> QScrollArea:
        self._bound = Label("", "small", "text2", wrap=True)
        self._bound.setObjectName("plan_bound")
        self._bound.setContentsMargins(PANEL_EDGE, 8, PANEL_EDGE, 8)
        self._many = Label("", "strong")
        self._letters = Label("", "small", "text2", wrap=True)
        self._letters.setObjectName("plan_letters")
        self._heading = QWidget()
        lines = QVBoxLayout(self._heading)
        lines.setContentsMargins(PANEL_EDGE, 10, PANEL_EDGE, 8)
        lines.setSpacing(2)
        lines.addWidget(self._many)
        lines.addWidget(self._letters)
        self._choices = QVBoxLayout()
        self._choices.setContentsMargins(PANEL_EDGE, 0, PANEL_EDGE, 0)
        self._choices.setSpacing(6)
        self._ground = QWidget()
        column = QVBoxLayout(self._ground)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for part in (Hairline(), self.costs, self._bound, self.unplaced, Hairline()):
            column.addWidget(part)
        column.addWidget(self._heading)
        column.addWidget(Hairline())
        column.addWidget(self.changes)
        column.addLayout(self._choices)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("plan_scroll")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._ground)
        return self._area

    def _refusal(self) -> QWidget:
        self._wrong = Label("", "body", "block", wrap=True)
        self._wrong.setObjectName("plan_wrong")
        self.again = _button("reckon_anew", "refresh", _("Plan again"), self.again_asked.emit)
        self._refused = Ground("block_tint", edge="top")
        row = QVBoxLayout(self._refused)
        row.setContentsMargins(PANEL_EDGE, 10, PANEL_EDGE, 10)
        row.setSpacing(GAP)
        row.addWidget(self._wrong)
        line = QHBoxLayout()
        line.addWidget(self.again)
        line.addStretch(1)
        row.addLayout(line)
        self._refused.hide()
        return self._refused

    def _foot(self) -> QWidget:
        self.discard = _button("discard_plan", "", _("Discard"), self.discarded.emit)
        self.apply = _button("apply_plan", "check", _("Apply"), self.applied.emit)
        self.apply.setProperty("primary", True)
        for button in (self.discard, self.apply):
            button.setProperty("big", True)
        self.apply.setIcon(icon("check", "on_accent"))
        foot = Ground("alt", edge="top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(PANEL_EDGE, 10, PANEL_EDGE, 10)
        row.addWidget(self.discard)
        row.addStretch(1)
        row.addWidget(self.apply)
        return foot

    def _wire(self) -> None:
        self.changes.walked.connect(self.change_chosen)
        self.changes.menu_asked.connect(self._open_menu)
        self.changes.seen.connect(self._scroll_to)

    # What is shown

    def show_proposal(self, proposal: PlanProposal) -> None:
        self._proposal = proposal
        self._refused.hide()
        self.set_waiting(waiting=False)
        took = _("stopped after {seconds} s") if proposal.cancelled else _("done in {seconds} s")
        self._took.set_text(took.format(seconds=max(1, round(proposal.seconds))))
        self._span.set_text(_moved(proposal))
        self.costs.show_lines(proposal.lines)
        self._bound.setText(bound(proposal))
        self.unplaced.show_unplaced(proposal.unplaced)
        many = len(proposal.changes)
        words = ngettext("{number} change", "{number} changes", many)
        self._many.setText(words.format(number=i18n.number(many)))
        self._letters.setText(_letters(proposal))
        self.changes.show_changes(proposal.changes)
        self._show_choices(proposal)
        self.apply.setEnabled(not proposal.empty)
        self.show_top()

    def show_top(self) -> None:
        """What it costs comes first, whichever change is chosen."""
        self._area.verticalScrollBar().setValue(0)

    def refuse(self, sentence: str) -> None:
        """It can't be applied: why, and what to do instead."""
        self._wrong.setText(sentence)
        self._refused.setAccessibleName(sentence)
        self._refused.show()
        self.set_waiting(waiting=False)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_waiting(self, *, waiting: bool) -> None:
        """While it is applied, or another is made."""
        some = self._proposal is not None and not self._proposal.empty
        self.apply.setEnabled(some and not waiting)
        self.discard.setEnabled(not waiting)
        self.again.setEnabled(not waiting)
        self._ground.setEnabled(not waiting)

    def _show_choices(self, proposal: PlanProposal) -> None:
        while (item := self._choices.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if proposal.choices:
            many = len(proposal.choices)
            words = ngettext(
                "{number} patient goes to a parallel session",
                "{number} patients go to parallel sessions",
                many,
            )
            self._choices.addSpacing(12)
            self._choices.addWidget(Label(words.format(number=many), "strong", wrap=True))
        for choice in proposal.choices:
            told = f"{choice.patient}: {choice.title}, {choice.text}"
            self._choices.addWidget(Label(told, "small", "text2", wrap=True))

    def _open_menu(self, number: int, where: QPoint) -> None:
        self.menu(number).popup(where)

    def menu(self, number: int) -> QMenu:
        """What can be done with a change."""
        menu = QMenu(self)
        menu.setObjectName("change_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb, sign, text in (
            ("after", "target", _("Show the proposed place")),
            ("before", "calendar", _("Show where it stands now")),
            ("keep", "lock", _("Keep it as it is: lock it and plan again")),
        ):
            action = menu.addAction(icon(sign), text)
            action.setData((verb, number))
        menu.triggered.connect(self._picked)
        return menu

    def _picked(self, action: QAction) -> None:
        verb, number = action.data()
        self.verb_asked.emit(verb, number)

    def _scroll_to(self, line: QRect) -> None:
        top = self.changes.mapTo(self._ground, line.topLeft())
        middle = QPoint(top.x() + line.width() // 2, top.y() + line.height() // 2)
        self._area.ensureVisible(middle.x(), middle.y(), 0, line.height())

    # Looks

    def sizeHint(self) -> QSize:
        return QSize(round(_WIDE * theme.scale()), 600)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(_NARROW)
        self.setMaximumWidth(round(_WIDE * theme.scale()))
        palette = self._ground.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.tokens().alt)
        for widget in (self._area, self._ground):
            widget.setPalette(palette)
            widget.setAutoFillBackground(True)


def bound(proposal: PlanProposal) -> str:
    """How far it can be from the best possible."""
    if proposal.proven:
        return _("Best possible: with these wishes and locks no plan is better.")
    if proposal.bound > 0:
        words = _("No more than {percent} % from the best possible.")
        return words.format(percent=i18n.number(proposal.distance))
    if proposal.cancelled:
        return _("The best that was found before you stopped it.")
    return _("The best that was found in this time. A longer search may find a better one.")


def _moved(proposal: PlanProposal) -> str:
    """``19 pass låsta, 5 fick flyttas, v. 46–52``"""
    locked = ngettext(
        "{number} session stood still", "{number} sessions stood still", proposal.locked
    )
    free = ngettext("{number} could move", "{number} could move", proposal.movable)
    parts = [locked.format(number=proposal.locked), free.format(number=proposal.movable)]
    days = [change.after.start.date() for change in proposal.changes]
    if days:
        parts.append(_weeks(min(days), max(days)))
    return ", ".join(parts)


def _weeks(first: date, last: date) -> str:
    if i18n.week(first) == i18n.week(last):
        return i18n.week(first)
    return f"{i18n.week(first)}–{last.isocalendar().week}"


def _letters(proposal: PlanProposal) -> str:
    if proposal.empty:
        return _("The plan there is needs no change.")
    if not proposal.patients:
        return _("No patient has to be told of anything new.")
    words = ngettext(
        "{number} patient gets new times and a new letter.",
        "{number} patients get new times and a new letter.",
        proposal.patients,
    )
    return words.format(number=proposal.patients)


def _button(name: str, sign: str, text: str, pressed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    if sign:
        button.setIcon(icon(sign))
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.clicked.connect(pressed)
    return button
