"""What the right button or the menu key offers: for a card, for several, for a place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from painprogram.domain.sessions import Session
from painprogram.gui.icons import icon
from painprogram.gui.sessions.shown import Held
from painprogram.i18n import _

LOCK_KEY = "L"
Lines = tuple[tuple[str, str, str, str], ...]
"""Verb, sign, words and key."""


class CardMenu(QMenu):
    """For one session or visit."""

    def __init__(self, held: Held | None, chosen: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card_menu")
        self._chosen = chosen
        if held is not None:
            self.add(_of_one(held))
        self.triggered.connect(self._pick)

    def open_at(self, where: QPoint) -> None:
        self.popup(where)

    def add(self, lines: Lines) -> None:
        for verb, sign, text, key in lines:
            action = self.addAction(icon(sign), f"{text}\t{key}" if key else text)
            action.setData(verb)

    def _pick(self, action: QAction) -> None:
        self._chosen(str(action.data()))


class WeekMenu(CardMenu):
    """For what is selected in the week: nothing, one, or several."""

    def __init__(
        self,
        several: Sequence[Held],
        chosen: Callable[[str], object],
        parent: QWidget,
        *,
        can_paste: bool,
    ) -> None:
        super().__init__(several[0] if len(several) == 1 else None, chosen, parent)
        self.addSeparator()
        if several:
            self.add(_to_carry())
        self.add((("paste", "paste", _("Paste here"), "Ctrl+V"),))
        self.actions()[-1].setEnabled(can_paste)
        self.addSeparator()
        if len(several) > 1:
            self.add(_to_cancel())
        self.add((("all", "check", _("Select the whole week"), "Ctrl+A"),))


def together() -> Lines:
    """For several, wherever they stand."""
    return (*_to_carry(), *_to_cancel())


def _to_carry() -> Lines:
    return (("cut", "cut", _("Cut"), "Ctrl+X"), ("copy", "copy", _("Copy"), "Ctrl+C"))


def _to_cancel() -> Lines:
    return (
        ("cancel", "cancel", _("Cancel them"), "Del"),
        ("lock", "lock", _("Lock or unlock them"), LOCK_KEY),
    )


def lock_words(held: Held) -> str:
    """Of the automatic plan: a person may move it all the same."""
    locked = isinstance(held, Session) and held.locked
    return _("Unlock for the plan") if locked else _("Lock for the plan")


def _of_one(held: Held) -> Lines:
    session = isinstance(held, Session)
    stop = _("Hold after all") if held.cancelled else _("Cancel session")
    every = (
        ("time", "clock", _("Change time"), "F2"),
        ("leaders", "swap", _("Change leader"), ""),
        ("room", "room", _("Change room"), ""),
        ("common", "search", _("Find a common time"), ""),
        ("cancel", "cancel", stop if session else _("Remove visit"), "Del"),
        ("lock", "lock", lock_words(held), LOCK_KEY),
        ("attendance", "check", _("Attendance"), ""),
        ("list", "printer", _("Attendance list"), ""),
        ("poster", "printer", _("Poster"), ""),
        ("calendar", "calendar-file", _("Calendar file"), ""),
    )
    return every if session else tuple(one for one in every if one[0] not in _OF_SESSIONS)


_OF_SESSIONS = ("common", "lock", "list", "poster", "calendar")
