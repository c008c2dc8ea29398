"""Which column of the file says what: found by the headings, changed by whoever knows better."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from painprogram.domain.imports import FIELDS, Columns, Field, ImportKind, titled
from painprogram.gui import theme
from painprogram.gui.tokens import SCREEN_EDGE, SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases.imports import Table

_LONGEST_EXAMPLE = 24
_NONE = -1
_WIDE = 312


class ColumnChoices(Ground):
    """A box for each field; its list says the headings, each with an example from the file."""

    changed = Signal()

    def __init__(self, kind: ImportKind) -> None:
        super().__init__("window", edge="right")
        self._table: Table | None = None
        self.boxes: dict[Field, Choice] = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(SCREEN_EDGE, SPACE[2], SCREEN_EDGE, SPACE[3])
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[2])
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(FIELDS[kind]):
            box = Choice(10)
            box.setObjectName(f"column_{each}")
            box.setAccessibleName(_("Column with {field}").format(field=each.label))
            box.currentIndexChanged.connect(partial(self._chosen, each))
            caption = Label(each.label, "body", "text2")
            caption.setBuddy(box)
            grid.addWidget(caption, row, 0)
            grid.addWidget(box, row, 1)
            self.boxes[each] = box
        self.unused = Label("", "small", "text3", wrap=True)
        self.unused.setObjectName("unused")
        grid.addWidget(self.unused, len(FIELDS[kind]), 0, 1, 2)
        grid.setRowStretch(len(FIELDS[kind]) + 1, 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self._area, self._inside = area, inside
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        head = Label(_("Columns in the file"), "strong")
        head.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[2])
        column.addWidget(head)
        column.addWidget(area, 1)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def show_table(self, table: Table, columns: Mapping[Field, int]) -> None:
        """Offer the headings of *table*, with *columns* chosen; without a signal."""
        self._table = table
        for each, box in self.boxes.items():
            box.blockSignals(True)
            box.clear()
            box.offer(_("Not in the file"), _NONE, "–")
            for number in range(len(table.header)):
                heading = titled(table.header, number)
                box.offer(_with_example(heading, table, number), number, heading)
            box.choose(columns.get(each, _NONE))
            box.blockSignals(False)
        self._say_unused()
        self._measure()

    @property
    def columns(self) -> Columns:
        chosen = {each: box.currentData() for each, box in self.boxes.items()}
        return {each: column for each, column in chosen.items() if column not in (None, _NONE)}

    def _chosen(self, one: Field, _at: int = 0) -> None:
        """A column says one thing: where it was chosen before, it is no longer."""
        column = self.boxes[one].currentData()
        for each, box in self.boxes.items():
            if each is not one and column != _NONE and box.currentData() == column:
                box.blockSignals(True)
                box.choose(_NONE)
                box.blockSignals(False)
        self._say_unused()
        self.changed.emit()

    def _say_unused(self) -> None:
        header = self._table.header if self._table else ()
        used = set(self.columns.values())
        left = [titled(header, at) for at in range(len(header)) if at not in used]
        self.unused.setText(_("Not used: {headings}").format(headings=", ".join(left)))
        self.unused.setVisible(bool(left))

    def _measure(self) -> None:
        bar = self._area.verticalScrollBar().sizeHint().width()
        least = self._inside.minimumSizeHint().width() + bar
        self.setFixedWidth(max(round(_WIDE * theme.scale()), least))


def _with_example(heading: str, table: Table, column: int) -> str:
    example = next((row[column] for row in table.rows[:200] if row[column]), "")
    shown = " ".join(example.split())
    if len(shown) > _LONGEST_EXAMPLE:
        shown = shown[:_LONGEST_EXAMPLE] + "…"
    return f"{heading}  ·  {shown}" if shown else heading
