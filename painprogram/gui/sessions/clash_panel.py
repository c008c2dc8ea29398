"""All clashes ahead, under the week: one after the other is gone to and solved."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.sessions.clash_list import ClashList
from painprogram.gui.tokens import CONTROL_SMALL, GAP, PANEL_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import clashes
from painprogram.usecases.clashes import Found

AHEAD = timedelta(days=182)
_HEIGHT = 190


class ClashPanel(Ground):
    """Hidden until it is asked for; Esc closes it."""

    chosen = Signal(object)  # Found
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="top")
        self._desk = desk
        self._wanted = False
        self.setObjectName("clash_panel")
        self.list = ClashList(_("Clashes ahead"))
        self.list.setObjectName("clashes_ahead")
        self.list.chosen.connect(self.chosen)
        self._count = Chip("", "block")
        self._none = Label(_("Nothing clashes in the half year ahead."), "body", "text2")
        self._none.setContentsMargins(PANEL_EDGE, 0, PANEL_EDGE, GAP)
        shut = QToolButton()
        shut.setObjectName("close_clashes")
        shut.setAutoRaise(True)
        shut.setIcon(icon("cross", "text2"))
        shut.setAccessibleName(_("Close the list of clashes"))
        shut.setToolTip(_("Close the list of clashes"))
        shut.clicked.connect(self.close_panel)
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_EDGE, 4, 4, 4)
        head.setSpacing(GAP)
        head.addWidget(Label(_("Clashes ahead"), "strong"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(400, round(_HEIGHT * theme.scale()) + CONTROL_SMALL)

    def open_panel(self) -> None:
        """Show it, and give it the keyboard when it knows what there is."""
        self._wanted = True
        self.setFixedHeight(self.sizeHint().height())
        self.show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def close_panel(self) -> None:
        self.hide()
        self.closed.emit()

    def reload(self) -> None:
        if self.isHidden():
            return
        today = self._desk.today()
        self._desk.work.run(
            self, self._show, clashes.found, today, today + AHEAD, self._desk.centre.id
        )

    def _show(self, found: Sequence[Found]) -> None:
        self.list.show_clashes(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self._count.setVisible(bool(found))
        self._count.show_text(str(len(found)))
        if self._wanted and found:
            self._wanted = False
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
