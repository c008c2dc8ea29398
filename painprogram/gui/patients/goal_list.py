"""The goals: a list to write in, and for each that is an activity how well the patient manages."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from painprogram.domain.commitments import BEST, Score
from painprogram.gui import theme
from painprogram.gui.patients.line_list import LineList, Row
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_WIDE = 76


def scale_words() -> str:
    """What the numbers of the PSFS mean."""
    return _("Patient-specific function (PSFS): 0 is unable, {best} is as before.").format(
        best=BEST
    )


class ScoreBox(QComboBox):
    """0 to 10, or none; the wheel scrolls the page and changes nothing."""

    def __init__(self, score: Score = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("–", None)
        for number in range(BEST + 1):
            self.addItem(str(number), number)
        self.setMinimumWidth(round(_WIDE * theme.scale()))
        self.setToolTip(scale_words())
        self.score = score

    @property
    def score(self) -> Score:
        found = self.currentData()
        return found if isinstance(found, int) else None

    @score.setter
    def score(self, score: Score) -> None:
        self.setCurrentIndex(0 if score is None else score + 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _GoalRow(Row):
    scored = Signal()

    def __init__(self, value: Any, placeholder: str) -> None:
        super().__init__(value, placeholder)
        self.score = ScoreBox(value[1])
        self.score.activated.connect(self._scored)
        self._beside.insertWidget(1, self.score)

    @staticmethod
    def _text_of(value: Any) -> str:
        return str(value[0])

    @property
    def value(self) -> tuple[str, Score]:
        return self.text, self.score.score

    def name(self, name: str, title: str) -> None:
        super().name(name, title)
        self.score.setObjectName(f"{name}_score")
        self.score.setAccessibleName(
            _("{title}: what the patient manages now, 0 to {best}").format(title=title, best=BEST)
        )

    def in_order(self) -> QWidget:
        QWidget.setTabOrder(self.line, self.score)
        return self.score

    def edited(self) -> None:
        super().edited()
        self.score.setEnabled(bool(self.text))

    def _scored(self) -> None:
        self.scored.emit()


class GoalList(LineList):
    """Its lines are pairs: the goal, and its score or None."""

    row_type = _GoalRow
    blank = ("", None)

    def __init__(
        self, title: str, name: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, name, placeholder, parent)
        words = _("An activity can have a number: what the patient manages now.")
        self.below(Label(f"{words} {scale_words()}", "small", "text3", wrap=True))

    def _insert(self, at: int, value: Any) -> Row:
        row = super()._insert(at, value)
        if isinstance(row, _GoalRow):
            row.scored.connect(self._tell)
        return row
