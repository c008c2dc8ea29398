"""How hard the centre takes each rule: what it means, its level, and its limit where it has one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.rules import HARDEST_FIRST, Level, Rule, Rules, Unit
from painprogram.gui import icons, theme
from painprogram.gui.desk import Desk
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _
from painprogram.usecases import rules

_SIGNS = {
    Level.BLOCKS: ("blocked", "block"),
    Level.ACKNOWLEDGE: ("warning", "warn"),
    Level.INFORMATION: ("info", "text2"),
}
_SHORT = {
    Level.BLOCKS: N_("Blocks"),
    Level.ACKNOWLEDGE: N_("Needs a reason"),
    Level.INFORMATION: N_("Information"),
}
_THEMES = (
    (N_("Double-booked"), (Rule.STAFF, Rule.ROOM, Rule.PATIENT, Rule.BUFFER)),
    (N_("What a session asks for"), (Rule.NEEDS, Rule.COMPETENCE, Rule.SEATS, Rule.EQUIPMENT)),
    (N_("Leaders' time"), (Rule.ABSENT, Rule.BUSY, Rule.HOURS)),
    (N_("Days and order"), (Rule.CLOSED, Rule.ORDER, Rule.PAST, Rule.BEYOND)),
    (
        N_("How much a patient can take"),
        (
            Rule.VISITS_DAY,
            Rule.HOURS_DAY,
            Rule.VISITS_WEEK,
            Rule.HOURS_WEEK,
            Rule.TRIPS_WEEK,
        ),
    ),
    (N_("Participants"), (Rule.FEW, Rule.MANY)),
)
_MINUTES = 60


class RulesSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _(
            "What the program does when something does not fit: it blocks, it asks for a reason "
            "that is kept, or it only says so."
        )
        super().__init__(desk, "rules", _("Rules"), text)
        self._usual = QPushButton(icons.icon("undo"), _("All as usual"))
        self._usual.setObjectName("rules_as_usual")
        self._usual.clicked.connect(self._all_as_usual)
        self.add_at_title(self._usual)
        self._lines: dict[Rule, _Line] = {}
        for title, of in _THEMES:
            self.column.addSpacing(SPACE[2])
            self.column.addWidget(Label(_(title), "title", wrap=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(SPACE[4])
            grid.setVerticalSpacing(SPACE[3])
            grid.setColumnStretch(0, 1)
            for row, rule in enumerate(of):
                self._lines[rule] = _Line(rule, grid, row, self._changed)
            self.column.addLayout(grid)
        self.column.addStretch(1)
        _alike([line.level for line in self._lines.values()])

    def reload(self) -> None:
        task = self.desk.work.run(self, self._show, rules.levels, self.desk.centre.id)
        task.or_else(self.say)

    def _show(self, found: Rules) -> None:
        for rule, line in self._lines.items():
            line.show_rule(found, rule)
        self._usual.setEnabled(bool(found.set))

    def _changed(self, rule: Rule, level: Level, most: int | None) -> None:
        self.say("")
        task = self.desk.work.run(
            self, self._show, rules.set_level, self.desk.centre.id, rule, level, most
        )
        task.or_else(self._refused)

    def _all_as_usual(self) -> None:
        self.say("")
        self.desk.work.run(self, self._show, rules.all_as_usual, self.desk.centre.id)

    def _refused(self, sentence: str) -> None:
        self.say(sentence)
        self.reload()


class _Line:
    """A rule: its words, its level, its limit."""

    def __init__(
        self,
        rule: Rule,
        grid: QGridLayout,
        row: int,
        changed: Callable[[Rule, Level, int | None], object],
    ) -> None:
        self._rule, self._changed = rule, changed
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(rule.label, "strong", wrap=True))
        words.addWidget(Label(rule.told, "small", "text2", wrap=True))
        self._usually = Label("", "small", "text3", wrap=True)
        words.addWidget(self._usually)
        self.level = _Levels()
        self.level.setObjectName(f"level_{rule}")
        self.level.setAccessibleName(_("{rule}: level").format(rule=rule.label))
        for level in HARDEST_FIRST:
            self.level.addItem(icons.icon(*_SIGNS[level]), _(_SHORT[level]), level)
            self.level.setItemData(self.level.count() - 1, level.label, Qt.ItemDataRole.ToolTipRole)
        self.level.activated.connect(self._picked)
        top = Qt.AlignmentFlag.AlignTop
        grid.addLayout(words, row, 0)
        grid.addWidget(self.level, row, 2, top)
        self.most = _limit(rule) if rule.unit else None
        if self.most is not None:
            self.most.setObjectName(f"most_{rule}")
            self.most.setAccessibleName(_("{rule}: limit").format(rule=rule.label))
            self.most.editingFinished.connect(self._limited)
            grid.addWidget(self.most, row, 1, top)
        self._shown: tuple[Level, int | None] = (rule.usual, rule.usual_most)

    def show_rule(self, found: Rules, rule: Rule) -> None:
        level = found.level(rule)
        most = found.most(rule) if rule.unit else None
        self._shown = level, most
        self.level.setCurrentIndex(self.level.findData(level))
        if self.most is not None and most is not None and not self.most.hasFocus():
            with QSignalBlocker(self.most):
                _put(self.most, most)
        self._usually.setText(_differs(rule, level, most))
        self._usually.setVisible(bool(self._usually.text()))

    def _picked(self, _at: int) -> None:
        level = Level(self.level.currentData())
        if level is not self._shown[0]:
            self._changed(self._rule, level, None)

    def _limited(self) -> None:
        if self.most is not None:
            most = _got(self.most)
            if most != self._shown[1]:
                self._changed(self._rule, self._shown[0], most)


def _differs(rule: Rule, level: Level, most: int | None) -> str:
    """What it usually is, where the centre has chosen something else."""
    if (level, most) == (rule.usual, rule.usual_most):
        return ""
    usual = _(_SHORT[rule.usual])
    if rule.unit is None or rule.usual_most is None or most == rule.usual_most:
        return _("Usually: {level}").format(level=usual)
    limit = rule.usual_most / _MINUTES if rule.unit is Unit.MINUTES else rule.usual_most
    return _("Usually: {level}, {limit}").format(level=usual, limit=_number(limit))


def _number(value: float) -> str:
    return i18n.number(value, 0 if value == int(value) else 1)


class _Levels(QComboBox):
    """Scrolling the page changes no rule."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Whole(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Hours(QDoubleSpinBox):
    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale(i18n.language()))

    def textFromValue(self, value: float) -> str:
        return _number(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _limit(rule: Rule) -> _Whole | _Hours:
    assert rule.unit  # noqa: S101 -- asked of rules with a limit only
    made: _Whole | _Hours
    if rule.unit is Unit.MINUTES:
        hours = _Hours()
        hours.setDecimals(1)
        hours.setSingleStep(0.5)
        hours.setRange(0.5, rule.unit.largest / _MINUTES)
        hours.setSuffix(_(" h"))
        made = hours
    else:
        whole = _Whole()
        whole.setRange(1, rule.unit.largest)
        whole.setSuffix({Unit.VISITS: _(" visits"), Unit.DAYS: _(" days")}[rule.unit])
        made = whole
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setFixedWidth(round(112 * theme.scale()))
    return made


def _put(field: _Whole | _Hours, most: int) -> None:
    if isinstance(field, _Hours):
        field.setValue(most / _MINUTES)
    else:
        field.setValue(most)


def _got(field: _Whole | _Hours) -> int:
    return round(field.value() * _MINUTES) if isinstance(field, _Hours) else field.value()


def _alike(there: Sequence[QWidget]) -> None:
    """All as wide as the widest."""
    widest = max(one.sizeHint().width() for one in there)
    for one in there:
        one.setFixedWidth(widest)
