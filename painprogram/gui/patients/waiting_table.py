"""The waiting list as a table: in order, with what each one needs and when they can't come."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from painprogram.domain.filling import Waiting
from painprogram.domain.patients import LANGUAGES
from painprogram.domain.ways import WayStatus
from painprogram.gui import icons, theme
from painprogram.gui.patients.parts import is_key
from painprogram.gui.tokens import TABLE_ITEM
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import N_, _, date_short, ngettext

Index = QModelIndex | QPersistentModelIndex
WAITING = Qt.ItemDataRole.UserRole
NUMBER, NAME, WAITED, PRIORITY, NEEDS, TIMES, WANTS = range(7)
_HEADINGS = (
    *(N_("No."), N_("Name"), N_("Waited"), N_("Priority"), N_("Needs and language")),
    *(N_("Can't come"), N_("Waits for")),
)
_FIXED = {NUMBER: 5, WAITED: 15, PRIORITY: 15}
"""Widths in letters; the others share what is left."""
_SHARES = {NAME: 3, NEEDS: 4, TIMES: 3, WANTS: 3}
_PAD = 8


def needs(one: Waiting) -> str:
    parts = list(one.referral.values.needs)
    language = _(LANGUAGES[one.language])
    if one.interpreter:
        parts.append(_("Interpreter: {language}").format(language=language))
    elif one.language != "sv":
        parts.append(language)
    parts += [need.label for need in one.access]
    return ", ".join(parts)


def wants(one: Waiting) -> str:
    if one.referral.status is WayStatus.OFFERED:
        return _("Offered: {group}").format(group=one.offered_group_name)
    return ", ".join(part for part in (one.programme_name, one.preferred_centre_name) if part)


def told(one: Waiting) -> str:
    """All of a line in one sentence, for the tooltip and for those who listen."""
    days = ngettext("waited {days} day", "waited {days} days", one.days).format(days=one.days)
    times = ", ".join(time.label for time in one.times_not)
    parts = [
        f"{one.order}. {one.name}",
        _("Protected identity") if one.protected else "",
        days,
        _("more than the limit of {limit} days").format(limit=one.limit) if one.over_limit else "",
        _("Received {day}").format(day=date_short(one.referral.values.received_on)),
        _("Priority: {priority}").format(priority=one.referral.values.priority.label),
        needs(one),
        _("Not: {times}").format(times=times) if times else "",
        wants(one),
        one.referral.values.reason,
    ]
    return ". ".join(" ".join(part.split()) for part in parts if part)


class WaitingModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line: tuple[Waiting, ...] = ()

    def show(self, line: tuple[Waiting, ...]) -> None:
        if line != self.line:
            self.beginResetModel()
            self.line = line
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.line)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.line[index.row()]
        if role == WAITING:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return told(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told(one) if index.column() == NAME else self._text(one, index)
        return None

    @staticmethod
    def _text(one: Waiting, index: Index) -> str:
        days = ngettext("{days} day", "{days} days", one.days).format(days=one.days)
        priority = one.referral.values.priority
        return {
            NUMBER: str(one.order),
            NAME: one.name,
            WAITED: days,
            PRIORITY: priority.label if priority else "",
            NEEDS: needs(one),
            TIMES: ", ".join(time.label for time in one.times_not),
            WANTS: wants(one),
        }[index.column()]


class _Cells(QStyledItemDelegate):
    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one, colours, where = index.data(WAITING), theme.tokens(), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        inner, column = where.adjusted(_PAD, 0, -_PAD + 2, -1), index.column()
        ink, sign = colours.text, ""
        if column == WAITED and one.over_limit:
            ink, sign = colours.warn, "warning"
        elif column == WANTS and one.referral.status is WayStatus.OFFERED:
            ink, sign = colours.accent, "flag"
        elif column == NAME and one.protected:
            sign = "shield"
        elif column in (NUMBER, NEEDS, TIMES):
            ink = colours.text2
        if column == PRIORITY and one.referral.values.priority:
            sign = "chevron-up"
        if sign:
            side = 13 * theme.scale()
            box = QRectF(inner.x(), inner.center().y() - side / 2 + 0.5, side, side)
            icons.paint(painter, box, sign, colours.block if sign == "shield" else ink)
            inner.setLeft(round(box.right()) + 6)
        font = theme.figures() if column in (NUMBER, WAITED) else theme.font()
        if column == NAME:
            font = theme.font("strong")
        painter.setFont(font)
        painter.setPen(ink)
        text = elide(str(index.data() or ""), QFontMetricsF(font), inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            self._focus(painter, where, column)
        painter.restore()

    def _focus(self, painter: QPainter, where: QRect, column: int) -> None:
        """A frame around the whole line, a side from each of its cells."""
        accent = theme.tokens().accent
        painter.fillRect(where.x(), where.y(), where.width(), 2, accent)
        painter.fillRect(where.x(), where.bottom() - 1, where.width(), 2, accent)
        if column == NUMBER:
            painter.fillRect(where.x(), where.y(), 2, where.height(), accent)
        if where.right() >= self._view.horizontalHeader().length() - 1:
            painter.fillRect(where.right() - 1, where.y(), 2, where.height(), accent)


class WaitingTable(QTableView):
    opened = Signal(object)
    """A patient's key: Return, or a double click."""
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waiting = WaitingModel(self)
        self.setObjectName("waiting_table")
        self.setAccessibleName(_("Waiting list"))
        self.setModel(self.waiting)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.doubleClicked.connect(self._open)
        theme.notifier.changed.connect(self._measure)
        self._measure()

    @property
    def chosen(self) -> Waiting | None:
        row = self.currentIndex().row()
        return self.waiting.line[row] if 0 <= row < len(self.waiting.line) else None

    def show_line(self, line: Sequence[Waiting]) -> None:
        """Who is chosen stays chosen, wherever they have come to stand."""
        before = self.chosen
        self.waiting.show(tuple(line))
        self._hide_empty()
        if before is not None:
            self.choose(before.referral.id)

    def _hide_empty(self) -> None:
        """What nobody has anything in gives its room to the names."""
        rows = range(self.waiting.rowCount())
        for column in (PRIORITY, TIMES, WANTS):
            some = any(self.waiting.index(row, column).data() for row in rows)
            self.setColumnHidden(column, bool(rows) and not some)
        self._measure()

    def choose(self, referral_id: UUID) -> None:
        for row, one in enumerate(self.waiting.line):
            if one.referral.id == referral_id:
                self.setCurrentIndex(self.waiting.index(row, NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_key(event, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        metrics = QFontMetricsF(theme.font())
        self.verticalHeader().setDefaultSectionSize(max(TABLE_ITEM, round(metrics.height()) + 10))
        head, letter = self.horizontalHeader(), metrics.averageCharWidth()
        for column, letters in _FIXED.items():
            title = metrics.horizontalAdvance(_(_HEADINGS[column])) + 2 * _PAD
            head.resizeSection(column, round(max(title, letters * letter + 2 * _PAD)))
        taken = sum(head.sectionSize(column) for column in _FIXED)  # what is hidden takes nothing
        shares = {one: share for one, share in _SHARES.items() if not self.isColumnHidden(one)}
        free = max(0, self.viewport().width() - taken)
        for column, share in shares.items():
            least = round(14 * letter)
            head.resizeSection(column, max(least, free * share // sum(shares.values())))

    def _row_changed(self) -> None:
        self.viewport().update()
        self.chosen_changed.emit()

    def _open(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen.referral.patient_id)
