"""The left side: the programmes, and below them the groups of the centre."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.groups import Group, GroupStatus
from painprogram.gui import icons, theme
from painprogram.gui.programmes import wording
from painprogram.gui.programmes.seats import paint_seats
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import _
from painprogram.usecases.programmes import Offered

Index = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole
_SIGN = 16
_PAD = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of one of the lists."""

    key: Hashable
    title: str
    detail: str
    icon: str
    status: GroupStatus | None = None
    seats: tuple[int, int] | None = None

    def __str__(self) -> str:
        """As a screen reader says it."""
        parts = [self.title, self.detail]
        if self.status:
            parts.append(self.status.label)
        if self.seats:
            taken, maximum = self.seats
            parts.append(_("{taken} of {maximum} seats taken").format(taken=taken, maximum=maximum))
        return ", ".join(part for part in parts if part)


def of_programme(offered: Offered, groups: Iterable[Group]) -> Entry:
    many = sum(group.programme_id == offered.version_id for group in groups)
    detail = f"{wording.version(offered)} · {wording.running(many)}"
    icon = "lecture" if offered.content.activity else "programme"
    return Entry(programme_key(offered), str(offered.content.name), detail, icon)


def programme_key(offered: Offered) -> tuple[str, int | None]:
    return offered.content.key, offered.number


def of_group(group: Group, today: date) -> Entry:
    seats = None if group.activity else (group.taken, group.maximum)
    paused = wording.paused(group, today)
    detail, sign = (paused, "pause") if paused else (wording.span(group), "people")
    return Entry(group.id, group.name, detail, sign, group.status, seats)


class Library(QWidget):
    """Two lists with one choice between them."""

    programme_chosen = Signal(object)
    """A programme's key and version."""
    group_chosen = Signal(object)
    """A group's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.programmes = EntryList("programme_list", _("Programmes"))
        self.groups = EntryList("group_list", _("Groups"))
        self.no_groups = Label(
            _("No group yet. Choose a programme and start one."), "small", "text3", wrap=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_EDGE, 12, PANEL_EDGE, 12)
        column.setSpacing(GAP)
        column.addWidget(Label(_("Programmes"), "strong", "text2"))
        column.addWidget(self.programmes)
        column.addSpacing(GAP)
        column.addWidget(Label(_("Groups"), "strong", "text2"))
        column.addWidget(self.no_groups)
        column.addWidget(self.groups, 1)
        column.addStretch(0)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.AlternateBase)
        self.programmes.chosen.connect(self._programme)
        self.groups.chosen.connect(self._group)

    def show_entries(
        self, offered: Iterable[Offered], groups: Iterable[Group], today: date
    ) -> None:
        known = tuple(groups)
        self.programmes.show_entries([of_programme(one, known) for one in offered])
        self.programmes.fit_height()
        self.groups.show_entries([of_group(group, today) for group in known])
        self.no_groups.setVisible(not known)
        self.groups.setVisible(bool(known))

    def mark(self, programme: Hashable = None, group: Hashable = None) -> None:
        """Show what is chosen, without a signal."""
        self.programmes.mark(programme)
        self.groups.mark(group)

    def _programme(self, key: Hashable) -> None:
        self.groups.mark(None)
        self.programme_chosen.emit(key)

    def _group(self, key: Hashable) -> None:
        self.programmes.mark(None)
        self.group_chosen.emit(key)


class EntryList(QListWidget):
    """Keeps choice and scroll when its entries are shown anew."""

    chosen = Signal(object)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setItemDelegate(EntryDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(self._current)
        self.itemClicked.connect(self._clicked)
        theme.notifier.changed.connect(self.viewport().update)
        self._showing = False

    def show_entries(self, entries: list[Entry]) -> None:
        if entries == [self.item(row).data(_ENTRY) for row in range(self.count())]:
            return
        key = self._key(self.currentItem()) if self.selectedItems() else None
        scrolled = self.verticalScrollBar().value()
        self._showing = True
        self.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title, self)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, str(entry))
            item.setToolTip(str(entry))
        self._showing = False
        self.mark(key)
        self.verticalScrollBar().setValue(scrolled)

    def mark(self, key: Hashable) -> None:
        self._showing = True
        found = next(
            (
                item
                for row in range(self.count())
                if key is not None and self._key(item := self.item(row)) == key
            ),
            None,
        )
        if found is None:
            self.clearSelection()
            self.setCurrentRow(-1)
        else:
            self.setCurrentItem(found)
        self._showing = False

    def fit_height(self) -> None:
        """As high as its entries, six at most."""
        self.setFixedHeight(max(1, min(6, self.count())) * self.sizeHintForRow(0) + 4)

    @staticmethod
    def _key(item: QListWidgetItem | None) -> Hashable:
        return item.data(_ENTRY).key if item else None

    def _current(self, item: QListWidgetItem | None, _old: QListWidgetItem | None) -> None:
        if item is not None and not self._showing:
            self.chosen.emit(self._key(item))

    def _clicked(self, item: QListWidgetItem) -> None:
        """The line that was left for the other list is current still: a click chooses it."""
        if not self._showing:
            self.chosen.emit(self._key(item))


class EntryDelegate(QStyledItemDelegate):
    """Sign and title, chip at the right; the detail and the seats under them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        title, small = QFontMetricsF(theme.font("strong")), QFontMetricsF(theme.font("small"))
        return QSize(80, round(title.height() + small.height()) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        colours = theme.tokens()
        rect = QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent_tint if chosen else colours.sunken)
            painter.drawRoundedRect(rect, 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colours.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = _SIGN * theme.scale()
        sign = QRectF(rect.x() + _PAD, rect.y() + 8, side, side)
        icons.paint(painter, sign, entry.icon, colours.accent if chosen else colours.text2)
        self._texts(painter, entry, rect.adjusted(_PAD + side + GAP, 6, -_PAD, -6))
        painter.restore()

    def _texts(self, painter: QPainter, entry: Entry, rect: QRectF) -> None:
        colours = theme.tokens()
        strong, small = theme.font("strong"), theme.figures("small")
        metrics, small_metrics = QFontMetricsF(strong), QFontMetricsF(small)
        right = rect.right()
        if entry.status:
            right = self._status(painter, entry.status, rect) - GAP
        painter.setFont(strong)
        painter.setPen(colours.text)
        painter.drawText(
            QPointF(rect.x(), rect.y() + metrics.ascent()),
            elide(entry.title, metrics, right - rect.x()),
        )
        right = rect.right()
        bottom = rect.bottom() - small_metrics.height()
        if entry.seats:
            wide = min(66 * theme.scale(), rect.width() * 0.4)
            where = QRectF(right - wide, bottom, wide, small_metrics.height())
            paint_seats(painter, where, *entry.seats)
            right -= wide + GAP
        painter.setFont(small)
        painter.setPen(colours.text2)
        painter.drawText(
            QPointF(rect.x(), bottom + small_metrics.ascent()),
            elide(entry.detail, small_metrics, right - rect.x()),
        )

    @staticmethod
    def _status(painter: QPainter, status: GroupStatus, rect: QRectF) -> float:
        """The status at the right edge; gives where it begins."""
        tone, icon = wording.STATUS[status]
        ink = theme.tokens().colour("text2" if tone == "neutral" else tone)
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        side = 12 * theme.scale()
        wide = metrics.horizontalAdvance(status.label)
        x = rect.right() - wide
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QPointF(x, rect.y() + metrics.ascent()), status.label)
        x -= side + 4
        middle = rect.y() + metrics.height() / 2
        icons.paint(painter, QRectF(x, middle - side / 2, side, side), icon, ink)
        return x
