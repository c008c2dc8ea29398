"""The own schedule: the group's base schedule with this patient's differences."""

from collections import Counter
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.schedule import Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.patients.completion_line import CompletionLine
from painprogram.gui.patients.lines_model import is_added
from painprogram.gui.patients.lines_view import LinesView
from painprogram.gui.patients.makeup_form import MakeUpForm
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.parts import Chips, button, grounded, offer
from painprogram.gui.patients.rest_forms import RestForm, RestsStrip
from painprogram.gui.patients.schedule_forms import AddForm, OptOutForm, SwapForm, VisitForm
from painprogram.gui.patients.side import Side
from painprogram.gui.widgets.chips import Tone
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import rests, schedules
from painprogram.usecases.rests import Rest

_NARROW = 760
"""Below this width (at 10 pt) what stands at the right goes under the table."""


def differences(lines: tuple[Line, ...]) -> list[tuple[str, Tone]]:
    """``1 abstains``, ``2 swaps``, ``1 added``: what differs from the base schedule."""
    kinds = Counter(line.kind for line in lines if not is_added(line))
    added = sum(map(is_added, lines))
    found: list[tuple[int, str, Tone]] = [
        (
            kinds[LineKind.OPT_OUT],
            ngettext("{number} abstained", "{number} abstained", kinds[LineKind.OPT_OUT]),
            "neutral",
        ),
        (
            kinds[LineKind.SWAP],
            ngettext("{number} swap", "{number} swaps", kinds[LineKind.SWAP]),
            "accent",
        ),
        (
            kinds[LineKind.PAUSED],
            ngettext("{number} in a pause", "{number} in a pause", kinds[LineKind.PAUSED]),
            "neutral",
        ),
        (added, ngettext("{number} added", "{number} added", added), "ok"),
    ]
    return [(text.format(number=number), tone) for number, text, tone in found if number]


