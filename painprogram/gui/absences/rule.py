"""The line between two lines of a list."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget


def rule() -> QWidget:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Midlight)
    line.setFixedHeight(1)
    return line
