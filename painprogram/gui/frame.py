"""The window's frame: top bar, rail, banner, screens, status bar.

It is painted before anything heavy is imported, so it knows no use case and no noun; the main
window gives it its words and says what happens when something is pressed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import icons, theme
from painprogram.gui.tokens import GAP, RAIL, RAIL_ITEM, STATUS_BAR, TOP_BAR
from painprogram.gui.widgets.banner import Banner
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.gui.widgets.searchfield import SearchField
from painprogram.i18n import _

_SEARCH = 420
_BAR = 3


@dataclass(frozen=True, slots=True)
class RailItem:
    """A screen in the rail; *name* in full where *text* had to be short; *last* at the bottom."""

    key: str
    text: str
    icon: str
    name: str = ""
    last: bool = False


class Frame(QMainWindow):
    """An empty window until it is furnished."""

    painted = Signal()
    """The frame has been on screen once."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.resize(1440, 900)
        self.setMinimumSize(880, 560)
        self.top = TopBar()
        self.rail = Rail()
        self.banner = Banner("block")
        self.banner.setObjectName("refusal")
        self.notice = Banner("ok")
        self.notice.setObjectName("notice")
        self.screens = QStackedWidget()
        self.status = StatusLine()
        self._may_close: Callable[[], bool] = lambda: True
        self._painted = False
        hide = self.banner.add_button(_("Close"), self.hide_banner)
        hide.setObjectName("close-refusal")
        self._lay_out()
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(6000)
        self._fade.timeout.connect(self.notice.hide)

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for widget, stretch in ((self.banner, 0), (self.notice, 0), (self.screens, 1)):
            middle.addWidget(widget, stretch)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(across, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def tell(self, sentence: str) -> None:
        """Say why something was refused; it stays until it is closed or something succeeds."""
        self.notice.hide()
        self.banner.say(sentence)

    def say(self, sentence: str) -> None:
        """Say that something went well, for some seconds."""
        self.banner.hide()
        self.notice.say(sentence)
        self._fade.start()

    def hide_banner(self) -> None:
        self.banner.hide()

    def bare(self, *, on: bool) -> None:
        """Without bars, for the first start."""
        for part in (self.top, self.rail, self.status):
            part.setVisible(not on)

    def ask_before_closing(self, may_close: Callable[[], bool]) -> None:
        self._may_close = may_close

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            QTimer.singleShot(0, self._say_painted)

    def _say_painted(self) -> None:
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)


class TopBar(Ground):
    """Whose centre, search, the week, undo and redo, help."""

    def __init__(self) -> None:
        super().__init__("window", edge="bottom")
        self.setObjectName("top")
        self.setFixedHeight(round(TOP_BAR * theme.scale()))
        self.centre = PlainButton("centre", "home", "chevron-down")
        self.search = SearchField("")
        self.search.setObjectName("search")
        self.search.setMaximumWidth(round(_SEARCH * theme.scale()))
        self.search.setMinimumWidth(140)
        self.previous = _tool("previous-week", "chevron-left")
        self.week = _tool("week")
        self.week.setFont(theme.font("strong"))
        self.next = _tool("next-week", "chevron-right")
        self.today = _tool("today")
        self.undo = _tool("undo", "undo")
        self.redo = _tool("redo", "redo")
        self.help = _tool("help", "help")
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 0, 12, 1)
        across.setSpacing(GAP)
        across.addWidget(self.centre)
        across.addStretch(1)
        across.addWidget(self.search, 4)
        across.addStretch(1)
        for button in (
            self.previous,
            self.week,
            self.next,
            self.today,
            self.undo,
            self.redo,
            self.help,
        ):
            across.addWidget(button)

    def retranslate(self) -> None:
        """Words that belong to the bar itself."""
        self.search.set_name(_("Search or command (Ctrl+K)"))
        _name(self.previous, _("Previous week"))
        _name(self.next, _("Next week"))
        self.today.setText(_("Today"))
        _name(self.today, _("Go to today"))
        _name(self.week, _("The week that is shown"))


