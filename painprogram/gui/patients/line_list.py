"""A short list that is written by keyboard: one line each, the next one with Return.

Return goes on to a new line, the arrows walk, Backspace in an empty line or Ctrl+Delete takes it
away. What has changed is told when the list is left, or when a line is added or taken away.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from painprogram.gui.patients.parts import icon_button, is_key
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _


class _Line(QLineEdit):
    left = Signal()
    next_asked = Signal()
    gone_asked = Signal()
    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if is_key(event, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit()
        elif is_key(event, Qt.Key.Key_Up):
            self.walked.emit(-1)
        elif is_key(event, Qt.Key.Key_Down):
            self.walked.emit(1)
        elif (control and event.key() == Qt.Key.Key_Delete) or (
            is_key(event, Qt.Key.Key_Backspace) and not self.text()
        ):
            self.gone_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Row(QWidget):
    """One line; ``value`` is what it says."""

    def __init__(self, value: Any, placeholder: str) -> None:
        super().__init__()
        self.line = _Line(self._text_of(value))
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(placeholder)
        self.gone = icon_button(_("Take the line away"), "", "cross", self._gone)
        self.gone.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Delete does it
        self._beside = QHBoxLayout(self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(4)
        self._beside.addWidget(self.line, 1)
        self._beside.addWidget(self.gone)

    @staticmethod
    def _text_of(value: Any) -> str:
        return str(value)

    @property
    def text(self) -> str:
        return " ".join(self.line.text().split())

    @property
    def value(self) -> Any:
        return self.text

    def name(self, name: str, title: str) -> None:
        self.line.setObjectName(name)
        self.line.setAccessibleName(title)
        self.gone.setObjectName(f"{name}_away")

    def in_order(self) -> QWidget:
        """Let Tab go through the row; where it ends."""
        return self.line

    def edited(self) -> None:
        """What stands beside the line is there where something is written."""
        self.gone.setVisible(bool(self.line.text()))

    def _gone(self) -> None:
        self.line.gone_asked.emit()


class LineList(QWidget):
    changed = Signal(tuple)
    """The lines as they stand now, where they differ from those shown."""
    row_type: type[Row] = Row
    blank: Any = ""

    def __init__(
        self, title: str, name: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title, self._name, self._placeholder = title, name, placeholder
        self._known: tuple[Any, ...] = ()
        self._told: tuple[Any, ...] = ()
        self._rows: list[Row] = []
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName(f"{name}_wrong")
        self.wrong.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(title, "strong"))
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        column.addLayout(self._column)
        column.addWidget(self.wrong)
        self._rebuild(())

    def below(self, widget: QWidget) -> None:
        """Something that stands under the heading."""
        self._below.addWidget(widget)

    @property
    def lines(self) -> tuple[Any, ...]:
        """What is written; the empty line at the end is no line."""
        return tuple(row.value for row in self._rows if row.text)

    @property
    def dirty(self) -> bool:
        return self.lines != self._known

    def show_lines(self, lines: tuple[Any, ...], *, afresh: bool = False) -> None:
        """What is being written stays, unless another patient's list is shown."""
        if afresh or not self.dirty:
            if afresh or lines != self._known:
                self._replace(lines, keep=not afresh)
        elif lines == self.lines:
            self._known = self._told = lines
            self.wrong.hide()
        elif lines == self._told and lines != self._known:
            self._known = lines  # ours, and more is being written
        elif lines != self._known:
            self._known = lines
            self.fail(_("Somebody else has changed this meanwhile; your lines are kept here."))

    def _replace(self, lines: tuple[Any, ...], *, keep: bool) -> None:
        at = self._focused() if keep else -1
        self._known = self._told = lines
        self._rebuild(lines)
        self.wrong.hide()
        if at >= 0:
            self._rows[min(at, len(self._rows) - 1)].line.setFocus()

    def fail(self, sentence: str) -> None:
        """Said under the list; what was written stands."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self._told = self._known

    def first_line(self) -> QLineEdit:
        return self._rows[0].line

    # Rows.

    def _rebuild(self, lines: tuple[Any, ...]) -> None:
        for row in self._rows:
            self._drop(row)
        self._rows = []
        for value in (*lines, self.blank):
            self._insert(len(self._rows), value)

    def _insert(self, at: int, value: Any) -> Row:
        row = self.row_type(value, self._placeholder)
        row.line.left.connect(self._left)
        row.line.next_asked.connect(self._next)
        row.line.gone_asked.connect(self._gone)
        row.line.walked.connect(self._walk)
        row.line.textEdited.connect(self._edited)
        self._rows.insert(at, row)
        self._column.insertWidget(at, row)
        self._name_rows()
        return row

    def _drop(self, row: Row) -> None:
        row.line.blockSignals(True)  # it is left, but not by the user
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _name_rows(self) -> None:
        before: QWidget | None = None
        for number, row in enumerate(self._rows, 1):
            row.name(f"{self._name}_{number}", f"{self._title} {number}")
            row.edited()
            if before is not None:
                QWidget.setTabOrder(before, row.line)
            before = row.in_order()

    def _at(self, line: QObject | None) -> int:
        return next((n for n, row in enumerate(self._rows) if row.line is line), -1)

    def _focused(self) -> int:
        return next((n for n, row in enumerate(self._rows) if row.line.hasFocus()), -1)

    # What the user does.

    def _edited(self) -> None:
        """There is always an empty line to write the next one in."""
        if self._rows[-1].line.text():
            self._insert(len(self._rows), self.blank)
        for row in self._rows:
            row.edited()

    def _next(self) -> None:
        at = self._at(self.sender())
        if at < len(self._rows) - 1 and self._rows[at].line.text():
            if self._rows[at + 1].line.text():
                self._insert(at + 1, self.blank)
            self._rows[at + 1].line.setFocus()
        self._tell()

    def _walk(self, by: int) -> None:
        at = self._at(self.sender()) + by
        if 0 <= at < len(self._rows):
            self._rows[at].line.setFocus()

    def _gone(self) -> None:
        at = self._at(self.sender())
        if 0 <= at < len(self._rows) - 1:
            row = self._rows.pop(at)
            self._rows[max(0, at - 1)].line.setFocus()
            self._drop(row)
            self._name_rows()
            self._tell()
        elif at > 0:
            self._rows[at - 1].line.setFocus()

    def _left(self) -> None:
        self._tell()

    def _tell(self) -> None:
        if self.lines not in (self._known, self._told):
            self._told = self.lines
            self.changed.emit(self.lines)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._tell()
        return super().event(event)
