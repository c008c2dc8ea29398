"""The changes a plan proposes: each with its number, from where to where, and why."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from painprogram.domain.plans import PlanChange
from painprogram.gui import icons, theme
from painprogram.gui.panel_paint import box
from painprogram.gui.tokens import PANEL_EDGE
from painprogram.gui.widgets.text_fit import lines
from painprogram.gui.widgets.weekgrid_proposal import badge_size, paint_number
from painprogram.i18n import _

_CHANGE = Qt.ItemDataRole.UserRole
_PAD = 8
_MORE = 18
_MOST_LINES = 3


class ChangeList(QListWidget):
    """As tall as all its lines: what it stands in scrolls. Arrow keys walk; the menu key opens."""

    walked = QtSignal(int)
    """The number of the change that is chosen now, by the user."""
    menu_asked = QtSignal(int, QPoint)
    """A change, and where on the screen."""
    seen = QtSignal(QRect)
    """Where the chosen line is, within the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan_changes")
        self.setAccessibleName(_("Changes"))
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._showing = False
        self.currentItemChanged.connect(self._walked)
        self.itemClicked.connect(self._clicked)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def show_changes(self, changes: Sequence[PlanChange]) -> None:
        self._showing = True
        self.clear()
        for change in changes:
            item = QListWidgetItem(spoken(change))
            item.setData(_CHANGE, change)
            self.addItem(item)
        self._showing = False
        self._fit()

    @property
    def current(self) -> PlanChange | None:
        item = self.currentItem()
        return item.data(_CHANGE) if item else None

    def choose(self, number: int) -> None:
        """Without a signal: it was chosen elsewhere."""
        if self.current is not None and self.current.number == number:
            return
        self._showing = True
        for row in range(self.count()):
            if self.item(row).data(_CHANGE).number == number:
                self.setCurrentRow(row)
        self._showing = False
        self._tell_place()

    def step(self, way: int) -> None:
        """The next one, or the one before; from the last to the first."""
        if self.count():
            row = self.currentRow()
            at = (row + way) % self.count() if row >= 0 else (0 if way > 0 else self.count() - 1)
            if at == row:
                self._clicked(self.item(at))
            self.setCurrentRow(at)

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            where = more_rect(self.visualItemRect(item))
            if where.adjusted(-6, -6, 6, 6).contains(event.position()):
                self._ask_menu(item, where.center().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is not None:
            where = event.pos() if by_mouse else self.visualItemRect(item).center()
            self._ask_menu(item, where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._clicked(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _ask_menu(self, item: QListWidgetItem, where: QPoint) -> None:
        self.menu_asked.emit(item.data(_CHANGE).number, self.viewport().mapToGlobal(where))

    def _walked(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._showing:
            self._tell_place()
            self.walked.emit(item.data(_CHANGE).number)

    def _clicked(self, item: QListWidgetItem) -> None:
        """Also the one that is chosen already: another week may be shown."""
        self.walked.emit(item.data(_CHANGE).number)

    def _tell_place(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.seen.emit(self.visualItemRect(item))

    # Looks

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.tokens().alt)
        self.setPalette(palette)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        high = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(max(1, high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


def spoken(change: PlanChange) -> str:
    """Everything the line says."""
    words = _("Change {number}: {title}, {group}. {text}. {why}")
    return words.format(
        number=change.number,
        title=change.title,
        group=change.group_name,
        text=change.text,
        why=change.why,
    ).strip()


def more_rect(line: QRect) -> QRectF:
    """Where the three dots of a line stand."""
    side = _MORE * theme.scale()
    return QRectF(line.right() - PANEL_EDGE - side + 2, line.y() + _PAD - 1, side, side)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        words = self._words(index.data(_CHANGE), width)
        high = sum(QFontMetricsF(theme.font(role)).height() * len(t) + 1 for role, _ink, t in words)
        return QSize(width, round(high) + 2 * _PAD)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours, change = theme.tokens(), index.data(_CHANGE)
        where: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colours.accent_tint)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, colours.sunken)
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)
        x, y = where.x() + _left(change.number), where.y() + float(_PAD)
        first = QFontMetricsF(theme.font("strong")).height()
        badge = badge_size(change.number)
        centre = QPointF(where.x() + PANEL_EDGE + badge / 2, y + first / 2)
        paint_number(painter, centre, change.number, solid=True)
        for role, ink, texts in self._words(change, where.width()):
            font = theme.font(role)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            for text in texts:
                line = QRectF(x, y, where.width(), metrics.height())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
                y += metrics.height()
            y += 1
        icons.paint(painter, more_rect(where), "more", colours.text2)
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, where.adjusted(1, 1, -1, -2), None, colours.accent, line=2)
        painter.restore()

    @staticmethod
    def _words(change: PlanChange, width: int) -> tuple[tuple[theme.FontRole, str, list[str]], ...]:
        wide = max(60.0, width - _left(change.number) - PANEL_EDGE)
        title = f"{change.title}, {change.group_name}"
        strong, body, small = (
            QFontMetricsF(theme.font(role)) for role in ("strong", "body", "small")
        )
        beside = wide - _MORE * theme.scale() - 4
        return (
            ("strong", "text", lines(title, strong, beside, 2)),
            ("body", "text", lines(change.text, body, wide, _MOST_LINES)),
            ("small", "text2", lines(change.why, small, wide, _MOST_LINES)),
        )


def _left(number: int) -> float:
    return PANEL_EDGE + max(badge_size(number), badge_size(10)) + 8
