"""A box to choose from: words shortened, never clipped; shorter words when it is closed."""

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from painprogram.gui.widgets.text_fit import elide

_SHORT = Qt.ItemDataRole.UserRole + 1


class Choice(QComboBox):
    """*least* characters wide at least, whatever there is to choose from."""

    def __init__(self, least: int = 16) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(least)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, text: str, value: object, short: str = "") -> None:
        """A line of the list; *short* is what the closed box says."""
        self.addItem(text, value)
        self.setItemData(self.count() - 1, short or text, _SHORT)

    def rename(self, row: int, text: str) -> None:
        self.setItemText(row, text)
        self.setItemData(row, text, _SHORT)

    @property
    def short(self) -> str:
        return str(self.itemData(self.currentIndex(), _SHORT) or self.currentText())

    def choose(self, value: Hashable) -> None:
        """The line whose data equals *value*, else the first: Qt doesn't see that keys of ours
        are equal."""
        found = (row for row in range(self.count()) if self.itemData(row) == value)
        self.setCurrentIndex(next(found, 0))

    def showPopup(self) -> None:
        """The list is as wide as its words, not as the box."""
        metrics = QFontMetricsF(self.font())
        words = (self.itemText(row) for row in range(self.count()))
        wide = max((metrics.horizontalAdvance(text) for text in words), default=0) + 48
        free = self.screen().availableGeometry().width() - 80
        self.view().setMinimumWidth(round(min(max(wide, self.width()), free)))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past it changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        metrics = QFontMetricsF(self.font())
        option.currentText = elide(self.short, metrics, field.width() - 8)
        self.setToolTip(self.currentText())
