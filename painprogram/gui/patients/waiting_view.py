"""The waiting list: who waits, for how long and for what; and who a free place is proposed to."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.filling import Judged, Waiting
from painprogram.domain.groups import Group
from painprogram.domain.referrals import Way
from painprogram.domain.ways import WayStatus
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.patients.parts import Chips, Flow, button
from painprogram.gui.patients.waiting_filling import Filling
from painprogram.gui.patients.waiting_forms import OfferForm
from painprogram.gui.patients.waiting_table import WaitingTable
from painprogram.gui.patients.ways_forms import StepForm
from painprogram.gui.widgets.chips import Tone
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import waiting

_BESIDE = 320
_NARROW = 760


class WaitingView(Ground):
    shows = frozenset({"referral", "patient", "enrolment", "patient_group", "session"})
    patient_asked = Signal(object)
    """A patient's key."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("base", parent)
        self._desk = desk
        self._asked = 0
        self.chips = Chips()
        self.table = WaitingTable()
        self.table.opened.connect(self.patient_asked)
        self.table.chosen_changed.connect(self._show_buttons)
        self.filling = Filling(desk)
        self.filling.offer_asked.connect(self._offer)
        self._empty = Empty(
            "clock",
            _("Nobody waits. Register a referral on a patient, and put them on the list."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._lay_out()
        desk.centre_changed.connect(self._other_centre)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Label(_("Waiting list"), "heading"))
        top.addWidget(self.chips, 1)
        self.buttons: dict[str, QPushButton] = {
            "open": button(_("Open the patient"), "waiting_open", "person", self._open),
            "accept": button(_("Accepted…"), "waiting_accept", "check", self._accept),
            "decline": button(_("Wants to wait…"), "waiting_decline", "clock", self._decline),
            "end": button(_("Declines…"), "waiting_end", "blocked", self._end),
        }
        row = QWidget()
        flow = Flow(row, gap=tokens.GAP)
        for each in self.buttons.values():
            each.setProperty("small", True)
            flow.addWidget(each)
        left = Ground("base")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(tokens.SCREEN_EDGE, 12, tokens.SCREEN_EDGE, 8)
        head.setSpacing(tokens.GAP)
        head.addLayout(top)
        head.addWidget(row)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setHandleWidth(1)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(left)
        self._halves.addWidget(self.filling)
        self._halves.setStretchFactor(0, 1)
        self._halves.setSizes([4000, round(_BESIDE * theme.scale())])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._halves)
        self._show_buttons()

    def begin(self, group_id: UUID | None = None) -> None:
        """Show it as it is now, and let the keyboard begin in the list."""
        self.reload(group_id)
        self.table.setFocus()

    def reload(self, group_id: UUID | None = None) -> None:
        self._desk.work.run(
            self, self._arrived, waiting.waiting, self._desk.centre.id, today=self._desk.today()
        )
        self.filling.reload(group_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the group to fill stands under the list."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * theme.scale()
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._halves.orientation() != wanted:
            self._halves.setOrientation(wanted)
            self._halves.setSizes(
                [1000, 1000] if narrow else [4000, round(_BESIDE * theme.scale())]
            )

    def _arrived(self, line: tuple[Waiting, ...]) -> None:
        self.table.show_line(line)
        self._stack.setCurrentWidget(self.table if line else self._empty)
        offered = sum(one.referral.status is WayStatus.OFFERED for one in line)
        over = sum(one.over_limit for one in line)
        many = len(line) - offered
        chips: list[tuple[str, Tone, str]] = [
            (
                ngettext("{number} waits", "{number} wait", many).format(number=many),
                "neutral",
                "clock",
            )
        ]
        if offered:
            words = ngettext("{number} is offered a place", "{number} are offered a place", offered)
            chips.append((words.format(number=offered), "accent", "flag"))
        if over:
            words = ngettext(
                "{number} has waited longer than the limit",
                "{number} have waited longer than the limit",
                over,
            )
            chips.append((words.format(number=over), "warn", "warning"))
        self.chips.show_chips(chips)
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.table.chosen
        offered = chosen is not None and chosen.referral.status is WayStatus.OFFERED
        self.buttons["open"].setEnabled(chosen is not None)
        self.buttons["end"].setEnabled(chosen is not None)
        for name in ("accept", "decline"):
            self.buttons[name].setEnabled(offered)

    def _other_centre(self) -> None:
        if self.isVisible():
            self.reload()

    # What is done with the one that is chosen.

    def _open(self) -> None:
        if self.table.chosen is not None:
            self.patient_asked.emit(self.table.chosen.referral.patient_id)

    def _accept(self) -> None:
        self._step(WayStatus.PLACED)

    def _decline(self) -> None:
        self._step(WayStatus.WAITING)

    def _end(self) -> None:
        self._step(WayStatus.DECLINED)

    def _step(self, status: WayStatus) -> None:
        one = self.table.chosen
        if one is not None:
            group = one.referral.offered_group_id
            way = Way(one.referral, self._desk.today(), one.limit, one.name, group)
            StepForm(self, self._desk, way, status).open()

    def _offer(self, group: Group, judged: Judged) -> None:
        self.table.choose(judged.waiting.referral.id)
        OfferForm(self, self._desk, group, judged).open()
