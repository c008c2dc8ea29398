"""A box to choose from whose words are shortened, never clipped."""

from collections.abc import Hashable, Iterable
from uuid import UUID

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from painprogram.domain.people import Staff
from painprogram.gui.widgets.text_fit import elide


class Choice(QComboBox):
    """*least* characters wide at least, whatever there is to choose from."""

    def __init__(self, least: int = 16) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(least)

    def choose(self, value: Hashable) -> None:
        """The line whose data equals *value*, else the first: Qt doesn't see that keys of ours
        are equal."""
        found = (row for row in range(self.count()) if self.itemData(row) == value)
        self.setCurrentIndex(next(found, 0))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        metrics = QFontMetricsF(self.font())
        option.currentText = elide(option.currentText, metrics, field.width() - 8)
        self.setToolTip(self.currentText())


def offer_people(box: Choice, staff: Iterable[Staff], centre_id: UUID, nobody: str) -> None:
    """*nobody*, then those of the centre, then those of others with its name."""
    box.addItem(nobody, None)
    for person in sorted(staff, key=lambda one: one.centre_id != centre_id):
        words = [person.name, person.profession.label]
        if person.centre_id != centre_id:
            words.append(person.centre_name)
        box.addItem(", ".join(words), person.id)
