"""The patient's week: times that do not work, and how much a week may ask."""

from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox

from painprogram.domain.errors import Refused
from painprogram.domain.unsuitable import written
from painprogram.gui import theme
from painprogram.gui.patients.fields import Field, TextField
from painprogram.i18n import _, language

_WIDE = 240


class TimesField(TextField):
    """Weekdays and hours as one writes them: ``tis 8-12, tors``."""

    def __init__(self, part: str, caption: str) -> None:
        super().__init__(part, caption, 300)
        self.edit.setPlaceholderText(_("Weekday and hours, with commas: tue 8-12, thu"))

    def show_value(self, value: Any, *, afresh: bool = False) -> None:
        text = value if isinstance(value, str) else ", ".join(one.label for one in value)
        super().show_value(text, afresh=afresh)

    def leave(self) -> None:
        text = self.read()
        if text in (self.known, self._told):
            return
        try:
            found = written(text)
        except Refused as refused:
            self.fail(str(refused))
            return
        tidy = ", ".join(one.label for one in found)
        self.put(tidy)
        if tidy == self.known:
            self.wrong.hide()
            return
        self._told = tidy
        self.written.emit(self.part, found)


class _Spin(QDoubleSpinBox):
    """The wheel scrolls the page and changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MostField(Field):
    """A limit of the week; at its lowest it is the centre's. *unit*: so many of it are shown as 1.

    Hours are kept in minutes: *unit* 60.
    """

    def __init__(self, part: str, caption: str, largest: int, unit: int = 1) -> None:
        self._unit = unit
        self.spin = _Spin()
        self.spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.spin.setDecimals(0 if unit == 1 else 1)
        self.spin.setSingleStep(1.0 if unit == 1 else 0.5)
        self.spin.setRange(0, largest)
        self.spin.setSpecialValueText(_("As the centre's rule"))
        swedish = language() == "sv"
        self.spin.setLocale(QLocale(QLocale.Language.Swedish if swedish else QLocale.Language.C))
        super().__init__(part, caption, self.spin)
        self.row.setStretch(0, 0)
        self.row.addStretch(1)
        self.spin.setMinimumWidth(round(_WIDE * theme.scale()))
        self.spin.editingFinished.connect(self.leave)

    def read(self) -> int | None:
        return round(self.spin.value() * self._unit) or None

    def put(self, value: Any) -> None:
        self.spin.setValue((value or 0) / self._unit)
