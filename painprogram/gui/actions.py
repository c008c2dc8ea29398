"""Everything the window can be told to do: one table of words, signs, keys and what happens."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from painprogram.gui import icons


@dataclass(frozen=True, slots=True)
class Command:
    """*key* names it for the program, *text* for the user; *shortcut* as Qt writes it."""

    key: str
    text: str
    icon: str
    shortcut: str
    do: Callable[[], object]


class Actions:
    """The commands as Qt actions of one window; also what the search field offers."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._actions: dict[str, QAction] = {}
        self.commands: tuple[Command, ...] = ()

    def show(self, commands: tuple[Command, ...]) -> None:
        """Offer these, in place of what was offered before (another language, say)."""
        for action in self._actions.values():
            self._window.removeAction(action)
            action.deleteLater()
        self._actions = {}
        self.commands = commands
        for command in commands:
            action = QAction(icons.icon(command.icon, "text2"), command.text, self._window)
            action.setObjectName(command.key)
            if command.shortcut:
                action.setShortcut(QKeySequence(command.shortcut))
            action.triggered.connect(_plainly(command.do))
            self._window.addAction(action)
            self._actions[command.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]


def _plainly(do: Callable[[], object]) -> Callable[[bool], None]:
    """Without telling it that nothing is checked: *do* may take something else, or nothing."""

    def call(_checked: bool) -> None:  # noqa: FBT001 -- as Qt calls it
        do()

    return call
