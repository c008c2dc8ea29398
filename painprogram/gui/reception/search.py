"""Walk-up search: whoever stands in front of the reception, by the first letters or digits."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from painprogram.domain.patients import Found
from painprogram.gui.desk import Desk
from painprogram.gui.widgets.big_list import BigEntry, BigList
from painprogram.gui.widgets.searchfield import SearchField
from painprogram.i18n import _
from painprogram.usecases import patients

_WAIT = 60
"""Milliseconds after the last key until the search begins."""
_MOST = 30


class Field(SearchField):
    """The list is walked from here; the keyboard need not leave the field."""

    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FoundList(BigList):
    """What the field finds; numbers are searched and never shown whole."""

    answered = Signal(str)
    """The text whose answer is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Found"), parent, ground="alt")
        self.setObjectName("found")
        self._desk = desk
        self._asked = 0
        self._text = ""
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self._find)
        self.shown_text = ""

    @property
    def waits(self) -> bool:
        """Whether what was typed last has no answer yet."""
        return self._timer.isActive() or self.shown_text != self._text

    def search(self, text: str) -> None:
        self._text = " ".join(text.split())
        self._asked += 1
        if self._text:
            self._timer.start()
        else:
            self._timer.stop()
            self.shown_text = ""
            self.show_rows([])

    def search_now(self) -> None:
        """Without waiting for another key."""
        if self._timer.isActive():
            self._timer.stop()
            self._find()

    def _find(self) -> None:
        done = partial(self._arrived, self._asked, self._text)
        centre = self._desk.centre.id
        self._desk.work.run(self, done, patients.find, self._text, centre, most=_MOST)

    def _arrived(self, asked: int, text: str, found: Sequence[Found]) -> None:
        if asked != self._asked:
            return  # an answer to what is no longer asked
        self.shown_text = text
        self.show_rows([_row(one) for one in {each.id: each for each in found}.values()])
        if self.count():
            self.choose(self.rows[0].key)
        self.answered.emit(text)


def _row(one: Found) -> BigEntry:
    protected = _("Protected identity")
    signs = (
        *((("shield", protected),) if one.protected else ()),
        *((("language", _("Needs an interpreter")),) if one.interpreter else ()),
        *((("wheelchair", _("Has needs of access")),) if one.access else ()),
    )
    known = (one.masked, one.group_name)
    detail = protected if one.protected else " · ".join(part for part in known if part)
    return BigEntry(one.id, one.name, f"{one.name}. {detail}", detail, signs=signs)
