"""Small pieces this screen is put together from: coloured grounds, choices, lines that flow."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import theme, tokens
from painprogram.gui.icons import icon
from painprogram.gui.widgets.chips import Chip, Tone
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.text_fit import elide


class Card(QWidget):
    """A panel with a quiet edge around what belongs together."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.line2)
        painter.setBrush(colours.base)
        where = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(where, tokens.RADIUS_PANEL, tokens.RADIUS_PANEL)
        painter.end()


class ChoiceChip(QAbstractButton):
    """A chip that is one choice of several; which one is also told by weight, not colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font("small", QFont.Weight.DemiBold))
        wide = metrics.horizontalAdvance(self.text()) + 2 * tokens.ICON_GAP
        return QSize(round(wide + 0.5), max(tokens.CONTROL_SMALL, round(metrics.height()) + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        on, colours, painter = self.isChecked(), theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent_tint if on else colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        painter.setFont(theme.font("small", QFont.Weight.DemiBold if on else QFont.Weight.Normal))
        painter.setPen(colours.accent if on else colours.text2)
        shown = elide(self.text(), QFontMetricsF(painter.font()), self.width() - tokens.ICON_GAP)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()


class Flow(QLayout):
    """Side by side, and on as many lines as it takes."""

    def __init__(self, parent: QWidget | None = None, gap: int = tokens.GAP) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), apply=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = rect.height() - self._lay(rect, apply=False)
        self._lay(rect.adjusted(0, max(0, spare // 2), 0, 0), apply=True)

    def sizeHint(self) -> QSize:
        wide = sum(item.sizeHint().width() + self.spacing() for item in self._seen())
        return QSize(max(0, wide - self.spacing()), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        found = QSize(0, 0)
        for item in self._seen():
            found = found.expandedTo(item.minimumSize())
        return found

    def clear(self) -> None:
        """Take everything away."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, apply: bool) -> int:
        gap = self.spacing()
        x, y, tall = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []

        def place() -> None:
            for item, box in line:
                if apply:
                    item.setGeometry(box.translated(0, (tall - box.height()) // 2))
            line.clear()

        for item in self._seen():
            size = item.sizeHint().boundedTo(QSize(max(1, rect.width()), item.sizeHint().height()))
            if line and x + size.width() > rect.x() + rect.width():
                place()
                x, y, tall = rect.x(), y + tall + gap, 0
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + gap
            tall = max(tall, size.height())
        place()
        return y + tall - rect.y()


class Chips(QWidget):
    """Chips side by side, made anew only where they say something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self, gap=6)
        self._shown: list[tuple[str, Tone, str]] = []

    def show_chips(self, chips: list[tuple[str, Tone, str]]) -> None:
        """Words, tone and icon of each."""
        if chips != self._shown:
            self._shown = chips
            self._flow.clear()
            for text, tone, icon_name in chips:
                self._flow.addWidget(Chip(text, tone, icon_name))

    @property
    def texts(self) -> list[str]:
        return [text for text, _tone, _icon in self._shown]


def button(text: str, name: str, icon_name: str, pressed: Callable[[], object]) -> QPushButton:
    """A button with a verb and its icon."""
    found = QPushButton(icon(icon_name), text)
    found.setObjectName(name)
    found.setAccessibleName(text)
    found.setAutoDefault(False)
    found.clicked.connect(pressed)
    return found


def icon_button(text: str, name: str, icon_name: str, pressed: Callable[[], object]) -> QToolButton:
    """A button that is an icon; what it does stands in its tooltip and accessible name."""
    found = QToolButton()
    found.setObjectName(name)
    found.setIcon(icon(icon_name, "text2"))
    found.setAutoRaise(True)
    found.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    found.setAccessibleName(text)
    found.setToolTip(text)
    found.clicked.connect(pressed)
    return found


def is_key(event: QKeyEvent, *keys: Qt.Key) -> bool:
    """Whether *event* is one of *keys* alone."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in keys and plain == Qt.KeyboardModifier.NoModifier


def offer(
    empty: Empty, text: str, name: str, pressed: Callable[[], object], *, icon_name: str = "plus"
) -> QPushButton:
    """The button of an empty state."""
    found = empty.add_button(text, pressed, icon=icon_name, primary=bool(icon_name))
    found.setObjectName(name)
    found.setAccessibleName(text)
    found.setAutoDefault(False)
    return found


def grounded(widget: QWidget) -> Ground:
    """*widget* on the ground of what is content."""
    found = Ground("base")
    column = QVBoxLayout(found)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    return found


def end_of(text: str, metrics: QFontMetricsF, width: float) -> str:
    """The last words that fit: what tells one group from the next stands last in its name."""
    words = text.split(" ")
    while len(words) > 1 and metrics.horizontalAdvance(" ".join(words)) > width:
        words.pop(0)
    return elide(" ".join(words), metrics, width)
