"""The ring around the button or choice that has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QWidget
from shiboken6 import isValid

from painprogram.gui.tokens import RADIUS, Tokens

_GAP, _LINE = 2, 2
_REACH = _GAP + _LINE
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ZOrderChange, QEvent.Type.Show}


def wears_ring(widget: QObject | None) -> bool:
    """Fields show the keyboard by their own edge, lists and grids inside the cell."""
    return isinstance(widget, QAbstractButton | QComboBox | QSlider)


class FocusRing(QObject):
    """Lays one ring around whatever has the keyboard; a click alone does not call for it."""

    def __init__(self, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._tokens = tokens
        self._on: QWidget | None = None
        self._ring: _Ring | None = None

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._on is not None and isValid(self._on):
            self._on.removeEventFilter(self)
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._on = self._ring = None
        if new is not None and wears_ring(new) and new.parentWidget() is not None:
            self._on = new
            new.installEventFilter(self)
            if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
                self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._on:
            kind = event.type()
            if kind in _MOVES:
                self._place()
            elif kind == QEvent.Type.Hide and self._ring is not None and isValid(self._ring):
                self._ring.hide()
            elif kind == QEvent.Type.KeyPress and self._ring is None:
                self._show()
        return False

    def _show(self) -> None:
        parent = self._on.parentWidget() if self._on is not None else None
        if parent is not None:
            self._ring = _Ring(parent, self._tokens)
            self._place()

    def _place(self) -> None:
        if self._on is None or self._ring is None or not isValid(self._ring):
            return
        parent = self._on.parentWidget()
        if parent is None:
            return
        if self._ring.parentWidget() is not parent:
            self._ring.setParent(parent)
        self._ring.setGeometry(self._on.geometry().adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self._ring.setVisible(self._on.isVisibleTo(parent))
        self._ring.raise_()


class _Ring(QWidget):
    def __init__(self, parent: QWidget, tokens: Callable[[], Tokens]) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._tokens().accent, _LINE))
        half = _LINE / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, RADIUS + _GAP, RADIUS + _GAP)
        painter.end()
