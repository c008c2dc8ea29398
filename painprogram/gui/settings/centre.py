"""What is known of the centre; each field is saved as it is left."""

from dataclasses import replace
from datetime import time
from typing import Any

from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.people import Centre, CentreKind
from painprogram.gui.desk import Desk
from painprogram.gui.settings.lines import Lines
from painprogram.gui.settings.saver import Saver
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import centres

_NOON = time(12)


class _Days(QSpinBox):
    """The wheel scrolls the page, whatever is under it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CentreSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _("It stands on the papers that patients get. Every field is saved as you leave it.")
        super().__init__(desk, "centre", _("Health centre"), text)
        self._centre: Centre | None = None
        self._shown: Centre | None = None
        """As it was when the fields were filled before."""
        self._saver: Saver[Centre] = Saver(desk.work, centres.update, self)
        self._saver.saved.connect(self._saved)
        self._saver.refused.connect(self._refused)
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE[4])
        self._grid.setVerticalSpacing(SPACE[4])
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._line("name", _("Name"), 0, 0, wide=True)
        self._choose_kind()
        self._line("provider_name", _("Care provider"), 1, 1)
        self._line("phone", _("Phone"), 2, 0)
        self._line("phone_hours", _("Phone hours"), 2, 1, _("Such as Mon–Fri 8:00–9:30"))
        self._lines("address", _("Address"), 3, "")
        self._lines("directions", _("Way there"), 4, _("Such as bus stop, entrance and floor."))
        self._lines(
            "cancelling",
            _("If a patient can't come"),
            5,
            _("What the papers say under that heading. Empty leaves it out."),
        )
        self._days(
            "waiting_limit",
            _("Longest wait"),
            0,
            centres.LONGEST_WAIT,
            _("From the referral until a place is offered. Longer waits stand on Today."),
        )
        self._days(
            "short_notice",
            _("Short notice"),
            1,
            centres.LONGEST_NOTICE,
            _("What is cancelled or moved so close to its day is noted as at short notice."),
        )
        self.column.addLayout(self._grid)
        self.column.addWidget(self._half_days())
        self.column.addStretch(1)

    def _add(self, name: str, field: Field, row: int, column: int, *, wide: bool = False) -> None:
        self._fields[name] = field
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(field, row, column, 1, 2 if wide else 1, top)

    def _line(
        self, name: str, label: str, row: int, column: int, hint: str = "", *, wide: bool = False
    ) -> None:
        edit = QLineEdit()
        edit.editingFinished.connect(self._left)
        self._add(name, Field(label, edit, f"centre_{name}", hint), row, column, wide=wide)

    def _lines(self, name: str, label: str, row: int, hint: str) -> None:
        edit = Lines()
        edit.left.connect(self._left)
        self._add(name, Field(label, edit, f"centre_{name}", hint), row, 0, wide=True)

    def _days(self, name: str, label: str, column: int, most: int, hint: str) -> None:
        edit = _Days()
        edit.setRange(0, most)
        edit.setSuffix(_(" days"))
        edit.editingFinished.connect(self._left)
        self._add(name, Field(label, edit, f"centre_{name}", hint), 6, column)

    def _choose_kind(self) -> None:
        self._kind = QComboBox()
        for kind in CentreKind:
            self._kind.addItem(kind.capitalize(), kind)
        self._kind.activated.connect(self._left)
        self._add("kind", Field(_("Kind"), self._kind, "centre_kind"), 1, 0)

    def _half_days(self) -> QWidget:
        self._half = QCheckBox(_("Half days end at"))
        self._half.setObjectName("half_days")
        self._half.clicked.connect(self._half_left)
        self._until = QTimeEdit()
        self._until.setObjectName("half_day_until")
        self._until.setAccessibleName(_("Half days end at"))
        self._until.setDisplayFormat("HH:mm")
        self._until.setTime(QTime(_NOON.hour, 0))
        self._until.editingFinished.connect(self._half_left)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        row = QHBoxLayout()
        column.addLayout(row)
        hint = _("Such as Maundy Thursday and Walpurgis Night. Without this they are whole days.")
        column.addWidget(Label(hint, "small", "text3", wrap=True))
        row.addWidget(self._half)
        row.addWidget(self._until)
        row.addStretch(1)
        return holder

    # Reading.

    def reload(self) -> None:
        self.desk.work.run(self, self._show, centres.centre, self.desk.centre.id)

    def _show(self, centre: Centre) -> None:
        if self._saver.busy:
            return  # what is being saved comes back by itself
        other = self._centre is not None and self._centre.id != centre.id
        self._shown = self._centre
        self._centre = centre
        self._saver.know([centre])
        for name, field in self._fields.items():
            editor, value = field.editor, getattr(centre, name)
            kept = field.is_wrong or (editor.hasFocus() and self._is_written(name))
            if kept and not other:
                continue
            self._put(editor, value)
            field.clear()
        if not self._until.hasFocus():
            until = centre.half_day_until or _NOON
            self._until.setTime(QTime(until.hour, until.minute))
        self._half.setChecked(centre.half_day_until is not None)
        self._until.setEnabled(centre.half_day_until is not None)

    def _is_written(self, name: str) -> bool:
        editor = self._fields[name].editor
        if isinstance(editor, QPlainTextEdit):
            return editor.document().isModified()
        if isinstance(editor, QSpinBox):
            return editor.value() != getattr(self._shown, name, editor.value())
        return isinstance(editor, QLineEdit) and editor.isModified()

    def _put(self, editor: QWidget, value: Any) -> None:
        if isinstance(editor, QLineEdit):
            if editor.text() != value:
                editor.setText(value)
            editor.setModified(False)
        elif isinstance(editor, QPlainTextEdit):
            if editor.toPlainText() != value:
                editor.setPlainText(value)
            editor.document().setModified(False)
        elif isinstance(editor, QSpinBox):
            editor.setValue(value)
        else:
            self._kind.setCurrentIndex(self._kind.findData(CentreKind(value)))

    # Saving.

    def _left(self) -> None:
        editor = self.sender()
        for name, field in self._fields.items():
            if field.editor is editor:
                self._save(name)

    def _save(self, name: str) -> None:
        if self._centre is None:
            return
        editor = self._fields[name].editor
        value = self._written(editor)
        if value == getattr(self._centre, name):
            self._fields[name].clear()
            return
        if name == "provider_name":
            task = self.desk.work.run(
                self, self._saved, centres.rename_provider, self._centre.id, str(value)
            )
            task.or_else(self._fields[name].say)
        else:
            kept: Any = CentreKind(str(value)) if name == "kind" else value
            self._saver.change(
                self._centre.id, lambda centre: replace(centre, **{name: kept}), name
            )

    def _written(self, editor: QWidget) -> str | int:
        if isinstance(editor, QSpinBox):
            return editor.value()
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        if isinstance(editor, QLineEdit):
            return editor.text().strip()
        return str(self._kind.currentData())

    def _half_left(self) -> None:
        if self._centre is None:
            return
        self._until.setEnabled(self._half.isChecked())
        told = self._until.time()
        until = time(told.hour(), told.minute()) if self._half.isChecked() else None
        if until != self._centre.half_day_until:
            self._saver.change(
                self._centre.id, lambda centre: replace(centre, half_day_until=until)
            )

    def _saved(self, centre: Centre) -> None:
        if self._centre is not None and centre.id == self._centre.id:
            self._centre = centre
            for name, field in self._fields.items():
                if self._written(field.editor) == getattr(centre, name):
                    field.clear()
        if centre.id == self.desk.centre.id:
            self.desk.show_centre(centre)

    def _refused(self, sentence: str, part: str) -> None:
        """What was written stays, so that it can be put right."""
        if part in self._fields:
            self._fields[part].say(sentence)
        else:
            self.say(sentence)
