"""Above the list: from which day, or the whole term; how it is sorted; how many there are."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QPushButton, QToolButton, QWidget

from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.sessions.list_model import COLUMNS
from painprogram.gui.tokens import CONTROL, GAP, SCREEN_EDGE, TOOLBAR
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _


class ListBar(Ground):
    day_chosen = Signal(object)  # date
    whole_chosen = Signal(bool)
    sort_chosen = Signal(int, bool)
    """Column, and whether the last stands first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="bottom")
        self.day = QDateEdit()
        self.day.setObjectName("list_from")
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setKeyboardTracking(False)
        self.day.setAccessibleName(_("From this day"))
        self.day.dateChanged.connect(self._day_changed)
        self.whole = QPushButton(_("The whole term"))
        self.whole.setObjectName("whole_term")
        self.whole.setCheckable(True)
        self.whole.setAccessibleName(_("The whole term"))
        self.whole.toggled.connect(self.whole_chosen)
        self._count = Elided("", "small", "text2")
        self._count.setObjectName("list_count")
        self.sort = QComboBox()
        self.sort.setObjectName("sort_by")
        self.sort.setAccessibleName(_("Sort by"))
        for column in COLUMNS:
            self.sort.addItem(_(column.title), column.key)
        self.sort.activated.connect(self._sort_chosen)
        self.order = QToolButton()
        self.order.setObjectName("sort_order")
        self.order.setCheckable(True)
        self.order.setFixedSize(CONTROL, CONTROL)
        self.order.toggled.connect(self._sort_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 0, SCREEN_EDGE - 4, 0)
        row.setSpacing(GAP)
        row.addWidget(Label(_("From"), "body", "text2"))
        row.addWidget(self.day)
        row.addWidget(self.whole)
        row.addSpacing(4)
        row.addWidget(self._count, 1)
        row.addWidget(Label(_("Sort by"), "body", "text2"))
        row.addWidget(self.sort)
        row.addWidget(self.order)
        self._show_order()
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def show_from(self, day: date, *, whole: bool) -> None:
        for part in (self.day, self.whole):
            part.blockSignals(True)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.whole.setChecked(whole)
        for part in (self.day, self.whole):
            part.blockSignals(False)

    def show_count(self, text: str) -> None:
        self._count.set_text(text)

    def show_sort(self, column: int, descending: bool) -> None:  # noqa: FBT001 -- a signal's
        self.sort.setCurrentIndex(column)
        self.order.blockSignals(True)
        self.order.setChecked(descending)
        self.order.blockSignals(False)
        self._show_order()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(round(TOOLBAR * theme.scale()))

    def _day_changed(self, day: QDate) -> None:
        self.day_chosen.emit(date(day.year(), day.month(), day.day()))

    def _sort_chosen(self) -> None:
        self._show_order()
        self.sort_chosen.emit(self.sort.currentIndex(), self.order.isChecked())

    def _show_order(self) -> None:
        down = self.order.isChecked()
        words = _("Descending") if down else _("Ascending")
        self.order.setIcon(icon("chevron-down" if down else "chevron-up"))
        self.order.setToolTip(words)
        self.order.setAccessibleName(words)
