"""The sheets that are out of date, what changed on each, and those that were never printed."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.gui import icons
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.publishing.entry_list import Entry, EntryList, Part
from painprogram.gui.tokens import GAP, SCREEN_EDGE, SPACE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _, ngettext
from painprogram.usecases import reprints
from painprogram.usecases.reprints import Difference, Queue, Waiting

_SIZE = 1040, 680
_BY_NAME, _BY_TIME = "name", "time"


class QueueDialog(QDialog):
    """Shown with ``open()``; looks again when something has been printed or published.

    Other changes wait until it is opened again: each reading of who stands in it is logged.
    """

    shows = frozenset({"print", "publication"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._queue: Queue | None = None
        self.setObjectName("queue_dialog")
        self.setWindowTitle(_("Sheets to print"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.order = Segmented(
            _("In order of"),
            (
                Segment(_BY_NAME, _("By name")),
                Segment(_BY_TIME, _("By next session")),
            ),
        )
        self.order.setObjectName("order")
        self.order.chosen.connect(self._ordered)
        self.late = _Side(_("Out of date"), "outdated", _("Print all…"), primary=True)
        self.never = _Side(_("Never printed"), "never_printed", _("Print all new…"))
        for side in (self.late, self.never):
            side.held.asked.connect(self._print_one)
            side.one.clicked.connect(side.ask_current)
        self.late.every.clicked.connect(self._print_late)
        self.never.every.clicked.connect(self._print_never)
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self.close_button = QPushButton(_("Close"))
        self.close_button.setObjectName("close")
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self._fit_screen()
        desk.changed.connect(self._changed)
        self.reload()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        top.setSpacing(GAP)
        self.title = Elided("", "title")
        self.title.setObjectName("summary")
        top.addWidget(self.title, 1)
        top.addWidget(self.order)
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        sides.addWidget(self.late, 3)
        sides.addWidget(self.never, 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        foot.setSpacing(GAP)
        foot.addWidget(self.wrong, 1)
        foot.addStretch(0)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(sides, 1)
        column.addLayout(foot)

    def _fit_screen(self) -> None:
        room = (self.screen() or QGuiApplication.primaryScreen()).availableSize()
        wide, high = _SIZE
        self.resize(min(wide, room.width() - 60), min(high, room.height() - 80))

    # What is shown

    def reload(self) -> None:
        """Each reading of who stands in the queue is logged."""
        self._desk.work.run_long(
            self, self._show, reprints.queue, self._desk.today(), self._desk.centre.id
        ).or_else(self.fail)

    def _show(self, found: Queue) -> None:
        self._queue = found
        self.wrong.hide()
        many = len(found.sheets)
        words = ngettext("{number} sheet is out of date", "{number} sheets are out of date", many)
        if many:
            self.title.set_text(words.format(number=i18n.number(many)))
        else:
            self.title.set_text(_("Every printed sheet is as published"))
        self.late.show_entries(
            [_outdated(x) for x in self._in_order(found.sheets)],
            _("Nobody has a sheet that is out of date."),
        )
        self.never.show_entries(
            [_never(x) for x in self._in_order(found.never)],
            _("Everybody in the published groups has a sheet."),
        )

    def _in_order(self, found: Iterable[Waiting]) -> list[Waiting]:
        """By name, as they come; or by when the patient comes next."""
        known = list(found)
        if self.order.current == _BY_TIME:
            known.sort(key=lambda x: (x.next is None, x.next.isoformat() if x.next else ""))
        return known

    def _ordered(self, _key: object) -> None:
        if self._queue is not None:
            self._show(self._queue)

    def fail(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()

    # Printing

    def _print_late(self) -> None:
        self._print(self.late.keys)

    def _print_never(self) -> None:
        self._print(self.never.keys)

    def _print_one(self, key: object) -> None:
        self._print([key] if isinstance(key, UUID) else [])

    def _print(self, places: list[UUID]) -> None:
        if places:
            order = str(self.order.current)
            self._desk.paper_asked.emit(Paper("sheet", places=tuple(places), order=order))

    def _changed(self, tables: frozenset[str]) -> None:
        """What was printed is no longer in the queue."""
        if tables & self.shows:
            self.reload()


class _Side(Ground):
    """A list under its name, and what can be printed of it."""

    def __init__(self, name: str, key: str, every: str, *, primary: bool = False) -> None:
        super().__init__("base", edge="" if primary else "left")
        self._name = name
        self.held = EntryList(name)
        self.held.setObjectName(key)
        self.caption = Elided(name, "strong")
        self.empty = Empty("check", "")
        self.one = self._button(f"print_one_{key}", _("Print this…"))
        self.every = self._button(f"print_all_{key}", every)
        self.every.setProperty("primary", primary)
        self.every.setIcon(icons.icon("printer", "on_accent" if primary else "text"))
        self.held.currentItemChanged.connect(self._enable)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.held)
        self._stack.addWidget(self.empty)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SCREEN_EDGE, SPACE[2], SCREEN_EDGE, SPACE[3])
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.one)
        buttons.addWidget(self.every)
        caption = QHBoxLayout()
        caption.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[2])
        caption.addWidget(self.caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(caption)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        self._enable()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button

    def show_entries(self, entries: list[Entry], nothing: str) -> None:
        self.held.show_entries(entries)
        self.empty.set_text(nothing)
        self._stack.setCurrentIndex(0 if entries else 1)
        words = _("{name} ({number})").format(name=self._name, number=i18n.number(len(entries)))
        self.caption.set_text(words)
        self._enable()

    @property
    def keys(self) -> list[UUID]:
        return [entry.key for entry in self.held.entries if isinstance(entry.key, UUID)]

    def ask_current(self) -> None:
        if self.held.current_key is not None:
            self.held.asked.emit(self.held.current_key)

    def _enable(self, *_items: object) -> None:
        self.one.setEnabled(self.held.current_key is not None)
        self.every.setEnabled(self.held.count() > 0)


def _outdated(one: Waiting) -> Entry:
    facts = [one.group_name]
    if one.number is not None and one.printed_on is not None:
        facts.append(
            _("version {number}, printed {day}").format(
                number=one.number, day=i18n.day_month(one.printed_on)
            )
        )
    if one.since is not None:
        facts.append(_("out of date since {day}").format(day=i18n.day_month(one.since)))
    parts = tuple(_part(x) for x in one.changes)
    return Entry(one.enrolment_id, one.name, " · ".join(facts), parts, "document")


def _part(change: Difference) -> Part:
    sign = "pen" if bool(change.old) == bool(change.new) else "plus" if change.new else "minus"
    return Part(change.what, change.old, change.new, sign, change.words)


def _never(one: Waiting) -> Entry:
    facts = [one.group_name]
    if one.next is not None:
        facts.append(_("comes {day}").format(day=i18n.day_short(one.next.date())))
    return Entry(one.enrolment_id, one.name, " · ".join(facts), (), "person")
