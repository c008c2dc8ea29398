"""The left side of the reception: search, the day by time, and what waits to be printed."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.reception import day_list
from painprogram.gui.reception.search import Field, FoundList
from painprogram.gui.tokens import GAP, PANEL_EDGE, SPACE
from painprogram.gui.widgets.big_list import BigList
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.i18n import _, ngettext
from painprogram.usecases.reception import Day


class Side(Ground):
    days_asked = Signal(int)
    """Days to go back or on; 0 is today."""
    walked = Signal()
    """Another line of the day is chosen."""
    occasion_asked = Signal()
    person_asked = Signal(object)
    """A patient's key: whoever stands here."""
    awaited = Signal()
    """Somebody was entered before the search has its answer."""
    in_vain = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="right")
        self._lines: Day | None = None
        self._open_first = False
        self.field = Field(_("Name or number: just type"))
        self.field.setObjectName("reception_search")
        self.field.textChanged.connect(self._typed)
        self.field.moved.connect(self._moved)
        self.field.entered.connect(self._entered)
        self.field.left.connect(self.leave_search)
        self.day = BigList(_("The day by time"), ground="alt")
        self.day.setObjectName("day")
        self.day.walked.connect(self._walked)
        self.day.asked.connect(self._asked)
        self.found = FoundList(desk)
        self.found.asked.connect(self.person_asked)
        self.found.answered.connect(self._answered)
        self.free = Empty("calendar", _("No sessions and no visits this day."))
        self.nobody = Empty("search", "")
        self.stack = QStackedWidget()
        for part in (self.day, self.found, self.free, self.nobody):
            self.stack.addWidget(part)
        self.queue = PlainButton("print_queue", "printer", font="body", tint="sunken")
        self.queue.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.queue.clicked.connect(desk.queue_asked)
        self.queue.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(PANEL_EDGE, SPACE[3], PANEL_EDGE, SPACE[2])
        top.setSpacing(GAP)
        top.addWidget(self.field)
        top.addLayout(self._days())
        foot = QVBoxLayout()
        foot.setContentsMargins(PANEL_EDGE, SPACE[2], PANEL_EDGE, SPACE[3])
        foot.addWidget(self.queue)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _days(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.title = Elided("", "strong")
        self.title.setObjectName("day_title")
        row.addWidget(self.title, 1)
        for name, sign, words, by in (
            ("day_before", "chevron-left", _("The day before (Alt+Left)"), -1),
            ("day_today", "today", _("Today (Alt+Home)"), 0),
            ("day_after", "chevron-right", _("The day after (Alt+Right)"), 1),
        ):
            button = QToolButton()
            button.setObjectName(name)
            button.setProperty("by", by)
            button.setAutoRaise(True)
            button.setIcon(icons.icon(sign, "text2"))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(self._step)
            row.addWidget(button)
        return row

    # What is shown

    def show_title(self, text: str) -> None:
        self.title.set_text(text[:1].upper() + text[1:])

    def show_day(self, found: Day, now: datetime) -> bool:
        """Whether what was chosen is no longer there, so that something else was chosen."""
        self._lines = found
        before = self.day.current_key
        self.day.show_rows(day_list.rows(found.lines, now))
        keys = [line.occasion.id for line in found.lines]
        lost = before not in keys
        if lost:
            self.day.choose(day_list.nearest(found.lines, now))
        self._choose_stack()
        return lost

    def forget_day(self) -> None:
        self._lines = None
        self.day.show_rows([])

    @property
    def chosen(self) -> UUID | None:
        key = self.day.current_key
        return key if isinstance(key, UUID) else None

    def show_queue(self, many: int) -> None:
        words = ngettext("{number} sheet is out of date", "{number} sheets are out of date", many)
        text = _("{words}: print…").format(words=words.format(number=i18n.number(many)))
        self.queue.show_text(text)
        self.queue.setToolTip(text)
        self.queue.setVisible(many > 0)

    # What the user does

    def type(self, text: str) -> None:
        """A letter that was typed somewhere else."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.insert(text)

    def start_search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave_search(self) -> None:
        self.field.clear()
        self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step(self) -> None:
        self.days_asked.emit(self.sender().property("by"))

    def _walked(self, _key: object) -> None:
        self.walked.emit()

    def _asked(self, _key: object) -> None:
        self.occasion_asked.emit()

    def _typed(self, text: str) -> None:
        self._open_first = False
        self.found.search(text)
        self._choose_stack()

    def _choose_stack(self) -> None:
        text = " ".join(self.field.text().split())
        if text:
            vain = self.found.shown_text == text and not self.found.count()
            sentence = _("Nobody is called “{text}” or has such a number.")
            self.nobody.set_text(sentence.format(text=text))
            self.stack.setCurrentWidget(self.nobody if vain else self.found)
        else:
            empty = self._lines is not None and not self._lines.lines
            self.stack.setCurrentWidget(self.free if empty else self.day)

    def _answered(self, _text: str) -> None:
        self._choose_stack()
        if self._open_first:
            self._entered()

    def _moved(self, by: int) -> None:
        if self.field.text().strip():
            self.found.step(by)
        else:
            self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.day.step(by)

    def _entered(self) -> None:
        """What was typed counts, even where its answer is not there yet."""
        if not self.field.text().strip():
            return
        self._open_first = self.found.waits
        if self._open_first:
            self.awaited.emit()
            self.found.search_now()
        elif isinstance(self.found.current_key, UUID):
            self.person_asked.emit(self.found.current_key)
        else:
            self.in_vain.emit()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
