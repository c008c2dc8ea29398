"""What got no place: what stands against it, and the smallest changes that would free it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram.domain.plans import EasingKind, Unplaced, WayOut
from painprogram.gui import theme
from painprogram.gui.tokens import GAP, PANEL_EDGE, RADIUS
from painprogram.gui.widgets.ground import Sign
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.i18n import _, ngettext

_FIRST = 2
"""So many are told at once; the rest when asked for."""
_MOST_AGAINST = 3


class UnplacedBox(QWidget):
    way_chosen = Signal(object)
    """A ``WayOut`` to plan again with."""
    session_asked = Signal(object)
    """An ``Unplaced`` that is to be looked at where it stands."""
    facts_asked = Signal()
    """Somebody's time is to be changed before the plan is made again."""
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("unplaced")
        self._unplaced: tuple[Unplaced, ...] = ()
        self._all = False
        self._lead = Label("", "title", "text", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(Sign("calendar", "warn"), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._lead, 1)
        self._told = QVBoxLayout()
        self._told.setSpacing(12)
        self._more = PlainButton("all_unplaced", "chevron-down", font="small", ink="warn")
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.clicked.connect(self._toggle)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(PANEL_EDGE + 12, 22, PANEL_EDGE + 12, 22)
        inner.setSpacing(GAP)
        inner.addLayout(head)
        inner.addLayout(self._told)
        inner.addWidget(self._more)
        theme.notifier.changed.connect(self.update)

    def show_unplaced(self, found: Sequence[Unplaced]) -> None:
        self._unplaced = tuple(found)
        self._all = False
        many = len(found)
        words = ngettext("{number} session got no place", "{number} sessions got no place", many)
        self._lead.setText(words.format(number=many))
        self.setAccessibleName(self._lead.text())
        self.setVisible(bool(found))
        self._fill()

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        while (item := self._told.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        shown = self._unplaced if self._all else self._unplaced[:_FIRST]
        for one in shown:
            self._told.addWidget(_One(one, self))
        rest = len(self._unplaced) - _FIRST
        words = ngettext("{number} more", "{number} more", rest)
        self._more.show_text(_("Fewer") if self._all else words.format(number=rest))
        self._more.setVisible(rest > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.warn_line, 1))
        painter.setBrush(colours.warn_tint)
        frame = QRectF(self.rect()).adjusted(PANEL_EDGE + 0.5, 10.5, -PANEL_EDGE - 0.5, -10.5)
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        painter.end()


class _One(QWidget):
    def __init__(self, one: Unplaced, box: UnplacedBox) -> None:
        super().__init__()
        self.setObjectName("unplaced_one")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        where = _("{title}, {group}").format(title=one.title, group=one.group_name)
        column.addWidget(Label(where, "strong", wrap=True))
        column.addLayout(_where(one, where, box.session_asked.emit))
        for sentence in one.against[:_MOST_AGAINST]:
            column.addWidget(Label(f"• {sentence}", "small", "text2", wrap=True))
        if not one.against:
            column.addWidget(Label(_("No reason was found in time."), "small", "text2", wrap=True))
        words = _("Smallest change: {text}")
        for way in one.ways:
            column.addWidget(Label(words.format(text=way.text), "small", "text", wrap=True))
            column.addLayout(_in_line(_buttons(way, box)))
            words = _("Or: {text}")
        if not one.ways:
            column.addWidget(
                Label(_("No change of one or two things frees it."), "small", "text2", wrap=True)
            )


def _where(one: Unplaced, title: str, asked: Callable[[Unplaced], object]) -> QHBoxLayout:
    """When it stands now, and the way there."""
    look = PlainButton("look_at_unplaced", "target", font="small", ink="accent")
    look.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    look.show_text(one.now.when)
    look.setAccessibleName(_("Show where it stands"))
    look.setAccessibleDescription(f"{title}, {one.now.when}")
    look.setToolTip(_("Show where it stands"))
    look.clicked.connect(partial(asked, one))
    line = QHBoxLayout()
    line.addWidget(look)
    line.addStretch(1)
    return line


def _buttons(way: WayOut, box: UnplacedBox) -> list[QPushButton]:
    """What is outside the plan is changed first, by hand."""
    if not way.facts:
        kinds = {each.kind for each in way.eased} - {EasingKind.PLACE}
        unlocks = kinds == {EasingKind.UNLOCK}
        verb = _("Unlock and plan again") if unlocks else _("Plan again with this")
        return [_button("way_out", verb, way.text, partial(box.way_chosen.emit, way))]
    return [
        _button("change_facts", _("Absences and hours…"), way.text, box.facts_asked.emit),
        _button("plan_again", _("Plan again"), way.text, box.again_asked.emit),
    ]


def _in_line(buttons: Sequence[QPushButton]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return line


def _button(name: str, text: str, about: str, pressed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("small", True)
    button.setAccessibleName(text)
    button.setAccessibleDescription(about)
    button.clicked.connect(pressed)
    return button
