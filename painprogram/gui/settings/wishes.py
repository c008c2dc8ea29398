"""What matters to the centre when a plan is proposed, and how much."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout

from painprogram.domain.plans import Importance, PlanWish, as_usual
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.strength import Strength
from painprogram.i18n import _
from painprogram.usecases import plan_wishes


class WishesSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _(
            "The automatic plan weighs these against each other. What blocks is a rule, and is "
            "never weighed."
        )
        super().__init__(desk, "wishes", _("Wishes of a plan"), text)
        self._usual = QPushButton(icons.icon("undo"), _("All as usual"))
        self._usual.setObjectName("wishes_as_usual")
        self._usual.clicked.connect(self._all_as_usual)
        self.add_at_title(self._usual)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[4])
        grid.setVerticalSpacing(SPACE[3])
        grid.setColumnStretch(0, 1)
        self._lines = {
            wish: _Line(wish, grid, row, self._changed) for row, wish in enumerate(PlanWish)
        }
        self.column.addSpacing(SPACE[2])
        self.column.addLayout(grid)
        self.column.addStretch(1)

    def reload(self) -> None:
        task = self.desk.work.run(self, self._show, plan_wishes.wishes, self.desk.centre.id)
        task.or_else(self.say)

    def _show(self, found: Mapping[PlanWish, Importance]) -> None:
        for wish, line in self._lines.items():
            line.show_importance(found[wish])
        self._usual.setEnabled(dict(found) != as_usual())

    def _changed(self, wish: PlanWish, importance: Importance) -> None:
        self.say("")
        task = self.desk.work.run(
            self, self._show, plan_wishes.set_wish, self.desk.centre.id, wish, importance
        )
        task.or_else(self._refused)

    def _all_as_usual(self) -> None:
        self.say("")
        self.desk.work.run(self, self._show, plan_wishes.wishes_as_usual, self.desk.centre.id)

    def _refused(self, sentence: str) -> None:
        self.say(sentence)
        self.reload()


class _Line:
    """A wish: its words, how much it is wished, and how much it usually is."""

    def __init__(
        self,
        wish: PlanWish,
        grid: QGridLayout,
        row: int,
        changed: Callable[[PlanWish, Importance], object],
    ) -> None:
        self._wish, self._changed = wish, changed
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(wish.label, "strong", wrap=True))
        words.addWidget(Label(wish.told, "small", "text2", wrap=True))
        self._usually = Label("", "small", "text3", wrap=True)
        words.addWidget(self._usually)
        self.box = _Importances()
        self.box.setObjectName(f"wish_{wish.value}")
        self.box.setAccessibleName(wish.label)
        self.box.setAccessibleDescription(wish.told)
        self.box.activated.connect(self._picked)
        self._strength = Strength(len(Importance) - 1)
        grid.addLayout(words, row, 0)
        grid.addWidget(self._strength, row, 1)
        grid.addWidget(self.box, row, 2, Qt.AlignmentFlag.AlignVCenter)
        self._shown = wish.usual

    def show_importance(self, found: Importance) -> None:
        self._shown = found
        self.box.setCurrentIndex(int(found))
        self._strength.show_strength(int(found))
        usual = self._wish.usual
        words = _("Usually: {level}").format(level=usual.label)
        self._usually.setText(words if found is not usual else "")
        self._usually.setVisible(found is not usual)

    def _picked(self, at: int) -> None:
        importance = Importance(at)
        if importance is not self._shown:
            self._changed(self._wish, importance)


class _Importances(QComboBox):
    """From not at all to very important; scrolling the page changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        for each in Importance:
            self.addItem(each.label, int(each))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
