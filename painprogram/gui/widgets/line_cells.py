"""How the cells of a ``LineTable`` look, and what one writes in them with."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from painprogram.gui import theme
from painprogram.gui.widgets.line_model import Column, LineModel

_Index = QModelIndex | QPersistentModelIndex
_LARGEST = 9999


class Cells(QStyledItemDelegate):
    pasted = Signal()
    """Several lines were pasted into one cell: they are lines of the table."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.by_mouse = False

    @staticmethod
    def _column(index: _Index) -> Column:
        model = index.model()
        assert isinstance(model, LineModel)  # noqa: S101 -- one table, one model
        return model.columns[index.column()]

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        column = self._column(index)
        editor: QWidget
        if column.kind == "choice":
            editor = self._choices(parent, column)
        elif column.kind == "number":
            box = QSpinBox(parent)
            box.setRange(0, _LARGEST)
            editor = box
        else:
            editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.setFrame(True)  # its edge says where the keyboard is
        editor.setAutoFillBackground(True)
        editor.setObjectName("cell")
        editor.setAccessibleName(column.title)
        return editor

    def _choices(self, parent: QWidget, column: Column) -> QComboBox:
        choices = QComboBox(parent)
        for key, label in column.options:
            choices.addItem(label, key)
        choices.activated.connect(self._chosen)
        if self.by_mouse:
            QTimer.singleShot(0, choices, choices.showPopup)
        return choices

    def _chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QSpinBox):
            editor.setValue(int(value))
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(str(value))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        value: Any
        if isinstance(editor, QComboBox):
            if editor.currentIndex() < 0:
                return
            value = editor.currentData()
        elif isinstance(editor, QSpinBox):
            editor.interpretText()
            value = editor.value()
        elif isinstance(editor, QLineEdit):
            value = editor.text()
        else:
            return
        model.setData(index, value)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
            and event.matches(QKeySequence.StandardKey.Paste)
            and "\n" in QGuiApplication.clipboard().text().strip()
        ):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.closeEditor.emit(editor, self.EndEditHint.RevertModelCache)
                self.pasted.emit()
            return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        box = option.rect
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, theme.tokens().line)
