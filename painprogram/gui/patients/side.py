"""Right of the own schedule: what it asks week by week, the commitment, and the printout."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.commitments import Commitment, told
from painprogram.domain.load import beyond, per_week
from painprogram.gui import theme, tokens
from painprogram.gui.icons import icon
from painprogram.gui.patients.load_bars import ExcessList, LoadBars, ahead
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.parts import Card
from painprogram.gui.widgets.chips import Chip, Tone
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, day_month, ngettext

_ANY = 16777215
"""Qt's largest size."""
_FEW = 2
"""Sentences on the card; all of them stand on the tab."""


def state_of(commitment: Commitment) -> tuple[str, Tone, str]:
    """How far it has come: words, tone and icon for its chip."""
    if commitment.signed_on is not None:
        text = _("Signed {day}").format(day=day_month(commitment.signed_on))
        return text, "ok", "signature"
    if commitment.agreed_on is not None:
        text = _("Agreed {day}").format(day=day_month(commitment.agreed_on))
        return text, "warn", "pen"
    if commitment.number:
        return _("Not agreed"), "warn", "pen"
    return _("Not written"), "neutral", ""


def big_button(text: str, name: str, icon_name: str, *, primary: bool = False) -> QPushButton:
    found = QPushButton(icon(icon_name), text)
    found.setObjectName(name)
    found.setAccessibleName(text)
    found.setProperty("big", True)
    found.setProperty("primary", primary)
    found.setAutoDefault(False)
    return found


def _few(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """The first ones, and how many more there are."""
    more = len(sentences) - _FEW
    if more <= 0:
        return sentences
    rest = ngettext("and {number} more sentence", "and {number} more sentences", more)
    return (*sentences[:_FEW], rest.format(number=more))


class CommitmentCard(Card):
    sign_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = Chip()
        self.state.setObjectName("commitment_state")
        self._body = QVBoxLayout()
        self._body.setSpacing(2)
        self.sign = big_button(_("Mark as signed"), "sign", "signature", primary=True)
        self.sign.clicked.connect(self._pressed)
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        top.addWidget(Label(_("Commitment"), "strong"))
        top.addStretch(1)
        top.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(self._body)
        column.addWidget(self.sign)

    def show_commitment(self, commitment: Commitment) -> None:
        self.state.show_text(*state_of(commitment))
        while item := self._body.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for heading, lines in (
            ("", _few(commitment.sentences)),
            (_("My goals"), tuple(told(goal, score) for goal, score in commitment.scored)),
            (_("Home practice"), commitment.home),
        ):
            if lines and heading:
                self._body.addSpacing(4)
                self._body.addWidget(Label(heading, "small", "text3"))
            for line in lines:
                self._body.addWidget(
                    Label(line, "small", "text" if heading else "text2", wrap=True)
                )
        if commitment.agreed_by_name:
            self._body.addSpacing(4)
            words = _("Version {number}, agreed with {name}").format(
                number=commitment.number, name=commitment.agreed_by_name
            )
            self._body.addWidget(Label(words, "small", "text3", wrap=True))
        self.sign.setVisible(commitment.signed_on is None)

    def _pressed(self) -> None:
        self.sign_asked.emit()


class Side(QScrollArea):
    """Scrolls by itself where the window is low."""

    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.load = LoadBars()
        self.excess = ExcessList()
        self.card = CommitmentCard()
        self.print = big_button(_("Print schedule"), "print_schedule", "printer")
        self.print.clicked.connect(self._print)
        inside = Ground("alt", edge="left")
        first, top = QVBoxLayout(), QHBoxLayout()
        top.addWidget(Label(_("Load per week"), "strong"))
        top.addStretch(1)
        top.addWidget(Label(_("hours · trips"), "caption", "text3"))
        first.setSpacing(12)
        first.addLayout(top)
        first.addWidget(self.load)
        first.addWidget(self.excess)
        first.addStretch(1)
        second = QVBoxLayout()
        second.setSpacing(12)
        second.addWidget(self.card)
        second.addWidget(self.print)
        second.addStretch(1)
        self._first, self._second = first, second
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, inside)
        self._halves.setContentsMargins(tokens.PANEL_EDGE, 12, tokens.PANEL_EDGE, 12)
        self._halves.setSpacing(12)
        self._halves.addLayout(first)
        self._halves.addLayout(second, 1)
        self.setWidget(inside)

    def show_patient(self, opened: Opened, today: date) -> None:
        weeks = per_week(opened.lines)
        self.load.show_weeks(weeks, today, opened.limits)
        self.excess.show_excess(beyond(ahead(weeks, today), opened.limits))
        if opened.commitment is not None:
            self.card.show_commitment(opened.commitment)

    def lie_down(self, height: int) -> None:
        """Under the table, at most *height* high; 0: upright beside it."""
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.LeftToRight if height else ways.TopToBottom)
        (self._first if height else self._second).insertWidget(3 if height else 1, self.print)
        if height:
            self.setMinimumWidth(0)
            self.setMaximumSize(_ANY, height)
        else:
            self.setMaximumHeight(_ANY)
            self.setFixedWidth(round(tokens.INSPECTOR * (1 + (theme.scale() - 1) * 0.7)))

    def _print(self) -> None:
        self.print_asked.emit()
