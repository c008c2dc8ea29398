"""The identity number: hidden until it is asked for, and checked before it is saved."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox

from painprogram.domain.errors import Refused
from painprogram.domain.identity import Identity, IdentityKind, parse
from painprogram.gui.icons import icon
from painprogram.gui.patients.fields import TextField
from painprogram.gui.patients.parts import icon_button
from painprogram.i18n import _


class IdentityField(TextField):
    """Its value is an ``Identity``; a number that can't be one is told at once."""

    def __init__(self, part: str, caption: str, today: Callable[[], date]) -> None:
        super().__init__(part, caption, 40)
        self._today = today
        self._identity: Identity | None = None
        self.reserve = QCheckBox(_("Reserve number"))
        self.reserve.setObjectName("reserve")
        self.reserve.setAccessibleName(_("Reserve number"))
        self.reserve.clicked.connect(self.leave)
        self.eye = icon_button(_("Show and change the number"), "change_number", "eye", self._turn)
        self.eye.setCheckable(True)
        self.row.addWidget(self.eye)
        self.row.addWidget(self.reserve)
        self._dress()

    def hide_number(self) -> None:
        self.eye.setChecked(False)
        self._dress()

    def _turn(self) -> None:
        if not self.eye.isChecked() and self.dirty:
            self.eye.setChecked(True)  # what is being typed stays in sight
        self._dress()
        if self.eye.isChecked():
            self.edit.setFocus()

    def _dress(self) -> None:
        shown = self.eye.isChecked()
        self.edit.setReadOnly(not shown)
        self.reserve.setEnabled(shown)
        words = _("Hide the number") if shown else _("Show and change the number")
        self.eye.setIcon(icon("eye-off" if shown else "eye", "text2"))
        self.eye.setToolTip(words)
        self.eye.setAccessibleName(words)
        if isinstance(self.known, Identity) and not (shown and self.dirty):
            self.edit.setText(self.known.formatted if shown else self.known.masked)

    def read(self) -> Any:
        """The number that stands here; where it can't be one, what was typed."""
        if not self.eye.isChecked():
            return self.known
        try:
            return self._parsed()
        except Refused:
            return self.edit.text()

    def _parsed(self) -> Identity:
        return parse(self.edit.text(), self._today(), reserve=self.reserve.isChecked())

    def leave(self) -> None:
        if self.eye.isChecked() and self.dirty:
            try:
                self._parsed()
            except Refused as refused:
                self.fail(str(refused))
            else:
                super().leave()

    def put(self, value: Any) -> None:
        if isinstance(value, Identity):
            self.known = value
            self.reserve.setChecked(value.kind is IdentityKind.RESERVE)
            shown = self.eye.isChecked()
            self.edit.setText(value.formatted if shown else value.masked)
