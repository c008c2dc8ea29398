"""A dialog that says itself why something is refused, and asks for the reason that a rule wants."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from painprogram.domain.errors import NeedsReason
from painprogram.domain.groups import Group
from painprogram.gui.reasons import LONGEST
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _


class AnsweringDialog(QDialog):
    """A subclass places ``wrong`` and ``because``, and says what may be pressed in ``_enable``."""

    made = Signal(object)
    """The ``Group`` as it is now."""

    def __init__(self, parent: QWidget, because: str) -> None:
        """*because* is the object name of the field for the reason."""
        super().__init__(parent)
        self.wrong = Label("", colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.because = QLineEdit()
        self.because.setObjectName(because)
        self.because.setAccessibleName(_("Reason"))
        self.because.setPlaceholderText(_("Why it is to be so all the same"))
        self.because.setMaxLength(LONGEST)

    def fail(self, sentence: str) -> None:
        """Say what is wrong; nothing typed is lost."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self._enable()

    def _done(self, result: "Group | NeedsReason") -> None:
        if isinstance(result, NeedsReason):
            self.fail(str(result))
            self.because.show()
            self.because.setFocus()
            return
        self.made.emit(result)
        self.accept()

    def _enable(self) -> None:
        """Whether it can be pressed now."""
