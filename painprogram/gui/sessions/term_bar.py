"""Above the term: which one it is, the way to those beside it, how much is seen."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from painprogram.domain.terms import Period, Reach
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.sessions.toolbar import span
from painprogram.gui.tokens import CONTROL, SCREEN_EDGE, TOOLBAR
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _


class TermBar(Ground):
    step_asked = Signal(int)
    today_asked = Signal()
    reach_chosen = Signal(object)  # Reach

    def __init__(self, reach: Reach, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="bottom")
        self._title = Label("", "title")
        self._title.setObjectName("term_title")
        self._span = Elided("", "small", "text2")
        self.previous = _button("previous_term", "chevron-left", _("Earlier"))
        self.next = _button("next_term", "chevron-right", _("Later"))
        self.previous.clicked.connect(self._back)
        self.next.clicked.connect(self._ahead)
        self.reach = Segmented(
            _("How much is shown"), [Segment(each, each.label) for each in Reach]
        )
        self.reach.setObjectName("reach")
        self.reach.choose(reach)
        self.reach.chosen.connect(self.reach_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 0, SCREEN_EDGE - 4, 0)
        row.setSpacing(4)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addSpacing(6)
        row.addWidget(self._title)
        row.addSpacing(6)
        row.addWidget(self._span, 1)
        row.addWidget(self.reach)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def show_period(self, period: Period) -> None:
        self._title.setText(period.title)
        self._span.set_text(span(period.first, period.last))
        self.reach.choose(period.reach)
        for button, step in ((self.previous, -1), (self.next, 1)):
            button.setToolTip(period.beside(step).title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(round(TOOLBAR * theme.scale()))

    def _back(self) -> None:
        self.step_asked.emit(-1)

    def _ahead(self) -> None:
        self.step_asked.emit(1)


def _button(name: str, sign: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAutoRaise(True)
    button.setIcon(icon(sign))
    button.setAccessibleName(text)
    button.setFixedSize(CONTROL, CONTROL)
    return button
