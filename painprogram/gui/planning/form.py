"""What a plan is asked for: which groups, what may move, how long to look."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.plans import MOST_ALTERNATIVES, PlanScope, PlanWanted
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _
from painprogram.usecases import groups

_SECONDS = "plan seconds"
_TIMES: tuple[tuple[float, str], ...] = (
    (10.0, N_("A moment (10 seconds)")),
    (30.0, N_("As usual (30 seconds)")),
    (120.0, N_("Thoroughly (2 minutes)")),
    (600.0, N_("Very thoroughly (10 minutes)")),
)
_USUAL = 30.0
_ROWS = 6
_WIDE = 560


class PlanForm(Form):
    """*begun* says what is chosen at first."""

    def __init__(
        self,
        desk: Desk,
        begun: PlanWanted,
        accepted_by: Callable[[PlanWanted], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, _("Propose a plan"), _("Propose a plan"), self._accept)
        self.setObjectName("plan_form")
        self._desk, self._begun, self._answer = desk, begun, accepted_by
        self.groups = _GroupList()
        self.add(_("Groups"), self.groups, "plan_groups")
        self._scopes = QButtonGroup(self)
        self.fields.addRow(Label(_("What may move")), self._scope_buttons())
        self.time = Choice(26)
        for seconds, text in _TIMES:
            self.time.offer(_(text), seconds)
        self.time.choose(_remembered(desk))
        self.add(_("How long to look"), self.time, "plan_seconds")
        self.several = QCheckBox(
            _("Propose {number} really different plans").format(number=MOST_ALTERNATIVES)
        )
        self.several.setObjectName("plan_alternatives")
        self.several.setAccessibleName(self.several.text())
        self.several.setChecked(begun.alternatives > 1)
        self.fields.addRow(Label(_("Alternatives")), self.several)
        self.wishes = QPushButton(_("What matters: the wishes of the centre…"))
        self.wishes.setObjectName("plan_wishes")
        self.wishes.setAccessibleName(self.wishes.text())
        self.wishes.setAutoDefault(False)
        self.wishes.clicked.connect(self._ask_wishes)
        self.fields.addRow(Label(_("Wishes")), self.wishes)
        told = _(
            "Nothing is changed until you apply the proposal. What is locked, past or closed "
            "stays where it is, and no rule that blocks is broken."
        )
        self.fields.addRow(Label(told, "small", "text3", wrap=True))
        self.setMinimumWidth(round(_WIDE * theme.scale()))
        desk.work.run(self, self._show, groups.groups, desk.centre.id).or_else(self.fail)

    def _scope_buttons(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for at, scope in enumerate(PlanScope):
            button = QRadioButton(scope.label)
            button.setObjectName(f"plan_scope_{scope.value}")
            button.setAccessibleName(scope.label)
            button.setChecked(scope is self._begun.scope)
            self._scopes.addButton(button, at)
            column.addWidget(button)
        return box

    @property
    def scope(self) -> PlanScope:
        return tuple(PlanScope)[self._scopes.checkedId()]

    def _show(self, found: tuple[Group, ...]) -> None:
        today = self._desk.today()
        there = [
            group
            for group in found
            if group.status is not GroupStatus.CANCELLED and group.last and group.last >= today
        ]
        self.groups.offer(there, self._begun)
        self.groups.setFocus()
        self._fit()
        if not there:
            self.fail(_("No group of this centre has sessions to come."))
            self.button.setEnabled(False)

    def _fit(self) -> None:
        """No taller than what is in it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _accept(self) -> None:
        chosen = self.groups.chosen
        if not chosen:
            self.fail(_("Say which groups are to be planned."))
            self.groups.setFocus()
            return
        seconds = float(self.time.currentData())
        self._desk.settings.put(_SECONDS, str(round(seconds)))
        self._answer(
            PlanWanted(
                chosen,
                first=self._begun.first or self._desk.today(),
                last=self._begun.last,
                scope=self.scope,
                seconds=seconds,
                alternatives=MOST_ALTERNATIVES if self.several.isChecked() else 1,
            )
        )
        self.accept()

    def _ask_wishes(self) -> None:
        self.reject()
        self._desk.settings_asked.emit("wishes")


def _remembered(desk: Desk) -> float:
    text = desk.settings.text(_SECONDS)
    return float(text) if text.isdecimal() else _USUAL


class _GroupList(QListWidget):
    """A tick for each; Space ticks the current one, Ctrl+A all."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def offer(self, there: list[Group], begun: PlanWanted) -> None:
        """Those that are asked for are ticked; where none of them is there, every one."""
        keys = {group.id for group in there}
        wanted = keys & set(begun.group_ids) or keys
        for group in there:
            item = QListWidgetItem(group.name)
            item.setToolTip(group.name.replace("<", "‹"))
            item.setData(Qt.ItemDataRole.UserRole, group.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = group.id in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.addItem(item)
        if there:
            self.setCurrentRow(0)
            high = self.sizeHintForRow(0) * min(_ROWS, max(3, len(there)))
            self.setFixedHeight(high + 2 * self.frameWidth() + 4)

    @property
    def chosen(self) -> tuple[UUID, ...]:
        every = (self.item(row) for row in range(self.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in every
            if item.checkState() is Qt.CheckState.Checked
        )

    def selectAll(self) -> None:
        """Ctrl+A ticks every one; where all are, none."""
        every = [self.item(row) for row in range(self.count())]
        on = any(item.checkState() is not Qt.CheckState.Checked for item in every)
        for item in every:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
