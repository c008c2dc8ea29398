"""What a screen reader meets in a week grid: one list item for each card."""

from collections.abc import Collection, Hashable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from painprogram.gui.widgets.weekgrid_values import Card

_Role, _Text, _Event = QAccessible.Role, QAccessible.Text, QAccessible.Event


class Cards(Protocol):
    """What the grid tells about itself."""

    @property
    def cards(self) -> Sequence[Card]: ...
    @property
    def current(self) -> Hashable | None: ...
    @property
    def selection(self) -> Collection[Hashable]: ...
    def card(self, key: Hashable) -> Card | None: ...
    def rect_on_screen(self, key: Hashable) -> QRect: ...
    def hasFocus(self) -> bool: ...


class GridAccess(QAccessibleWidget):
    """The grid as a list; its children are the cards in the order of day, lane and time."""

    def __init__(self, widget: QWidget, grid: Cards) -> None:
        super().__init__(widget, _Role.List)
        self._grid = grid
        self._items: dict[Hashable, CardAccess] = {}

    def item(self, key: Hashable) -> "CardAccess":
        found = self._items.get(key)
        if found is None:
            found = self._items[key] = CardAccess(self, self._grid, key)
            QAccessible.registerAccessibleInterface(found)
        return found

    def childCount(self) -> int:
        return len(self._grid.cards)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        cards = self._grid.cards
        return self.item(cards[index].key) if 0 <= index < len(cards) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        key = getattr(child, "key", None)
        return next((i for i, card in enumerate(self._grid.cards) if card.key == key), -1)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        key = self._grid.current
        return self.item(key) if key is not None and self._grid.hasFocus() else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        for card in self._grid.cards:
            if self._grid.rect_on_screen(card.key).contains(x, y):
                return self.item(card.key)
        return None


class CardAccess(QAccessibleInterface):
    def __init__(self, parent: GridAccess, grid: Cards, key: Hashable) -> None:
        super().__init__()
        self.key = key
        self._parent = parent
        self._grid = grid

    def isValid(self) -> bool:
        return self._grid.card(self.key) is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._parent.window()

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        return self._grid.rect_on_screen(self.key)

    def role(self) -> QAccessible.Role:
        return _Role.ListItem

    def setText(self, _text: QAccessible.Text, _value: str) -> None:
        """What a card says follows from what it shows."""

    def text(self, text: QAccessible.Text) -> str:
        card = self._grid.card(self.key)
        if card is None:
            return ""
        if text == _Text.Name:
            return card.accessible_text or card.title
        return card.tooltip if text == _Text.Description else ""

    def state(self) -> QAccessible.State:
        found = QAccessible.State()
        for name, value in {
            "focusable": True,
            "selectable": True,
            "multiSelectable": True,
            "movable": self._is_movable(),
            "selected": self.key in self._grid.selection,
            "focused": self.key == self._grid.current and self._grid.hasFocus(),
            "invalid": not self.isValid(),
        }.items():
            setattr(found, name, value)
        return found

    def _is_movable(self) -> bool:
        card = self._grid.card(self.key)
        return card is not None and card.draggable


_made: dict[int, GridAccess] = {}  # Qt keeps the interface, this keeps its Python half
_known: set[type[QObject]] = set()


def _factory(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if type(thing) not in _known or not isinstance(thing, QWidget):
        return None
    made = GridAccess(thing, thing)  # type: ignore[arg-type]
    key = id(thing)
    _made[key] = made
    thing.destroyed.connect(lambda: _made.pop(key, None))
    return made


def install(kind: type[QObject]) -> None:
    """Let screen readers into widgets of exactly *kind*, which fulfils ``Cards``."""
    if not _known:
        QAccessible.installFactory(_factory)
    _known.add(kind)


def say_focus(widget: QWidget, key: Hashable) -> None:
    """Tell a screen reader, if there is one, that *key* is current."""
    if not QAccessible.isActive():
        return
    access = QAccessible.queryAccessibleInterface(widget)
    if isinstance(access, GridAccess):
        QAccessible.updateAccessibility(QAccessibleEvent(access.item(key), _Event.Focus))


def say(widget: QWidget, sentence: str) -> None:
    """Let a screen reader, if there is one, read *sentence* out."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
