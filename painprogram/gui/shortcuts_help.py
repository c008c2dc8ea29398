"""What F1 shows: every command with its key, and the keys of grids and tables."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import theme
from painprogram.gui.actions import Command
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _

_WIDE, _HIGH = 560, 620
_SCHEDULE = (
    ("Left", N_("Go to the next session that way; also Right, Up and Down")),
    ("Return", N_("Open the session")),
    ("Alt+Up", N_("Move the session; also Alt with the other arrows")),
    ("Alt+Shift+Down", N_("Make the session longer; Up makes it shorter")),
    ("Ctrl+Alt+1", N_("The week; Ctrl+Alt+2 the term, Ctrl+Alt+3 the list")),
    ("Ctrl+F", N_("Show only some groups, leaders, rooms or kinds")),
    ("Ctrl+A", N_("Choose everything that is shown")),
    ("Shift+Right", N_("Choose one more; also Shift with the other arrows")),
    ("Ctrl+Right", N_("Mark a free place; also Ctrl with the other arrows")),
    ("Ctrl+X", N_("Cut, to be moved where it is pasted")),
    ("Ctrl+C", N_("Copy, to make an extra session where it is pasted")),
    ("Ctrl+V", N_("Paste at the place that is marked")),
    ("Ctrl++", N_("Larger; Ctrl+- smaller, Ctrl+0 as it was")),
)
_TABLES = (
    ("Return", N_("Write in the cell, and go on to the next line")),
    ("Space", N_("Tick or untick")),
    ("Delete", N_("Remove the line")),
    ("Esc", N_("Leave the cell as it was")),
)


class ShortcutsHelp(QDialog):
    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(_("Help and shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE[5])
        self._grid.setVerticalSpacing(SPACE[2])
        self._grid.setColumnStretch(1, 1)
        everywhere = [(each.shortcut, each.text) for each in commands if each.shortcut]
        self._section(_("Everywhere"), everywhere)
        self._section(_("In the schedule"), [(key, _(text)) for key, text in _SCHEDULE])
        self._section(_("In tables to write in"), [(key, _(text)) for key, text in _TABLES])
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(SPACE[5], SPACE[4], SPACE[5], SPACE[4])
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("shortcut_list")
        area.setAccessibleName(_("Help and shortcuts"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(ground)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("close")
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(round(_WIDE * theme.scale()), round(_HIGH * theme.scale()))

    def _section(self, title: str, keys: Sequence[tuple[str, str]]) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Label(title, "title"), at, 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        for row, (key, text) in enumerate(keys, start=at + 1):
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            self._grid.addWidget(Label(shown, "strong", "text2"), row, 0, top)
            self._grid.addWidget(Label(text, wrap=True), row, 1, top)
