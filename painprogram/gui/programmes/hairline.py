"""The line between two parts of this screen."""

from PySide6.QtWidgets import QFrame, QWidget


def hairline(*, upright: bool = False) -> QWidget:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine if upright else QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Midlight)
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