class StatusLine(Ground):
    """What needs somebody at the left; where the data lies and who is at it, at the right."""

    def __init__(self) -> None:
        super().__init__("window", edge="top")
        self.setObjectName("status")
        self.setFixedHeight(round(STATUS_BAR * theme.scale()))
        self.clashes = PlainButton(
            "clashes", "warning", font="small", ink="block", tint="block_tint"
        )
        self.queue = PlainButton("queue", "printer", font="small", ink="text2")
        self.drafts = PlainButton("drafts", "pen", font="small", ink="text2")
        for chip in (self.clashes, self.queue, self.drafts):
            chip.hide()
        self.place = Elided("", "small", "text2")
        self.place.setObjectName("place")
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 1, 12, 0)
        across.setSpacing(GAP)
        for chip in (self.clashes, self.queue, self.drafts):
            across.addWidget(chip)
        across.addStretch(1)
        across.addWidget(self.place)


class Rail(Ground):
    """The screens, one below the other; Ctrl+1 … reach them too."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("window", edge="right")
        self.setObjectName("rail")
        self.setFixedWidth(round(RAIL * theme.scale()))
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 6, 5, 6)
        self._column.setSpacing(4)
        self._items: dict[str, _RailButton] = {}

    def show_items(self, items: Sequence[RailItem]) -> None:
        current = self.current
        for button in self._items.values():
            self._group.removeButton(button)
            button.deleteLater()
        while self._column.takeAt(0):
            pass
        self._items = {}
        for item in sorted(items, key=lambda item: item.last):
            if item.last:
                self._column.addStretch(1)
            button = _RailButton(item)
            button.clicked.connect(self._pressed)
            self._group.addButton(button)
            self._column.addWidget(button)
            self._items[item.key] = button
        if current in self._items:
            self.choose(current)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def _fit(self) -> None:
        """As wide as its longest word, in the weight it has when it is chosen."""
        metrics = QFontMetricsF(theme.font("small", theme.font("strong").weight()))
        widest = max((metrics.horizontalAdvance(b.text()) for b in self._items.values()), default=0)
        self.setFixedWidth(max(round(RAIL * theme.scale()), round(widest) + 14))

    @property
    def current(self) -> str:
        return next((key for key, button in self._items.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Without a signal."""
        self._items[key].setChecked(True)

    def button(self, key: str) -> QAbstractButton:
        return self._items[key]

    def _pressed(self) -> None:
        self.chosen.emit(self.current)


class _RailButton(QAbstractButton):
    def __init__(self, item: RailItem) -> None:
        super().__init__()
        self._icon = item.icon
        self.setObjectName(f"rail-{item.key}")
        self.setText(item.text)
        self.setAccessibleName(item.name or item.text)
        self.setToolTip(item.name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(RAIL * theme.scale()), round(RAIL_ITEM * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, on = theme.tokens(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(colours.accent_tint if on else colours.sunken)
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if on:
            painter.setBrush(colours.accent)
            painter.drawRect(QRectF(-4, 0, _BAR + 4, self.height()))
        ink = colours.accent if on else colours.text2
        side = 20 * theme.scale()
        font = theme.font("small")
        font.setWeight(theme.font("strong").weight() if on else font.weight())
        metrics = QFontMetricsF(font)
        high = side + 5 + metrics.height()
        top = (self.height() - high) / 2
        icons.paint(painter, QRectF((self.width() - side) / 2, top, side, side), self._icon, ink)
        painter.setFont(font)
        painter.setPen(ink)
        box = QRectF(0, top + side + 4, self.width(), metrics.height() + 2)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)
        painter.end()


def _tool(name: str, icon: str = "", role: str = "text2") -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAutoRaise(True)
    if icon:
        button.setIcon(icons.icon(icon, role))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _name(button: QToolButton, text: str) -> None:
    button.setAccessibleName(text)
    button.setToolTip(text)
