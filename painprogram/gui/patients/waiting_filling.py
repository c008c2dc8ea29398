"""Beside the waiting list: a group with free places, who they are proposed to, and why."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.filling import Judged
from painprogram.domain.groups import Group
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.patients.parts import Card
from painprogram.gui.patients.placing import open_groups
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, day_month, ngettext
from painprogram.usecases import waiting
from painprogram.usecases.waiting import Proposals

_MOST = 40
"""Who is passed over, as cards; the table has them all."""


class JudgedCard(Card):
    """One who waits: the seat, the reasons, and the button that offers it."""

    offer_asked = Signal(object)
    shown_asked = Signal(object)

    def __init__(self, judged: Judged, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.judged = judged
        name = Elided(judged.waiting.name, "strong")
        self.button = QPushButton(_("Offer…"))
        self.button.setObjectName("offer")
        self.button.setProperty("small", True)
        self.button.setProperty("primary", judged.seat is not None)
        self.button.setAutoDefault(False)
        words = _("Offer a place to {name}").format(name=judged.waiting.name)
        self.button.setAccessibleName(words)
        self.button.clicked.connect(self._pressed)
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        if judged.seat is not None:
            top.addWidget(Chip(_("Seat {number}").format(number=judged.seat), "ok", "check"))
        top.addWidget(name, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(3)
        column.addLayout(top)
        for text in judged.against:
            column.addWidget(Label(text, "small", "warn", wrap=True))
        column.addWidget(Label(_sentence(judged), "small", "text2", wrap=True))
        self.setAccessibleName(". ".join((judged.waiting.name, *judged.against, _sentence(judged))))

    def _pressed(self) -> None:
        self.offer_asked.emit(self.judged)


class Filling(Ground):
    offer_asked = Signal(object, object)
    """The ``Group``, and the ``Judged`` who is to be offered a place in it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="left")
        self._desk = desk
        self._asked = 0
        self.proposals: Proposals | None = None
        self.cards: list[JudgedCard] = []
        self.group = Choice(14)
        self.group.setObjectName("group_to_fill")
        self.group.setAccessibleName(_("Group to fill"))
        self.group.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.group.currentIndexChanged.connect(self._propose)
        self.seats = Label("", "small", "text2", wrap=True)
        self.seats.setObjectName("free_seats")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.PANEL_EDGE, 12, tokens.PANEL_EDGE, 0)
        top.setSpacing(6)
        top.addWidget(Label(_("Fill a group"), "strong"))
        top.addWidget(self.group)
        top.addWidget(self.seats)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addLayout(top)
        column.addWidget(self._area, 1)
        self.setMinimumWidth(round(230 * theme.scale()))
        theme.notifier.changed.connect(self._dress)
        self._show(())

    def reload(self, wanted: UUID | None = None) -> None:
        self._desk.work.run(self, partial(self._groups, wanted), open_groups)

    def _groups(self, wanted: UUID | None, found: tuple[Group, ...]) -> None:
        kept = wanted or (self.group.currentData().id if self.group.currentData() else None)
        here = [one for one in found if one.centre_id == self._desk.centre.id]
        blocked = self.group.blockSignals(True)
        self.group.clear()
        for one in sorted(here, key=lambda group: group.free == 0):
            free = ngettext("{number} free of {all}", "{number} free of {all}", one.free)
            words = free.format(number=one.free, all=one.maximum)
            day = _("from {day}").format(day=day_month(one.first)) if one.first else ""
            self.group.offer("  ·  ".join(x for x in (one.name, words, day) if x), one, one.name)
            if one.id == kept:
                self.group.setCurrentIndex(self.group.count() - 1)
        self.group.blockSignals(blocked)
        self.group.setEnabled(bool(here))
        if here:
            self._propose()
        else:
            self.seats.setText(_("No group of the centre is open. Open one on Programmes."))
            self._show(())

    def _propose(self) -> None:
        group = self.group.currentData()
        if group is None:
            return
        self._asked += 1
        done, today = partial(self._arrived, self._asked), self._desk.today()
        self._desk.work.run(self, done, waiting.propose, group.id, today=today)

    def _arrived(self, asked: int, found: Proposals) -> None:
        if asked != self._asked:
            return
        self.proposals = found
        words = [
            ngettext(
                "{free} free seat of {maximum}", "{free} free seats of {maximum}", found.free
            ).format(free=found.free, maximum=found.group.maximum)
        ]
        if found.offered:
            words.append(
                ngettext(
                    "{number} offered and not answered",
                    "{number} offered and not answered",
                    found.offered,
                ).format(number=found.offered)
            )
        self.seats.setText(" · ".join(words))
        self._show(found.judged)

    def _show(self, judged: tuple[Judged, ...]) -> None:
        inside = Ground("alt")
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.PANEL_EDGE, 4, tokens.PANEL_EDGE, 12)
        column.setSpacing(tokens.GAP)
        self.cards = []
        chosen = [one for one in judged if one.seat is not None]
        rest = [one for one in judged if one.seat is None]
        for heading, several in (
            (_("Proposed"), chosen),
            (_("Not now, and why"), rest[:_MOST]),
        ):
            if several:
                column.addWidget(Label(heading, "small", "text3"))
            for one in several:
                card = JudgedCard(one)
                card.offer_asked.connect(self._offer)
                self.cards.append(card)
                column.addWidget(card)
        if len(rest) > _MOST:
            more = _("and {number} more in the list").format(number=len(rest) - _MOST)
            column.addWidget(Label(more, "small", "text3", wrap=True))
        if self.proposals is not None and not judged:
            column.addWidget(Label(_("Nobody waits."), "small", "text3", wrap=True))
        column.addStretch(1)
        self._area.setWidget(inside)
        self._dress()

    def _offer(self, judged: Judged) -> None:
        if self.proposals is not None:
            self.offer_asked.emit(self.proposals.group, judged)

    def _dress(self) -> None:
        palette = theme.palette(theme.tokens())
        palette.setColor(QPalette.ColorRole.Window, theme.tokens().alt)
        self._area.viewport().setPalette(palette)


def _sentence(judged: Judged) -> str:
    """The reasons with a capital at the beginning."""
    told = judged.told
    return f"{told[:1].upper()}{told[1:]}."
