"""Today: what waits for somebody, each line a link to where it is solved; the day at the side."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.today import Ahead, Line, Matter, Section, Today, Where, Whose, together
from painprogram.gui import icons, theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.today.days_model import rows_of
from painprogram.gui.today.days_view import DaysView
from painprogram.gui.today.lines_view import LinesView
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _, ngettext
from painprogram.usecases import today

_MINUTE = 60_000
_SIDE = 340
_NARROW = 780
"""Below this, at 10 pt, the day lies under what waits."""
_TIGHT = 700
"""Below this the greeting stands over the choice of whose lines."""
_MORNING, _EVENING = 10, 17
_WHOSE = "today whose"


class TodayPage(QWidget):
    shows = frozenset(
        {
            *("absence", "acknowledgement", "attendance", "busy", "centre", "closure"),
            *("commitment", "deviation", "enrolment", "enrolment_pause", "extra_time"),
            *("group_pause", "leader", "link", "patient", "patient_group", "print"),
            *("publication", "referral", "room", "roster", "rule_setting", "session"),
            *("session_event", "staff", "visit", "working_time"),
        }
    )

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("today_page")
        self._desk, self._clock = desk, clock
        self._shown: Today | None = None
        self._ahead: Ahead | None = None
        self._asked = 0
        self._opened: frozenset[Matter] = frozenset()
        self._said: list[Segment] = []
        self._day = desk.today()
        known = {one.value: one for one in Whose}
        self._whose = known.get(desk.settings.text(_WHOSE), Whose.ALL)
        self._build()
        desk.centre_changed.connect(self._other_centre)
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    # Parts

    def _build(self) -> None:
        self.lines = LinesView()
        self.lines.setObjectName("today_lines")
        self.lines.setAccessibleName(_("What waits for somebody"))
        self.lines.chosen.connect(self._solve)
        self.lines.more_asked.connect(self._open_or_close)
        self._nothing = Empty("check", "")
        self._start = self._nothing.add_button(
            _("Start a group"), self._desk.start_asked.emit, icon="plus", primary=False
        )
        self._start.setObjectName("today_start")
        grounded = Ground("base")
        within = QVBoxLayout(grounded)
        within.addWidget(self._nothing)
        self._stack = QStackedWidget()
        for part in (self.lines, grounded):
            self._stack.addWidget(part)
        left = Ground("base")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._stack, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(left, 1)
        self._across.addWidget(self._side())
        self.setFocusProxy(self.lines)

    def _header(self) -> QWidget:
        self._greeting = Elided("", "heading")
        self._greeting.setObjectName("greeting")
        self._count = Elided("", "small", "text3")
        self._count.setObjectName("today_count")
        self._segments = Segmented(_("Whose lines"), [])
        self._segments.setObjectName("today_whose")
        self._show_choices(self._choices())
        self._segments.choose(self._whose)
        self._segments.chosen.connect(self._choose)
        head = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        edge = tokens.SCREEN_EDGE
        self._head.setContentsMargins(edge, 12, edge, 6)
        self._head.setSpacing(12)
        words = QHBoxLayout()
        words.setSpacing(10)
        for part in (self._greeting, self._count):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            words.addWidget(part)
        words.addStretch(1)
        self._head.addLayout(words, 1)
        self._head.addWidget(self._segments)
        return head

    def _side(self) -> QWidget:
        self._right = Ground("alt", edge="left")
        self.days = DaysView()
        self.days.setObjectName("today_days")
        self.days.setAccessibleName(_("Sessions of today and tomorrow"))
        self.days.chosen.connect(self._show_occasion)
        self._attendance = QPushButton(_("Attendance list"))
        self._attendance.setObjectName("today_attendance")
        self._attendance.setIcon(icons.icon("check"))
        self._attendance.clicked.connect(self._ask_attendance)
        self._attendance.setEnabled(False)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(1, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.days, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.PANEL_EDGE, 10, tokens.PANEL_EDGE, 12)
        foot.addWidget(self._attendance, 1)
        column.addLayout(foot)
        return self._right

    # What the window asks for

    def reload(self) -> None:
        """Everything as it is now. What is chosen, opened and scrolled to stays."""
        self._day = self._desk.today()
        self._read()
        work, done = self._desk.work, partial(self._ahead_arrived, self._asked)
        work.run_long(self, done, today.ahead, self._desk.centre.id, self._day)

    def print_shown(self) -> None:
        """What there is to print today are the sheets that are out of date."""
        self._desk.queue_asked.emit()

    def _read(self) -> None:
        self._asked += 1
        self._desk.work.run(
            self,
            partial(self._arrived, self._asked),
            today.today,
            self._desk.centre.id,
            self._day,
            self._whose,
            self._opened,
        )

    def _other_centre(self) -> None:
        self._shown = self._ahead = None
        self._opened = frozenset()
        if self.isVisible():
            self.reload()

    # What comes back

    def _arrived(self, asked: int, shown: Today) -> None:
        if asked == self._asked:
            self._shown = shown
            self._show()

    def _ahead_arrived(self, asked: int, ahead: Ahead) -> None:
        if asked <= self._asked:
            self._ahead = ahead
            self._show()

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        sections = self._sections(shown)
        waiting = [one for one in sections if one.lines]
        self.lines.show_sections(waiting)
        if waiting:
            self._stack.setCurrentWidget(self.lines)
        elif self._ahead is not None:
            self._nothing.set_text(self._empty(shown, sections))
            self._start.setVisible(shown.next is None)
            self._stack.setCurrentIndex(1)
        self._greet(shown, sections)
        self._show_days()

    def _sections(self, shown: Today) -> tuple[Section, ...]:
        beside = self._ahead.sections(self._whose, self._opened) if self._ahead else ()
        return together((*shown.sections, *beside))

    def _greet(self, shown: Today, sections: tuple[Section, ...]) -> None:
        hour = self._clock().hour
        first = shown.who.split(" ")[0]
        wording = _("Good morning") if hour < _MORNING else _("Good day")
        wording = _("Good evening") if hour >= _EVENING else wording
        self._greeting.set_text(f"{wording}, {first}" if first else wording)
        counts = {whose: sum(one.counts[whose] for one in sections) for whose in Whose}
        every, mine = counts[Whose.ALL], counts[Whose.MINE]
        words = ngettext("{number} thing needs somebody", "{number} things need somebody", every)
        told = [words.format(number=every)] if every else []
        if every and shown.known:
            yours = ngettext("{number} is yours", "{number} are yours", mine)
            told.append(yours.format(number=mine))
        self._count.set_text(", ".join(told))
        self._show_choices(self._choices(counts, known=shown.known))
        if not shown.known and self._whose is Whose.MINE:
            self._choose(Whose.ALL)

    def _show_choices(self, choices: list[Segment]) -> None:
        """New buttons only where they say something new; the keyboard stays on them."""
        if choices == self._said:
            return
        self._said = choices
        focused = self._segments.isAncestorOf(QApplication.focusWidget() or self)
        self._segments.show_segments(choices)
        for one in choices:
            self._segments.button(one.key).setObjectName(f"today_{one.key}")
        if focused and self._segments.current is not None:
            self._segments.button(self._segments.current).setFocus()

    def _choices(
        self, counts: dict[Whose, int] | None = None, *, known: bool = True
    ) -> list[Segment]:
        return [
            Segment(one, f"{one.label} {counts[one]}" if counts else one.label)
            for one in Whose
            if known or one is not Whose.MINE
        ]

    def _empty(self, shown: Today, sections: tuple[Section, ...]) -> str:
        """That nothing waits, and what comes next."""
        told = [_("Nothing waits for anybody.")]
        if any(one.counts[Whose.ALL] for one in sections):
            told = [
                _("Nothing here waits for you. See all for what waits for others.")
                if self._whose is Whose.MINE
                else _("Nothing waits at the reception. See all for what waits for others.")
            ]
        coming = [
            one.occasion
            for one in shown.happening[0]
            if one.occasion.start > self._clock() and not one.occasion.cancelled
        ]
        after = coming[0] if coming else shown.next
        if after is not None:
            title = after.numbered_title if isinstance(after, Session) else after.title
            told.append(
                _("Next: {title} ({group}), {day} {time}.").format(
                    title=title,
                    group=after.group_name,
                    day=i18n.day_long(after.start.date()),
                    time=i18n.clock(after.start),
                )
            )
        else:
            told.append(_("No session is planned ahead: start a group among the programmes."))
        return "\n".join(told)

    def _show_days(self) -> None:
        if self._shown is not None:
            clashing = self._ahead.clashing if self._ahead else {}
            self.days.show_rows(rows_of(self._shown, self._clock(), clashing))
            self._attendance.setEnabled(bool(self._shown.happening[0]))

    def _tick(self) -> None:
        """The line of now moves; after midnight it is another day."""
        if not self.isVisible():
            return
        if self._desk.today() != self._day:
            self.reload()
        else:
            self._show_days()

    # What is asked for here

    def _choose(self, whose: Whose) -> None:
        self._whose = whose
        self._desk.settings.put(_WHOSE, whose.value)
        if self._segments.current is not whose:
            self._segments.choose(whose)
        self._read()

    def _open_or_close(self, matter: Matter) -> None:
        self._opened = self._opened ^ {matter}
        self._read()

    def _solve(self, line: Line) -> None:
        """Go where it is solved."""
        desk, key = self._desk, line.goal.key
        keyed = {
            Where.PATIENT: desk.patient_asked,
            Where.GROUP: desk.group_asked,
            Where.CHANGES: desk.changes_asked,
            Where.ABSENCE: desk.absence_asked,
            Where.ATTENDANCE: desk.attendance_asked,
            Where.WAITING: desk.waiting_asked,
        }
        if line.goal.where in keyed:
            keyed[line.goal.where].emit(key)
        elif line.goal.where is Where.QUEUE:
            desk.queue_asked.emit()
        elif line.goal.where is Where.CONFIRMING:
            desk.confirming_asked.emit()
        elif key is not None:
            self._show_occasion(key)

    def _show_occasion(self, key: UUID) -> None:
        self._desk.work.run(self, self._occasion_read, today.occasion, key)

    def _occasion_read(self, found: Session | Visit) -> None:
        self._desk.session_asked.emit(found)

    def _ask_attendance(self) -> None:
        """Of the session that is chosen, else of the one that goes on or comes next."""
        if self._shown is None or not self._shown.happening[0]:
            return
        card, now = self.days.card, self._clock()
        if card is None or card.held.occasion.start.date() != self._day:
            held = [one.occasion for one in self._shown.happening[0] if not one.occasion.cancelled]
            ahead = [one for one in held if one.end > now]
            if not held:
                return
            self._desk.attendance_asked.emit((ahead or held[-1:])[0].id)
        else:
            self._desk.attendance_asked.emit(card.id)

    # How wide it is

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * theme.scale()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)
        side = round(min(_SIDE * theme.scale(), 0.36 * self.width()))
        tight = self.width() - (0 if narrow else side) < _TIGHT * theme.scale()
        self._head.setDirection(
            QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        )
        left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        self._head.setAlignment(self._segments, left if tight else centre)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
            self._right.setMaximumHeight(round(self.height() * 0.4))
        else:
            self._right.setMaximumHeight(16_777_215)
            self._right.setFixedWidth(side)
