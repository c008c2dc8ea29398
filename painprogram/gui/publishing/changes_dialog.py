"""What publishing a group would change, for whom; publish it; the earlier versions."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.publications import (
    ChangeKind,
    Changes,
    Notice,
    Publication,
    SessionChange,
    State,
)
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.publishing.entry_list import Entry, EntryList, Part
from painprogram.gui.tokens import GAP, SCREEN_EDGE, SPACE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import publications
from painprogram.usecases.publications import LONGEST_NOTE

_SIGNS = {
    ChangeKind.CHANGED: "pen",
    ChangeKind.NEW: "plus",
    ChangeKind.CANCELLED: "cancel",
    ChangeKind.HELD: "play",
    ChangeKind.GONE: "minus",
}
_VERSIONS = 3
_SIZE = 880, 640


class ChangesDialog(QDialog):
    """Shown with ``open()``. Reading whom it concerns is logged: once, and after each change."""

    def __init__(self, desk: Desk, group_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._group = desk, group_id
        self._changes: Changes | None = None
        self.setObjectName("changes_dialog")
        self.setWindowTitle(_("Changes and versions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.title = Elided("", "heading")
        self.facts = Elided("", "body", "text2")
        self.sessions = _list(_("Changes per session"), "changed_sessions")
        self.patients = _list(_("Changes per patient"), "changed_patients")
        self.staff = _list(_("Changes per colleague"), "changed_staff")
        self.versions = _list(_("Versions"), "versions")
        self.sessions.asked.connect(self._session_asked)
        self.patients.asked.connect(self._patient_asked)
        self.versions.currentItemChanged.connect(self._version_chosen)
        self._pages: list[tuple[QStackedWidget, Empty]] = []
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self._make_fields()
        self._lay_out()
        self._fit_screen()
        self.reload()

    # Parts

    def _make_fields(self) -> None:
        self.note = QLineEdit()
        self.note.setObjectName("note")
        self.note.setAccessibleName(_("Note"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(_("Why, in a few words: kept beside the version"))
        self.publish = QPushButton(icons.icon("check", "on_accent"), _("Publish"))
        self.publish.setObjectName("publish")
        self.publish.setProperty("primary", True)
        self.publish.setEnabled(False)
        self.publish.clicked.connect(self._publish)
        self.back = QPushButton(icons.icon("undo"), "")
        self.back.setObjectName("go_back")
        self.back.clicked.connect(self._go_back)
        self.back.hide()
        self.close_button = QPushButton(_("Close"))
        self.close_button.setObjectName("close")
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.clicked.connect(self.reject)
        for button in (self.publish, self.back, self.close_button):
            button.setAutoDefault(False)
        self.note.returnPressed.connect(self._publish)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SCREEN_EDGE, SPACE[4], SCREEN_EDGE, SPACE[3])
        head.setSpacing(SPACE[1])
        head.addWidget(self.title)
        head.addWidget(self.facts)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("changes_tabs")
        self.tabs.setDocumentMode(True)
        for held in (self.sessions, self.patients, self.staff, self.versions):
            stack, empty = QStackedWidget(), Empty("check", "")
            stack.addWidget(held)
            stack.addWidget(empty)
            self._pages.append((stack, empty))
            self.tabs.addTab(stack, "")
        self.tabs.currentChanged.connect(self._tab_changed)
        caption = Label(_("Note"), "body", "text2")
        caption.setBuddy(self.note)
        foot = QHBoxLayout()
        foot.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        foot.setSpacing(GAP)
        foot.addWidget(caption)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.close_button)
        foot.addWidget(self.publish)
        said = QVBoxLayout()
        said.setContentsMargins(SCREEN_EDGE, 0, SCREEN_EDGE, 0)
        said.addWidget(self.wrong)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addLayout(said)
        column.addLayout(foot)

    def _fit_screen(self) -> None:
        room = (self.screen() or QGuiApplication.primaryScreen()).availableSize()
        wide, high = _SIZE
        self.resize(min(wide, room.width() - 60), min(high, room.height() - 80))

    # What is shown

    def reload(self) -> None:
        self._desk.work.run(self, self._show, publications.changes, self._group).or_else(self.fail)
        self._desk.work.run(self, self._show_versions, publications.versions, self._group)

    def _show(self, found: Changes) -> None:
        self._changes = found
        state = State(found.group_id, found.group_name, found.number, len(found.sessions))
        self.title.set_text(found.group_name)
        words = state.words
        self.facts.set_text(words[:1].upper() + words[1:])
        told = _nothing(found)
        first = found.number is None
        kinds = {x.session.id: x.kind for x in found.sessions}
        self._fill(0, self.sessions, [_of_session(x) for x in found.sessions], told)
        self._fill(
            1,
            self.patients,
            [_of_person(x, kinds, whole=first) for x in found.patients],
            _("No patient has any of this in the own schedule.") if found.sessions else told,
        )
        self._fill(
            2,
            self.staff,
            [_of_person(x, kinds, whole=first) for x in found.staff],
            _("No colleague leads any of this.") if found.sessions else told,
        )
        for at, words, many in (
            (0, _("Sessions ({number})"), len(found.sessions)),
            (1, _("Patients ({number})"), len(found.patients)),
            (2, _("Colleagues ({number})"), len(found.staff)),
        ):
            self.tabs.setTabText(at, words.format(number=many))
        text = _("Publish as version {number}").format(number=(found.number or 0) + 1)
        self.publish.setText(text)
        self.publish.setAccessibleName(text)
        self.publish.setEnabled(bool(found.sessions))
        self.note.setEnabled(bool(found.sessions))

    def _show_versions(self, found: tuple[Publication, ...]) -> None:
        entries = [_of_version(x) for x in found]
        self._fill(_VERSIONS, self.versions, entries, _("No version has been published yet."))
        self.tabs.setTabText(_VERSIONS, _("Versions ({number})").format(number=len(found)))
        self._version_chosen()

    def _fill(self, at: int, held: EntryList, entries: list[Entry], nothing: str) -> None:
        stack, empty = self._pages[at]
        held.show_entries(entries)
        empty.set_text(nothing)
        stack.setCurrentIndex(0 if entries else 1)

    def _tab_changed(self, _at: int) -> None:
        self._version_chosen()

    def _version_chosen(self) -> None:
        number = self.versions.current_key
        shown = self.tabs.currentIndex() == _VERSIONS and isinstance(number, int)
        self.back.setVisible(shown)
        if shown:
            text = _("Go back to version {number}").format(number=number)
            self.back.setText(text)
            self.back.setAccessibleName(text)
            self.back.setToolTip(_("The draft becomes that version; undo takes it back"))

    # What is done

    def _publish(self) -> None:
        if self._changes is None or not self.publish.isEnabled():
            return
        self.wrong.hide()
        self.publish.setEnabled(False)
        self._desk.work.run(
            self,
            self._published,
            publications.publish,
            self._group,
            self.note.text(),
            seen=self._changes.seen,
        ).or_else(self._refused)

    def _published(self, made: Publication) -> None:
        name = self._changes.group_name if self._changes else ""
        self._desk.message.emit(
            _("{group} is published as version {number}.").format(group=name, number=made.number)
        )
        self.accept()

    def _go_back(self) -> None:
        number = self.versions.current_key
        if isinstance(number, int):
            self.wrong.hide()
            self._desk.work.run(
                self, self._gone_back, publications.go_back, self._group, number
            ).or_else(self._refused)

    def _gone_back(self, _state: State) -> None:
        self._desk.message.emit(
            _("The draft is version {number} again.").format(number=self.versions.current_key)
        )
        self.tabs.setCurrentIndex(0)
        self.reload()

    def _refused(self, sentence: str) -> None:
        """Somebody may have changed the draft meanwhile: it is shown as it is now."""
        self.fail(sentence)
        self.reload()

    def fail(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()

    def _session_asked(self, key: object) -> None:
        found = self._changes.sessions if self._changes else ()
        change = next((x for x in found if x.session.id == key), None)
        if change is not None and change.after is not None:
            self.accept()
            self._desk.session_asked.emit(change.after)

    def _patient_asked(self, key: object) -> None:
        self.accept()
        self._desk.patient_asked.emit(key)


def _list(name: str, key: str) -> EntryList:
    made = EntryList(name)
    made.setObjectName(key)
    return made


def _nothing(found: Changes) -> str:
    if found.number is None:
        return _("The group has no sessions to publish.")
    return _("Nothing has changed since version {number}.").format(number=found.number)


def _of_session(change: SessionChange) -> Entry:
    part = Part("", change.old, change.new, "", change.words)
    facts = "" if change.kind is ChangeKind.CHANGED else change.kind.label
    sign = _SIGNS[change.kind]
    return Entry(change.session.id, change.subject, facts, (part,), sign)


def _of_person(notice: Notice, kinds: Mapping[UUID, ChangeKind], *, whole: bool) -> Entry:
    """With *whole* nothing was told before: their sessions are counted and not listed."""
    many = len(notice.changes)
    if whole:
        words = ngettext("{number} session", "{number} sessions", many).format(number=many)
        return Entry(notice.person_id, notice.name, words, (), "person")
    words = ngettext("{number} change", "{number} changes", many).format(number=many)
    parts = tuple(
        Part(_subject(x, kinds), x.old, x.new, _SIGNS[x.kind], x.words) for x in notice.changes
    )
    return Entry(notice.person_id, notice.name, words, parts, "person")


def _subject(change: SessionChange, kinds: Mapping[UUID, ChangeKind]) -> str:
    """For a colleague a session may be new, or theirs no more, although it is held all the same."""
    if change.kind is ChangeKind.CHANGED:
        return change.subject
    label = change.kind.label
    if kinds.get(change.session.id) is not change.kind:
        leads = change.kind is ChangeKind.NEW
        label = _("leads it now") if leads else _("leads it no longer")
    return f"{change.subject}, {label[:1].lower()}{label[1:]}"


def _of_version(version: Publication) -> Entry:
    at = version.at.replace(tzinfo=UTC).astimezone()
    facts = " · ".join(part for part in (_when(at), version.by) if part)
    title = _("Version {number}").format(number=version.number)
    parts = (Part(version.note, sign="", words=version.note),) if version.note else ()
    return Entry(version.number, title, facts, parts, "document")


def _when(at: datetime) -> str:
    day = at.date()
    return f"{i18n.weekday_short(day)} {i18n.date_short(day)} {i18n.clock(at)}"
