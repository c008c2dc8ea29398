"""Small dialogs about a group: its name, its size."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from painprogram.domain.groups import Group
from painprogram.gui.desk import Desk
from painprogram.gui.widgets.form import Form
from painprogram.i18n import _
from painprogram.usecases import groups

Done = Callable[[Group], object]


class RenameForm(Form):
    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        super().__init__(parent, _("Rename group"), _("Rename"), self._save)
        self._desk, self._group = desk, group
        self.setObjectName("rename_group")
        self.name = QLineEdit(group.name)
        self.name.selectAll()
        self.add(_("Name"), self.name, "group_name")

    def _save(self) -> None:
        self._desk.work.run(
            self, self._done, groups.rename, self._group.id, self.name.text()
        ).or_else(self.fail)

    def _done(self, _group: Group) -> None:
        self.accept()


class SizeForm(Form):
    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        super().__init__(parent, _("Change size of group"), _("Change size"), self._save)
        self._desk, self._group = desk, group
        self.setObjectName("size_group")
        self.minimum, self.maximum = people(group.minimum), people(group.maximum)
        self.add(_("At least"), self.minimum, "group_minimum")
        self.add(_("At most"), self.maximum, "group_maximum")

    def _save(self) -> None:
        self._desk.work.run(
            self,
            self._done,
            groups.set_size,
            self._group.id,
            self.minimum.value(),
            self.maximum.value(),
        ).or_else(self.fail)

    def _done(self, _group: Group) -> None:
        self.accept()


def people(value: int) -> QSpinBox:
    """A field for a number of participants; what is too few or many is refused in words."""
    field = QSpinBox()
    field.setRange(0, 999)
    field.setValue(value)
    return field
