"""Under a patient's name: where the way stands, what is next and when, and the buttons for it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from painprogram.domain.referrals import Way
from painprogram.domain.ways import ReferralKind, WayStatus, following, steps_in
from painprogram.gui.icons import icon
from painprogram.gui.patients import ways_words
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.parts import Flow, button
from painprogram.gui.tokens import GAP, SCREEN_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_STEPS_SHOWN = 8


class WayStrip(Ground):
    """Says what is wanted; the page has the forms."""

    step_asked = Signal(object)
    """A ``WayStatus`` to come to."""
    done_asked = Signal()
    plan_asked = Signal()
    back_asked = Signal()
    referral_asked = Signal(bool)
    """Whether a new one; else the one that is known is corrected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="top")
        self.way: Way | None = None
        self.status = Chip()
        self.status.setObjectName("way_status")
        self.since = Elided(role="small", ink="text2")
        self.since.setObjectName("way_since")
        self.next = Elided(role="small", ink="text")
        self.next.setObjectName("way_next")
        self.main = button("", "way_main", "arrow-right", self._main)
        self.main.setProperty("small", True)
        self.more = QPushButton(icon("more"), "")
        self.more.setObjectName("way_more")
        self.more.setProperty("small", True)
        self.more.setAccessibleName(_("More about the patient's way"))
        self.more.setToolTip(self.more.accessibleName())
        self.more.setAutoDefault(False)
        self.more.setMenu(QMenu(self.more))
        self.show_steps = button(_("Steps"), "way_steps", "chevron-down", self._steps)
        self.show_steps.setProperty("small", True)
        self.show_steps.setCheckable(True)
        self.list = QWidget()
        self.list.setObjectName("way_steps_list")
        self._lines = QVBoxLayout(self.list)
        self._lines.setContentsMargins(0, 0, 0, 2)
        self._lines.setSpacing(2)
        self.list.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self.status)
        first.addWidget(self.since, 1)
        words.addLayout(first)
        words.addWidget(self.next)
        buttons = QWidget()
        flow = Flow(buttons, gap=6)
        for each in (self.main, self.show_steps, self.more):
            flow.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(words, 1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(SCREEN_EDGE, 6, SCREEN_EDGE, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.list)

    def show_patient(self, opened: Opened, today: date) -> None:
        before = self.way.referral.patient_id if self.way else None
        self.way = opened.ways[0] if opened.ways else None
        if self.way is None:
            self._show_none()
        else:
            self._show_way(self.way, today)
            if before != self.way.referral.patient_id:
                self.show_steps.setChecked(False)
            self._show_lines(opened.ways)
        self._steps()

    def _show_none(self) -> None:
        self.status.show_text(_("No referral"), "warn", "warning")
        self.since.set_text(_("Nobody has written down why the patient is here."), "text2")
        self.next.set_text(_("Register the referral or the patient's own wish."), "text")
        self._name_main(_("Register a referral…"))
        self.show_steps.hide()
        self.more.hide()

    def _show_way(self, way: Way, today: date) -> None:
        self.status.show_text(*ways_words.chip(way))
        self.since.set_text(ways_words.since(way), "warn" if way.over_limit else "text2")
        coming, tone = ways_words.coming(way, today)
        words = _("Next: {step}").format(step=coming) if way.next_step else coming
        self.next.set_text(words, "warn" if tone == "warn" else "text")
        self.show_steps.show()
        self.more.show()
        natural = ways_words.NATURAL.get(way.status)
        if self._is_done_first(way) and way.next_step:
            self._name_main(ways_words.done_verb(way.next_step))
        elif natural is not None:
            self._name_main(ways_words.verb(natural))
        else:
            self._name_main(_("Register a referral…"))
        self._fill(way)

    @staticmethod
    def _is_done_first(way: Way) -> bool:
        """Whether the next step is one that is simply done, before or without another status."""
        if way.next_step is None:
            return False
        steps = steps_in(way.status, way.referral.values.kind)
        return way.status.ended or way.next_step is not steps[-1]

    def _fill(self, way: Way) -> None:
        menu = self.more.menu()
        menu.clear()
        if self._is_done_first(way):
            for status in following(way.status):
                self._offer(menu, status.value, ways_words.verb(status), partial(self._ask, status))
        else:
            natural = ways_words.NATURAL.get(way.status)
            for status in following(way.status):
                if status is not natural:
                    verb = ways_words.verb(status)
                    self._offer(menu, status.value, verb, partial(self._ask, status))
        menu.addSeparator()
        if way.next_step is not None:
            self._offer(menu, "plan", _("Move the next step…"), self.plan_asked.emit)
        known = way.referral.values.kind is not ReferralKind.DIRECT
        words = _("Change the referral…") if known else _("Register a referral…")
        self._offer(menu, "referral", words, partial(self.referral_asked.emit, not known))
        if way.referral.closed or way.status.ended:
            self._offer(menu, "again", _("New referral…"), partial(self.referral_asked.emit, True))
        if len(way.steps) > 1:
            self._offer(menu, "back", _("Take back the last step…"), self.back_asked.emit)

    @staticmethod
    def _offer(menu: QMenu, name: str, text: str, pressed: Callable[[], object]) -> None:
        action = menu.addAction(text)
        action.setObjectName(f"way_{name}")
        action.triggered.connect(lambda _on=False: pressed())

    def _name_main(self, words: str) -> None:
        self.main.setText(words.replace("&", "&&"))
        self.main.setAccessibleName(words)

    def _show_lines(self, every: tuple[Way, ...]) -> None:
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, way in enumerate(every):
            values = way.referral.values
            head = [values.kind.label, *([values.from_whom] if values.from_whom else [])]
            if values.reason:
                head.append(" ".join(values.reason.split()))
            head += values.needs
            self._lines.addWidget(Elided(" · ".join(head), "small", "text"))
            for step in way.steps[-_STEPS_SHOWN:]:
                words = ways_words.step_words(step)
                self._lines.addWidget(Elided(words, "small", "text2"))
            if number + 1 < len(every):
                self._lines.addWidget(Label("", "caption"))

    # What the buttons ask for.

    def _main(self) -> None:
        way = self.way
        natural = ways_words.NATURAL.get(way.status) if way else None
        if way is not None and self._is_done_first(way):
            self.done_asked.emit()
        elif natural is not None:
            self.step_asked.emit(natural)
        else:
            self.referral_asked.emit(True)

    def _ask(self, status: WayStatus) -> None:
        self.step_asked.emit(status)

    def _steps(self) -> None:
        shown = self.show_steps.isChecked() and self.way is not None
        self.list.setVisible(shown)
        self.show_steps.setIcon(icon("chevron-up" if shown else "chevron-down"))
