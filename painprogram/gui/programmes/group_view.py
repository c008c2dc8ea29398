"""A group: what state it is in, all its dates, and who takes part."""

from collections.abc import Callable
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
from painprogram.gui.draft_banner import DraftBanner
from painprogram.gui.icons import icon
from painprogram.gui.programmes import owner_form, wording
from painprogram.gui.programmes.decision_dialog import DecisionDialog
from painprogram.gui.programmes.group_forms import RenameForm, SizeForm
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.programmes.pause_form import PauseForm
from painprogram.gui.programmes.redate_dialog import ResumeDialog, ShiftDialog
from painprogram.gui.programmes.seats import Seats
from painprogram.gui.programmes.seats_completion import CompletionTab
from painprogram.gui.programmes.seats_laps import LapsTab
from painprogram.gui.programmes.seats_strip import SeatsStrip
from painprogram.gui.programmes.sessions_table import SessionsTable, next_session
from painprogram.gui.tokens import GAP, ICON, SCREEN_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.i18n import _
from painprogram.usecases import enrolments, groups, sessions

Names = tuple[tuple[UUID, str], ...]
_PATIENT = Qt.ItemDataRole.UserRole
_SIGN_ALONE = 40
_ANY_WIDTH = 16_777_215  # Qt's own largest


