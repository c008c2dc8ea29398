"""One of a few, side by side: ``Week | Term | List``."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from painprogram.gui import icons, theme
from painprogram.gui.tokens import CONTROL, RADIUS

_PAD = 12
_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Segment:
    key: Hashable
    text: str
    icon: str = ""
    tooltip: str = ""


class Segmented(QWidget):
    """Arrow keys choose as well; one of them is always chosen."""

    chosen = Signal(object)  # key

    def __init__(
        self, name: str, segments: Sequence[Segment], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons: dict[Hashable, _Part] = {}
        self.show_segments(segments)
        theme.notifier.changed.connect(self._redress)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show these; what is chosen stays chosen if it is among them, else the first is."""
        before = self.current
        for part in self._buttons.values():
            self._group.removeButton(part)
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._buttons = {}
        for index, segment in enumerate(segments):
            part = _Part(segment, first=index == 0, last=index == len(segments) - 1)
            part.clicked.connect(lambda _on=False, key=segment.key: self.chosen.emit(key))
            self._group.addButton(part)
            self._row.addWidget(part)
            self._buttons[segment.key] = part
        if self._buttons:
            self.choose(before if before in self._buttons else next(iter(self._buttons)))

    @property
    def current(self) -> Hashable | None:
        return next((key for key, part in self._buttons.items() if part.isChecked()), None)

    def choose(self, key: Hashable) -> None:
        """Without a signal: the program chooses, not the user."""
        self._buttons[key].setChecked(True)

    def button(self, key: Hashable) -> QAbstractButton:
        return self._buttons[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _WAYS.get(Qt.Key(event.key()))
        keys = list(self._buttons)
        if step is None or not keys or self.current is None:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        at = min(max(keys.index(self.current) + step, 0), len(keys) - 1)
        if keys[at] != self.current:
            self._buttons[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)
            self._buttons[keys[at]].click()

    def _redress(self) -> None:
        for part in self._buttons.values():
            part.updateGeometry()
            part.update()


class _Part(QAbstractButton):
    def __init__(self, segment: Segment, *, first: bool, last: bool) -> None:
        super().__init__()
        self._first, self._last, self._sign = first, last, segment.icon
        self.setText(segment.text)
        self.setToolTip(segment.tooltip)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(segment.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @staticmethod
    def _font(weight: QFont.Weight) -> QFont:
        return theme.font("body", weight)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font(QFont.Weight.DemiBold))  # the widest it can be
        wide = metrics.horizontalAdvance(self.text()) + 2 * _PAD
        if self._sign:
            wide += 16 * theme.scale() + 6
        return QSize(round(wide), max(CONTROL, round(metrics.height()) + 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _WAYS:
            event.ignore()  # the bar moves the choice
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    def _shape(self, rect: QRectF) -> QPainterPath:
        """Round at the ends of the bar, square within it."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(rect, RADIUS, RADIUS)
        if not self._first:
            path.addRect(rect.adjusted(0, 0, -RADIUS, 0))
        if not self._last:
            path.addRect(rect.adjusted(RADIUS, 0, 0, 0))
        return path.simplified()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, on = theme.tokens(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() and self.isEnabled()
        fill = colours.accent_tint if on else colours.alt if over else colours.raised
        # One edge between two parts: each but the last leaves its right edge to the next.
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self._last else 0.5, -0.5)
        painter.setPen(QPen(colours.ctl, 1))
        painter.setBrush(fill)
        painter.drawPath(self._shape(rect))
        ink = colours.accent if on else colours.text if self.isEnabled() else colours.ctl
        font = self._font(QFont.Weight.DemiBold if on else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(ink)
        wide = QFontMetricsF(font).horizontalAdvance(self.text())
        side = 16 * theme.scale()
        x = (self.width() - wide - (side + 6 if self._sign else 0)) / 2
        if self._sign:
            icons.paint(painter, QRectF(x, (self.height() - side) / 2, side, side), self._sign, ink)
            x += side + 6
        box = QRect(round(x), 0, round(wide) + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
