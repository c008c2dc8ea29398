"""Beside the week when several are chosen: which they are, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from painprogram.gui.icons import icon
from painprogram.gui.sessions.cards import full_title, when
from painprogram.gui.sessions.parts import Fact, Notice, Pairs
from painprogram.gui.sessions.shown import Held
from painprogram.gui.tokens import PANEL_EDGE
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext

_MOST = 12
"""More than that are counted."""


class Chosen(Ground):
    verb_asked = Signal(str)
    """``cut``, ``copy``, ``cancel`` or ``deselect``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="left")
        self.setObjectName("several_chosen")
        self._title = Label("", "title")
        self._title.setObjectName("several_title")
        self._hint = Label(
            _("Drag one of them, and all follow. Alt and an arrow key moves them, too."),
            "small",
            "text3",
            wrap=True,
        )
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        self._more = Label("", "small", "text3")
        buttons = Pairs()
        buttons.show_parts(
            [
                self._button("cut", "cut", _("Cut"), "Ctrl+X"),
                self._button("copy", "copy", _("Copy"), "Ctrl+C"),
                self._button("cancel", "cancel", _("Cancel them"), "Del"),
                self._button("deselect", "cross", _("Deselect"), "Esc"),
            ]
        )
        self.notice = Notice()
        self.notice.setObjectName("several_notice")
        column = QVBoxLayout()
        column.setContentsMargins(PANEL_EDGE, PANEL_EDGE, PANEL_EDGE, 4)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addLayout(self._facts)
        column.addWidget(self._more)
        column.addWidget(self._hint)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.notice)
        whole.addLayout(column)
        whole.addWidget(buttons)
        whole.addStretch(1)
        self._said: Sequence[Held] = ()

    def show_several(self, held: Sequence[Held]) -> None:
        if held == self._said:
            return
        self._said = held
        many = len(held)
        words = ngettext("{number} session chosen", "{number} sessions chosen", many)
        self._title.setText(words.format(number=many))
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in held[:_MOST]:
            about = f"{when(one)}, {one.group_name}"
            self._facts.addWidget(Fact(one.kind.value, full_title(one), about, aside_below=True))
        rest = many - _MOST
        self._more.setText(_("and {number} more").format(number=rest))
        self._more.setVisible(rest > 0)

    def _button(self, verb: str, sign: str, text: str, key: str) -> QPushButton:
        made = QPushButton(icon(sign), text)
        made.setObjectName(f"several_{verb}")
        made.setAccessibleName(text)
        made.setToolTip(key)
        made.setProperty("verb", verb)
        made.clicked.connect(self._ask)
        return made

    def _ask(self) -> None:
        self.verb_asked.emit(self.sender().property("verb"))
