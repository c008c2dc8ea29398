"""What an absence touches, line by line, each with what is to become of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.substitutes import Choice as Chosen
from painprogram.domain.substitutes import Solution
from painprogram.gui import theme
from painprogram.gui.absences import wording
from painprogram.gui.absences.patients_dialog import Fate
from painprogram.gui.absences.rule import rule
from painprogram.gui.absences.wording import Way
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.kind_sign import KindSign
from painprogram.usecases.absences import Touched

_INKS = {"neutral": "text2", "warn": "warn", "block": "block"}


class _Line(QWidget):
    """One session or visit; ``changed`` when somebody chose what is to become of it."""

    changed = Signal()

    def __init__(self, one: Touched, chosen: Chosen | None) -> None:
        super().__init__()
        self.touched = one
        self.ways: tuple[Way, ...] = tuple(wording.ways(one))
        self.setObjectName("touched")
        title, when = wording.title(one), wording.when(one)
        self.box = Choice(24)
        self.box.setObjectName("solution")
        self.box.setAccessibleName(f"{when} {title}")
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for way in self.ways:
            self.box.offer(way.text, way.choice, way.short)
        self._why = Elided("", "small", "text2")
        self._why.setObjectName("why")
        self.choose(chosen or one.best)
        self.box.currentIndexChanged.connect(self._chosen)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[0])
        sign = KindSign(one.shown.kind.value, one.shown.kind.label)
        grid.addWidget(sign, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(Elided(title, "strong"), 0, 1)
        grid.addWidget(Elided(f"{when} · {wording.facts(one)}", "small", "text2"), 1, 1)
        grid.addWidget(self.box, 0, 2)
        grid.addWidget(self._why, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)

    @property
    def chosen(self) -> Chosen:
        return self.ways[self.box.currentIndex()].choice

    @property
    def fate(self) -> Fate:
        one, way = self.touched, self.ways[self.box.currentIndex()]
        what = f"{wording.title(one)}, {wording.when(one)}"
        return Fate(what, way.short, way.choice.solution)

    def choose(self, choice: Chosen) -> None:
        """The way that is *choice*, else leaving it: nothing is cancelled unasked."""
        at = next((at for at, way in enumerate(self.ways) if way.choice == choice), None)
        self.box.setCurrentIndex(len(self.ways) - 1 if at is None else at)
        self._say()

    def _chosen(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        way = self.ways[self.box.currentIndex()]
        self._why.set_text(way.why, _INKS[way.tone])
        self.box.setAccessibleDescription(way.why)


class Solutions(QScrollArea):
    """What was chosen by hand stays chosen when the dates change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("solutions")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines: list[_Line] = []
        self._own: dict[UUID, Chosen] = {}
        self._dress()
        theme.notifier.changed.connect(self._dress)
        self.show_touched(())

    def show_touched(self, found: Sequence[Touched]) -> None:
        inside = QWidget()
        inside.setObjectName("touched_lines")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lines = []
        for one in found:
            line = _Line(one, self._own.get(one.id))
            line.changed.connect(self._chosen)
            if self._lines:
                column.addWidget(rule())
            column.addWidget(line)
            self._lines.append(line)
        column.addStretch(1)
        self.setWidget(inside)

    @property
    def choices(self) -> tuple[Chosen, ...]:
        return tuple(line.chosen for line in self._lines)

    @property
    def fates(self) -> dict[UUID, Fate]:
        """By session or visit, what becomes of it now."""
        return {line.touched.id: line.fate for line in self._lines}

    @property
    def fields(self) -> tuple[QWidget, ...]:
        return tuple(line.box for line in self._lines)

    def best(self) -> None:
        """What is proposed, for all of them."""
        self._all({line.touched.id: line.touched.best for line in self._lines})

    def leave(self) -> None:
        self._all(
            {line.touched.id: Chosen(line.touched.id, Solution.LEAVE) for line in self._lines}
        )

    def forget(self) -> None:
        """Another colleague: nothing has been chosen yet."""
        self._own = {}

    def _all(self, wanted: Mapping[UUID, Chosen]) -> None:
        for line in self._lines:
            blocked = line.blockSignals(True)
            line.choose(wanted[line.touched.id])
            line.blockSignals(blocked)
        self._own = {}
        self._chosen()

    def _chosen(self) -> None:
        for line in self._lines:
            if line.chosen != line.touched.best:
                self._own[line.touched.id] = line.chosen
            else:
                self._own.pop(line.touched.id, None)
        self.changed.emit()

    def _dress(self) -> None:
        palette = theme.palette(theme.tokens())
        palette.setColor(QPalette.ColorRole.Window, theme.tokens().base)
        self.viewport().setPalette(palette)
        self.viewport().setAutoFillBackground(True)