class ScheduleTab(QWidget):
    enrol_asked = Signal()
    leave_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opened: Opened | None = None
        self.view = LinesView()
        self.view.ticked.connect(self.tick)
        self.view.removed.connect(self._remove)
        self.view.entered_line.connect(self._enter)
        self.view.line_chosen.connect(self._enable)
        self.view.menu_asked.connect(self._menu)
        self.completion = CompletionLine()
        self.completion.make_up_asked.connect(self._make_up)
        self.rests = RestsStrip()
        self.rests.change_asked.connect(self._change_rest)
        self.rests.remove_asked.connect(self._remove_rest)
        self.side = Side()
        self._title = Elided(role="strong")
        self.chips = Chips()
        self._empty = Empty("people", "")
        offer(self._empty, _("Place in a group"), "enrol", self._enrol)
        whole = Ground("base")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._table(), 1)
        self._row.addWidget(self.side)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(grounded(self._empty))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _table(self) -> QWidget:
        found = Ground("base")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(tokens.GAP)
        bar.addWidget(self._title)
        bar.addWidget(self.chips, 1)
        self.again = button(_("Follow the base schedule"), "follow_base", "undo", self._follow)
        self.swap = button(_("Swap session…"), "swap", "swap", self._swap)
        self.add = QPushButton(icon("plus"), _("Add"))
        self.add.setObjectName("add")
        self.add.setAccessibleName(_("Add"))
        menu = QMenu(self.add)
        for name, text, pressed in (
            ("add_session", _("A session…"), self._add),
            ("add_visit", _("An individual visit…"), self._visit),
            ("add_pause", _("A pause in the group…"), self.ask_rest),
        ):
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(pressed)
        self.add.setMenu(menu)
        for each in (self.again, self.swap, self.add):
            bar.addWidget(each)
        self._legend = Label(
            _(
                "Struck out is what the base schedule says. Rows without a mark follow the group "
                "by themselves when its sessions move."
            ),
            "small",
            "text3",
            wrap=True,
        )
        self._legend.setContentsMargins(12, 8, 12, 8)
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.rests)
        column.addWidget(self.completion)
        column.addWidget(self.view, 1)
        column.addWidget(self._legend)
        return found

    def show_patient(self, opened: Opened, today: date) -> None:
        before = self._opened.place.id if self._opened and self._opened.place else None
        afresh = opened.place is None or before != opened.place.id
        self._opened = opened
        if opened.place is None:
            self._empty.set_text(
                _("{name} has no place in a group yet.").format(name=opened.patient.name)
            )
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        self._title.set_text(_("Base schedule {group}").format(group=opened.place.group_name))
        shown = differences(opened.lines)
        self.chips.show_chips([(text, tone, "") for text, tone in shown])
        self.view.show_lines(opened.lines, today, opened.noted, afresh=afresh)
        self.completion.show_completion(opened.completion)
        self.rests.show_rests(opened.rests, today, held=opened.place.last is None)
        self.side.show_patient(opened, today)
        self._enable()

    # What can be done with the chosen row.

    def tick(self, line: Line) -> None:
        """Out with a reason; in again at once. A past row stays as it was."""
        if not self._may(line) or line.kind is LineKind.PAUSED:
            return
        taken_back = line.kind in (LineKind.OPT_OUT, LineKind.ADDITION)
        if taken_back or isinstance(line.session, Visit):
            self._take_back(line)
        else:
            base = line.instead_of or line.session
            if isinstance(base, Session) and self._opened and self._opened.place:
                self._open(OptOutForm(self, self._desk, self._opened.place.id, base))

    def _remove(self, line: Line) -> None:
        """Del: an addition or a visit goes; on a row of the base schedule it abstains."""
        if line.kind is not LineKind.OPT_OUT:
            self.tick(line)

    def _enter(self, line: Line) -> None:
        """Return: another time for a row of the base schedule."""
        if line.kind in (LineKind.BASE, LineKind.SWAP, LineKind.OPT_OUT):
            self._swap()

    def _follow(self) -> None:
        line = self.view.chosen
        if line is not None and line.deviation_id is not None and self._may(line):
            self._take_back(line)

    def _take_back(self, line: Line) -> None:
        if isinstance(line.session, Visit):
            self._desk.work.run(self, self._done, schedules.remove_visit, line.session.id)
        elif line.deviation_id is not None:
            self._desk.work.run(self, self._done, schedules.follow_base, line.deviation_id)

    def _done(self, _own: schedules.OwnSchedule) -> None:
        """The change reloads every page that shows it."""

    def _swap(self) -> None:
        line = self.view.chosen
        base = (line.instead_of or line.session) if line else None
        if line is None or not isinstance(base, Session) or is_added(line) or not self._may(line):
            return
        if self._opened and self._opened.place:
            self._open(SwapForm(self, self._desk, self._opened.place.id, base))

    def _add(self) -> None:
        if self._opened and self._opened.place:
            self._open(AddForm(self, self._desk, self._opened.place.id))

    def _visit(self) -> None:
        if self._opened and self._opened.place:
            place = self._opened.place
            self._open(VisitForm(self, self._desk, place.id, place.group_id, self._opened.staff))

    def ask_rest(self) -> None:
        """A pause in the group."""
        if self._opened and self._opened.place and self._held():
            self._open(RestForm(self, self._desk, self._opened.place.id))

    def _change_rest(self, rest: Rest) -> None:
        self._open(RestForm(self, self._desk, rest.enrolment_id, rest))

    def _remove_rest(self, rest: Rest) -> None:
        self._desk.work.run(self, self._gone, rests.remove, rest)

    def _gone(self, _nothing: None) -> None:
        """The change reloads every page that shows it."""

    def _enrol(self) -> None:
        self.enrol_asked.emit()

    def _open(self, form: Form) -> None:
        form.finished.connect(self._back)
        form.open()

    def _make_up(self) -> None:
        if self._opened and self._opened.place:
            self._open(MakeUpForm(self, self._desk, self._opened.place.id))

    def _back(self) -> None:
        self.view.setFocus()

    def _may(self, line: Line) -> bool:
        if line.start.date() < self._desk.today() and not is_added(line):
            self._desk.message.emit(_("What is past stays as it was."))
            return False
        return self._held()

    def _held(self) -> bool:
        return bool(self._opened and self._opened.place and self._opened.place.last is None)

    def _enable(self) -> None:
        line, held = self.view.chosen, self._held()
        ahead = line is not None and line.start.date() >= self._desk.today()
        base = line is not None and not is_added(line) and isinstance(line.session, Session)
        self.add.setEnabled(held)
        self.swap.setEnabled(held and base and ahead)
        differs = line is not None and not isinstance(line.session, Visit)
        differs = differs and line is not None and line.deviation_id is not None
        self.again.setVisible(held and differs and ahead)

    def _menu(self, where: QPoint) -> None:
        line = self.view.chosen
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.swap.isEnabled():
            menu.addAction(icon("swap"), _("Swap session…")).triggered.connect(self._swap)
        if line.kind is LineKind.BASE or line.kind is LineKind.SWAP:
            menu.addAction(icon("minus"), _("Abstain…")).triggered.connect(self._untick)
        if is_added(line) or isinstance(line.session, Visit):
            menu.addAction(icon("trash"), _("Take away")).triggered.connect(self._untick)
        elif line.deviation_id is not None:
            words = _("Follow the base schedule")
            menu.addAction(icon("undo"), words).triggered.connect(self._follow)
        menu.addAction(icon("link-out"), _("Show on the schedule")).triggered.connect(self._show)
        menu.popup(where)

    def _untick(self) -> None:
        if self.view.chosen is not None:
            self.tick(self.view.chosen)

    def _show(self) -> None:
        if self.view.chosen is not None:
            self._desk.session_asked.emit(self.view.chosen.session)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * theme.scale()
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.side.lie_down(self.height() * 2 // 5 if narrow else 0)
        self._legend.setVisible(not narrow)
