"""Groups that have begun or ended: a person says for whom it is so, and all go on in one step."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.ways import WayStatus
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, date_short
from painprogram.usecases import Database, confirming
from painprogram.usecases.confirming import ToConfirm

_HIGH = 360


class _Group(QWidget):
    """One group, and a tick for each patient."""

    def __init__(self, proposed: ToConfirm) -> None:
        super().__init__()
        self.proposed = proposed
        ended = proposed.status is WayStatus.COMPLETED
        wording = _("{group}: ended {day}") if ended else _("{group}: begun {day}")
        head = wording.format(group=proposed.group_name, day=date_short(proposed.on))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, GAP)
        column.setSpacing(4)
        column.addWidget(Label(head, "strong", wrap=True))
        goal = Label(proposed.status.label, "small", "text2")
        column.addWidget(goal)
        self.ticks: list[QCheckBox] = []
        for way in proposed.ways:
            tick = QCheckBox(way.name.replace("&", "&&"))
            tick.setObjectName("goes_on")
            tick.setAccessibleName(f"{way.name}, {proposed.status.label}")
            lacks = proposed.lacking.get(way.referral.id, "")
            tick.setChecked(not lacks)
            tick.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            tick.setAccessibleDescription(lacks)
            self.ticks.append(tick)
            column.addWidget(tick)
            if lacks:
                column.addWidget(Label(lacks, "small", "warn", wrap=True))

    @property
    def chosen(self) -> tuple[ToConfirm, list[UUID]]:
        keys: list[UUID] = [
            way.referral.id
            for way, tick in zip(self.proposed.ways, self.ticks, strict=True)
            if tick.isChecked()
        ]
        return self.proposed, keys


def _confirm(database: Database, chosen: list[tuple[ToConfirm, list[UUID]]], today: date) -> int:
    """Each group is a step of its own in the change log."""
    return sum(
        confirming.confirm(
            database,
            proposed.status,
            keys,
            today=today,
        )
        for proposed, keys in chosen
        if keys
    )


class ConfirmDialog(Form):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Confirm how it went"), _("Confirm"), self._send)
        self._desk = desk
        self.groups: list[_Group] = []
        self.button.setEnabled(False)
        self._hint = Label(
            _("Take the tick away from whoever it does not hold for."), "small", "text3", wrap=True
        )
        self._inside = QWidget()
        self._several = QVBoxLayout(self._inside)
        self._several.setContentsMargins(PANEL_EDGE, 8, PANEL_EDGE, 8)
        area = QScrollArea()
        area.setObjectName("to_confirm")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        palette = area.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.tokens().base)
        area.viewport().setPalette(palette)
        self.fields.addRow(self._hint)
        self._area = area
        self.fields.addRow(area)
        desk.work.run(
            self, self._arrived, confirming.to_confirm, desk.centre.id, today=desk.today()
        ).or_else(self.fail)

    def _arrived(self, found: tuple[ToConfirm, ...]) -> None:
        for proposed in found:
            group = _Group(proposed)
            self.groups.append(group)
            self._several.addWidget(group)
        if not found:
            self._several.addWidget(Label(_("Nobody is left to confirm."), "body", "text2"))
        self._several.addStretch(1)
        self.button.setEnabled(bool(found))
        rows = sum(len(group.ticks) + len(group.proposed.lacking) + 3 for group in self.groups)
        wanted = rows * (QFontMetricsF(theme.font()).height() + 8)
        self._area.setMinimumHeight(round(min(wanted, _HIGH * theme.scale())))
        self.adjustSize()
        if self.groups:
            self.groups[0].ticks[0].setFocus()

    def _send(self) -> None:
        chosen = [group.chosen for group in self.groups]
        self._desk.work.run(self, self._confirmed, _confirm, chosen, self._desk.today()).or_else(
            self.fail
        )

    def _confirmed(self, _many: int) -> None:
        self.accept()
