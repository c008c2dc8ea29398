"""Several leaders for a strand: those with the right profession first, the others after a line."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from painprogram.domain.people import Staff
from painprogram.domain.programmes import Module
from painprogram.gui import theme
from painprogram.gui.panel_paint import chevron
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import _

_WIDE = 24  # characters


class LeaderButton(QToolButton):
    """Says who is chosen; pressed, it shows everybody with a tick."""

    changed = Signal()

    def __init__(
        self, module: Module, staff: Iterable[Staff], centre_id: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._order: list[UUID] = []
        self._names: dict[UUID, str] = {}
        self._menu = _TickMenu(self)
        self._ticks: dict[UUID, QAction] = {}
        self._fill(module, staff, centre_id)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def _fill(self, module: Module, staff: Iterable[Staff], centre_id: UUID) -> None:
        wanted = {profession for need in module.needs for profession in need.professions}
        known = sorted(staff, key=lambda person: person.centre_id != centre_id)  # own ones first
        suited = [person for person in known if person.profession in wanted]
        others = [person for person in known if person.profession not in wanted]
        for people in (suited, others):
            if people is others and suited and others:
                self._menu.addSeparator()
            for person in people:
                self._names[person.id] = person.name
                words = [person.name, person.profession.label]
                if person.centre_id != centre_id:
                    words.append(person.centre_name)
                tick = self._menu.addAction(", ".join(words).replace("&", "&&"))
                tick.setCheckable(True)
                tick.setData(person.id)
                tick.toggled.connect(self._toggled)
                self._ticks[person.id] = tick

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """In the order they were chosen."""
        return tuple(self._order)

    def choose(self, leaders: Iterable[UUID]) -> None:
        """Without a signal."""
        self._order = [one for one in leaders if one in self._ticks]
        for one, tick in self._ticks.items():
            blocked = tick.blockSignals(True)
            tick.setChecked(one in self._order)
            tick.blockSignals(blocked)
        self._say()

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 -- Qt's signal
        tick = self.sender()
        if isinstance(tick, QAction):
            one = tick.data()
            self._order = [other for other in self._order if other != one] + ([one] if on else [])
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        names = ", ".join(self._names[one] for one in self._order) or _("Nobody yet")
        self.setToolTip(names)
        self.setAccessibleDescription(names)
        self.setText(names)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As a box to choose from looks: words at the left, an arrow at the right."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        option.features = QStyleOptionToolButton.ToolButtonFeature.None_
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        colours = theme.tokens()
        arrow = QRect(self.width() - 24, 0, 20, self.height())
        chevron(painter, colours.text2, arrow)
        painter.setPen(colours.text if self._order else colours.text3)
        words = self.rect().adjusted(8, 0, -26, 0)
        text = elide(self.text(), QFontMetricsF(self.font()), words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(self.font()).averageCharWidth() * _WIDE
        return QSize(round(wide), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() * 2 // 3, self.sizeHint().height())


class _TickMenu(QMenu):
    """Stays open while ticks are set, by mouse and by Space; Enter and Esc close it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.toggle()
        else:
            super().keyPressEvent(event)
