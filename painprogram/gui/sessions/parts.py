"""Small pieces the inspector is put together from."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import theme
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.text_fit import elide


class Fact(QWidget):
    """A line with its sign: the fact, and at the right what is quietly added."""

    def __init__(self, sign: str, text: str, aside: str = "", *, aside_below: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(", ".join(part for part in (text, aside) if part))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(Sign(sign, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(text))
        line.addLayout(words, 1)
        if aside and aside_below:
            words.addWidget(Elided(aside, "small", "text3"))
        elif aside:
            quiet = Elided(aside, "small", "text3")
            quiet.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            line.addWidget(quiet)


class Link(QAbstractButton):
    """Words that take you somewhere; elided, never clipped."""

    def __init__(self, name: str, text: str = "", role: theme.FontRole = "body") -> None:
        super().__init__()
        self._role: theme.FontRole = role
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(text)
        theme.notifier.changed.connect(self.update)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text.replace("<", "‹"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(self._role))
        wide = metrics.horizontalAdvance(self.text()) + 2
        return QSize(round(wide + 0.5), round(metrics.height()) + 4)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(40, hint.width()), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, font = QPainter(self), theme.font(self._role)
        font.setUnderline(self.underMouse())
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.tokens().accent if self.isEnabled() else theme.tokens().ctl)
        baseline = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(0, baseline), elide(self.text(), metrics, self.width()))
        painter.end()


class Notice(Ground):
    """What is wrong, or is told apart: a strong line and plain ones on a tinted ground."""

    def __init__(self, tone: str = "block", sign: str = "blocked") -> None:
        super().__init__(f"{tone}_tint", edge="bottom")
        self._tone, self._mark = tone, sign
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_EDGE, 10, PANEL_EDGE, 10)
        row.setSpacing(GAP)
        self._sign = Sign(sign, tone)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._lead = Label("", "strong", tone, wrap=True)
        self._rest = Label("", "small", "text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._lead)
        words.addWidget(self._rest)
        row.addLayout(words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self._lead.text(), self._rest.text()) if part)

    def say(self, lead: str, rest: str = "", tone: str = "", sign: str = "") -> None:
        """An empty *lead* hides it; *tone* and *sign* are as at first where none is given."""
        told, mark = tone or self._tone, sign or self._mark
        self._role = f"{told}_tint"
        self._sign.show_sign(mark, told)
        self._lead.set_colour(told)
        self.update()
        self._lead.setText(lead)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(f"{lead} {rest}".strip())
        self.setVisible(bool(lead))


_SPARE = 12  # of the air in a button


class Pairs(QWidget):
    """Buttons two by two; one under the other where their words are too long for that."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        self._parts = list(parts)
        for part in self._parts:
            part.setParent(self)
            part.show()
        self.lay()

    def lay(self) -> None:
        """Anew, for those that are not hidden."""
        shown = [part for part in self._parts if not part.isHidden()]
        room, hints = self.width() - 2 * PANEL_EDGE, [part.sizeHint() for part in shown]
        widest = max((hint.width() for hint in hints), default=0)
        high = max((hint.height() for hint in hints), default=0)
        across = 2 if 2 * (widest - _SPARE) + GAP <= room else 1
        wide = (room - GAP * (across - 1)) // across
        for place, part in enumerate(shown):
            row, column = divmod(place, across)
            alone = place == len(shown) - 1 and column == 0
            x, y = PANEL_EDGE + column * (wide + GAP), 12 + row * (high + GAP)
            part.setGeometry(x, y, room if alone else wide, high)
        rows = -(-len(shown) // across)
        self.setFixedHeight(12 + rows * (high + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.lay()
