"""Common time: the next times that suit leaders, patients and a room; one is moved to, or kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QTime, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.errors import NeedsReason
from painprogram.domain.groups import Group
from painprogram.domain.openings import Opening
from painprogram.domain.people import Staff
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import Session
from painprogram.gui import theme
from painprogram.gui.commontime.asking import Asking
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import LIST_ITEM, SPACE
from painprogram.gui.widgets.days import clock_field, clock_of, show_clock
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, groups, openings, rooms, sessions, staff
from painprogram.usecases.openings import Request

PAUSE = 200
"""Milliseconds after the last edit before times are looked for again."""
_USUAL = 60
_LIST, _EMPTY = range(2)
_AT = Qt.ItemDataRole.UserRole
_SIDE = 300


@dataclass(frozen=True, slots=True)
class _Choices:
    staff: tuple[Staff, ...]
    groups: tuple[Group, ...]
    rooms: tuple[Room, ...]
    asked: Request


class FindTimeDialog(QDialog):
    """For *session* another time; without one, any time that suits."""

    def __init__(self, desk: Desk, session: Session | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, session
        self._about: Request | None = None
        self._openings: tuple[Opening, ...] = ()
        self._asked = 0
        self.setObjectName("find_time_dialog")
        self.setWindowTitle(_("Find a time"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.asking = Asking(desk.today())
        self.list = QListWidget()
        self.list.setObjectName("openings")
        self.list.setAccessibleName(_("Times that suit"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.begins = clock_field(datetime.min.time(), "begins", _("Begins"))
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why it is to be so all the same"))
        self.reason.hide()
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self._lay_out()
        free = self.screen().availableGeometry()
        self.resize(min(880, free.width() - 40), min(660, free.height() - 60))
        self.asking.changed.connect(self._edited)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemActivated.connect(self.use_button.click)
        key = session.id if session else None
        desk.work.run(self, self._offer, _choices, desk.centre.id, key).or_else(self.fail)

    # Parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        body = QHBoxLayout()
        body.setContentsMargins(SPACE[4], 0, 0, 0)
        body.setSpacing(SPACE[4])
        self.asking.setFixedWidth(round(_SIDE * theme.scale()))
        body.addWidget(self.asking)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._empty = Empty("clock", _("Choose who is to meet, and the next times are shown here."))
        self._stack.addWidget(self._empty)
        self._stack.setCurrentIndex(_EMPTY)
        self._stack.setMinimumWidth(round(_SIDE * theme.scale()))
        body.addWidget(self._stack, 1)
        column.addLayout(body, 1)
        column.addLayout(self._bottom())

    def _top(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[1])
        session = self._session
        if session is None:
            column.addWidget(Label(_("Next times that suit everybody"), "heading", wrap=True))
            return column
        title = _("Another time for {title} ({group})")
        heading = title.format(title=session.numbered_title, group=session.group_name)
        column.addWidget(Label(heading, "heading", wrap=True))
        when = i18n.clock_range(session.start, session.end)
        patients = ngettext("{number} patient", "{number} patients", session.taken)
        facts = _("Now {day} {time}").format(day=i18n.day_short(session.start.date()), time=when)
        told = [facts, session.room_name, patients.format(number=session.taken)]
        column.addWidget(
            Label(" · ".join(part for part in told if part), "small", "text2", wrap=True)
        )
        return column

    def _bottom(self) -> QVBoxLayout:
        self.use_button = QPushButton(_("Move here") if self._session else _("Copy the time"))
        self.use_button.setObjectName("use")
        self.use_button.setProperty("primary", True)
        self.use_button.clicked.connect(self._use)
        self.use_button.setEnabled(False)
        cancel = QPushButton(_("Cancel") if self._session else _("Close"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.use_button, cancel):
            button.setAutoDefault(False)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.use_button.click)
        self._begins_label = Label(_("Begins"), "body", "text2")
        self._begins_label.setBuddy(self.begins)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addStretch(1)
        for widget in (self._begins_label, self.begins, cancel, self.use_button):
            row.addWidget(widget)
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[2])
        column.addWidget(self.wrong)
        column.addWidget(self.reason)
        column.addLayout(row)
        return column

    # What is asked for

    def _offer(self, choices: _Choices) -> None:
        self._about = choices.asked
        self.asking.offer(choices.staff, choices.groups, choices.rooms, choices.asked)
        self.asking.leaders.setFocus()
        self._look()

    def _edited(self) -> None:
        self.use_button.setEnabled(False)
        self._pause.start()

    def _look(self) -> None:
        self._pause.stop()
        if self._about is None:
            return
        self._asked += 1
        asked = self.asking.request(self._about)
        if self._session is None and not asked.staff and asked.group_id is None:
            self._empty.set_text(_("Choose who is to meet, and the next times are shown here."))
            self._show(self._asked, ())
            return
        task = self._desk.work.run(
            self,
            partial(self._found, self._asked),
            openings.next_times,
            asked,
            self.asking.day,
        )
        task.or_else(partial(self._impossible, self._asked))

    def _found(self, asked: int, found: tuple[Opening, ...]) -> None:
        self._empty.set_text(
            _("No time in the next two months suits everybody. Ask for fewer, or a shorter time.")
        )
        self._show(asked, found)

    def _impossible(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self._empty.set_text(sentence)
            self._show(asked, ())

    # The times

    def _show(self, asked: int, found: tuple[Opening, ...]) -> None:
        if asked != self._asked:
            return
        self._openings = found
        self.wrong.hide()
        self.reason.hide()
        self.list.clear()
        side = max(LIST_ITEM, self.list.fontMetrics().height() + 12)
        week = ""
        for number, opening in enumerate(found):
            if (here := i18n.week(opening.first)) != week:
                week = here
                head = QListWidgetItem(week, self.list)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(theme.font("small", QFont.Weight.DemiBold))
                head.setForeground(theme.tokens().text2)
            item = QListWidgetItem(_told(opening), self.list)
            item.setData(_AT, number)
            item.setSizeHint(QSize(80, side))
            item.setToolTip(item.text().replace("<", "‹"))
        self._stack.setCurrentIndex(_LIST if found else _EMPTY)
        self.list.setCurrentRow(1 if found else -1)  # under the first week
        for widget in (self._begins_label, self.begins):
            widget.setVisible(bool(found))
        self.use_button.setEnabled(bool(found))

    @property
    def opening(self) -> Opening | None:
        """The one that is chosen."""
        item = self.list.currentItem()
        at = item.data(_AT) if item is not None else None
        return None if at is None else self._openings[at]

    def _chosen(self) -> None:
        opening = self.opening
        if opening is None:
            return
        usual = self._session.start.time() if self._session else opening.first.time()
        least, most = opening.first.time(), opening.last.time()
        self.begins.setTimeRange(QTime(least.hour, least.minute), QTime(most.hour, most.minute))
        show_clock(self.begins, opening.nearest(usual).time())
        self.begins.setEnabled(opening.first != opening.last)

    @property
    def start(self) -> datetime | None:
        """When it would begin."""
        opening = self.opening
        if opening is None:
            return None
        return datetime.combine(opening.first.date(), clock_of(self.begins))

    # Using one

    def fail(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
        self.use_button.setEnabled(bool(self._openings))

    def _use(self) -> None:
        start, opening = self.start, self.opening
        if start is None or opening is None or self._pause.isActive():
            return
        if self._session is None or self._about is None:
            self._copy(start, opening)
            return
        self.use_button.setEnabled(False)
        self.wrong.hide()
        task = self._desk.work.run(
            self,
            self._done,
            _moved,
            self._session,
            start,
            opening,
            self.asking.request(self._about),
            self.reason.text(),
            self._desk.today(),
        )
        task.or_else(self.fail)

    def _copy(self, start: datetime, opening: Opening) -> None:
        end = start + timedelta(minutes=opening.minutes)
        told = [i18n.day_long(start.date()), i18n.clock_range(start, end), opening.room_name]
        text = ", ".join(part for part in told if part)
        QGuiApplication.clipboard().setText(text)
        self._desk.message.emit(_("Copied: {text}").format(text=text))
        self.accept()

    def _done(self, result: Session | NeedsReason) -> None:
        if isinstance(result, NeedsReason):
            self.fail(str(result))
            self.reason.show()
            self.reason.setFocus()
            return
        self._desk.session_asked.emit(result)
        self.accept()


def _told(opening: Opening) -> str:
    """``tis 26 jan · kan börja 10.00–13.15 · Stora salen``."""
    if opening.first == opening.last:
        begins = _("begins {time}").format(time=i18n.clock(opening.first))
    else:
        times = i18n.clock_range(opening.first, opening.last)
        begins = _("can begin {times}").format(times=times)
    parts = (i18n.day_short(opening.first.date()), begins, opening.room_name)
    return " · ".join(part for part in parts if part)


def _choices(database: Database, centre_id: UUID, session_id: UUID | None) -> _Choices:
    asked = openings.of_session(database, session_id) if session_id else Request(centre_id, _USUAL)
    return _Choices(
        staff.staff(database),
        groups.groups(database, asked.centre_id),
        rooms.rooms(database, asked.centre_id),
        asked,
    )


def _moved(
    database: Database,
    session: Session,
    start: datetime,
    opening: Opening,
    asked: Request,
    reason: str,
    today: date,
) -> Session | NeedsReason:
    """Moved, with the leaders and the length that were asked for."""
    before = tuple(leader.staff_id for leader in session.leaders)
    try:
        return sessions.move(
            database,
            session.id,
            start,
            room_id=opening.room_id,
            minutes=asked.minutes,
            staff=None if set(asked.staff) == set(before) else asked.staff,
            version=session.version,
            reason=reason,
            today=today,
        )
    except NeedsReason as needs:
        return needs
