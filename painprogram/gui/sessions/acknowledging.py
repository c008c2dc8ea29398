"""Clashes that stand there already are acknowledged with a reason, all in one step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from painprogram.gui.desk import Desk
from painprogram.gui.reasons import ReasonForm
from painprogram.usecases import clashes
from painprogram.usecases.clashes import Found


class AcknowledgeForm(ReasonForm):
    """What was said of one of them before is proposed again."""

    def __init__(
        self, desk: Desk, found: Sequence[Found], told: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent, told, self._given)
        self._desk, self._found = desk, tuple(found)
        before = next((one.asked_again for one in found if one.asked_again is not None), None)
        if before is not None:
            self.reason.setText(before.reason)
            self.reason.selectAll()

    def _given(self, reason: str) -> None:
        task = self._desk.work.run(self, self._kept, clashes.acknowledge_all, self._found, reason)
        task.or_else(self.fail)

    def _kept(self, _nothing: None) -> None:
        self.accept()
