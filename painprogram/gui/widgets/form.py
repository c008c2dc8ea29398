"""A small dialog with fields, one sentence for what is wrong, and a button with a verb."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_NARROWEST = 460


class Form(QDialog):
    """Fields under each other; *accepted_by* is called when the button is pressed.

    It is closed by whoever handles the press (``accept()``), when the use case is done; a refusal
    goes to ``fail`` and the form stays open with everything typed in it.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        verb: str,
        accepted_by: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.fields = QFormLayout()
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(12)
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.setVisible(False)
        self.button = QPushButton(verb)
        self.button.setObjectName("accept")
        self.button.setProperty("danger" if danger else "primary", True)
        self.button.setDefault(True)
        self.button.clicked.connect(self._pressed)
        self._accepted_by = accepted_by
        box = QDialogButtonBox()
        box.addButton(self.button, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancel")
        box.rejected.connect(self.reject)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self.fields)
        layout.addWidget(self.wrong)
        layout.addStretch(1)
        layout.addWidget(box)

    def add(self, label: str, field: QWidget, name: str) -> None:
        """A field with its label; *name* is its object name, *label* its accessible one."""
        field.setObjectName(name)
        field.setAccessibleName(label)
        caption = QLabel(label)
        caption.setBuddy(field)
        self.fields.addRow(caption, field)

    def fail(self, sentence: str) -> None:
        """Say what is wrong; nothing typed is lost."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(True)
        self.button.setEnabled(True)

    def stay(self) -> None:
        """Open as it is, to be put in another way."""
        self.button.setEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Wide enough for its fields, and never narrower than is good to read."""
        self.setMinimumWidth(max(_NARROWEST, self._column.minimumSize().width()))
        super().showEvent(event)

    def _pressed(self) -> None:
        self.wrong.setVisible(False)
        self.button.setEnabled(False)
        self._accepted_by()
