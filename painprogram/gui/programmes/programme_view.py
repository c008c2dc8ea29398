"""A programme as it is written: what it costs, week by week, and each module."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.cost import cost
from painprogram.domain.groups import Group
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.programmes import wording
from painprogram.gui.programmes.board import Board
from painprogram.gui.programmes.cost_strip import CostStrip
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.programmes.inspector import Inspector
from painprogram.gui.tokens import SCREEN_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.elided import Elided
from painprogram.i18n import _, ngettext
from painprogram.usecases.programmes import Offered

_NARROW = 820


class ProgrammeView(QWidget):
    start_asked = Signal()
    owner_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Offered | None = None
        self._strand = ""
        self.title = Elided("", "heading")
        self._version = Chip()
        self._runs = Elided("", "small", "text2")
        self.start = QPushButton(icon("plus", "on_accent"), _("Start group"))
        self.start.setObjectName("start_group")
        self.start.setAccessibleName(_("Start group"))
        self.start.setProperty("primary", True)
        self.start.setProperty("big", True)
        self.start.clicked.connect(self.start_asked)
        self.owner = QPushButton(icon("person"), _("Owner …"))
        self.owner.setObjectName("programme_owner")
        self.owner.setAccessibleName(_("Owner and deputy of the programme"))
        self.owner.setToolTip(_("Owner and deputy of the programme"))
        self.owner.clicked.connect(self.owner_asked)
        self._cost = CostStrip()
        self.board = Board()
        self.board.chosen.connect(self._inspect)
        self.inspector = Inspector()
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._cost)
        middle.addWidget(hairline())
        middle.addWidget(self.board, 1)
        self._under = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._under.setSpacing(1)
        self._under.addLayout(middle, 3)
        self._under.addWidget(self.inspector, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(hairline())
        column.addLayout(self._under, 1)

    def _header(self) -> QWidget:
        head = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.title)
        first.addWidget(self._version)
        first.addStretch(1)
        words.addLayout(first)
        words.addWidget(self._runs)
        row = QHBoxLayout(head)
        row.setContentsMargins(SCREEN_EDGE, 10, SCREEN_EDGE, 10)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.owner)
        row.addWidget(self.start)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow screen has the inspector under the programme."""
        super().resizeEvent(event)
        beside = self.width() >= _NARROW * theme.scale()
        way = QBoxLayout.Direction
        self._under.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self.inspector.place(beside=beside)

    def show_programme(self, offered: Offered, groups: Iterable[Group]) -> None:
        content = offered.content
        self.title.set_text(str(content.name))
        self._version.show_text(wording.version(offered), "neutral" if offered.newest else "warn")
        self._runs.set_text(self._facts(offered, groups))
        self.start.setVisible(offered.newest)
        self.owner.setVisible(offered.newest)
        if self._shown is not None and self._shown.content == content:
            return
        self._shown = offered
        self._cost.show_cost(cost(content, content.maximum))
        self.board.show_content(content)
        first = content.strands[0].key if content.strands else ""
        known = self._strand in {strand.key for strand in content.strands}
        self._choose(self._strand if known else first)

    @staticmethod
    def _facts(offered: Offered, groups: Iterable[Group]) -> str:
        content = offered.content
        weeks = ngettext("{number} week", "{number} weeks", content.weeks)
        parts = [
            weeks.format(number=content.weeks),
            _("{least}–{most} participants").format(least=content.minimum, most=content.maximum),
        ]
        if not content.activity:
            parts.append(_("closed group") if content.closed else _("open group"))
        parts.append(wording.owners(offered.owner_name, offered.deputy_name))
        names = [group.name for group in groups if group.programme_id == offered.version_id]
        if names:
            run = ngettext("{names} runs this version", "{names} run this version", len(names))
            parts.append(run.format(names=i18n.joined(names)))
        elif not offered.newest:
            parts.append(_("no group runs this version"))
        else:
            parts.append(wording.running(0))
        return " · ".join(part for part in parts if part)

    def _choose(self, strand: str) -> None:
        self.board.choose(strand)
        self._inspect(strand)

    def _inspect(self, strand: str) -> None:
        if self._shown is None or not strand:
            self.inspector.clear()
            return
        self._strand = strand
        self.inspector.show_strand(self._shown.content, strand)
