"""The field at the top finds everything: commands, patients, groups, colleagues.

The list is a child of the window that lies over the page: it grabs nothing, and the keys stay in
the field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from painprogram.gui import icons, theme
from painprogram.gui.actions import Actions, Command
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import LIST_ITEM, RADIUS, SPACE
from painprogram.gui.widgets.searchfield import SearchField
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import _
from painprogram.usecases import search

_PAUSE = 120  # ms after the last letter
_MOST_SHOWN = 13
_NARROWEST = 460
_EDGE = 6
_OPENING = frozenset(
    {
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    }
)
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST_SHOWN - 1,
    Qt.Key.Key_PageUp: 1 - _MOST_SHOWN,
}
_KINDS = {"patient": "person", "group": "people", "staff": "individual"}
ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list; a *heading* and what is only said can't be chosen."""

    text: str
    detail: str = ""
    icon: str = ""
    what: Command | search.Hit | None = None

    @property
    def heading(self) -> bool:
        return self.what is None

    @property
    def key(self) -> str | UUID | None:
        if isinstance(self.what, Command):
            return self.what.key
        return self.what.id if self.what else None


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.text, entry.detail) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._entries[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Line(QStyledItemDelegate):
    """Sign, words, and at the right the keys or what tells namesakes apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ROLE)
        high = QFontMetricsF(theme.font("small" if entry.heading else "body")).height()
        least = 26 if entry.heading else LIST_ITEM
        return QSize(option.rect.width(), max(round(least * theme.scale()), round(high) + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ROLE)
        view = option.widget
        chosen = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        painter.save()
        if entry.heading:
            self._paint_heading(painter, QRectF(option.rect), entry.text)
        else:
            self._paint_entry(painter, QRectF(option.rect), entry, chosen=chosen)
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRectF, text: str) -> None:
        font = theme.font("small")
        painter.setFont(font)
        painter.setPen(theme.tokens().text3)
        inside = rect.adjusted(SPACE[3], 4, -SPACE[3], 0)
        words = elide(text, QFontMetricsF(font), inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)

    @staticmethod
    def _paint_entry(painter: QPainter, rect: QRectF, entry: Entry, *, chosen: bool) -> None:
        colours = theme.tokens()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_tint)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
            painter.setBrush(colours.accent)
            painter.drawRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8))
        side = 16 * theme.scale()
        inside = rect.adjusted(SPACE[3], 0, -SPACE[3], 0)
        if entry.icon:
            top = inside.center().y() - side / 2
            ink = colours.accent if chosen else colours.text2
            icons.paint(painter, QRectF(inside.left(), top, side, side), entry.icon, ink)
        inside.setLeft(inside.left() + side + 8)
        small = theme.font("small")
        metrics = QFontMetricsF(small)
        detail = elide(entry.detail, metrics, inside.width() * 0.45)
        painter.setFont(small)
        painter.setPen(colours.text2 if chosen else colours.text3)
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail
        )
        body = theme.font("body")
        painter.setFont(body)
        painter.setPen(colours.text)
        room = inside.width() - metrics.horizontalAdvance(detail) - SPACE[4]
        words = elide(entry.text, QFontMetricsF(body), room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)


class Palette(QFrame):
    """Hidden until the field is gone to."""

    def __init__(self, field: SearchField, desk: Desk, actions: Actions) -> None:
        super().__init__(field.window())
        self._field, self._desk, self._actions = field, desk, actions
        self._before: QWidget | None = None
        self._hits: tuple[search.Hit, ...] = ()
        self._asked = ""
        self._entries = _Entries(self)
        self.setObjectName("palette")
        self.list = QListView()
        self.list.setObjectName("found")
        self.list.setAccessibleName(_("Search results"))
        self.list.setModel(self._entries)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        field.textEdited.connect(self._typed)
        field.textChanged.connect(self._changed)
        field.installEventFilter(self)
        field.window().installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._note_before)  # type: ignore[union-attr]
        theme.notifier.changed.connect(self.update)
        self.hide()

    # Opening and closing

    def open(self) -> None:
        """Show the list under the field, with what goes with the words in it."""
        if not self.isVisible():
            self._hits = ()
            self._list()
            self._place()
            self.show()
            self.raise_()
            self._pause.start()

    def dismiss(self) -> None:
        """Away with it; the keys go back to where they were before."""
        self.hide()
        self._field.clear()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self._field.clearFocus()

    def hideEvent(self, event: object) -> None:
        self._pause.stop()
        self._asked = ""
        self._field.setAccessibleDescription("")
        super().hideEvent(event)  # type: ignore[arg-type]

    def _place(self) -> None:
        window = self._field.window()
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        least = round(_NARROWEST * theme.scale())
        wide = min(max(self._field.width(), least), window.width() - 16)
        left = min(
            max(8, corner.x() + (self._field.width() - wide) // 2), window.width() - wide - 8
        )
        rows = range(self._entries.rowCount())
        heights = [self.list.sizeHintForRow(row) for row in rows]
        most = round(LIST_ITEM * theme.scale()) * _MOST_SHOWN
        room = window.height() - corner.y() - 16
        high = min(sum(heights), most, room - 2 * _EDGE)
        self.setGeometry(left, corner.y(), wide, high + 2 * _EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QFocusEvent):
            self._focus_moved(event)
        if event.type() == QEvent.Type.MouseButtonPress:
            self.open()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _note_before(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self._field and old is not None:
            self._before = old

    def _focus_moved(self, event: QFocusEvent) -> None:
        if event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.hide()
        elif event.reason() in _OPENING:
            self.open()

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _STEPS:
            if self.isVisible():
                self._step(_STEPS[key])
            else:
                self.open()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isVisible():
            self._run(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            if self._field.text():
                return False  # the field empties itself
            self.dismiss()
            return True
        return False

    # What it lists

    def _typed(self, _text: str) -> None:
        self.open()

    def _changed(self, _text: str) -> None:
        if not self.isVisible():
            return
        self._hits = ()
        self._list()
        self._place()
        self._pause.start()

    def _search(self) -> None:
        self._asked = self._field.text().strip()
        if self._asked:
            self._desk.work.run(
                self,
                partial(self._found, self._asked),
                search.search,
                self._asked,
                self._desk.centre.id,
            )

    def _found(self, asked: str, hits: tuple[search.Hit, ...]) -> None:
        if self.isVisible() and asked == self._asked == self._field.text().strip():
            self._hits = hits
            self._list()
            self._place()

    def _list(self) -> None:
        """Commands first, then what was found; what was chosen stays so where it is left."""
        words = self._field.text().casefold().split()
        entries = [*self._commands(words)]
        for kind, name in (
            ("patient", _("Patients")),
            ("group", _("Groups")),
            ("staff", _("Colleagues")),
        ):
            found = [hit for hit in self._hits if hit.kind == kind]
            if found:
                entries.append(Entry(name))
                entries += [Entry(hit.title, hit.detail, _KINDS[kind], hit) for hit in found]
        if not entries:
            waiting = self._pause.isActive() or self._asked != self._field.text().strip()
            entries = [Entry(_("Searching …") if waiting else _("Nothing is called that."))]
        chosen = self._chosen()
        self._entries.show(entries)
        self._choose(next((n for n, e in enumerate(entries) if e.key and e.key == chosen), None))

    def _commands(self, words: Sequence[str]) -> Iterable[Entry]:
        found = [
            command
            for command in self._actions.commands
            if command.key != "search"
            and self._actions[command.key].isEnabled()
            and _matches(words, command.text)
        ]
        if found:
            yield Entry(_("Commands"))
        for command in found:
            keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            yield Entry(command.text, keys, command.icon, command)

    def _chosen(self) -> str | UUID | None:
        row = self.list.currentIndex().row()
        return self._entries.entries[row].key if row >= 0 else None

    def _choose(self, row: int | None) -> None:
        """The line at *row*, or the first there is."""
        lines = self._lines()
        row = row if row is not None else next(iter(lines), None)
        if row is None:
            self._field.setAccessibleDescription(self._entries.entries[0].text)
            return
        index = self._entries.index(row)
        self.list.setCurrentIndex(index)
        if row == next(iter(lines)):
            self.list.scrollToTop()
        else:
            self.list.scrollTo(index)
        self._field.setAccessibleDescription(
            str(self._entries.data(index, Qt.ItemDataRole.AccessibleTextRole))
        )

    def _lines(self) -> list[int]:
        return [n for n, entry in enumerate(self._entries.entries) if not entry.heading]

    def _step(self, by: int) -> None:
        lines, row = self._lines(), self.list.currentIndex().row()
        if not lines:
            return
        at = lines.index(row) if row in lines else 0
        last = len(lines) - 1
        at = (at + by) % len(lines) if abs(by) == 1 else min(max(at + by, 0), last)
        self._choose(lines[at])

    # What is done

    def _clicked(self, index: QModelIndex) -> None:
        self._run(index)

    def _run(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ROLE) if index.isValid() else None
        if entry is None or entry.what is None:
            return
        what = entry.what
        self.dismiss()
        if isinstance(what, Command):
            self._actions[what.key].trigger()
        elif what.kind == "patient":
            self._desk.patient_asked.emit(what.id)
        elif what.kind == "group":
            self._desk.group_asked.emit(what.id)
        else:
            self._desk.calendar_asked.emit("staff", what.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.ctl)
        painter.setBrush(colours.base)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()


def _matches(words: Sequence[str], text: str) -> bool:
    """Each word begins one of the text's."""
    parts = text.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in words)
