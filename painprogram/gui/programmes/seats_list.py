"""Patients of a group with a sentence about each; Enter or a click goes to the patient."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from painprogram.gui.icons import icon
from painprogram.gui.tokens import ICON

_KEY = Qt.ItemDataRole.UserRole
_PATIENT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Told:
    key: UUID
    """Of the place."""
    patient_id: UUID
    text: str
    sign: str = "person"
    colour: str = "text2"


class PeopleList(QListWidget):
    person_asked = Signal(object)
    """A patient's key."""

    def __init__(self, object_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setIconSize(QSize(ICON, ICON))
        self.setWordWrap(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._asked)

    def show_people(self, people: Iterable[Told]) -> None:
        """What was chosen stays chosen."""
        chosen = self.chosen
        self.clear()
        for one in people:
            item = QListWidgetItem(icon(one.sign, one.colour), one.text, self)
            item.setData(_KEY, one.key)
            item.setData(_PATIENT, one.patient_id)
            item.setToolTip(one.text)
            if one.key == chosen:
                self.setCurrentItem(item)

    @property
    def chosen(self) -> UUID | None:
        """The place that is chosen."""
        item = self.currentItem()
        found: UUID | None = item.data(_KEY) if item else None
        return found

    def texts(self) -> list[str]:
        return [self.item(row).text() for row in range(self.count())]

    def _asked(self, item: QListWidgetItem) -> None:
        self.person_asked.emit(item.data(_PATIENT))
