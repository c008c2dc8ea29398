"""A group: what state it is in, all its dates, and who takes part."""

from datetime import datetime, time
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.sessions import Session
from painprogram.gui import theme
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.icons import icon
from painprogram.gui.programmes import wording
from painprogram.gui.programmes.group_forms import RenameForm, SizeForm
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.programmes.seats import Seats
from painprogram.gui.programmes.sessions_table import SessionsTable, next_session
from painprogram.gui.tokens import GAP, ICON, SCREEN_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.i18n import _
from painprogram.usecases import enrolments, groups, sessions

Names = tuple[tuple[UUID, str], ...]
_PATIENT = Qt.ItemDataRole.UserRole
_NARROW, _SIGN_ALONE = 700, 40
_ANY_WIDTH = 16_777_215  # Qt's own largest


class GroupView(QWidget):
    changed = Signal()
    """Something was done to the group; whoever lists groups looks again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group: Group | None = None
        self._sessions: tuple[Session, ...] = ()
        self._named: tuple[UUID, int] | None = None
        self.title = Elided("", "heading")
        self.status = Chip()
        self.facts = Elided("", "small", "text2")
        self.seats = Seats()
        self.table = SessionsTable()
        self.table.asked.connect(desk.session_asked)
        self.people = QListWidget()
        self.tabs = QTabWidget()
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(hairline())
        column.addWidget(self._make_tabs(), 1)

    # Parts

    def _make_buttons(self) -> None:
        self.open = self._button("open_group", _("Open for enrolment"), "play", self._open)
        self.schedule = self._button(
            "show_on_schedule", _("Show on the schedule"), "week", self._show_on_schedule
        )
        self.poster = self._button("print_poster", _("Print poster"), "printer", self.print_poster)
        self.calendar = self._button(
            "calendar_file", _("Calendar file"), "calendar-file", self._export_calendar
        )
        self.more = QPushButton(_("More"))
        self.more.setObjectName("more_group")
        self.more.setAccessibleName(_("More about the group"))
        menu = QMenu(self.more)
        self.rename = QAction(icon("pen"), _("Rename …"), self)
        self.rename.setObjectName("rename")
        self.rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.rename.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.rename.triggered.connect(self.ask_name)
        self.size_action = QAction(icon("people"), _("Change size …"), self)
        self.size_action.setObjectName("change_size")
        self.size_action.triggered.connect(self._ask_size)
        self.draft = QAction(icon("undo"), _("Make it a draft again"), self)
        self.draft.setObjectName("make_draft")
        self.draft.triggered.connect(self._draft)
        menu.addActions([self.rename, self.size_action, self.draft])
        self.addAction(self.rename)
        self.more.setMenu(menu)

    def _button(self, name: str, text: str, sign: str, pressed: object) -> QPushButton:
        button = QPushButton(icon(sign), text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.clicked.connect(pressed)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, three buttons are signs alone; their words are in the tooltip."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * theme.scale()
        for button in (self.schedule, self.poster, self.calendar):
            button.setText("" if narrow else button.accessibleName())
            button.setMaximumWidth(round(_SIGN_ALONE * theme.scale()) if narrow else _ANY_WIDTH)

    def _header(self) -> QWidget:
        head = QWidget()
        head.setMinimumWidth(1)  # the buttons follow the width, not the other way round
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self.title)
        first.addWidget(self.status)
        first.addWidget(self.seats)
        first.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.open, self.schedule, self.poster, self.calendar, self.more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(head)
        column.setContentsMargins(SCREEN_EDGE, 10, SCREEN_EDGE, 10)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.facts)
        column.addSpacing(4)
        column.addLayout(buttons)
        return head

    def _make_tabs(self) -> QTabWidget:
        self.people.setObjectName("group_participants")
        self.people.setAccessibleName(_("Participants"))
        self.people.setIconSize(QSize(ICON, ICON))
        self.people.setFrameShape(QListWidget.Shape.NoFrame)
        self.people.itemActivated.connect(self._person_asked)
        self.people.itemClicked.connect(self._person_asked)
        self._nobody = Empty("people", _("Nobody has a place in the group yet."))
        self._participants = QStackedWidget()
        self._participants.addWidget(self.people)
        self._participants.addWidget(self._nobody)
        self.tabs.setObjectName("group_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("group_tab_bar")
        self.tabs.tabBar().setAccessibleName(_("About the group"))
        self.tabs.addTab(self.table, _("Sessions"))
        self.tabs.addTab(self._participants, _("Participants"))
        self.tabs.currentChanged.connect(self._load_names)
        return self.tabs

    # Showing

    @property
    def group(self) -> Group | None:
        return self._group

    def show_group(self, group: Group) -> None:
        """Shows it, and reads its dates; who takes part is read when that is looked at."""
        if self._group is None or self._group.id != group.id:
            self.table.show_sessions(())
            self.people.clear()
            self._named = None
            self.tabs.setCurrentIndex(0)
        self._group = group
        self.title.set_text(group.name)
        tone, sign = wording.STATUS[group.status]
        self.status.show_text(group.status.label, tone, sign)
        self.facts.set_text(_facts(group))
        self.seats.setVisible(not group.activity)
        self.seats.show_seats(group.taken, group.maximum)
        self.tabs.setTabVisible(1, not group.activity)
        self._show_open(group)
        self._desk.work.run(self, self._show_sessions, sessions.sessions, group.id)
        self._load_names()

    def _show_open(self, group: Group) -> None:
        opened = group.status is GroupStatus.OPEN
        text = _("Close for enrolment") if opened else _("Open for enrolment")
        self.open.setText(text)
        self.open.setAccessibleName(text)
        self.open.setToolTip(text)
        self.open.setIcon(icon("lock") if opened else icon("play", "on_accent"))
        self.open.setProperty("primary", not opened)
        self.open.style().polish(self.open)
        self.open.setVisible(not group.activity)
        self.draft.setVisible(not group.activity and group.status is not GroupStatus.DRAFT)

    def _show_sessions(self, found: tuple[Session, ...]) -> None:
        if self._group and any(one.group_id == self._group.id for one in found):
            self._sessions = found
            self.table.show_sessions(found)
            self.schedule.setEnabled(bool(found))

    def _load_names(self) -> None:
        """Each reading is logged: only when the tab is open, and something has changed."""
        group = self._group
        if group is None or self.tabs.currentIndex() != 1:
            return
        if self._named != (group.id, group.taken):
            self._named = group.id, group.taken
            self._desk.work.run(self, self._show_names, enrolments.names, group.id)

    def _show_names(self, names: Names) -> None:
        current = self.people.currentItem()
        chosen = current.data(_PATIENT) if current else None
        self.people.clear()
        for patient_id, name in names:
            item = QListWidgetItem(icon("person", "text2"), name, self.people)
            item.setData(_PATIENT, patient_id)
            if patient_id == chosen:
                self.people.setCurrentItem(item)
        self._participants.setCurrentIndex(0 if names else 1)

    # What can be done

    def print_poster(self) -> None:
        if self._group:
            self._desk.paper_asked.emit(Paper("poster", self._group.id))

    def ask_name(self) -> None:
        if self._group:
            RenameForm(self._desk, self._group, self).open()

    def _ask_size(self) -> None:
        if self._group:
            SizeForm(self._desk, self._group, self).open()

    def _open(self) -> None:
        if self._group:
            opened = self._group.status is GroupStatus.OPEN
            self._set(GroupStatus.CLOSED if opened else GroupStatus.OPEN)

    def _draft(self) -> None:
        self._set(GroupStatus.DRAFT)

    def _set(self, status: GroupStatus) -> None:
        if self._group:
            self._desk.work.run(self, self._done, groups.set_status, self._group.id, status)

    def _done(self, group: Group) -> None:
        if self._group and group.id == self._group.id:
            self.show_group(group)
        self.changed.emit()

    def _show_on_schedule(self) -> None:
        midnight = datetime.combine(self._desk.today(), time())
        session = next_session(self._sessions, midnight)
        if session:
            self._desk.session_asked.emit(session)

    def _export_calendar(self) -> None:
        if self._group:
            self._desk.calendar_asked.emit("group", self._group.id)

    def _person_asked(self, item: QListWidgetItem) -> None:
        self._desk.patient_asked.emit(item.data(_PATIENT))


def _facts(group: Group) -> str:
    version = _("version {number} of {programme}").format(
        number=group.programme_version, programme=group.programme_name
    )
    parts = [version, wording.span(group)]
    if group.first and group.last:
        parts.append(wording.weeks(group.first, group.last))
    if not group.activity:
        parts.append(
            _("{least}–{most} participants").format(least=group.minimum, most=group.maximum)
        )
    if group.owner_name:
        parts.append(_("owner {name}").format(name=group.owner_name))
    parts.append(group.centre_name)
    return " · ".join(part for part in parts if part)
