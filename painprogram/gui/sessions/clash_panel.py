"""All clashes ahead, under the week: one after the other is gone to, and solved or acknowledged."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, cast

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.sessions.acknowledging import AcknowledgeForm
from painprogram.gui.sessions.clash_list import ClashList
from painprogram.gui.tokens import CONTROL_SMALL, GAP, PANEL_EDGE
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _
from painprogram.usecases import clashes
from painprogram.usecases.clashes import AHEAD, Found

_HEIGHT = 190
Part = Literal["open", "acknowledged", "information"]


class ClashPanel(Ground):
    """Hidden until it is asked for; Esc closes it."""

    chosen = Signal(object)  # Found
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="top")
        self._desk = desk
        self._wanted = False
        self._found: tuple[Found, ...] = ()
        self.setObjectName("clash_panel")
        self.list = ClashList(_("Clashes ahead"))
        self.list.setObjectName("clashes_ahead")
        self.list.chosen.connect(self.chosen)
        self.list.currentRowChanged.connect(self._enable)
        self.part = Segmented(_("Which clashes are shown"), _segments(()))
        self.part.setObjectName("clash_part")
        self.part.chosen.connect(self._fill)
        self._none = Label("", "body", "text2")
        self._none.setContentsMargins(PANEL_EDGE, 0, PANEL_EDGE, GAP)
        self.acknowledge = _button("acknowledge", "check", _("Acknowledge…"))
        self.acknowledge.clicked.connect(self._ask)
        self.withdraw = _button("withdraw", "undo", _("Withdraw the acknowledgement"))
        self.withdraw.clicked.connect(self._withdraw)
        shut = QToolButton()
        shut.setObjectName("close_clashes")
        shut.setAutoRaise(True)
        shut.setIcon(icon("cross", "text2"))
        shut.setAccessibleName(_("Close the list of clashes"))
        shut.setToolTip(_("Close the list of clashes"))
        shut.clicked.connect(self.close_panel)
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_EDGE, 6, 4, 6)
        head.setSpacing(GAP)
        head.addWidget(Label(_("Clashes ahead"), "strong"))
        head.addSpacing(GAP)
        for part in (self.part, self.acknowledge, self.withdraw):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        self._enable()
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
        today, centre = self._desk.today(), self._desk.centre.id
        self._desk.work.run(
            self, self._show, clashes.found, today, today + AHEAD, centre, today=today
        )

    def _show(self, found: Sequence[Found]) -> None:
        self._found = tuple(found)
        self.part.show_segments(_segments(self._found))
        self._fill()
        if self._wanted and self.list.count():
            self._wanted = False
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fill(self) -> None:
        part = cast("Part", self.part.current)
        shown = [one for one in self._found if part_of(one) == part]
        self.list.show_clashes(shown)
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._none.setText(
            {
                "open": _("Nothing clashes in the half year ahead."),
                "acknowledged": _("No clash ahead has been acknowledged."),
                "information": _("Nothing more to know about the half year ahead."),
            }[part]
        )
        self._enable()

    def _enable(self) -> None:
        current, part = self.list.current, self.part.current
        self.acknowledge.setVisible(part == "open")
        self.acknowledge.setEnabled(current is not None and current.to_acknowledge)
        blocks = current is not None and current.open and not current.to_acknowledge
        self.acknowledge.setToolTip(
            _("Its rule blocks: move one of the two, or change the rule in the settings.")
            if blocks
            else ""
        )
        self.withdraw.setVisible(part == "acknowledged")
        self.withdraw.setEnabled(current is not None and current.acknowledged is not None)

    # Acknowledging

    def _ask(self) -> None:
        current = self.list.current
        if current is None or not current.to_acknowledge:
            return
        told = (f"{current.title}: {current.text}",)
        form = AcknowledgeForm(self._desk, (current,), told, self)
        form.finished.connect(self._answered)
        form.open()

    def _answered(self) -> None:
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw(self) -> None:
        current = self.list.current
        if current is not None and current.acknowledged is not None:
            self._desk.work.run(self, self._withdrawn, clashes.withdraw, current)

    def _withdrawn(self, _nothing: None) -> None:
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


def part_of(found: Found) -> Part:
    if found.acknowledged is not None:
        return "acknowledged"
    return "open" if found.open else "information"


def _segments(found: Sequence[Found]) -> list[Segment]:
    many = Counter[str](part_of(one) for one in found)
    return [
        Segment(key, f"{words} {many[key]}" if many[key] else words)
        for key, words in (
            ("open", _("To solve")),
            ("acknowledged", _("Acknowledged")),
            ("information", _("Information")),
        )
    ]


def _button(name: str, sign: str, text: str) -> QPushButton:
    button = QPushButton(icon(sign), text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setProperty("small", True)
    return button
