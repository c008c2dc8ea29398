"""Under the toolbar: what is let through, one chip for each sort, and what that leaves out."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from painprogram.domain.groups import Group
from painprogram.domain.names import folded
from painprogram.domain.programmes import ModuleKind
from painprogram.gui.sessions.filters import Filters, Sort
from painprogram.gui.sessions.shown import Shown
from painprogram.gui.tokens import GAP, SCREEN_EDGE
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.i18n import _, ngettext

Choices = list[tuple[object, str]]
_WIDEST = 220
_NEAR = timedelta(days=183)


class FilterBar(Ground):
    changed = Signal(object)
    """``Filters``, when the user has chosen others."""

    def __init__(self, chosen: Filters, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="bottom")
        self.setObjectName("filter_bar")
        self._filters = chosen
        self._choices: dict[Sort, Choices] = {sort: [] for sort in Sort}
        self._chips = {sort: _Chip(sort) for sort in Sort}
        self._said = Label("", "small", "text2")
        self._said.setObjectName("filtered_out")
        self._all = PlainButton("show_everything", "cross", font="small", ink="accent")
        self._all.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._all.show_text(_("Show all"))
        self._all.clicked.connect(self.show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 4, SCREEN_EDGE - 4, 4)
        row.setSpacing(GAP)
        for chip in self._chips.values():
            chip.clicked.connect(self._open)
            row.addWidget(chip)
        row.addSpacing(GAP)
        row.addWidget(self._said)
        row.addWidget(self._all)
        row.addStretch(1)
        self.setFocusProxy(self._chips[Sort.GROUP])
        self._retell(None)

    @property
    def filters(self) -> Filters:
        return self._filters

    def chip(self, sort: Sort) -> PlainButton:
        return self._chips[sort]

    def show_choices(self, shown: Shown, *, counted: bool) -> None:
        """What there is to choose among now; *counted* where the week is what is filtered."""
        if shown.complete:
            self._choices = {sort: choices(shown, sort, self._filters) for sort in Sort}
        self._retell(shown.hidden if counted else None)

    def use(self, filters: Filters) -> None:
        """Without a signal: the program chooses, not the user."""
        self._filters = filters
        self._retell(None)

    def show_all(self) -> None:
        self._choose(Filters())

    def _choose(self, filters: Filters) -> None:
        if filters != self._filters:
            self._filters = filters
            self.changed.emit(filters)

    def _retell(self, hidden: int | None) -> None:
        on = self._filters.are_on
        self._all.setVisible(on)
        self._said.setVisible(on)
        if hidden is None:
            self._said.setText(_("Not everything is shown."))
        else:
            words = ngettext("{number} is not shown.", "{number} are not shown.", hidden)
            self._said.setText(words.format(number=hidden) if hidden else _("All fit."))
        for sort, chip in self._chips.items():
            wanted = self._filters.of(sort)
            names = [name for key, name in self._choices[sort] if key in wanted]
            chip.show_names(names, len(wanted))

    def _open(self) -> None:
        chip = self.sender()
        if isinstance(chip, _Chip):
            self.menu(chip.sort).popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def menu(self, sort: Sort) -> QMenu:
        """What of *sort* can be ticked."""
        menu = _Menu(sort, self._choices[sort], self._filters, self._chips[sort])
        menu.chosen.connect(self._ticked)
        return menu

    def _ticked(self, sort: Sort, wanted: frozenset[UUID] | frozenset[ModuleKind]) -> None:
        self._choose(self._filters.with_sort(sort, wanted))


class _Chip(PlainButton):
    def __init__(self, sort: Sort) -> None:
        super().__init__(f"filter_{sort.value}", trailing="chevron-down", font="small")
        self.sort = sort
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaximumWidth(_WIDEST)
        self.show_names([], 0)

    def show_names(self, names: list[str], many: int) -> None:
        """``Group: H26 A +2``, or the sort alone where none is chosen."""
        self.show_tone("accent" if many else "text2", "accent_tint" if many else "sunken")
        text = self.sort.label
        if many:
            first = names[0] if names else str(many)
            more = f" +{many - 1}" if names and many > 1 else ""
            text = _("{sort}: {name}").format(sort=text, name=first) + more
        self.show_text(text)
        self.setToolTip("\n".join(names).replace("<", "‹") or self.sort.all)


class _Menu(QMenu):
    """Stays open while several are ticked."""

    chosen = Signal(object, object)
    """The ``Sort``, and the keys of it that are wanted."""

    def __init__(self, sort: Sort, there: Choices, filters: Filters, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{sort.value}_menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sort, self._wanted = sort, frozenset[object](filters.of(sort))
        self._every = self.addAction(sort.all)
        self._every.setCheckable(True)
        self.addSeparator()
        for key, name in there:
            action = self.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(key)
        self._tick()
        self.triggered.connect(self._picked)

    def _tick(self) -> None:
        for action in self.actions():
            action.setChecked(action.data() in self._wanted)
        self._every.setChecked(not self._wanted)

    def _picked(self, action: QAction) -> None:
        every = action is self._every
        self._wanted = frozenset() if every else self._wanted ^ {action.data()}
        self._tick()
        self.chosen.emit(self._sort, self._wanted)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


def choices(shown: Shown, sort: Sort, filters: Filters) -> Choices:
    """What of *sort* can be chosen here, by name; what is chosen already stands among them."""
    kept = filters.of(sort)
    if sort is Sort.KIND:
        return [(kind, kind.label) for kind in ModuleKind]
    if sort is Sort.GROUP:
        return _by_name(
            (group.id, group.name)
            for group in shown.groups
            if group.id in kept or _runs_near(group, shown.week.monday)
        )
    if sort is Sort.ROOM:
        return _by_name(
            (room.id, room.name)
            for room in shown.board.rooms.values()
            if (room.active and room.centre_id == shown.centre_id) or room.id in kept
        )
    return _by_name(
        (person.id, person.name)
        for person in shown.board.staff.values()
        if (person.active and person.centre_id == shown.centre_id) or person.id in kept
    )


def _by_name(found: Iterable[tuple[object, str]]) -> Choices:
    return sorted(found, key=lambda pair: folded(pair[1]))


def _runs_near(group: Group, day: date) -> bool:
    """Within half a year: those of long ago would be many."""
    if group.first is None or group.last is None:
        return True
    return group.first - _NEAR <= day <= group.last + _NEAR
