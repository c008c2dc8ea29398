"""One line above the own schedule: how far the patient has come, and the way to make up."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from painprogram.domain.completion import Completion
from painprogram.gui import tokens
from painprogram.gui.patients.parts import button
from painprogram.gui.widgets.ground import Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _


class CompletionLine(QWidget):
    make_up_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = {
            "ok": Sign("check", "ok"),
            "warn": Sign("warning", "warn"),
            "calm": Sign("clock", "text2"),
        }
        self.told = Label("", "small", "text2", wrap=True)
        self.told.setObjectName("completion")
        self.told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.make_up = button(_("Make up …"), "make_up", "swap", self.make_up_asked.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.setSpacing(tokens.GAP)
        for sign in self._signs.values():
            row.addWidget(sign)
        row.addWidget(self.told, 1)
        row.addWidget(self.make_up)
        self.hide()

    def show_completion(self, found: Completion | None) -> None:
        self.setVisible(found is not None and bool(found.core))
        if found is None:
            return
        shown = "ok" if found.complete else "warn" if found.lacking else "calm"
        for name, sign in self._signs.items():
            sign.setVisible(name == shown)
        self.told.setText(found.told)
        self.told.setToolTip("\n".join(f"{part.title}: {part.told}" for part in found.core))
        self.make_up.setVisible(bool(found.lacking))
