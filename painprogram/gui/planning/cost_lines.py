"""What the plan there is costs, and what the proposed one would, line by line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.plans import CostLine
from painprogram.gui.planning.hairline import Hairline
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.chips import Chip, Tone
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Sign
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.i18n import _, ngettext

_SIGNS = {
    "blocks": "blocked",
    "acknowledge": "warning",
    "patients": "person",
    "regular": "calendar",
    "leaders": "swap",
    "rooms": "room",
    "trips": "home",
    "isolated": "individual",
    "apart": "pause",
    "hours": "clock",
    "fair": "people",
    "changes": "pen",
    "choices": "flag",
}
_ALWAYS = frozenset({"blocks", "acknowledge", "patients"})


class CostLines(QWidget):
    """What differs is seen; the rest when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[CostLine, ...] = ()
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = PlainButton("all_costs", "chevron-down", font="small", ink="accent")
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.clicked.connect(self._toggle)
        self._there: list[QWidget] = []
        self._column.addWidget(self._more)

    def show_lines(self, lines: Sequence[CostLine]) -> None:
        self._lines = tuple(lines)
        self._all = False
        self._fill()

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        for old in self._there:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        told = [one for one in self._lines if one.key in _ALWAYS or one.before != one.after]
        same = [one for one in self._lines if one not in told]
        self._there = []
        for line in [*told, *(same if self._all else ())]:
            for widget in (ShownCost(line), Hairline()):
                self._column.insertWidget(self._column.count() - 1, widget)
                self._there.append(widget)
        words = ngettext(
            "{number} that stays as it is", "{number} that stay as they are", len(same)
        )
        self._more.show_text(_("Fewer lines") if self._all else words.format(number=len(same)))
        self._more.setVisible(bool(same))


class ShownCost(QWidget):
    """``Trips  4 → 1  better``"""

    def __init__(self, line: CostLine) -> None:
        super().__init__()
        self.setObjectName(f"cost_{line.key}")
        before, after = i18n.number(line.before), i18n.number(line.after)
        word, tone = verdict(line)
        self.setAccessibleName(
            _("{label}: {before} now, {after} then, {verdict}").format(
                label=line.label, before=before, after=after, verdict=word
            )
        )
        tip = line.importance.label if line.importance is not None else ""
        label = Label(line.label, wrap=True)
        label.setToolTip(tip)
        old, new = Elided(before, "body", "text2"), Elided(after, "strong")
        for figure in (old, new):
            figure.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chip = Chip(word, tone)
        grid = QGridLayout(self)
        grid.setContentsMargins(PANEL_EDGE, 4, PANEL_EDGE, 4)
        grid.setHorizontalSpacing(GAP)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Sign(_SIGNS.get(line.key, "star"), "text2"), 0, 0)
        grid.addWidget(label, 0, 1)
        grid.addWidget(old, 0, 2, right)
        grid.addWidget(Sign("arrow-right", "text3", 14), 0, 3)
        grid.addWidget(new, 0, 4, right)
        grid.addWidget(chip, 0, 5, right)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(4, _figure_width(new))
        grid.setColumnMinimumWidth(5, _widest_verdict())


def _figure_width(figure: Elided) -> int:
    return max(figure.sizeHint().width(), Elided("000", "strong").sizeHint().width())


def _widest_verdict() -> int:
    return max(Chip(word).sizeHint().width() for word in (_("better"), _("worse"), _("same")))


def verdict(line: CostLine) -> tuple[str, Tone]:
    if line.better:
        return _("better"), "ok"
    return (_("worse"), "warn") if line.worse else (_("same"), "neutral")
