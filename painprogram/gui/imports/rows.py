"""The rows of a list with their verdicts: thousands of them, painted as they come into sight."""

from collections.abc import Sequence

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
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from painprogram.domain.imports import Judged, Verdict
from painprogram.gui import icons, theme
from painprogram.gui.tokens import TABLE_ITEM
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import N_, _, number

Index = QModelIndex | QPersistentModelIndex
JUDGED = Qt.ItemDataRole.UserRole
ROW, VERDICT, WHO, WHAT = range(4)
_HEADINGS = N_("Row"), N_("Verdict"), N_("Who"), N_("What")
SIGNS = {
    Verdict.NEW: ("plus", "ok"),
    Verdict.CHANGED: ("pen", "accent"),
    Verdict.UNCHANGED: ("check", "text3"),
    Verdict.DUPLICATE: ("copy", "block"),
    Verdict.REFUSED: ("blocked", "block"),
}
"""Icon and colour."""
_PAD = 8


def what(one: Judged) -> str:
    """All that is to be said of a row, in one line."""
    parts = [f"{fault.column}: {fault.reason}" for fault in one.faults]
    parts += [
        _("{what}: {old} → {new}").format(what=x.what, old=x.old or "–", new=x.new or "–")
        for x in one.differences
    ]
    return "  ".join([*parts, *one.remarks])


def told(one: Judged) -> str:
    """A row in one sentence, for those who listen."""
    row = _("Row {row}").format(row=number(one.row))
    return ". ".join(part for part in (row, one.verdict.label, one.who, what(one)) if part)


class RowsModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Judged] = ()

    def show(self, rows: Sequence[Judged]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.rows[index.row()]
        if role == JUDGED:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return told(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told(one) if index.column() == ROW else self._text(one, index.column())
        return None

    @staticmethod
    def _text(one: Judged, column: int) -> str:
        if column == ROW:
            return number(one.row)
        if column == VERDICT:
            return one.verdict.label
        return one.who if column == WHO else what(one)


class _Cells(QStyledItemDelegate):
    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one, colours, where = index.data(JUDGED), theme.tokens(), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        inner, column = where.adjusted(_PAD, 0, -_PAD + 2, -1), index.column()
        sign, role = SIGNS[one.verdict]
        ink = colours.text
        if column == VERDICT:
            side = 13 * theme.scale()
            ink = colours.colour(role)
            box = QRectF(inner.x(), inner.center().y() - side / 2 + 0.5, side, side)
            icons.paint(painter, box, sign, ink)
            inner.setLeft(round(box.right()) + 6)
        elif column == ROW or (column == WHAT and not one.verdict.stops):
            ink = colours.text2
        font = theme.figures() if column == ROW else theme.font()
        painter.setFont(font)
        painter.setPen(ink)
        text = elide(str(index.data() or ""), QFontMetricsF(font), inner.width())
        side_of = Qt.AlignmentFlag.AlignRight if column == ROW else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | side_of, text)
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            self._focus(painter, where, column)
        painter.restore()

    @staticmethod
    def _focus(painter: QPainter, where: QRect, column: int) -> None:
        """A frame around the whole line, a side from each of its cells."""
        accent = theme.tokens().accent
        painter.fillRect(where.x(), where.y(), where.width(), 2, accent)
        painter.fillRect(where.x(), where.bottom() - 1, where.width(), 2, accent)
        if column == ROW:
            painter.fillRect(where.x(), where.y(), 2, where.height(), accent)
        if column == WHAT:
            painter.fillRect(where.right() - 1, where.y(), 2, where.height(), accent)


class RowsTable(QTableView):
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = RowsModel(self)
        self.setObjectName("rows")
        self.setAccessibleName(_("Rows of the file"))
        self.setModel(self.shown)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        theme.notifier.changed.connect(self._measure)
        self._measure()

    def show_rows(self, rows: Sequence[Judged]) -> None:
        self.shown.show(rows)
        self._measure()
        if rows:
            self.setCurrentIndex(self.shown.index(0, 0))
        self.chosen_changed.emit()

    @property
    def chosen(self) -> Judged | None:
        row = self.currentIndex().row()
        return self.shown.rows[row] if 0 <= row < len(self.shown.rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        metrics = QFontMetricsF(theme.font())
        self.verticalHeader().setDefaultSectionSize(max(TABLE_ITEM, round(metrics.height()) + 10))
        head, letter = self.horizontalHeader(), metrics.averageCharWidth()
        labels = max(metrics.horizontalAdvance(each.label) for each in Verdict)
        digits = max(metrics.horizontalAdvance(_(_HEADINGS[ROW])), 6 * letter)
        free = self.viewport().width()
        fixed = {
            ROW: digits + 2 * _PAD,
            VERDICT: labels + 13 * theme.scale() + 6 + 2 * _PAD,
            WHO: min(24 * letter, free * 0.24),
        }
        for column, wide in fixed.items():
            head.resizeSection(column, round(wide))
        left = free - sum(head.sectionSize(column) for column in fixed)
        head.resizeSection(WHAT, max(round(16 * letter), left))

    def _row_changed(self) -> None:
        self.viewport().update()
        self.chosen_changed.emit()