class GroupView(QWidget):
    changed = Signal()
    """Something was done to the group; whoever lists groups looks again."""
    like_asked = Signal(object, bool)
    """A group's key: start a new run of it, or (True) one that runs beside it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group: Group | None = None
        self._sessions: tuple[Session, ...] = ()
        self._named: tuple[UUID, int] | None = None
        self.title = Elided("", "heading")
        self.status = Chip()
        self.paused = Chip("", "warn", "pause")
        self.facts = Elided("", "small", "text2")
        self.seats = Seats()
        self.strip = SeatsStrip(desk)
        self.strip.decide_asked.connect(self.ask_decision)
        self.completion = CompletionTab(desk)
        self.laps = LapsTab(desk)
        self.table = SessionsTable()
        self.table.asked.connect(desk.session_asked)
        self.people = QListWidget()
        self.unpublished = DraftBanner(desk)
        self.tabs = QTabWidget()
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(hairline())
        column.addWidget(self.unpublished)
        column.addWidget(self.strip)
        column.addWidget(self._make_tabs(), 1)

    # Parts

    def _make_buttons(self) -> None:
        self.open = self._button("open_group", _("Open for enrolment"), "play", self._open)
        self.resume = self._button("resume_group", _("Resume …"), "play", self.ask_resume)
        self.resume.setIcon(icon("play", "on_accent"))
        self.resume.setProperty("primary", True)
        self.schedule = self._button(
            "show_on_schedule", _("Show on the schedule"), "week", self._show_on_schedule
        )
        self.poster = self._button("print_poster", _("Print poster"), "printer", self.print_poster)
        self.calendar = self._button(
            "calendar_file", _("Calendar file"), "calendar-file", self._export_calendar
        )
        self.more = QPushButton(_("More"))
        self._buttons = (
            self.resume,
            self.open,
            self.schedule,
            self.poster,
            self.calendar,
            self.more,
        )
        self.more.setObjectName("more_group")
        self.more.setAccessibleName(_("More about the group"))
        self._make_menu()

    def _make_menu(self) -> None:
        self.pause = self._action("pause_group_action", _("Pause …"), "pause", self.ask_pause)
        self.shift = self._action(
            "shift_group", _("Move the group …"), "arrow-right", self.ask_shift
        )
        self.decide = self._action("decide_group", _("Decide …"), "flag", self.ask_decision)
        self.run_again = self._action("new_run", _("New run …"), "copy", self._new_run)
        self.beside = self._action("parallel_group", _("Parallel group …"), "swap", self._beside)
        self.owner = self._action("group_owner", _("Owner and deputy …"), "person", self.ask_owner)
        self.rename = self._action("rename", _("Rename …"), "pen", self.ask_name)
        self.rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.rename.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.size_action = self._action("change_size", _("Change size …"), "people", self._ask_size)
        self.draft = self._action("make_draft", _("Make it a draft again"), "undo", self._draft)
        menu = QMenu(self.more)
        menu.addActions([self.decide, self.pause, self.shift])
        menu.addSeparator()
        menu.addActions([self.run_again, self.beside])
        menu.addSeparator()
        menu.addActions([self.owner, self.rename, self.size_action, self.draft])
        self.addAction(self.rename)
        self.more.setMenu(menu)

    def _action(self, name: str, text: str, sign: str, asked: Callable[[], None]) -> QAction:
        action = QAction(icon(sign), text, self)
        action.setObjectName(name)
        action.triggered.connect(asked)
        return action

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
        self._fit()

    def _fit(self) -> None:
        signs = (self.schedule, self.poster, self.calendar)
        for button in signs:
            button.setText(button.accessibleName())
            button.setMaximumWidth(_ANY_WIDTH)
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = sum(button.sizeHint().width() + GAP for button in shown) + 2 * SCREEN_EDGE
        if needed > self.width():
            for button in signs:
                button.setText("")
                button.setMaximumWidth(round(_SIGN_ALONE * theme.scale()))

    def _header(self) -> QWidget:
        head = QWidget()
        head.setMinimumWidth(1)  # the buttons follow the width, not the other way round
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self.title)
        first.addWidget(self.status)
        first.addWidget(self.paused)
        first.addWidget(self.seats)
        first.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in self._buttons:
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
        self.tabs.addTab(self.completion, _("Completed parts"))
        self.tabs.addTab(self.laps, _("Laps"))
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
        self._show_pause(group)
        self.seats.setVisible(not group.activity)
        self.seats.show_seats(group.taken, group.maximum)
        self.strip.show_group(group)
        for tab in (1, 2):
            self.tabs.setTabVisible(tab, not group.activity)
        self.tabs.setTabVisible(3, group.rolling)
        self._show_open(group)
        self._fit()
        self._desk.work.run(self, self._show_sessions, sessions.sessions, group.id)
        self.unpublished.show_group(group.id)
        self._load_names()

    def _show_pause(self, group: Group) -> None:
        words = wording.paused(group, self._desk.today())
        self.paused.show_text(words)
        self.paused.setToolTip(group.pause_reason)
        self.paused.setVisible(bool(words))
        self.resume.setVisible(bool(words))
        self.pause.setVisible(not words and group.status is not GroupStatus.CANCELLED)
        self.shift.setVisible(not words)
        begun = (group.first or group.start) <= self._desk.today()
        running = group.status in (GroupStatus.DRAFT, GroupStatus.OPEN)
        self.decide.setVisible(running and not begun and not group.activity)

    def _show_open(self, group: Group) -> None:
        opened = group.status is GroupStatus.OPEN
        text = _("Close for enrolment") if opened else _("Open for enrolment")
        self.open.setText(text)
        self.open.setAccessibleName(text)
        self.open.setToolTip(text)
        # of a draft it is the one thing to do next
        first = group.status is GroupStatus.DRAFT and group.paused is None
        self.open.setIcon(
            icon("lock") if opened else icon("play", "on_accent" if first else "text")
        )
        self.open.setProperty("primary", first)
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
        looked_at = self.tabs.currentWidget()
        if group is not None and looked_at in (self.completion, self.laps):
            looked_at.show_group(group)
        if group is None or looked_at is not self._participants:
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

    def ask_pause(self) -> None:
        if self._group:
            PauseForm(self._desk, self._group, self).open()

    def ask_resume(self) -> None:
        if self._group:
            ResumeDialog(self._desk, self._group, self).open()

    def ask_shift(self) -> None:
        if self._group:
            ShiftDialog(self._desk, self._group, self).open()

    def ask_decision(self) -> None:
        if self._group:
            dialog = DecisionDialog(self._desk, self._group, self)
            dialog.made.connect(self._done)
            dialog.open()

    def ask_owner(self) -> None:
        if self._group:
            owner_form.of_group(self._desk, self._group, self).open()

    def _new_run(self) -> None:
        if self._group:
            self.like_asked.emit(self._group.id, False)

    def _beside(self) -> None:
        if self._group:
            self.like_asked.emit(self._group.id, True)

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
    parts.append(wording.owners(group.owner_name, group.deputy_name))
    parts.append(group.centre_name)
    return " · ".join(part for part in parts if part)
