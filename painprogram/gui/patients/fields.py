"""Fields that are saved as they are left, each with room beside it for what is wrong.

A field knows what was saved last: what differs from that is being written, and is never taken
away by what is read anew.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.patients import Access
from painprogram.gui import theme
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_ABREAST = 2


class Field(QWidget):
    """One part of a patient; ``written`` says its name and what is to be saved."""

    written = Signal(str, object)

    def __init__(self, part: str, caption: str, editor: QWidget) -> None:
        super().__init__()
        self.part = part
        self.known: Any = None
        self._told: Any = None
        self.editor = editor
        editor.setObjectName(part)
        editor.setAccessibleName(caption)
        self.caption = QLabel(caption)
        self.caption.setBuddy(editor)
        self.wrong = Label(colour="block", font="small", wrap=True)
        self.wrong.setObjectName(f"{part}_wrong")
        self.wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(editor, 1)
        column.addLayout(self.row)
        column.addWidget(self.wrong)
        self.setFocusProxy(editor)

    def read(self) -> Any:
        """What stands in the field."""
        raise NotImplementedError

    def put(self, value: Any) -> None:
        """Let *value* stand in the field."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        return bool(self.read() != self.known)

    def show_value(self, value: Any, *, afresh: bool = False) -> None:
        if afresh or not self.dirty or self.read() == value:
            if self.read() != value or afresh:
                self.put(value)
            self.known = self._told = value
            self.wrong.hide()
        elif value not in (self.known, self._told):
            self.known = value
            self.fail(_("Somebody else has changed this meanwhile; what you wrote is kept here."))
        else:
            self.known = value

    def fail(self, sentence: str) -> None:
        """Said under the field; what was typed stands."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self._told = self.known

    def leave(self) -> None:
        """Save what has changed since it was last saved."""
        value = self.read()
        if value not in (self.known, self._told):
            self._told = value
            self.written.emit(self.part, value)

    def restore(self) -> None:
        """Esc: what was saved last stands again."""
        self.put(self.known)
        self.wrong.hide()


class _Edit(QLineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class TextField(Field):
    def __init__(self, part: str, caption: str, longest: int = 200) -> None:
        self.edit = _Edit()
        self.edit.setMaxLength(longest)
        super().__init__(part, caption, self.edit)
        self.edit.editingFinished.connect(self.leave)
        self.edit.escaped.connect(self.restore)

    def read(self) -> str:
        return " ".join(self.edit.text().split())

    def put(self, value: str) -> None:
        self.edit.setText(value)
        self.edit.setCursorPosition(0)


class _Note(QPlainTextEdit):
    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * self._lines + 18))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class NoteField(Field):
    """Several lines; Tab leaves them."""

    def __init__(self, part: str, caption: str, lines: int = 3) -> None:
        self.edit = _Note(lines)
        super().__init__(part, caption, self.edit)
        self.edit.left.connect(self.leave)

    def read(self) -> str:
        return self.edit.toPlainText().strip()

    def put(self, value: str) -> None:
        self.edit.setPlainText(value)


class ChoiceField(Field):
    def __init__(self, part: str, caption: str) -> None:
        self.box = QComboBox()
        super().__init__(part, caption, self.box)
        self.row.setStretch(0, 0)
        self.row.addStretch(1)
        self.box.setMinimumWidth(round(240 * theme.scale()))
        self.box.activated.connect(self.leave)

    def offer(self, choices: Sequence[tuple[str, Any]]) -> None:
        """The choices with their values; what is chosen stays chosen."""
        if [(self.box.itemText(n), self.box.itemData(n)) for n in range(self.box.count())] == list(
            choices
        ):
            return
        kept = self.read()
        self.box.clear()
        for text, value in choices:
            self.box.addItem(text, value)
        self.put(kept)

    def read(self) -> Any:
        return self.box.currentData()

    def put(self, value: Any) -> None:
        found = (n for n in range(self.box.count()) if self.box.itemData(n) == value)
        self.box.setCurrentIndex(next(found, 0))


class TickField(Field):
    def __init__(self, part: str, caption: str, words: str) -> None:
        self.tick = QCheckBox(words)
        super().__init__(part, caption, self.tick)
        self.tick.setAccessibleName(words)
        self.tick.clicked.connect(self.leave)

    def read(self) -> bool:
        return self.tick.isChecked()

    def put(self, value: Any) -> None:
        self.tick.setChecked(bool(value))


class AccessTicks(QWidget):
    """What the patient needs to be able to come: any of them."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(_ABREAST - 1, 1)
        self._ticks = {need: QCheckBox(need.label) for need in Access}
        for at, (need, tick) in enumerate(self._ticks.items()):
            tick.setObjectName(f"access_{need}")
            tick.setAccessibleName(need.label)
            tick.clicked.connect(self._clicked)
            grid.addWidget(tick, at // _ABREAST, at % _ABREAST)
        self.setFocusProxy(next(iter(self._ticks.values())))

    @property
    def chosen(self) -> tuple[Access, ...]:
        return tuple(sorted(need for need, tick in self._ticks.items() if tick.isChecked()))

    def choose(self, needs: Sequence[Access]) -> None:
        for need, tick in self._ticks.items():
            tick.setChecked(need in needs)

    def _clicked(self) -> None:
        self.ticked.emit()


class AccessField(Field):
    def __init__(self, part: str, caption: str) -> None:
        self.ticks = AccessTicks()
        super().__init__(part, caption, self.ticks)
        self.ticks.ticked.connect(self.leave)

    def read(self) -> tuple[Access, ...]:
        return self.ticks.chosen

    def put(self, value: Any) -> None:
        self.ticks.choose(value or ())
