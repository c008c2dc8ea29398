"""What others changed in our events on a server: whose version holds, for each."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases.calendar_targets import Edited, Keep

_TALLEST = 420


class EditsForm(Form):
    def __init__(
        self,
        parent: QWidget,
        edited: tuple[Edited, ...],
        chosen: Callable[[dict[str, Keep]], object],
    ) -> None:
        super().__init__(parent, _("Changed on the server"), _("Use these versions"), self._done)
        self.setObjectName("calendar_edits")
        self._chosen = chosen
        self._choices: dict[str, QComboBox] = {}
        text = _("Somebody changed these events on the server. Choose which version holds.")
        self.fields.addRow(Label(text, "body", "text2", wrap=True))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE[2], 0)
        column.setSpacing(SPACE[4])
        for at, each in enumerate(edited):
            column.addWidget(self._event(at, each))
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(min(_TALLEST, inside.sizeHint().height() + SPACE[2]))
        self.fields.addRow(area)

    def _event(self, at: int, each: Edited) -> QWidget:
        choice = QComboBox()
        choice.setObjectName(f"calendar_edit_{at}")
        choice.setAccessibleName(each.title)
        choice.addItem(_("Decide later"), None)
        choice.addItem(_("Keep the server's"), Keep.THEIRS)
        choice.addItem(_("Send ours"), Keep.OURS)
        self._choices[each.uid] = choice
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(Label(each.title, "strong", wrap=True))
        column.addWidget(Label(_("Ours: {told}").format(told=each.ours), wrap=True))
        column.addWidget(Label(_("On the server: {told}").format(told=each.theirs), wrap=True))
        column.addWidget(choice)
        return holder

    def _done(self) -> None:
        keep = {uid: box.currentData() for uid, box in self._choices.items() if box.currentData()}
        self.accept()
        if keep:
            self._chosen({uid: Keep(value) for uid, value in keep.items()})
