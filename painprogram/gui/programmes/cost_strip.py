"""What a run costs: three figures, and the staff's hours as shares of one bar."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from painprogram.domain.cost import Cost
from painprogram.gui import theme
from painprogram.gui.programmes import wording
from painprogram.gui.tokens import SCREEN_EDGE, SPACE, Tokens
from painprogram.gui.widgets.bands import dots, hatch
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import _, ngettext

_BAR, _KEY = 12, 10
_NARROW = 700


class CostStrip(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = _Figure(_("Per run"), _("staff time"))
        self._patient = _Figure(_("For each patient"), "")
        self._room = _Figure(_("Room"), _("with preparation and wrap-up"))
        self._shares = Shares()
        figures = QHBoxLayout()
        figures.setSpacing(SPACE[5])
        for figure in (self._run, self._patient, self._room):
            figures.addWidget(figure)
        figures.addStretch(1)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(SCREEN_EDGE, 12, SCREEN_EDGE, 10)
        self._parts.setSpacing(SPACE[4])
        self._parts.addLayout(figures)
        self._parts.addWidget(self._shares, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the shares stand under the figures."""
        super().resizeEvent(event)
        wide = self.width() >= _NARROW * theme.scale()
        way = QBoxLayout.Direction
        self._parts.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def show_cost(self, cost: Cost) -> None:
        self._run.say(cost.staff_minutes)
        at = ngettext("with {number} participant", "with {number} participants", cost.participants)
        self._patient.say(cost.staff_minutes_per_patient, at.format(number=cost.participants))
        self._room.say(cost.room)
        self._shares.show_cost(cost)


class _Figure(QWidget):
    def __init__(self, title: str, detail: str) -> None:
        super().__init__()
        self._title = title
        self._value = Label("", "heading")
        self._detail = Elided(detail, "caption", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Label(title, "small", "text2"))
        column.addWidget(self._value)
        column.addWidget(self._detail)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def say(self, minutes: float, detail: str | None = None) -> None:
        if detail is not None:
            self._detail.set_text(detail)
        self._value.setText(_("{hours} h").format(hours=wording.hours(minutes, 1)))
        self.setAccessibleName(f"{self._title}: {self._value.text()}, {self._detail.text}")


_Pattern = Callable[[Tokens, float], QBrush]
_PATTERNS: tuple[_Pattern, ...] = (
    lambda t, _r: QBrush(t.text2),
    lambda t, r: hatch(t.text2, 4, r),
    lambda t, r: dots(t.text2, r, 4),
    lambda t, _r: QBrush(t.text2, Qt.BrushStyle.HorPattern),
    lambda t, _r: QBrush(t.text2, Qt.BrushStyle.VerPattern),
    lambda t, _r: QBrush(t.text2, Qt.BrushStyle.CrossPattern),
    lambda t, _r: QBrush(t.text2, Qt.BrushStyle.Dense4Pattern),
)


class Shares(QWidget):
    """One bar by profession with its legend; patterns, since no profession has a colour."""

    def __init__(self) -> None:
        super().__init__()
        self._cost = Cost(1, (), 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notifier.changed.connect(self.update)

    def show_cost(self, cost: Cost) -> None:
        self._cost = cost
        spoken = [f"{name} {value}" for name, value in self._legend()]
        self.setAccessibleName(", ".join(spoken))
        self.setToolTip("\n".join(spoken))
        self.updateGeometry()
        self.update()

    def _legend(self) -> list[tuple[str, str]]:
        found = [
            (wording.who(need), _("{hours} h").format(hours=wording.hours(minutes, 1)))
            for need, minutes in self._cost.staff
        ]
        return [
            *found,
            (
                _("about as many as {many} individual visits").format(
                    many=self._cost.visits_instead
                ),
                "",
            ),
        ]

    def sizeHint(self) -> QSize:
        return QSize(380, self.heightForWidth(380))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 2 * _BAR)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = max((row for row, _x in self._places(width)), default=0) + 1
        return round(_BAR + 8 + rows * self._pitch()) + 2

    @staticmethod
    def _fonts() -> tuple[QFont, QFont]:
        return theme.font("caption"), theme.figures("caption", QFont.Weight.DemiBold)

    def _pitch(self) -> float:
        return QFontMetricsF(self._fonts()[0]).height() + 4

    def _widths(self) -> list[float]:
        plain, bold = (QFontMetricsF(font) for font in self._fonts())
        return [
            _KEY + 6 + plain.horizontalAdvance(name) + 5 + bold.horizontalAdvance(value)
            for name, value in self._legend()
        ]

    def _places(self, width: float) -> list[tuple[int, float]]:
        """Row and left edge of each word of the legend, filled like a paragraph."""
        found, row, x = [], 0, 0.0
        for wide in self._widths():
            if x and x + wide > width:
                row, x = row + 1, 0.0
            found.append((row, x))
            x += wide + SPACE[4]
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        self._paint_bar(painter, colours)
        plain, bold = self._fonts()
        metrics, bold_metrics = QFontMetricsF(plain), QFontMetricsF(bold)
        legend = self._legend()
        for number, (row, x) in enumerate(self._places(self.width())):
            name, value = legend[number]
            y = _BAR + 8 + row * self._pitch()
            if number < len(self._cost.staff):
                key = QRectF(x, y + (metrics.height() - _KEY) / 2, _KEY, _KEY)
                self._fill(painter, colours, key, number)
            baseline = y + metrics.ascent()
            painter.setPen(colours.text2)
            painter.setFont(plain)
            left = x + (_KEY + 6 if value else 0)
            free = self.width() - left - bold_metrics.horizontalAdvance(value) - 5
            shown = elide(name, metrics, free)
            painter.drawText(QPointF(left, baseline), shown)
            painter.setPen(colours.text)
            painter.setFont(bold)
            after = left + metrics.horizontalAdvance(shown) + 5
            painter.drawText(QPointF(after, baseline), value)
        painter.end()

    def _paint_bar(self, painter: QPainter, colours: Tokens) -> None:
        total = self._cost.staff_minutes
        x = 0.0
        for number, (_need, minutes) in enumerate(self._cost.staff):
            wide = self.width() * minutes / total
            self._fill(painter, colours, QRectF(x, 0, max(2.0, wide - 2), _BAR), number)
            x += wide

    def _fill(self, painter: QPainter, colours: Tokens, rect: QRectF, number: int) -> None:
        pattern = _PATTERNS[number % len(_PATTERNS)]
        painter.setBrushOrigin(rect.topLeft())
        painter.fillRect(rect, colours.sunken)
        painter.fillRect(rect, pattern(colours, self.devicePixelRatioF()))
